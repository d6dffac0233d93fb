"""Ranges: which part of an axis to show, in round steps, and the numbers along it.

Each picture has a natural view, made of the data alone: of the minimum and the natural starts
around it, the first of them the origin. It only ever grows, in round steps, to hold start and path;
so it doesn't follow a hiker that is put elsewhere within.
"""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdviz.core.descent.bowl import Bowl, Point
from gdviz.core.descent.quadratic import Quadratic
from gdviz.core.words.tick_labels import level_text

Range = tuple[float, float]
Box = tuple[Range, Range]
Values = NDArray[np.float64]

# How far to see beyond the natural starts: on the curve, on the map as a share, on the relief.
CURVE_MARGIN, MAP_MARGIN, RELIEF_MARGIN = 1.15, 0.2, 0.6
# How much of the way from a path to the minimum is seen beyond that: half the height of its wall.
OTHER_WALL = 0.7
# How far to see above what is shown of a curve, and above the paths on a relief.
CURVE_HEADROOM, HEADROOM = 1.05, 1.22
# A curve that ends below this share of its height is shown down to loss 0.
NEAR_GROUND = 0.13
# How much room is on both sides of all values, as a share; and beyond a line that is 0 everywhere.
ROOM_OF_ALL = 0.06
LINE_ROOM = 0.02
# What a view grows to hold stands at least this share of a step from its edge.
ROOM = 0.25


def nice_range(low: float, high: float) -> Range:
    """Round a range to about five steps of 1, 2 or 5 times a power of ten."""
    step = nice_step((high - low) / 5)
    return round(low / step) * step, round(high / step) * step


def wider_range(low: float, high: float) -> Range:
    """Widen a range to whole steps of this kind, so that nearby ranges become the same."""
    step = nice_step((high - low) / 5)
    return math.floor(low / step) * step, math.ceil(high / step) * step


def nice_step(size: float) -> float:
    """Return 1, 2 or 5 times a power of ten: the nearest one."""
    power = 10.0 ** math.floor(math.log10(size))
    return min((1, 2, 5, 10), key=lambda nice: abs(math.log(nice / (size / power)))) * power


def next_nice_step(size: float) -> float:
    """Return 1, 2 or 5 times a power of ten: the next one up."""
    if not 0 < size < math.inf:
        return math.inf
    power = 10.0 ** math.floor(math.log10(size))
    return next((m * power for m in (1, 2, 5) if m * power >= size), 10 * power)


def ticks(ends: Range, about: int = 5) -> list[tuple[float, str]]:
    """Return round numbers between two ends, and how they are written."""
    low, high = ends
    step = nice_step((high - low) / about)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    values = [k * step for k in range(first, last + 1)]
    return [(value, level_text(value, step)) for value in values]


def grown(natural: Range, values: ArrayLike) -> Range:
    """Widen a natural range by 1, 2, 5, 10, … of its steps, each end until it holds all values."""
    (low, high), values = natural, np.asarray(values)
    step = nice_step((high - low) / 5)
    left, right = (
        next_nice_step(float(beyond) / step + ROOM) * step if beyond > 0 else 0.0
        for beyond in (low - values.min(initial=low), values.max(initial=high) - high)
    )
    return (low - left, high + right) if math.isfinite(left + right) else natural


def _grown_with_walls(
    natural: Range, values: Values, optima: Values | float, reach: float = 0.0
) -> Range:
    """Widen a range to hold values, and both walls of the valleys in which they are.

    A wall is seen at least `reach` wide, and beyond a value outside of the natural range more.
    """
    low, high = natural
    far = np.where((values < low) | (values > high), np.abs(values - optima), 0.0)
    wall = OTHER_WALL * np.maximum(far, reach)
    walls = float((optima - wall).min()), float((optima + wall).max())
    return grown(natural, [values.min(), values.max(), *walls])


def hull(one: Range, other: Range) -> Range:
    """Return the range that holds both."""
    return min(one[0], other[0]), max(one[1], other[1])


def natural_excess(bowl: Bowl, scatter: float) -> float:
    """Return how far above the minimum natural starts are: the origin, or a loss that has doubled.

    Parameters
    ----------
    bowl : Bowl
        The loss that a run can reach.
    scatter : float
        The least loss of any line.
    """
    return max(replace(bowl, minimum=0.0).loss(0.0, 0.0), scatter)


def curve_view(
    natural: Quadratic,
    scatter: float,
    lowest: float,
    values: Values,
    optima: Values,
    highest: float,
) -> Box:
    """Return the values and losses to show: the minimum between both walls, and a path.

    For pizza.txt the values are the lesson's -1 to 4.

    Parameters
    ----------
    natural : Quadratic
        The slice through the origin.
    scatter : float
        The least loss of any line.
    lowest : float
        The least loss of those that the run can reach.
    values, optima : ndarray of shape (n,)
        Of a path, and of the minimum of the slice through each of its places.
    highest : float
        The highest loss of the path.
    """
    width = math.sqrt(scatter) / natural.steepness if natural.steepness else 0.0
    reach = max(abs(natural.optimum), width) or 1.0
    margin = CURVE_MARGIN * reach
    home = wider_range(natural.optimum - margin, natural.optimum + margin)
    losses = loss_range(
        min(lowest, natural.minimum), float(natural.loss(np.array(home)).max()), highest
    )
    return _grown_with_walls(home, values, optima, reach), losses


def loss_range(lowest: float, natural: float, highest: float) -> Range:
    """Return the losses to show: from the ground, if that is near, to just above the curve.

    Parameters
    ----------
    natural : float
        The highest loss of the natural view.
    highest : float
        The highest loss of the path; where it is above that, the range grows to a round number.
    """
    if 0 < lowest < NEAR_GROUND * natural:
        lowest = 0.0  # as low as where a faster rate would end: the view stays
    depth = natural - lowest
    if highest - lowest > CURVE_HEADROOM * depth:
        depth = next_nice_step(CURVE_HEADROOM * (highest - lowest)) / CURVE_HEADROOM
    if depth <= 0:
        depth = lowest or 1.0
    bottom = lowest - 0.15 * depth
    return max(bottom, -0.02 * CURVE_HEADROOM * depth), lowest + CURVE_HEADROOM * depth


def view_range(bowl: Bowl, places: Values) -> Box:
    """Return the weights and biases to show: the natural starts, the minimum and all places."""
    natural = _natural_starts(bowl)
    scatter = math.sqrt(bowl.minimum)
    steepness = math.hypot(bowl.sd_x, bowl.mean_x), bowl.unit
    ranges = []
    for starts, best, steep, values in zip(
        zip(*natural, strict=True), bowl.optimum, steepness, places.T, strict=True
    ):
        low, high = min(starts), max(starts)
        width = scatter / steep if steep else 0.0
        margin = MAP_MARGIN * ((high - low) or width or (1 / steep if steep else 1.0))
        home = wider_range(min(low - margin, best - width), max(high + margin, best + width))
        ranges.append(grown(home, values))
    return ranges[0], ranges[1]


def relief_view(bowl: Bowl, places: Values, highest: float) -> tuple[Box, float]:
    """Return the weights and biases that a relief shows, and how far it goes above the minimum.

    Parameters
    ----------
    places : ndarray of shape (n, 2)
        Of paths.
    highest : float
        Their highest loss above the minimum.
    """
    natural = natural_excess(bowl, bowl.minimum)
    depth = HEADROOM * natural or 1.0
    if highest > depth:
        depth = next_nice_step(HEADROOM * highest)
    steepness = math.hypot(bowl.sd_x, bowl.mean_x) or 1.0, 1.0
    ranges = []
    for starts, best, steep, values in zip(
        zip(*_natural_starts(bowl), strict=True), bowl.optimum, steepness, places.T, strict=True
    ):
        width = math.sqrt(HEADROOM * natural or 1.0) / steep
        ranges.append(_grown_with_walls(_parameter_range(starts, width), values, best))
    return (ranges[0], ranges[1]), depth


def _parameter_range(starts: tuple[float, ...], width: float) -> Range:
    """Return what a relief shows along one parameter: natural starts, and some room."""
    low, high = min(starts), max(starts)
    # Wide enough to see the bowl bend, and for a double to tell places in it apart.
    room = RELIEF_MARGIN * max(high - low, width / 2, 1e-290)
    return hull(nice_range(low - room, high + room), (low, high))


def _natural_starts(bowl: Bowl) -> tuple[Point, Point, Point]:
    """Return the origin, the minimum, and where the weight alone leads from the origin."""
    return Point(0.0, 0.0), bowl.optimum, Point(bowl.best_weight(0.0)[0], 0.0)


def data_view(x: ArrayLike, y: ArrayLike, *, with_zero: bool = True) -> Box:
    """Return the part of the plane in which all rows are, and the line that is 0 everywhere.

    Parameters
    ----------
    x, y : array_like
        All values of the rows, or the least and the largest.
    with_zero : bool
        Whether zero is a place of its own for x, as it isn't for dates.
    """
    bottom, top = data_range(np.append(y, 0.0))
    # So much that this line isn't hidden by the edge.
    room = LINE_ROOM * (top - bottom)
    return data_range(x, with_zero=with_zero), (min(bottom, -room), max(top, room))


def view_of_lines(natural: Box, lines: Values) -> Box:
    """Return a view of rows that has grown to hold lines, too.

    A line that crosses it is seen; of any other it holds the middle.

    Parameters
    ----------
    lines : ndarray of shape (n, 2)
        Weights and biases.
    """
    x, (bottom, top) = natural
    weight, bias = lines.T
    left, middle, right = (weight * at + bias for at in (x[0], (x[0] + x[1]) / 2, x[1]))
    missed = (np.minimum(left, right) > top) | (np.maximum(left, right) < bottom)
    return x, grown((bottom, top), middle[missed])


def data_range(values: ArrayLike, *, with_zero: bool = True) -> Range:
    """Return the values to show: all, some room, and zero where that is near."""
    low, high = float(np.min(values)), float(np.max(values))
    if low == high == 0:
        return -1.0, 1.0
    span = (high - low) or abs(high) or 1.0
    if not with_zero:
        return low - ROOM_OF_ALL * span, high + ROOM_OF_ALL * span
    if 0 < low <= span:
        low = 0.0
    if -span <= high < 0:
        high = 0.0
    room = ROOM_OF_ALL * (high - low or span)
    return (low if low == 0 else low - room), (high if high == 0 else high + room)
