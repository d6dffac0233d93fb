"""Comparison: what a table says of a run, so that runs can stand side by side."""

import csv
import io
from collections.abc import Iterable
from typing import NamedTuple

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.goals import distance_to_optimum, iterations_to
from gdviz.core.descent.run import Run
from gdviz.core.words.numbers import MINUS, short_number
from gdviz.core.words.sentences import told


class RunSummary(NamedTuple):
    """One line of the table: a column for each field.

    Attributes
    ----------
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
    def of(cls, run: Run, goal: float) -> "RunSummary":
        """Sum up a run; `goal` is the loss to reach."""
        experiment, record, outcome = run.experiment, run.record, run.outcome
        about = run.name, experiment.method.label, settings_summary(experiment)
        word = outcome.ending.value if outcome else "running"
        ended = outcome.iteration if outcome else max(record.newest, 0)
        last = record.last
        if last is None:
            return cls(*about, None, None, None, None, None, word, ended)
        distance = distance_to_optimum(experiment, Point(last.weight, last.bias))
        reached = iterations_to(record, goal)
        return cls(*about, reached, last.loss, last.weight, last.bias, distance, word, ended)


def settings_summary(experiment: Experiment) -> str:
    """Return the settings of a run but for its method, the default ones left out."""
    return " · ".join(told(experiment, "told"))


def comparison_text(summaries: Iterable[RunSummary], goal: float, delimiter: str = ",") -> str:
    """Return a table as CSV, every number in full precision."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    reached = f"iterations to a loss of {short_number(goal)}"
    writer.writerow(
        ("run", "method", "settings", reached, "loss", "w", "b", "distance to the optimum",
         "outcome", "last iteration")
    )  # fmt: skip
    writer.writerows(summaries)
    # Names and settings are for reading; a table goes to machines.
    return text.getvalue().replace(MINUS, "-")
