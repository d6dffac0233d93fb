"""Runs: the current one, and those that are kept beside it."""

import dataclasses

from PySide6.QtCore import QObject, Signal

from gdviz.core.descent.descent import Experiment, Outcome
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import Record
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.sentences import run_name
from gdviz.ui.running.collecting import collect_what_is_due
from gdviz.ui.running.training import Training

# As many as there are colours for.
MOST_KEPT = 6
# Kept runs follow a drag when all of them together take no more iterations than this.
MOST_FOLLOWING = 3_000


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
        # By number; what goes on is known to the training of the same experiment.
        self._kept: dict[int, Run] = {}
        self._trainings: dict[Experiment, Training] = {}
        self.experiment = experiment
        self._training = self._training_of(experiment)
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
            dataclasses.replace(run, record=training.record, outcome=training.outcome)
            for run in self._kept.values()
            for training in [self._trainings[run.experiment]]
        ]

    @property
    def longest(self) -> Record:
        """The record that goes furthest, of all runs that are shown."""
        return max((training.record for training in self._shown), key=lambda r: r.newest)

    @property
    def length(self) -> int:
        """The last iteration of all runs that are shown, as far as it is known."""
        return max(training.length for training in self._shown)

    @property
    def busy(self) -> bool:
        """Whether any run that is shown still goes on."""
        return any(training.outcome is None for training in self._shown)

    def replace(self, experiment: Experiment, dragged: bool = False) -> None:
        """Make another experiment the current one; its data become those of the kept ones.

        While it is `dragged`, long kept runs wait for `settle`: its data may change again at once.
        """
        if not dragged or sum(run.experiment.iterations for run in self.kept) <= MOST_FOLLOWING:
            self._run_kept_on(experiment.dataset)
        self.experiment = experiment
        self._training = self._training_of(experiment)
        self._drop_unused()
        self.experiment_changed.emit()
        known = self.outcome  # of a kept run that is over
        if known is None:
            self._training.begin()
        else:
            self.ended.emit(known)
        # What there is by now belongs into the same frame; an end in `begin` has told already.
        if self.training or known is not None:
            self.grown.emit()
        collect_what_is_due()

    def settle(self) -> None:
        """End a drag: what couldn't follow it, such as kept runs and axes, does so now."""
        self._run_kept_on(self.experiment.dataset)
        self.experiment_changed.emit()
        self.grown.emit()

    @property
    def can_keep(self) -> bool:
        """Whether there is room for the current run, and it isn't kept already."""
        known = any(run.experiment is self.experiment for run in self._kept.values())
        return len(self._kept) < MOST_KEPT and not known

    def keep(self) -> None:
        """Keep the current run: it stays while the next one moves."""
        if not self.can_keep:
            return
        number = next(number for number in range(MOST_KEPT) if number not in self._kept)
        name = _unused(run_name(self.experiment), [run.name for run in self._kept.values()])
        self._kept[number] = dataclasses.replace(self.current, name=name, number=number)
        self._tell_kept()

    def rename(self, number: int, name: str) -> None:
        """Give a kept run another name."""
        self._kept[number] = dataclasses.replace(self._kept[number], name=name)
        self._tell_kept()

    def show(self, number: int, visible: bool) -> None:
        """Show a kept run in the plots, or hide it."""
        self._kept[number] = dataclasses.replace(self._kept[number], visible=visible)
        self._tell_kept()

    def remove(self, number: int) -> None:
        """Forget a kept run."""
        del self._kept[number]
        self._drop_unused()
        self._tell_kept()

    def stop(self) -> None:
        """End the current run here; what has been recorded stays."""
        self._training.stop()

    def close(self) -> None:
        """End all threads."""
        for training in self._trainings.values():
            training.close()

    @property
    def _shown(self) -> list[Training]:
        """What the plots draw."""
        visible = [run.experiment for run in self._kept.values() if run.visible]
        return [self._training, *(self._trainings[experiment] for experiment in visible)]

    def _training_of(self, experiment: Experiment) -> Training:
        """Return what trains an experiment: a kept one may have been run already."""
        if experiment not in self._trainings:
            training = self._trainings[experiment] = Training(experiment, self)
            training.ended.connect(self._on_ended)
            training.failed.connect(self._on_failed)
        return self._trainings[experiment]

    def _drop_unused(self) -> None:
        """Forget what is neither current nor kept any more."""
        used = {self.experiment, *(run.experiment for run in self._kept.values())}
        for experiment in self._trainings.keys() - used:
            training = self._trainings.pop(experiment)
            training.close()
            training.deleteLater()

    def _run_kept_on(self, dataset: Dataset) -> None:
        """Run those kept experiments that are of other data on these."""
        others = [run for run in self.kept if run.experiment.dataset is not dataset]
        for run in others:
            experiment = dataclasses.replace(run.experiment, dataset=dataset)
            assert run.number is not None
            self._kept[run.number] = dataclasses.replace(run, experiment=experiment)
            self._training_of(experiment).begin()
        self._drop_unused()
        if others:
            self._tell_kept()

    def _tell_kept(self) -> None:
        self.kept_changed.emit()
        self.grown.emit()

    def _on_ended(self, outcome: Outcome) -> None:
        training = self.sender()
        assert isinstance(training, Training)
        if training is self._training:
            self.ended.emit(outcome)
        if any(run.experiment is training.experiment for run in self._kept.values()):
            self.kept_changed.emit()
        self.grown.emit()

    def _on_failed(self, reason: str) -> None:
        if self.sender() is self._training:
            self.failed.emit(reason)


def _unused(name: str, taken: list[str]) -> str:
    """Return a name that is not taken: the same, or with a number."""
    others = [name, *(f"{name} ({number})" for number in range(2, MOST_KEPT + 2))]
    return next(other for other in others if other not in taken)
