"""Replay: what loops print, whichever iterations are asked for.

Most mistakes leave an update linear: many such loops are followed together, and any iteration is
reached by powers of two of the update, in as many products as its number has binary digits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.loop import (
    LOSSES,
    OF_ERRORS,
    OF_SIZES,
    Data,
    Loop,
    Means,
    Rows,
    Values,
)
from gdviz.core.check.methods import DampenedLater, momentum_of
from gdviz.core.check.orders import REPEATED
from gdviz.core.check.walking import first_epoch, shaken, walk

Steps = NDArray[np.int64]
EPSILON = float(np.finfo(np.float64).eps)
SINGLE_EPSILON = float(np.finfo(np.float32).eps)
# What is as large as this may have left the numbers of 32 bits on its way; then it can be any.
SINGLE_LARGEST, ANYTHING, LOOSE = 1e34, 1e200, 1e6
# Sums over more rows and steps than these have lost a digit.
ROUNDINGS = 8
# How far roundings may move, for a first look, what isn't linear.
UNSURE = 1e-8
# So many updates are made at once: one alone takes nearly as long as a hundred.
MOST_TOGETHER = 4096


@dataclass(frozen=True, eq=False)
class Prints:
    """What loops print at some iterations, and how far roundings can move it.

    All are arrays of shape (n_loops, n_iterations).
    """

    weight: Values
    bias: Values
    loss: Values
    weight_noise: Values
    bias_noise: Values
    loss_noise: Values


class _Lines(NamedTuple):
    """States of loops: as shifts from each loop's best line, which keeps the most digits."""

    weight: Values
    bias: Values
    shaken: Values


def is_linear(loop: Loop) -> bool:
    """Tell whether each update is a linear function of the state."""
    return (
        momentum_of(loop.method) is not None and loop.errors == "squared" and not loop.schedule
        and loop.weight_digits is None and loop.gradient_digits is None and not loop.floored
        and np.isinf(loop.largest) and (not loop.batch or _repeats(loop))
    )  # fmt: skip


def _repeats(loop: Loop) -> bool:
    """Tell whether each iteration goes through the same batches."""
    return (
        loop.order in REPEATED and loop.by_epoch and not loop.batch_loss
        and not isinstance(loop.method, DampenedLater)
    )  # fmt: skip


def replay(
    loops: Sequence[Loop], data: Data, iterations: Steps, unsure: float | None = None
) -> Prints:  # fmt: skip
    """Return what loops print at `iterations`, of shape (n,).

    The columns of every loop have to be some that `data` can give. How far roundings move what
    isn't linear is found out, if nobody says `unsure`: by which share of itself.
    """
    rows = [_known(data.rows(loop.columns)) for loop in loops]
    of_weights = _made(loops, iterations, [loop.weights_after for loop in loops])
    of_losses = _made(loops, iterations, [loop.loss_after for loop in loops])
    apart = not np.array_equal(of_weights, of_losses)
    steps = np.hstack((of_weights, of_losses)) if apart else of_weights
    n = len(iterations)
    with np.errstate(all="ignore"):
        lines, own = _states(loops, rows, steps, unsure)
        weights = losses = _Lines(*(part[:, :n] for part in lines)), of_weights
        if apart:
            losses = _Lines(*(part[:, -n:] for part in lines)), of_losses
        own = {at: printed[-n:] for at, printed in own.items()}
        return _prints(loops, rows, data, weights, losses, own)


def _made(loops: Sequence[Loop], iterations: Steps, after: Sequence[bool]) -> Steps:
    """Return how many updates each loop has made; most of them count alike."""
    known: dict[tuple[int, ...], Steps] = {}
    made = []
    for loop, later in zip(loops, after, strict=True):
        way = later, loop.skipped, loop.doubled, loop.times
        if way not in known:
            known[way] = loop.updates(iterations, later)
        made.append(known[way])
    return np.array(made)


def _known(rows: Rows | None) -> Rows:
    assert rows is not None
    return rows


def _states(
    loops: Sequence[Loop], rows: Sequence[Rows], steps: Steps, unsure: float | None
) -> tuple[_Lines, dict[int, Values]]:
    lines = _Lines(*np.zeros((3, *steps.shape)))
    own = {}
    linear = [at for at, loop in enumerate(loops) if is_linear(loop)]
    if linear:
        found = _linear([loops[at] for at in linear], [rows[at] for at in linear], steps[linear])
        for part, values in zip(lines, found, strict=True):
            part[linear] = values
    for at in sorted(set(range(len(loops))) - set(linear)):
        found, losses = _walked(loops[at], rows[at], steps[at], unsure)
        for part, values in zip(lines, found, strict=True):
            part[at] = values
        if losses is not None:
            own[at] = losses
    return lines, own


def _linear(loops: Sequence[Loop], rows: Sequence[Rows], steps: Steps) -> _Lines:
    updates = _updates(loops, rows)
    power = updates
    starts = np.zeros((len(loops), 5, 1))
    for start, loop, one in zip(starts, loops, rows, strict=True):
        start[0] = loop.start_weight - one.bowl.optimum.weight
        start[1] = loop.start_bias - one.bowl.optimum.bias
    starts[:, 4] = 1
    for start, update, loop in zip(starts, updates, loops, strict=True):
        if isinstance(loop.method, DampenedLater):
            start[2:4] = (update @ start)[2:4] / (1 - loop.method.momentum)
    states = np.repeat(starts, steps.shape[1], axis=2)
    left = steps.copy()
    while left.any():
        odd = (left & 1).astype(bool)
        if odd.any():
            moved = power @ states
            states = np.where(odd[:, None], moved, states)
        left >>= 1
        if left.any():
            power = power @ power
    return _Lines(states[:, 0], states[:, 1], _grown(loops, rows, updates, steps))


def _grown(loops: Sequence[Loop], rows: Sequence[Rows], updates: Values, steps: Steps) -> Values:
    """Return how far the roundings of the first step have been carried by steps that diverge.

    They can be all there is in the direction that does.
    """
    grown = np.zeros(steps.shape)
    diverging = (np.abs(updates[:, 0, 0]) > 1) | (np.abs(updates[:, 1, 1]) > 1)
    known = np.isfinite(updates).all(axis=(1, 2))
    places = np.flatnonzero(diverging & known)
    factors = np.abs(np.linalg.eigvals(updates[places, :4, :4])).max(axis=1)
    for at, factor in zip(places.tolist(), np.maximum(factors, 1.0), strict=True):
        size = rows[at].rms_y * (1 + abs(loops[at].rates[0]) * rows[at].mean_xx ** 0.5)
        epsilon = SINGLE_EPSILON if loops[at].single else EPSILON
        grown[at] = ROUNDINGS * epsilon * size * factor ** steps[at]
    return grown


def _updates(loops: Sequence[Loop], rows: Sequence[Rows]) -> Values:
    """Return updates as matrices, of the state (shift of weight, of bias, velocities, 1)."""
    updates = np.empty((len(loops), 5, 5))
    whole = [at for at, loop in enumerate(loops) if not loop.batch]
    if whole:
        means = [rows[at].whole for at in whole]
        updates[whole] = _matrices([loops[at] for at in whole], [rows[at] for at in whole], means)
    epochs = {at: first_epoch(loops[at], rows[at]) for at in range(len(loops)) if loops[at].batch}
    for some in _together(epochs):
        each = [at for at in some for _ in epochs[at]]
        means = [batch for at in some for batch in epochs[at]]
        made = _matrices([loops[at] for at in each], [rows[at] for at in each], means)
        ends = np.cumsum([len(epochs[at]) for at in some])
        for at, batches in zip(some, np.split(made, ends[:-1]), strict=True):
            updates[at] = _product(batches)
    return updates


def _together(epochs: Mapping[int, Sequence[Means]]) -> Iterator[list[int]]:
    """Yield which loops' epochs are made at once: as many as don't take much memory."""
    some, size = list[int](), 0
    for at, epoch in epochs.items():
        if some and size + len(epoch) > MOST_TOGETHER:
            yield some
            some, size = [], 0
        some.append(at)
        size += len(epoch)
    if some:
        yield some


def _matrices(loops: Sequence[Loop], rows: Sequence[Rows], means: Sequence[Means]) -> Values:
    """Return one update of each loop, by the means that it looks at."""
    known = np.array([
        (
            *_linear_step(loop), *loop.rates, *loop.scales(len(one)), loop.w_by_x, loop.b_by_x,
            loop.gradient_bias, loop.new_weight, one.bowl.optimum.bias,
        )
        for loop, one in zip(loops, rows, strict=True)
    ]).T[:, :, None]  # fmt: skip
    mu, fresh, of_slope, of_velocity, look = known[:5]
    rates, scales, by_x = known[5:7], known[7:9], known[9:11] != 0
    gradient_bias, new_weight, best_bias = known[11] != 0, known[12] != 0, known[13]
    xx, x, x_left, left, _ = np.array(means).T[:, :, None]
    own = np.eye(5)
    new = np.repeat(own[None], len(loops), axis=0)
    ahead = own[:2, None] - look * rates * own[2:4, None]
    ahead[1] = np.where(gradient_bias, ahead[1], -best_bias * own[4])
    for at in (0, 1):
        seen = np.where(new_weight, new[:, 0], ahead[0]) if at else ahead[0]
        slope = np.where(by_x[at], xx, x) * seen + np.where(by_x[at], x, 1.0) * ahead[1]
        slope = scales[at] * (slope - np.where(by_x[at], x_left, left) * own[4])
        velocity = mu * own[2 + at] + fresh * slope
        moved = own[at] - rates[at] * (of_slope * slope + of_velocity * velocity)
        moves = rates[at] != 0
        new[:, 2 + at] = np.where(moves, velocity, own[2 + at])
        new[:, at] = np.where(moves, moved, own[at])
    return new


def _linear_step(loop: Loop) -> tuple[float, ...]:
    momentum = momentum_of(loop.method)
    assert momentum is not None
    return momentum


def _product(updates: Values) -> Values:
    """Return one update of many, of shape (n, 5, 5)."""
    while len(updates) > 1:
        odd = updates[len(updates) // 2 * 2 :]
        updates = np.concatenate((updates[1::2] @ updates[: len(updates) // 2 * 2 : 2], odd))
    one: Values = updates[0]
    return one


def _walked(
    loop: Loop, rows: Rows, steps: Steps, unsure: float | None
) -> tuple[_Lines, Values | None]:  # fmt: skip
    """Follow one loop update by update; what it does when shaken tells of its roundings."""
    last = int(steps.max(initial=0))
    walked = walk(loop, rows, last)
    best = rows.bowl.optimum
    weight, bias = walked.weight[steps], walked.bias[steps]
    if unsure is None:
        moved = shaken(loop, rows, last, walked)[steps]
    else:
        moved = unsure * (np.abs(weight) + np.abs(bias) + abs(best.weight) + abs(best.bias))
    lines = _Lines(weight - best.weight, bias - best.bias, moved)
    return lines, None if walked.loss is None else walked.loss[steps]


def _prints(
    loops: Sequence[Loop], rows: Sequence[Rows], data: Data,
    weights: tuple[_Lines, Steps], losses: tuple[_Lines, Steps], own: dict[int, Values],
) -> Prints:  # fmt: skip
    lines, made = weights
    weight_noise, bias_noise = roundings = _noise(loops, rows, lines, made)
    best = np.array([one.bowl.optimum for one in rows])
    weight, bias = lines.weight + best[:, :1], lines.bias + best[:, 1:]
    if losses is not weights:
        lines, made = losses
        roundings = _noise(loops, rows, lines, made)
    loss, loss_noise = _losses(loops, rows, lines, roundings)
    for at, losses_of_batches in own.items():
        last = (len(rows[at]) - 1) % loops[at].batch + 1
        loss[at] = LOSSES[loops[at].loss](losses_of_batches, last, last)
    for at, loop in enumerate(loops):
        if loop.unscaled:
            mean, sd = float(np.mean(data.x)), float(np.std(data.x)) or 1.0
            weight[at] /= sd
            bias[at] -= weight[at] * mean
            weight_noise[at] /= sd
            bias_noise[at] += weight_noise[at] * abs(mean)
        if loop.single:
            left = np.logical_or.accumulate(~(np.abs(loss[at]) < SINGLE_LARGEST))
            for values, noise in ((weight, weight_noise), (bias, bias_noise), (loss, loss_noise)):
                loose = left & ~(np.abs(values[at]) < LOOSE)
                values[at][loose], noise[at][loose] = ANYTHING, np.inf
    return Prints(weight, bias, loss, weight_noise, bias_noise, loss_noise)


def _noise(
    loops: Sequence[Loop], rows: Sequence[Rows], lines: _Lines, made: Steps
) -> tuple[Values, Values]:
    """Return how far weight and bias can be from the exact ones, by roundings of every update."""
    known = []
    for loop, one in zip(loops, rows, strict=True):
        rates = loop.rates
        rms_x = one.mean_xx**0.5
        scales = loop.scales(len(one))
        known.append((
            *map(abs, one.bowl.optimum), rms_x, one.rms_y, abs(one.mean_x) / (one.mean_xx or 1.0),
            abs(rates[0] * scales[0]) * rms_x, abs(rates[1] * scales[1]),
            SINGLE_EPSILON if loop.single else EPSILON,
            -(-len(one) // loop.batch) if loop.batch else 1,
        ))  # fmt: skip
    columns = np.array(known).T[:, :, None]
    best_weight, best_bias, rms_x, rms_y, lean, weight_gain, bias_gain, epsilon, each = columns
    weight = best_weight + np.abs(lines.weight)
    bias = best_bias + np.abs(lines.bias)
    error = rms_x * weight + bias + rms_y
    roundings = epsilon * (ROUNDINGS + 2.0 * each * made)
    bias_noise = roundings * (bias + bias_gain * error)
    weight_noise = roundings * (weight + weight_gain * error) + lean * bias_noise
    return weight_noise + lines.shaken, bias_noise + lines.shaken


def _losses(
    loops: Sequence[Loop], rows: Sequence[Rows], lines: _Lines, noise: tuple[Values, Values]
) -> tuple[Values, Values]:
    bowls = [one.bowl for one in rows]
    minimum, sd, mean, unit = np.array(
        [(bowl.minimum, bowl.sd_x, bowl.mean_x, bowl.unit) for bowl in bowls]
    ).T[:, :, None]
    bias = lines.bias.copy()
    for at, loop in enumerate(loops):
        if not loop.loss_bias:
            bias[at] = -bowls[at].optimum.bias
    mean_error = mean * lines.weight + unit * bias
    loss = minimum + (sd * lines.weight) ** 2 + mean_error**2
    single = np.array([SINGLE_EPSILON if loop.single else EPSILON for loop in loops])[:, None]
    rms_x = np.array([one.mean_xx**0.5 for one in rows])[:, None]
    sizes = np.array([
        one.rms_y + one.mean_xx**0.5 * abs(one.bowl.optimum.weight) + abs(one.bowl.optimum.bias)
        for one in rows
    ])[:, None]  # fmt: skip
    rounding = single * 4 * (sizes + rms_x * np.abs(lines.weight) + np.abs(bias))
    error_noise = rounding + rms_x * noise[0] + noise[1]
    count = np.array([len(one) for one in rows])[:, None]
    root = np.sqrt(loss)
    loss_noise = error_noise * (2 * root + error_noise) + single * (16 + 0.1 * count) * loss
    return _as_printed(loops, rows, lines, bias, (loss, loss_noise), (mean_error, error_noise))


def _as_printed(
    loops: Sequence[Loop], rows: Sequence[Rows], lines: _Lines, bias: Values,
    squares: tuple[Values, Values], errors: tuple[Values, Values],
) -> tuple[Values, Values]:  # fmt: skip
    printed, printed_noise = squares[0].copy(), squares[1].copy()
    by_name: dict[tuple[str, int, int], list[int]] = {}
    for at, (loop, one) in enumerate(zip(loops, rows, strict=True)):
        if loop.loss != "mean" or loop.counted:
            of = max(len(one) + loop.counted, 1)
            by_name.setdefault((loop.loss, len(one), of), []).append(at)
    for (name, count, of), places in by_name.items():
        values, noise = squares[0][places], squares[1][places]
        if name in OF_ERRORS:
            values, noise = errors[0][places], errors[1][places]
        elif name in OF_SIZES:
            values = np.array([absolute(rows[at], lines.weight[at], bias[at]) for at in places])
            noise = errors[1][places]
        least = values - noise if name in ("mean error",) else np.maximum(values - noise, 0)
        change = LOSSES[name]
        printed[places] = middle = change(values, count, of)
        spread = np.abs(change(values + noise, count, of) - middle)
        printed_noise[places] = np.maximum(spread, np.abs(change(least, count, of) - middle))
        printed_noise[places] += ROUNDINGS * EPSILON * np.abs(middle)
    return printed, printed_noise


# So many numbers are looked at together.
_TOGETHER = 2**20


def absolute(rows: Rows, weight: Values, bias: Values) -> Values:
    """Return the mean absolute error of lines, told as shifts from the best one."""
    best = rows.bowl.optimum
    left = rows.y - best.weight * rows.x - best.bias
    means = np.empty(len(weight))
    together = max(1, _TOGETHER // len(rows))
    for first in range(0, len(weight), together):
        some = slice(first, first + together)
        errors = np.outer(weight[some], rows.x) + bias[some, None] - left
        means[some] = np.mean(np.abs(errors), axis=1)
    return means
