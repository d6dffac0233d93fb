"""Descriptions: what a picture shows, in a sentence for those who don't see it.

They say no more than the picture does: nothing of the step to come, which may be a secret, and in
the fog nothing of the minimum.
"""

import math
from collections.abc import Sequence

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.run import Run
from gdviz.core.descent.sweep import Trial, fastest
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.words.inputs import DIGITS as INPUT_DIGITS
from gdviz.core.words.inputs import input_text
from gdviz.core.words.numbers import number_text, short_number
from gdviz.core.words.rows import rows_text
from gdviz.core.words.sentences import line_text

DIGITS = 4


def place(experiment: Experiment, row: Row, length: int) -> str:
    """Say where the hiker stands, at which of so many iterations: for whoever just came there."""
    return f"{_when(row, length)}: {_line(experiment, row)}, loss {_number(row.loss)}."


def curve(experiment: Experiment, row: Row, length: int, along: str = "weight") -> str:
    """Describe the loss curve along the weight or the bias."""
    slope = row.weight_gradient if along == "weight" else row.bias_gradient
    return (
        f"{_when(row, length)}: the hiker stands at {_line(experiment, row)}, "
        f"loss {_number(row.loss)}, slope {_number(slope)}{_downhill(slope)}; {_rows(experiment)}."
    )


def ground(experiment: Experiment, row: Row, length: int, fog: bool = False) -> str:
    """Describe the loss over weight and bias, from above or as a surface."""
    said = (
        f"{_when(row, length)}: the hiker stands at {_line(experiment, row)}, "
        f"loss {_number(row.loss)}, slope {_number(row.weight_gradient)} along w"
    )
    if experiment.with_bias:
        said += f" and {_number(row.bias_gradient)} along b"
    if not fog and experiment.bowl.curvature > 0:
        bowl = experiment.bowl
        said += f"; the minimum is at {_line(experiment, bowl.optimum)}, loss "
        said += _number(bowl.minimum)
    return f"{said}; {_rows(experiment)}."


def history(row: Row, record: Record, length: int, scale: str = "linear") -> str:
    """Describe the loss by iteration, on an axis of some scale."""
    said = f"{_when(row, length)}: loss {_number(row.loss)}"
    if row.iteration:
        said += f", after {_number(record[0].loss)} at the start"
    if record.last is not None and record.last.iteration > row.iteration:
        said += f"; the last known is {_number(record.last.loss)} at {record.last.iteration:,}"
    return f"{said}.{'' if scale == 'linear' else ' The axis is logarithmic.'}"


def data(experiment: Experiment, row: Row, chosen: int | None = None) -> str:
    """Describe the rows, the line at an iteration and how well it fits, and the chosen row."""
    dataset = experiment.dataset
    determined = dataset.bowl.determination(row.loss)
    fit = "" if determined is None else f"R² {_number(determined)}, "
    said = (
        f"{_rows(experiment)}, {dataset.shown.y} by {dataset.x_counts}; the line at iteration "
        f"{row.iteration:,} has {_line(experiment, row)}, {fit}loss {_number(row.loss)}."
    )
    return said if chosen is None else f"{said} {point(experiment, chosen).capitalize()} is chosen."


def point(experiment: Experiment, index: int) -> str:
    """Say where a row of the data stands."""
    dataset = experiment.dataset
    x, y = input_text(dataset, float(dataset.x[index])), number_text(dataset.y[index], INPUT_DIGITS)
    return f"row {index + 1:,}, x = {x}, y = {y}"


def sweep(experiment: Experiment, trials: Sequence[Trial]) -> str:
    """Describe what became of the learning rates that were tried."""
    rate, limit = experiment.learning_rate, experiment.learning_rate_limit
    current = f"The current rate is {short_number(rate)}"
    if math.isfinite(limit):
        current += f", the limit {number_text(limit, DIGITS)}"
    if not trials:
        return f"No rate was tried yet. {current}."
    diverged = sum(trial.diverged for trial in trials)
    reached = sum(trial.iterations is not None and not trial.diverged for trial in trials)
    said = (
        f"{len(trials):,} rates from {short_number(trials[0].rate)} to "
        f"{short_number(trials[-1].rate)}: {reached:,} reach the goal, {diverged:,} diverge"
    )
    best = fastest(trials)
    if best is not None:
        said += f"; fastest is {short_number(best.rate)}, in {best.iterations:,} iterations"
    return f"{said}. {current}."


def others(kept: Sequence[Run]) -> str:
    """Say which other runs a picture shows."""
    if not kept:
        return ""
    return f"Kept beside it: {'; '.join(run.name for run in kept)}."


def _when(row: Row, length: int) -> str:
    return f"Iteration {row.iteration:,} of {length:,}"


def _line(experiment: Experiment, line: Row | Point) -> str:
    return line_text(line.weight, line.bias if experiment.with_bias else None, DIGITS)


def _rows(experiment: Experiment) -> str:
    return rows_text(experiment.dataset)


def _downhill(slope: float) -> str:
    if slope == 0:
        return " (level)"
    return f" (downhill to the {'left' if slope > 0 else 'right'})"


def _number(value: float) -> str:
    return number_text(value, DIGITS)
