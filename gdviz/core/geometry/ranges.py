"""Ranges: which part of an axis to show, in round steps, and the numbers along it.

What is shown comes from data and run, in steps, so that a view holds still while either changes a
little.
"""

import math

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Bowl
from gdviz.core.words.tick_labels import level_text

Range = tuple[float, float]
Box = tuple[Range, Range]
Values = NDArray[np.float64]

# How far to see beyond a path: on the curve, on the map as a share of it, on the relief.
CURVE_MARGIN, MAP_MARGIN, RELIEF_MARGIN = 1.35, 0.2, 0.6
# How far to see above it.
HEADROOM = 1.22
# A path that ends below this share of its height is shown down to loss 0.
NEAR_GROUND = 0.13


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


def value_range(values: Values, optima: Values, natural_width: float) -> Range:
    """Return the values to show: the path, the minima between their walls, and some room.

    For pizza.txt from weight 0 these are the lesson's -1 to 4.
    """
    reach = float(np.abs(values - optima).max(initial=0.0)) or natural_width
    low, high = nice_range(
        float(optima.min()) - CURVE_MARGIN * reach, float(optima.max()) + CURVE_MARGIN * reach
    )
    return min(low, float(values.min())), max(high, float(values.max()))


def loss_range(lowest: float, highest: float) -> Range:
    """Return the losses to show: from the ground, if that is near, to just above the path."""
    if 0 < lowest < NEAR_GROUND * highest:
        lowest = 0.0  # as low as where a faster rate would end: the view stays
    depth = highest - lowest
    if depth <= 0:
        depth = lowest or 1.0
    bottom = lowest - 0.15 * depth
    return max(bottom, -0.02 * HEADROOM * depth), lowest + HEADROOM * depth


def view_range(bowl: Bowl, places: Values) -> Box:
    """Return the weights and biases to show: all places, and some room."""
    depth = math.sqrt(bowl.minimum) or 1.0
    steepness = math.hypot(bowl.sd_x, bowl.mean_x), bowl.unit
    ranges = []
    for values, steep in zip(places.T, steepness, strict=True):
        low, high = float(values.min()), float(values.max())
        size = max(abs(low), abs(high))
        # A span that is nothing, or that rounding makes of nothing, says nothing of the scale.
        span = high - low if high - low > 1e-9 * size else (depth / steep if steep else 0) or 1.0
        span = max(span, 1e-9 * size)
        # In round steps: it stays, and what is painted in it, while a rate is dragged.
        ranges.append(wider_range(low - MAP_MARGIN * span, high + MAP_MARGIN * span))
    return ranges[0], ranges[1]


def parameter_range(values: Values, optimum: float, natural: float) -> Range:
    """Return what a relief shows along one parameter: a path, the optimum, and some room."""
    low, high = min(float(values.min()), optimum), max(float(values.max()), optimum)
    # Wide enough to see the bowl bend, and for a double to tell places in it apart.
    room = RELIEF_MARGIN * max(high - low, natural / 2, 1e-9 * max(abs(low), abs(high)), 1e-290)
    left, right = nice_range(low - room, high + room)
    return min(left, low), max(right, high)


def data_range(values: Values) -> Range:
    """Return the values to show: all, some room, and zero where that is near."""
    low, high = float(values.min()), float(values.max())
    if low == high == 0:
        return -1.0, 1.0
    span = (high - low) or abs(high) or 1.0
    if 0 < low <= span:
        low = 0.0
    if -span <= high < 0:
        high = 0.0
    room = 0.06 * (high - low or span)
    return (low if low == 0 else low - room), (high if high == 0 else high + room)
