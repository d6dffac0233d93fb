"""Workplace: what the window shows, set up for a chapter and given back after the lesson."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtGui import QAction, QUndoStack
from PySide6.QtWidgets import QAbstractButton

from gdviz.core.descent.settings import fields_of, values
from gdviz.core.files import FileError
from gdviz.core.lessons.beside import beside
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import DataFileError
from gdviz.resources import resource
from gdviz.ui.features import Feature
from gdviz.ui.running.first_rates import Key
from gdviz.ui.running.runs import State
from gdviz.ui.running.session import Session

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Setup

Switch = QAction | QAbstractButton
# The switches of the loss history.
SCALES = "logarithmic", "above_minimum"


@dataclass(frozen=True)
class Place:
    """All that a lesson gives back.

    Attributes
    ----------
    steps : QUndoStack
        What can be undone.
    looks : list
        The state of each feature.
    """

    state: State
    position: int
    typed_rates: dict[Key, float]
    steps: QUndoStack
    looks: list[Any]


class Workplace:
    """Data, settings and pictures, as chapters have them and as they were before."""

    def __init__(
        self,
        session: Session,
        features: Sequence[Feature],
        switches: Mapping[str, Switch],
        show_file: Callable[[Path], bool],
        set_settings: Callable[..., None],
        say: Callable[[str], None],
    ) -> None:
        self._session, self._features, self._switches = session, features, switches
        self._show_file, self._set_settings, self._say = show_file, set_settings, say
        self._set_up: Dataset | None = None  # the chapter's data
        self._has_own = False

    def clear(self) -> Place:
        """Put away what there is, and return it: no run is kept, and there is nothing to undo."""
        session = self._session
        state, position = session.runs.state, session.playback.iteration
        looks = [feature.state() for feature in self._features]
        steps, self._has_own = session.undo.begin_anew(), False
        session.undo.remove(list(state.kept))
        self._set_up = session.runs.experiment.dataset
        return Place(state, position, dict(session.rates.typed), steps, looks)

    def give_back(self, place: Place) -> None:
        """Show again what was put away, but for the position.

        What the learner kept or opened in the lesson goes; then leaving can be undone.
        """
        session = self._session
        session.playback.pause()
        # Chapters set rates as if they were typed, but the user didn't.
        session.rates.typed = dict(place.typed_rates)
        self._look_for_own()
        text = "leave the lesson" if self._has_own else ""
        session.undo.go_back_to(place.steps, place.state, text)
        for feature, look in zip(self._features, place.looks, strict=True):
            feature.bring_back(look)

    def apply(self, setup: "Setup", folder: Path) -> None:
        """Show what a set-up names; its table is beside the chapter, or one of gdviz's own.

        There is nothing to undo then, unless it is the learner's own.
        """
        self._session.playback.pause()
        self._look_for_own()
        if setup.kept is not None:
            self._session.undo.remove(list(self._session.runs.state.kept))
        wanted = {}
        if setup.show is not None:
            names = self._switches.keys() - {"logarithmic"}
            wanted = {name: name in setup.show for name in names}
        if setup.logarithmic is not None:
            wanted["logarithmic"] = setup.logarithmic
        # Before the run: one that diverges chooses its own scale.
        for name in SCALES:
            if name in wanted:
                self._switches[name].setChecked(wanted.pop(name))
        try:
            if setup.file is not None:
                self._open_table(beside(setup.file, folder, resource("data")))
        except FileError as error:
            self._say(str(error))  # a link has changed since the chapter was read
        if setup.settings:
            now = values(self._session.runs.experiment)
            self._set_settings(**fields_of({**now, **setup.settings}))
        for name, on in wanted.items():
            self._switches[name].setChecked(on)
        self._set_up = self._session.runs.experiment.dataset
        if not self._has_own:
            self._session.undo.stack.clear()

    def _look_for_own(self) -> None:
        """Notice runs that the learner kept, and data that aren't the chapter's."""
        state = self._session.runs.state
        self._has_own |= bool(state.kept) or state.experiment.dataset is not self._set_up

    def _open_table(self, path: Path) -> None:
        """Open a table, unless it is what is shown."""
        try:
            known = _same(read_table(path).dataset()[0], self._session.runs.experiment.dataset)
        except DataFileError:
            known = False  # opening it says why
        if not known:
            self._show_file(path)


def _same(one: Dataset, other: Dataset) -> bool:
    """Tell whether two datasets hold the same rows from the same place."""
    columns = one.source == other.source and one.x_name == other.x_name
    return columns and bool(np.array_equal(one.x, other.x) and np.array_equal(one.y, other.y))
