"""Trail: where the hiker has been, a dot for each step that can be told from the others."""

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.trajectory import Record
from gdviz.core.geometry.ranges import Range
from gdviz.ui.plots.drawing.marks import Curve, Dots
from gdviz.ui.theme import Theme

# Dots closer than this share of the view fall onto each other.
BINS = 160


class Trail:
    """Dots on the curve, joined by thin lines in the order of the steps.

    Only the first visit to each of `BINS` columns of the view is drawn, so a frame costs the same
    for a hundred iterations and for a million, and an iteration always shows the same dots.

    Attributes
    ----------
    marks : tuple of Mark
        What to show in a plot.
    """

    def __init__(self) -> None:
        self._dots = Dots(8)
        self._chords = Curve()
        self.marks = (self._chords, self._dots)
        self.clear()

    def clear(self) -> None:
        """Forget the path."""
        self._iterations = np.empty(0, dtype=np.int64)
        self._points = np.empty((0, 2))
        self._shown = -1

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._dots.set_colours(theme.trail, theme.plot)
        self._chords.set_pen(theme.trail, 1.0)

    def set_path(self, record: Record, values: NDArray[np.float64], view: Range) -> None:
        """Pick the dots of a path that show.

        Parameters
        ----------
        record : Record
        values : ndarray of shape (n_kept,)
            Its column that runs along the plot's horizontal axis.
        view : tuple of float
            The lowest and highest value shown.
        """
        first = first_visits(values, view, BINS)
        self._iterations = first * record.stride
        self._points = np.column_stack((values[first], record.loss[first]))
        self._shown = -1

    @property
    def values(self) -> NDArray[np.float64]:
        """The values of the dots that are shown."""
        shown: NDArray[np.float64] = self._points[: max(self._shown, 0), 0]
        return shown

    def show_until(self, iteration: int) -> None:
        """Draw the steps before and at `iteration`."""
        count = int(np.searchsorted(self._iterations, iteration, side="right"))
        if count != self._shown:
            self._shown = count
            x, y = self._points[:count].T
            self._dots.set_points(x, y)
            self._chords.set_points(x, y)


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


def first_cells(
    points: NDArray[np.float64], view: tuple[Range, Range], cells: int, most: int
) -> NDArray[np.int64]:
    """Return, in order, the indices at which a path first enters a cell of the view.

    Parameters
    ----------
    points : ndarray of shape (n, 2)
    view : tuple of Range
        The part of the plane that is shown; other points are left out.
    cells : int
        Into how many columns and rows the view is cut; fewer, if more than `most` are entered.
    most : int
        The largest number of indices to return.
    """
    (left, right), (bottom, top) = view
    x, y = points.T
    inside = np.flatnonzero((x >= left) & (x <= right) & (y >= bottom) & (y <= top))
    across, up = (x[inside] - left) / (right - left), (y[inside] - bottom) / (top - bottom)
    while True:
        column, row = (
            np.minimum((shares * cells).astype(np.int64), cells - 1) for shares in (across, up)
        )
        first = np.full(cells * cells, -1)
        # As above: backwards, for the last assignment stays.
        first[(column + cells * row)[::-1]] = inside[::-1]
        first = np.sort(first[first >= 0])
        if len(first) <= most:
            return first
        cells = cells * 2 // 3
