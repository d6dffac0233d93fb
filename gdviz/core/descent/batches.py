"""Batches: gradients of a few rows at a time, in an order that a seed repeats."""

from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.quadratic import PIECE, Number, residuals
from gdviz.core.tables.dataset import Dataset

# Means over a batch: of x², of x, of x times the residual, of the residual.
Means = tuple[float, float, float, float]
# So many rows, and a few more, are gone through in a moment. To begin an epoch takes as long as to
# go through some more.
AT_ONCE, EPOCH_ROWS = 2**16, 2_000
# To come back to an epoch, no more rows than about this many are put in order again, and so far as
# so many marks go.
REORDERED_ROWS, MOST_MARKS = 500_000, 10_000


class Orders:
    """The order in which each epoch goes through the rows, whichever epoch is asked for.

    The generator's state is kept every few epochs, so that going back is as cheap as going on.

    Parameters
    ----------
    seed : int
        One of ``numpy.random.default_rng``.
    marks : dict, optional
        Those states, by their number. Who puts the same rows in order in another thread can share
        them: they are the same for all, and only ever added to.
    """

    def __init__(self, rows: int, seed: int, marks: dict[int, Any] | None = None) -> None:
        self._rows = rows
        self._generator = np.random.default_rng(seed)
        self._every = max(1, REORDERED_ROWS // rows)
        self._marks = {} if marks is None else marks
        self._epoch = -1
        self._order = np.empty(0, dtype=np.int64)

    def of(self, epoch: int) -> NDArray[np.int64]:
        """Return the order of one epoch, of shape (rows,)."""
        for _ in self.towards(epoch):
            pass
        return self._order

    def towards(self, epoch: int) -> Iterator[None]:
        """Go to an epoch, and yield after each one on the way there."""
        mark = self._nearest_mark(epoch)
        if epoch < self._epoch or mark * self._every > self._epoch + 1:
            self._generator.bit_generator.state = self._marks[mark]
            self._epoch = mark * self._every - 1
        while self._epoch < epoch:
            self._draw()
            yield

    def rows_to(self, epoch: int) -> int:
        """Return how many rows have to be put in order for an epoch."""
        mark = self._nearest_mark(epoch) * self._every
        begun = mark - 1 if epoch < self._epoch else max(self._epoch, mark - 1)
        return (epoch - begun) * self._rows

    def _nearest_mark(self, epoch: int) -> int:
        return min(epoch // self._every, len(self._marks) - 1)

    def _draw(self) -> None:
        self._epoch += 1
        mark, between = divmod(self._epoch, self._every)
        if not between and mark < MOST_MARKS:
            self._marks.setdefault(mark, self._generator.bit_generator.state)
        self._order = self._generator.permutation(self._rows)


class Batches:
    """The gradient of each next batch.

    Every epoch goes once through all rows, in an order drawn from ``numpy.random.default_rng``
    without replacement. Its last batch holds what is left. The line `near` should be near all the
    others: the loss's optimum keeps the most digits.
    """

    def __init__(
        self, dataset: Dataset, near: Point, batch_size: int, seed: int,
        marks: dict[int, Any] | None = None,
    ) -> None:  # fmt: skip
        self._x, self._y, self._near = dataset.x, dataset.y, near
        self._residuals = np.empty(len(dataset))
        self._batch_size = min(batch_size, len(dataset))
        self._starts = np.arange(0, len(dataset), self._batch_size)
        self._orders = Orders(len(dataset), seed, marks)
        self._ahead: deque[Means] = deque()
        self._work = self._prepared()
        self._followed: list[tuple[float, float]] = []

    def look_ahead(self, most: int) -> int:
        """Prepare the next batches, and return how many of these, up to `most`, are ready.

        It takes a moment; if that isn't enough for even one of them, it goes on the next time.
        """
        left = AT_ONCE
        while len(self._ahead) < most and left > 0:
            left -= next(self._work)
        return min(len(self._ahead), most)

    def gradient(self, weight: float, bias: float) -> tuple[float, float]:
        """Return the derivatives of the next batch's loss with respect to weight and bias.

        ``2 mean(x (weight x + bias - y))`` and ``2 mean(weight x + bias - y)``, told from the
        residuals of a line near by, which are small.
        """
        while not self._ahead:
            next(self._work)
        slopes = self._derivatives(*self._ahead.popleft(), weight, bias)
        self._followed.append(slopes)
        return slopes

    def followed(self) -> NDArray[np.float64]:
        """Return the gradients given since this was asked for the last time, of shape (n, 2)."""
        slopes = np.array(self._followed, dtype=np.float64).reshape(-1, 2)
        self._followed.clear()
        return slopes

    def _derivatives(
        self, xx: Number, x: Number, xe: Number, e: Number, weight: Number, bias: Number
    ) -> tuple[Number, Number]:
        shift_weight, shift_bias = weight - self._near.weight, bias - self._near.bias
        return (
            2 * (shift_weight * xx + shift_bias * x - xe),
            2 * (shift_weight * x + shift_bias - e),
        )

    def _prepared(self) -> Iterator[int]:
        """Put one batch after another together, and yield after so many rows gone through."""
        for first in range(0, len(self._x), PIECE):
            rows = slice(first, first + PIECE)
            labels = self._y[rows] - self._near.bias
            self._residuals[rows] = residuals(self._x[rows], labels, self._near.weight)
            yield PIECE
        epoch = 0
        while True:
            order = self._orders.of(epoch)
            yield len(order) + EPOCH_ROWS
            yield from self._put_together(order)
            epoch += 1

    def _put_together(self, order: NDArray[np.int64]) -> Iterator[int]:
        """Add the means of all batches of an epoch: of some small ones at once, or a large one."""
        together = max(1, PIECE // self._batch_size)
        for place in range(0, len(self._starts), together):
            starts = self._starts[place : place + together]
            end = min(int(starts[-1]) + self._batch_size, len(order))
            sums: NDArray[np.float64] = np.zeros((len(starts), 4))
            for first in range(int(starts[0]), end, PIECE):
                rows = order[first : min(first + PIECE, end)]
                sums += self._sums(rows, starts - starts[0])
                yield len(rows)
            counts = np.minimum(self._batch_size, end - starts)
            self._ahead.extend(map(tuple, (sums / counts[:, np.newaxis]).tolist()))

    def _sums(self, rows: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the sums over pieces of the rows that begin there, of shape (n_pieces, 4)."""
        x, left = self._x[rows], self._residuals[rows]
        return np.column_stack([np.add.reduceat(c, starts) for c in (x * x, x, x * left, left)])
