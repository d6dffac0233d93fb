"""Playback: where in the runs we look, and the clock that moves it."""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from gdviz.core.descent.playhead import Playhead, Speed
from gdviz.core.descent.trajectory import Record, Row, last_recorded, recorded_beside
from gdviz.ui.running.collecting import collect_what_is_due
from gdviz.ui.running.runs import Runs

# Where motion is too much for somebody, steps are this far apart: no more than three a second.
CALM_STEP_S = 1 / 3


class Playback(QObject):
    """Plays what has been recorded, all runs together.

    A timer runs at the screen's rate while anything plays or trains; at rest nothing runs. It has
    to be told of the runs' changes before anyone else: make it when they are made. When it has
    `moved` there is another row to draw, or more of the record.

    Attributes
    ----------
    reduced_motion : bool
        Whether motion is too much for somebody: then every step is a jump, and jumps are seldom.
    guessing : bool
        Whether somebody is to guess where the next step lands: no walk may give it away.

    Signals
    -------
    frame_began()
        The timer has ticked, and there is something new; what follows is one frame.
    """

    frame_began = Signal()
    moved = Signal()
    playing_changed = Signal(bool)

    def __init__(self, runs: Runs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._playhead = Playhead()
        self.reduced_motion = self.guessing = False
        # Where the user last chose to be; None: at the end, however far that is.
        self._anchor: int | None = 0
        self._told: tuple[float, float, bool] | None = None
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        runs.experiment_changed.connect(self._on_experiment_changed)
        runs.ended.connect(self._on_ended)
        runs.grown.connect(self._on_grown)
        self._run_timer()

    @property
    def row(self) -> Row:
        """The row of the current run that is looked at: its last one where others go on longer."""
        return self._runs.record.at(self._playhead.position)

    @property
    def iteration(self) -> int:
        """The iteration looked at, as any of the runs that are shown has it; 0 before any."""
        return last_recorded(self._records, self._playhead.position)

    @property
    def position(self) -> float:
        """Where the pictures stand: at the iteration or, at slow speeds, on the way to the next."""
        return self.iteration + self._walked

    @property
    def seen(self) -> Row:
        """What the pictures show of the current run: its row, or a place on the way to the next."""
        return self._runs.current.at(self._playhead.position + self._walked)

    @property
    def playing(self) -> bool:
        """Whether the playhead moves by itself."""
        return self._playhead.playing

    def toggle(self) -> None:
        """Play from here, from the start if this is the end; or pause."""
        if self.playing:
            self.pause()
            return
        if not self._runs.busy and self._playhead.position >= self._newest:
            self.seek(0)
        self._playhead.play()
        self._elapsed.start()
        self._run_timer()
        self.playing_changed.emit(True)

    def play_from_start(self) -> None:
        """Play the whole run."""
        self.to_start()
        self.toggle()

    def pause(self) -> None:
        """Stay at this iteration."""
        if self.playing:
            self._playhead.pause()
            self._drop_anchor()
            # Who was on the way to the next row stands at this one again.
            self._tell()
            self.playing_changed.emit(False)

    def seek(self, iteration: int) -> None:
        """Go to an iteration, or to the nearest one that has been recorded."""
        self._playhead.seek(iteration, self._newest)
        self._drop_anchor()
        self._tell()

    def step(self, direction: int) -> None:
        """Pause, and go one recorded iteration forward (1) or back (-1)."""
        self.pause()
        self.seek(recorded_beside(self._records, self._playhead.position, direction))

    def to_start(self) -> None:
        """Pause at the start."""
        self.pause()
        self.seek(0)

    def to_end(self) -> None:
        """Pause at the newest iteration."""
        self.pause()
        self.seek(self._runs.length)

    def set_speed(self, speed: Speed) -> None:
        """Play at another speed."""
        self._playhead.speed = speed

    def tick(self) -> None:
        """Draw a frame: move by the time since the last one. The timer calls this."""
        runs, was_playing = self._runs, self.playing
        elapsed_s = self._elapsed.elapsed() / 1000
        if self.reduced_motion and elapsed_s < CALM_STEP_S and (was_playing or runs.busy):
            return
        self._elapsed.restart()
        stride = runs.longest.stride
        self._playhead.advance(elapsed_s, self._newest, runs.length, runs.busy, stride)
        # At slow speeds most frames show the same iteration: of those there is nothing to draw.
        if runs.busy or self._state != self._told:
            self.frame_began.emit()
            self._tell()
        collect_what_is_due()
        if was_playing and not self.playing:
            self._drop_anchor()
            self.playing_changed.emit(False)
        if not (self.playing or runs.busy):
            self.close()

    def close(self) -> None:
        """End the timer."""
        self._timer.stop()

    @property
    def _records(self) -> list[Record]:
        """What is known of each run that is shown and has begun."""
        return [each.record for each in self._runs.shown if each.record.last is not None]

    @property
    def _newest(self) -> int:
        return self._runs.longest.newest

    @property
    def _walked(self) -> float:
        """How much of the step is behind, of 1; where rows are left out there is none to walk."""
        if self.reduced_motion or self.guessing or self._runs.longest.stride > 1:
            return 0.0
        return self._playhead.walked(self._runs.length)

    @property
    def _state(self) -> tuple[float, float, bool]:
        """The iteration looked at, how much of the step is behind, and whether more is recorded."""
        return self._playhead.position, self._walked, self._runs.busy

    def _drop_anchor(self) -> None:
        """Remember where we are, for the runs to come."""
        position = self._playhead.position
        self._anchor = None if 0 < self._newest <= position else position

    def _tell(self) -> None:
        self._told = self._state
        if self._runs.record.last is not None:
            self.moved.emit()

    def _run_timer(self) -> None:
        """Draw frames for as long as anything moves; `tick` ends it."""
        if (self.playing or self._runs.busy) and not self._timer.isActive():
            screen = QGuiApplication.primaryScreen()
            self._timer.setInterval(round(1000 / max(screen.refreshRate(), 30)))
            self._elapsed.start()
            self._timer.start()

    def _on_experiment_changed(self) -> None:
        """Keep looking at the same iteration, or at the end."""
        if self.playing:
            self._anchor = self._playhead.position
        end = self._runs.length
        self._playhead.seek(end if self._anchor is None else self._anchor, end)

    def _on_ended(self) -> None:
        # Nobody who is on the way need begin again.
        if self._playhead.position > self._newest:
            self._playhead.seek(self._newest, self._newest)

    def _on_grown(self) -> None:
        self._run_timer()
        self._tell()
