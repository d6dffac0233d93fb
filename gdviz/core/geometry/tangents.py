"""Tangents: a piece of one that looks equally long however steep it is, and its rise and run."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.geometry.ranges import Box

Place = tuple[float, float]

# Half the length of a piece, as a share of the picture.
LENGTH = 0.16
# The longest run, as a share of what is shown; and how often a shorter one is tried.
LONGEST_RUN, SHORTER = 1 / 3, 16
# What rounding may put beyond an edge, as a share.
SLACK = 1e-9


class Triangle(NamedTuple):
    """A right triangle below a tangent: from `start` by its legs around `corner` to `end`.

    Attributes
    ----------
    start, corner, end : tuple of float
        From left to right.
    run : float
        A round number.
    rise : float
        Slope times run.
    """

    start: Place
    corner: Place
    end: Place
    run: float
    rise: float


def tangent(place: Place, slope: float, box: Box) -> NDArray[np.float64]:
    """Return the ends, of shape (2, 2), of the piece of a tangent around a place."""
    (left, right), (bottom, top) = box
    width, height = right - left, top - bottom
    half = LENGTH * width / math.hypot(1.0, slope * width / height)
    ends: NDArray[np.float64] = np.array(place) + np.outer((-half, half), (1.0, slope))
    return ends


def slope_triangle(place: Place, slope: float, box: Box, room: float) -> Triangle | None:
    """Return rise and run of a tangent on one side of a place, inside a box.

    The run is the same wherever it fits: only then do rises compare. Where it doesn't uphill, so
    that the rise stands away from the place, it is downhill; where it doesn't at all, it is
    shorter.

    Parameters
    ----------
    room : float
        How far the rise stays from the edge, if it can: there is a number beside it.
    """
    x, y = place
    (left, right), (bottom, top) = box
    across, up = SLACK * (right - left), SLACK * (top - bottom)
    if not (left <= x <= right and bottom <= y <= top):
        return None
    run = _round_below(LONGEST_RUN * (right - left))
    for _ in range(SHORTER):
        rise, fitting = slope * run, []
        sides = ((x - run, y - rise), (x, y)), ((x, y), (x + run, y + rise))
        for start, end in sides if rise < 0 else sides[::-1]:
            low, high = sorted((start[1], end[1]))
            level = left - across <= start[0] and end[0] <= right + across
            if level and bottom - up <= low and high <= top + up:
                corner = (start[0] if rise < 0 else end[0], low)
                fitting.append(Triangle(start, corner, end, run, rise))
        free = [t for t in fitting if left + room <= t.corner[0] <= right - room]
        if fitting:
            return (free or fitting)[0]
        run = _round_below(0.9 * run)
    return None


def _round_below(size: float) -> float:
    """Return 1, 2 or 5 times a power of ten: the largest that isn't above a size."""
    power = math.floor(math.log10(size))
    steps = (float(f"{digit}e{power}") for digit in (5, 2, 1))
    return next((step for step in steps if step <= size), float(f"1e{power}"))
