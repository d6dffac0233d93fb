"""ImportDialog: how a table is to be read, and beside it what its first lines will be then."""

import math
from collections.abc import Callable
from dataclasses import fields, replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QWidget

from gdviz.core.files import quoted
from gdviz.core.tables.calendar import UNITS, Calendar
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.head import Head
from gdviz.core.tables.names import shown_name
from gdviz.core.tables.notations.dates import DateNotation
from gdviz.core.words.choices import choice_word
from gdviz.ui.features.data.choice_boxes import Box, ChoiceBox, Value, box_for
from gdviz.ui.features.data.preview import Legend, Preview
from gdviz.ui.features.data.remembered import Manner
from gdviz.ui.settings.form import COLUMN_GAP, ROW_GAP
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import NO_MARGINS, folding_text, in_column, in_row, named
from gdviz.ui.widgets.placing import centred, inside, room_for
from gdviz.ui.widgets.scrolled import ScrolledDown, ScrolledText

SIZE = QSize(920, 560)
# What the boxes have room for; lists are as wide as what is in them.
USUAL_ENTRY = "Automatic (vertical bar)"
MOST_OF_DIALOG = 0.25
MESSAGE_LINES, MARGIN = 2, 4
# In the order in which one looks at a table: the file, its lines, their cells, the columns.
MNEMONICS = {
    "sheet": "S&heet", "encoding": "&Encoding", "skip": "Lines to s&kip",
    "header": "Lines of &names", "comment": "&Comment sign", "delimiter": "&Separator",
    "decimal": "&Decimal sign", "thousands": "&Thousands sign", "dates": "D&ates",
    "missing": "&Missing value",
}  # fmt: skip
# Where a file is no text, there is nothing to find of them, and nothing to choose.
OF_TEXT = {"encoding", "comment", "delimiter"}


class ImportDialog(QDialog):
    """Asks how to read a table; every change shows at once.

    Parameters
    ----------
    head_of : callable
        Returns what the first lines will be if they are read in some way; None if it was asked
        again meanwhile.
    title : str
        What the table is called.
    manner : Manner
        How it is read now.

    Signals
    -------
    said(str)
        This is said of the choices.
    """

    said = Signal(str)

    def __init__(
        self,
        head_of: Callable[[Choices], Head | None],
        title: str,
        manner: Manner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("import_dialog")
        self.setWindowTitle(f"Import {shown_name(title)}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if parent is not None:
            self.setFont(parent.font())  # which is large where all type is
        self._head_of, self._head = head_of, Head()
        self._boxes: dict[str, Box] = {name: box_for(name) for name in MNEMONICS}
        self._columns = tuple(
            named(
                ChoiceBox(), f"import_{letter}", f"Column of {letter}", f"Which column is {letter}"
            )
            for letter in "xy"
        )
        self._unit = named(ChoiceBox(), "import_unit", "x counts", "What x counts")
        self._origin = named(
            ChoiceBox(typed=True), "import_origin", "since", "Since when x is counted"
        )
        self._preview, self._legend = Preview(), Legend()
        self._message = folding_text("import_message")
        self._message.setAutoFillBackground(True)
        self._message.setMargin(MARGIN)
        self._message.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._theme: Theme | None = None
        self._arrange()
        for name, box in self._boxes.items():
            chosen = getattr(manner.choices, name)
            if isinstance(box, ChoiceBox) and chosen is not None:
                box.admit(chosen, choice_word(name, chosen))
            box.choose(chosen)
            box.changed.connect(self._read)
        self._read()
        for column, name in zip(self._columns, (manner.x, manner.y), strict=True):
            column.choose(name or None)
            column.changed.connect(self._show)
        self._fill_counting(manner)
        self._show()

    @property
    def manner(self) -> Manner:
        """How the table is to be read."""
        chosen = {field.name: self._boxes[field.name].chosen() for field in fields(Choices)}
        x, y, unit = (str(box.chosen() or "") for box in (*self._columns, self._unit))
        manner = Manner(Choices(**chosen), x, y)  # type: ignore[arg-type]
        calendar = self._calendar(manner)
        if calendar is None:
            return manner
        return replace(manner, unit=unit, origin=_moment(calendar, self._origin.chosen()))

    def _calendar(self, manner: Manner) -> Calendar | None:
        """Return what x counts, from nought on, where it stands for dates or times."""
        table = self._head.table
        kind = table.kinds[manner.columns(table)[0]] if table and table.kinds else "number"
        return None if kind == "number" else Calendar.since(kind, 0.0)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._preview.set_theme(theme)
        self._legend.set_theme(theme)
        self._colour_message()

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in the middle of the window."""
        super().showEvent(event)
        self._give_room()
        self._place()
        self._preview.show_table()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger type."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.layout() is not None:
            self._give_room()
            self._place()

    def _read(self) -> None:
        """Read the first lines as they are to be read now, and show what they will be."""
        head = self._head_of(self.manner.choices)
        if head is None:
            return
        self._head = head
        table = self._head.table
        for name, box in self._boxes.items():
            # What is chosen hides what would be found.
            if box.chosen() is None:
                found = None if table is None else getattr(table.found, name)
                box.show_found("" if found is None else choice_word(name, found))
                if name in OF_TEXT:
                    self._form.setRowVisible(box, table is None or found is not None)
        sheets = self._head.sheets
        self._sheet.offer({sheet: shown_name(sheet) for sheet in sheets})
        self._form.setRowVisible(self._sheet, len(sheets) > 1)
        numeric = () if table is None else (table.names[index] for index in table.numeric)
        names = {name: shown_name(name) for name in numeric}
        for column in self._columns:
            if names:
                column.offer(names)
            column.setEnabled(bool(names))
        self._show()

    def _show(self) -> None:
        """Show which columns are x and y, and what is to be said."""
        head, manner = self._head, self.manner
        error, calendar = head.error, self._calendar(manner)
        for box in (self._unit, self._origin):
            self._form.setRowVisible(box, calendar is not None)
        if calendar is not None:
            self._unit.show_found(calendar.unit)
            self._origin.show_found("the first row")
            typed = self._origin.chosen()
            if typed is not None and manner.origin is None:
                example = calendar.text(0.0)
                error = f"x can't be counted since {quoted(str(typed))}: write it like {example}."
        if head.table is not None:
            found = Manner(manner.choices).columns(head.table)
            for box, index in zip(self._columns, found, strict=True):
                box.show_found(shown_name(head.table.names[index]))
        self._preview.show_head(head, manner)
        remarks = () if head.table is None else head.table.remarks
        said = [self._preview.rows.account, *(remark.text for remark in remarks)]
        message = error or " ".join(said)
        if message != self._message.text():
            self._message.setText(message)
            self._scrolled_message.updateGeometry()
            self.said.emit(message)
        self._open.setEnabled(not error)
        self._colour_message()

    def _fill_counting(self, manner: Manner) -> None:
        """Offer the units of dates and times, and show how x is counted now."""
        self._unit.offer({unit: unit for unit in UNITS})
        calendar = self._calendar(manner)
        if calendar is not None:
            self._origin.offer({calendar.text(0.0): calendar.text(0.0)})
            self._unit.choose(manner.unit or None)
            origin = None if manner.origin is None else calendar.text(manner.origin)
            self._origin.choose(origin)
        for box in (self._unit, self._origin):
            box.changed.connect(self._show)

    def _colour_message(self) -> None:
        """Let an error stand out."""
        if self._theme is not None:
            colours = QPalette(self._message.palette())
            paper = self._theme.panel if self._open.isEnabled() else self._theme.notice
            colours.setColor(QPalette.ColorRole.Window, QColor(paper))
            self._message.setPalette(colours)

    @property
    def _sheet(self) -> ChoiceBox:
        box = self._boxes["sheet"]
        assert isinstance(box, ChoiceBox)
        return box

    def _arrange(self) -> None:
        content = QWidget()
        self._form = QFormLayout(content)
        self._form.setContentsMargins(*NO_MARGINS)
        self._form.setHorizontalSpacing(COLUMN_GAP)
        self._form.setVerticalSpacing(ROW_GAP)
        for name, label in MNEMONICS.items():
            self._form.addRow(label, self._boxes[name])
        for letter, box in zip("xy", self._columns, strict=True):
            self._form.addRow(f"Column of &{letter}", box)
        self._form.addRow("x co&unts", self._unit)
        self._form.addRow("s&ince", self._origin)
        choices = named(ScrolledDown(content), "import_choices", "Choices")
        self._scrolled_message = ScrolledText(self._message, MOST_OF_DIALOG)
        shown = in_column(self._preview, self._legend, self._scrolled_message, high=self._preview)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Open | kinds.Cancel)
        self._open = named(buttons.button(kinds.Open), "import_open")
        named(buttons.button(kinds.Cancel), "import_cancel")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        body = in_row(choices, shown, wide=shown)
        self._layout = in_column(body, buttons, high=body, of=self)
        self._open.setDefault(True)
        self._give_room()

    def _give_room(self) -> None:
        """Let the boxes be as wide as what they usually say."""
        metrics = self.fontMetrics()
        # Nothing jumps when there is something to say.
        self._scrolled_message.setMinimumHeight(MESSAGE_LINES * metrics.lineSpacing() + 2 * MARGIN)
        width = metrics.horizontalAdvance(f"{USUAL_ENTRY}MM")
        for box in (*self._boxes.values(), *self._columns, self._unit, self._origin):
            box.setMinimumWidth(width)
        room = room_for(self.parentWidget() or self).width()
        for is_narrow in (False, True):
            wrap = QFormLayout.RowWrapPolicy
            self._form.setRowWrapPolicy(wrap.WrapAllRows if is_narrow else wrap.DontWrapRows)
            self._legend.set_columns(2 if is_narrow else 3)
            self._layout.invalidate()
            if self.minimumSizeHint().width() <= room:
                break
        self._layout.activate()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is not None and self.isVisible():
            room = room_for(window)
            place = centred(SIZE.expandedTo(self.minimumSizeHint()), window.geometry())
            self.setGeometry(inside(place, room))


def _moment(calendar: Calendar, typed: Value) -> float | None:
    """Return the date or time that was typed, in days or seconds; None if it is none."""
    notation = DateNotation("ymd" if calendar.kind == "date" else "clock")
    moment = float(notation.values([str(typed or "")])[0])
    return moment if math.isfinite(moment) else None
