"""Comparison: what a table says of a run, so that runs can stand side by side."""

import csv
import io
import re
from collections.abc import Iterable
from typing import NamedTuple

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Experiment
from gdviz.core.descent.goals import distance_to_optimum, has_diverged, iterations_to
from gdviz.core.descent.run import Run
from gdviz.core.tables.names import as_text
from gdviz.core.words.numbers import MINUS, number_text, short_number
from gdviz.core.words.sentences import told

# What a table calls an ending. A run that took all its steps reached no goal by that.
ENDINGS = {
    Ending.REACHED: "all steps",
    Ending.CONVERGED: "converged",
    Ending.SETTLED: "settled",
    Ending.DIVERGED: "diverged",
    Ending.STOPPED: "stopped",
    Ending.LOGGED: "log ends",
}

# What means more than itself in Markdown.
_MARKS = re.compile(r"[\\`*_\[\]<>&|~#$!]")


class RunSummary(NamedTuple):
    """One line of the table: a column for each field.

    Attributes
    ----------
    settings : str
        The others that decide the path, the default ones left out.
    iterations : int or None
        How many it took to reach the goal; None: it has not, or only in passing, for it diverged.
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
        word = outcome_word(run)
        ended = outcome.iteration if outcome else max(record.newest, 0)
        last = record.last
        if last is None:
            return cls(*about, None, None, None, None, None, word, ended)
        distance = distance_to_optimum(experiment, Point(last.weight, last.bias))
        diverged = outcome is not None and has_diverged(experiment, outcome, last.loss)
        reached = None if diverged else iterations_to(record, goal)
        return cls(*about, reached, last.loss, last.weight, last.bias, distance, word, ended)


def outcome_word(run: Run) -> str:
    """Return how a run ended, in a word, or ``running``."""
    experiment, outcome, last = run.experiment, run.outcome, run.record.last
    if outcome is None:
        return "running"
    to_the_end = outcome.ending in (Ending.REACHED, Ending.LOGGED)
    if to_the_end and last and has_diverged(experiment, outcome, last.loss):
        return "diverges"  # it would leave all bounds if it were longer
    return ENDINGS[outcome.ending]


def missed_sentence(run: Run, goal: float) -> str:
    """Say why a run has not reached a goal."""
    last, outcome = run.record.last, run.outcome
    if last is None:
        return "Nothing recorded yet"
    if outcome is None:
        return "Not reached so far"
    if has_diverged(run.experiment, outcome, last.loss):
        return "Not reached: the run ends higher than it starts"
    if run.experiment.bowl.minimum > goal:
        least = short_number(run.experiment.bowl.minimum)
        return f"Out of reach: no loss is lower than {least} with these settings"
    lowest = min(float(run.record.loss.min()), last.loss)
    return f"Not reached: the lowest loss of the run is {short_number(lowest)}"


def settings_summary(experiment: Experiment) -> str:
    """Return the settings of a run but for its method, the default ones left out."""
    return " · ".join(told(experiment, "told"))


def comparison_text(summaries: Iterable[RunSummary], goal: float, delimiter: str = ",") -> str:
    """Return a table as CSV, every number in full precision."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(head.replace(MINUS, "-") for head in _heads(goal))
    writer.writerows(map(_cell, summary) for summary in summaries)
    return text.getvalue()


def comparison_markdown(summaries: Iterable[RunSummary], goal: float) -> str:
    """Return a table as Markdown, to be read in a report."""
    ways = ["---" if kind is str else "---:" for kind in RunSummary.__annotations__.values()]
    lines = [_heads(goal), ways, *(map(_shown, summary) for summary in summaries)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


# How a table of runs is written, by the suffix of the file.
COMPARISONS = {".csv": comparison_text, ".md": comparison_markdown}


def _heads(goal: float) -> tuple[str, ...]:
    return (
        "run", "method", "settings", f"iterations to a loss of {short_number(goal)}", "loss", "w",
        "b", "distance to the optimum", "outcome", "last iteration",
    )  # fmt: skip


def _shown(value: str | float | None) -> str:
    """Return a cell as Markdown shows it: in one line, and as it stands."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _MARKS.sub(r"\\\g<0>", " ".join(value.split()))
    return f"{value:,}" if isinstance(value, int) else number_text(value)


def _cell(value: object) -> object:
    """Return a cell as machines read it: with their minus, and no text that is a formula."""
    return as_text(value.replace(MINUS, "-")) if isinstance(value, str) else value
