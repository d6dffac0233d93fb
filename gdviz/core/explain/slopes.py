"""Felt: the slopes that a run's method has felt, batch or not, and what it remembers of them."""

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.batches import Batches
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.explain.updates import Memory
from gdviz.core.tables.dataset import Dataset

# More slopes than these are not gone through again.
MOST_SLOPES = 2**17


class Shares(NamedTuple):
    """How each row of the data takes part in a step, in the units descent runs in.

    Attributes
    ----------
    x : ndarray of shape (n_rows,)
        x, or standardised x.
    prediction, error : ndarray of shape (n_rows,)
    w, b : ndarray of shape (n_rows,)
        What each row adds to the two slopes; 0 for rows that are not in the batch.
    """

    x: NDArray[np.float64]
    prediction: NDArray[np.float64]
    error: NDArray[np.float64]
    w: NDArray[np.float64]
    b: NDArray[np.float64]


class Felt:
    """The slopes of a run in the units descent runs in.

    Parameters
    ----------
    experiment : Experiment
    """

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._known = np.empty((0, 2))

    @cached_property
    def data(self) -> Dataset:
        """The rows as descent sees them: on z, if x is standardised."""
        data = self._experiment.dataset
        return data.standardised if self._experiment.standardise else data

    @cached_property
    def _batches(self) -> Batches | None:
        experiment = self._experiment
        if not experiment.in_batches:
            return None
        assert experiment.batch_size is not None
        near = experiment.bowl.optimum
        return Batches(self.data, near, experiment.batch_size, experiment.seed)

    def rows(self, iteration: int) -> NDArray[np.int64] | None:
        """Return which rows a step looks at; None if it looks at all of them."""
        return None if self._batches is None else self._batches.rows(iteration)

    def slopes(self, row: Row) -> tuple[float, float]:
        """Return the slopes along w and b that the step of a row felt."""
        if self._batches is None and not self._experiment.standardise:
            return row.weight_gradient, row.bias_gradient
        line = self._line(row.weight, row.bias)
        if self._batches is None:
            return self._experiment.bowl.gradient(*line)
        return self._batches.gradient_at(row.iteration, *line)

    def remembered(self, record: Record, row: Row, memory: Memory) -> tuple[float, float]:
        """Return what is remembered before the step of a row, along w and b.

        Not a number where that can't be told: the record keeps not every row, or too many.
        """
        if row.iteration == 0:
            return 0.0, 0.0
        if record.stride > 1 or row.iteration > MOST_SLOPES:
            return np.nan, np.nan
        slopes = self._slopes_before(record, row.iteration)
        method = self._experiment.method
        return memory.after(method, slopes[:, 0]), memory.after(method, slopes[:, 1])

    def shares(self, row: Row) -> Shares:
        """Return how every row of the data takes part in the step of a row."""
        line = self._line(row.weight, row.bias)
        x = self.data.x
        with np.errstate(over="ignore", invalid="ignore"):
            prediction = line[0] * x + line[1]
            error = prediction - self.data.y
            counted = np.full(len(x), 2 / len(x))
            rows = self.rows(row.iteration)
            if rows is not None:
                counted = np.zeros(len(x))
                counted[rows] = 2 / len(rows)
            return Shares(x, prediction, error, counted * x * error, counted * error)

    def _line(self, weight: float, bias: float) -> tuple[float, float]:
        """Return a line in the units descent runs in."""
        scale = self._experiment.scale
        return weight * scale.sd, bias + weight * scale.mean

    def _slopes_before(self, record: Record, iteration: int) -> NDArray[np.float64]:
        """Return the slopes of the steps before an iteration, of shape (iteration, 2)."""
        known = len(self._known)
        if known < iteration:
            # Some at once while a run plays: to put them together costs more than to know them.
            last = min(len(record.rows), max(iteration, known + 256))
            scale, rows = self._experiment.scale, record.rows[known:last]
            weight, bias = rows[:, 0] * scale.sd, rows[:, 1] + rows[:, 0] * scale.mean
            new = np.column_stack(self._gradients(known, weight, bias))
            self._known = np.asfortranarray(np.concatenate((self._known, new)))
        return self._known[:iteration]

    def _gradients(
        self, first: int, weight: NDArray[np.float64], bias: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            if self._batches is not None:
                return self._batches.gradients(first, weight, bias)
            return self._experiment.bowl.gradient(weight, bias)
