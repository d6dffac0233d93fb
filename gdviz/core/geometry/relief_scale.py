"""The scale of a relief: round numbers along its box, and the levels of its contours."""

import math
from itertools import pairwise

import numpy as np

from gdviz.core.geometry.relief import Relief, share_of
from gdviz.ui.plots.plot import Range

# Places between -1 and 1, or heights, and what is written there.
Ticks = list[tuple[float, str]]


def box_ticks(relief: Relief) -> tuple[Ticks, Ticks, Ticks]:
    """Return round weights, biases and losses: where in the box, and as texts."""
    weights, biases = (
        [(float(share_of(np.array(value), ends)), text) for value, text in ticks(ends)]
        for ends in (relief.weights, relief.biases)
    )
    losses = [(float(relief.heights(excess)), text) for excess, text in _round_losses(relief)]
    return weights, biases, losses


def levels(relief: Relief) -> list[float]:
    """Return the losses above the minimum at which contours are drawn."""
    marked = [excess for excess, _ in _round_losses(relief)]
    if relief.logarithmic:
        between = [m * excess for excess in marked for m in (2, 5)]
    else:
        between = [(a + b) / 2 for a, b in pairwise(marked)]
    return sorted({level for level in (*marked, *between) if 0 < level < relief.depth})


def _round_losses(relief: Relief) -> Ticks:
    """Return round losses, each as its loss above the minimum and as a text."""
    if relief.logarithmic:
        top, bottom = (math.floor(math.log10(d)) for d in (relief.depth, relief.floor))
        decades = range(bottom + 1, top + 1)
        return [(0.0, "0"), *((10.0**decade, f"{10.0**decade:g}") for decade in decades)]
    minimum = relief.bowl.minimum
    losses = ticks((minimum - relief.clearance, minimum + relief.depth))
    return [(value - minimum, text) for value, text in losses]


def ticks(ends: Range, about: int = 5) -> list[tuple[float, str]]:
    """Return round numbers between two ends, and how they are written."""
    low, high = ends
    power = 10.0 ** math.floor(math.log10((high - low) / about))
    fit = (high - low) / about / power
    step = power * min((1, 2, 5, 10), key=lambda nice: abs(math.log(nice / fit)))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    values = [k * step for k in range(first, last + 1)]
    largest = max(map(abs, ends))
    if step >= 1e-4 and largest < 1e6:
        decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        return [(value, f"{value:.{decimals}f}") for value in values]
    digits = min(max(1, math.ceil(math.log10(largest / step)) + 1), 15)
    return [(value, f"{value:.{digits}g}") for value in values]
