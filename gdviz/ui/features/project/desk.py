"""Desk: what a project holds of the window, taken from it and put back in one go."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.settings import values
from gdviz.core.projects.project import (
    Data,
    Docks,
    KeptRun,
    Project,
    Settings,
    Study,
    Views,
    experiment_with,
)
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.features import Feature
from gdviz.ui.plots.loss_history import SCALES
from gdviz.ui.running.runs import Kept, State
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.dock import Dock


class Pictures(Protocol):
    """What knows how the pictures are drawn."""

    @property
    def changed(self) -> SignalInstance:
        """Emitted when that isn't as it was."""

    @property
    def views(self) -> Views:
        """How they are drawn."""

    def show_views(self, views: Views, change: Callable[[], None]) -> None:
        """Change what is shown, and draw it so."""


class Surroundings(Protocol):
    """What knows what is open beside the pictures."""

    @property
    def beside(self) -> Docks:
        """What is, and where."""

    def arrange(self, docks: Docks) -> None:
        """Have those open, there, and no others."""


class Lesson(Protocol):
    """What knows of a lesson."""

    @property
    def study(self) -> Study | None:
        """How far one was taken, if one was."""

    def take_up(self, study: Study | None) -> tuple[bool, str]:
        """Go on with it, if there is one; tell whether to open it, and what is to be known."""

    @property
    def dock(self) -> Dock[Any]:
        """Where it is on, while that is open."""

    def close(self) -> None:
        """Leave it."""


class Own(NamedTuple):
    """All that is the learner's own, while a lesson is in its place; but for the rows' file."""

    dataset: Dataset
    content: object
    project: Project


class Desk(QObject):
    """The session and its pictures; while a lesson is on, as they were before it.

    Parameters
    ----------
    playing : Feature
        Its state is the speed.
    """

    def __init__(
        self,
        session: Session,
        pictures: Pictures,
        surroundings: Surroundings,
        playing: Feature,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._pictures, self._playing = session, pictures, playing
        self._surroundings = surroundings
        self._own: Own | None = None
        # The iteration to go to as soon as there is one of that number.
        self._awaited: int | None = None
        self._then: Callable[[], None] | None = None
        session.runs.experiment_changed.connect(self._await_nothing)
        session.runs.grown.connect(self._look)

    @property
    def dataset(self) -> Dataset:
        """The data that a project holds."""
        return self.seen if self._own is None else self._own.dataset

    @property
    def seen(self) -> Dataset:
        """The data that are shown, be they a lesson's."""
        return self._session.runs.experiment.dataset

    def put_away(self) -> None:
        """Hold on to what there is: what is shown from now on is a lesson's."""
        dataset = self.dataset
        data = Data(dataset.x_name, dataset.y_name, dataset.source, dataset.calendar)
        self._own = Own(dataset, self.content, self.taken(data, True))

    def bring_back(self) -> None:
        """Look again at what is shown."""
        self._own = None

    @property
    def content(self) -> object:
        """What makes a project another one: not where one looks, nor how fast it plays."""
        if self._own is not None:
            return self._own.content
        experiment, kept = self._session.runs.state
        views = self._pictures.views
        # The scale of a run that diverges changes by itself; the one that was chosen counts.
        switches = {name: on for name, on in views.switches.items() if name not in SCALES}
        runs = [KeptRun.of(n, run.name, run.visible, run.experiment) for n, run in kept.items()]
        return (
            experiment.dataset, values(experiment), runs,
            switches, views.history, views.residuals,
        )  # fmt: skip

    def taken(self, data: Data, has_rows: bool) -> Project:
        """Return the project of what there is now."""
        if self._own is not None:
            project = self._own.project
            return replace(project, data=data, rows=project.rows if has_rows else None)
        experiment, kept = self._session.runs.state
        columns = (column.tolist() for column in (experiment.dataset.x, experiment.dataset.y))
        return Project(
            values(experiment),
            data,
            tuple(zip(*columns, strict=True)) if has_rows else None,
            tuple(
                KeptRun.of(number, run.name, run.visible, run.experiment)
                for number, run in kept.items()
            ),
            self._session.playback.iteration if self._awaited is None else self._awaited,
            self._playing.state(),
            replace(self._pictures.views, docks=self._surroundings.beside),
        )

    def state(self, project: Project, dataset: Dataset) -> State:
        """Return the runs of a project with its data; ValueError if they can't be run."""
        current = experiment_with(project.settings, dataset)

        def experiment(run: KeptRun) -> Experiment:
            # The current run and a kept one can be the same.
            return current if run.settings == project.settings else run.experiment(dataset)

        kept = {run.number: Kept(experiment(run), run.name, run.visible) for run in project.kept}
        return State(current, kept)

    def put_back(
        self, project: Project, state: State, text: str, then: Callable[[], None] | None
    ) -> None:
        """Show a project with its runs, as one step to undo; do something when it is there."""
        session = self._session
        session.playback.to_start()
        bring_back = partial(session.undo.bring_back, state, text)
        self._surroundings.arrange(project.views.docks)
        self._pictures.show_views(project.views, bring_back)
        self._playing.bring_back(project.speed)
        self._awaited, self._then = project.position, then
        self._look()

    def go_back_to(self, settings: Settings, position: int, text: str) -> None:
        """Run the data with other settings, as one step to undo; ValueError if it can't be run."""
        session = self._session
        state = State(experiment_with(settings, self.seen), session.runs.state.kept)
        session.playback.to_start()
        session.undo.bring_back(state, text)
        self._awaited, self._then = position, None
        self._look()

    def _await_nothing(self) -> None:
        self._awaited = self._then = None

    def _look(self) -> None:
        """See whether the run has come as far as is to be shown, or ends before."""
        runs = self._session.runs
        if self._awaited is not None and (runs.longest.newest >= self._awaited or not runs.busy):
            iteration, then = self._awaited, self._then
            self._await_nothing()
            self._session.playback.seek(iteration)
            if then is not None:
                # Not from within a run that grows: what follows may begin another.
                QTimer.singleShot(0, self, then)
