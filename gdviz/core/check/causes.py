"""Causes: the table of usual mistakes, the commonest first.

To add a mistake, give it a row in `USUAL`: a name that is public (`gdviz check --json`), a
sentence, and each way of making it: the lines that do it, the lines that wouldn't, and what that
changes in a `Loop`. Diagnosis and tests follow from the row.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from gdviz.core.check.verdict import Cause
from gdviz.core.check.loop import Loop
from gdviz.core.check.methods import (
    AdaGradInside, AdamBefore, AdamInside, AdamUncorrected, AdamUncorrectedInside, Dampened,
    DampenedLater, LookAhead, RMSPropInside, momentum_of,
)  # fmt: skip
from gdviz.core.check.orders import SEEDS
from gdviz.core.check.walking import SCHEDULES
from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import (
    AdaGrad, Adam, GradientDescent, Momentum, Nesterov, RMSProp, StepSearch,
)  # fmt: skip

# The right lines, in the order of a loop.
READ = "X, Y = np.loadtxt(file, skiprows=1, unpack=True)"
START = "w, b = 0.0, 0.0"
RATE = "rate = learning_rate"
COUNT = "n = len(X)"
ERROR = "error = w * X + b - Y"
LOSS = "loss = np.sum(error ** 2) / n"
PRINT = "print(i, w, b, loss)"
W_SLOPE = "w_slope = 2 * np.sum(error * X) / n"
B_SLOPE = "b_slope = 2 * np.sum(error) / n"
W_UPDATE = "w = w - rate * w_slope"
B_UPDATE = "b = b - rate * b_slope"
SLOPES, UPDATES = f"{W_SLOPE}\n{B_SLOPE}", f"{W_UPDATE}\n{B_UPDATE}"
# The errors of the line that is printed and of the one whose slope is taken are the same, but for
# who writes them twice.
LOSS_ERROR = "loss_error = w * X + b - Y"

Changes = dict[str, Any]
# The fields of a loop that show before its first update.
AT_START = frozenset({
    "with_bias", "start_weight", "start_bias", "columns", "loss", "loss_bias", "counted",
    "weights_after", "loss_after", "unscaled", "batch_loss",
})  # fmt: skip


@dataclass(frozen=True, eq=False)
class Way:
    """One way of making a mistake.

    Attributes
    ----------
    wrong, right : str
        Lines; names in braces are filled with the loop's fields.
    changes : dict
        Of the fields of a loop.
    seldom : bool
        Whether it isn't looked for together with another mistake.
    """

    wrong: str
    right: str
    changes: Changes
    seldom: bool = False

    @cached_property
    def at_start(self) -> frozenset[Any]:
        """Those of the changes that show before the first update."""
        return frozenset(item for item in self.changes.items() if item[0] in AT_START)

    @cached_property
    def at_first(self) -> frozenset[Any]:
        """What they do to the first update: the same for all that begin alike."""
        fields = dict(self.changes)
        if fields.get("schedule") and SCHEDULES[fields["schedule"]](0, fields["decay"], 1) == 1:
            fields = {name: None for name in fields if name not in ("decay", "every")}
        if fields.get("skipped", 0) > 1 or fields.get("doubled", 0) > 1:
            fields = dict.fromkeys(fields)
        method = fields.get("method")
        if isinstance(method, Method) and (momentum := momentum_of(method)) is not None:
            fields["method"] = -1.0 if isinstance(method, DampenedLater) else (
                momentum[2] + momentum[1] * momentum[3])  # fmt: skip
        return frozenset(fields.items())


@dataclass(frozen=True, eq=False)
class Mistake:
    """One row of the table.

    Attributes
    ----------
    ways : tuple of Way
        The commonest first.
    needs_bias : bool
        Whether only who learns the bias can make it.
    """

    name: str
    sentence: str
    ways: tuple[Way, ...]
    needs_bias: bool = False

    def cause(self, way: Way, right: Loop) -> Cause:
        """Return the cause as it is shown, for a loop that else is right."""
        loop = changed(right, way)
        return Cause(
            self.name,
            self.sentence,
            _shown(way.wrong, loop, right),
            _shown(way.right, right, right),
        )


def changed(loop: Loop, *ways: Way) -> Loop:
    """Return a loop with mistakes; a method that is a function makes one of the right method.

    There are many pairs: a loop is copied as it is, not asked for each field again.
    """
    new: Loop = object.__new__(Loop)
    fields = vars(new)
    fields.update(vars(loop))
    for way in ways:
        for name, value in way.changes.items():
            fields[name] = value(fields[name]) if callable(value) else value
    return new


def _shown(lines: str, loop: Loop, right: Loop) -> str:
    if lines == METHOD:
        return _method_lines(loop.method)
    known = {name: value for name, value in vars(loop).items() if "{" + name + "}" in lines}
    for name, value in known.items():
        lines = lines.replace("{" + name + "}", repr(value))
    if right.with_bias:
        return lines
    kept = [line for line in lines.split("\n") if not line.strip().startswith(("b_slope", "b = "))]
    return "\n".join(line.replace(" + b - Y", " - Y") for line in kept)


# Stands for the update of a loop's method.
METHOD = "{the method}"


def _method_lines(method: Method) -> str:
    if type(method) is GradientDescent:
        return UPDATES
    if isinstance(method, StepSearch):
        return "# no slope is taken: " + method.words
    lines = (
        f"slope = np.array([w_slope, b_slope])\n{method.update}\nw, b = w + step[0], b + step[1]"
    )
    for name, value in asdict(method).items():
        lines = lines.replace(name, repr(value)) if name in method.update else lines
    return lines.replace("learning_rate", "rate")


def _way(wrong: str, right: str, *, seldom: bool = False, **changes: Any) -> Way:  # noqa: ANN401
    return Way(wrong, right, changes, seldom)


def _one(name: str, sentence: str, wrong: str, right: str, **changes: Any) -> Mistake:  # noqa: ANN401
    return Mistake(name, sentence, (_way(wrong, right, **changes),))


def _slopes(wrong: str, scale: str) -> Iterator[Way]:
    """Yield ways of scaling both slopes, or only one of them."""
    w, b = f"w_slope = {wrong.format('error * X')}", f"b_slope = {wrong.format('error')}"
    yield _way(f"{w}\n{b}", SLOPES, w_scale=scale, b_scale=scale)
    yield _way(w, W_SLOPE, w_scale=scale, seldom=True)
    yield _way(b, B_SLOPE, b_scale=scale, seldom=True)


def _columns(line: str, *columns: str, seldom: bool = False) -> Iterator[Way]:
    """Yield ways of changing columns after reading; ``@`` in the line is one column."""
    for column in columns:
        which, _, _ = column.partition(" ")
        lines = {"both": [line.replace("@", "X"), line.replace("@", "Y")],
                 "x": [line.replace("@", "X")], "y": [line.replace("@", "Y")]}[which]  # fmt: skip
        yield _way("\n".join([READ, *lines]), READ, columns=column, seldom=seldom or which != "x")


def _scaled() -> Iterator[Way]:
    for factor in ("10", "100", "1000"):
        for sign in "/*":
            for which in ("x", "y", "both"):
                yield from _columns(f"@ = @ {sign} {factor}", f"{which} {sign} {factor}")
    yield from _columns("@ = @ / np.abs(@).max()", *(f"{c} of its largest" for c in ALL))
    yield from _columns("@ = @ - @.mean()", *(f"{c} centred" for c in ALL))


ALL = ("x", "y", "both")


def _schedules() -> Iterator[Way]:
    lines = {
        "times": "rate = learning_rate * {decay} ** (i // {every})",
        "over 1 + k": "rate = learning_rate / (1 + {decay} * (i // {every}))",
        "over root": "rate = learning_rate / np.sqrt(1 + {decay} * i)",
        "times at once": "rate = learning_rate * {decay} ** (i // {every} + 1)",
        "over 2 + k": "rate = learning_rate / (1 + {decay} * (i // {every} + 1))",
        "exponential": "rate = learning_rate * np.exp(-{decay} * i)",
        "less": "rate = learning_rate * (1 - {decay} * i)",
    }
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
            yield _way(lines[schedule], RATE, schedule=schedule, decay=decay, every=every,
                       seldom=seldom)  # fmt: skip


_SINCE = "X, Y = X.astype(np.float32), Y.astype(np.float32)"
_PER_EPOCH = """\
for first in range(0, len(X), {batch}):
    rows = order[first : first + {batch}]
    # here a step with X[rows] and Y[rows]"""
_SIZES = (1, 2, 4, 5, 8, 10, 16, 32, 3, 20, 64, 25, 50, 100, 128)
_STEP = "# one step"


def _batches() -> Iterator[Way]:
    for by_epoch in (True, False):
        for size in _SIZES:
            yield _way(f"order = np.arange(len(X))\n{_PER_EPOCH}", _STEP, batch=size,
                       order="in order", by_epoch=by_epoch, seldom=not by_epoch)  # fmt: skip
            yield _way(f"order = np.arange(len(X))\n{_PER_EPOCH}", _STEP, batch=size, seldom=True,
                       order="in order", by_epoch=by_epoch, batch_loss=True)  # fmt: skip


_ORDERS = {
    "default_rng.permutation": "rng = np.random.default_rng({seed})\norder = rng.permutation(len(X))",
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


def _shuffled() -> Iterator[Way]:
    """Yield orders by seeds, those of the commonest first."""
    usual = ("default_rng.permutation", "np.random.permutation")
    known = [(order, seed) for seed in SEEDS[:3] for order in usual]
    known += [(order, seed) for order in _ORDERS for seed in SEEDS if (order, seed) not in known]
    for at, (order, seed) in enumerate(known):
        for by_epoch, size in itertools.product((True, False), _SIZES):
            yield _way(
                f"{_ORDERS[order]}\n{_PER_EPOCH}", _STEP, batch=size, order=order, seed=seed,
                by_epoch=by_epoch, seldom=at > 5 or not by_epoch,
            )  # fmt: skip


def _as(kind: Callable[..., Method]) -> Callable[[Method], Method]:
    """Return what makes the like of a method of another kind, with the same hyperparameters."""
    return lambda method: kind(**asdict(method)) if isinstance(method, Adam) else method


def _methods(
    *kinds: type[Method], seldom: bool = False, **hyper: tuple[float, ...]
) -> Iterator[Way]:
    """Yield methods with each value of a hyperparameter, the others as usual."""
    names = list(hyper)
    tried: list[dict[str, float]] = [{}]
    for name in names:
        tried = [{**one, name: value} for value in hyper[name] for one in tried]
    for kind in kinds:
        for one in tried:
            yield _way(METHOD, METHOD, method=kind(**one), seldom=seldom)


_MU = (0.9, 0.5, 0.99, 0.8, 0.95, 0.7, 0.6)
_SMALL = (1e-8, 1e-10, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3)

USUAL: tuple[Mistake, ...] = (
    Mistake(
        "gradient without the 2",
        "The slope is half as steep as it should be: the square's derivative has a factor 2.",
        tuple(_slopes("np.sum({}) / n", "mean")),
    ),
    Mistake(
        "summed gradient",
        "The slope is summed over the rows where it should be their mean: it is as many times too "
        "steep as there are rows.",
        (*_slopes("2 * np.sum({})", "2 sum"), *_slopes("np.sum({})", "sum")),
    ),
    Mistake(
        "gradient uphill",
        "A sign is turned: steps go uphill, and the loss grows.",
        (
            _way("w = w + rate * w_slope\nb = b + rate * b_slope", UPDATES, w_sign=-1, b_sign=-1),
            _way("w = w + rate * w_slope", W_UPDATE, w_sign=-1, seldom=True),
            _way("b = b + rate * b_slope", B_UPDATE, b_sign=-1, seldom=True),
        ),
    ),
    Mistake(
        "half the loss",
        "The loss is printed with a factor ½.",
        (
            _way("loss = np.sum(error ** 2) / (2 * n)", LOSS, loss="half"),
            _way("loss = np.sum(error ** 2) / 2", LOSS, loss="half sum"),
        ),
    ),
    Mistake(
        "summed loss",
        "The loss is the sum of the squared errors where it should be their mean.",
        (_way("loss = np.sum(error ** 2)", LOSS, loss="sum"),),
    ),
    Mistake(
        "root of the loss",
        "The loss is printed as its root.",
        (
            _way("loss = np.sqrt(np.sum(error ** 2) / n)", LOSS, loss="root"),
            _way("loss = np.sqrt(np.sum(error ** 2))", LOSS, loss="root of sum", seldom=True),
            _way("loss = np.sqrt(np.sum(error ** 2)) / n", LOSS, loss="root / n", seldom=True),
            _way("loss = 0.5 * np.sqrt(np.sum(error ** 2) / n)", LOSS, loss="half root",
                 seldom=True),
        ),
    ),
    Mistake(
        "absolute loss",
        "The loss is made of absolute errors where it should be of squared ones.",
        (
            _way("loss = np.sum(np.abs(error)) / n", LOSS, loss="absolute"),
            _way("loss = np.sum(np.abs(error))", LOSS, loss="sum of absolutes", seldom=True),
            _way("loss = np.sum(np.abs(error)) / (2 * n)", LOSS, loss="half absolute", seldom=True),
        ),
    ),
    Mistake(
        "gradient and loss with a half",
        "Loss and slope are those of the loss with a factor ½: both are half as large.",
        (
            _way(
                "loss = np.sum(error ** 2) / (2 * n)\n"
                "w_slope = np.sum(error * X) / n\nb_slope = np.sum(error) / n",
                f"{LOSS}\n{SLOPES}", loss="half", w_scale="mean", b_scale="mean",
            ),
            _way(
                "loss = np.sum(error ** 2) / 2\n"
                "w_slope = np.sum(error * X)\nb_slope = np.sum(error)",
                f"{LOSS}\n{SLOPES}", loss="half sum", w_scale="sum", b_scale="sum",
            ),
        ),
    ),
    Mistake(
        "printed after the update",
        "The numbers are printed after the update: each line shows what belongs to the next.",
        (
            _way(f"{UPDATES}\n{ERROR}\n{LOSS}\n{PRINT}", f"{PRINT}\n{UPDATES}",
                 weights_after=True, loss_after=True),
            _way(f"{UPDATES}\n{PRINT}  # the loss from before", f"{PRINT}\n{UPDATES}",
                 weights_after=True),
        ),
    ),
    Mistake(
        "rate ten times too large",
        "The learning rate is ten times as large.",
        (_way("rate = learning_rate * 10", RATE, rate_factor=10.0),),
    ),
    Mistake(
        "rate ten times too small",
        "The learning rate is ten times as small.",
        (_way("rate = learning_rate / 10", RATE, rate_factor=0.1),),
    ),
    Mistake(
        "gradient without x",
        "The errors aren't multiplied by x in the slope along the weight.",
        (_way("w_slope = 2 * np.sum(error) / n", W_SLOPE, w_by_x=False),),
    ),
    Mistake(
        "bias gradient with x",
        "The errors are multiplied by x in the slope along the bias, too.",
        (_way("b_slope = 2 * np.sum(error * X) / n", B_SLOPE, b_by_x=True),),
        needs_bias=True,
    ),
    Mistake(
        "bias with the new weight",
        "The weight is updated before the slope along the bias is taken: that needs the old one.",
        (
            _way(
                f"{W_SLOPE}\n{W_UPDATE}\n{ERROR}\n{B_SLOPE}\n{B_UPDATE}",
                f"{SLOPES}\n{UPDATES}", new_weight=True,
            ),
        ),
        needs_bias=True,
    ),
    Mistake(
        "bias fixed",
        "The bias is never updated.",
        (_way("b = b", B_UPDATE, bias_rate_factor=0.0),),
        needs_bias=True,
    ),
    Mistake(
        "bias forgotten",
        "The line is taken without its bias.",
        (
            _way("error = w * X - Y", ERROR, gradient_bias=False, loss_bias=False),
            _way("error = w * X - Y  # for the slopes", ERROR, gradient_bias=False),
            _way("error = w * X - Y  # for the loss", ERROR, loss_bias=False),
        ),
        needs_bias=True,
    ),
    Mistake(
        "start elsewhere",
        "The weight doesn't start where it should.",
        tuple(
            _way("w, b = {start_weight}, {start_bias}", START, start_weight=weight)
            for weight in (1.0, 0.5, 0.1, -1.0, 10.0, 2.0, 0.01, 5.0, 100.0, 0.0)
        ),
    ),
    Mistake(
        "bias started elsewhere",
        "The bias doesn't start where it should.",
        tuple(
            _way("w, b = {start_weight}, {start_bias}", START, start_bias=bias)
            for bias in (1.0, 0.5, 0.1, -1.0, 10.0, 5.0, 2.0, 0.01, 100.0, 0.0)
        ),
    ),
    Mistake(
        "step missing",
        "One iteration makes no update.",
        tuple(
            _way("if i != {skipped}:  # then only the update", _STEP, skipped=at,
                 seldom=at not in (0, 1, 5, 10))
            for at in (0, 1, 5, 10, 2, 3, 4, 6, 7, 8, 9, 20, 50, 99, 100)
        ),
    ),
    Mistake(
        "step doubled",
        "Updates are made twice.",
        (
            _way("for _ in range({times}):  # twice the update", _STEP, times=2),
            *(
                _way("if i == {doubled}:  # then the update twice", _STEP, doubled=at,
                     seldom=at not in (0, 1, 5, 10))
                for at in (0, 1, 5, 10, 2, 3, 4, 6, 7, 8, 9, 20, 50, 99, 100)
            ),
        ),
    ),
    Mistake(
        "rate changing",
        "The learning rate changes from step to step.",
        tuple(_schedules()),
    ),
    _one("x and y swapped", "The columns are swapped.", f"{READ}\nX, Y = Y, X", READ,
         columns="swapped"),
    Mistake(
        "first row lost",
        "The first row of the data is lost.",
        (
            _way(READ.replace("=1", "=2"), READ, columns="first row lost"),
            _way(f"{READ}\nX, Y = X[:-1], Y[:-1]", READ, columns="last row lost", seldom=True),
        ),
    ),
    Mistake(
        "header counted",
        "The line of headings is counted as a row.",
        (
            _way("n = len(X) + 1", COUNT, counted=1),
            _way(f"{READ}\nX, Y = np.append(0, X), np.append(0, Y)", READ,
                 columns="header as a row"),
            _way("n = len(X) - 1", COUNT, counted=-1, seldom=True),
        ),
    ),
    Mistake("column scaled", "A column is in other units.", tuple(_scaled())),
    Mistake(
        "standardised",
        "A column is standardised: its mean is subtracted, and it is divided by its deviation.",
        tuple(_columns("@ = (@ - @.mean()) / @.std()", *(f"{c} standardised" for c in ALL))),
    ),
    Mistake(
        "standardised with n - 1",
        "A column is standardised by the deviation that divides by n - 1.",
        tuple(_columns("@ = (@ - @.mean()) / @.std(ddof=1)",
                       *(f"{c} standardised by n - 1" for c in ALL))),
    ),
    Mistake(
        "normalised",
        "A column is brought to the range from 0 to 1.",
        tuple(_columns("@ = (@ - @.min()) / (@.max() - @.min())",
                       *(f"{c} normalised" for c in ALL))),
    ),
    Mistake(
        "integers divided",
        "A division is one of whole numbers, which rounds down.",
        (
            _way(SLOPES.replace(" / n", " // n"), SLOPES, floored="slope"),
            _way(f"{LOSS}\n{SLOPES}".replace(" / n", " // n"), f"{LOSS}\n{SLOPES}",
                 floored="slope", loss="floored"),
            _way(LOSS.replace(" / n", " // n"), LOSS, loss="floored"),
            _way("w_slope = 2 * (np.sum(error * X) // n)\nb_slope = 2 * (np.sum(error) // n)",
                 SLOPES, floored="mean"),
            *_columns("@ = np.trunc(@)", *(f"{c} cut to whole numbers" for c in ALL), seldom=True),
            *(way for by in ("10", "100", "1000") for way in _columns(
                f"@ = @ // {by}", *(f"{c} // {by}" for c in ALL), seldom=True)),
        ),
    ),
    Mistake(
        "rounded in between",
        "Weight and bias are rounded in every iteration, not only where they are printed.",
        (
            *(
                _way(f"{UPDATES}\nw, b = round(w, {{weight_digits}}), round(b, {{weight_digits}})",
                     UPDATES, weight_digits=digits)
                for digits in (2, 3, 1, 4, 5, 6, 0, 8, 7)
            ),
            *(
                _way(
                    f"{SLOPES}\nw_slope, b_slope = round(w_slope, {{gradient_digits}}), "
                    "round(b_slope, {gradient_digits})",
                    SLOPES, gradient_digits=digits, seldom=True,
                )
                for digits in (2, 3, 1, 4, 5, 6, 0)
            ),
        ),
    ),
    _one("float32", "Numbers are kept in 32 bits, which hold seven digits.", f"{READ}\n{_SINCE}",
         READ, single=True),
    Mistake("momentum", "The steps have momentum.", tuple(_methods(Momentum, momentum=_MU))),
    Mistake(
        "momentum with dampening",
        "The steps have momentum that takes only a share of the slope.",
        tuple(_methods(Dampened, DampenedLater, momentum=_MU)),
    ),
    Mistake(
        "nesterov", "The steps have Nesterov's momentum.",
        tuple(_methods(Nesterov, LookAhead, momentum=_MU)),
    ),
    Mistake(
        "adam", "The steps are Adam's.",
        (*_methods(Adam, epsilon=_SMALL),
         *_methods(AdamUncorrected, AdamInside, epsilon=_SMALL[:1], seldom=True)),
    ),
    Mistake(
        "rmsprop", "The steps are RMSProp's.",
        tuple(_methods(RMSProp, RMSPropInside, alpha=(0.9, 0.99, 0.999), epsilon=_SMALL[:4])),
    ),
    Mistake(
        "adagrad", "The steps are AdaGrad's.",
        tuple(_methods(AdaGrad, AdaGradInside, epsilon=_SMALL[:4])),
    ),
    Mistake(
        "epsilon inside the root",
        "Epsilon is added to the square, not to its root.",
        (
            _way(METHOD, METHOD, method=_as(AdamInside)),
            _way(METHOD, METHOD, method=_as(AdamBefore)),
            _way(METHOD, METHOD, method=_as(AdamUncorrectedInside)),
        ),
    ),
    Mistake(
        "adam without bias correction",
        "Adam's means, which start at 0, aren't corrected for it.",
        (_way(METHOD, METHOD, method=_as(AdamUncorrected)),),
    ),
    Mistake(
        "plain gradient descent", "The steps follow the slope alone.",
        tuple(_methods(GradientDescent)),
    ),
    _one(
        "step search", "Steps of fixed size are tried, and the first that helps is taken.",
        METHOD, METHOD, method=StepSearch(),
    ),
    Mistake(
        "gradient of the absolute errors",
        "The slope is that of the absolute errors.",
        (
            _way("w_slope = np.sum(np.sign(error) * X) / n\nb_slope = np.sum(np.sign(error)) / n",
                 SLOPES, errors="absolute", w_scale="mean", b_scale="mean"),
            _way("loss = np.sum(np.abs(error)) / n\n"
                 "w_slope = np.sum(np.sign(error) * X) / n\nb_slope = np.sum(np.sign(error)) / n",
                 f"{LOSS}\n{SLOPES}", loss="absolute", errors="absolute", w_scale="mean",
                 b_scale="mean"),
        ),
    ),
    Mistake(
        "gradient scaled",
        "The slope has a factor that doesn't belong there.",
        (
            *_slopes("4 * np.sum({}) / n", "4 mean"),
            *_slopes("np.sum({}) / (2 * n)", "half mean"),
            *_slopes("np.sum({}) / n / n", "mean / n"),
            *_slopes("2 * np.sum({}) / n / n", "2 mean / n"),
        ),
    ),
    Mistake(
        "loss scaled",
        "The loss has a factor that doesn't belong there, or isn't squared.",
        (
            _way("loss = 2 * np.sum(error ** 2) / n", LOSS, loss="double", seldom=True),
            _way("loss = np.sum(error ** 2) / (n - 1)", LOSS, loss="n - 1", seldom=True),
            _way("loss = np.sum(error ** 2) / (n - 2)", LOSS, loss="n - 2", seldom=True),
            _way("loss = np.sum(error) / n", LOSS, loss="mean error", seldom=True),
            _way("loss = (np.sum(error) / n) ** 2", LOSS, loss="square of the mean", seldom=True),
        ),
    ),
    Mistake("in batches", "The rows are taken in batches, not all at once.", tuple(_batches())),
    Mistake(
        "rows shuffled",
        "The rows are taken in batches, in an order that is drawn anew.",
        tuple(_shuffled()),
    ),
)  # fmt: skip
