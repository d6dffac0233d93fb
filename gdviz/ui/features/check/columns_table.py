"""ColumnsTable: the columns that were found in a log, and a choice for what each of them is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from gdviz.core.check.logs.log import ROLES
from gdviz.core.check.logs.reading import Column
from gdviz.core.files import shortened
from gdviz.ui.plain import plain
from gdviz.ui.widgets.parts import (
    NO_MARGINS,
    bold,
    folding_text,
    in_column,
    label_unseen,
    named,
)

NOT_USED = "not used"
# More of them are listed nowhere: what stands so far right is no weight.
MOST_COLUMNS = 12
LONGEST_NAME, LONGEST_NUMBER, MOST_NUMBERS = 24, 20, 3


class ColumnsTable(QWidget):
    """A row for each column: its name, its first numbers, and what it is.

    Signals
    -------
    changed()
        The user says that a column is something else.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: list[QComboBox] = []
        self._rows = QWidget()
        in_column(self._rows, of=self, margins=NO_MARGINS)

    @property
    def roles(self) -> dict[int, str]:
        """What each column is, by its number; empty where it isn't used."""
        return {number: box.currentData() for number, box in enumerate(self._boxes)}

    def set_columns(self, columns: Sequence[Column]) -> None:
        """List other columns."""
        before, self._rows, self._boxes = self._rows, QWidget(), []
        grid = QGridLayout(self._rows)
        grid.setVerticalSpacing(3)
        grid.setContentsMargins(*NO_MARGINS)
        grid.setColumnStretch(0, 1)
        for row, column in enumerate(columns[:MOST_COLUMNS]):
            self._fill_row(grid, row, column)
        if (more := len(columns) - MOST_COLUMNS) > 0:
            words = folding_text("check_more_columns")
            words.setText(f"{more:,} more columns aren't used.")
            grid.addWidget(words, 2 * MOST_COLUMNS, 0, 1, -1)
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(before, self._rows)
        before.hide()
        before.deleteLater()

    def _fill_row(self, grid: QGridLayout, row: int, column: Column) -> None:
        name = shortened(column.name, LONGEST_NAME) or f"column {row + 1}"
        title, numbers = bold(folding_text("")), folding_text("")
        title.setText(name)
        sample = [shortened(number, LONGEST_NUMBER) for number in column.sample[:MOST_NUMBERS]]
        numbers.setText(", ".join([*sample, "…"]))
        box = named(QComboBox(), f"check_role_{row + 1}", f"What {name} is")
        box.setToolTip(plain(f"What the numbers under “{name}” are"))
        for role in ROLES:
            box.addItem(role, role)
        box.addItem(NOT_USED, "")
        box.setCurrentIndex(box.findData(column.role))
        box.currentIndexChanged.connect(self.changed)
        grid.addWidget(title, 2 * row, 0)
        grid.addWidget(box, 2 * row, 1)
        grid.addWidget(numbers, 2 * row + 1, 0, 1, -1)
        label_unseen(box)
        self._boxes.append(box)
