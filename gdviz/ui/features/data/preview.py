"""Preview: the first lines of a table as cells, each looking like what it will be."""

from enum import Enum

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QGridLayout,
    QLabel,
    QTableView,
    QWidget,
)

from gdviz.core.tables.head import Head, HeadLine
from gdviz.core.tables.names import shown_name
from gdviz.ui.features.data.remembered import Manner
from gdviz.ui.plain import plain
from gdviz.ui.style import corner
from gdviz.ui.theme import LIGHT, Theme, mixed
from gdviz.ui.widgets.parts import NO_MARGINS, named

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_PARENT = QModelIndex()
# How much of a colour is in the ground of a cell: all text can be read on it.
TINT = 0.25
# More columns than anyone looks through are only counted.
MOST_SHOWN = 60
# What Qt calls the button that selects everything.
CORNER = "qt_tableview_cornerbutton"
FEWEST_LETTERS, MOST_LETTERS = 5, 22
ROW_ROOM_PX = 6


class Kind(Enum):
    """What a cell will be, as the legend calls it."""

    NAMES = "names"
    X = "x"
    Y = "y"
    NUMBER = "other numbers"
    LEFT_OUT = "left out"
    SKIPPED = "skipped or comment"


def ground(kind: Kind, theme: Theme) -> QColor:
    """Return the ground of a cell."""
    colours = {Kind.NAMES: theme.muted, Kind.X: theme.data, Kind.Y: theme.hiker}
    if kind in colours:
        return mixed(colours[kind], theme.button, TINT)
    return QColor(theme.panel if kind is Kind.SKIPPED else theme.button)


def ink(kind: Kind, theme: Theme) -> QColor:
    """Return the colour of its text."""
    is_unused = kind in (Kind.LEFT_OUT, Kind.SKIPPED)
    return QColor(theme.text_of("muted") if is_unused else theme.text)


def type_of(kind: Kind) -> QFont:
    """Return how its text is set: what it is doesn't hang on the colour alone."""
    font = QFont()
    if kind is Kind.NAMES:
        font.setBold(True)
    elif kind is Kind.LEFT_OUT:
        font.setStrikeOut(True)
    elif kind is Kind.SKIPPED:
        font.setItalic(True)
    return font


class PreviewModel(QAbstractTableModel):
    """The lines of a head, and the columns that are x and y in them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[HeadLine, ...] = ()
        self._kinds: list[list[Kind]] = []
        self._titles: list[str] = []
        self._used = 0
        self._theme = LIGHT

    def show_head(self, head: Head, manner: Manner) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = tuple(_aligned(line, head) for line in head.lines)
        width = max((len(line.cells) for line in self.lines), default=0)
        self._titles, self._kinds = _titles(head, manner, width), _kinds(head, manner)
        self._used = _used(head, manner)
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        if self.lines:
            last = self.index(len(self.lines) - 1, len(self._titles) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def kind(self, row: int, column: int) -> Kind:
        """Return what a cell will be."""
        kinds = self._kinds[row]
        return kinds[min(column, len(kinds) - 1)] if kinds else Kind.SKIPPED

    @property
    def account(self) -> str:
        """How many of the rows will be used, in a sentence."""
        rows = sum(line.kind in ("row", "left out") for line in self.lines)
        count = "none" if not self._used else f"{self._used:,}" if self._used < rows else "all"
        return f"Of the first {rows:,} rows, {count} can be used."

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many columns are shown."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return the number of a line, or the name of a column and what it is."""
        is_column = orientation is Qt.Orientation.Horizontal
        if role == Role.DisplayRole:
            return self._titles[section] if is_column else str(self.lines[section].number)
        if role == Role.ToolTipRole and is_column:
            return plain(self._titles[section])
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell says, and how it looks."""
        line, column = self.lines[index.row()], index.column()
        if column >= len(line.cells):
            return None
        kind, text = self.kind(index.row(), column), line.cells[column]
        match role:
            case Role.DisplayRole:
                return shown_name(text)
            case Role.ToolTipRole:
                return plain(f"Line {line.number}, {kind.value}: {shown_name(text)}")
            case Role.AccessibleTextRole:
                return f"{shown_name(text)}, {kind.value}"
            case Role.BackgroundRole:
                return ground(kind, self._theme)
            case Role.ForegroundRole:
                return ink(kind, self._theme)
            case Role.FontRole:
                return type_of(kind)
        return None


class Preview(QTableView):
    """Shows them; a line that is one piece takes the whole width."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = PreviewModel()
        named(self, "import_preview", "The first lines of the table")
        self.setModel(self.rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.findChild(QAbstractButton, CORNER).setAccessibleName("All lines")  # type: ignore[union-attr]
        self.setCornerWidget(corner())
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().setHighlightSections(False)

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._give_room()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.rows.set_theme(theme)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            # Where there is no section, Fusion would fill it as it draws outlines.
            colours = QPalette(header.palette())
            colours.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
            header.setPalette(colours)

    def show_head(self, head: Head, manner: Manner) -> None:
        """Show other lines, where those before were."""
        place = self.verticalScrollBar().value()
        self.clearSpans()
        self.rows.show_head(head, manner)
        width = self.rows.columnCount()
        for row, line in enumerate(self.rows.lines):
            if len(line.cells) == 1 and width > 1:
                self.setSpan(row, 0, 1, width)
        self._give_room()
        self.verticalScrollBar().setValue(place)

    def show_table(self) -> None:
        """Scroll to where the table begins, below what may be pages of prose."""
        kinds = [line.kind for line in self.rows.lines]
        begins = (kinds.index(kind) for kind in ("names", "row") if kind in kinds)
        first = self.rows.index(max(next(begins, 0) - 1, 0), 0)
        self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtTop)

    def _give_room(self) -> None:
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + ROW_ROOM_PX)
        letter = metrics.averageCharWidth()
        for column in range(self.rows.columnCount()):
            texts = [
                line.cells[column] for line in self.rows.lines
                if column < len(line.cells) and len(line.cells) > 1
            ]  # fmt: skip
            title = str(self.rows.headerData(column, Qt.Orientation.Horizontal))
            longest = max(map(len, [*texts, title]))
            letters = min(max(longest, FEWEST_LETTERS), MOST_LETTERS)
            self.setColumnWidth(column, (letters + 3) * letter)


class Legend(QWidget):
    """Says what the cells of each look will be, in this look."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "import_legend")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*NO_MARGINS)
        self._samples = {kind: QLabel(kind.value) for kind in Kind}
        for kind, sample in self._samples.items():
            sample.setFont(type_of(kind))
            sample.setAutoFillBackground(True)
            sample.setMargin(3)
            sample.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def set_columns(self, columns: int) -> None:
        """Stand in so many columns."""
        for number, sample in enumerate(self._samples.values()):
            self._grid.addWidget(sample, *divmod(number, columns))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for kind, sample in self._samples.items():
            colours = QPalette(sample.palette())
            colours.setColor(QPalette.ColorRole.Window, ground(kind, theme))
            colours.setColor(QPalette.ColorRole.WindowText, ink(kind, theme))
            sample.setPalette(colours)


def _aligned(line: HeadLine, head: Head) -> HeadLine:
    """Return a line with no more cells than are shown, those of names above their columns."""
    cells = line.cells
    if line.kind == "names" and head.table is not None:
        own = head.table.names[: len(head.table.names) - len(head.table.made)]
        if len(cells) + 1 == len(own):
            # A header that is shorter by one has no name for the first column.
            cells = ("", *cells)
        elif cells[1:] == own:
            # A word before the names is none.
            cells = own
    return line._replace(cells=cells[:MOST_SHOWN])


def _titles(head: Head, manner: Manner, width: int) -> list[str]:
    """Return the titles of the columns, with what they are."""
    if head.table is None:
        return [str(number) for number in range(1, width + 1)]
    x, y = manner.columns(head.table)
    roles = {x: "x: ", y: "y: "}
    names = [shown_name(name) for name in head.table.names[:width]]
    titles = [roles.get(index, "") + name for index, name in enumerate(names)]
    return titles + [""] * (width - len(titles))


def _kinds(head: Head, manner: Manner) -> list[list[Kind]]:
    """Return what each cell will be, line by line; the last of a line holds for all after it."""
    whole = {"names": Kind.NAMES, "left out": Kind.LEFT_OUT}
    kinds = [[whole.get(line.kind, Kind.SKIPPED)] for line in head.lines]
    rows = [number for number, line in enumerate(head.lines) if line.kind == "row"]
    if head.table is None:
        for number in rows:
            kinds[number] = [Kind.NUMBER]
        return kinds
    x, y = manner.columns(head.table)
    finite = np.isfinite(head.table.values)
    numeric = set(head.table.numeric)
    for number, given in zip(rows, finite, strict=False):
        kinds[number] = [
            Kind.NUMBER if has_number and index in numeric else Kind.LEFT_OUT
            for index, has_number in enumerate(given[:MOST_SHOWN])
        ]
        # A row without a number in both is left out.
        is_used = given[x] and given[y]
        for index, kind in ((x, Kind.X), (y, Kind.Y)):
            if index < MOST_SHOWN:
                kinds[number][index] = kind if is_used else Kind.LEFT_OUT
        kinds[number].append(Kind.LEFT_OUT)
    return kinds


def _used(head: Head, manner: Manner) -> int:
    """Return how many rows have a number in both columns."""
    if head.table is None:
        return 0
    columns = head.table.values[:, list(manner.columns(head.table))]
    return int(np.count_nonzero(np.isfinite(columns).all(axis=1)))
