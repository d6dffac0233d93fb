"""Comparison: what a table says of a run, so that runs can stand side by side."""

import csv
import io
import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from gdviz.core.descent.bowl import Bowl, Point
from gdviz.core.descent.descent import DIVERGED_LOSS, Experiment, Outcome
from gdviz.core.descent.trajectory import Record
from gdviz.core.words.sentences import short_number, told

# A goal worth reaching: this much of the way from the start down to the minimum is left.
GOAL_SHARE = 0.01


class RunSummary(NamedTuple):
    """One line of the table: a column for each field.

    Attributes
    ----------
    name : str
    method : str
        Its label.
    settings : str
        The others that decide the path, the default ones left out.
    iterations : int or None
        How many it took to reach the goal; None: it has not.
    loss, weight, bias : float or None
        The last of the run, in the units of the data; None before the first row.
    distance : float or None
        How far weight and bias are from the best ones, in the units of the data.
    outcome : str
        How the run ended, in a word, or ``running``.
    ended : int
        The iteration at which it ended, or as far as it is.
    """

    name: str
    method: str
    settings: str
    iterations: int | None
    loss: float | None
    weight: float | None
    bias: float | None
    distance: float | None
    outcome: str
    ended: int

    @classmethod
    def of(
        cls, name: str, experiment: Experiment, record: Record, outcome: Outcome | None, goal: float
    ) -> "RunSummary":
        """Sum up a run; `outcome` is None while it goes on, and `goal` the loss to reach."""
        about = name, experiment.method.label, settings_summary(experiment)
        word = outcome.ending.value if outcome else "running"
        ended = outcome.iteration if outcome else max(record.newest, 0)
        last = record.last
        if last is None:
            return cls(*about, None, None, None, None, None, word, ended)
        distance = distance_to_optimum(experiment, Point(last.weight, last.bias))
        reached = iterations_to(record, goal)
        return cls(*about, reached, last.loss, last.weight, last.bias, distance, word, ended)


def iterations_to(record: Record, loss: float) -> int | None:
    """Return the first kept iteration whose loss is `loss` or less; None if there is none.

    Of a run so long that only every 2nd, 4th, … row is kept, the first one kept.
    """
    reached = record.loss <= loss
    index = int(np.argmax(reached)) if len(reached) else 0
    if len(reached) and reached[index]:
        return index * record.stride
    if record.last is not None and record.last.loss <= loss:
        return record.last.iteration
    return None


def distance_to_optimum(experiment: Experiment, line: Point) -> float:
    """Return how far a line is from the best one that the experiment can find.

    Both are in the units of the data, standardised or not. Where a level valley of lines is
    equally good, it is the distance to the nearest of them.
    """
    bowl = experiment.dataset.bowl if experiment.with_bias else experiment.bowl
    shift = line.weight - bowl.optimum.weight, line.bias - bowl.optimum.bias
    return math.hypot(*(axis.distance(*shift) for axis in bowl.axes if axis.steepness > 0))


def settings_summary(experiment: Experiment) -> str:
    """Return the settings of a run but for its method, the default ones left out."""
    return " · ".join(told(experiment, "told"))


def start_loss(experiment: Experiment) -> float:
    """Return the loss at the start, or the largest that a run may have."""
    loss = experiment.bowl.loss(*experiment.scale.scaled(experiment.start))
    return min(loss, DIVERGED_LOSS)


def goal_loss(experiment: Experiment) -> float:
    """Return a loss worth reaching: 1 % of the start's height above the minimum.

    It is rounded up to two digits of that height, to be short to read.
    """
    bowl: Bowl = experiment.bowl
    height = GOAL_SHARE * (start_loss(experiment) - bowl.minimum)
    goal = bowl.minimum + height
    if height <= 0:
        return goal
    digits = 1 - math.floor(math.log10(height))
    rounded = round(goal, digits)
    return rounded if rounded >= goal else round(goal + 10.0**-digits, digits)


def table_text(summaries: Iterable[RunSummary], goal: float, delimiter: str = ",") -> str:
    """Return a table as CSV, every number in full precision."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    reached = f"iterations to a loss of {short_number(goal)}"
    writer.writerow(
        ("run", "method", "settings", reached, "loss", "w", "b", "distance to the optimum",
         "outcome", "last iteration")
    )  # fmt: skip
    writer.writerows(summaries)
    return text.getvalue()
