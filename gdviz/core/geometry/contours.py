"""Contours: where the loss of a bowl has one level, exactly, and which levels to show."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Bowl
from gdviz.core.geometry.clipping import chord
from gdviz.core.geometry.ranges import Box, next_nice_step
from gdviz.core.words.tick_labels import level_text

MOST_LEVELS = 14
# With fewer levels in sight than this, they are spaced evenly.
FEWEST_LEVELS = 3
# Of a line that crosses the box, and of one that runs all around in it.
FEWEST_POINTS, MOST_POINTS = 33, 2049
# How far a chord may lie from its arc, in pixels.
SAGITTA_PX = 0.1

Points = NDArray[np.float64]


class Level(NamedTuple):
    """A loss to draw a line at: its height above the minimum, and what its label says."""

    height: float
    text: str


class Contour(NamedTuple):
    """What a box shows of one level.

    Attributes
    ----------
    lines : list of ndarray of shape (n_points, 2)
        Weights and biases on the level, each from edge to edge or once around.
    area : ndarray of shape (n_points, 2)
        The outline of the ground below the level; empty if the box shows none.
    """

    lines: list[Points]
    area: Points


def levels_in(bowl: Bowl, box: Box) -> list[Level]:
    """Return the levels to show in a box, the highest first.

    A view of so little that hardly any of the levels for far walls and valley floor crosses it
    gets round losses in equal steps.
    """
    lowest, highest = heights_in(bowl, box)
    found = [height for height in log_heights(highest) if height >= lowest]
    if len(found) >= FEWEST_LEVELS or lowest == 0:
        return [
            Level(height, level_text(bowl.minimum + height, height, spare=1)) for height in found
        ]
    step = next_nice_step((highest - lowest) / 6)
    first, last = (bowl.minimum + lowest) / step, (bowl.minimum + highest) / step
    # Steps that rounding would swallow tell nothing.
    if not 0 < last < 1e9:
        return []
    losses = [index * step for index in range(math.floor(last), math.ceil(first) - 1, -1)]
    return [Level(loss - bowl.minimum, level_text(loss, step)) for loss in losses]


def log_heights(highest: float) -> list[float]:
    """Return heights above the minimum, from `highest` down: 1, 3, 10, 30, … of any magnitude.

    They are all but equal steps of log(loss - minimum): far walls and valley floor can both be
    read, where equal steps of the loss would show the walls alone.
    """
    if not 0 < highest < math.inf:
        return []
    decade = math.floor(math.log10(highest))
    steps = [m * 10.0**power for power in range(decade, decade - MOST_LEVELS, -1) for m in (3, 1)]
    return [step for step in steps if 0 < step <= highest][:MOST_LEVELS]


def heights_in(bowl: Bowl, box: Box) -> tuple[float, float]:
    """Return the smallest and the largest height above the minimum in a box.

    The largest is that of a corner; the smallest is 0 where the box shows the optimum, or that
    of the best place on one of its edges.
    """
    (left, right), (bottom, top) = box
    highest = float(_heights(bowl, _corners(box)).max())
    if left <= bowl.optimum.weight <= right and bottom <= bowl.optimum.bias <= top:
        return 0.0, highest
    beside = [(float(np.clip(bowl.best_weight(bias)[0], left, right)), bias) for bias in box[1]]
    below = [(weight, float(np.clip(bowl.best_bias(weight)[0], bottom, top))) for weight in box[0]]
    return float(_heights(bowl, np.array(beside + below)).min()), highest


def contour(bowl: Bowl, height: float, box: Box, px_per_unit: tuple[float, float]) -> Contour:
    """Return what a box shows of the ground at most `height` above the minimum.

    The level is an ellipse; where a valley is level, two parallel lines.

    Parameters
    ----------
    height : float
        Above the minimum, in units of loss.
    box : tuple
        The lowest and highest weight and bias that are shown.
    px_per_unit : tuple of float
        Pixels of a unit of weight and of bias: more points are needed the larger it looks.
    """
    centre, (first, second) = np.array(bowl.optimum), bowl.axes
    across = math.sqrt(height) / first.steepness * np.array([first.weight, first.bias])
    along = np.array([second.weight, second.bias])
    if second.steepness == 0:
        lines = [chord(centre + side * across, along, box, FEWEST_POINTS) for side in (1, -1)]
    else:
        along = math.sqrt(height) / second.steepness * along
        lines = _arcs(centre, across, along, box, px_per_unit)
    corners = _corners(box)
    inside = corners[_heights(bowl, corners) <= height]
    return Contour([line for line in lines if len(line)], _convex(lines, inside, box))


def _arcs(
    centre: Points, across: Points, along: Points, box: Box, px_per_unit: tuple[float, float]
) -> list[Points]:
    """Return the arcs of the ellipse ``centre + cos(t) across + sin(t) along`` inside a box."""
    size_px = max(float(np.hypot(*(axis * np.array(px_per_unit)))) for axis in (across, along))
    angle_step = math.sqrt(8 * SAGITTA_PX / max(size_px, 1.0))
    crossings = _crossings(centre, across, along, box) or [0.0]
    (left, right), (bottom, top) = box
    arcs = []
    for start, end in zip(crossings, [*crossings[1:], crossings[0] + 2 * math.pi], strict=True):
        middle = (start + end) / 2
        weight, bias = centre + math.cos(middle) * across + math.sin(middle) * along
        if left <= weight <= right and bottom <= bias <= top:
            count = int(min(max((end - start) / angle_step, FEWEST_POINTS), MOST_POINTS))
            angles = np.linspace(start, end, count)[:, np.newaxis]
            arcs.append(centre + np.cos(angles) * across + np.sin(angles) * along)
    return arcs


def _crossings(centre: Points, across: Points, along: Points, box: Box) -> list[float]:
    """Return the angles, in order, at which an ellipse meets the lines that bound a box."""
    angles = []
    for axis, bounds in enumerate(box):
        reach, phase = math.hypot(across[axis], along[axis]), math.atan2(along[axis], across[axis])
        for bound in bounds:
            share = (bound - centre[axis]) / reach if reach else math.inf
            if abs(share) <= 1:
                angles += [phase - math.acos(share), phase + math.acos(share)]
    return sorted(angle % (2 * math.pi) for angle in angles)


def _convex(lines: list[Points], corners: Points, box: Box) -> Points:
    """Return the convex outline through lines and corners: all points, in order around."""
    points = np.concatenate([*lines, corners])
    if len(points) < 3:
        return np.empty((0, 2))
    low, high = np.array(box).T
    shares = (points - low) / (high - low)
    x, y = (shares - shares.mean(axis=0)).T
    outline: Points = points[np.argsort(np.arctan2(y, x))]
    return outline


def _heights(bowl: Bowl, places: Points) -> Points:
    """Return the heights above the minimum: no difference of losses, which may be nearly equal."""
    weight, bias = (places - np.array(bowl.optimum)).T
    # Beyond the numbers it is high enough.
    with np.errstate(over="ignore"):
        roots = [axis.steepness * axis.distance(weight, bias) for axis in bowl.axes]
        heights: Points = roots[0] * roots[0] + roots[1] * roots[1]
    return heights


def _corners(box: Box) -> Points:
    return np.array([(weight, bias) for weight in box[0] for bias in box[1]])
