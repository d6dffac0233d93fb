"""Relief: the loss bowl as a body in a box: where its points lie, without any drawing."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.trajectory import Record
from gdviz.core.geometry.heights import Heights
from gdviz.core.geometry.ranges import Box, Range, natural_excess, relief_view, ticks
from gdviz.core.geometry.thinning import first_visits, worth_showing

Points = NDArray[np.float64]
Values = float | NDArray[np.float64]
# Places between -1 and 1, or heights, and what is written there.
Marks = list[tuple[float, str]]

# The box reaches from -1 to 1 along weight and bias, and so far up and down.
HALF_HEIGHT = 0.72
BOX = np.array([1.0, 1.0, HALF_HEIGHT])
# Into how many cells at most a side of the ground is cut, of which each shows a path once.
CELLS = 256


@dataclass(frozen=True, eq=False)
class Relief:
    """The part of a bowl inside a box, and its points in units of that box.

    Losses are measured from the bottom of the bowl, so that however small the differences they
    lose no digits to the size of the minimum.

    Attributes
    ----------
    bowl : Bowl
    weights, biases : tuple of float
        The lowest and highest shown; they hold the optimum.
    depth : float
        The highest loss shown, above the minimum.
    logarithmic : bool
        Whether height is the logarithm of the loss above the minimum, or the loss.
    """

    bowl: Bowl
    weights: Range
    biases: Range
    depth: float
    logarithmic: bool = False

    def excess(self, weight: Points, bias: Points) -> Points:
        """Return the loss above the minimum."""
        return self.sunk.loss(weight, bias)

    def heights(self, excess: ArrayLike) -> Points:
        """Return how high a loss above the minimum lies in the box."""
        return HALF_HEIGHT * (2 * self.scale.of(excess) - 1)

    def place(self, weight: Values, bias: Values) -> Points:
        """Return the points of the surface at weights and biases, of shape (n, 3)."""
        x, y = np.atleast_1d(weight), np.atleast_1d(bias)
        heights = self.heights(self.excess(x, y))
        return np.column_stack((share_of(x, self.weights), share_of(y, self.biases), heights))

    def holds(self, weight: float, bias: float) -> bool:
        """Tell whether a point of the surface lies in the box."""
        return bool(self._held(np.array([weight]), np.array([bias]))[0])

    def equals(self, other: "Relief | None") -> bool:
        """Tell whether another relief looks the same."""
        if other is None or other is self:
            return other is self
        return astuple(self) == astuple(other)

    def ground(self, points: Points) -> Points:
        """Return weight and bias of points in the box, of shape (n, 2)."""
        return np.column_stack([value_at(points[:, k], self.sides[k]) for k in (0, 1)])

    def path(self, record: Record, most: int) -> tuple[NDArray[np.int64], Points]:
        """Return the part of a path that shows: of points that fall together only the first.

        Returns
        -------
        iterations : ndarray of shape (n,)
        points : ndarray of shape (n, 3)
            At most `most`.
        """
        inside = np.flatnonzero(self._held(record.weight, record.bias))
        weight, bias = record.weight[inside], record.bias[inside]
        first = first_visits((weight, bias), self.sides, CELLS, most)
        return record.iterations_of(inside[first]), self.place(weight[first], bias[first])

    def _held(self, weight: Points, bias: Points) -> NDArray[np.bool_]:
        """Tell which points of the surface lie in the box; a run may have gone to infinity."""
        (left, right), (near, far) = self.weights, self.biases
        inside = (left <= weight) & (weight <= right) & (near <= bias) & (bias <= far)
        with np.errstate(over="ignore", invalid="ignore"):
            # The starts that set the depth lie at its edge but for a rounding.
            low = self.excess(weight, bias) <= self.depth * (1 + 1e-9)
        return np.asarray(inside & low)

    @cached_property
    def marks(self) -> tuple[Marks, Marks, Marks]:
        """Round weights, biases and losses: where in the box, and as texts."""
        weights, biases = (
            [(float(share_of(np.array(value), ends)), text) for value, text in ticks(ends)]
            for ends in self.sides
        )
        losses = [(float(self.heights(excess)), text) for excess, text in self.scale.marks]
        return weights, biases, losses

    @property
    def sides(self) -> Box:
        """The weights and biases that are shown."""
        return self.weights, self.biases

    @property
    def scale(self) -> Heights:
        """How high losses stand."""
        return Heights(self.bowl.minimum, self.depth, self.logarithmic)

    @cached_property
    def sunk(self) -> Bowl:
        """The bowl with its bottom at 0."""
        return replace(self.bowl, minimum=0.0)

    @cached_property
    def weights_reached(self) -> Range:
        """The weights at which anything of the bowl lies in the box."""
        best = self.sunk.optimum.weight
        low, high = (self._last_shown(best, end) for end in self.weights)
        return low, high

    def _last_shown(self, inside: float, end: float) -> float:
        """Return how far towards an end there is a place that is low enough, by halving."""
        if self._lowest(end) <= self.depth:
            return end
        for _ in range(60):
            middle = inside + (end - inside) / 2
            if self._lowest(middle) <= self.depth:
                inside = middle
            else:
                end = middle
        return inside

    def _lowest(self, weight: float) -> float:
        """Return the least loss above the minimum at a weight, of all biases shown."""
        bias, _ = self.sunk.best_bias(weight)
        return self.sunk.loss(weight, min(max(bias, self.biases[0]), self.biases[1]))


def relief_of(bowl: Bowl, records: Sequence[Record], logarithmic: bool) -> Relief:
    """Return what to show of a bowl: natural starts, the paths where they are near, the optimum.

    Parameters
    ----------
    bowl : Bowl
        Over weight and bias, in the user's units.
    records : sequence of Record
        The paths; the first is the one that moves.
    """
    natural = natural_excess(bowl, bowl.minimum)
    sunk = replace(bowl, minimum=0.0)
    near = np.vstack([_near(sunk, record, natural) for record in records])
    (weights, biases), depth = relief_view(bowl, near[:, :2], float(near[:, 2].max()))
    wide = Relief(bowl, weights, biases, depth, logarithmic)
    # Where the walls of the bowl leave the box through its top, there is nothing to see beyond.
    return replace(wide, weights=wide.weights_reached)


def _near(sunk: Bowl, record: Record, natural: float) -> Points:
    """Return weight, bias and loss above the minimum where a path is worth showing."""
    weight, bias = record.weight, record.bias
    with np.errstate(over="ignore", invalid="ignore"):
        excess = np.asarray(sunk.loss(weight, bias))
        near = worth_showing(excess, natural)
    shown: Points = np.column_stack((weight, bias, excess))[near]
    return shown


def share_of(values: Points, ends: Range) -> Points:
    """Return where values lie between two ends: -1 to 1."""
    low, high = ends
    return 2 * ((values - low) / (high - low)) - 1


def value_at(shares: Points, ends: Range) -> Points:
    """Return what lies so far between two ends: the inverse of `share_of`."""
    low, high = ends
    return low + (shares + 1) / 2 * (high - low)
