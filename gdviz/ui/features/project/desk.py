"""Desk: what a project holds of the window, taken from it and put back in one go."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.settings import values
from gdviz.core.projects.project import (
    Data,
    KeptRun,
    Project,
    Settings,
    Views,
    experiment_with,
)
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.features import Feature
from gdviz.ui.running.runs import Kept, State
from gdviz.ui.running.session import Session

# The switches of the loss history.
SCALES = "logarithmic", "above_minimum"


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


class Desk(QObject):
    """The session and its pictures.

    Parameters
    ----------
    playing : Feature
        Its state is the speed.
    """

    def __init__(
        self, session: Session, pictures: Pictures, playing: Feature, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._pictures, self._playing = session, pictures, playing
        # The iteration to go to as soon as there is one of that number.
        self._awaited: int | None = None
        session.runs.experiment_changed.connect(self._await_nothing)
        session.runs.grown.connect(self._look)

    @property
    def dataset(self) -> Dataset:
        """The data that are shown."""
        return self._session.runs.experiment.dataset

    @property
    def content(self) -> object:
        """What makes a project another one: not where one looks, nor how fast it plays."""
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
            self._session.playback.iteration,
            self._playing.state(),
            self._pictures.views,
        )

    def put_back(self, project: Project, dataset: Dataset, text: str) -> None:
        """Show a project with its data, as one step to undo; ValueError if it can't be run."""
        current = experiment_with(project.settings, dataset)

        def experiment(run: KeptRun) -> Experiment:
            # The current run and a kept one can be the same.
            return current if run.settings == project.settings else run.experiment(dataset)

        kept = {run.number: Kept(experiment(run), run.name, run.visible) for run in project.kept}
        state = State(current, kept)
        session = self._session
        session.playback.to_start()
        bring_back = partial(session.undo.bring_back, state, text)
        self._pictures.show_views(project.views, bring_back)
        self._playing.bring_back(project.speed)
        self._awaited = project.position
        self._look()

    def go_back_to(self, settings: Settings, position: int, text: str) -> None:
        """Run the data with other settings, as one step to undo; ValueError if it can't be run."""
        session = self._session
        state = State(experiment_with(settings, self.dataset), session.runs.state.kept)
        session.playback.to_start()
        session.undo.bring_back(state, text)
        self._awaited = position
        self._look()

    def _await_nothing(self) -> None:
        self._awaited = None

    def _look(self) -> None:
        """See whether the run has come as far as is to be shown, or ends before."""
        runs = self._session.runs
        if self._awaited is not None and (runs.longest.newest >= self._awaited or not runs.busy):
            iteration, self._awaited = self._awaited, None
            self._session.playback.seek(iteration)
