"""Ranges: which part of an axis to show, in round steps, and the numbers along it."""

import math

from gdviz.core.words.numbers import text_in_steps

Range = tuple[float, float]
Box = tuple[Range, Range]


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
    return [(value, text_in_steps(value, step)) for value in values]
