"""Which explanations are right beside the true one: those that no log could tell from it."""

import numpy as np

from faulty.running import prepared
from faulty.runs import HARMLESS

# Each of a row does the same in some program, so either is right where the other is true.
SAME = (
    # Half the gradient is the gradient of half the loss, and as good as half the rate.
    ({"gradient and loss with a half"}, {"half the loss", "gradient without the 2"}),
    # A bias that stays at 0 isn't there.
    ({"bias fixed"}, {"bias forgotten"}),
    # The start is that of weight and bias.
    ({"bias started elsewhere"}, {"start elsewhere"}),
    # The first step made twice moves all lines by one, where the first state isn't printed.
    ({"printed after the update"}, {"step doubled"}),
    # Some call the slope of absolute errors a mistake of its own.
    ({"absolute loss"}, {"absolute loss", "gradient of the absolute errors"}),
    ({"absolute loss"}, {"gradient of the absolute errors"}),
    # Of x that reach from 0 to their largest, the same comes out.
    ({"normalised"}, {"column scaled"}),
    # A batch in the order of the file isn't shuffled.
    ({"in batches"}, {"rows shuffled"}),
)
# Whoever counts from 1 and prints before the update counts lines, not updates: no more.
NO_MATTER = HARMLESS | {"printed before the update"}


def same_causes(truth, named):
    """Tell whether some causes are the true ones, or by `SAME` as good."""
    known, reached = [frozenset(truth) - NO_MATTER], set()
    named = frozenset(named) - NO_MATTER
    while known:
        causes = known.pop()
        if causes == named:
            return True
        reached.add(causes)
        for one, other in (*SAME, *((b, a) for a, b in SAME)):
            changed = (causes - one) | other
            if one <= causes and changed not in reached:
                known.append(changed)
    return False


def reproduces(run, walk, log):
    """Tell whether a walk goes through every number of a log, as far as it was printed.

    Weights and losses may each have been printed a step early or late, and the loss may be any of
    those that beginners print, of the rows as they are or as the program has them.
    """
    walk = np.asarray(walk, dtype=np.float64)
    iterations = np.arange(len(log)) if log.iterations is None else log.iterations
    lines = {
        shift: walk[iterations + shift]
        for shift in (-1, 0, 1)
        if len(walk) and (iterations + shift).min() >= 0 and (iterations + shift).max() < len(walk)
    }
    if not lines:
        return False
    if log.weight is not None or log.bias is not None:
        shown = [
            (0, log.weight), *([(1, log.bias)] if run.loop.with_bias else [])
        ]  # fmt: skip
        if not any(
            all(_near(part, line[:, at]) for at, part in shown if part) for line in lines.values()
        ):
            return False
    if log.loss is None:
        return True
    tables = (run.x, run.y), prepared(run.loop, run.x, run.y)
    return any(
        _near(log.loss, loss) for table in tables for line in lines.values()
        for loss in _losses(line, *table)
    )  # fmt: skip


def _losses(lines, x, y):
    with np.errstate(all="ignore"):
        errors = lines[:, :1] * x + lines[:, 1:] - y
        mean = np.mean(errors**2, axis=1)
        absolute = np.mean(np.abs(errors), axis=1)
        n = len(x)
        return mean, mean / 2, mean * n, mean * n / 2, mean**0.5, mean * n / (n + 1), absolute


def _near(printed, values):
    """Tell whether what was printed is all within its precision, and roundings."""
    with np.errstate(all="ignore"):
        slack = printed.precision * 1.001 + 1e-9 * np.abs(values)
        apart = np.abs(printed.values - values) > slack
    return not np.any(apart & printed.said & np.isfinite(printed.values))
