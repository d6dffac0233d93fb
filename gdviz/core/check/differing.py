"""Differing: the first number of a log that isn't right, and how exact the others are."""

import math

import numpy as np

from gdviz.core.check.evidence import QUANTITIES, Counting, Evidence, Marks
from gdviz.core.check.loop import Loop
from gdviz.core.check.replay import replay
from gdviz.core.check.verdict import Difference


def digits(evidence: Evidence, rows: Marks) -> int:
    """Return how many digits after the point all numbers of some rows have at least."""
    precise = [
        printed.precision[rows & printed.said & np.isfinite(printed.values)]
        for printed in evidence.said.values()
    ]
    widest = max((float(one.max()) for one in precise if len(one)), default=0.5)
    return max(0, _decimals(widest))


def difference(
    evidence: Evidence, counting: Counting, loop: Loop, agreeing: Marks
) -> Difference | None:
    """Return the first number that a right loop wouldn't have printed."""
    if agreeing.all():
        return None
    log, row = evidence.log, int(np.argmin(agreeing))
    at = counting.iterations[-1:] if counting.any_of else counting.iterations[[row]]
    prints = replay([loop], evidence.data, at)
    for name in QUANTITIES:
        printed = evidence.said.get(name)
        if printed is None or not printed.said[row]:
            continue
        value, precision = float(printed.values[row]), float(printed.precision[row])
        expected = float(getattr(prints, name)[0, 0])
        noise = float(getattr(prints, name + "_noise")[0, 0])
        if not abs(value - expected) <= precision + noise:
            known = log.iterations
            return Difference(
                row, int(log.lines[row]),
                int(at[0]) if known is None else int(known[row]), name,
                _as_printed(value, precision), _as_printed(expected, precision),
            )  # fmt: skip
    return None


def _as_printed(value: float, precision: float) -> str:
    """Return a number with as many digits as another was printed with."""
    if not math.isfinite(value) or precision <= 0:
        return repr(value)
    decimals = _decimals(precision)
    if abs(value) >= 1e16 or decimals < 0 or decimals > 20:
        before = math.floor(math.log10(abs(value))) + decimals if value else 0
        return f"{value:.{min(max(before, 0), 17)}e}"
    return f"{value:.{decimals}f}"


def _decimals(precision: float) -> int:
    return 17 if precision <= 0 else round(-math.log10(2 * precision))
