"""Right loops: all that what is given leaves open, the likeliest first."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from gdviz.core.check.evidence import Counting, Evidence
from gdviz.core.check.loop import Loop
from gdviz.core.check.orders import SEEDS
from gdviz.core.check.verdict import Given
from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import METHODS, GradientDescent, StepSearch

PLAIN = GradientDescent()
# Rows of batches that nobody told.
SIZES = (1, 2, 4, 5, 8, 10, 16, 32, 64)
# A rate that stands for one that isn't known yet.
UNKNOWN = 1e-3
# Where beginners start, if not at 0.
ROUND_STARTS = np.unique([*np.arange(-10, 10.5, 0.5), 0.1, 0.01, -0.1, 20, 50, 100, -100, 0.001])
MOST_STARTS = 4
# To put more rows in order, by every seed, takes too long.
MOST_ROWS = 10_000


def rights(given: Given, evidence: Evidence, counting: Counting) -> Iterator[Loop]:
    """Yield right loops; if the rate isn't given, with one that stands for it."""
    rate = UNKNOWN if given.learning_rate is None else given.learning_rate
    n = len(evidence.data)
    batched = given.batch_size is not None and given.batch_size < n
    for method, standardise in itertools.product(_methods(given), (False, True)):
        for with_bias in biases(given, evidence):
            for weight, bias in starts(given, evidence, counting):
                loop = Loop(rate, with_bias, weight, bias, method)
                scaled = given.standardise if given.standardise is not None else standardise
                if scaled != standardise or (standardise and not with_bias):
                    continue
                loop = standardised(loop, evidence) if standardise else loop
                if not batched:
                    yield loop
                elif method.takes_batches:
                    assert given.batch_size is not None
                    yield from _in_batches(loop, given.batch_size)


def rarely(given: Given, evidence: Evidence, counting: Counting) -> Iterator[Loop]:
    """Yield right loops in batches that nobody told, as gdviz itself takes them."""
    if given.batch_size is not None or len(evidence.data) > MOST_ROWS:
        return
    for loop in rights(replace(given, standardise=False), evidence, counting):
        for size in SIZES:
            if size < len(evidence.data) and loop.method.takes_batches:
                yield from _in_batches(loop, size)


def _in_batches(loop: Loop, size: int) -> Iterator[Loop]:
    for seed in SEEDS:
        yield replace(loop, batch=size, order="default_rng.permutation", seed=seed, by_epoch=False)


def standardised(loop: Loop, evidence: Evidence) -> Loop:
    """Return the loop on standardised x that prints what it finds in the units of x."""
    x = evidence.data.x
    mean, sd = float(np.mean(x)), float(np.std(x)) or 1.0
    start = loop.start_weight * sd, loop.start_bias + loop.start_weight * mean
    return replace(
        loop, columns="x standardised", unscaled=True, start_weight=start[0], start_bias=start[1]
    )


def biases(given: Given, evidence: Evidence) -> list[bool]:
    """Return whether the bias may be learned, the likelier first."""
    if given.with_bias is not None:
        return [given.with_bias]
    printed = evidence.said.get("bias")
    if printed is not None and np.nanmax(np.abs(printed.values[printed.said]), initial=0) > 0:
        return [True, False]
    return [False, True]


def starts(
    given: Given, evidence: Evidence, counting: Counting
) -> list[tuple[float, float]]:  # fmt: skip
    """Return where a run can start: where it is said, at 0, or where the log begins."""
    known = [given.start_weight, given.start_bias]
    zero = (known[0] or 0.0, known[1] or 0.0)
    found = [zero]
    if None in known and not counting.any_of and counting.iterations[0] == 0:
        begun = list(zero)
        for at, name in enumerate(("weight", "bias")):
            printed = evidence.said.get(name)
            if known[at] is None and printed is not None and printed.said[0]:
                begun[at] = float(printed.values[0])
        if np.isfinite(begun).all():
            found.append((begun[0], begun[1]))
        if "weight" not in evidence.said:
            found += _starts_by_loss(given, evidence)
    return list(dict.fromkeys(found))


def _starts_by_loss(given: Given, evidence: Evidence) -> list[tuple[float, float]]:
    """Return the round starts that have the first loss that was printed."""
    printed = evidence.said.get("loss")
    rows = evidence.data.rows("as they are")
    if printed is None or not printed.said[0] or rows is None:
        return []
    weights, biases = (
        ROUND_STARTS if known is None else np.array([known])
        for known in (given.start_weight, given.start_bias)
    )
    if given.with_bias is False and given.start_bias is None:
        biases = np.zeros(1)
    weight, bias = (grid.ravel() for grid in np.meshgrid(weights, biases))
    loss = rows.bowl.loss(weight, bias)
    wide = printed.precision[0] + 1e-12 * np.abs(loss)
    near = np.flatnonzero(np.abs(loss - printed.values[0]) <= wide)
    near = near[np.argsort(np.abs(weight[near]) + np.abs(bias[near]), kind="stable")][:MOST_STARTS]
    return [(float(weight[at]), float(bias[at])) for at in near]


def _methods(given: Given) -> list[Method]:
    if given.method is not None:
        return [given.method]
    return [kind() for kind in METHODS.values()]


def found_out(given: Given, loop: Loop) -> Given:
    """Return the settings of a loop that weren't given."""
    start = loop.start_weight, loop.start_bias
    if loop.unscaled:
        start = 0.0, 0.0
    return Given(
        learning_rate=loop.learning_rate if given.learning_rate is None else None,
        with_bias=loop.with_bias if given.with_bias is None else None,
        method=loop.method if given.method is None else None,
        start_weight=start[0] if given.start_weight is None else None,
        start_bias=start[1] if given.start_bias is None else None,
        batch_size=loop.batch or None if given.batch_size is None else None,
        standardise=loop.unscaled if given.standardise is None else None,
    )


def meant(method: Method | None) -> Method:
    """Return the method that a learner means who says none."""
    return PLAIN if method is None else method


def fixed(method: Method) -> bool:
    """Tell whether steps are of fixed size."""
    return isinstance(method, StepSearch)
