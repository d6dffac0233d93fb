"""ColumnBoxes: which columns of a table x and y are, and why those were taken."""

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from gdviz.core.tables.names import shown_name
from gdviz.core.tables.table import Table
from gdviz.ui.plain import plain
from gdviz.ui.settings.form import Form
from gdviz.ui.widgets.narrow_box import NarrowBox
from gdviz.ui.widgets.parts import folding_text, named


class ColumnBoxes(QObject):
    """Rows of a form, which are hidden where there is nothing to choose from.

    Signals
    -------
    requested(int, int)
        The user chose other columns for x and y.
    """

    requested = Signal(int, int)

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._form = form
        self._boxes = {letter: named(NarrowBox(), f"{letter}_column") for letter in "xy"}
        for letter, box in self._boxes.items():
            box.setAccessibleName(f"Column of {letter}")
            box.currentIndexChanged.connect(lambda _: self._ask())
            form.add(letter, box)
        self._why = folding_text("columns_why")
        form.addRow(self._why)

    def show_table(self, table: Table | None, x: int, y: int) -> None:
        """Offer the columns of a table, if there is one; two leave no choice."""
        columns = {} if table is None else {i: shown_name(table.names[i]) for i in table.numeric}
        can_choose = len(columns) > 2
        for (letter, box), column in zip(self._boxes.items(), (x, y), strict=True):
            self._form.show_row(box, can_choose)
            with QSignalBlocker(box):
                box.clear()
                for index, title in columns.items():
                    box.addItem(title, index)
                box.setCurrentIndex(box.findData(column))
            box.setToolTip(plain(f"Which column is {letter}: now {box.currentText()}"))
            # The list is as wide as its names, whatever the box is.
            box.view().setMinimumWidth(box.view().sizeHintForColumn(0))
        is_suggested = table is not None and can_choose and (x, y) == table.columns()
        self._why.setText(table.why if table is not None and is_suggested else "")
        self._form.show_row(self._why, bool(self._why.text()))

    def _ask(self) -> None:
        x, y = (box.currentData() for box in self._boxes.values())
        self.requested.emit(x, y)
