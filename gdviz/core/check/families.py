"""Families: ways of a mistake that differ in a number, or in which lines it is made."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial

import numpy as np

from gdviz.core.check.orders import SEEDS
from gdviz.core.check.ways import (
    B_SLOPE,
    METHOD,
    RATE,
    READ,
    SLOPES,
    START,
    W_SLOPE,
    Unknown,
    Way,
    way,
)
from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import Adam

# What is often forgotten in one of two lines.
PARTLY = ("mean", "2 sum")


def starts(of: str) -> Iterator[Way]:
    """Yield other starts of weight or bias, round ones first."""
    usual = (1.0, 0.5, 0.1, -1.0, 10.0, 2.0, 0.01, 5.0, 100.0, 0.0)
    others = {at / 10 for at in range(-120, 121)} | {20.0, 50.0, -50.0, -100.0, 0.001, 0.25, 0.05}
    for value in (*usual, *sorted(others - set(usual), key=abs)):
        yield _start(of, value, seldom=value not in usual)


def _start(of: str, value: float, seldom: bool = False) -> Way:
    return way("w, b = {start_weight}, {start_bias}", START, seldom=seldom, **{of: value})


def any_start(of: str) -> tuple[Unknown]:
    """Return starts of weight or bias anywhere."""
    sizes = np.geomspace(0.01, 1e4, 9)
    return (Unknown(lambda value: _start(of, value), np.array([*-sizes[::-1], 0.0, *sizes])),)


def scaled_slopes(wrong: str, scale: str) -> Iterator[Way]:
    """Yield ways of scaling both slopes, or only one of them."""
    w, b = f"w_slope = {wrong.format('error * X')}", f"b_slope = {wrong.format('error')}"
    yield way(f"{w}\n{b}", SLOPES, w_scale=scale, b_scale=scale)
    yield way(w, W_SLOPE, w_scale=scale, seldom=scale not in PARTLY)
    yield way(b, B_SLOPE, b_scale=scale, seldom=scale not in PARTLY)


def changed_columns(line: str, *columns: str, seldom: bool = False) -> Iterator[Way]:
    """Yield ways of changing columns after reading; ``@`` in the line is one column."""
    for column in columns:
        which, _, _ = column.partition(" ")
        lines = {"both": [line.replace("@", "X"), line.replace("@", "Y")],
                 "x": [line.replace("@", "X")], "y": [line.replace("@", "Y")]}[which]  # fmt: skip
        yield way("\n".join([READ, *lines]), READ, columns=column, seldom=seldom)


def scaled_columns() -> Iterator[Way]:
    """Yield columns in other units."""
    for factor in ("10", "100", "1000"):
        for sign in "/*":
            for which in ("x", "y", "both"):
                yield from changed_columns(f"@ = @ {sign} {factor}", f"{which} {sign} {factor}")
    yield from changed_columns("@ = @ / np.abs(@).max()", *(f"{c} of its largest" for c in ALL))
    yield from changed_columns("@ = @ - @.mean()", *(f"{c} centred" for c in ALL))


ALL = ("x", "y", "both")


def any_units() -> tuple[Unknown, ...]:
    """Return columns in any other units."""

    def scaled(column: str, sign: str) -> Callable[[float], Way]:
        return lambda by: next(changed_columns(f"@ = @ {sign} {by!r}", f"{column} {sign} {by!r}"))

    factors = np.geomspace(1.001, 4000, 13)
    return tuple(Unknown(scaled(column, sign), factors) for column in "xy" for sign in "/*")


_SCHEDULES = {
    "times": "rate = learning_rate * {decay} ** (i // {every})",
    "over 1 + k": "rate = learning_rate / (1 + {decay} * (i // {every}))",
    "over root": "rate = learning_rate / np.sqrt(1 + {decay} * i)",
    "times at once": "rate = learning_rate * {decay} ** (i // {every} + 1)",
    "over 2 + k": "rate = learning_rate / (1 + {decay} * (i // {every} + 1))",
    "exponential": "rate = learning_rate * np.exp(-{decay} * i)",
    "less": "rate = learning_rate * (1 - {decay} * i)",
}


def any_step(field: str, line: str) -> tuple[Unknown]:
    """Return what is done in any one iteration."""
    return (Unknown(lambda at: way(line, STEP, **{field: int(at)}), np.array([11.0]), whole=True),)


def schedules() -> Iterator[Way]:
    """Yield rates that change."""
    drops = [(0.9, 1), (0.99, 1), (0.95, 1), (0.999, 1), (0.5, 1), (0.98, 1), (0.8, 1), (0.995, 1)]
    drops += [(drop, every) for drop in (0.5, 0.1, 0.9) for every in (10, 20, 50, 100, 5, 25)]
    few, shares = [1.0, 0.1, 0.01, 0.001, 0.5, 0.05, 0.005, 0.0001], [10, 20, 30, 50, 100, 200]
    shares += [300, 500, 1000, 2000, 5000, 10000, 20000]
    decays: dict[str, list[tuple[float, int]]] = {
        "times": drops, "over 1 + k": [(one, 1) for one in few], "over root": [(1.0, 1)],
        "times at once": drops, "over 2 + k": [(one, 1) for one in few],
        "exponential": [(one, 1) for one in few], "less": [(1 / one, 1) for one in shares],
    }  # fmt: skip
    for schedule, known in decays.items():
        for decay, every in known:
            seldom = schedule in ("times at once", "over 2 + k", "exponential")
            yield _schedule(schedule, decay, every, seldom)


def _schedule(schedule: str, decay: float, every: int = 1, seldom: bool = False) -> Way:
    return way(_SCHEDULES[schedule], RATE, schedule=schedule, decay=decay, every=every,
               seldom=seldom)  # fmt: skip


def _dropping(drop: float, every: float) -> Way:
    return _schedule("times", drop, max(int(every), 1))


def any_schedule() -> tuple[Unknown, ...]:
    """Return rates that change by any factor."""
    return (
        Unknown(partial(_schedule, "times"), np.linspace(0.02, 1, 15)),
        Unknown(partial(_schedule, "over 1 + k"), np.geomspace(1e-5, 20, 15)),
        Unknown(partial(_schedule, "less"), np.geomspace(1e-5, 0.5, 11)),
        *(Unknown(partial(_dropping, drop), np.array([29.0]), whole=True)
          for drop in (0.5, 0.1, 0.9)),
    )


SINGLE = "X, Y = X.astype(np.float32), Y.astype(np.float32)"
_PER_EPOCH = """\
for first in range(0, len(X), {batch}):
    rows = order[first : first + {batch}]
    # here a step with X[rows] and Y[rows]"""
_USUAL_SIZES = (1, 2, 4, 5, 8, 10, 16, 32, 3, 20, 64, 25, 50, 100, 128)
_SIZES = (*_USUAL_SIZES, *sorted({*range(1, 65)} - {*_USUAL_SIZES}))
STEP = "# one step"


def batches_in_order() -> Iterator[Way]:
    """Yield batches in the order of the file."""
    for by_epoch in (True, False):
        for size in _SIZES:
            yield way(f"order = np.arange(len(X))\n{_PER_EPOCH}", STEP, batch=size,
                       order="in order", by_epoch=by_epoch, seldom=not by_epoch)  # fmt: skip
            yield way(f"order = np.arange(len(X))\n{_PER_EPOCH}", STEP, batch=size, seldom=True,
                       order="in order", by_epoch=by_epoch, batch_loss=True)  # fmt: skip


_ORDERS = {
    "default_rng.permutation":
        "rng = np.random.default_rng({seed})\norder = rng.permutation(len(X))",
    "np.random.permutation": "np.random.seed({seed})\norder = np.random.permutation(len(X))",
    "np.random.shuffle": "np.random.seed({seed})\nnp.random.shuffle(order)",
    "default_rng.shuffle": "rng = np.random.default_rng({seed})\nrng.shuffle(order)",
    "random.shuffle": "random.seed({seed})\nrandom.shuffle(order)",
    "default_rng.integers": "rng = np.random.default_rng({seed})\nrow = rng.integers(len(X))",
    "np.random.randint": "np.random.seed({seed})\nrow = np.random.randint(len(X))",
    "default_rng.permutation, once":
        "order = np.random.default_rng({seed}).permutation(len(X))  # once",
    "np.random.permutation, once":
        "np.random.seed({seed})\norder = np.random.permutation(len(X))  # once",
}  # fmt: skip


def shuffled_batches() -> Iterator[Way]:
    """Yield orders by seeds, those of the commonest first."""
    usual = ("default_rng.permutation", "np.random.permutation")
    known = [(order, seed) for seed in SEEDS[:3] for order in usual]
    known += [(order, seed) for order in _ORDERS for seed in SEEDS if (order, seed) not in known]
    for at, (order, seed) in enumerate(known):
        for by_epoch, size in itertools.product((True, False), _SIZES if at < 6 else _USUAL_SIZES):
            yield way(
                f"{_ORDERS[order]}\n{_PER_EPOCH}", STEP, batch=size, order=order, seed=seed,
                by_epoch=by_epoch, seldom=at > 5 or not by_epoch,
            )  # fmt: skip
            if at < 6 and by_epoch:
                yield way(f"{_ORDERS[order]}\n{_PER_EPOCH}", STEP, batch=size, order=order,
                           seed=seed, batch_loss=True, seldom=True)  # fmt: skip


def like_adam(kind: Callable[..., Method]) -> Callable[[Method], Method]:
    """Return what makes the like of a method of another kind, with the same hyperparameters."""
    return lambda method: kind(**asdict(method)) if isinstance(method, Adam) else method


def methods(
    *kinds: type[Method], seldom: bool = False, **hyper: tuple[float, ...]
) -> Iterator[Way]:
    """Yield methods with each value of a hyperparameter, the others as usual."""
    names = list(hyper)
    tried: list[dict[str, float]] = [{}]
    for name in names:
        tried = [{**one, name: value} for value in hyper[name] for one in tried]
    for kind in kinds:
        for one in tried:
            yield way(METHOD, METHOD, method=kind(**one), seldom=seldom)


MU = (0.9, 0.5, 0.99, 0.8, 0.95, 0.7, 0.6)
SMALL = (1e-8, 1e-10, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3)
