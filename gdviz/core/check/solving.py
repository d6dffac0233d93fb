"""Solving: numbers that nobody told, such as a learning rate, out of the first printed rows."""

import math
from collections.abc import Callable, Iterator

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
# Any number is narrowed down so often, by so many rows, of updates so few.
MOST_NARROWED, FEW, SOON = 18, 3, 250


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

    def of(rate: float) -> Loop:
        return loop.at_rate(rate)

    grid = _refined(of, evidence, counting, places[0], grid)
    branches = brackets(of, grid, evidence, counting, places[:1])
    for place in [places[0]] * 2 + places[1:]:
        narrowed: list[tuple[float, float]] = []
        for low, high in branches:
            grid = np.unique([*np.linspace(low, high, THEN), *_round_between(low, high)])
            narrowed += brackets(of, grid, evidence, counting, [place])
        branches = narrowed[:MOST_BRANCHES]
    for low, high in branches:
        yield from _between(low, high)


def _refined(
    of: Callable[[float], Loop], evidence: Evidence, counting: Counting, place: int, grid: Values
) -> Values:  # fmt: skip
    """Return a grid that is finer around its turning points, where two rates can be close."""
    loops = [of(rate) for rate in grid.tolist()]
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


def brackets(
    of: Callable[[float], Loop], grid: Values, evidence: Evidence, counting: Counting,
    places: list[int],
) -> list[tuple[float, float]]:  # fmt: skip
    """Return the parts of a grid of numbers within which a loop prints some rows."""
    loops = [of(number) for number in grid.tolist()]
    if any(evidence.data.rows(loop.columns) is None for loop in loops):
        return []
    prints = replay(loops, evidence.data, counting.iterations[places], UNSURE)
    inside = np.ones(len(grid) - 1, dtype=bool)
    for name, printed in evidence.said.items():
        said = [at for at, place in enumerate(places) if printed.said[place]]
        rows = [places[at] for at in said]
        expected, noise = getattr(prints, name)[:, said], getattr(prints, name + "_noise")[:, said]
        with np.errstate(all="ignore"):
            wide = printed.precision[rows] * (1 + 1e-9) + noise
            above = expected > printed.values[rows] + wide
            below = expected < printed.values[rows] - wide
        lost = ~np.isfinite(expected)
        # Something between two numbers prints it if both aren't above, nor both below.
        outside = (above[1:] & above[:-1]) | (below[1:] & below[:-1]) | lost[1:] | lost[:-1]
        inside &= ~outside.any(axis=1)
    found: list[tuple[float, float]] = []
    for at in np.flatnonzero(inside):
        low, high = float(grid[at]), float(grid[at + 1])
        if found and found[-1][1] == low:
            found[-1] = found[-1][0], high
        else:
            found.append((low, high))
    return found[:MOST_BRANCHES]


def numbers(
    of: Callable[[float], Loop], grid: Values, evidence: Evidence, counting: Counting,
    places: list[int],
) -> Iterator[float]:  # fmt: skip
    """Yield the numbers with which a loop prints some rows, round ones first."""
    if not places or not (branches := brackets(of, grid, evidence, counting, places)):
        return
    if len(branches) > 1 or branches[0] != (grid[0], grid[-1]):
        grid = _refined(of, evidence, counting, places[-1], grid)
        branches = brackets(of, grid, evidence, counting, places)
    for _ in range(MOST_NARROWED):
        before, branches = branches, [
            narrower for low, high in branches
            for narrower in brackets(of, np.linspace(low, high, THEN), evidence, counting, places)
        ][:MOST_BRANCHES]  # fmt: skip
        if branches == before:
            break
    for low, high in branches:
        yield from _between(low, high)


def _between(low: float, high: float) -> Iterator[float]:
    """Yield the roundest numbers between two, and their middle."""
    yield from _round_between(low, high)
    yield (low + high) / 2


def _round_between(low: float, high: float) -> list[float]:
    """Return some of the numbers with the fewest digits from one to another."""
    if low <= 0 <= high:
        return [0.0]
    if high < 0:
        return [-number for number in _round_between(-high, -low)]
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
    loops = [loop.at_rate(rate) for rate in ROUND]
    for at in np.flatnonzero(evidence.could_be(loops, counting, places)):
        yield ROUND[at]
