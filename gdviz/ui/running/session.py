"""Session: the current run, the runs kept beside it, and where in them we look."""

import dataclasses
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QUndoStack

from gdviz.core.descent.descent import Experiment, Outcome
from gdviz.core.descent.playhead import Playhead, Speed
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.sentences import run_name
from gdviz.ui.running.collecting import collect_by_hand, collect_what_is_due
from gdviz.ui.running.run import Run
from gdviz.ui.running.undo import Change, changed_settings

# As many as there are colours for.
MOST_KEPT = 6
# After so long a rest the next change of a setting is a step of its own.
REST_MS = 1000
# Kept runs follow a drag when all of them together take no more iterations than this.
MOST_FOLLOWING = 3_000
# Undo is without end, but for huge data: beyond this all that was before is forgotten.
MOST_UNDO_BYTES = 2**30
_BYTES_OF_A_ROW = 16


@dataclass(frozen=True, eq=False)
class Kept:
    """A run that stays while the next one moves.

    Attributes
    ----------
    number : int
        The smallest that was free, from 0; it decides colour, dash and marker.
    name : str
    run : Run
    visible : bool
        Whether the plots draw it.
    """

    number: int
    name: str
    run: Run
    visible: bool = True


class Session(QObject):
    """Trains experiments in threads and plays what has been recorded, all runs together.

    A timer runs at the screen's rate while training or playing; at rest nothing runs.

    Attributes
    ----------
    run : Run
        The current one.
    kept : list of Kept
    undo_stack : QUndoStack
        Every change of settings and data.

    Signals
    -------
    experiment_changed()
        Another experiment is the current one; its record begins anew.
    kept_changed()
        A run was kept, removed, renamed, hidden or shown, or has ended.
    moved()
        There is something new to draw: another row, or more of the record.
    playing_changed(bool)
    ended(Outcome)
        The current run is over.
    failed(str)
        The current run broke off; the text says why.
    """

    experiment_changed = Signal()
    kept_changed = Signal()
    moved = Signal()
    playing_changed = Signal(bool)
    ended = Signal(object)
    failed = Signal(str)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        collect_by_hand()
        self._playhead = Playhead()
        # Where the user last chose to be; None: at the end, however far that is.
        self._anchor: int | None = 0
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self.undo_stack = QUndoStack(self)
        # Which gesture the last change belongs to, and how long ago it was.
        self._gesture: object = object()
        self._held = self._follows_drag = False
        self._since_change = QElapsedTimer()
        self.kept: list[Kept] = []
        self.run = self._new_run(experiment)
        self._begin()

    @property
    def experiment(self) -> Experiment:
        """The current one."""
        return self.run.experiment

    @property
    def record(self) -> Record:
        """All that has been recorded of the current run."""
        return self.run.record

    @property
    def outcome(self) -> Outcome | None:
        """How the current run ended; None while it goes on."""
        return self.run.outcome

    @property
    def row(self) -> Row:
        """The row of the current run that is looked at: its last one where others go on longer."""
        return self.record.at(self._playhead.position)

    @property
    def iteration(self) -> int:
        """The iteration looked at, in the longest of the runs that are shown."""
        return self._longest.record.at(self._playhead.position).iteration

    @property
    def playing(self) -> bool:
        """Whether the playhead moves by itself."""
        return self._playhead.playing

    @property
    def training(self) -> bool:
        """Whether the current run still goes on."""
        return self.run.training

    @property
    def length(self) -> int:
        """The last iteration of all runs that are shown, as far as it is known."""
        return max(run.length for run in self._shown)

    def change(self, experiment: Experiment, text: str = "", gesture: object | None = None) -> None:
        """Replace settings or data of the current run, so that it can be undone.

        Changes of the same setting in one gesture, or in quick succession, are one step to undo.

        Parameters
        ----------
        experiment : Experiment
        text : str
            What undo calls it; by default the names of the settings.
        gesture : object, optional
            Which gesture the change belongs to, such as the drag of a point; `settle` ends it.
        """
        changed = changed_settings(self.experiment, experiment)
        if not changed:
            return
        self._make_room(experiment.dataset)
        # What is done to data is a step of its own, however quickly it follows, unless it is held.
        of_its_own = "dataset" in changed and not self._held
        if gesture is not None or of_its_own or not self._in_gesture:
            self._gesture = gesture or object()
        self._follows_drag = gesture is not None
        self.undo_stack.push(
            Change(self.set_experiment, self.experiment, experiment, text, self._gesture)
        )
        self._follows_drag = False
        self._since_change.start()

    def hold(self) -> None:
        """Begin a gesture: until `release`, changes of one setting are one step to undo."""
        self._held = True
        self._since_change.invalidate()

    def release(self) -> None:
        """End the gesture; the next change is a step of its own."""
        self._held = False
        self._since_change.invalidate()

    @property
    def held(self) -> bool:
        """Whether a gesture is under way."""
        return self._held

    @property
    def _in_gesture(self) -> bool:
        """Whether a change goes on with the last one: held, or without a rest between them."""
        if not self._since_change.isValid():
            return False
        return self._held or self._since_change.elapsed() < REST_MS

    def settle(self) -> None:
        """End a gesture: what couldn't follow it, such as kept runs and axes, does so now."""
        self._run_kept_on(self.experiment.dataset)
        self.experiment_changed.emit()
        self._show()

    def take_back(self, gesture: object) -> None:
        """Undo the changes of a gesture, if they are the last ones, and forget them."""
        last = self.undo_stack.command(self.undo_stack.index() - 1)
        if isinstance(last, Change) and last.gesture is gesture:
            last.take_back()
            self.undo_stack.undo()

    def set_experiment(self, experiment: Experiment) -> None:
        """Replace the run by another, and keep looking at the same iteration, or at the end."""
        # After undo or redo the next change is a step of its own.
        self._since_change.invalidate()
        if self.playing:
            self._drop_anchor()
        if experiment.dataset is not self.experiment.dataset and self._kept_can_follow:
            self._run_kept_on(experiment.dataset)
        self._replace_run(experiment)

    def restart(self, experiment: Experiment, text: str = "") -> None:
        """Replace the run by one of other data, and look at its start; kept runs are run anew."""
        self.pause()
        self._anchor = 0
        self.change(experiment, text)

    def keep(self) -> None:
        """Keep the current run: it stays while the next one moves."""
        if not self.can_keep:
            return
        taken = {kept.number for kept in self.kept}
        number = next(number for number in range(MOST_KEPT) if number not in taken)
        name = _unused(run_name(self.experiment), [kept.name for kept in self.kept])
        self.kept.append(Kept(number, name, self.run))
        self._tell_kept()

    @property
    def can_keep(self) -> bool:
        """Whether there is room for the current run, and it isn't kept already."""
        known = any(kept.run is self.run for kept in self.kept)
        return len(self.kept) < MOST_KEPT and not known

    def rename_kept(self, number: int, name: str) -> None:
        """Give a kept run another name."""
        self._alter_kept(number, name=name)

    def show_kept(self, number: int, visible: bool) -> None:
        """Show a kept run in the plots, or hide it."""
        self._alter_kept(number, visible=visible)

    def remove_kept(self, number: int) -> None:
        """Forget a kept run."""
        for kept in [kept for kept in self.kept if kept.number == number]:
            self.kept.remove(kept)
            self._drop(kept.run)
        self._tell_kept()

    def restore_kept(self, number: int) -> None:
        """Make a kept run the current one; it stays kept."""
        for kept in self.kept:
            if kept.number == number:
                self.release()
                self.change(kept.run.experiment)

    def toggle_playing(self) -> None:
        """Play from here, from the start if this is the end; or pause."""
        if self._playhead.playing:
            self.pause()
            return
        if not self._busy and self._playhead.position >= self._newest:
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
        self._playhead.seek(iteration, self._newest)
        self._drop_anchor()
        self._show()

    def step(self, direction: int) -> None:
        """Pause, and go one recorded iteration forward (1) or back (-1)."""
        self.pause()
        record = self._longest.record
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
        """End the current run here; what has been recorded stays."""
        self.run.stop()

    def close(self) -> None:
        """End threads and timer; nothing runs afterwards."""
        self._timer.stop()
        for run in (self.run, *(kept.run for kept in self.kept)):
            run.close()

    @property
    def _shown(self) -> list[Run]:
        """All runs that the plots draw."""
        return [self.run, *(kept.run for kept in self.kept if kept.visible)]

    @property
    def _longest(self) -> Run:
        return max(self._shown, key=lambda run: run.record.newest)

    @property
    def _newest(self) -> int:
        return self._longest.record.newest

    @property
    def _busy(self) -> bool:
        """Whether any run that is shown still goes on."""
        return any(run.training for run in self._shown)

    def _drop_anchor(self) -> None:
        """Remember where we are, for the runs to come."""
        position = self._playhead.position
        self._anchor = None if 0 < self._newest <= position else position

    def _show(self) -> None:
        if self.record.last is not None:
            self.moved.emit()

    def _alter_kept(self, number: int, **changes: str | bool) -> None:
        for index, kept in enumerate(self.kept):
            if kept.number == number:
                self.kept[index] = dataclasses.replace(kept, **changes)  # type: ignore[arg-type]
        self._tell_kept()

    def _tell_kept(self) -> None:
        self.kept_changed.emit()
        self._run_timer()
        self._show()

    def _new_run(self, experiment: Experiment) -> Run:
        """Return the run of an experiment: a kept one, if it has been run already."""
        for kept in self.kept:
            if kept.run.experiment is experiment:
                return kept.run
        run = Run(experiment, self)
        run.ended.connect(self._on_ended)
        run.failed.connect(self._on_failed)
        return run

    def _replace_run(self, experiment: Experiment) -> None:
        before, self.run = self.run, self._new_run(experiment)
        self._drop(before)
        self._begin()
        collect_what_is_due()

    def _begin(self) -> None:
        end = self.length
        self._playhead.seek(end if self._anchor is None else self._anchor, end)
        self.experiment_changed.emit()
        if self.record.last is None:
            self.run.begin()
        elif self.outcome is not None:
            self.ended.emit(self.outcome)
        # What there is by now belongs into the same frame.
        if self.training:
            self._show()
        self._run_timer()

    def _drop(self, run: Run) -> None:
        """Forget a run that is no longer current, or no longer kept, unless it is the other."""
        if run is not self.run and not any(kept.run is run for kept in self.kept):
            run.close()
            run.deleteLater()

    def _run_kept_on(self, dataset: Dataset) -> None:
        """Run those kept experiments that are of other data on these."""
        others = [kept for kept in self.kept if kept.run.experiment.dataset is not dataset]
        for kept in others:
            run = self._new_run(dataclasses.replace(kept.run.experiment, dataset=dataset))
            self.kept[self.kept.index(kept)] = dataclasses.replace(kept, run=run)
            self._drop(kept.run)
            run.begin()
        if others:
            self._tell_kept()

    @property
    def _kept_can_follow(self) -> bool:
        """Whether there is time to run the kept experiments on data that may change at once."""
        iterations = sum(kept.run.experiment.iterations for kept in self.kept)
        return not self._follows_drag or iterations <= MOST_FOLLOWING

    def _make_room(self, dataset: Dataset) -> None:
        """Forget what could be undone, if the data it holds on to grow too large."""
        stack = self.undo_stack
        if len(dataset) * _BYTES_OF_A_ROW * 1_000 < MOST_UNDO_BYTES:
            return
        commands = (stack.command(index) for index in range(stack.count()))
        held = {dataset, *(c.dataset for c in commands if isinstance(c, Change))}
        if sum(map(len, held)) * _BYTES_OF_A_ROW > MOST_UNDO_BYTES:
            stack.clear()

    def _run_timer(self) -> None:
        """Draw frames for as long as anything moves; `tick` ends it."""
        if (self.playing or self._busy) and not self._timer.isActive():
            screen = QGuiApplication.primaryScreen()
            self._timer.setInterval(round(1000 / max(screen.refreshRate(), 30)))
            self._elapsed.start()
            self._timer.start()

    def tick(self) -> None:
        """Draw a frame: move by the time since the last one. The timer calls this."""
        elapsed_s = self._elapsed.restart() / 1000
        was_playing = self.playing
        self._playhead.advance(elapsed_s, self._newest, self.length, self._busy)
        self._show()
        collect_what_is_due()
        if was_playing and not self.playing:
            self._drop_anchor()
            self.playing_changed.emit(False)
        if not (self.playing or self._busy):
            self._timer.stop()

    def _on_ended(self, outcome: Outcome) -> None:
        run = self.sender()
        if run is self.run:
            self._playhead.seek(self._playhead.position, self._newest)
            self.ended.emit(outcome)
            self._show()
        if any(kept.run is run for kept in self.kept):
            self._tell_kept()

    def _on_failed(self, reason: str) -> None:
        if self.sender() is self.run:
            self.failed.emit(reason)


def _unused(name: str, taken: list[str]) -> str:
    """Return a name that is not taken: the same, or with a number."""
    others = [name, *(f"{name} ({number})" for number in range(2, MOST_KEPT + 2))]
    return next(other for other in others if other not in taken)
