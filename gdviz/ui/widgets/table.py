"""Table: rows that can be sorted by their columns and selected; how every table looks."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
)
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from gdviz.core.words.glossary import explained
from gdviz.ui.plain import in_menu, plain
from gdviz.ui.style import corner
from gdviz.ui.theme import LIGHT, Theme, mixed
from gdviz.ui.widgets.context_menu import give_menu
from gdviz.ui.widgets.parts import named

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_PARENT = QModelIndex()
# What a row is sorted by; None comes last, whichever way.
Key = str | float | None

ROW_ROOM_PX = 10
# How much of the accent is in a selected row: marks keep their colours on it.
TINT = 0.32


class Column(NamedTuple, Generic[Row]):
    """A column.

    Attributes
    ----------
    text, key : callable
        What the cell of a row says, and what the row is sorted by.
    tip : callable, optional
        The whole of what a cell has no room for.
    spoken : callable, optional
        What a screen reader says instead of the text.
    words : bool
        Words begin at the left; numbers end at the right.
    """

    title: str
    meaning: str
    text: Callable[[Row], str]
    key: Callable[[Row], Key]
    tip: Callable[[Row], str | None] = lambda _: None
    spoken: Callable[[Row], str | None] = lambda _: None
    words: bool = False

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Where its texts stand."""
        side = Qt.AlignmentFlag.AlignLeft if self.words else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows in the order they were given, or sorted by a column.

    Parameters
    ----------
    identity : callable
        What a row is known by: no other row has it, and it stays while the rest changes.
    muted : callable
        Whether a row stands back.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        identity: Callable[[Row], Any],
        muted: Callable[[Row], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns, self.identity, self._muted = columns, identity, muted
        self.rows: list[Row] = []
        self._given: Sequence[Row] = ()
        self._key: Callable[[Row], Key] | None = None
        self._descending = False
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._tell_changed()

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Take other columns; the rows to fill them are still to come."""
        self.beginResetModel()
        self.columns, self.rows, self._given = columns, [], ()
        self.endResetModel()

    def set_rows(self, rows: Sequence[Row], first_column: int = 0) -> None:
        """Show other rows, or the same ones with other cells from `first_column` on."""
        self._given = rows
        if set(map(self.identity, rows)) != set(map(self.identity, self.rows)):
            self.beginResetModel()
            self.rows = self._in_order()
            self.endResetModel()
            return
        self._reorder()
        self._tell_changed(first_column)

    def place(self, identity: object) -> int | None:
        """Return where the row is that is known by this; None if there is none."""
        found = (place for place, row in enumerate(self.rows) if self.identity(row) == identity)
        return next(found, None)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return title, meaning or place of a column's head."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.title
        if role == Role.ToolTipRole:
            # Its title may be what a file calls it.
            return explained(column.meaning, f"{column.meaning}. Click to sort.")
        return column.alignment if role == Role.TextAlignmentRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell says, and how."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Role.DisplayRole:
            return column.text(row)
        if role == Role.ToolTipRole:
            return plain(column.tip(row) or "") or None
        if role == Role.AccessibleTextRole:
            return column.spoken(row)
        if role == Role.TextAlignmentRole:
            return column.alignment
        if role == Role.ForegroundRole and self._muted(row):
            return QColor(self._theme.muted)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; as the rows were given where there is no such column."""
        self._key = self.columns[column].key if 0 <= column < len(self.columns) else None
        self._descending = order is Qt.SortOrder.DescendingOrder
        self._reorder()

    def _in_order(self) -> list[Row]:
        if self._key is None:
            return list(self._given)
        keyed = [(self._key(row), row) for row in self._given]
        known: list[tuple[Any, Row]] = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=itemgetter(0), reverse=self._descending)
        return [row for _, row in known] + [row for key, row in keyed if key is None]

    def _reorder(self) -> None:
        """Sort anew; what is selected stays selected."""
        ordered = self._in_order()
        places = {self.identity(row): place for place, row in enumerate(ordered)}
        moved = [places[self.identity(row)] for row in self.rows]
        if moved == list(range(len(moved))):
            self.rows = ordered
            return
        self.layoutAboutToBeChanged.emit()
        self.rows = ordered
        old = self.persistentIndexList()
        new = [self.index(moved[index.row()], index.column()) for index in old]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _tell_changed(self, first_column: int = 0) -> None:
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, first_column), last)


class Table(QTableView, Generic[Row]):
    """A table without a grid; whole rows are selected, and stay so when others come or go."""

    def __init__(self, model: TableModel[Row], name: str, label: str) -> None:
        super().__init__()
        self._rows, self._before = model, list[Any]()
        named(self, name, label)
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._on_about_to_be_reset)
        model.modelReset.connect(self._on_reset)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerWidget(corner())
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        give_menu(self, self._fill_menu)
        self._give_room()

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._give_room()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._rows.set_theme(theme)
        colours = self.palette()
        tint = mixed(theme.accent, theme.button, TINT)
        colours.setColor(QPalette.ColorRole.Highlight, tint)
        colours.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))
        self.setPalette(colours)

    @property
    def selected(self) -> list[Row]:
        """The rows that are selected, from the top."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.rows[place] for place in chosen]

    def select(self, identities: Iterable[object]) -> None:
        """Select the rows that are known by these, as far as there are any; show the first."""
        chosen, first = QItemSelection(), None
        for identity in identities:
            place = self._rows.place(identity)
            if place is not None:
                index = self._rows.index(place, 0)
                chosen.select(index, index)
                first = first or index
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)
        if first is not None:
            self.selectionModel().setCurrentIndex(first, flags.NoUpdate)
            self.scrollTo(first)

    def _fill_menu(self, menu: QMenu, _place: QPoint) -> None:
        """Offer what a click on the header of the current column does."""
        column, header = self.currentIndex().column(), self.horizontalHeader()
        if column < 0:
            return
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        goes_up = header.sortIndicatorSection() == column and header.sortIndicatorOrder() is up
        order, way = (down, "downwards") if goes_up else (up, "upwards")
        title = in_menu(self._rows.columns[column].title)
        menu.addAction(f"&Sort by {title}, {way}", lambda: header.setSortIndicator(column, order))
        if header.sortIndicatorSection() >= 0:
            menu.addAction("Sort as &before", lambda: header.setSortIndicator(-1, up))

    def _on_about_to_be_reset(self) -> None:
        self._before = [self._rows.identity(row) for row in self.selected]

    def _on_reset(self) -> None:
        """Select again what was selected: rows that come or go take the selection with them."""
        if self._before:
            self.select(self._before)

    def _give_room(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + ROW_ROOM_PX)
