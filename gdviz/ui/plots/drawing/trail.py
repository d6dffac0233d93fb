"""Trail and Trails: where runs have been, as far as they have come."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gdviz.ui.plots.drawing.marks import Curves
from gdviz.ui.plots.drawing.sheet import Mark, Points

# What lies no farther beside a line than this is on it, in pixels.
CORNER_PX = 0.7
# A place for each of some iterations.
Path = tuple[NDArray[np.int64], Points]


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

    @property
    def seen(self) -> Points:
        """The part of the path that is drawn, of shape (m, 2)."""
        return self.points[: max(self._shown, 0)]

    def show_until(self, iteration: int) -> bool:
        """Draw what is at or before an iteration; tell whether that is something else."""
        count = count_until(self._iterations, iteration)
        if count == self._shown:
            return False
        self._shown = count
        for mark in self._marks:
            mark.set_points(*self.points[:count].T)
        return True


class Trails:
    """Lines that show the paths of several runs up to a position.

    Parameters
    ----------
    lines : Curves
        From corner to corner; it changes only where one is passed.

    Attributes
    ----------
    ends : Curves
        From the last corner to where each run is.
    """

    def __init__(self, lines: Curves) -> None:
        self._lines, self.ends = lines, Curves()
        self._position = 0.0
        self.set_paths([], [])

    def set_paths(self, paths: Sequence[Path], places: Sequence[Mark]) -> None:
        """Take other paths, and the marks that stand where these runs are."""
        self._paths, self._places = paths, places
        self._shown: list[int] = []
        self._lines.set_lines([])
        if self.ends.strokes != self._lines.strokes:
            self.ends.set_strokes(self._lines.strokes)
        self.show_until(self._position)

    def show_until(self, position: float) -> None:
        """Draw what is at or before a position, unless it is what is there."""
        self._position = position
        counts = [count_until(iterations, position) for iterations, _ in self._paths]
        if counts != self._shown:
            self._shown = counts
            pairs = zip(self._paths, counts, strict=True)
            self._lines.set_lines([points[:count] for (_, points), count in pairs])
        pairs = zip(self._paths, counts, strict=True)
        last = [points[max(count - 1, 0) : count] for (_, points), count in pairs]
        self.ends.set_lines([
            np.concatenate((corner, place.points)) if place.visible else corner
            for corner, place in zip(last, self._places, strict=True)
        ])  # fmt: skip


def count_until(iterations: NDArray[np.int64], position: float) -> int:
    """Return how many iterations, in growing order, are at or before a position."""
    return int(np.searchsorted(iterations, position, side="right"))
