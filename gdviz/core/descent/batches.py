"""Batches: gradients of a few rows at a time, in an order that a seed repeats."""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.quadratic import Number, residuals
from gdviz.core.tables.dataset import Dataset

# Means over a batch: of x², of x, of x times the residual, of the residual.
Means = tuple[float, float, float, float]
# To come back to an epoch, no more rows than about this many are put in order again.
REORDERED_ROWS = 20_000


class Orders:
    """The order in which each epoch goes through the rows, whichever epoch is asked for.

    The generator's state is kept every few epochs, so that going back is as cheap as going on. The
    seed is one of ``numpy.random.default_rng``.
    """

    def __init__(self, rows: int, seed: int) -> None:
        self._rows = rows
        self._generator = np.random.default_rng(seed)
        self._every = max(1, REORDERED_ROWS // rows)
        self._states: list[Any] = []
        self._epoch = -1
        self._order = np.empty(0, dtype=np.int64)

    def of(self, epoch: int) -> NDArray[np.int64]:
        """Return the order of one epoch, of shape (rows,)."""
        mark = min(epoch // self._every, len(self._states) - 1)
        if epoch < self._epoch or mark * self._every > self._epoch + 1:
            self._generator.bit_generator.state = self._states[mark]
            self._epoch = mark * self._every - 1
        while self._epoch < epoch:
            self._draw()
        return self._order

    def _draw(self) -> None:
        self._epoch += 1
        if self._epoch == len(self._states) * self._every:
            self._states.append(self._generator.bit_generator.state)
        self._order = self._generator.permutation(self._rows)


class Batches:
    """The gradient of each next batch.

    Every epoch goes once through all rows, in an order drawn from ``numpy.random.default_rng``
    without replacement. Its last batch holds what is left. The line `near` should be near all the
    others: the loss's optimum keeps the most digits.
    """

    def __init__(self, dataset: Dataset, near: Point, batch_size: int, seed: int) -> None:
        self._x, self._near = dataset.x, near
        self._residuals = residuals(dataset.x, dataset.y - near.bias, near.weight)
        self._batch_size = min(batch_size, len(dataset))
        self._starts = np.arange(0, len(dataset), self._batch_size)
        self._orders = Orders(len(dataset), seed)
        self._means = self._all_means()

    def gradient(self, weight: float, bias: float) -> tuple[float, float]:
        """Return the derivatives of the next batch's loss with respect to weight and bias.

        ``2 mean(x (weight x + bias - y))`` and ``2 mean(weight x + bias - y)``, told from the
        residuals of a line near by, which are small.
        """
        return self._derivatives(*next(self._means), weight, bias)

    def rows(self, iteration: int) -> NDArray[np.int64]:
        """Return which rows the batch of an iteration holds, of shape (batch_size or fewer,)."""
        epoch, place = divmod(iteration, len(self._starts))
        first = self._starts[place]
        return self._orders.of(epoch)[first : first + self._batch_size]

    def gradient_at(self, iteration: int, weight: float, bias: float) -> tuple[float, float]:
        """Return the derivatives of the loss of one iteration's batch."""
        rows = self.rows(iteration)
        x, left = self._x[rows], self._residuals[rows]
        xx, mean_x, xe, e = (float(np.mean(one)) for one in (x * x, x, x * left, left))
        return self._derivatives(xx, mean_x, xe, e, weight, bias)

    def gradients(
        self, first: int, weight: NDArray[np.float64], bias: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the gradients of the batches `first`, `first` + 1, …, each at its own line.

        Parameters
        ----------
        weight, bias : ndarray of shape (n_batches,)
            The lines at which they are asked for.
        """
        epoch, place = divmod(first, len(self._starts))
        last = (first + len(weight) - 1) // len(self._starts)
        means = np.concatenate([self._epoch_means(one) for one in range(epoch, last + 1)])
        xx, x, xe, e = means[place : place + len(weight)].T
        return self._derivatives(xx, x, xe, e, weight, bias)

    def _derivatives(
        self, xx: Number, x: Number, xe: Number, e: Number, weight: Number, bias: Number
    ) -> tuple[Number, Number]:
        shift_weight, shift_bias = weight - self._near.weight, bias - self._near.bias
        return (
            2 * (shift_weight * xx + shift_bias * x - xe),
            2 * (shift_weight * x + shift_bias - e),
        )

    def _epoch_means(self, epoch: int) -> NDArray[np.float64]:
        """Return the means of the batches of one epoch, of shape (n_batches, 4)."""
        counts = np.minimum(self._batch_size, len(self._x) - self._starts)
        order = self._orders.of(epoch)
        x, left = self._x[order], self._residuals[order]
        columns = (x * x, x, x * left, left)
        return np.column_stack([np.add.reduceat(c, self._starts) / counts for c in columns])

    def _all_means(self) -> Iterator[Means]:
        for epoch in itertools.count():
            yield from map(tuple, self._epoch_means(epoch).tolist())
