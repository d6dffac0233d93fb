"""Ensemble: many loops that go wrong, each a place in arrays, followed together for a few rows."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.evidence import HUGE, Counting, Evidence
from gdviz.core.check.following import (
    MOMENTUM,
    Indices,
    Traits,
    at_start,
    by_powers,
    stepped,
    updates_of,
)
from gdviz.core.check.loop import LOSSES, OF_ERRORS, OF_SIZES, SCALES, Data, Loop, Values
from gdviz.core.check.methods import DampenedLater, momentum_of
from gdviz.core.check.replay import absolute
from gdviz.core.check.ways import Way, changed, made_of
from gdviz.core.descent.method import Method

Marks = NDArray[np.bool_]
# What is this much of the numbers that went into it is rounding, for a first look.
ROUNDING, SINGLE_ROUNDING = 1e-7, 1e-4
# So many rows are looked at.
MOST_ROWS = 3
# So many updates of loops that aren't linear are made for a row, and so many of linear ones.
MOST_UPDATES, LONGEST = 300_000, 20_000
PACE = ("schedule", "decay", "every")
SUMS = ("n", "xx", "x", "rms_y", "best weight", "best bias", "minimum", "sd_x", "mean_x", "unit")
# Of one number in a row: of what, the number, and its precision.
Said = tuple[str, float, float]


def takes(loop: Loop) -> bool:
    """Tell whether a loop can be followed here: not, if it matters how its sums were taken."""
    return not (
        loop.batch or loop.floored or loop.errors != "squared" or loop.largest < np.inf
        or loop.weight_digits is not None or loop.gradient_digits is not None
    ) and loop.method.follows_slope  # fmt: skip


class Ensemble:
    """Looks at variations of one right loop."""

    def __init__(
        self, evidence: Evidence, counting: Counting, right: Loop, ways: Sequence[Way],
        only_start: bool = False,
    ) -> None:  # fmt: skip
        self._data, self._right = evidence.data, right
        self._rows = list(_rows(evidence, counting))
        self.takes = np.array([
            not only_start and takes(changed(right, way)) for way in ways
        ], dtype=bool)  # fmt: skip
        self._count = len(ways)
        changes = _by_field(right, ways)
        self._names: dict[str, list[Any]] = {}
        self._columns = {
            name: self._column(name, own, changes.get(name, {}))
            for name, own in _fields(right).items()
        }

    def printing(self, made: Indices) -> Marks:
        """Return which loops print the first rows, as far as can be told soon.

        Parameters
        ----------
        made : ndarray of int of shape (n_loops, n_ways)
            Numbers of the ways that each has.
        """
        marks = np.zeros(len(made), dtype=bool)
        with np.errstate(all="ignore"):
            traits = self._traits(made)
            traits = _those(traits, traits["n"] > 0)
            linear, takes = traits["linear"], traits["takes"]
            for some, follow in (
                (takes & linear, by_powers),
                (takes & ~linear, self._by_steps),
                (~takes, at_start),
            ):
                marks[self._left(_those(traits, some), follow)] = True
        return marks

    def _left(self, traits: Traits, follow: Callable[[Traits, Indices], Values | None]) -> Indices:
        """Return the places of those that print the rows."""
        for iteration, said in self._rows:
            updates = updates_of(traits, iteration)
            lines = follow(traits, updates) if len(updates) else None
            if lines is None:
                break
            traits = _those(traits, self._near(traits, updates, lines, said))
        return traits["place"]

    def _near(self, traits: Traits, updates: Indices, lines: Values, said: Sequence[Said]) -> Marks:
        near = np.ones(len(updates), dtype=bool)
        rounding = np.where(traits["single"], SINGLE_ROUNDING, ROUNDING)
        for name, value, precision in said:
            at = int(name == "loss")
            if at:
                expected, size = self._losses(traits, lines[:, :, 1])
            else:
                expected = lines[:, int(name == "bias"), 0]
                of_x = 1.0 if name == "bias" else np.sqrt(traits["xx"])
                size = np.abs(expected) + np.abs(traits["best " + name]) + traits["rms_y"] / of_x
            close = np.abs(value - expected) <= precision * 1.001 + rounding * size
            unknown = traits["batch_loss" if at else "unscaled"] != 0
            unknown |= ~traits["takes"] & (updates[:, at] > 0)
            unknown |= ~(np.abs(expected) < HUGE)
            near &= close | unknown
        return near

    def _column(self, name: str, own: Any, changed: dict[int, Any]) -> tuple[NDArray[Any], Marks]:  # noqa: ANN401
        """Return what each way makes of a field, and which do; names and the like as numbers."""
        values = [own, *changed.values()]
        if not isinstance(own, (int, float)):
            self._names[name] = known = list(dict.fromkeys(values))
            values = [known.index(one) for one in values]
        found = np.array(values)
        column, changing = np.repeat(found[:1], self._count), np.zeros(self._count, dtype=bool)
        places = list(changed)
        column[places], changing[places] = found[1:], True
        return column, changing

    def _traits(self, made: Indices) -> Traits:
        """Return what each loop has by its ways, and what follows from that."""
        traits: Traits = {
            "place": np.arange(len(made)),
            "takes": np.asarray(self.takes[made].all(axis=1)),
        }
        for name, (values, changing) in self._columns.items():
            picked = values[made[:, 0]]
            if changing.any():
                for ways in made.T[1:]:
                    picked = np.where(changing[ways], values[ways], picked)
            traits[name] = picked
        of_columns = np.array([_sums(self._data, one) for one in self._names["columns"]])
        for name, numbers in zip(SUMS, of_columns.T, strict=True):
            traits[name] = numbers[traits["columns"]]
        traits["of"] = np.maximum(traits["n"] + traits["counted"], 1)
        for at in "wb":
            scale = np.empty(len(made))
            for code, name in enumerate(self._names[at + "_scale"]):
                some = traits[at + "_scale"] == code
                factor: Any = SCALES[name]
                scale[some] = factor(traits["n"][some], traits["of"][some])
            traits[at + "_factor"] = scale * traits[at + "_sign"]
            by_x = traits[at + "_by_x"]
            traits[at + "_along"] = np.where(by_x, traits["xx"], traits["x"])
            traits[at + "_beside"] = np.where(by_x, traits["x"], 1.0)
        traits["rate"] = traits["learning_rate"] * traits["rate_factor"]
        traits["bias_rate"] = traits["rate"] * traits["bias_rate_factor"] * traits["with_bias"]
        momentum = np.array([momentum_of(one) or [np.nan] * 5 for one in self._names["method"]])
        for name, numbers in zip(MOMENTUM, momentum.T, strict=True):
            traits[name] = numbers[traits["method"]]
        later = [isinstance(one, DampenedLater) for one in self._names["method"]]
        traits["later"] = np.array(later)[traits["method"]]
        steady = np.array([not one[0] for one in self._names["pace"]])
        traits["linear"] = steady[traits["pace"]] & ~np.isnan(traits["look"])
        return traits

    def _losses(self, traits: Traits, lines: Values) -> tuple[Values, Values]:
        """Return what is printed as the loss, and how large what it is made of is."""
        shift = lines[:, 0] - traits["best weight"]
        height = np.where(traits["loss_bias"], lines[:, 1], 0.0) - traits["best bias"]
        error = traits["mean_x"] * shift + traits["unit"] * height
        square = traits["minimum"] + (traits["sd_x"] * shift) ** 2 + error**2
        size = square + traits["rms_y"] ** 2
        loss = np.empty_like(square)
        for code, name in enumerate(self._names["loss"]):
            some = np.flatnonzero(traits["loss"] == code)
            taken, around = square[some], size[some]
            if name in OF_ERRORS or name in OF_SIZES:
                of_sizes = name in OF_SIZES
                taken = self._sizes(traits, some, shift, height) if of_sizes else error[some]
                around = np.sqrt(around)
            change: Any = LOSSES[name]
            n, of = traits["n"][some], traits["of"][some]
            loss[some], size[some] = change(taken, n, of), np.abs(change(around, n, of))
        return loss, size

    def _sizes(self, traits: Traits, some: Indices, shift: Values, height: Values) -> Values:
        """Return the mean absolute errors of some loops."""
        means = np.empty(len(some))
        for code, name in enumerate(self._names["columns"]):
            places = np.flatnonzero(traits["columns"][some] == code)
            if len(places):
                rows = self._data.rows(name)
                assert rows is not None
                means[places] = absolute(rows, shift[some[places]], height[some[places]])
        return means

    def _by_steps(self, traits: Traits, updates: Indices) -> Values | None:
        """Return lines after updates of any method, made one by one; None if it takes too long."""
        if len(updates) * int(updates.max()) > MOST_UPDATES:
            return None
        lines = np.empty((len(updates), 2, 2))
        for kind, (of_kind, known) in self._methods.items():
            some = of_kind[traits["method"]]
            if some.any():
                these = _those(traits, some)
                numbers = {name: values[these["method"]] for name, values in known.items()}
                lines[some] = stepped(kind, numbers, self._names["pace"], these, updates[some])
        return lines

    @cached_property
    def _methods(self) -> dict[type[Method], tuple[Marks, dict[str, Values]]]:
        """Kinds of methods: which are of one, and their hyperparameters."""
        methods = self._names["method"]
        return {
            kind: (
                np.array([type(one) is kind for one in methods]),
                {each.name: np.array([getattr(one, each.name, 0.0) for one in methods])
                 for each in fields(kind)},
            )
            for kind in dict.fromkeys(map(type, methods))
        }  # fmt: skip


def _fields(loop: Loop) -> dict[str, Any]:
    """Return what a loop has in each of its fields; a schedule with its numbers is one of them."""
    found = dict(vars(loop))
    return {"pace": tuple(found.pop(part) for part in PACE), **found}


def _by_field(right: Loop, ways: Sequence[Way]) -> dict[str, dict[int, Any]]:
    """Return what the ways, by their numbers, make of each field that they change."""
    own, found = _fields(right), defaultdict[str, dict[int, Any]](dict)
    for at, way in enumerate(ways):
        changes = dict(way.changes)
        if PACE[0] in changes:
            changes["pace"] = tuple(changes.pop(part) for part in PACE)
        for name, value in changes.items():
            found[name][at] = made_of(own[name], value)
    return found


def _rows(evidence: Evidence, counting: Counting) -> Iterator[tuple[int, list[Said]]]:
    """Yield the first rows that say something: of which iteration they are, and what."""
    if counting.any_of:
        return
    rows = np.flatnonzero(evidence.finite & (counting.iterations <= LONGEST))
    for row in rows[:MOST_ROWS].tolist():
        yield int(counting.iterations[row]), [
            (name, float(printed.values[row]), float(printed.precision[row]))
            for name, printed in evidence.said.items() if printed.said[row]
        ]  # fmt: skip


def _those(traits: Traits, marks: Marks) -> Traits:
    return traits if marks.all() else {name: one[marks] for name, one in traits.items()}


def _sums(data: Data, columns: str) -> tuple[float, ...]:
    """Return `SUMS` of the data that a loop takes; zeros if there are none."""
    rows = data.rows(columns)
    if rows is None:
        return (0.0,) * len(SUMS)
    bowl = rows.bowl
    return (
        len(rows), rows.mean_xx, rows.mean_x, rows.rms_y, *bowl.optimum, bowl.minimum, bowl.sd_x,
        bowl.mean_x, bowl.unit,
    )  # fmt: skip
