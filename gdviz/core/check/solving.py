"""Solving: a learning rate and a start that nobody told, out of the first printed rows."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from gdviz.core.check.evidence import Counting, Evidence
from gdviz.core.check.loop import Loop, Values
from gdviz.core.check.replay import UNSURE, is_linear, replay

# Rates are looked for between these shares of the one at which descent diverges.
LEAST, MOST, FIRST, THEN = 1e-7, 30.0, 36, 9
# Round rates, for methods whose steps don't grow with the slope.
ROUND = [
    float(f"{digit}e{power}") for power in range(0, -9, -1) for digit in (1, 5, 2, 3, 4, 6, 7, 8, 9)
]
MOST_BRANCHES = 3
MOST_ROUND = 12
# So many steps are gone through for each rate of a method whose rates can't be told.
LONGEST = 500


def rates(loop: Loop, evidence: Evidence, counting: Counting) -> Iterator[float]:
    """Yield the rates with which a loop prints the first rows, round ones first."""
    rows = evidence.data.rows(loop.columns)
    if rows is None:
        return
    places = telling(evidence, counting)
    if not places:
        return
    yield from _round_rates(loop, evidence, counting, places[:3])
    if not is_linear(loop):
        return
    curvature = 2 * (rows.mean_xx + (1.0 if loop.with_bias else 0.0))
    scale = max(map(abs, loop.scales(len(rows)))) / 2 * curvature or 1.0
    grid = np.geomspace(LEAST / scale, MOST / scale, FIRST)
    grid = _refined(loop, evidence, counting, places[0], grid)
    branches = _brackets(loop, evidence, counting, places[0], grid)
    for place in [places[0]] * 2 + places[1:]:
        narrowed: list[tuple[float, float]] = []
        for low, high in branches:
            grid = np.unique([*np.linspace(low, high, THEN), *_round_between(low, high)])
            narrowed += _brackets(loop, evidence, counting, place, grid)
        branches = narrowed[:MOST_BRANCHES]
    for low, high in branches:
        yield from _between(low, high)


def _refined(
    loop: Loop, evidence: Evidence, counting: Counting, place: int, grid: Values
) -> Values:  # fmt: skip
    """Return a grid that is finer around its turning points, where two rates can be close."""
    loops = [replace(loop, learning_rate=float(rate)) for rate in grid]
    prints = replay(loops, evidence.data, counting.iterations[[place]], UNSURE)
    finer = [grid]
    for name, printed in evidence.said.items():
        values = getattr(prints, name)[:, 0]
        if not printed.said[place]:
            continue
        with np.errstate(invalid="ignore"):
            turning = (np.diff(np.sign(np.diff(values))) != 0).nonzero()[0][:MOST_BRANCHES]
        for at in turning:
            low, high = float(grid[at]), float(grid[at + 2])
            finer += [np.linspace(low, high, FIRST), np.array(_round_between(low, high))]
    return np.unique(np.concatenate(finer))


def telling(evidence: Evidence, counting: Counting) -> list[int]:
    """Return a few rows, ever later ones, that a rate has a say in."""
    if counting.any_of:
        return []
    later = np.flatnonzero(evidence.finite & (counting.iterations > 0))
    if not len(later):
        return []
    picked = {0, 2, 9, 50, len(later) // 2, len(later) - 1}
    return [int(later[at]) for at in sorted(picked) if at < len(later)]


def _brackets(
    loop: Loop, evidence: Evidence, counting: Counting, place: int, grid: Values
) -> list[tuple[float, float]]:
    """Return the parts of a grid of rates within which a loop prints a row."""
    loops = [replace(loop, learning_rate=float(rate)) for rate in grid]
    prints = replay(loops, evidence.data, counting.iterations[[place]], UNSURE)
    inside = np.ones(len(grid) - 1, dtype=bool)
    for name, printed in evidence.said.items():
        if not printed.said[place]:
            continue
        expected, noise = getattr(prints, name)[:, 0], getattr(prints, name + "_noise")[:, 0]
        with np.errstate(all="ignore"):
            wide = printed.precision[place] * (1 + 1e-9) + noise
            above = expected > printed.values[place] + wide
            below = expected < printed.values[place] - wide
        lost = ~np.isfinite(expected)
        # Something between two rates prints it if both aren't above, nor both below.
        inside &= ~((above[1:] & above[:-1]) | (below[1:] & below[:-1]) | lost[1:] | lost[:-1])
    found: list[tuple[float, float]] = []
    for at in np.flatnonzero(inside):
        low, high = float(grid[at]), float(grid[at + 1])
        if found and found[-1][1] == low:
            found[-1] = found[-1][0], high
        else:
            found.append((low, high))
    return found[:MOST_BRANCHES]


def _between(low: float, high: float) -> Iterator[float]:
    """Yield the roundest numbers between two, and their middle."""
    yield from _round_between(low, high)
    yield (low + high) / 2


def _round_between(low: float, high: float) -> list[float]:
    """Return some of the numbers with the fewest digits from one to another."""
    for digits in range(15):
        step = 10.0 ** (math.floor(math.log10(high)) - digits)
        first, last = math.ceil(low / step), math.floor(high / step)
        if first <= last:
            count = min(last - first + 1, MOST_ROUND)
            return [float(f"{at * step:.{digits + 1}g}") for at in range(first, first + count)]
    return []


def _round_rates(
    loop: Loop, evidence: Evidence, counting: Counting, places: list[int]
) -> Iterator[float]:
    if not is_linear(loop):
        places = [place for place in places[:2] if counting.iterations[place] <= LONGEST]
    if not places:
        return
    loops = [replace(loop, learning_rate=rate) for rate in ROUND]
    for at in np.flatnonzero(evidence.could_be(loops, counting, places)):
        yield ROUND[at]
