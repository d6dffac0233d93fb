"""Trail: where a run has been, as far as it has come."""

import numpy as np
from numpy.typing import NDArray

from gdviz.ui.plots.drawing.sheet import Mark, Points


class Trail:
    """Marks that show a path up to an iteration: the same ones, however one comes there.

    Parameters
    ----------
    *marks : Mark

    Attributes
    ----------
    points : ndarray of shape (n, 2)
        The whole path.
    """

    def __init__(self, *marks: Mark) -> None:
        self._marks = marks
        self.clear()

    def clear(self) -> None:
        """Forget the path."""
        self.set_path(np.empty(0, dtype=np.int64), np.empty((0, 2)))

    def set_path(self, iterations: NDArray[np.int64], points: Points) -> None:
        """Take another path: a place for each of some iterations."""
        self._iterations, self.points = iterations, points
        self._shown = -1

    def show_until(self, iteration: int) -> bool:
        """Draw what is at or before an iteration; tell whether that is something else."""
        count = int(np.searchsorted(self._iterations, iteration, side="right"))
        if count == self._shown:
            return False
        self._shown = count
        for mark in self._marks:
            mark.set_points(*self.points[:count].T)
        return True
