"""Right runs by a seed: programs that do what gdviz does, with any of its settings."""

from dataclasses import replace

import numpy as np

from faulty import methods, mistakes
from faulty.loop import Loop, a_style
from faulty.printing import a_printing
from faulty.rates import rate_for
from faulty.rows import rows
from faulty.running import prepared
from faulty.runs import PLAIN, Draft, FaultyRun, ends_of, iterations_of, stated_of, tells

METHODS = {
    "momentum": methods.MOMENTUM, "nesterov": methods.NESTEROV, "adagrad": methods.ADAGRAD,
    "rmsprop": methods.RMSPROP, "adam": methods.ADAM, "step-search": methods.search,
}  # fmt: skip
# What gdviz takes for hyperparameters: nobody need say so.
USUAL = {
    "momentum": {"momentum": 0.9}, "nesterov": {"momentum": 0.9}, "adagrad": {"epsilon": 1e-10},
    "rmsprop": {"alpha": 0.99, "epsilon": 1e-8}, "adam": {"epsilon": 1e-8}, "step-search": {},
}  # fmt: skip


def correct_run(seed):
    """Return a run in which nothing is wrong; what no log could show is said."""
    rng = np.random.default_rng((81, seed))
    run = None
    while run is None:
        run = _tried(rng, seed)
    return run


def _tried(rng, seed):
    x, y = rows(rng)
    printing = a_printing(rng, with_bias := bool(rng.random() < 0.7))
    when = "after" if printing.first else "before"
    loop = Loop(iterations_of(rng, printing), with_bias=with_bias, when=when)
    settings, always = {"with_bias": with_bias}, set()
    loop = _with_method(rng, loop, settings, always)
    if not loop.body:
        loop = _with_rows(rng, loop, settings, always, len(x))
    loop = _started(rng, loop, settings, always, "w" in printing.shows)
    if rng.random() < 0.15 and printing.every and not loop.body:
        loop = mistakes.tolerance(rng, loop)
    diverging = bool(printing.every) and rng.random() < 0.1
    rate = rate_for(rng, loop, prepared(loop, x, y)[0], diverging)
    settings["learning_rate"] = rate
    loop = replace(loop, ends=(*loop.ends, *(ends_of(rng) if diverging else ())))
    draft = Draft(x, y, loop, printing, a_style(rng, loop), rate, {})
    text, out = draft.log(())
    if not tells(out, printing):
        return None
    given = stated_of(rng, settings, always if printing.every else settings)
    out = out.replace("\n", printing.line_end)
    return FaultyRun(out, x, y, given, (), text, draft.format, printing, draft.loop(()), seed)


def _with_method(rng, loop, settings, always):
    settings["method"] = PLAIN
    name = str(rng.choice(["plain"] * 5 + list(METHODS)))
    if name != "plain":
        loop = METHODS[name](rng, loop)
        settings["method"] = name, dict(loop.hyper)
        if dict(loop.hyper) != USUAL[name]:
            always.add("method")
    return loop


def _with_rows(rng, loop, settings, always, count):
    """Take batches in gdviz's order, or standardise and print weights in units of x, or neither."""
    chance = rng.random()
    size = int(rng.choice([1, 2, 4, 8, 10, 16, 32]))
    if chance < 0.2 and size < count:
        settings["batch_size"] = size
        always |= {"batch_size", "learning_rate", "method", "with_bias"}
        generator, order = "rng = np.random.default_rng(0)", "rng.permutation(len(X))"
        return replace(loop, rows="step", size=size, generator=generator, order=order)
    if loop.with_bias:
        settings["standardise"] = 0.2 < chance < 0.35
        if settings["standardise"]:
            read = ("mean, sd = X.mean(), X.std()", "X = (X - mean) / sd")
            return replace(loop, read=read, shown=("w / sd", "b - w * mean / sd"))
    return loop


def _started(rng, loop, settings, always, weights_show):
    if rng.random() < 0.25 and not loop.read:
        weight, bias = rng.choice([0.0, 1.0, -2.5, 10.0], size=2)
        loop = replace(loop, start=(float(weight), float(bias) if loop.with_bias else 0.0))
        if not weights_show:
            always |= {"start_weight", "start_bias"}
    settings["start_weight"], settings["start_bias"] = loop.start
    return loop
