"""Batches: gradients of a few rows at a time, in an order that a seed repeats."""

from collections.abc import Iterator

import numpy as np

from gdviz.core.bowl import Point
from gdviz.core.dataset import Dataset
from gdviz.core.quadratic import residuals

# Means over a batch: of x², of x, of x times the residual, of the residual.
Means = tuple[float, float, float, float]


class Batches:
    """The gradient of each next batch.

    Every epoch goes once through all rows, in an order drawn from ``numpy.random.default_rng``
    without replacement. Its last batch holds what is left.

    Parameters
    ----------
    dataset : Dataset
    near : Point
        A line near all the others; the loss's optimum keeps the most digits.
    batch_size : int
        Rows of a batch.
    seed : int
    """

    def __init__(self, dataset: Dataset, near: Point, batch_size: int, seed: int) -> None:
        self._x, self._near = dataset.x, near
        self._residuals = residuals(dataset.x, dataset.y - near.bias, near.weight)
        self._batch_size = min(batch_size, len(dataset))
        self._orders = np.random.default_rng(seed)
        self._means = self._all_means()

    def gradient(self, weight: float, bias: float) -> tuple[float, float]:
        """Return the derivatives of the next batch's loss with respect to weight and bias.

        ``2 mean(x (weight x + bias - y))`` and ``2 mean(weight x + bias - y)``, told from the
        residuals of a line near by, which are small.
        """
        mean_xx, mean_x, mean_xe, mean_e = next(self._means)
        shift_weight, shift_bias = weight - self._near.weight, bias - self._near.bias
        return (
            2 * (shift_weight * mean_xx + shift_bias * mean_x - mean_xe),
            2 * (shift_weight * mean_x + shift_bias - mean_e),
        )

    def _all_means(self) -> Iterator[Means]:
        rows, size = len(self._x), self._batch_size
        starts = np.arange(0, rows, size)
        counts = np.minimum(size, rows - starts)
        while True:
            order = self._orders.permutation(rows)
            x, left = self._x[order], self._residuals[order]
            columns = (x * x, x, x * left, left)
            means = [(np.add.reduceat(column, starts) / counts).tolist() for column in columns]
            yield from zip(*means, strict=True)
