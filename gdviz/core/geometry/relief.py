"""Relief: the loss bowl as a body in a box: where its points lie, without any drawing."""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.quadratic import Quadratic
from gdviz.core.descent.trajectory import Record
from gdviz.core.geometry.clipping import chord
from gdviz.core.geometry.contours import contour
from gdviz.core.geometry.heights import Heights
from gdviz.core.geometry.ranges import HEADROOM, Box, Range, parameter_range, ticks
from gdviz.core.geometry.thinning import first_visits, worth_showing

Points = NDArray[np.float64]
Values = float | NDArray[np.float64]
# Places between -1 and 1, or heights, and what is written there.
Marks = list[tuple[float, str]]

# The box reaches from -1 to 1 along weight and bias, and so far up and down.
HALF_HEIGHT = 0.72
BOX = np.array([1.0, 1.0, HALF_HEIGHT])
# At how many places the way from a point to the eye is looked at.
WAY_POINTS = 16
# How many rows of the mesh run along the weight, and columns to each side of the valley.
ROWS, COLUMNS = 97, 48
LINE_POINTS = 97
# Contours look round in a picture of this many pixels.
SHARP_PX = 1000
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
        return self._sunk.loss(weight, bias)

    def heights(self, excess: ArrayLike) -> Points:
        """Return how high a loss above the minimum lies in the box."""
        return HALF_HEIGHT * (2 * self.scale.of(excess) - 1)

    def place(self, weight: Values, bias: Values) -> Points:
        """Return the points of the surface at weights and biases, of shape (n, 3)."""
        x, y = np.atleast_1d(weight), np.atleast_1d(bias)
        heights = self.heights(self.excess(x, y))
        return np.column_stack((_share(x, self.weights), _share(y, self.biases), heights))

    def holds(self, weight: float, bias: float) -> bool:
        """Tell whether a point of the surface lies in the box."""
        return bool(self._held(np.array([weight]), np.array([bias]))[0])

    def equals(self, other: "Relief | None") -> bool:
        """Tell whether another relief looks the same."""
        if other is None or other is self:
            return other is self
        return astuple(self) == astuple(other)

    def hidden(self, points: Points, eye: Points) -> NDArray[np.bool_]:
        """Tell which points of the surface are hidden from an eye by another part of it.

        That is where the way to the eye crosses the surface before it leaves the box.
        """
        way = eye - points
        way[way == 0] = 1e-12
        room = ((np.copysign(BOX, way) - points) / way).min(axis=1)
        share = np.outer(np.maximum(room, 0), (np.arange(WAY_POINTS) + 0.5) / WAY_POINTS)
        x, y, z = (points[:, [k]] + way[:, [k]] * share for k in range(3))
        ground = self.excess(_value(x, self.weights), _value(y, self.biases))
        above = z > self.heights(ground)
        return np.asarray((above != above[:, :1]).any(axis=1))

    @cached_property
    def mesh(self) -> tuple[Points, NDArray[np.uint32], Points]:
        """Return the surface: rows of constant weight, whose middle follows the valley.

        Returns
        -------
        vertices : ndarray of shape (n, 3)
        faces : ndarray of shape (m, 3)
            Indices of vertices.
        normals : ndarray of shape (n, 3)
            Of length 1.
        """
        weight = self._spread(*self.weights_reached, self._sunk.optimum.weight, self._sunk.sd_x)
        valley, lowest = self._sunk.best_bias(weight)
        half = np.sqrt(np.maximum(self.depth - lowest, 0.0))
        first = np.clip(valley - half, *self.biases)
        last = np.clip(valley + half, *self.biases)
        middle = np.clip(valley, first, last)
        rise = self._rise(
            np.sqrt(lowest + self.scale.floor), np.maximum(last - middle, middle - first)
        )
        first, middle, last = (ends[:, np.newaxis] for ends in (first, middle, last))
        below = middle - (middle - first) * rise[:, :0:-1]
        bias = np.hstack((below, middle + (last - middle) * rise))
        weight = np.broadcast_to(weight[:, np.newaxis], bias.shape)
        vertices = self.place(weight.ravel(), bias.ravel())
        return vertices, _faces(*bias.shape), self._normals(weight.ravel(), bias.ravel())

    def along_weight(self, bias: float) -> Points:
        """Return the slice at one bias, as a line over the weights."""
        weight = self._slice_values(self._sunk.along_weight(bias), self.weights)
        return self.place(weight, np.full_like(weight, bias))

    def along_bias(self, weight: float) -> Points:
        """Return the slice at one weight, as a line over the biases."""
        bias = self._slice_values(self._sunk.along_bias(weight), self.biases)
        return self.place(np.full_like(bias, weight), bias)

    def _slice_values(self, parabola: Quadratic, ends: Range) -> Points:
        """Return the values at which a slice is in the box."""
        low, high = self._reach(parabola.optimum, parabola.minimum, parabola.steepness)
        low, high = max(low, ends[0]), min(high, ends[1])
        if low >= high:
            return np.empty(0)
        return self._spread(low, high, parabola.optimum, parabola.steepness, parabola.minimum)

    @cached_property
    def contours(self) -> Points:
        """The contours of all levels, as lines from every second point to the next."""
        px_per_unit = (SHARP_PX / float(np.ptp(ends)) for ends in self._ground)
        scale = next(px_per_unit), next(px_per_unit)
        found = [np.empty((0, 3))]
        for excess in self.scale.levels:
            for line in contour(self.bowl, excess, self._ground, scale).lines:
                x, y = map(_share, np.repeat(line, 2, axis=0)[1:-1].T, self._ground)
                found.append(np.column_stack((x, y, np.full_like(x, self.heights(excess)))))
        return np.vstack(found)

    def valley(self) -> Points:
        """Return the line along which the loss is least, where that is not a single place."""
        optimum, along = np.array(self.bowl.optimum), np.array(self.bowl.axes[1][:2])
        return self.place(*chord(optimum, along, self._ground).T)

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
        first = first_visits((weight, bias), self._ground, CELLS, most)
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
    def marks(self) -> tuple[Marks, Marks, Marks]:
        """Round weights, biases and losses: where in the box, and as texts."""
        weights, biases = (
            [(float(_share(np.array(value), ends)), text) for value, text in ticks(ends)]
            for ends in (self.weights, self.biases)
        )
        losses = [(float(self.heights(excess)), text) for excess, text in self.scale.marks]
        return weights, biases, losses

    @property
    def _ground(self) -> Box:
        """The weights and biases that are shown."""
        return self.weights, self.biases

    @property
    def scale(self) -> Heights:
        """How high losses stand."""
        return Heights(self.bowl.minimum, self.depth, self.logarithmic)

    @cached_property
    def _sunk(self) -> Bowl:
        """The bowl with its bottom at 0."""
        return replace(self.bowl, minimum=0.0)

    @cached_property
    def weights_reached(self) -> Range:
        """The weights at which anything of the bowl lies in the box."""
        best = self._sunk.optimum.weight
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
        bias, _ = self._sunk.best_bias(weight)
        return self._sunk.loss(weight, min(max(bias, self.biases[0]), self.biases[1]))

    def _reach(
        self, centre: float, lowest: float, steepness: float, excess: float | None = None
    ) -> Range:
        """Return where a parabola is lower than a loss, by default the highest shown."""
        room = (self.depth if excess is None else excess) - lowest
        if room < 0:
            return centre, centre
        half = math.sqrt(room) / steepness if steepness > 0 else math.inf
        return centre - half, centre + half

    def _spread(
        self, low: float, high: float, centre: float, steepness: float, lowest: float = 0.0
    ) -> Points:
        """Return values from `low` to `high`, closer together where the height turns fast."""
        centre = min(max(centre, low), high)
        width = math.sqrt(lowest + self.scale.floor) / steepness if steepness > 0 else math.inf
        rise = self._rise(np.array([width]), np.array([high - low]), LINE_POINTS // 2)[0]
        below, above = centre - (centre - low) * rise[::-1], centre + (high - centre) * rise
        return np.concatenate((below[:-1], above))

    def _rise(self, width: Points, length: Points, count: int = COLUMNS) -> Points:
        """Return shares from 0 to 1, of shape (n, count + 1), close together up to a width."""
        stretch = np.arcsinh(np.minimum(length / width, 1e6))[:, np.newaxis]
        even = np.linspace(0, 1, count + 1)
        with np.errstate(invalid="ignore"):
            rise = np.sinh(stretch * even) / np.sinh(stretch)
        return np.where(stretch > 1e-6, rise, even)

    def _normals(self, weight: Points, bias: Points) -> Points:
        """Return what stands upright on the surface, from the gradient of the loss."""
        slope = 2 * HALF_HEIGHT * self.scale.slopes(self.excess(weight, bias))
        spans = (np.ptp(ends) / 2 / self.depth for ends in (self.weights, self.biases))
        tilts = [
            -slope * partial * span
            for partial, span in zip(self._sunk.gradient(weight, bias), spans, strict=True)
        ]
        normals = np.column_stack((*tilts, np.ones_like(slope)))
        lengths: Points = np.linalg.norm(normals, axis=1)[:, np.newaxis]
        return normals / lengths


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
    weights = parameter_range(near[:, 0], bowl.optimum.weight, math.sqrt(depth) / (across or 1.0))
    biases = parameter_range(near[:, 1], bowl.optimum.bias, math.sqrt(depth))
    wide = Relief(bowl, weights, biases, depth, logarithmic)
    # Where the walls of the bowl leave the box through its top, there is nothing to see beyond.
    return replace(wide, weights=wide.weights_reached)


def _near(sunk: Bowl, record: Record) -> Points:
    """Return weight, bias and loss above the minimum where a path is worth showing."""
    weight, bias = record.weight, record.bias
    with np.errstate(over="ignore", invalid="ignore"):
        excess = np.asarray(sunk.loss(weight, bias))
        near = worth_showing(excess)
    shown: Points = np.column_stack((weight, bias, excess))[near]
    return shown


def _share(values: Points, ends: Range) -> Points:
    """Return where values lie between two ends: -1 to 1."""
    low, high = ends
    return 2 * ((values - low) / (high - low)) - 1


def _value(shares: Points, ends: Range) -> Points:
    """Return what lies so far between two ends: the inverse of `_share`."""
    low, high = ends
    return low + (shares + 1) / 2 * (high - low)


def _faces(rows: int, columns: int) -> NDArray[np.uint32]:
    """Return two triangles for every cell of a grid."""
    corner = (np.arange(rows - 1)[:, np.newaxis] * columns + np.arange(columns - 1)).ravel()
    right, below = corner + 1, corner + columns
    triangles = np.column_stack((corner, right, below, right, below + 1, below))
    return triangles.reshape(-1, 3).astype(np.uint32)
