"""What the numbers mean, in sentences for window and command line alike."""

import math

from gdviz.core.descent.bowl import Direction
from gdviz.core.descent.descent import Ending, Experiment, Outcome
from gdviz.core.descent.logged import Logged
from gdviz.core.descent.methods import GradientDescent
from gdviz.core.descent.settings import settings_of, values
from gdviz.core.descent.sweep import Trial
from gdviz.core.descent.trajectory import Row
from gdviz.core.words.numbers import count_text, number_text, short_number

# Ground that is so many times steeper in one direction than in the other is a valley.
ROUND = 2.0


def slope_sentence(experiment: Experiment, row: Row) -> str:
    """Say what the slope means for the next step.

    It speaks of the slope that the step follows: that of the loss in the units descent runs in,
    where it isn't that of a batch.
    """
    level = row.weight_gradient == row.bias_gradient == 0
    moves = row.weight_step != 0 or row.bias_step != 0
    if level and not moves:
        return "The slope is zero: the ground is level here, and no step changes anything."
    if experiment.in_batches:
        return "The step follows the slope of its batch, not quite that of all rows."
    if level:
        return "The slope is zero here: the next step is carried on by the steps before it."
    if not moves and not experiment.method.follows_slope:
        return "No step of this size lowers the loss: the hiker stays here."
    if not experiment.with_bias:
        return _weight_sentence(row)
    weight, bias = map(abs, experiment.scaled_bowl.gradient(*experiment.scale.scaled(row)))
    return (
        f"w {_goes(row.weight_step)} and b {_goes(row.bias_step)}: the slope"
        f"{' on z' * experiment.standardise} is steeper along {'w' if weight >= bias else 'b'}."
    )


def _weight_sentence(row: Row) -> str:
    """Say what the slope means where only the weight moves."""
    way = "right" if row.weight_step > 0 else "left"
    if (row.weight_gradient < 0) is not (row.weight_step > 0):
        return f"The next step goes {way}, uphill: it is carried on by the steps before it."
    if row.weight_gradient < 0:
        return f"The slope is negative: the loss falls as w grows, so the next step goes {way}."
    return f"The slope is positive: the loss grows with w, so the next step goes {way}."


def _goes(step: float) -> str:
    return "grows" if step > 0 else "shrinks" if step < 0 else "stays"


def no_row_sentence(experiment: Experiment, outcome: Outcome | None) -> str:
    """Say why a run has not even its start."""
    if outcome is None:
        return "The run has only begun: it has no iteration yet."
    if outcome.ending is not Ending.DIVERGED:
        return "The run ended before its first iteration."
    start = experiment.start
    line = line_text(start.weight, start.bias if experiment.with_bias else None)
    works = "w = 0, b = 0" if experiment.with_bias else "w = 0"
    return (
        f"The run has no iteration: at its start, {line}, the loss is beyond all bounds. "
        f"A start at {works} works."
    )


def outcome_sentence(experiment: Experiment, outcome: Outcome) -> str:
    """Say why a run ended."""
    if outcome.iteration < 0:
        return no_row_sentence(experiment, outcome)
    match outcome.ending:
        case Ending.REACHED:
            return f"Ran all {outcome.iteration:,} iterations."
        case Ending.CONVERGED:
            return (
                f"Stopped at iteration {outcome.iteration:,}: the slope is smaller than "
                f"{short_number(experiment.tolerance or 0)}."
            )
        case Ending.SETTLED:
            return (
                f"Stopped at iteration {outcome.iteration:,}: no step of "
                f"{short_number(experiment.learning_rate)} lowers the loss any more."
            )
        case Ending.LOGGED:
            return f"The log ends at iteration {outcome.iteration:,}."
        case Ending.STOPPED:
            return f"You stopped the run at iteration {outcome.iteration:,}."
        case Ending.DIVERGED:
            return f"Diverged: the loss left all bounds at iteration {outcome.iteration:,}."


def settings_text(experiment: Experiment) -> str:
    """Return the settings that decide a run's path, the default ones left out."""
    parts = told(experiment, "caption")
    if type(experiment.method) is not GradientDescent:
        parts.insert(0, experiment.method.label)
    return " · ".join(parts)


def told(experiment: Experiment, how: str) -> list[str]:
    """Return what a column of the table of settings says of those that aren't the default.

    Of a log it is said first where it is from.
    """
    method = experiment.method
    origin = [method.told] if isinstance(method, Logged) else []
    shown = {
        name: short_number(value)
        for name, value in values(experiment).items() if not isinstance(value, str)
    }  # fmt: skip
    # The learning rate is always worth a word: each method has a usual one of its own.
    parts = [
        getattr(setting, how).format_map(shown) for setting in settings_of(experiment)
        if setting.name == "learning_rate"
        or (setting.is_on(experiment) and setting.of(experiment) != setting.default)
    ]  # fmt: skip
    return [part for part in dict.fromkeys([*origin, *parts]) if part]


def half_life_text(axis: Direction, experiment: Experiment) -> str:
    """Return how fast plain gradient descent comes down one axis, in two short lines.

    In a valley it is said which of them leads across, over steep ground, and which along it.
    """
    bowl, steps = experiment.scaled_bowl, axis.half_life(experiment.learning_rate)
    way = ""
    if bowl.unit and bowl.condition > ROUND:
        way = "across, steep: " if axis == bowl.axes[0] else "along, level: "
    if not steps < math.inf:
        return f"{way}farther\naway with every step"
    if steps < 1.05:
        return f"{way}half\nthe way or more in a step"
    count = count_text(steps) if steps >= 10 else number_text(steps, 2)
    return f"{way}half\nthe way in {count} steps"


def trial_sentence(trial: Trial) -> str:
    """Say what became of a learning rate."""
    rate = f"Rate {short_number(trial.rate)}"
    if trial.diverged:
        return f"{rate} diverges."
    if trial.iterations is None:
        return f"{rate} does not reach the goal; its final loss is {number_text(trial.loss)}."
    steps = f"{trial.iterations:,} iteration{'s' * (trial.iterations != 1)}"
    return f"{rate} reaches the goal in {steps}; its final loss is {number_text(trial.loss)}."


def run_name(experiment: Experiment) -> str:
    """Return a short name for a run, such as ``rate 0.001`` or ``Adam 0.01, batches of 5``."""
    if isinstance(experiment.method, Logged):
        return experiment.method.told
    plain = type(experiment.method) is GradientDescent
    name = "rate" if plain else experiment.method.label
    parts = [f"{name} {short_number(experiment.learning_rate)}"]
    if experiment.in_batches:
        parts.append(f"batches of {experiment.batch_size}")
    if experiment.standardise:
        parts.append("standardised")
    return ", ".join(parts)


def caption(experiment: Experiment, row: Row, length: int) -> str:
    """Return the line under a picture: which data, settings and iteration of how many."""
    line = line_text(row.weight, row.bias if experiment.with_bias else None)
    return (
        f"{experiment.dataset.shown.source} · {settings_text(experiment)} · "
        f"iteration {row.iteration:,} of {length:,} · {line} · loss = {number_text(row.loss)}"
    )


def line_text(weight: float, bias: float | None = None, digits: int = 6) -> str:
    """Return weight and bias of a line for reading, such as ``w = 1.5, b = -2``."""
    text = f"w = {number_text(weight, digits)}"
    return text if bias is None else f"{text}, b = {number_text(bias, digits)}"
