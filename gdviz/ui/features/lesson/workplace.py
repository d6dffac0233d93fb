"""Workplace: what the window shows, set up for a chapter and given back after the lesson."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtGui import QAction, QUndoStack
from PySide6.QtWidgets import QAbstractButton

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.settings import SETTINGS, Value, experiment_of, values
from gdviz.core.files import FileError
from gdviz.core.lessons.beside import beside
from gdviz.core.tables.dataset import Dataset
from gdviz.resources import resource
from gdviz.ui.features import Feature
from gdviz.ui.plots.loss_history import SCALES
from gdviz.ui.running.first_rates import Key
from gdviz.ui.running.runs import State
from gdviz.ui.running.session import Session
from gdviz.ui.running.undo import changed_settings
from gdviz.ui.widgets.dock import Dock

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Setup

Switch = QAction | QAbstractButton
Setter = Callable[[Any], None]


@dataclass(frozen=True)
class Parts:
    """What a chapter can set in the window, beside the run.

    Attributes
    ----------
    switches : mapping of str to Switch
        What can be shown, by the names that chapters call it.
    docks : mapping of str to Dock
        What can be opened, in the same way.
    setters : mapping of str to callable
        What else can be set, by the names that `Setup` calls it.
    forget_guesses : callable
        Has the loss curve show none that were collected before.
    """

    switches: Mapping[str, Switch]
    docks: Mapping[str, Dock[Any]]
    setters: Mapping[str, Setter]
    forget_guesses: Callable[[], None]

    @property
    def shown(self) -> Mapping[str, Switch]:
        """What tells whether something is shown, or open."""
        opened = {name: dock.toggleViewAction() for name, dock in self.docks.items()}
        return {**self.switches, **opened}

    def show(self, name: str, shown: bool) -> None:
        """Show something, or not."""
        if name in self.switches:
            self.switches[name].setChecked(shown)
        else:
            self.docks[name].setVisible(shown)
            if shown:
                self.docks[name].raise_()


@dataclass(frozen=True)
class Place:
    """All that a lesson gives back.

    Attributes
    ----------
    steps : QUndoStack
        What can be undone.
    looks : list
        The state of each feature.
    in_front : list of Dock
        Those with no other before them.
    """

    state: State
    position: int
    typed_rates: dict[Key, float]
    steps: QUndoStack
    looks: list[Any]
    in_front: list[Dock[Any]]


class Workplace:
    """Data, settings and pictures, as chapters have them and as they were before.

    Parameters
    ----------
    features : sequence of Feature
        What is given back after the lesson as it was.
    read_table : callable
        Returns the data of a file, or says why there are none.
    tell : callable
        Says how the data that are shown now were read.
    say : callable
        Says why something can't be set.
    """

    def __init__(
        self,
        session: Session,
        features: Sequence[Feature],
        parts: Parts,
        read_table: Callable[[Path], Dataset | None],
        tell: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        self._session, self._features, self._parts = session, features, parts
        self._read_table, self._tell, self._say = read_table, tell, say
        self._set_up: Dataset | None = None  # the chapter's data
        self._has_own = False

    def clear(self) -> Place:
        """Put away what there is, and return it: no run is kept, and there is nothing to undo."""
        session = self._session
        state, position = session.runs.state, session.playback.iteration
        looks = [feature.state() for feature in self._features]
        docks = [dock for feature in self._features for dock in feature.docks]
        in_front = [dock for dock in docks if dock.is_in_front]
        for feature in self._features:
            feature.put_away()
        steps, self._has_own = session.undo.begin_anew(), False
        session.undo.bring_back(State(state.experiment, {}))
        self._set_up = state.experiment.dataset
        return Place(state, position, dict(session.rates.typed), steps, looks, in_front)

    def give_back(self, place: Place) -> None:
        """Show again what was put away, but for the position.

        What the learner kept or opened in the lesson goes; then leaving can be undone.
        """
        from gdviz.core.lessons.chapter import FIRST

        session = self._session
        session.playback.pause()
        # Chapters set rates as if they were typed, but the user didn't.
        session.rates.typed = dict(place.typed_rates)
        self._look_for_own()
        text = "leave the lesson" if self._has_own else ""
        session.undo.go_back_to(place.steps, place.state, text)
        self._set_others(FIRST)
        self._forget_guesses()
        for feature, look in zip(self._features, place.looks, strict=True):
            feature.bring_back(look)
        for dock in place.in_front:
            dock.raise_()

    def apply(self, setup: "Setup", folder: Path) -> None:
        """Show what a chapter asks for; its table is beside it, or one of gdviz's own.

        What a set-up leaves open stays, and so does what the learner kept. One that leaves nothing
        open begins anew. There is nothing to undo then, unless it is the learner's own.
        """
        anew = _leaves_nothing_open(setup)
        if anew:
            self._session.playback.pause()
            self._forget_guesses()
        wanted = self._wanted(setup)
        # Before the run: one that diverges chooses its own scale.
        for name in SCALES:
            if name in wanted:
                self._parts.show(name, wanted.pop(name))
        self._set_run(setup, folder, anew)
        # Of several the first is to be seen where they are behind tabs.
        for name in reversed(wanted):
            self._parts.show(name, wanted[name])
        self._set_others(setup)

    def _forget_guesses(self) -> None:
        """Begin with none: not even the start of the next run is one of another chapter's."""
        self._parts.show("guesses", False)
        self._parts.forget_guesses()

    def _wanted(self, setup: "Setup") -> dict[str, bool]:
        """Return what is to be shown, in the chapter's order, and then what isn't."""
        wanted: dict[str, bool] = {}
        if setup.show is not None:
            names = *setup.show, *self._parts.shown
            wanted = {name: name in setup.show for name in names}
        if setup.logarithmic is not None:
            wanted["logarithmic"] = setup.logarithmic
        return wanted

    def _set_others(self, setup: "Setup") -> None:
        for name, set_to in self._parts.setters.items():
            value = getattr(setup, name)
            if value is not None:
                set_to(value)

    def _set_run(self, setup: "Setup", folder: Path, anew: bool) -> None:
        """Show a run and those kept beside it, in one go."""
        self._look_for_own()
        session, before = self._session, self._session.runs.state
        dataset = before.experiment.dataset
        if setup.file is not None:
            dataset = self._table(setup.file, folder) or dataset
        is_other = dataset is not before.experiment.dataset
        try:
            now = self._state(setup, dataset, anew)
        except ValueError as error:
            self._say(str(error))
            return
        if is_other:
            session.playback.to_start()
        if now != before:
            loses_own = self._has_own and (anew or is_other)
            session.undo.bring_back(now, "go on in the lesson" if loses_own else "")
        if is_other:
            self._tell()
        self._set_up = session.runs.experiment.dataset
        if not self._has_own and (anew or now != before):
            session.undo.stack.clear()

    def _state(self, setup: "Setup", dataset: Dataset, anew: bool) -> State:
        """Return the run that a set-up asks for and those beside it."""
        before = self._session.runs.state
        experiment = replace(before.experiment, dataset=dataset)
        if dataset is not before.experiment.dataset and "learning_rate" not in setup.settings:
            experiment = self._session.on_new(dataset)
        experiment = _with(setup.settings, experiment)
        if not changed_settings(before.experiment, experiment):
            experiment = before.experiment
        if setup.kept is None:
            return before.on(experiment)
        own = {number: run for number, run in before.kept.items() if not (anew or run.lent)}
        state = State(experiment, own).on(experiment)
        for kept in setup.kept:
            name = str(kept.get("name", "")).strip()
            state = state.with_kept(_with(kept, experiment), name, lent=True)
        return state

    def _look_for_own(self) -> None:
        """Notice runs that the learner kept, and data that aren't the chapter's."""
        state = self._session.runs.state
        has_kept = not all(run.lent for run in state.kept.values())
        self._has_own |= has_kept or state.experiment.dataset is not self._set_up

    def _table(self, name: str, folder: Path) -> Dataset | None:
        """Return the data of a table: what is shown already, if it is that."""
        try:
            dataset = self._read_table(beside(name, folder, resource("data")))
        except FileError as error:
            self._say(str(error))  # a link has changed since the chapter was read
            return None
        now = self._session.runs.experiment.dataset
        return now if dataset is not None and _same(dataset, now) else dataset


def _leaves_nothing_open(setup: "Setup") -> bool:
    has_all = all(getattr(setup, row.name) is not None for row in fields(setup))
    return has_all and SETTINGS.keys() <= setup.settings.keys()


def _with(given: Mapping[str, Value], experiment: Experiment) -> Experiment:
    """Return an experiment with some settings; a method begins with its own hyperparameters."""
    known = values(experiment)
    if "method" in given:
        known = {name: value for name, value in known.items() if name in SETTINGS}
    return experiment_of(experiment.dataset, {**known, **given})


def _same(one: Dataset, other: Dataset) -> bool:
    """Tell whether two datasets hold the same rows from the same place."""
    columns = one.source == other.source and one.x_name == other.x_name
    return columns and bool(np.array_equal(one.x, other.x) and np.array_equal(one.y, other.y))
