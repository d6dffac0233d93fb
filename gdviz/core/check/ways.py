"""Ways: the lines of a mistake, the right lines, and what the one changes in a `Loop`."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.loop import Loop, Values
from gdviz.core.check.methods import DampenedLater, LookAhead, momentum_of
from gdviz.core.check.verdict import Cause
from gdviz.core.check.walking import SCHEDULES
from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import GradientDescent, StepSearch

# The right lines, in the order of a loop.
READ = "X, Y = np.loadtxt(file, skiprows=1, unpack=True)"
START = "w, b = 0.0, 0.0"
RATE = "rate = learning_rate"
COUNT = "n = len(X)"
ERROR = "error = w * X + b - Y"
LOSS = "loss = np.sum(error ** 2) / n"
PRINT = "print(i, w, b, loss)"
W_SLOPE = "w_slope = 2 * np.sum(error * X) / n"
B_SLOPE = "b_slope = 2 * np.sum(error) / n"
W_UPDATE = "w = w - rate * w_slope"
B_UPDATE = "b = b - rate * b_slope"
SLOPES, UPDATES = f"{W_SLOPE}\n{B_SLOPE}", f"{W_UPDATE}\n{B_UPDATE}"
# The errors of the line that is printed and of the one whose slope is taken are the same, but for
# who writes them twice.
LOSS_ERROR = "loss_error = w * X + b - Y"

Changes = dict[str, Any]
# The fields of a loop that show before its first update.
AT_START = frozenset({
    "with_bias", "start_weight", "start_bias", "columns", "loss", "loss_bias", "counted",
    "weights_after", "loss_after", "unscaled", "batch_loss",
})  # fmt: skip


@dataclass(frozen=True, eq=False)
class Way:
    """One way of making a mistake.

    Attributes
    ----------
    wrong, right : str
        Lines; names in braces are filled with the loop's fields.
    changes : dict
        Of the fields of a loop.
    seldom : bool
        Whether it isn't looked for together with another mistake.
    """

    wrong: str
    right: str
    changes: Changes
    seldom: bool = False

    @cached_property
    def at_start(self) -> frozenset[Any]:
        """Those of the changes that show before the first update."""
        return frozenset(item for item in self.changes.items() if item[0] in AT_START)

    @cached_property
    def begins_right(self) -> bool:
        """Whether the first update is right, but for the rate of all."""
        schedule, decay = (self.changes.get(name, "") for name in ("schedule", "decay"))
        return bool(schedule) and SCHEDULES[schedule](0, decay, 1) == 1

    @cached_property
    def at_first(self) -> frozenset[Any]:
        """What they do to the first update: the same for all that begin alike."""
        fields = dict(self.changes)
        if self.begins_right:
            fields = {name: None for name in fields if name not in ("decay", "every")}
        if fields.get("skipped", 0) > 1 or fields.get("doubled", 0) > 1:
            fields = dict.fromkeys(fields)
        method = fields.get("method")
        if isinstance(method, Method) and (momentum := momentum_of(method)) is not None:
            fields["method"] = -1.0 if isinstance(method, DampenedLater) else (
                momentum[2] + momentum[1] * momentum[3])  # fmt: skip
        return frozenset(fields.items())


@dataclass(frozen=True, eq=False)
class Unknown:
    """Ways that differ in a number which can be any: it is solved for.

    Attributes
    ----------
    way : function of the number
    values : ndarray of shape (n,)
        In order.
    seldom : bool
        As of a way.
    found : str
        Where it is looked for: "between" the values; "at" each of them; or "later": it is an
        update from which on something else happens.
    """

    way: Callable[[float], Way]
    values: Values
    seldom: bool = False
    found: str = "between"


@dataclass(frozen=True, eq=False)
class Mistake:
    """One row of the table.

    Attributes
    ----------
    ways : tuple of Way
        The commonest first.
    needs_bias : bool
        Whether only who learns the bias can make it.
    unknowns : tuple of Unknown
        Ways that no list can hold, for when nothing of the lists explains a log.
    """

    name: str
    sentence: str
    ways: tuple[Way, ...]
    needs_bias: bool = False
    unknowns: tuple[Unknown, ...] = ()

    def cause(self, way: Way, right: Loop) -> Cause:
        """Return the cause as it is shown, for a loop that else is right."""
        loop = changed(right, way)
        return Cause(
            self.name,
            self.sentence,
            _shown(way.wrong, loop, right),
            _shown(way.right, right, right),
        )


@dataclass(frozen=True)
class Wrong:
    """A loop with one or two mistakes, and the right one it comes from."""

    loop: Loop
    right: Loop
    made: tuple[tuple[Mistake, Way], ...]

    @property
    def name(self) -> tuple[str, ...]:
        """What it is called."""
        return tuple(mistake.name for mistake, _ in self.made)


def combinations(several: int, known: list[tuple[Mistake, Way]]) -> NDArray[np.int64]:
    """Return the numbers of one mistake in a row, or of two that have nothing to do with another.

    The shape is (n, several).
    """
    if several == 1:
        return np.arange(len(known)).reshape(-1, 1)
    names = {mistake.name: at for at, (mistake, _) in enumerate(known)}
    bits = {name: 1 << at for at, name in enumerate(one.name for one in fields(Loop))}
    mistakes = np.array([names[mistake.name] for mistake, _ in known], dtype=np.int64)
    changes = np.array([sum(bits[one] for one in way.changes) for _, way in known], dtype=np.int64)
    pairs = np.column_stack(np.triu_indices(len(known), 1))
    first, second = pairs.T
    apart = (mistakes[first] != mistakes[second]) & (changes[first] & changes[second] == 0)
    return np.asarray(pairs[apart])


def changed(loop: Loop, *ways: Way) -> Loop:
    """Return a loop with mistakes; a method that is a function makes one of the right method.

    There are many pairs: a loop is copied as it is, not asked for each field again.
    """
    new: Loop = object.__new__(Loop)
    fields = vars(new)
    fields.update(vars(loop))
    for way in ways:
        for name, value in way.changes.items():
            fields[name] = made_of(fields[name], value)
    return new


def alters(way: Way, loop: Loop) -> bool:
    """Tell whether a loop isn't the same without a mistake."""
    own = vars(loop)
    return any(made_of(own[name], value) != own[name] for name, value in way.changes.items())


def made_of(own: Any, change: Any) -> Any:  # noqa: ANN401
    """Return what a change makes of what a loop has in a field: it may depend on that."""
    return change(own) if callable(change) else change


def _shown(lines: str, loop: Loop, right: Loop) -> str:
    if lines == METHOD:
        return _method_lines(loop)
    known = {name: value for name, value in vars(loop).items() if "{" + name + "}" in lines}
    for name, value in known.items():
        lines = lines.replace("{" + name + "}", repr(value))
    if right.with_bias:
        return lines
    kept = [line for line in lines.split("\n") if not line.strip().startswith(("b_slope", "b = "))]
    return "\n".join(line.replace(" + b - Y", " - Y") for line in kept)


# Stands for the update of a loop's method.
METHOD = "{the method}"


def _method_lines(loop: Loop) -> str:
    method, update = loop.method, loop.method.update
    if type(method) is GradientDescent:
        return UPDATES if loop.with_bias else W_UPDATE
    if isinstance(method, StepSearch):
        return "# no slope is taken: " + method.words
    if isinstance(method, LookAhead):
        begin, end = "", ""
    elif loop.with_bias:
        begin, end = "slope = np.array([w_slope, b_slope])\n", "\nw, b = w + step[0], b + step[1]"
    else:
        begin, end = "slope = w_slope\n", "\nw = w + step"
    lines = begin + update + end
    for name, value in asdict(method).items():
        lines = re.sub(rf"\b{name}\b", repr(value), lines)
    return lines.replace("learning_rate", "rate")


def way(wrong: str, right: str, *, seldom: bool = False, **changes: Any) -> Way:  # noqa: ANN401
    """Return a way with these changes of a loop."""
    return Way(wrong, right, changes, seldom)


def one(name: str, sentence: str, wrong: str, right: str, **changes: Any) -> Mistake:  # noqa: ANN401
    """Return a mistake that is made in one way."""
    return Mistake(name, sentence, (way(wrong, right, **changes),))
