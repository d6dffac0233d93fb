"""Used: the settings of a learner's loop, and the window's experiment with them."""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.words.numbers import typed_number

if TYPE_CHECKING:
    from gdviz.core.check.logs.log import Log
    from gdviz.core.check.verdict import Given


def known(given: "Given", found_out: "Given") -> "Given":
    """Return what was said, and what was found out where nothing was."""
    unsaid = [one.name for one in fields(given) if getattr(given, one.name) is None]
    return replace(given, **{name: getattr(found_out, name) for name in unsaid})


def last_iteration(log: "Log") -> int:
    """Return the last iteration that a log tells of."""
    return len(log) - 1 if log.iterations is None else int(log.iterations.max())


def as_used(experiment: Experiment, used: "Given", iterations: int) -> Experiment:
    """Return an experiment with the settings that are known, and at least so many iterations.

    It is the same where there is no run of such settings here.
    """
    weight, bias = experiment.start
    start = Point(
        weight if used.start_weight is None else used.start_weight,
        bias if used.start_bias is None else used.start_bias,
    )
    settings: dict[str, Any] = {
        name: value for name, value in (
            ("learning_rate", used.learning_rate), ("with_bias", used.with_bias),
            ("method", used.method), ("batch_size", used.batch_size),
            ("standardise", used.standardise),
        ) if value is not None
    }  # fmt: skip
    if used.with_bias is False:
        settings["standardise"] = False
    iterations = max(iterations, experiment.iterations)
    try:
        return replace(experiment, start=start, iterations=iterations, **settings)
    except ValueError:
        return experiment


def differing(before: Experiment, after: Experiment) -> str:
    """Say what an experiment has that the other hasn't; empty if they have the same."""
    told = []
    if before.learning_rate != after.learning_rate:
        told.append(f"learning rate {typed_number(after.learning_rate)}")
    if before.with_bias != after.with_bias:
        told.append("bias learned" if after.with_bias else "no bias")
    if before.standardise != after.standardise:
        told.append("x standardised" if after.standardise else "x as it is")
    if before.method != after.method:
        told.append(after.method.label)
    if before.start != after.start:
        told.append(f"start ({typed_number(after.start.weight)}, {typed_number(after.start.bias)})")
    if before.iterations != after.iterations:
        told.append(f"{after.iterations:,} iterations")
    return ", ".join(told)
