"""Relief: the loss bowl as a body in a box: where its points lie, without any drawing."""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.trajectory import Record
from gdviz.ui.plots.plot import Range, nice_range

Points = NDArray[np.float64]
Values = float | NDArray[np.float64]

# The box reaches from -1 to 1 along weight and bias, and so far up and down.
HALF_HEIGHT = 0.72
BOX = np.array([1.0, 1.0, HALF_HEIGHT])
# A divergent path is followed until it is this many times farther out than its start.
MAX_REACH = 8.0
# How far to see beyond the path, and above it.
MARGIN, HEADROOM = 0.6, 1.22
# What lies below the bottom, and at most below a loss of 0, as shares of the depth.
CLEARANCE, BELOW_ZERO = 0.08, 0.03
# A logarithmic height starts to level off at this share of the depth.
FLOOR = 1e-3


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
        """Return how high a loss above the minimum lies in the box.

        Logarithmic: ``log(1 + excess / floor)``, which has a bottom, unlike a plain logarithm.
        """
        share = np.asarray(excess, dtype=np.float64) / self.depth
        clearance = CLEARANCE
        if self.logarithmic:
            share = np.log1p(share / FLOOR) / math.log1p(1 / FLOOR)
        else:
            clearance = self.clearance / self.depth
        return HALF_HEIGHT * (2 * (share + clearance) / (1 + clearance) - 1)

    @property
    def clearance(self) -> float:
        """How far the box goes below the minimum, as a loss: the floor must not touch the bowl."""
        return min(CLEARANCE * self.depth, self.bowl.minimum + BELOW_ZERO * self.depth)

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
        ends = self.weights, self.biases
        return np.column_stack([value_at(points[:, k], ends[k]) for k in (0, 1)])

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
        ground = np.column_stack((share_of(weight, self.weights), share_of(bias, self.biases)))
        first = first_visits(ground, most)
        return inside[first] * record.stride, self.place(weight[first], bias[first])

    def _held(self, weight: Points, bias: Points) -> NDArray[np.bool_]:
        """Tell which points of the surface lie in the box; a run may have gone to infinity."""
        (left, right), (near, far) = self.weights, self.biases
        inside = (left <= weight) & (weight <= right) & (near <= bias) & (bias <= far)
        with np.errstate(over="ignore", invalid="ignore"):
            # The starts that set the depth lie at its edge but for a rounding.
            low = self.excess(weight, bias) <= self.depth * (1 + 1e-9)
        return np.asarray(inside & low)

    @cached_property
    def sunk(self) -> Bowl:
        """The bowl with its bottom at 0."""
        return replace(self.bowl, minimum=0.0)

    @property
    def floor(self) -> float:
        """The loss above the minimum below which differences don't show."""
        return (FLOOR if self.logarithmic else 1.0) * self.depth

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
    """Return what to show of a bowl: the starts, the paths where they are near, the optimum.

    Parameters
    ----------
    bowl : Bowl
        Over weight and bias, in the user's units.
    records : sequence of Record
        The paths; the first is the one that moves.
    """
    sunk = replace(bowl, minimum=0.0)
    near = np.vstack([_near(sunk, record) for record in records])
    highest = float(near[:, 2].max())
    depth = HEADROOM * highest if highest > 0 else bowl.minimum or 1.0
    across = math.hypot(bowl.sd_x, bowl.mean_x)
    weights = _range(near[:, 0], bowl.optimum.weight, math.sqrt(depth) / (across or 1.0))
    biases = _range(near[:, 1], bowl.optimum.bias, math.sqrt(depth))
    wide = Relief(bowl, weights, biases, depth, logarithmic)
    # Where the walls of the bowl leave the box through its top, there is nothing to see beyond.
    return replace(wide, weights=wide.weights_reached)


def first_visits(places: Points, most: int) -> NDArray[np.int64]:
    """Return, in order, the indices at which a path first enters a cell of the ground.

    Parameters
    ----------
    places : ndarray of shape (n, 2)
        From -1 to 1.
    most : int
        How many to return at most: the cells are as small as that allows, down to 1/256 of a side.
    """
    cells = 256
    while True:
        column, row = np.minimum((places + 1) / 2 * cells, cells - 1).astype(np.int64).T
        first = np.full(cells * cells, -1)
        # Of several assignments to one place the last one stays, so go backwards.
        first[(column * cells + row)[::-1]] = np.arange(len(places))[::-1]
        first = np.sort(first[first >= 0])
        if len(first) <= most:
            return first
        cells //= 2


def _near(sunk: Bowl, record: Record) -> Points:
    """Return weight, bias and loss above the minimum where a path is worth showing."""
    weight, bias = record.weight, record.bias
    with np.errstate(over="ignore", invalid="ignore"):
        excess = np.asarray(sunk.loss(weight, bias))
        near = excess <= MAX_REACH**2 * excess[0]
    near[0] = True
    shown: Points = np.column_stack((weight, bias, excess))[near]
    return shown


def _range(values: Points, optimum: float, natural: float) -> Range:
    """Return what to show along one parameter."""
    low, high = min(float(values.min()), optimum), max(float(values.max()), optimum)
    # Wide enough to see the bowl bend, and for a double to tell places in it apart.
    margin = MARGIN * max(high - low, natural / 2, 1e-9 * max(abs(low), abs(high)), 1e-290)
    left, right = nice_range(low - margin, high + margin)
    return min(left, low), max(right, high)


def share_of(values: Points, ends: Range) -> Points:
    """Return where values lie between two ends: -1 to 1."""
    low, high = ends
    return 2 * ((values - low) / (high - low)) - 1


def value_at(shares: Points, ends: Range) -> Points:
    """Return what lies so far between two ends: the inverse of `_share`."""
    low, high = ends
    return low + (shares + 1) / 2 * (high - low)
