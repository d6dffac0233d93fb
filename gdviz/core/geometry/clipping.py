"""Clipping: which part of a line a box shows."""

import math

import numpy as np
from numpy.typing import NDArray

from gdviz.core.geometry.ranges import Box, Range

Points = NDArray[np.float64]


def part_inside(
    place: Points, way: Points, box: Box, first: float = -math.inf, last: float = math.inf
) -> Range | None:
    """Return between which multiples of a way from a place one is inside a box (Liang and Barsky).

    Parameters
    ----------
    place, way : ndarray of shape (2,)
    first, last : float, optional
        The ends of the line, as multiples of the way; by default it has none.
    """
    # Plain numbers: where a quotient is too large for them, it is out of the box as well.
    for start, step, (low, high) in zip(place.tolist(), way.tolist(), box, strict=True):
        if step:
            entry, leaving = sorted(((low - start) / step, (high - start) / step))
            first, last = max(first, entry), min(last, leaving)
        elif not low <= start <= high:
            return None
    return (first, last) if first < last else None


def chord(place: Points, way: Points, box: Box, count: int = 2) -> Points:
    """Return points, of shape (count, 2), on the line through a place inside a box; if none: 0."""
    part = part_inside(place, way, box)
    if part is None:
        return np.empty((0, 2))
    shifts: Points = np.linspace(*part, count)[:, np.newaxis] * way
    return place + shifts
