"""Runs by a seed: a program is put together, run, and what it prints is kept with what is wrong."""

import re
from dataclasses import dataclass, field, replace

import numpy as np

from faulty import methods, mistakes
from faulty.loop import Loop, a_style, program
from faulty.mistakes import BY_NAME, MISTAKES
from faulty.printing import Printing, a_printing
from faulty.rates import rate_for
from faulty.rows import rows
from faulty.running import prepared, printed

# As many of batches take a second.
MOST_UPDATES = 20_000
# Nothing is wrong in a log of these alone.
HARMLESS = {"another tolerance", "diverged and cut off"}
METHODS = {
    "momentum": methods.MOMENTUM, "nesterov": methods.NESTEROV, "adagrad": methods.ADAGRAD,
    "rmsprop": methods.RMSPROP, "adam": methods.ADAM, "step-search": methods.search,
}  # fmt: skip
DEFAULTS = {"momentum": 0.9, "alpha": 0.99}
EPSILONS = {"adagrad": 1e-10}


@dataclass(frozen=True)
class FaultyRun:
    """What somebody has: a log, their rows, what they say of their settings; and the truth.

    Attributes
    ----------
    given : dict
        What the learner says; what isn't in it isn't said. ``method`` is a name and a dict of
        hyperparameters.
    causes : tuple of str
        What is wrong; empty if nothing is.
    format : str
        How it was printed, and in what style the program is written.
    """

    text: str
    x: np.ndarray = field(repr=False)
    y: np.ndarray = field(repr=False)
    given: dict
    causes: tuple[str, ...]
    program: str = field(repr=False)
    format: str
    printing: Printing = field(repr=False)
    loop: Loop = field(repr=False)
    seed: int = 0


def faulty_run(seed, kinds=None, lines=None):
    """Return a run with one or two mistakes, which show in its log.

    Mistakes are drawn, or are `kinds`; the log is as long as chance has it, or has so many rows.
    """
    rng = np.random.default_rng((18, seed))
    if kinds is None:
        first = MISTAKES[seed % len(MISTAKES)]
        kinds = (first.name,) if rng.random() < 0.55 else (first.name, _partner(rng, first))
    chosen = tuple(BY_NAME[name] for name in kinds)
    for _ in range(400):
        run = _tried(rng, chosen, seed, lines)
        if run is not None:
            return run
    if len(kinds) > 1:
        # Some pairs can't be, or never show.
        return faulty_run(seed, kinds[:1], lines)
    raise RuntimeError(f"{kinds} can't be shown")


def _partner(rng, first):
    others = [one.name for one in MISTAKES if not set(one.group.split()) & set(first.group.split())]
    return str(rng.choice(others))


def _tried(rng, chosen, seed, lines):
    """Return a run with these mistakes; None if they can't be, or don't show."""
    x, y = rows(rng)
    printing = a_printing(rng, with_bias := bool(rng.random() < 0.7))
    if lines is not None and not printing.every:
        return None
    iterations = lines * printing.every if lines else _iterations(rng, printing)
    right = Loop(iterations, with_bias=with_bias)
    right = replace(right, when="after" if printing.first else "before")
    changes = np.random.default_rng(rng.integers(2**32))
    loop = _with(right, chosen, changes.bit_generator.state)
    if printing.every == 0 and HARMLESS & {one.name for one in chosen}:
        return None  # there only the end is printed
    if loop is None or (loop.rows and right.iterations * len(x) > loop.size * MOST_UPDATES):
        return None
    diverging = "diverged and cut off" in {one.name for one in chosen}
    diverging = diverging or bool(printing.every and rng.random() < 0.05)
    rate = rate_for(rng, loop, prepared(loop, x, y)[0], diverging)
    factor = np.prod([one.factor for one in chosen])
    believed = float(f"{rate / factor:.4g}")
    ends = _ends(rng) if diverging else ()
    style = a_style(rng, loop)

    meant = replace(right, ends=ends)
    settings = {
        "learning_rate": believed, "with_bias": with_bias, "start_weight": 0.0, "start_bias": 0.0,
        "method": ("gradient-descent", {}),
    }  # fmt: skip
    if mistakes.OF_ADAM & {one.name for one in chosen}:
        meant = methods.meant_adam(dict(loop.hyper)["epsilon"])(rng, meant)
        settings["method"] = "adam", dict(loop.hyper)

    def log(some):
        changed = _with(meant, some, changes.bit_generator.state)
        rate = believed * np.prod([one.factor for one in some])
        changed = replace(changed, rate=float(f"{rate:.4g}"))
        text = program(changed, style, printing)
        return changed, text, printed(text, x, y)

    loop, text, out = log(chosen)
    if not _tells(out, printing):
        return None
    for one in chosen:
        if (
            one.name not in HARMLESS
            and log([other for other in chosen if other is not one])[2] == out
        ):
            return None
    stated = {name for one in chosen for name in one.states}
    given = _stated(rng, settings, settings if printing.every == 0 else stated)
    return FaultyRun(
        out.replace("\n", printing.line_end), x, y, given, tuple(one.name for one in chosen), text,
        f"{printing.name}; {' '.join(style)}", printing, loop, seed,
    )  # fmt: skip


def _with(loop, chosen, state):
    """Return the loop with mistakes, each drawn anew from the same state."""
    for one in chosen:
        rng = np.random.default_rng(0)
        rng.bit_generator.state = state
        loop = one.change(rng, loop)
        if loop is None:
            return None
    return loop


def _iterations(rng, printing):
    few = int(rng.choice([10, 20, 30, 50, 100, 100, 100, 200, 300, 500, 1000]))
    return max(few, 8 * printing.every + 1) if printing.every else few


def _ends(rng):
    """Draw how a run that diverges is cut off, if it is."""
    return [
        (), ("if not np.isfinite(loss):", "    break"), ("if loss > 1e10:", "    break"),
        ("if loss > 1e6:", "    print('diverged!')", "    break"),
        ("if np.isnan(loss):", "    raise OverflowError('loss is nan')"),
    ][rng.integers(5)]  # fmt: skip


def _tells(out, printing):
    """Tell whether a log has numbers enough to say anything."""
    lines = [line for line in out.splitlines() if re.search(r"\d", line)]
    finite = [line for line in lines if not re.search(r"\b(nan|inf)\b", line)]
    return len(finite) >= (4 if printing.every else 1) and (bool(printing.every) or finite == lines)


def _stated(rng, settings, always):
    return {name: value for name, value in settings.items() if name in always or rng.random() < 0.5}


def correct_run(seed):
    """Return a run in which nothing is wrong, with any of gdviz's settings."""
    rng = np.random.default_rng((81, seed))
    while True:
        run = _right(rng, seed)
        if run is not None:
            return run


def _right(rng, seed):
    x, y = rows(rng)
    with_bias = bool(rng.random() < 0.7)
    printing = a_printing(rng, with_bias)
    loop = Loop(_iterations(rng, printing), with_bias=with_bias)
    loop = replace(loop, when="after" if printing.first else "before")
    settings, always = {"with_bias": with_bias, "start_weight": 0.0, "start_bias": 0.0}, set()
    name = str(rng.choice(["gradient-descent"] * 5 + list(METHODS)))
    if name != "gradient-descent":
        loop = METHODS[name](rng, loop)
        if any(value != _default(name, letter) for letter, value in loop.hyper):
            always.add("method")
    settings["method"] = name, dict(loop.hyper)
    if rng.random() < 0.2 and name != "step-search":
        settings["batch_size"] = size = int(rng.choice([1, 2, 4, 8, 10, 16, 32]))
        if size < len(x):
            loop = replace(
                loop, rows="step", size=size, generator="rng = np.random.default_rng(0)",
                order="rng.permutation(len(X))",
            )  # fmt: skip
            always |= {"batch_size", "learning_rate", "method", "with_bias"}
    elif rng.random() < 0.15 and with_bias and name != "step-search":
        loop = replace(
            loop, read=("mean, sd = X.mean(), X.std()", "X = (X - mean) / sd"),
            shown=("w / sd", "b - w * mean / sd"),
        )  # fmt: skip
    if rng.random() < 0.25 and not loop.read:
        weight, bias = rng.choice([0.0, 1.0, -2.5, 10.0], size=2)
        loop = replace(loop, start=(float(weight), float(bias) if with_bias else 0.0))
        settings["start_weight"], settings["start_bias"] = loop.start
        if "w" not in printing.shows:
            always |= {"start_weight", "start_bias"}
    if rng.random() < 0.15 and printing.every and name != "step-search":
        loop = mistakes.tolerance(rng, loop)
    diverging = bool(printing.every) and rng.random() < 0.1
    rate = rate_for(rng, loop, prepared(loop, x, y)[0], diverging)
    loop = replace(loop, rate=rate, ends=(*loop.ends, *(_ends(rng) if diverging else ())))
    settings["learning_rate"] = rate
    style = a_style(rng, loop)
    text = program(loop, style, printing)
    out = printed(text, x, y)
    if not _tells(out, printing):
        return None
    given = _stated(rng, settings, settings if printing.every == 0 else always)
    out = out.replace("\n", printing.line_end)
    form = f"{printing.name}; {' '.join(style)}"
    return FaultyRun(out, x, y, given, (), text, form, printing, loop, seed)


def _default(method, letter):
    if letter == "epsilon":
        return EPSILONS.get(method, 1e-8)
    return DEFAULTS[letter]
