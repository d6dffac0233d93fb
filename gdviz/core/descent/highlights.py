"""Highlights: the rows that a long run keeps wherever they lie between the strides of its record.

They are its newest rows, for who steps back from its end, and the extremes, for pictures that show
how far it went.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

# The columns whose extremes count: weight, bias and loss.
MEASURED = 3


class Highlights:
    """The newest rows of those that were added, and those with a highest or lowest value.

    Parameters
    ----------
    newest : int
        How many of the newest, at least one.
    """

    def __init__(self, newest: int) -> None:
        self._most = newest
        self._newest: deque[tuple[NDArray[np.int64], NDArray[np.float64]]] = deque()
        self._count = 0
        # The lowest and the highest values so far, the latter as negative ones.
        self._extremes = [np.inf] * (2 * MEASURED)
        self._found: dict[int, tuple[int, NDArray[np.float64]]] = {}

    def add(self, iterations: NDArray[np.int64], rows: NDArray[np.float64]) -> None:
        """Look at the next rows of a run, of shape (n, n_columns), and their iterations."""
        if len(rows):
            self._add_newest(iterations[-self._most :], rows[-self._most :])
            self._measure(iterations, rows[:, :MEASURED], rows)

    def rows(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return their iterations, which grow, and the rows."""
        found = list(self._found.values())
        iterations = [*(each for each, _ in self._newest), np.array([at for at, _ in found])]
        rows = [*(each for _, each in self._newest), np.array([row for _, row in found])]
        first = max(0, self._count - self._most)
        at, chosen = np.unique(np.concatenate(iterations)[first:], return_index=True)
        return at.astype(np.int64), np.concatenate(rows)[first:][chosen]

    def _add_newest(self, iterations: NDArray[np.int64], rows: NDArray[np.float64]) -> None:
        # A copy: who has written them may write there again.
        self._newest.append((iterations.copy(), rows.copy(order="F")))
        self._count += len(rows)
        while self._count - len(self._newest[0][1]) >= self._most:
            self._count -= len(self._newest.popleft()[1])

    def _measure(
        self, iterations: NDArray[np.int64], values: NDArray[np.float64], rows: NDArray[np.float64]
    ) -> None:
        lowest = [*values.min(axis=0).tolist(), *(-values.max(axis=0)).tolist()]
        for place, value in enumerate(lowest):
            if value < self._extremes[place]:
                self._extremes[place] = value
                column = values[:, place % MEASURED]
                at = int(column.argmin() if place < MEASURED else column.argmax())
                self._found[place] = int(iterations[at]), rows[at].copy()
