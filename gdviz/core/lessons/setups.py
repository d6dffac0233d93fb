"""Setups: what the sections of a chapter set the program to, tried before a learner meets it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.playhead import SPEEDS
from gdviz.core.descent.settings import SETTINGS, Value, fields_of, hyperparameters, rows
from gdviz.core.files import FileError
from gdviz.core.lessons.beside import beside
from gdviz.core.lessons.chapter import BLANKS, END, FIRST, MARKS, PARTS, RESIDUALS, SHOWN, Setup
from gdviz.core.lessons.checking import CheckedSection
from gdviz.core.lessons.fields import FIELDS, did_you_mean
from gdviz.core.lessons.tables import MOST_ROWS
from gdviz.core.tables.dataset import Dataset
from gdviz.resources import resource

# Beyond that whoever opens a chapter waits, and their memory is full of runs they didn't ask for.
MOST_ITERATIONS, MOST_KEPT = 1_000_000, 5
_TOO_SMALL = Dataset(np.array((0.0, 1.0)), np.array((0.0, 1.0)))
_HYPERPARAMETERS = {row.name for kind in METHODS.values() for row in hyperparameters(kind)}
_NAMES: Mapping[str, Sequence[str]] = {
    "show": SHOWN, "light": PARTS, "hide": (*PARTS, *MARKS), "blank": BLANKS,
    "residuals": RESIDUALS, "speed": tuple(speed.label for speed in SPEEDS),
}  # fmt: skip


class Setups:
    """Reads set-ups in the order in which a learner comes to them.

    Each is tried on what is there by then; so it can be said that two don't go together.

    Parameters
    ----------
    folder : Path or None
        Where the chapter lies, and its tables; None: they aren't looked for.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder, self._now = folder, FIRST

    def first(self, top: CheckedSection) -> Setup:
        """Return how a chapter begins; what isn't named is as when gdviz starts first."""
        seen = Setup(**_names(top))
        return self.read(top.inner("setup")).over(seen).over(FIRST)

    def read(self, section: CheckedSection) -> Setup:
        """Return what a section sets.

        Raises
        ------
        LessonError
            If something of it can't be.
        """
        values = section.values
        others = {key: values[key] for key in values if key not in FIELDS["kept"]}
        setup = Setup(**others | _names(section), settings=_settings(section, self._now.settings))
        self._check_file(section, setup.file)
        _check_position(section, setup.position)
        if not 0 <= (setup.point_at or 0) <= MOST_ROWS:
            sentence = f"rows are counted from 1 to {MOST_ROWS:,}; 0 is none."
            raise section.error("point_at", sentence)
        self._now = setup.over(self._now)
        if setup.kept is None:
            return setup
        runs = section.each("kept", MOST_KEPT)
        return replace(setup, kept=tuple(_kept(run, self._now.settings) for run in runs))

    def _check_file(self, section: CheckedSection, name: str | None) -> None:
        try:
            if name is not None and self._folder is not None:
                beside(name, self._folder, resource("data"))
        except FileError as error:
            raise section.error("file", str(error)) from None


def _names(section: CheckedSection) -> dict[str, Any]:
    """Return the fields of a section that take some names and no others."""
    found: dict[str, Any] = {}
    for key in _NAMES.keys() & section.values.keys():
        value = section.values[key]
        section.check_names(key, [value] if isinstance(value, str) else value, _NAMES[key])
        found[key] = value if isinstance(value, str) else tuple(dict.fromkeys(value))
    return found


def _kept(run: CheckedSection, base: Mapping[str, Value]) -> dict[str, Value]:
    name = {"name": run.values["name"]} if "name" in run.values else {}
    return name | _settings(run, base)


def _settings(section: CheckedSection, base: Mapping[str, Value]) -> dict[str, Value]:
    """Return the settings among the fields of a section, after trying them with those of a base."""
    values = section.values
    given = {key: values[key] for key in values if key in SETTINGS or key in _HYPERPARAMETERS}
    whole = {**base, **given}
    method = METHODS.get(str(whole["method"]))
    if method is None:
        sentence = f"there is no such method. {did_you_mean(str(whole['method']), METHODS)}"
        raise section.error("method", sentence)
    known = {row.name: row for row in rows(method)}
    known["iterations"] = replace(known["iterations"], high=MOST_ITERATIONS)
    for key, value in given.items():
        if key not in known:
            raise section.error(key, f"{method.label} has no {key}.")
        setting = known[key]
        if setting.kind in (int, float):
            if not setting.allows(value):
                raise section.error(key, f"{key} must be {setting.bounds}.")
            given[key] = setting.kind(value)
    if "method" in given:
        given.setdefault("learning_rate", method.published_rate)
    if whole["batch_size"] and not method.takes_batches:
        raise section.error("batch_size", f"{method.label} looks at all rows: leave it out.")
    try:
        Experiment(_TOO_SMALL, **fields_of({**base, **given}))
    except ValueError as error:
        raise section.error("", str(error)) from None
    return given


def _check_position(section: CheckedSection, position: int | str | None) -> None:
    is_iteration = isinstance(position, int) and 0 <= position <= MOST_ITERATIONS
    if position not in (None, END) and not is_iteration:
        sentence = f"position is a whole number from 0 to {MOST_ITERATIONS:,}, or “{END}”."
        raise section.error("position", sentence)
