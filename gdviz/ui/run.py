"""Run: an experiment, its record, and the thread that writes it."""

from PySide6.QtCore import QObject, Signal

from gdviz.core.descent import Ending, Experiment, Outcome
from gdviz.core.trajectory import Record, Trajectory
from gdviz.ui.trainer import Trainer


class Run(QObject):
    """Trains an experiment in a thread of its own; `close` before dropping it.

    Attributes
    ----------
    experiment : Experiment
    outcome : Outcome or None
        How it ended; None while it goes on.

    Signals
    -------
    ended(Outcome)
        The run is over and recorded.
    failed(str)
        It broke off; the text says why.
    """

    ended = Signal(object)
    failed = Signal(str)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.outcome: Outcome | None = None
        self._trajectory = Trajectory()
        self._trainer: Trainer | None = Trainer(experiment, self._trajectory, self)
        self._trainer.ended.connect(self._on_ended)
        self._trainer.failed.connect(self._on_failed)

    @property
    def record(self) -> Record:
        """All that has been recorded."""
        return self._trajectory.record

    @property
    def training(self) -> bool:
        """Whether it still goes on."""
        return self.outcome is None

    @property
    def length(self) -> int:
        """Its last iteration, as far as it is known."""
        return self.experiment.iterations if self.training else self.record.newest

    def begin(self) -> None:
        """Start training, unless it has been started."""
        trainer = self._trainer
        if trainer is not None and not (trainer.isRunning() or trainer.isFinished()):
            trainer.begin()

    def stop(self) -> None:
        """End the run here; what has been recorded stays."""
        if self._trainer is not None and self.training:
            self._trainer.requestInterruption()

    def close(self) -> None:
        """End the thread and forget it, and with it what it may still have to say."""
        if self._trainer is None:
            return
        self._trainer.ended.disconnect(self._on_ended)
        self._trainer.failed.disconnect(self._on_failed)
        self._trainer.stop()
        self._trainer.deleteLater()
        self._trainer = None

    def _on_ended(self, outcome: Outcome) -> None:
        # A call that was under way when the run was closed can still arrive.
        if self._trainer is not None:
            self.outcome = outcome
            self.ended.emit(outcome)

    def _on_failed(self, reason: str) -> None:
        self._on_ended(Outcome(Ending.STOPPED, self.record.newest))
        self.failed.emit(reason)
