"""Workplace: what the window shows, set up for a chapter and given back after the lesson."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton

from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import DataFileError
from gdviz.resources import resource
from gdviz.ui.running.first_rates import Key
from gdviz.ui.running.session import Session

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Setup

Switch = QAction | QAbstractButton
# The switches of the loss history.
SCALES = "logarithmic", "above_minimum"


@dataclass(frozen=True)
class Place:
    """What the window shows."""

    experiment: Experiment
    position: int
    switches: dict[str, bool]
    typed_rates: dict[Key, float]


class Workplace:
    """Data, settings and pictures."""

    def __init__(
        self,
        session: Session,
        switches: Mapping[str, Switch],
        open_file: Callable[[Path], bool],
        set_settings: Callable[..., None],
    ) -> None:
        self._session, self._switches = session, switches
        self._open_file, self._set_settings = open_file, set_settings

    def now(self) -> Place:
        """Return what is shown."""
        switches = {name: switch.isChecked() for name, switch in self._switches.items()}
        session = self._session
        typed = dict(session.rates.typed)
        return Place(session.runs.experiment, session.playback.iteration, switches, typed)

    def give_back(self, place: Place) -> None:
        """Show again what was shown, but for the position."""
        session = self._session
        # Chapters set rates as if they were typed, but the user didn't.
        session.rates.typed = dict(place.typed_rates)
        if session.runs.experiment.dataset is place.experiment.dataset:
            session.undo.change(place.experiment)
        else:
            session.restart(place.experiment, "leave the lesson")
        for name, on in place.switches.items():
            self._switches[name].setChecked(on)

    def set_up(self, setup: "Setup", folder: Path) -> None:
        """Show what a chapter asks for; its table is beside it, or one of gdviz's own."""
        self._session.playback.pause()
        wanted = {name: name in setup.show for name in self._switches}
        wanted["logarithmic"] = setup.logarithmic
        # Before the run: one that diverges chooses its own scale.
        for name in SCALES:
            self._switches[name].setChecked(wanted.pop(name))
        beside = folder / setup.file
        self._open_table(beside if beside.exists() else resource("data", setup.file))
        self._set_settings(**setup.settings)
        for name, on in wanted.items():
            self._switches[name].setChecked(on)

    def _open_table(self, path: Path) -> None:
        """Open a table, unless it is what is shown."""
        try:
            known = _same(read_table(path).dataset()[0], self._session.runs.experiment.dataset)
        except DataFileError:
            known = False  # opening it says why
        if not known:
            self._open_file(path)


def _same(one: Dataset, other: Dataset) -> bool:
    """Tell whether two datasets hold the same rows from the same place."""
    columns = one.source == other.source and one.x_name == other.x_name
    return columns and bool(np.array_equal(one.x, other.x) and np.array_equal(one.y, other.y))
