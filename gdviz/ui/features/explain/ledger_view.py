"""LedgerView: how the slope of a step is made, point by point; values in, hovers out."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QWidget

from gdviz.core.explain.pieces import figure
from gdviz.core.explain.slopes import Shares
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.rows import at_hand
from gdviz.ui.features.explain.ledger_rows import (
    IN_BATCH,
    MOST_COMPARED,
    SAMPLED,
    Share,
    columns_for,
    compared,
    largest,
    listed,
)
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import folding_text, in_column, named
from gdviz.ui.widgets.table import Table, TableModel

HEIGHT = 190
# The room around a text in its cell, and how many dates are looked at for the longest.
ROOM, LOOKED_AT = 16, 50
# Gives the shares of some rows of the data.
SharesOf = Callable[[NDArray[np.int64]], Shares]


class LedgerView(QWidget):
    """The table of shares, and the sum that is the slope; it tells the selected rows as a list."""

    rows_selected = Signal(object)
    _dataset: Dataset | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "ledger", "Ledger of the slope")
        self._model = TableModel[Share](
            (), lambda share: share.row, lambda share: share.in_batch is False, self
        )
        self._step: tuple[SharesOf, NDArray[np.int64] | None] | None = None
        self._largest = np.empty(0, dtype=np.int64)
        self._columns = False, False, False
        self._selected_before: list[int] = []
        self._table = Table(self._model, "ledger_table", "Ledger of the slope")
        self.setFocusProxy(self._table)
        self._table.setToolTip(
            "The share that each point has in the slope. Select rows to ring their points."
        )
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self._table)
        copy.setWhatsThis("Copy the selected rows")
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)
        self._total = folding_text("ledger_total")
        in_column(self._table, self._total, high=self._table, of=self, margins=(10, 6, 10, 6))

    def sizeHint(self) -> QSize:
        """Return the height of a few rows: the plots above need the rest."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._dataset is not None:
            self._fit_first_columns(self._dataset)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._table.set_theme(theme)

    def set_experiment(self, dataset: Dataset, with_bias: bool, standardise: bool) -> None:
        """Show other data; rows stay selected where there are as many as before."""
        selected = self.selected or self._selected_before
        same = self._dataset is not None and len(dataset) == len(self._dataset)
        self._selected_before = selected if same else []
        columns = with_bias, standardise, dataset.calendar is not None
        if columns != self._columns or not same:
            # Other columns, or other data: an order of before would surprise.
            self._table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._columns = columns
        self._dataset, self._step = dataset, None
        self._model.set_columns(columns_for(dataset, with_bias, standardise))
        self._fit_first_columns(dataset)
        if selected and not same:
            self.rows_selected.emit([])

    def _fit_first_columns(self, dataset: Dataset) -> None:
        """Give the numbers of rows, and dates, the room that they need; the others share the rest.

        The longest date is looked for among the first.
        """
        header, metrics = self._table.horizontalHeader(), self.fontMetrics()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        texts = [[f"{IN_BATCH}{len(dataset)}", "Row ▲"]]
        if dataset.calendar is not None:
            texts.append(list(map(dataset.calendar.text, dataset.x[:LOOKED_AT].tolist())))
        for section, written in enumerate(texts):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(section, max(map(metrics.horizontalAdvance, written)) + ROOM)

    def set_shares(
        self, shares_of: SharesOf, batch: NDArray[np.int64] | None, slopes: tuple[float, float]
    ) -> None:
        """Show one step: its shares, the rows of the batch if there is one, and their sums."""
        assert self._dataset is not None
        before, self._selected_before = self._selected_before, []
        self._step = shares_of, batch
        self._largest = largest(shares_of(compared(len(self._dataset))))
        self._list(before or self.selected)
        if before:
            self._table.select(before)
        self._total.setText(self._sum_sentence(batch, slopes))

    @property
    def selected(self) -> list[int]:
        """The numbers of the rows of the data that are selected."""
        return sorted(share.row for share in self._table.selected)

    def select(self, rows: Iterable[int]) -> None:
        """Select rows of the data, however small their shares, and scroll to the first."""
        rows = list(rows)
        if any(self._model.place(row) is None for row in rows):
            self._list(rows)
        self._table.select(rows)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, with the heads, as a spreadsheet takes them."""
        if self._table.selected:
            _, *columns = self._model.columns
            lines = [["row", *(column.title for column in columns)]]
            for share in self._table.selected:
                known = ("" if key is None else str(key) for key in (c.key(share) for c in columns))
                lines.append([str(share.row + 1), *known])
            QGuiApplication.clipboard().setText("\n".join(map("\t".join, lines)))

    def _list(self, wanted: list[int]) -> None:
        """List the rows with the largest shares, and these."""
        if self._step is None or self._dataset is None:
            return
        shares_of, batch = self._step
        # Not NumPy's union, which takes longer for what it imports.
        rows = np.array(sorted({*self._largest.tolist(), *wanted}), dtype=np.int64)
        self._model.set_rows(listed(self._dataset, shares_of(rows), batch))

    def _sum_sentence(self, batch: NDArray[np.int64] | None, slopes: tuple[float, float]) -> str:
        """Say what the shares add up to, and which are listed."""
        assert self._dataset is not None
        count = len(self._dataset)
        who, slope = f"All {count:,} shares", "the slope" + " on z" * self._columns[1]
        if batch is not None:
            who = f"The shares of the {len(batch):,} rows of the batch ({IN_BATCH.strip()})"
            slope = slope.replace("the", "its")
        sentence = f"{who} add up to {slope}: {_along(slopes, self._columns[0])}."
        if self._dataset.whole is not None and batch is None:
            sentence = (
                f"These are the shares of rows in {at_hand(self._dataset)}. The slope of all is "
                f"{_along(slopes, self._columns[0])}."
            )
        rows = self._model.rows
        if self._dataset.whole is not None and len(rows) < count:
            sentence += f" The largest {len(rows):,} are listed."
        elif len(rows) < count:
            rest = slopes[0] - sum(share.w for share in rows)
            rest_b = slopes[1] - sum(share.b for share in rows)
            which = f"Of a sample of {SAMPLED:,} rows the" if count > MOST_COMPARED else "The"
            sentence += (
                f" {which} largest {len(rows):,} are listed; the other {count - len(rows):,} add "
                f"{_along((rest, rest_b), self._columns[0])}."
            )
        return sentence

    def _on_selection_changed(self) -> None:
        self.rows_selected.emit(self.selected)


def _along(slopes: tuple[float, float], with_bias: bool) -> str:
    text = f"{figure(slopes[0])} along w"
    return f"{text}, {figure(slopes[1])} along b" if with_bias else text
