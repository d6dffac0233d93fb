"""Slopes: those that the steps of a run follow, each row's share, what a method remembers of them.

The slope that a step follows is that of the loss in the units descent runs in; where the run has
batches, it is the slope of one batch.
"""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Record, Row

# A run of more steps than these is not gone through again, and of the others some at once while
# they play: to put them together costs more than to know them.
MOST_STEPS, BLOCK_STEPS = 2**17, 256
# What is remembered before a step.
Memory = tuple[float, ...]


class Shares(NamedTuple):
    """How rows of the data take part in a step, in the units descent runs in.

    Attributes
    ----------
    rows : ndarray of shape (n_rows,)
        Their numbers.
    x : ndarray of shape (n_rows,)
        x, or standardised x.
    prediction, error : ndarray of shape (n_rows,)
    w, b : ndarray of shape (n_rows,)
        What each row adds to the two slopes; 0 for rows that are not in the batch.
    """

    rows: NDArray[np.int64]
    x: NDArray[np.float64]
    prediction: NDArray[np.float64]
    error: NDArray[np.float64]
    w: NDArray[np.float64]
    b: NDArray[np.float64]


class Slopes:
    """The slopes that a run follows, in the units descent runs in."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._orders = experiment.orders()
        self._names = experiment.method.remembered()
        gives = "".join(f"{name}, " for name in self._names)
        rate, along = experiment.learning_rate, "wb"[: 1 + experiment.with_bias]
        self._rules: Any = [experiment.method.rule(rate, gives=gives) for _ in along]
        self._memories = [[next(rule)] for rule in self._rules] if self._names else []

    def rows(self, iteration: int) -> NDArray[np.int64] | None:
        """Return which rows a step looks at; None if it looks at all of them."""
        if self._orders is None:
            return None
        epoch, first = self._place(iteration)
        return self._orders.of(epoch)[first : first + (self._experiment.batch_size or 0)]

    def rows_to(self, iteration: int) -> int:
        """Return how many rows have to be put in order to know those that a step looks at."""
        return 0 if self._orders is None else self._orders.rows_to(self._place(iteration)[0])

    def towards(self, iteration: int) -> Iterator[None]:
        """Put them in order, and yield now and then."""
        if self._orders is not None:
            yield from self._orders.towards(self._place(iteration)[0])

    def followed(self, row: Row) -> tuple[float, float]:
        """Return the slopes along w and b that the step of a row follows."""
        experiment = self._experiment
        if row.weight_slope is not None and row.bias_slope is not None:
            return row.weight_slope, row.bias_slope
        if experiment.standardise:
            return experiment.scaled_bowl.gradient(*experiment.scale.scaled(row))
        return row.weight_gradient, row.bias_gradient

    def remembered(self, record: Record, row: Row) -> list[Memory]:
        """Return what the method remembers before the step of a row, for each parameter.

        Not a number where that can't be told: the record keeps not every row, or too many.
        """
        known = row.iteration == 0 or (record.stride == 1 and row.iteration <= MOST_STEPS)
        if not self._names or not known:
            return [(math.nan,) * len(self._names)] * 2
        self._remember(record, row.iteration)
        return [memories[row.iteration] for memories in self._memories]

    def shares(self, row: Row, rows: NDArray[np.int64] | None = None) -> Shares:
        """Return how some rows of the data, by default all, take part in the step of a row."""
        data, line = self._experiment.scaled_data, self._experiment.scale.scaled(row)
        rows = np.arange(len(data)) if rows is None else rows
        x, y, batch = data.x[rows], data.y[rows], self.rows(row.iteration)
        with np.errstate(over="ignore", invalid="ignore"):
            prediction = line.weight * x + line.bias
            error = prediction - y
            counted = np.full(len(rows), 2 / len(data))
            if batch is not None:
                counted = np.where(np.isin(rows, batch), 2 / len(batch), 0.0)
            return Shares(rows, x, prediction, error, counted * x * error, counted * error)

    def _remember(self, record: Record, iteration: int) -> None:
        """Run the rule once more, over the slopes of the steps before an iteration."""
        first = len(self._memories[0]) - 1
        if first >= iteration:
            return
        last = min(len(record.rows), max(iteration, first + BLOCK_STEPS))
        slopes = self._all_followed(record.rows[first:last])
        for rule, memories, along in zip(self._rules, self._memories, slopes, strict=False):
            memories.extend(map(rule.send, along.tolist()))

    def _all_followed(self, rows: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
        """Return the slopes along w and b that the steps of rows follow."""
        if self._orders is not None:
            return iter(rows[:, 7:].T)
        scale = self._experiment.scale
        weight, bias = rows[:, 0] * scale.sd, rows[:, 1] + rows[:, 0] * scale.mean
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            return iter(self._experiment.scaled_bowl.gradient(weight, bias))

    def _place(self, iteration: int) -> tuple[int, int]:
        """Return which epoch an iteration belongs to, and the first of its rows there."""
        size = self._experiment.batch_size or 1
        epoch, place = divmod(iteration, -(-len(self._experiment.dataset) // size))
        return epoch, place * size
