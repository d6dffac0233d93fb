"""Trail: where the hiker has been, a dot for each step that can be told from the others."""

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.trajectory import Record
from gdviz.core.geometry.ranges import Range
from gdviz.core.geometry.thinning import first_visits
from gdviz.ui.plots.drawing.marks import Curve, Dots

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
        self._dots = Dots(8, colour="trail")
        self._chords = Curve("trail")
        self.marks = (self._chords, self._dots)
        self.clear()

    def clear(self) -> None:
        """Forget the path."""
        self._iterations = np.empty(0, dtype=np.int64)
        self._points = np.empty((0, 2))
        self._shown = -1

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
        first = first_visits([values], [view], BINS)
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
