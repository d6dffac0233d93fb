"""Sightlines: what of a relief an eye sees, and what hides it."""

import numpy as np
from numpy.typing import NDArray

from gdviz.core.geometry.relief import BOX, Points, Relief

# At how many places the way from a point to the eye is looked at.
WAY_POINTS = 16
# At how many places a line of sight is looked at, and how often the part is halved in which it
# strikes the surface.
SIGHT_POINTS, HALVINGS = 200, 30


def hidden(relief: Relief, points: Points, eye: Points) -> NDArray[np.bool_]:
    """Tell which points of the surface are hidden from an eye by another part of it.

    That is where the way to the eye crosses the surface before it leaves the box.
    """
    way = eye - points
    way[way == 0] = 1e-12
    room = ((np.copysign(BOX, way) - points) / way).min(axis=1)
    share = np.outer(np.maximum(room, 0), (np.arange(WAY_POINTS) + 0.5) / WAY_POINTS)
    z = points[:, [2]] + way[:, [2]] * share
    above = z > relief.heights(_along(relief, points, way, share))
    return np.asarray((above != above[:, :1]).any(axis=1))


def struck(relief: Relief, eye: Points, way: Points) -> Points:
    """Return where a line of sight strikes the surface inside the box.

    Parameters
    ----------
    eye, way : ndarray of shape (3,)
        Where it starts, outside of the box, and where it goes.

    Returns
    -------
    ndarray of shape (n, 2)
        Weights and biases. Where it misses the surface: the one under or over which it comes
        nearest; where it misses the box: none.
    """
    way = np.where(way == 0, 1e-12, way)
    walls = np.sort(np.array([(-BOX - eye) / way, (BOX - eye) / way]), axis=0)
    enters, leaves = max(walls[0].max(), 0.0), walls[1].min()
    if enters >= leaves:
        return np.empty((0, 2))
    at = np.linspace(enters, leaves, SIGHT_POINTS)
    gap = _gap(relief, eye, way, at)
    crossed = np.flatnonzero((gap[:-1] > 0) != (gap[1:] > 0))
    if not len(crossed):
        return relief.ground(eye + np.outer(at[[np.abs(gap).argmin()]], way))
    first, last, sign = at[crossed], at[crossed + 1], gap[crossed] > 0
    for _ in range(HALVINGS):
        middle = (first + last) / 2
        same = (_gap(relief, eye, way, middle) > 0) == sign
        first, last = np.where(same, middle, first), np.where(same, last, middle)
    return relief.ground(eye + np.outer(first, way))


def _gap(relief: Relief, eye: Points, way: Points, at: Points) -> Points:
    """Return how far points of a line of sight are above the surface."""
    weight, bias = relief.ground(eye + np.outer(at, way)).T
    gap: Points = eye[2] + at * way[2] - relief.heights(relief.excess(weight, bias))
    return gap


def _along(relief: Relief, points: Points, way: Points, share: Points) -> Points:
    """Return the loss above the minimum along the ways that start at points of the box.

    Along a line it is a quadratic.

    Parameters
    ----------
    points, way : ndarray of shape (n, 3)
    share : ndarray of shape (n, m)
    """
    weight, bias = relief.ground(points).T
    shifts = [way[:, k] * np.ptp(ends) / 2 for k, ends in enumerate(relief.sides)]
    slope = sum(g * d for g, d in zip(relief.sunk.gradient(weight, bias), shifts, strict=True))
    best = relief.sunk.optimum
    bend = relief.excess(best.weight + shifts[0], best.bias + shifts[1])
    constant, slope, bend = (
        each[:, np.newaxis] for each in (relief.excess(weight, bias), slope, bend)
    )
    along: Points = (bend * share + slope) * share + constant
    return along
