"""Walking: loops that have to be followed one update at a time."""

import itertools
import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from gdviz.core.check.loop import Loop, Means, Rows, Values
from gdviz.core.check.methods import DampenedLater, momentum_of
from gdviz.core.check.orders import orders
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import StepSearch

# Slope along weight or bias of the next update.
Slope = Callable[[float, float], float]
# The rate of update k is this times the first one.
SCHEDULES: dict[str, Callable[[int, float, int], float]] = {
    "": lambda _k, _decay, _every: 1.0,
    "times": lambda k, decay, every: decay ** (k // every),
    "times at once": lambda k, decay, every: decay ** (k // every + 1),
    "over 1 + k": lambda k, decay, every: 1 / (1 + decay * (k // every)),
    "over 2 + k": lambda k, decay, every: 1 / (1 + decay * (k // every + 1)),
    "over root": lambda k, decay, _every: 1 / math.sqrt(1 + decay * k),
    "exponential": lambda k, decay, _every: math.exp(-decay * k),
    "less": lambda k, decay, _every: max(0.0, 1 - decay * k),
}
# By so much of itself a slope is shaken, up and down; and roundings move a run as much as some
# times what that does.
SHAKE, MARGIN = 4e-16, 16.0


class Walk(NamedTuple):
    """State before each update, and the loss that was printed where it isn't that of all rows."""

    weight: Values
    bias: Values
    loss: Values | None = None


def walk(loop: Loop, rows: Rows, last: int, shake: float = 0.0) -> Walk:
    """Return the states before update 0 to `last`; a run that is over stays where it ended."""
    states = np.full((last + 1, 3), np.nan)
    at = 0
    with np.errstate(all="ignore"):
        found = itertools.islice(_states(loop, rows, shake), last + 1)
        for at, state in enumerate(found):
            states[at] = state
    states[at:] = states[at]
    loss = states[:, 2] if loop.batch_loss else None
    return Walk(states[:, 0], states[:, 1], loss)


def shaken(loop: Loop, rows: Rows, last: int, walked: Walk) -> Values:
    """Return how far roundings can have moved a run before each update."""
    moved = np.zeros(last + 1)
    for shake in (SHAKE, -SHAKE):
        other = walk(loop, rows, last, shake)
        with np.errstate(all="ignore"):
            apart = np.abs(other.weight - walked.weight) + np.abs(other.bias - walked.bias)
        moved = np.fmax(moved, apart)
    return MARGIN * np.fmax.accumulate(moved)


def _states(loop: Loop, rows: Rows, shake: float) -> Iterator[tuple[float, float, float]]:
    if isinstance(loop.method, StepSearch):
        yield from _searched(loop, rows, shake)
    elif loop.batch:
        yield from _in_batches(loop, rows, shake)
    else:
        for weight, bias in descent(loop, rows, itertools.repeat(rows.whole), shake):
            yield weight, bias, math.nan


def _searched(loop: Loop, rows: Rows, shake: float) -> Iterator[tuple[float, float, float]]:
    bowl, signs = rows.bowl, itertools.cycle((1 + shake, 1 - shake, 1 - shake))

    def look(weight: float, bias: float) -> float:
        return float(bowl.loss(weight, bias)) * next(signs)

    assert isinstance(loop.method, StepSearch)
    start = Point(loop.start_weight, loop.start_bias)
    for weight, bias, *_ in loop.method.walk(loop.rates[0], start, loop.with_bias, look):
        yield weight, bias, math.nan


def batches(loop: Loop, rows: Rows) -> Iterator[Means]:
    """Yield the means over one batch after the other."""
    yield from first_epoch(loop, rows)
    for epoch in itertools.islice(_epochs(loop, rows), 1, None):
        yield from epoch


def first_epoch(loop: Loop, rows: Rows) -> list[Means]:
    """Return the means over the batches of the first epoch, kept for all loops that begin so."""
    known = loop.order, loop.seed, loop.batch
    if known not in rows.epochs:
        rows.epochs[known] = next(_epochs(loop, rows))
    return rows.epochs[known]


def _epochs(loop: Loop, rows: Rows) -> Iterator[list[Means]]:
    starts = np.arange(0, len(rows), loop.batch)
    sizes = np.diff(starts, append=len(rows))[:, None]
    for order in orders(loop.order, len(rows), loop.seed):
        columns = rows.columns[order]
        sums = columns if loop.batch == 1 else np.add.reduceat(columns, starts, axis=0) / sizes
        yield [Means(*one) for one in sums.tolist()]


def _in_batches(loop: Loop, rows: Rows, shake: float) -> Iterator[tuple[float, float, float]]:
    """Yield the line before each iteration, and the loss of its last batch."""
    best, seen = rows.bowl.optimum, rows.whole

    def taken() -> Iterator[Means]:
        nonlocal seen
        for seen in batches(loop, rows):  # noqa: UP028 (it is looked at outside)
            yield seen

    per = -(-len(rows) // loop.batch) if loop.by_epoch else 1
    walked = descent(loop, rows, taken(), shake)
    line = next(walked)
    while True:
        first = before = line
        last = seen
        for _ in range(per):
            before, last, line = line, seen, next(walked)
        yield *first, last.loss(before[0] - best.weight, before[1] - best.bias)


def descent(
    loop: Loop, rows: Rows, batches: Iterator[Means], shake: float = 0.0
) -> Iterator[tuple[float, float]]:
    """Yield weight and bias before each update."""
    weight, bias = loop.start_weight, loop.start_bias
    rate, bias_rate = loop.rates
    bias_factor = bias_rate / rate if rate else 0.0
    schedule, decay, every = SCHEDULES[loop.schedule], loop.decay, loop.every
    weight_step, bias_step = _stepper(loop), _stepper(loop)
    digits = loop.weight_digits
    # What is lost of a slope is lost of the sums that cancel in it.
    size = shake * max(map(abs, loop.scales(len(rows)))) * rows.mean_xx**0.5 * rows.rms_y
    signs = itertools.cycle((size, -size, -size, size, size))
    slope_of = slopes(loop, rows)
    scheduled = bool(loop.schedule)
    per = -(-len(rows) // loop.batch) if loop.batch and loop.by_epoch else 1
    momentum = momentum_of(loop.method)
    look = momentum[4] if momentum is not None else 0.0
    weight_before = bias_before = 0.0  # the steps before, of which one can look ahead
    for k, batch in enumerate(batches):
        yield weight, bias
        now = rate * schedule(k // per, decay, every) if scheduled else rate
        at_weight, at_bias = weight + look * weight_before, bias + look * bias_before
        step = weight_step(now, slope_of(0, batch, at_weight, at_bias) + next(signs))
        weight_before = step
        new_weight = weight + step
        if bias_factor:
            seen = new_weight if loop.new_weight else at_weight
            slope = slope_of(1, batch, seen, at_bias) + next(signs)
            bias_before = bias_step(now * bias_factor, slope)
            bias += bias_before
        weight = new_weight
        if digits is not None:
            weight, bias = round(weight, digits), round(bias, digits) if bias_factor else bias


def _stepper(loop: Loop) -> Callable[[float, float], float]:
    """Return what makes a step of rate and slope, and remembers what its rule does."""
    momentum = momentum_of(loop.method)
    if momentum is None:
        rule = loop.method.rule(1.0)
        next(rule)
        return lambda rate, slope: rate * _sent(rule.send, slope)
    mu, fresh, of_slope, of_velocity, _ = momentum
    velocity = None if isinstance(loop.method, DampenedLater) else 0.0

    def step(rate: float, slope: float) -> float:
        nonlocal velocity
        velocity = slope if velocity is None else velocity
        velocity = mu * velocity + fresh * slope
        return -rate * (of_slope * slope + of_velocity * velocity)

    if of_velocity == 0:
        return lambda rate, slope: -rate * slope
    return step


def first_step(method: Method) -> Callable[[float], float] | None:
    """Return what makes the first step of a slope, at rate 1; None if it follows no slope."""
    if not method.follows_slope:
        return None
    momentum = momentum_of(method)
    if momentum is None:

        def step(slope: float) -> float:
            rule = method.rule(1.0)
            next(rule)
            return _sent(rule.send, slope)

        return step
    _, fresh, of_slope, of_velocity, _ = momentum
    if isinstance(method, DampenedLater):
        fresh = 1.0
    return lambda slope: -(of_slope + of_velocity * fresh) * slope


def _sent(send: Callable[[float], float], slope: float) -> float:
    try:
        return send(slope)
    except (ZeroDivisionError, OverflowError, ValueError):
        return math.nan
    except StopIteration:  # an error before has ended the rule
        return math.nan


def slopes(loop: Loop, rows: Rows) -> Callable[[int, Means, float, float], float]:
    """Return the slope along weight (0) or bias (1), as the loop takes it."""
    best_weight, best_bias = rows.bowl.optimum
    scales = loop.scales(len(rows))
    by_x = loop.w_by_x, loop.b_by_x
    shown = 1.0 if loop.gradient_bias else 0.0

    def mean(of: int, batch: Means, weight: float, bias: float) -> float:
        shift, height = weight - best_weight, shown * bias - best_bias
        if by_x[of]:
            return shift * batch.xx + height * batch.x - batch.x_left
        return shift * batch.x + height - batch.left

    def mean_of_signs(of: int, batch: Means, weight: float, bias: float) -> float:
        del batch
        signs = np.sign(weight * rows.x + shown * bias - rows.y)
        return float(np.mean(signs * rows.x if by_x[of] else signs))

    taken = mean if loop.errors == "squared" else mean_of_signs
    if math.isinf(loop.largest) and not (loop.floored or _rounds(loop)):
        return lambda of, *at: scales[of] * taken(of, *at)

    # Where a number is cut off, it matters how it was summed up.
    count, divisor = len(rows), max(len(rows) + loop.counted, 1)

    def slope(of: int, batch: Means, weight: float, bias: float) -> float:
        if loop.errors == "squared" and not loop.batch:
            errors = weight * rows.x + shown * bias - rows.y
            total = float(np.sum(errors * rows.x if by_x[of] else errors))
        else:
            total = taken(of, batch, weight, bias) * count
        factor = scales[of] * divisor / count
        if loop.floored == "mean":
            value = factor * (total // divisor)
        elif loop.floored == "slope":
            value = factor * total // divisor
        else:
            value = factor * total / divisor
        if loop.gradient_digits is not None:
            value = round(value, loop.gradient_digits)
        return max(-loop.largest, min(loop.largest, value))

    return slope


def _rounds(loop: Loop) -> bool:
    return loop.weight_digits is not None or loop.gradient_digits is not None
