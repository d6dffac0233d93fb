"""Training: a run on its way, and the thread that writes what takes longer than a moment."""

import logging
import time

from PySide6.QtCore import QObject, Signal

from gdviz.core.descent.descent import BLOCK_ROWS, Blocks, Ending, Experiment, Outcome, descend
from gdviz.core.descent.trajectory import Record, Trajectory
from gdviz.ui.running.trainer import FIRST_ROWS, Trainer
from gdviz.ui.running.worker import fitting_rows

# How long the window itself computes before a thread goes on: what is over by then is drawn in the
# same frame as the change that asked for it.
HEAD_START_S = 0.005
# Up to so many rows get their room at once: to make more as they come takes a millisecond.
ROOM_ROWS = 2**16

# A run that can't be kept whole takes so many times less room: pictures show no more of it, and a
# billion iterations fit into 200 MB with all the rest.
THINNED = 4

# What came of a run.
Past = tuple[Record, Outcome]


class Training(QObject):
    """Trains an experiment: a moment at once, the rest in a thread; `close` before dropping it.

    Parameters
    ----------
    past : tuple of Record and Outcome, optional
        What came of it, if it has been trained before.

    Attributes
    ----------
    at_once : bool
        Whether a moment was enough for it, as it will be the next time.
    paused : bool
        Whether it is to wait until it is told to go on.

    Signals
    -------
    ended(Outcome)
        The run is over and recorded; a short one before `begin` returns.
    held()
        The run has been paused: until it goes on nothing is computed.
    """

    ended = Signal(object)
    held = Signal()
    failed = Signal(str)

    def __init__(
        self, experiment: Experiment, past: Past | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.outcome: Outcome | None = None
        self.at_once = self.paused = self._stopped = False
        self._blocks: Blocks = descend(experiment, FIRST_ROWS)
        self._first_rows = FIRST_ROWS
        self._trajectory = Trajectory(expected_rows=min(experiment.iterations + 1, ROOM_ROWS))
        self._trainer: Trainer | None = None
        self._begun = past is not None
        if past is not None:
            self._trajectory.record, self.outcome = past

    @property
    def record(self) -> Record:
        """All that has been recorded."""
        return self._trajectory.record

    @property
    def length(self) -> int:
        """Its last iteration, as far as it is known."""
        return self.experiment.iterations if self.outcome is None else self.record.newest

    def begin(self) -> None:
        """Start training, unless it has been started."""
        if self._begun:
            return
        self._begun = True
        try:
            outcome = None if self.experiment.begins_slowly else self._head_start()
        except Exception as error:  # As in a thread: the window says it and stays usable.
            self._end_broken(f"{type(error).__name__}: {error}")
            logging.getLogger(__name__).exception("A run broke off")
            return
        if outcome is not None:
            self.at_once = True
            self._end(outcome)
        else:
            self._train_on()

    def stop(self) -> None:
        """End the run here; what has been recorded stays."""
        if self.outcome is not None:
            return
        self._stopped = True
        if self._trainer is not None:
            self._trainer.requestInterruption()
        elif self.paused:
            self._end(Outcome(Ending.STOPPED, self.record.newest))

    def pause(self) -> None:
        """Compute no more until it is to `go_on`; what has been recorded can be looked at."""
        if self._trainer is not None and self.outcome is None:
            self.paused = True
            self._trainer.requestInterruption()

    def go_on(self) -> None:
        """Train on where it was paused."""
        was_paused, self.paused = self.paused, False
        # A thread that is still to end says so, and then the next one begins.
        if was_paused and self._trainer is None and self.outcome is None:
            self._train_on()

    def close(self) -> None:
        """Have the thread end and forget it, and with it what it may still have to say."""
        if self._trainer is None:
            return
        self._trainer.ended.disconnect(self._on_ended)
        self._trainer.failed.disconnect(self._on_failed)
        self._trainer.drop()
        self._trainer = None

    def set_room(self, rows: int) -> None:
        """Keep no more rows than so many, in even strides; of a run too long for all, fewer."""
        whole = self.experiment.iterations < rows
        self._trajectory.max_rows = rows if whole else max(rows // THINNED, 2)
        if self.outcome is not None:
            self._trajectory.fit()

    def _head_start(self) -> Outcome | None:
        """Record what a moment is enough for; return how the run ended, if it has."""
        began, rows = time.perf_counter(), None
        try:
            while True:
                block = self._blocks.send(rows)
                self._trajectory.append(block)
                taken = time.perf_counter() - began
                left_share = HEAD_START_S / taken - 1
                if left_share <= 0:
                    # As many as fit into a slice of the thread that goes on.
                    fitting = fitting_rows(len(self.record), taken)
                    self._first_rows = min(fitting, FIRST_ROWS)
                    return None
                # No more than fit into the time that is left, as far as one can tell, and into the
                # processor's cache: one large block takes twice the time of small ones.
                rows = min(int(len(self.record) * min(left_share, 1)) + 1, BLOCK_ROWS)
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome

    def _train_on(self) -> None:
        """Let a thread compute the blocks to come: until it ends they are its own."""
        self._trainer = Trainer(self._blocks, self._trajectory, self, self._first_rows)
        self._trainer.ended.connect(self._on_ended)
        self._trainer.failed.connect(self._on_failed)
        self._trainer.start()

    def _end(self, outcome: Outcome) -> None:
        self.outcome, self.paused = outcome, False
        self._blocks.close()
        self._trajectory.fit()
        self.ended.emit(outcome)

    def _end_broken(self, reason: str) -> None:
        self._end(Outcome(Ending.STOPPED, self.record.newest))
        self.failed.emit(reason)

    def _on_ended(self, outcome: Outcome) -> None:
        # A call that was under way when the run was closed can still arrive.
        if self._trainer is None:
            return
        if self._stopped or outcome.ending is not Ending.STOPPED:
            self._end(outcome)
            return
        self.close()
        if self.paused:
            self._trajectory.rest()
            self.held.emit()
        else:
            self._train_on()

    def _on_failed(self, reason: str) -> None:
        if self._trainer is not None:
            self._end_broken(reason)
