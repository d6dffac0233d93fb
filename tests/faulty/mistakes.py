"""The usual mistakes: each changes a right loop into one that goes wrong in its way."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from faulty import methods
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


def drawn(rng, usual, low, high):
    """Draw a number: one of the usual ones, or any other of two digits between the bounds."""
    if rng.random() < 0.7:
        return float(rng.choice(usual))
    return float(f"{rng.uniform(low, high):.2g}")


def _loss(before, after):
    return lambda _, loop: replace(loop, loss=loop.loss.replace(before, after))


def _slopes(change):
    """Change both slopes, or now and then only one of them."""

    def changed(rng, loop):
        which = rng.choice(["wb", "w", "b"], p=(0.8, 0.1, 0.1)) if loop.with_bias else "wb"
        slopes = zip("wb", loop.slopes, strict=True)
        return replace(loop, slopes=tuple(change(s) if one in which else s for one, s in slopes))

    return changed


def _half(_, loop):
    """Descend on half the loss and print it, too."""
    slopes = tuple(map(_without_two, loop.slopes))
    return replace(loop, slopes=slopes, loss=loop.loss.replace("MEAN", "0.5 * MEAN"))


def _absolute(rng, loop):
    """Print mean absolute errors, and now and then descend on them."""
    loop = replace(loop, loss=loop.loss.replace("error ** 2", "abs(error)"))
    if rng.random() < 0.7:
        return loop
    return replace(loop, slopes=("MEAN[x * np.sign(error)]", "MEAN[np.sign(error)]"))


def _without_two(slope):
    return slope.replace("2 * ", "", 1)


def _without_x(_, loop):
    return replace(loop, slopes=(loop.slopes[0].replace("x * ", ""), loop.slopes[1]))


def _turned(rng, loop):
    """Turn the sign of the step, or of one slope only."""
    if loop.with_bias and rng.random() < 0.3:
        return _slopes(lambda slope: f"-{slope}")(rng, loop)
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
    bias = drawn(rng, [1.0, 1.0, 0.5, 0.1, -1.0, 10.0, 5.0], -20, 20)
    return replace(loop, start=(loop.start[0], bias)) if loop.with_bias else None


def _other_weight(rng, loop):
    weight = drawn(rng, [1.0, 1.0, 0.5, 0.1, -1.0, 10.0, 2.0], -5, 5)
    return replace(loop, start=(weight, loop.start[1]))


def _printed_late(rng, loop):
    if loop.when != "before":
        return None
    return replace(loop, when=str(rng.choice(["after", "after", "stale"])))


def _printed_early(_, loop):
    return replace(loop, when="before") if loop.when == "after" else None


def _missing(rng, loop):
    # Who prints after the update and makes none at first seems to count from 1, no more.
    at = max(int(drawn(rng, [0, 0, 1, 5, 10], 0, 9)), loop.when == "after")
    return replace(loop, times=f"0 if i == {at} else 1")


def _doubled(rng, loop):
    at = int(drawn(rng, [-1, -1, 0, 1, 5, 10], 0, 9))
    return replace(loop, times="2" if at < 0 else f"2 if i == {at} else 1")


def _schedule(rng, loop):
    total = loop.iterations
    decay = drawn(rng, [0.1, 0.01, 0.001], 0.002, 0.5)
    factor = drawn(rng, [0.5, 0.9, 0.95, 0.99, 0.999], 0.7, 0.99)
    every, share = int(drawn(rng, [10, 20, 50, 100], 3, 40)), rng.choice([0.5, 0.1])
    line = rng.choice([
        f"rate = RATE / (1 + {decay} * i)",
        f"rate = RATE * {factor} ** i",
        f"rate = RATE * {share} ** (i // {every})",
        "rate = RATE / (i + 1)",
        "rate = RATE / (i + 1) ** 0.5",
        f"rate = RATE * (1 - i / {total})",
    ])  # fmt: skip
    return replace(loop, schedule=str(line))


def _header(rng, loop):
    """Count the header with the rows, or read it as one of zeros."""
    if rng.random() < 0.6:
        return replace(loop, count="len(X) + 1")
    return replace(loop, read=("X, Y = np.append(0.0, X), np.append(0.0, Y)",))


def _rescaled(change):
    """Put x on another scale, or both columns."""

    def changed(rng, loop):
        columns = "X" if rng.random() < 0.8 else "XY"
        return replace(loop, read=tuple(f"{c} = {change.replace('@', c)}" for c in columns))

    return changed


def _read(*lines):
    def change(rng, loop):
        factor = f"{drawn(rng, [10, 100, 1000], 2, 60):g}"
        return replace(loop, read=tuple(line.replace("FACTOR", factor) for line in lines))

    return change


def _scaled(rng, loop):
    which = str(rng.choice(["X", "X", "Y"]))
    how = ("{0} = {0} / FACTOR", "{0} = {0} * FACTOR", "{0} = {0} / {0}.max()")
    line = str(rng.choice(how)).format(which)
    return _read(line)(rng, loop)


def _lost(rng, loop):
    if rng.random() < 0.5:
        return replace(loop, skip=2)
    return replace(loop, read=("X, Y = X[1:], Y[1:]",))


def _floored(rng, loop):
    """Divide by the count with ``//``, slopes or slopes and loss; or take whole numbers of x."""
    if rng.random() < 0.25:
        return replace(loop, read=("X = X.astype(int)",))
    both = rng.random() < 0.5

    def floored(text):
        return text.replace("MEAN[", "SUM[") + " // n"

    change = {"slopes": tuple(map(floored, loop.slopes))}
    if both:
        change["loss"] = floored(loop.loss)
    return replace(loop, **change) if "MEAN" in "".join(loop.slopes) else None


def _rounded(rng, loop):
    if rng.random() < 0.25:
        digits = rng.choice([0, 1, 2, 3])
        return replace(loop, update=(f"d@ = round(d@, {digits})", *loop.update))
    return replace(loop, digits=int(rng.choice([1, 2, 2, 3, 4, 5])))


def _epochs(orders):
    def change(rng, loop):
        if loop.times or loop.body:
            return None
        generator, order = orders[rng.integers(len(orders))]
        size = int(drawn(rng, [1, 1, 2, 4, 5, 8, 10, 16, 32], 2, 40))
        # Who counts from 1 may print the loss of the last batch.
        of_batch = loop.when == "after" and rng.random() < 0.3
        return replace(
            loop, rows="epoch", size=size, generator=generator, order=order, batch_loss=of_batch
        )

    return change


_IN_ORDER = (("", "np.arange(len(X))"),)
_SHUFFLED = tuple(
    (generator.format(seed), "rng.permutation(len(X))")
    for generator in ("rng = np.random.default_rng({})", "rng = np.random.RandomState({})")
    for seed in (0, 0, 1, 42)
)


def tolerance(rng, loop):
    line = "if (dw ** 2 + db ** 2) ** 0.5 < {}:" if loop.with_bias else "if abs(dw) < {}:"
    tolerance = rng.choice([0.1, 0.01, 0.001, 1e-4])
    return replace(
        loop, ends=(*loop.ends, "if i > 0 and " + line[3:].format(tolerance), "    break")
    )


RATE, BIAS, METHOD, START = "learning_rate", "with_bias", "method", ("start_weight", "start_bias")
_PLAIN = (RATE, METHOD)

# Steps of the adaptive methods hardly tell how large slopes are: with them no slope is scaled.
MISTAKES = (
    Mistake("half the loss", "loss", _loss("MEAN", "0.5 * MEAN")),
    Mistake("summed loss", "loss", _loss("MEAN", "SUM")),
    Mistake("root of the loss", "loss", _loss("MEAN[error ** 2]", "MEAN[error ** 2] ** 0.5")),
    Mistake("absolute loss", "loss slope", _absolute, _PLAIN),
    Mistake("gradient without the 2", "slope", _slopes(_without_two), _PLAIN),
    Mistake("summed gradient", "slope", _slopes(lambda s: s.replace("MEAN", "SUM")), _PLAIN),
    Mistake("gradient without x", "slope", _without_x, _PLAIN),
    Mistake("gradient uphill", "sign", _turned, (RATE, METHOD)),
    Mistake("gradient and loss with a half", "slope loss", _half, _PLAIN),
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
    Mistake("header counted", "data", _header, _PLAIN),
    Mistake("column scaled", "data", _scaled, _PLAIN),
    Mistake("standardised", "data", _rescaled("(@ - @.mean()) / @.std()"), _PLAIN),
    Mistake("standardised with n - 1", "data", _rescaled("(@ - @.mean()) / @.std(ddof=1)"), _PLAIN),
    Mistake("normalised", "data", _rescaled("(@ - @.min()) / (@.max() - @.min())"), _PLAIN),
    Mistake("integers divided", "slope loss", _floored, _PLAIN),
    Mistake("float32", "type", lambda _, loop: replace(loop, single=True), _PLAIN),
    Mistake("in batches", "steps", _epochs(_IN_ORDER), (RATE, METHOD)),
    Mistake("rows shuffled", "steps", _epochs(_SHUFFLED), (RATE, METHOD)),
    Mistake("momentum", "method", methods.MOMENTUM, _PLAIN),
    Mistake("momentum with dampening", "method", methods.dampened, _PLAIN),
    Mistake("nesterov", "method order bias sign", methods.nesterov, _PLAIN),
    Mistake("adagrad", "method slope", methods.ADAGRAD, _PLAIN),
    Mistake("rmsprop", "method slope", methods.RMSPROP, _PLAIN),
    Mistake("adam", "method slope", methods.ADAM, _PLAIN),
    Mistake("epsilon inside the root", "method slope", methods.inside, _PLAIN),
    Mistake("adam without bias correction", "method slope", methods.uncorrected, _PLAIN),
    Mistake("step search", "method slope sign order steps bias", methods.search, _PLAIN),
    Mistake("another tolerance", "end", tolerance, _PLAIN),
    Mistake("diverged and cut off", "end", lambda _, loop: loop, _PLAIN),
    Mistake("rounded in between", "type", _rounded, _PLAIN),
)
BY_NAME = {one.name: one for one in MISTAKES}
# Who makes these meant Adam, and says so.
OF_ADAM = {"epsilon inside the root", "adam without bias correction"}
