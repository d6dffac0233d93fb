"""ReliefLines: the rows and lines of a relief that are drawn."""

import math
from functools import cached_property

import numpy as np

from gdviz.core.descent.bowl import Bowl
from gdviz.core.geometry.relief import FLOOR, HALF_HEIGHT, Points, Relief, share_of
from gdviz.core.geometry.relief_scale import levels
from gdviz.ui.plots.plot import Range

# How many rows of the mesh run along the weight, and columns to each side of the valley.
ROWS, COLUMNS = 97, 24
# How many times as many rows are tried, to find those between which the surface bends alike, and
# how much of their distance counts, too.
ROWS_TRIED, EVENNESS = 4, 0.1
LINE_POINTS = 97


class ReliefLines:
    """A mesh over a relief, its contours and slices, worked out once.

    Parameters
    ----------
    relief : Relief

    Attributes
    ----------
    relief : Relief
    """

    def __init__(self, relief: Relief) -> None:
        self.relief = relief

    @cached_property
    def mesh(self) -> tuple[Points, Points]:
        """The surface: rows of constant weight, whose middle follows the valley.

        The rows are close together where the surface bends, so that from one to the next its
        light and height change little.

        Returns
        -------
        vertices : ndarray of shape (ROWS, 2 * COLUMNS + 1, 3)
        normals : ndarray of the same shape
            Of length 1.
        """
        low, high = self.relief.weights_reached
        centre, steepness = self._sunk.optimum.weight, self._sunk.sd_x
        tried = self._spread(low, high, centre, steepness, count=ROWS_TRIED * ROWS // 2)
        points = np.concatenate(self._mesh_over(tried), axis=2)[..., 2:]
        change = np.abs(np.diff(points, axis=0)).sum(axis=2).max(axis=1)
        distance = change + EVENNESS * np.diff(share_of(tried, (low, high)))
        gone = np.concatenate(([0.0], np.cumsum(distance)))
        return self._mesh_over(np.interp(np.linspace(0, gone[-1], ROWS), gone, tried))

    def _mesh_over(self, weight: Points) -> tuple[Points, Points]:
        """Return the vertices and normals of a row at each weight."""
        valley, lowest = self._sunk.best_bias(weight)
        half = np.sqrt(np.maximum(self.relief.depth - lowest, 0.0))
        first = np.clip(valley - half, *self.relief.biases)
        last = np.clip(valley + half, *self.relief.biases)
        middle = np.clip(valley, first, last)
        longest = np.maximum(last - middle, middle - first)
        rise = self._rise(np.sqrt(lowest + self.relief.floor), longest)
        first, middle, last = (ends[:, np.newaxis] for ends in (first, middle, last))
        below = middle - (middle - first) * rise[:, :0:-1]
        bias = np.hstack((below, middle + (last - middle) * rise))
        weight = np.broadcast_to(weight[:, np.newaxis], bias.shape)
        places = self.relief.place(weight.ravel(), bias.ravel())
        normals = self._normals(weight.ravel(), bias.ravel())
        return places.reshape(*bias.shape, 3), normals.reshape(*bias.shape, 3)

    def along_weight(self, bias: float) -> Points:
        """Return the slice at one bias, as a line over the weights."""
        parabola = self._sunk.along_weight(bias)
        low, high = self._reach(parabola.optimum, parabola.minimum, parabola.steepness)
        low, high = max(low, self.relief.weights[0]), min(high, self.relief.weights[1])
        if low >= high:
            return np.empty((0, 3))
        steepness = parabola.steepness
        weight = self._spread(low, high, parabola.optimum, steepness, parabola.minimum)
        return self.relief.place(weight, np.full_like(weight, bias))

    def along_bias(self, weight: float) -> Points:
        """Return the slice at one weight, as a line over the biases."""
        parabola = self._sunk.along_bias(weight)
        low, high = self._reach(parabola.optimum, parabola.minimum, parabola.steepness)
        low, high = max(low, self.relief.biases[0]), min(high, self.relief.biases[1])
        if low >= high:
            return np.empty((0, 3))
        steepness = parabola.steepness
        bias = self._spread(low, high, parabola.optimum, steepness, parabola.minimum)
        return self.relief.place(np.full_like(bias, weight), bias)

    @cached_property
    def contours(self) -> Points:
        """The contours of all levels, as lines from every second point to the next."""
        contours = [self._contour(level) for level in levels(self.relief)]
        return np.vstack([np.empty((0, 3)), *contours])

    def _contour(self, excess: float) -> Points:
        """Return the places with one loss, as lines from every second point to the next."""
        centre, steepness = self._sunk.optimum.weight, self._sunk.sd_x
        low, high = self._reach(centre, 0.0, steepness, excess)
        first, last = self.relief.weights_reached
        low, high = max(low, first), min(high, last)
        # Close together at the ends, where an ellipse turns.
        turn = np.cos(np.linspace(math.pi, 0, LINE_POINTS))
        weight = low + (high - low) * (turn + 1) / 2
        valley, lowest = self._sunk.best_bias(weight)
        half = np.sqrt(np.maximum(excess - lowest, 0.0))
        branches = [self._pieces(weight, valley + side * half) for side in (-1, 1)]
        flat = np.vstack(branches)
        height = np.full(len(flat), self.relief.heights(excess))
        return np.column_stack((flat, height))

    def valley(self) -> Points:
        """Return the line along which the loss is least, where that is not a single place."""
        weight = np.array(self.relief.weights)
        bias, _ = self._sunk.best_bias(weight)
        ends = self._pieces(weight, bias)
        return np.column_stack((ends, np.full(len(ends), self.relief.heights(0.0))))

    def _reach(
        self, centre: float, lowest: float, steepness: float, excess: float | None = None
    ) -> Range:
        """Return where a parabola is lower than a loss, by default the highest shown."""
        room = (self.relief.depth if excess is None else excess) - lowest
        if room < 0:
            return centre, centre
        half = math.sqrt(room) / steepness if steepness > 0 else math.inf
        return centre - half, centre + half

    def _spread(
        self,
        low: float,
        high: float,
        centre: float,
        steepness: float,
        lowest: float = 0.0,
        count: int = LINE_POINTS // 2,
    ) -> Points:
        """Return values from `low` to `high`, closer together where the height turns fast."""
        centre = min(max(centre, low), high)
        width = math.sqrt(lowest + self.relief.floor) / steepness if steepness > 0 else math.inf
        rise = self._rise(np.array([width]), np.array([high - low]), count)[0]
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
        relief, depth = self.relief, self.relief.depth
        share = relief.excess(weight, bias) / depth
        slope = np.full_like(share, 2 * HALF_HEIGHT / (1 + relief.clearance / depth))
        if relief.logarithmic:
            slope = 2 * HALF_HEIGHT / (share + FLOOR) / math.log1p(1 / FLOOR)
        spans = (np.ptp(ends) / 2 / depth for ends in (relief.weights, relief.biases))
        tilts = [
            -slope * partial * span
            for partial, span in zip(self._sunk.gradient(weight, bias), spans, strict=True)
        ]
        normals = np.column_stack((*tilts, np.ones_like(share)))
        lengths: Points = np.linalg.norm(normals, axis=1)[:, np.newaxis]
        return normals / lengths

    def _pieces(self, weight: Points, bias: Points) -> Points:
        """Return the lines between neighbours, cut off at the biases shown: (2 n, 2) places."""
        x, y = share_of(weight, self.relief.weights), share_of(bias, self.relief.biases)
        start, end = np.column_stack((x, y))[:-1], np.column_stack((x, y))[1:]
        step = end - start
        with np.errstate(divide="ignore", invalid="ignore"):
            at = (np.array([[-1.0], [1.0]]) - start[:, 1]) / step[:, 1]
        at = np.where(step[:, 1] == 0, np.array([[-np.inf], [np.inf]]), at)
        first, last = np.maximum(at.min(axis=0), 0), np.minimum(at.max(axis=0), 1)
        shown = (first < last) & ((np.abs(start[:, 1]) <= 1) | (step[:, 1] != 0))
        start, step, first, last = start[shown], step[shown], first[shown], last[shown]
        ends = (start + step * first[:, np.newaxis], start + step * last[:, np.newaxis])
        return np.stack(ends, axis=1).reshape(-1, 2)

    @property
    def _sunk(self) -> Bowl:
        return self.relief.sunk
