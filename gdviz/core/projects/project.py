"""Project: all of a window that one comes back to.

A `.gdviz` file is JSON in UTF-8. Its fields, in their order:

- ``gdviz``: the number of this form, `VERSION`;
- ``settings``: of the current run, by the names of the table of settings;
- ``kept``: the runs beside it, each with its number, which decides its looks, its name, whether it
  is visible, and its settings; or, of a log, what it tells, see `Logged`;
- ``position`` and ``speed``: the iteration that is shown, and how fast it plays;
- ``views``: which pictures are shown, and how, and what is open beside them;
- ``lesson``: how far a lesson was taken that belongs to it, if one does: where it lies, unless it
  is gdviz's own, whether it is open, its chapter, and what was done, predicted and solved of each;
- ``data``: what the columns are called, how x counts dates, and the file that they come from:
  where it lies, seen from the project, how large it is, its SHA-256, and how it was to be read;
- ``copy_of``: of a copy for the case of a crash, where the project itself lies, if anywhere;
- ``rows``: pairs of x and y; without them the file is needed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.logged import Logged
from gdviz.core.descent.settings import Value, fields_of, values
from gdviz.core.files import FileError, named, opened
from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.formats.stream import Progress, unwatched

VERSION = 1
SUFFIX = ".gdviz"
# Rows of a file are taken along up to this; others, which are nowhere else, up to that.
MOST_COPIED, MOST_ROWS = 10_000, 100_000
# What can be open beside the pictures, and where: in a window of its own it is apart.
DOCKS = "runs", "sweep", "ledger", "explain", "python", "log", "check", "lesson"
AREAS = "left", "right", "above", "below", "apart"
_PIECE = 1 << 20

Settings = Mapping[str, Value]


class ProjectError(Exception):
    """A project that can't be opened or saved; the text is a sentence that says where, and why."""


@dataclass(frozen=True)
class Origin:
    """The file that data come from, as it was.

    Attributes
    ----------
    path : str
        Seen from the folder of the project, with / between its parts.
    size : int
        Its bytes.
    choices : Choices
        How it was to be read.
    """

    path: str
    size: int
    sha256: str
    choices: Choices = field(default_factory=Choices)


@dataclass(frozen=True)
class Data:
    """What is known of the columns besides their rows; see `Dataset`."""

    x_name: str
    y_name: str
    source: str
    calendar: Calendar | None = None
    origin: Origin | None = None


@dataclass(frozen=True)
class KeptRun:
    """A run that stays beside the current one.

    Attributes
    ----------
    log : Logged or None
        What it is, if it is that of a log; then ``with_bias`` is all its settings.
    """

    number: int
    name: str
    visible: bool
    settings: Settings
    log: Logged | None = None

    @classmethod
    def of(cls, number: int, name: str, visible: bool, experiment: Experiment) -> "KeptRun":
        """Return the run of an experiment."""
        log = experiment.method if isinstance(experiment.method, Logged) else None
        return cls(number, name, visible, values(experiment), log)

    def experiment(self, dataset: Dataset) -> Experiment:
        """Return it on some data, as it was saved; raises ValueError if that can't be run."""
        if self.log is not None:
            return self.log.experiment(dataset, bool(self.settings["with_bias"]))
        return experiment_with(self.settings, dataset)


@dataclass(frozen=True)
class Docks:
    """What is open beside the pictures.

    Attributes
    ----------
    settings : bool
        Whether their panel is there.
    places : mapping of str to tuple of tuple of str
        By the names of `AREAS`, what stands there; of several in one tuple all but one are behind
        it.
    in_front : tuple of str
        Those.
    sizes : mapping of str to int
        The width of what is beside the pictures, the height of what is below, in pixels.
    """

    settings: bool = True
    places: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    in_front: tuple[str, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Views:
    """Which pictures are shown, and how.

    Attributes
    ----------
    switches : mapping of str to bool
        What is on, by the names that lessons call it.
    in_front : tuple of str
        The pictures that are to be seen where others are behind tabs.
    history, residuals : str
        The scale of the loss history, and how residuals are drawn.
    sights : mapping of str to tuple of float
        What is seen of those pictures that were zoomed, shifted or turned: the lowest and highest
        x, then y; of the surface azimuth, elevation and zoom.
    """

    switches: Mapping[str, bool] = field(default_factory=dict)
    in_front: tuple[str, ...] = ()
    history: str = "linear"
    residuals: str = "none"
    sights: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    docks: Docks = Docks()


@dataclass(frozen=True)
class Taken:
    """What is known of a chapter.

    Attributes
    ----------
    predicted : tuple of str or float
        What was answered to its predictions.
    solved : tuple of int
        Which of its challenges are, counted from 0.
    """

    name: str
    done: bool
    predicted: tuple[str | float, ...] = ()
    solved: tuple[int, ...] = ()


@dataclass(frozen=True)
class Study:
    """How far a lesson was taken.

    Attributes
    ----------
    path : str
        The folder of its chapters, or its only one, as the path of an `Origin`; empty if it is
        gdviz's own.
    chapter : str
        The name of the one that was seen last.
    taken : tuple of Taken
        Those chapters of which anything is known.
    """

    path: str
    is_open: bool
    chapter: str
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True)
class Project:
    """All that a `.gdviz` file holds; the settings are whole, and within their ranges.

    Attributes
    ----------
    rows : tuple of pairs of float, or None
        x and y; None if they are in the file that `data` tells of, and nowhere else.
    copy_of : str
        Where the project lies that this is a copy of; empty if it isn't one.
    """

    settings: Settings
    data: Data
    rows: tuple[tuple[float, float], ...] | None
    kept: tuple[KeptRun, ...] = ()
    position: int = 0
    speed: str = ""
    views: Views = Views()
    study: Study | None = None
    copy_of: str = ""

    @property
    def dataset(self) -> Dataset | None:
        """The data, if they are here; raises ValueError if these can't be used."""
        if self.rows is None:
            return None
        x, y = np.array(self.rows).reshape(-1, 2).T
        data = self.data
        return Dataset(x, y, data.x_name, data.y_name, data.source, data.calendar)


def experiment_with(settings: Settings, dataset: Dataset) -> Experiment:
    """Return an experiment exactly as it was saved; raises ValueError if it can't be run."""
    return Experiment(dataset, **fields_of(settings))


def is_project(path: Path) -> bool:
    """Tell whether a file is a project, by its name."""
    return path.suffix.lower() == SUFFIX


def digest(path: Path, most: int, progress: Progress = unwatched) -> tuple[int, str]:
    """Return how many bytes a file has, and their SHA-256 as far as `most` of them go.

    Raises
    ------
    ProjectError
        If it can't be read.
    """
    import hashlib  # loaded when a project is saved or opened: a start does without

    known, size = hashlib.sha256(), 0
    try:
        with opened(path) as file:
            while size <= most and (piece := file.read(_PIECE)):
                known.update(piece)
                size += len(piece)
                progress(size, most)
    except FileError as error:
        raise ProjectError(str(error)) from None
    except OSError as error:
        raise ProjectError(f"{named(path)} can't be read: {error.strerror}.") from None
    return size, known.hexdigest()
