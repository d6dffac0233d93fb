"""Settings: the one table of what a run can be asked for, and of how each part of gdviz says it.

To add a setting, give `Experiment` a field, use it, and write its row here: panel, command line,
preferences, lessons, comparison and the settings of the program follow from the row.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import MOST_ITERATIONS, Experiment
from gdviz.core.descent.logged import Logged
from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import METHODS
from gdviz.core.tables.dataset import LARGEST, Dataset

Value = bool | int | float | str
# The largest whole number that a box of Qt's holds, and bounds of what a box shows in full.
MOST = 2**31 - 1
SMALL, LARGE = 1e-300, 1e300
NAMES = {kind: name for name, kind in METHODS.items()}


@dataclass(frozen=True)
class Setting:
    """One setting, by the same name in preferences, lessons and their conditions.

    Attributes
    ----------
    default : bool, int, float or str
        Its type is that of every value.
    low, high : float
        The smallest and largest number.
    off : str
        With it 0 is allowed, too: it stands for None and is called this.
    needs : str
        The setting that has to be on for this one to mean anything.
    place : str
        Where an experiment keeps it, if not under its name.
    label, help : str
        What stands beside its control in the panel, and what a tooltip says above the meaning of
        the terms in the label.
    option, usage : str
        What to type on the command line, and what ``--help`` says.
    told, caption : str
        How comparison and captions say it, in terms of all settings; empty: not at all.
    note : str or None
        The comment behind it in the program; None: the program sets it in a way of its own.
    """

    name: str
    default: Value
    low: float = 0
    high: float = MOST
    off: str = ""
    needs: str = ""
    place: str = ""
    label: str = ""
    help: str = ""
    option: str = ""
    usage: str = ""
    told: str = ""
    caption: str = ""
    note: str | None = ""

    @property
    def kind(self) -> type:
        """What its values are."""
        return type(self.default)

    @property
    def bounds(self) -> str:
        """Its range in words."""
        form = ",d" if self.kind is int else "g"
        low = "above 0 and at most" if self.low == SMALL else f"from {self.low:{form}} to"
        return f"{low} {self.high:{form}}{', or 0' if self.off else ''}"

    def allows(self, value: Any) -> bool:  # noqa: ANN401
        """Tell whether a number lies within the range."""
        return self.low <= value <= self.high or bool(self.off and value == 0)

    def of(self, experiment: Experiment) -> Value:
        """Return its value in an experiment."""
        value = attrgetter(self.place or self.name)(experiment)
        if isinstance(value, Method):
            return NAMES[type(value)]
        return self.kind(value or 0)  # type: ignore[no-any-return]

    def is_on(self, experiment: Experiment) -> bool:
        """Tell whether it has a say in a run."""
        if "batch_size" in (self.name, self.needs):
            return experiment.in_batches
        return not self.off or self.of(experiment) != 0


_ROWS = (
    Setting(
        "iterations", Experiment.iterations, 1, MOST_ITERATIONS,
        label="&Iterations", help="How many steps to take",
        option="--iterations N", usage="how many steps to take (default: 100)",
    ),
    Setting(
        "learning_rate", Experiment.learning_rate, SMALL, LARGE,
        label="&Learning rate",
        help="A number such as 0.001 or 1e-5",
        option="--learning-rate LR",
        usage="default: the method's published one, 0.001 for gradient descent, where it works "
        "on these data, else one that does",
        told="rate {learning_rate}", caption="learning rate {learning_rate}",
    ),
    Setting(
        "tolerance", 0.0, SMALL, LARGE, off="off",
        label="&Tolerance", help="0 turns it off",
        option="--tolerance T", usage="stop when the slope is smaller than T",
        told="tolerance {tolerance}", note="stop on ground this flat",
    ),
    Setting(
        "with_bias", Experiment.with_bias,
        label="Learn the &bias, too",
        help="Learn a second number: the loss curve becomes a bowl",
        option="--bias", usage="learn the bias, too", told="bias", note=None,
    ),
    Setting(
        "start_weight", Experiment.start.weight, -LARGEST, LARGEST, place="start.weight",
        label="start w", help="Type it, or drag the hiker in a picture of the loss",
        option="--start W[,B]", usage="where to start (default: 0,0)",
        told="start ({start_weight}, {start_bias})", note=None,
    ),
    Setting(
        "start_bias", Experiment.start.bias, -LARGEST, LARGEST, place="start.bias",
        label="start b", help="Type it, or drag the hiker in a picture of the loss",
        usage="the bias to start from", told="start ({start_weight}, {start_bias})", note=None,
    ),
    Setting(
        "method", NAMES[type(Experiment.method)],
        label="Method", help="The rule that turns a slope into a step",
        option="--method NAME", usage=f"one of {', '.join(METHODS)}", note=None,
    ),
    Setting(
        "batch_size", 0, 1, off="all rows",
        label="batch size", help="Rows of a mini-batch",
        option="--batch-size N", usage="rows of a step (default: all)",
        told="batch {batch_size} (seed {seed})", caption="batches of {batch_size} (seed {seed})",
        note="rows that a step looks at",
    ),
    Setting(
        "seed", Experiment.seed, needs="batch_size",
        label="seed", help="Decides the order of the rows in batches",
        option="--seed N", usage="decides the order of the rows in batches",
        told="batch {batch_size} (seed {seed})", note="decides the order of the rows",
    ),
    Setting(
        "standardise", Experiment.standardise,
        label="Standardise x",
        help="Descend on (x - mean) / sd in place of x, with the bias. All results stay in your "
        "own units.",
        option="--standardise",
        usage="descend on (x - mean) / sd, with the bias; results stay in your units",
        told="x standardised", caption="x standardised", note=None,
    ),
)  # fmt: skip
SETTINGS = {row.name: row for row in _ROWS}


def hyperparameters(kind: type[Method]) -> list[Setting]:
    """Return a row for each hyperparameter of a method."""
    return [
        Setting(
            known.name, getattr(kind, known.name), known.metadata["low"],
            # Up to, but not including, the high end.
            known.metadata["high"] - 1e-16, place=f"method.{known.name}", label=known.name,
            help=f"{known.name}: {known.metadata['meaning']}", option=f"--{known.name} H",
            usage=known.metadata["meaning"], told=f"{known.name} {{{known.name}}}",
            note=known.metadata["meaning"],
        )
        for known in fields(kind)
    ]  # fmt: skip


def rows(*kinds: type[Method]) -> Iterator[Setting]:
    """Yield all rows, the hyperparameters of some methods behind the method."""
    for row in SETTINGS.values():
        yield row
        if row.name == "method":
            yield from itertools.chain.from_iterable(map(hyperparameters, kinds))


def settings_of(experiment: Experiment) -> Iterator[Setting]:
    """Return the rows of an experiment, with its method's hyperparameters.

    Of a log nothing is known but whether its bias changes.
    """
    if isinstance(experiment.method, Logged):
        return iter([SETTINGS["with_bias"]])
    return rows(type(experiment.method))


def values(experiment: Experiment) -> dict[str, Value]:
    """Return all settings of an experiment by their names."""
    return {row.name: row.of(experiment) for row in settings_of(experiment)}


def fields_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an experiment that hold some settings.

    Raises
    ------
    ValueError
        If a hyperparameter is out of its range.
    """
    found = {
        name: (value or None) if SETTINGS[name].off else value
        for name, value in given.items() if name in SETTINGS and not SETTINGS[name].place
    }  # fmt: skip
    if "start_weight" in given or "start_bias" in given:
        start = given.get("start_weight", 0.0), given.get("start_bias", 0.0)
        found["start"] = Point(*map(float, start))
    if "method" in given:
        kind = METHODS[given["method"]]
        own = {known.name: given[known.name] for known in fields(kind) if known.name in given}
        found["method"] = kind(**own)
    return found


def experiment_of(
    dataset: Dataset, given: Mapping[str, Any], others: Mapping[str, Any] | None = None
) -> Experiment:
    """Return the experiment with all these settings; one that can't go with others is off.

    Fields of an experiment that are given as `others` stand in for those of the settings.
    """
    found = fields_of(given) | dict(others or {})
    if not found["method"].takes_batches:
        found["batch_size"] = None
    found["standardise"] = found["standardise"] and found["with_bias"]
    return Experiment(dataset, **found)
