"""Runs: the current one, and those that are kept beside it."""

import dataclasses
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from gdviz.core.descent.descent import Experiment, Outcome
from gdviz.core.descent.logged import Logged
from gdviz.core.descent.run import MOST_KEPT, Run
from gdviz.core.descent.trajectory import Record
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.sentences import run_name
from gdviz.ui.running.collecting import collect_what_is_due
from gdviz.ui.running.training import Training
from gdviz.ui.running.trainings import Trainings

# Kept runs follow a drag when all of them together take no more iterations than this.
MOST_FOLLOWING = 3_000


class Kept(NamedTuple):
    """An experiment whose run stays while the next one moves; see `Run`.

    Attributes
    ----------
    lent : bool
        Whether a lesson set it beside the current one, rather than the user.
    """

    experiment: Experiment
    name: str
    visible: bool = True
    lent: bool = False


class State(NamedTuple):
    """All that undo brings back: the current experiment, and the kept ones by their number."""

    experiment: Experiment
    kept: dict[int, Kept]

    def on(self, experiment: Experiment) -> "State":
        """Return another current run, and the kept ones on its data."""
        return State(experiment, _kept_on(experiment.dataset, self.kept))

    def with_kept(self, experiment: Experiment, name: str = "", lent: bool = False) -> "State":
        """Return one more kept run, if there is room for it, of a name that no other has."""
        free = (number for number in range(MOST_KEPT) if number not in self.kept)
        number = next(free, None)
        if number is None:
            return self
        name = _unused(name or run_name(experiment), [run.name for run in self.kept.values()])
        kept = {**self.kept, number: Kept(experiment, name, lent=lent)}
        return self._replace(kept=kept)


class Runs(QObject):
    """Trains the current experiment, and keeps runs that are to stay while the next one moves.

    Signals
    -------
    experiment_changed()
        Another experiment is the current one; its record begins anew.
    kept_changed()
        A run was kept, removed, renamed, hidden or shown, or has ended.
    grown()
        There is more of the runs than there was, or less.
    ended(Outcome)
        The current run is over.
    failed(str)
        The current run broke off; the text says why.
    """

    experiment_changed = Signal()
    kept_changed = Signal()
    grown = Signal()
    ended = Signal(object)
    failed = Signal(str)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[int, Kept] = {}  # by number
        self._is_taking = False
        self._trainings = Trainings(self, self._on_ended, self._on_failed, self.grown)
        self.experiment = experiment
        self._training = self._trainings.of(experiment)
        self._training.begin()

    @property
    def record(self) -> Record:
        """All that has been recorded of the current run."""
        return self._training.record

    @property
    def outcome(self) -> Outcome | None:
        """How the current run ended; None while it goes on."""
        return self._training.outcome

    @property
    def training(self) -> bool:
        """Whether the current run still goes on."""
        return self.outcome is None

    @property
    def current(self) -> Run:
        """The current run as it is now."""
        return Run(self.experiment, self.record, self.outcome)

    @property
    def kept(self) -> list[Run]:
        """The kept runs as they are now, in the order in which they were kept."""
        return [
            Run(run.experiment, training.record, training.outcome, run.name, number, run.visible)
            for number, run in self._kept.items()
            for training in [self._trainings.of(run.experiment)]
        ]

    @property
    def state(self) -> State:
        """What `bring_back` needs."""
        return State(self.experiment, dict(self._kept))

    @property
    def longest(self) -> Record:
        """The record that goes furthest, of all runs that are shown."""
        return max((training.record for training in self.shown), key=lambda r: r.newest)

    @property
    def length(self) -> int:
        """The last iteration of all runs that are shown, as far as it is known."""
        return max(training.length for training in self.shown)

    @property
    def busy(self) -> bool:
        """Whether any run that is shown still goes on, and isn't paused."""
        return any(each.outcome is None and not each.paused for each in self.shown)

    def replace(self, experiment: Experiment, dragged: bool = False) -> None:
        """Make another experiment the current one; its data become those of the kept ones.

        While it is `dragged`, long kept runs wait for `settle`: its data may change again at once.
        """
        wait = dragged and sum(run.experiment.iterations for run in self.kept) > MOST_FOLLOWING
        self.bring_back(State(experiment, self._kept) if wait else self.state.on(experiment))

    def bring_back(self, state: State) -> None:
        """Show the current run and the kept ones of another time.

        Those that were over by then are as they were; the others are trained anew.
        """
        if self.experiment is state.experiment:
            self._set_kept(state.kept)
        else:
            self._replace(state)
        collect_what_is_due()

    def settle(self) -> None:
        """End a drag: what couldn't follow it, such as kept runs and axes, does so now."""
        self._set_kept(self.state.on(self.experiment).kept)
        self.experiment_changed.emit()
        self.grown.emit()

    @property
    def can_keep(self) -> bool:
        """Whether there is room for the current run, and it isn't kept already."""
        known = any(run.experiment is self.experiment for run in self._kept.values())
        return len(self._kept) < MOST_KEPT and not known

    def keep(self) -> None:
        """Keep the current run: it stays while the next one moves."""
        if self.can_keep:
            self._set_kept(self.state.with_kept(self.experiment).kept)

    def rename(self, number: int, name: str) -> None:
        """Give a kept run another name."""
        self._set_kept({**self._kept, number: self._kept[number]._replace(name=name)})

    def show(self, number: int, visible: bool) -> None:
        """Show a kept run in the plots, or hide it."""
        self._set_kept({**self._kept, number: self._kept[number]._replace(visible=visible)})

    def remove(self, number: int) -> None:
        """Forget a kept run."""
        self._set_kept({other: run for other, run in self._kept.items() if other != number})

    def stop(self) -> None:
        """End the current run here; what has been recorded stays."""
        self._training.stop()

    def close(self) -> None:
        """End all threads."""
        self._trainings.close()

    @property
    def shown(self) -> list[Training]:
        """What trains the runs that the plots draw, the current one first."""
        visible = [run.experiment for run in self._kept.values() if run.visible]
        return [self._training, *(self._trainings.of(experiment) for experiment in visible)]

    def _drop_unused(self) -> None:
        """Forget what is neither current nor kept any more, but for what came of it."""
        kept = {run.experiment for run in self._kept.values()}
        # One that has just been kept is drawn twice.
        self._trainings.drop_all_but({self.experiment, *kept}, 1 + len(self._kept))

    def _replace(self, state: State) -> None:
        """Show another current run, and perhaps other kept ones: pictures follow once."""
        before, self.experiment = self._training, state.experiment
        self._training = self._trainings.of(state.experiment)
        have_changed = self._take_kept(state.kept)
        if before.experiment in {run.experiment for run in self._kept.values()}:
            before.go_on()  # nobody can tell a kept run to
        self.experiment_changed.emit()
        if have_changed:
            self.kept_changed.emit()
        known = self.outcome  # of a kept run, or one of before, that is over
        if known is None:
            self._training.begin()
        else:
            self.ended.emit(known)
        # What there is by now belongs into the same frame; an end in `begin` has told already.
        if self.training or known is not None:
            self.grown.emit()

    def _set_kept(self, kept: dict[int, Kept]) -> None:
        """Show other kept runs, or the same in another way."""
        if self._take_kept(kept):
            self.kept_changed.emit()
            self.grown.emit()

    def _take_kept(self, kept: dict[int, Kept]) -> bool:
        """Have other kept runs, those that are short trained already; return whether they differ.

        Who hears of it draws them all: once, not at the end of each.
        """
        before, self._kept = self._kept, dict(kept)
        self._is_taking = True
        for run in kept.values():
            self._trainings.of(run.experiment).begin()
        self._is_taking = False
        self._drop_unused()
        return kept != before

    def _on_ended(self, outcome: Outcome) -> None:
        training = self.sender()
        assert isinstance(training, Training)
        if self._is_taking:
            return
        if training is self._training:
            self.ended.emit(outcome)
        if any(run.experiment is training.experiment for run in self._kept.values()):
            self.kept_changed.emit()
        self.grown.emit()

    def _on_failed(self, reason: str) -> None:
        if self.sender() is self._training:
            self.failed.emit(reason)


def _kept_on(dataset: Dataset, kept: dict[int, Kept]) -> dict[int, Kept]:
    """Return kept experiments with those data; of logs only those that are of such columns."""
    return {
        number: run if run.experiment.dataset is dataset
        else run._replace(experiment=dataclasses.replace(run.experiment, dataset=dataset))
        for number, run in kept.items()
        if not isinstance(run.experiment.method, Logged)
        or _columns(run.experiment.dataset) == _columns(dataset)
    }  # fmt: skip


def _columns(dataset: Dataset) -> tuple[object, ...]:
    """Return what a weight and a bias are of: elsewhere the same numbers mean another line."""
    return dataset.x_name, dataset.y_name, dataset.calendar


def _unused(name: str, taken: list[str]) -> str:
    """Return a name that is not taken: the same, or with a number."""
    others = [name, *(f"{name} ({number})" for number in range(2, MOST_KEPT + 2))]
    return next(other for other in others if other not in taken)
