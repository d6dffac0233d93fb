"""DataFiles: the files that projects have their data from, and what became of them."""

import os
from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gdviz.core.files import Stamp, named, stamp
from gdviz.core.projects.project import Data, Origin, Project, ProjectError, digest
from gdviz.core.projects.section import leads_away
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.formats.stream import Progress
from gdviz.ui.widgets.message import message

Result = TypeVar("Result")


class Reader(Protocol):
    """What reads beside the window."""

    def read(self, name: str, work: Callable[[Progress], Result]) -> Result | None:
        """Return what some work makes of a file of this name, or None if that was cancelled."""


class Sources(Protocol):
    """What knows where data are from."""

    def file_of(self, dataset: Dataset) -> tuple[Path, Choices] | None:
        """Return the user's file that holds just these data, and how it was to be read."""

    def mark_saved(self, dataset: Dataset) -> None:
        """Note that data are in a file now."""


class Tables(Protocol):
    """What reads tables."""

    @property
    def sources(self) -> Sources:
        """What knows where those are from that were read."""

    def read_for_project(self, path: Path, data: Data) -> Dataset | None:
        """Return the data of a file as a project tells of them, or say why there are none."""

    @property
    def reader(self) -> Reader:
        """What reads beside the window."""

    def remember(self, path: Path) -> None:
        """Offer a file among the recent ones."""

    def tell(self) -> None:
        """Say how the data that are shown now were read."""


class Fate(Enum):
    """What became of a file, in words."""

    SAME, CHANGED, GONE = "is as it was when", "has changed since", "isn't where it was when"


class Found(NamedTuple):
    """The data of a project.

    Attributes
    ----------
    is_as_saved : bool
        Whether the project, saved again, would say the same of them.
    remark : str
        What became of their file, if anything did.
    """

    dataset: Dataset
    is_as_saved: bool = True
    remark: str = ""


class DataFiles:
    """Looks after files, and asks where one isn't what it was."""

    def __init__(self, tables: Tables, window: QWidget) -> None:
        self._tables, self._window = tables, window
        self._stamps: dict[Path, Stamp] = {}
        self._known: dict[tuple[Path, Stamp], tuple[int, str]] = {}

    def note(self, path: Path) -> None:
        """Note that a file is read as it is now."""
        self._stamps[path] = stamp(path)

    def origin(self, dataset: Dataset, target: Path, *, look: bool = True) -> Origin | None:
        """Return what a project saved there tells of the file that holds just these data.

        There is none where they are in no file, or it has changed since it was read; nor, if it
        isn't to be looked into, where it hasn't been before.
        """
        file = self._tables.sources.file_of(dataset)
        if file is None:
            return None
        path, choices = file
        now = stamp(path)
        if now is None or self._stamps.get(path) != now:
            return None
        if (path, now) not in self._known:
            if not look:
                return None
            if self._digest(path, now[1]) is None:
                raise ProjectError(f"Cancelled: {named(target)} was not saved.")
        way = seen_from(target.absolute().parent, path)
        return Origin(way, *self._known[path, now], choices) if way else None

    def found(self, project: Project, path: Path) -> Found | None:
        """Return the data of a project, or None if the user would rather not."""
        dataset, origin = project.dataset, project.data.origin
        if origin is None:
            return Found(dataset) if dataset is not None else None
        place = path.absolute().parent / origin.path
        fate = self._fate(place, origin)
        if dataset is None:
            return self._asked_for(project.data, place, fate)
        if fate is Fate.SAME:
            # With its table other columns can be chosen, and it can be read again.
            read = self._tables.read_for_project(place, project.data)
            return Found(read if read is not None and _same(read, dataset) else dataset)
        remark = f"{named(place)} {fate.value} {named(path)} was saved, which has its rows."
        return Found(dataset, True, remark)

    def _asked_for(self, data: Data, place: Path, fate: Fate) -> Found | None:
        """Return data that are in their file only, or in what the user takes instead."""
        assert data.origin is not None
        is_as_saved = fate is Fate.SAME
        while fate is not Fate.SAME:
            answer = self._ask(place, fate)
            if answer is None:
                return None
            if answer == place:
                break
            place, fate = answer, self._fate(answer, data.origin)
        dataset = self._tables.read_for_project(place, data)
        return None if dataset is None else Found(dataset, is_as_saved)

    def _ask(self, place: Path, fate: Fate) -> Path | None:
        """Ask what to take where a file isn't what it was: the same, another one, or nothing."""
        kinds, roles = QMessageBox.StandardButton, QMessageBox.ButtonRole
        text = f"{named(place)} {fate.value} the project was saved."
        box = message(self._window, "data_file", "Data of the project", text)
        box.setInformativeText("The project holds no copy of its rows: they are too many.")
        use = box.addButton("Use what is there now", roles.AcceptRole)
        use.setVisible(fate is Fate.CHANGED)
        look = box.addButton("Look for it…", roles.ActionRole)
        box.setDefaultButton(box.addButton(kinds.Cancel))
        box.exec()
        answer = box.clickedButton()
        box.deleteLater()
        if answer is use:
            return place
        if answer is not look:
            return None
        title = f"Where is {named(place)}?"
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(place.parent))
        return Path(name) if name else None

    def _fate(self, place: Path, origin: Origin) -> Fate:
        """Return what became of a file."""
        try:
            told = self._digest(place, origin.size)
        except ProjectError:
            return Fate.GONE
        return Fate.SAME if told == (origin.size, origin.sha256) else Fate.CHANGED

    def _digest(self, path: Path, most: int) -> tuple[int, str] | None:
        """Return the size and the digest of a file; None if that was cancelled."""
        now = stamp(path)
        told = self._tables.reader.read(named(path), partial(digest, path, most))
        if told is not None:
            self._known[path, now] = told
        return told


def seen_from(folder: Path, path: Path) -> str:
    """Return the way from a folder to a file, on another drive its own.

    To another computer there is none: Windows tells that who opens the project.
    """
    try:
        way = Path(os.path.relpath(path.absolute(), folder)).as_posix()
    except ValueError:
        way = path.absolute().as_posix()
    return "" if leads_away(way) else way


def _same(one: Dataset, other: Dataset) -> bool:
    names = one.source == other.source and one.calendar == other.calendar
    return names and bool(np.array_equal(one.x, other.x) and np.array_equal(one.y, other.y))
