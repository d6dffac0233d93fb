"""The usual mistakes: each changes a right loop into one that goes wrong in its way."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from faulty.loop import Loop

Change = Callable[[Any, Loop], Loop]


@dataclass(frozen=True)
class Mistake:
    """One kind.

    Attributes
    ----------
    name : as the diagnosis calls it
    group : only one of a group is made at once
    change : draws how, and makes the loop wrong; None if it can't be
    states : what the learner says, since no log could show it else
    factor : how many times too large the rate is
    """

    name: str
    group: str
    change: Change
    states: tuple[str, ...] = ()
    factor: float = 1.0


def _loss(before, after):
    return lambda _, loop: replace(loop, loss=loop.loss.replace(before, after))


def _slopes(change):
    return lambda _, loop: replace(loop, slopes=tuple(map(change, loop.slopes)))


def _without_two(slope):
    return slope.replace("2 * ", "", 1)


def _without_x(_, loop):
    return replace(loop, slopes=(loop.slopes[0].replace("x * ", ""), loop.slopes[1]))


def _turned(_, loop):
    # Either the slope's sign or that of the step.
    return replace(loop, update=tuple(line.replace("@ - rate", "@ + rate") for line in loop.update))


def _new_weight(_, loop):
    return replace(loop, new_weight=True) if loop.with_bias else None


def _fixed_bias(_, loop):
    return replace(loop, fixed_bias=True) if loop.with_bias else None


def _forgotten_bias(rng, loop):
    """Forget it where the slope is taken, or where the loss is, or both."""
    if not loop.with_bias:
        return None
    which = rng.choice(["line", "seen", "both"])
    names = ("line", "seen") if which == "both" else (which,)
    return replace(loop, **dict.fromkeys(names, "x * w"))


def _other_bias(rng, loop):
    bias = float(rng.choice([1.0, 1.0, 0.5, 0.1, -1.0, 10.0, 5.0]))
    return replace(loop, start=(loop.start[0], bias)) if loop.with_bias else None


def _other_weight(rng, loop):
    weight = float(rng.choice([1.0, 1.0, 0.5, 0.1, -1.0, 10.0, 2.0]))
    return replace(loop, start=(weight, loop.start[1]))


def _printed_late(rng, loop):
    if loop.when != "before":
        return None
    return replace(loop, when=str(rng.choice(["after", "after", "stale"])))


def _printed_early(_, loop):
    return replace(loop, when="before") if loop.when == "after" else None


def _missing(rng, loop):
    at = int(rng.choice([0, 0, 1, 5, 10]))
    return replace(loop, times=f"0 if i == {at} else 1")


def _doubled(rng, loop):
    at = int(rng.choice([-1, -1, 0, 1, 5, 10]))
    return replace(loop, times="2" if at < 0 else f"2 if i == {at} else 1")


def _schedule(rng, loop):
    total = loop.iterations
    decay, factor = rng.choice([0.1, 0.01, 0.001]), rng.choice([0.5, 0.9, 0.95, 0.99, 0.999])
    every, share = rng.choice([10, 20, 50, 100]), rng.choice([0.5, 0.1])
    line = rng.choice([
        f"rate = RATE / (1 + {decay} * i)",
        f"rate = RATE * {factor} ** i",
        f"rate = RATE * {share} ** (i // {every})",
        "rate = RATE / (i + 1)",
        "rate = RATE / (i + 1) ** 0.5",
        f"rate = RATE * (1 - i / {total})",
    ])  # fmt: skip
    return replace(loop, schedule=str(line))


def _read(*lines):
    def change(rng, loop):
        factor = str(rng.choice([10, 100, 1000]))
        return replace(loop, read=tuple(line.replace("FACTOR", factor) for line in lines))

    return change


def _scaled(rng, loop):
    which = str(rng.choice(["X", "X", "Y"]))
    line = str(rng.choice([f"{which} = {which} / FACTOR", f"{which} = {which} / {which}.max()"]))
    return _read(line)(rng, loop)


def _lost(rng, loop):
    if rng.random() < 0.5:
        return replace(loop, skip=2)
    return replace(loop, read=("X, Y = X[1:], Y[1:]",))


def _floored(rng, loop):
    """Divide by the count with ``//``: slopes, or slopes and loss."""
    both = rng.random() < 0.5

    def floored(text):
        return text.replace("MEAN[", "SUM[") + " // n"

    change = {"slopes": tuple(map(floored, loop.slopes))}
    if both:
        change["loss"] = floored(loop.loss)
    return replace(loop, **change) if "MEAN" in "".join(loop.slopes) else None


def _rounded(rng, loop):
    return replace(loop, digits=int(rng.choice([1, 2, 2, 3, 4, 5])))


def _epochs(orders):
    def change(rng, loop):
        if loop.times or loop.body:
            return None
        generator, order = orders[rng.integers(len(orders))]
        size = int(rng.choice([1, 1, 2, 4, 5, 8, 10, 16, 32]))
        return replace(loop, rows="epoch", size=size, generator=generator, order=order)

    return change


_IN_ORDER = (("", "np.arange(len(X))"),)
_SHUFFLED = tuple(
    (generator.format(seed), "rng.permutation(len(X))")
    for generator in ("rng = np.random.default_rng({})", "rng = np.random.RandomState({})")
    for seed in (0, 0, 1, 42)
)


LETTERS = {"MU": "momentum", "ALPHA": "alpha", "EPSILON": "epsilon"}


def _method(*lines, memory="", values=None):
    def change(rng, loop):
        drawn = {name: float(rng.choice(among)) for name, among in (values or {}).items()}

        def filled(text):
            for name, value in drawn.items():
                text = text.replace(name, repr(value))
            return text

        start = tuple(filter(None, filled(memory).split("; ")))
        known = tuple((LETTERS[name], value) for name, value in drawn.items())
        return replace(loop, memory=start, update=tuple(map(filled, lines)), hyper=known)

    return change


_MU = {"MU": [0.9, 0.9, 0.9, 0.5, 0.8, 0.99]}
_SQUARES = {"ALPHA": [0.99, 0.9, 0.9, 0.999], "EPSILON": [1e-8, 1e-8, 1e-7, 1e-6]}
_EPSILON = {"EPSILON": [1e-8, 1e-7, 1e-10, 1e-6]}
_LARGE = {"EPSILON": [1e-8, 1e-8, 1e-7, 1e-6, 1e-3]}
_MEANS = (
    "m@ = 0.9 * m@ + 0.1 * d@",
    "s@ = 0.999 * s@ + 0.001 * d@ ** 2",
)
_CORRECTED = ("mh = m@ / (1 - 0.9 ** (i + 1))", "sh = s@ / (1 - 0.999 ** (i + 1))")
_ADAM = (*_MEANS, *_CORRECTED, "@ = @ - rate * mh / (sh ** 0.5 + EPSILON)")
MOMENTUM = _method("v@ = MU * v@ + d@", "@ = @ - rate * v@", memory="v@ = 0.0", values=_MU)
NESTEROV = _method(
    "v@ = MU * v@ + d@", "@ = @ - rate * (d@ + MU * v@)", memory="v@ = 0.0", values=_MU
)
ADAGRAD = _method(
    "s@ = s@ + d@ ** 2", "@ = @ - rate * d@ / (s@ ** 0.5 + EPSILON)",
    memory="s@ = 0.0", values=_EPSILON,
)  # fmt: skip
RMSPROP = _method(
    "s@ = ALPHA * s@ + (1 - ALPHA) * d@ ** 2", "@ = @ - rate * d@ / (s@ ** 0.5 + EPSILON)",
    memory="s@ = 0.0", values=_SQUARES,
)  # fmt: skip
ADAM = _method(*_ADAM, memory="m@ = 0.0; s@ = 0.0", values=_EPSILON)
SEARCH = (
    "def error_at(slope, height):",
    "    return np.average((X * slope + height - Y) ** 2)",
    "here = error_at(w, b)",
    "if error_at(w + rate, b) < here:",
    "    w += rate",
    "elif error_at(w - rate, b) < here:",
    "    w -= rate",
)
_SEARCH_BIAS = (
    "elif error_at(w, b + rate) < here:",
    "    b += rate",
    "elif error_at(w, b - rate) < here:",
    "    b -= rate",
)
_STOP = ("else:", "    break")


def search(_, loop):
    """Make it the step search of the earlier lesson."""
    bias = _SEARCH_BIAS if loop.with_bias else ()
    return replace(loop, body=(*SEARCH, *bias, *_STOP))


def _dampened(rng, loop):
    lines = rng.choice(2)
    return _method(
        ("v@ = MU * v@ + (1 - MU) * d@", "v@ = d@ if i == 0 else MU * v@ + (1 - MU) * d@")[lines],
        "@ = @ - rate * v@", memory="v@ = 0.0", values=_MU,
    )(rng, loop)  # fmt: skip


def _inside(rng, loop):
    """Put epsilon inside the root, or square it into it."""
    return _method(
        *_MEANS, *_CORRECTED, "@ = @ - rate * mh / (sh + EPSILON) ** 0.5",
        memory="m@ = 0.0; s@ = 0.0", values=_LARGE,
    )(rng, loop)  # fmt: skip


def _uncorrected(rng, loop):
    return _method(
        *_MEANS, "@ = @ - rate * m@ / (s@ ** 0.5 + EPSILON)",
        memory="m@ = 0.0; s@ = 0.0", values=_EPSILON,
    )(rng, loop)  # fmt: skip


def _tolerance(rng, loop):
    line = "if (dw ** 2 + db ** 2) ** 0.5 < {}:" if loop.with_bias else "if abs(dw) < {}:"
    tolerance = rng.choice([0.1, 0.01, 0.001, 1e-4])
    return replace(
        loop, ends=(*loop.ends, "if i > 0 and " + line[3:].format(tolerance), "    break")
    )


RATE, BIAS, METHOD, START = "learning_rate", "with_bias", "method", ("start_weight", "start_bias")
_PLAIN = (RATE, METHOD)

MISTAKES = (
    Mistake("half the loss", "loss", _loss("MEAN", "0.5 * MEAN")),
    Mistake("summed loss", "loss", _loss("MEAN", "SUM")),
    Mistake("root of the loss", "loss", _loss("MEAN[error ** 2]", "MEAN[error ** 2] ** 0.5")),
    Mistake("absolute loss", "loss", _loss("error ** 2", "abs(error)")),
    Mistake("gradient without the 2", "slope", _slopes(_without_two), _PLAIN),
    Mistake("summed gradient", "slope", _slopes(lambda s: s.replace("MEAN", "SUM")), _PLAIN),
    Mistake("gradient without x", "slope", _without_x, _PLAIN),
    Mistake("gradient uphill", "sign", _turned, (RATE, METHOD)),
    Mistake(
        "gradient and loss with a half",
        "slope loss",
        lambda rng, loop: _loss("MEAN", "0.5 * MEAN")(rng, _slopes(_without_two)(rng, loop)),
        _PLAIN,
    ),
    Mistake("bias with the new weight", "order", _new_weight, (BIAS,)),
    Mistake("bias fixed", "bias", _fixed_bias, (BIAS,)),
    Mistake("bias forgotten", "bias", _forgotten_bias, (BIAS,)),
    Mistake("bias started elsewhere", "bias", _other_bias, (BIAS, *START)),
    Mistake("printed after the update", "when", _printed_late, START),
    Mistake("printed before the update", "when", _printed_early, START),
    Mistake("step missing", "steps", _missing, START),
    Mistake("step doubled", "steps", _doubled, _PLAIN),
    Mistake("rate ten times too large", "rate", lambda _, loop: loop, _PLAIN, 10.0),
    Mistake("rate ten times too small", "rate", lambda _, loop: loop, _PLAIN, 0.1),
    Mistake("rate changing", "rate", _schedule, _PLAIN),
    Mistake("start elsewhere", "start", _other_weight, START),
    Mistake("x and y swapped", "data", _read("X, Y = Y, X"), _PLAIN),
    Mistake("first row lost", "data", _lost, _PLAIN),
    Mistake("header counted", "data", lambda _, loop: replace(loop, count="len(X) + 1"), _PLAIN),
    Mistake("column scaled", "data", _scaled, _PLAIN),
    Mistake("standardised", "data", _read("X = (X - X.mean()) / X.std()"), _PLAIN),
    Mistake("standardised with n - 1", "data", _read("X = (X - X.mean()) / X.std(ddof=1)"), _PLAIN),
    Mistake("normalised", "data", _read("X = (X - X.min()) / (X.max() - X.min())"), _PLAIN),
    Mistake("integers divided", "slope loss", _floored, _PLAIN),
    Mistake("float32", "type", lambda _, loop: replace(loop, single=True), _PLAIN),
    Mistake("in batches", "steps", _epochs(_IN_ORDER), (RATE, METHOD)),
    Mistake("rows shuffled", "steps", _epochs(_SHUFFLED), (RATE, METHOD)),
    Mistake("momentum", "method", MOMENTUM, _PLAIN),
    Mistake("momentum with dampening", "method", _dampened, _PLAIN),
    Mistake("nesterov", "method", NESTEROV, _PLAIN),
    Mistake("adagrad", "method", ADAGRAD, _PLAIN),
    Mistake("rmsprop", "method", RMSPROP, _PLAIN),
    Mistake("adam", "method", ADAM, _PLAIN),
    Mistake("epsilon inside the root", "method", _inside, _PLAIN),
    Mistake("adam without bias correction", "method", _uncorrected, _PLAIN),
    Mistake("step search", "method slope sign order steps bias", search, _PLAIN),
    Mistake("another tolerance", "end", _tolerance, _PLAIN),
    Mistake("diverged and cut off", "end", lambda _, loop: loop, _PLAIN),
    Mistake("rounded in between", "type", _rounded, _PLAIN),
)
BY_NAME = {one.name: one for one in MISTAKES}
# What the learner says of these is the method that they meant.
MEANT = {"epsilon inside the root": "adam", "adam without bias correction": "adam"}
