"""Trainer: the thread that runs an experiment and records it."""

import gc
import time
from typing import ClassVar

from PySide6.QtCore import QObject, QThread, Signal

from gdviz.core.descent import Ending, Experiment, Outcome, descend
from gdviz.core.trajectory import Trajectory

# The window needs Python's lock for every event. Slices of up to 0.2 ms, with a rest after each,
# leave it 60 frames a second; longer ones do not.
SLICE_S = 0.0002
REST_S = 0.0001
FIRST_ROWS = 1024
MOST_ROWS = 2**16


class Trainer(QThread):
    """Runs one experiment to its end, or until it is asked to stop.

    It never draws and never signals an iteration: who wants to watch reads `trajectory.record`.

    Parameters
    ----------
    experiment : Experiment
    trajectory : Trajectory
        Where the rows go.

    Signals
    -------
    ended(Outcome)
        The run is over and recorded.
    failed(str)
        It broke off; the text says why.
    """

    ended = Signal(object)
    failed = Signal(str)

    _running: ClassVar[set["Trainer"]] = set()

    def __init__(
        self, experiment: Experiment, trajectory: Trajectory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._trajectory = trajectory

    def begin(self) -> None:
        """Start training.

        Python's cyclic collector stays off while any trainer runs: it works in whichever thread
        allocates, and would destroy Qt objects in this one.
        """
        Trainer._running.add(self)
        gc.disable()
        self.finished.connect(self._release)
        self.start()

    def stop(self) -> None:
        """End the thread and wait for it, a fraction of a millisecond."""
        self.requestInterruption()
        self.wait()
        self._release()

    def run(self) -> None:
        """Train; Qt calls this in the new thread."""
        try:
            self.ended.emit(self._record())
        except Exception as error:  # Whatever it is, the window says it and stays usable.
            self.failed.emit(f"{type(error).__name__}: {error}")

    def _record(self) -> Outcome:
        """Append blocks to the trajectory, each as large as fits into a slice of time."""
        blocks = descend(self._experiment, FIRST_ROWS)
        rows: int | None = None
        while not self.isInterruptionRequested():
            began = time.perf_counter()
            try:
                block = next(blocks) if rows is None else blocks.send(rows)
            except StopIteration as end:
                outcome: Outcome = end.value
                return outcome
            self._trajectory.append(block)
            rows = _fitting(len(block), time.perf_counter() - began)
            time.sleep(REST_S)
        return Outcome(Ending.STOPPED, self._trajectory.record.newest)

    def _release(self) -> None:
        Trainer._running.discard(self)
        if not Trainer._running:
            gc.enable()


def _fitting(rows: int, took_s: float) -> int:
    """Return how many rows fit into a slice, at most twice as many as the last."""
    fitting = int(rows * SLICE_S / max(took_s, SLICE_S / 2))
    return min(max(fitting, 16), MOST_ROWS)
