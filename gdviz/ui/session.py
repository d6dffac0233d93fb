"""Session: the current experiment, its record, and where in it we look."""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from gdviz.core.descent import Ending, Experiment, Outcome
from gdviz.core.playhead import Playhead, Speed
from gdviz.core.trajectory import Record, Row, Trajectory
from gdviz.ui.trainer import Trainer


class Session(QObject):
    """Trains an experiment in a thread and plays what has been recorded.

    A timer runs at the screen's rate while training or playing; at rest nothing runs.

    Attributes
    ----------
    experiment : Experiment
    outcome : Outcome or None
        How the run ended; None while it goes on.

    Signals
    -------
    experiment_changed()
        Another experiment has started; the record begins anew.
    moved()
        There is something new to draw: another row, or more of the record.
    playing_changed(bool)
    ended(Outcome)
        The run is over.
    failed(str)
        The run broke off; the text says why.
    """

    experiment_changed = Signal()
    moved = Signal()
    playing_changed = Signal(bool)
    ended = Signal(object)
    failed = Signal(str)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playhead = Playhead()
        # Where the user last chose to be; None: at the end, however far that is.
        self._anchor: int | None = 0
        self._trainer: Trainer | None = None
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self.outcome: Outcome | None = None
        self.experiment = experiment
        self._start(experiment)

    @property
    def record(self) -> Record:
        """All that has been recorded."""
        return self._trajectory.record

    @property
    def row(self) -> Row:
        """The row looked at."""
        return self.record.at(self._playhead.position)

    @property
    def playing(self) -> bool:
        """Whether the playhead moves by itself."""
        return self._playhead.playing

    @property
    def training(self) -> bool:
        """Whether the run still goes on."""
        return self.outcome is None

    @property
    def length(self) -> int:
        """The last iteration of the run, as far as it is known."""
        return self.experiment.iterations if self.training else self.record.newest

    def set_experiment(self, experiment: Experiment) -> None:
        """Replace the run by another, and keep looking at the same iteration, or at the end."""
        if self.playing:
            self._drop_anchor()
        self._start(experiment)

    def restart(self, experiment: Experiment) -> None:
        """Replace the run by one of other data, and look at its start."""
        self.pause()
        self._anchor = 0
        self._start(experiment)

    def toggle_playing(self) -> None:
        """Play from here, from the start if this is the end; or pause."""
        if self._playhead.playing:
            self.pause()
            return
        if not self.training and self._playhead.position >= self.record.newest:
            self.seek(0)
        self._playhead.play()
        self._run_timer()
        self.playing_changed.emit(True)

    def play_from_start(self) -> None:
        """Play the whole run."""
        self.pause()
        self.seek(0)
        self.toggle_playing()

    def pause(self) -> None:
        """Stay at this iteration."""
        if self._playhead.playing:
            self._playhead.pause()
            self._drop_anchor()
            self.playing_changed.emit(False)

    def seek(self, iteration: int) -> None:
        """Go to an iteration, or to the nearest one that has been recorded."""
        self._playhead.seek(iteration, self.record.newest)
        self._drop_anchor()
        self._show()

    def step(self, direction: int) -> None:
        """Pause, and go one recorded iteration forward (1) or back (-1)."""
        self.pause()
        record = self.record
        if record.last is None:
            return
        index = record.index(self._playhead.position) + direction
        self.seek(record[min(max(index, 0), len(record) - 1)].iteration)

    def to_start(self) -> None:
        """Pause at the start."""
        self.pause()
        self.seek(0)

    def to_end(self) -> None:
        """Pause at the newest iteration."""
        self.pause()
        self.seek(self.length)

    def set_speed(self, speed: Speed) -> None:
        """Play at another speed."""
        self._playhead.speed = speed

    def stop_training(self) -> None:
        """End the run here; what has been recorded stays."""
        if self._trainer is not None and self.training:
            self._trainer.requestInterruption()

    def close(self) -> None:
        """End thread and timer; nothing runs afterwards."""
        self._timer.stop()
        self._drop_trainer()

    def _drop_anchor(self) -> None:
        """Remember where we are, for the runs to come."""
        position = self._playhead.position
        self._anchor = None if 0 < self.record.newest <= position else position

    def _show(self) -> None:
        if self.record.last is not None:
            self.moved.emit()

    def _start(self, experiment: Experiment) -> None:
        self._drop_trainer()
        self.experiment = experiment
        self.outcome = None
        self._trajectory = Trajectory()
        end = experiment.iterations
        self._playhead.seek(end if self._anchor is None else self._anchor, end)
        self._trainer = Trainer(experiment, self._trajectory, self)
        self._trainer.ended.connect(self._on_ended)
        self._trainer.failed.connect(self._on_failed)
        self.experiment_changed.emit()
        self._trainer.begin()
        self._run_timer()

    def _drop_trainer(self) -> None:
        """Stop the trainer and forget it, and with it what it may still have to say."""
        if self._trainer is None:
            return
        self._trainer.ended.disconnect(self._on_ended)
        self._trainer.failed.disconnect(self._on_failed)
        self._trainer.stop()
        self._trainer.deleteLater()
        self._trainer = None

    def _run_timer(self) -> None:
        if not self._timer.isActive():
            screen = QGuiApplication.primaryScreen()
            self._timer.setInterval(round(1000 / max(screen.refreshRate(), 30)))
            self._elapsed.start()
            self._timer.start()

    def tick(self) -> None:
        """Draw a frame: move by the time since the last one. The timer calls this."""
        elapsed_s = self._elapsed.restart() / 1000
        was_playing = self.playing
        self._playhead.advance(elapsed_s, self.record.newest, self.length, self.training)
        self._show()
        if was_playing and not self.playing:
            self._drop_anchor()
            self.playing_changed.emit(False)
        if not (self.playing or self.training):
            self._timer.stop()

    def _on_ended(self, outcome: Outcome) -> None:
        if self.sender() is not self._trainer:
            return
        self.outcome = outcome
        self._playhead.seek(self._playhead.position, self.record.newest)
        self.ended.emit(outcome)
        self._show()

    def _on_failed(self, reason: str) -> None:
        self._on_ended(Outcome(Ending.STOPPED, self.record.newest))
        self.failed.emit(reason)
