"""LedgerView: how the slope of a step is made, point by point; values in, hovers out."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gdviz.core.explain.pieces import figure
from gdviz.core.explain.slopes import Shares
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.features.explain.ledger_model import IN_BATCH, LedgerModel
from gdviz.ui.theme import Theme, mixed

HEIGHT = 190
TINT = 0.28


class LedgerView(QWidget):
    """The table of shares, and the sum that is the slope.

    Signals
    -------
    rows_selected(object)
        The numbers of the rows of the data that are selected: a list of int.
    """

    rows_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ledger")
        self.setAccessibleName("Ledger of the slope")
        self._model = LedgerModel(self)
        self._columns, self._count = (False, False), 0
        self._selected_before: list[int] = []
        self._table = QTableView()
        self._total = QLabel()
        self._total.setObjectName("ledger_total")
        self._total.setWordWrap(True)
        self._make_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addWidget(self._table, stretch=1)
        layout.addWidget(self._total)

    def sizeHint(self) -> QSize:
        """Return the height of a few rows: the plots above need the rest."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._give_room()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._model.set_theme(theme)
        colours = QPalette(self.palette())
        tint = mixed(theme.accent, theme.button, TINT)
        colours.setColor(QPalette.ColorRole.Highlight, tint)
        colours.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))
        self._table.setPalette(colours)

    def set_experiment(self, dataset: Dataset, with_bias: bool, standardise: bool) -> None:
        """Show other data; rows stay selected where there are as many as before."""
        selected = self.selected or self._selected_before
        same = len(dataset) == self._count
        self._selected_before = selected if same else []
        if (with_bias, standardise) != self._columns or not same:
            # Other columns, or other data: an order of before would surprise.
            self._table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._columns, self._count = (with_bias, standardise), len(dataset)
        self._model.set_experiment(dataset, with_bias, standardise)
        if selected and not same:
            self.rows_selected.emit([])

    def set_shares(
        self, shares: Shares, batch: NDArray[np.int64] | None, slopes: tuple[float, float]
    ) -> None:
        """Show one step: the shares, the rows of the batch if there is one, and their sums."""
        selected = self.selected or self._selected_before
        self._selected_before = []
        self._model.set_shares(shares, batch)
        if self.selected != selected:
            self.select(selected)
        self._total.setText(self._sum_sentence(shares, batch, slopes))

    @property
    def selected(self) -> list[int]:
        """The numbers of the rows of the data that are selected."""
        chosen = self._table.selectionModel().selectedRows()
        return sorted(int(self._model.rows[index.row()]) for index in chosen)

    def select(self, rows: Iterable[int]) -> None:
        """Select rows of the data and scroll to the first."""
        rows = list(rows)
        if any(self._model.place(row) is None for row in rows):
            self._model.want(rows)
        chosen = QItemSelection()
        places = [place for row in rows if (place := self._model.place(row)) is not None]
        for place in places:
            index = self._model.index(place, 0)
            chosen.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self._table.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)
        if places:
            self._table.scrollTo(self._model.index(places[0], 0))

    def _sum_sentence(
        self, shares: Shares, batch: NDArray[np.int64] | None, slopes: tuple[float, float]
    ) -> str:
        """Say what the shares add up to."""
        count = len(shares.w)
        who, slope = f"All {count:,} shares", "the slope" + " on z" * self._columns[1]
        if batch is not None:
            who = f"The shares of the {len(batch):,} rows of the batch ({IN_BATCH.strip()})"
            slope = slope.replace("the", "its")
        sentence = f"{who} add up to {slope}: {_along(slopes, self._columns[0])}."
        listed = self._model.rows
        if len(listed) < count:
            rest = slopes[0] - float(shares.w[listed].sum())
            rest_b = slopes[1] - float(shares.b[listed].sum())
            sentence += (
                f" The largest {len(listed):,} are listed; the other {count - len(listed):,} add "
                f"{_along((rest, rest_b), self._columns[0])}."
            )
        return sentence

    def _on_selection_changed(self) -> None:
        self.rows_selected.emit(self.selected)

    def _make_table(self) -> None:
        table = self._table
        table.setObjectName("ledger_table")
        table.setAccessibleName("Ledger of the slope")
        table.setToolTip(
            "The share that each point has in the slope. Select rows to ring their points."
        )
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._give_room()

    def _give_room(self) -> None:
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)


def _along(slopes: tuple[float, float], with_bias: bool) -> str:
    text = f"{figure(slopes[0])} along w"
    return f"{text}, {figure(slopes[1])} along b" if with_bias else text
