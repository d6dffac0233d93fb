"""Log: the numbers that a training loop printed, each as exact as it was printed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# What a column can hold; the rest of it isn't looked at.
ROLES = ("iteration", "weight", "bias", "loss")


class LogError(ValueError):
    """A text that no run can be read from; the text is a sentence that says where, and why."""


@dataclass(frozen=True, eq=False)
class Printed:
    """One quantity as it was printed, a number for each row of the log.

    Attributes
    ----------
    values : ndarray of shape (n_rows,)
        nan where a row says nothing of it; inf and nan that were printed count as said: see `said`.
    precision : ndarray of shape (n_rows,)
        Half a unit of the last digit that was printed: what was meant is within it.
    said : ndarray of bool of shape (n_rows,)
        Which rows say something of it.
    """

    values: NDArray[np.float64]
    precision: NDArray[np.float64]
    said: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Log:
    """What a loop printed, in the order of its lines.

    Attributes
    ----------
    lines : ndarray of int of shape (n_rows,)
        The line of the text, from 1, that each row was read from.
    texts : tuple of str
        Those lines, shortened.
    iterations : ndarray of int of shape (n_rows,), or None
        As printed; None if no number of the line counts them: then each row is one iteration.
    weight, bias, loss : Printed or None
        None if the log never says it.
    """

    lines: NDArray[np.int64]
    texts: tuple[str, ...]
    iterations: NDArray[np.int64] | None = None
    weight: Printed | None = None
    bias: Printed | None = None
    loss: Printed | None = None

    def __len__(self) -> int:
        return len(self.lines)
