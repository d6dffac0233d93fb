"""ReliefLines: the rows and lines of a relief that are drawn."""

import math
from functools import cached_property

import numpy as np

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.quadratic import Quadratic
from gdviz.core.geometry.clipping import chord
from gdviz.core.geometry.contours import contour
from gdviz.core.geometry.ranges import Range
from gdviz.core.geometry.relief import HALF_HEIGHT, Points, Relief, share_of

# How many rows of the mesh run along the weight, and columns to each side of the valley.
ROWS, COLUMNS = 97, 24
# How many times as many rows are tried, to find those between which the surface bends alike, and
# how much of their distance counts, too.
ROWS_TRIED, EVENNESS = 4, 0.1
LINE_POINTS = 97
# Contours look round in a picture of this many pixels.
SHARP_PX = 1000


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
        rise = self._rise(np.sqrt(lowest + self.relief.scale.floor), longest)
        first, middle, last = (ends[:, np.newaxis] for ends in (first, middle, last))
        below = middle - (middle - first) * rise[:, :0:-1]
        bias = np.hstack((below, middle + (last - middle) * rise))
        weight = np.broadcast_to(weight[:, np.newaxis], bias.shape)
        places = self.relief.place(weight.ravel(), bias.ravel())
        normals = self._normals(weight.ravel(), bias.ravel())
        return places.reshape(*bias.shape, 3), normals.reshape(*bias.shape, 3)

    def along_weight(self, bias: float) -> Points:
        """Return the slice at one bias, as a line over the weights."""
        weight = self._slice_values(self._sunk.along_weight(bias), self.relief.weights)
        return self.relief.place(weight, np.full_like(weight, bias))

    def along_bias(self, weight: float) -> Points:
        """Return the slice at one weight, as a line over the biases."""
        bias = self._slice_values(self._sunk.along_bias(weight), self.relief.biases)
        return self.relief.place(np.full_like(bias, weight), bias)

    def _slice_values(self, parabola: Quadratic, ends: Range) -> Points:
        """Return the values at which a slice is in the box."""
        low, high = self._reach(parabola)
        low, high = max(low, ends[0]), min(high, ends[1])
        if low >= high:
            return np.empty(0)
        return self._spread(low, high, parabola.optimum, parabola.steepness, parabola.minimum)

    @cached_property
    def contours(self) -> Points:
        """The contours of all levels, as lines from every second point to the next."""
        px_per_unit = (SHARP_PX / float(np.ptp(ends)) for ends in self.relief.sides)
        scale = next(px_per_unit), next(px_per_unit)
        found = [np.empty((0, 3))]
        for excess in self.relief.scale.levels:
            for line in contour(self.relief.bowl, excess, self.relief.sides, scale).lines:
                x, y = map(share_of, np.repeat(line, 2, axis=0)[1:-1].T, self.relief.sides)
                found.append(np.column_stack((x, y, np.full_like(x, self.relief.heights(excess)))))
        return np.vstack(found)

    def valley(self) -> Points:
        """Return the line along which the loss is least, where that is not a single place."""
        optimum, along = np.array(self.relief.bowl.optimum), np.array(self.relief.bowl.axes[1][:2])
        return self.relief.place(*chord(optimum, along, self.relief.sides).T)

    def _reach(self, parabola: Quadratic) -> Range:
        """Return where a parabola is lower than the highest loss shown."""
        centre, room = parabola.optimum, self.relief.depth - parabola.minimum
        if room < 0:
            return centre, centre
        steepness = parabola.steepness
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
        width = (
            math.sqrt(lowest + self.relief.scale.floor) / steepness if steepness > 0 else math.inf
        )
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
        relief = self.relief
        slope = 2 * HALF_HEIGHT * relief.scale.slopes(relief.excess(weight, bias))
        spans = (np.ptp(ends) / 2 / relief.depth for ends in relief.sides)
        tilts = [
            -slope * partial * span
            for partial, span in zip(self._sunk.gradient(weight, bias), spans, strict=True)
        ]
        normals = np.column_stack((*tilts, np.ones_like(slope)))
        lengths: Points = np.linalg.norm(normals, axis=1)[:, np.newaxis]
        return normals / lengths

    @property
    def _sunk(self) -> Bowl:
        return self.relief.sunk
