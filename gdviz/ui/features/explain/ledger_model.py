"""LedgerModel: the rows of the data, each with its share of the slope at one step."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from gdviz.core.explain.pieces import exact, figure
from gdviz.core.explain.slopes import Shares
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.theme import LIGHT, Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_PARENT = QModelIndex()
# Of more rows than these only those with the largest shares are listed.
MOST_ROWS = 500
IN_BATCH = "\N{BLACK CIRCLE} "


class Column(NamedTuple):
    """A column: its field, its title, and what it means."""

    field: str
    title: str
    meaning: str


COLUMNS = (
    Column("row", "Row", "The number of the row in the data; a dot marks the rows of the batch"),
    Column("x", "x", "The input: how far right the point is"),
    Column("z", "z", "x on the scale that descent runs on: mean 0, spread 1"),
    Column("y", "y", "The label: how high the point is"),
    Column("prediction", "Prediction", "What the line says y is: ŷ"),
    Column("error", "Error", "The prediction minus y: how far the line is above the point"),
    Column(
        "w", "Share of slope along w", "What this row adds to the slope along w: 2/{n} · {x} · e"
    ),
    Column("b", "Share of slope along b", "What this row adds to the slope along b: 2/{n} · e"),
)


class LedgerModel(QAbstractTableModel):
    """One row for each point, or for those with the largest shares; sorts itself.

    Attributes
    ----------
    columns : tuple of Column
        Those that are shown.
    rows : ndarray of shape (n_shown,)
        The numbers of the rows of the data, in the order of the table.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = COLUMNS
        self.rows = np.empty(0, dtype=np.int64)
        self._dataset: Dataset | None = None
        self._shares: Shares | None = None
        self._batch: NDArray[np.int64] | None = None
        self._theme = LIGHT
        self._wanted = np.empty(0, dtype=np.int64)
        self._sorted_by, self._descending = "row", False

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._tell_changed()

    def set_experiment(self, dataset: Dataset, with_bias: bool, standardise: bool) -> None:
        """Show other data."""
        self.beginResetModel()
        shown = {"z": standardise, "b": with_bias}
        self.columns = tuple(column for column in COLUMNS if shown.get(column.field, True))
        self._dataset, self._shares = dataset, None
        self._wanted = np.empty(0, dtype=np.int64)
        self.rows = np.empty(0, dtype=np.int64)
        self.endResetModel()

    def set_shares(self, shares: Shares, batch: NDArray[np.int64] | None) -> None:
        """Show one step; `batch` holds the rows that it looks at, None for all."""
        self._shares, self._batch = shares, batch
        chosen = np.union1d(largest(shares), self._wanted)
        if not np.array_equal(np.sort(self.rows), chosen):
            self.beginResetModel()
            self.rows = chosen
            self.rows = self._in_order()
            self.endResetModel()
            return
        if self._sorted_by in ("prediction", "error", "w", "b"):
            self._reorder()
        self._tell_changed()

    def want(self, rows: list[int]) -> None:
        """List these rows, too, however small their shares."""
        self._wanted = np.array(rows, dtype=np.int64)
        if self._shares is not None:
            self.set_shares(self._shares, self._batch)

    def place(self, row: int) -> int | None:
        """Return where a row of the data is in the table; None if it isn't listed."""
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if len(found) else None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many rows are listed."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> str | None:
        """Return the title of a column, or what it means."""
        if orientation is Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return self._title(column)
        if role != Role.ToolTipRole:
            return None
        on_z = any(column.field == "z" for column in self.columns)
        letters = {"n": "n" if self._batch is None else "B", "x": "z" if on_z else "x"}
        return column.meaning.format_map(letters)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell says, and how."""
        field, row = self.columns[index.column()].field, int(self.rows[index.row()])
        if role == Role.DisplayRole:
            return self._text(field, row)
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole and not self._counts(row):
            return QColor(self._theme.muted)
        if role == Role.AccessibleTextRole and field == "row" and self._batch is not None:
            inside = "in the batch" if self._counts(row) else "not in the batch"
            return f"row {row + 1}, {inside}"
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by row number where there is no such column."""
        known = 0 <= column < len(self.columns)
        self._sorted_by = self.columns[column].field if known else "row"
        self._descending = known and order is Qt.SortOrder.DescendingOrder
        self._reorder()

    def _title(self, column: Column) -> str:
        """Return the title of a column; of the data's own with the name it has in the file."""
        if self._dataset is None or column.field not in ("x", "y"):
            return column.title
        name = self._dataset.x_name if column.field == "x" else self._dataset.y_name
        return column.title if name == column.title else f"{column.title}: {name}"

    def _text(self, field: str, row: int) -> str:
        if field == "row":
            mark = IN_BATCH if self._batch is not None and self._counts(row) else ""
            return f"{mark}{row + 1}"
        if field in ("w", "b") and not self._counts(row):
            return "\N{EN DASH}"
        value = float(self._values(field)[row])
        return exact(value) if field in ("x", "y") else figure(value)

    def _values(self, field: str) -> NDArray[np.float64]:
        assert self._dataset is not None
        assert self._shares is not None
        if field in ("x", "y"):
            return self._dataset.x if field == "x" else self._dataset.y
        values: NDArray[np.float64] = getattr(self._shares, "x" if field == "z" else field)
        return values

    def _counts(self, row: int) -> bool:
        return self._batch is None or bool((self._batch == row).any())

    def _in_order(self) -> NDArray[np.int64]:
        rows = np.sort(self.rows)
        if self._sorted_by != "row" and len(rows):
            rows = rows[np.argsort(self._values(self._sorted_by)[rows], kind="stable")]
        return rows[::-1] if self._descending else rows

    def _reorder(self) -> None:
        """Sort anew; what is selected stays selected."""
        ordered = self._in_order()
        if np.array_equal(ordered, self.rows):
            return
        self.layoutAboutToBeChanged.emit()
        places = {row: place for place, row in enumerate(ordered.tolist())}
        old = self.persistentIndexList()
        new = [self.index(places[int(self.rows[i.row()])], i.column()) for i in old]
        self.rows = ordered
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _tell_changed(self) -> None:
        if len(self.rows):
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def largest(shares: Shares) -> NDArray[np.int64]:
    """Return the rows with the largest shares of the slopes, at most `MOST_ROWS`, in order."""
    if len(shares.w) <= MOST_ROWS:
        return np.arange(len(shares.w))
    size = np.abs(shares.w)
    rows = np.flatnonzero(size)
    if len(rows) > MOST_ROWS:
        first = len(rows) - MOST_ROWS
        rows = rows[np.argpartition(size[rows], first)[first:]]
    return np.sort(rows)
