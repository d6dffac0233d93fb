"""Trail: where the hiker has been, a dot for each step that can be told from the others."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gdviz.core.trajectory import Record
from gdviz.ui.plots.plot import Range, pen

# Dots closer than this share of the view fall onto each other.
BINS = 600


class Trail(pg.GraphicsObject):
    """Dots on the curve, joined by thin lines in the order of the steps.

    Only the first visit to each of `BINS` columns of the view is drawn, so a frame costs the same
    for a hundred iterations and for a million, and an iteration always shows the same dots.
    """

    def __init__(self) -> None:
        super().__init__()
        self._dots = pg.ScatterPlotItem(symbol="o", size=8, antialias=True, pen=None)
        self._chords = pg.PlotCurveItem(antialias=True)
        self._chords.setParentItem(self)
        self._dots.setParentItem(self)
        self.clear()

    def clear(self) -> None:
        """Forget the path."""
        self._iterations = np.empty(0, dtype=np.int64)
        self._points = np.empty((0, 2))
        self._shown = -1

    def set_colour(self, colour: str) -> None:
        """Draw in one colour."""
        self._dots.setBrush(QColor(colour))
        self._chords.setPen(pen(colour, 1.2, [3, 3]))

    def set_record(self, record: Record, weights: Range) -> None:
        """Pick the dots of a path that show in the range of `weights`."""
        first = first_visits(record.weight, weights, BINS)
        self._iterations = first * record.stride
        self._points = record.rows[first, :2]
        self._shown = -1

    def show_until(self, iteration: int) -> None:
        """Draw the steps before and at `iteration`."""
        count = int(np.searchsorted(self._iterations, iteration, side="right"))
        if count != self._shown:
            self._shown = count
            x, y = self._points[:count].T
            self._dots.setData(x, y)
            self._chords.setData(x, y)

    def boundingRect(self) -> QRectF:
        """Return nothing: the children draw."""
        return QRectF()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Leave the drawing to the children."""


def first_visits(values: NDArray[np.float64], view: Range, columns: int) -> NDArray[np.int64]:
    """Return, in order, the indices at which `values` first enter a column of the view.

    Parameters
    ----------
    values : ndarray of shape (n,)
    view : tuple of float
        The lowest and highest value shown; others are left out.
    columns : int
        Into how many columns the view is cut.
    """
    low, high = view
    inside = np.flatnonzero((values >= low) & (values <= high))
    column = ((values[inside] - low) * (columns / (high - low))).astype(np.int64)
    first = np.full(columns + 1, -1)
    # Of several assignments to one place the last one stays, so go backwards.
    first[column[::-1]] = inside[::-1]
    return np.sort(first[first >= 0])
