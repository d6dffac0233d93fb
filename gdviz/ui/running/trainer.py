"""Trainer: the thread that runs an experiment to its end and records it."""

from PySide6.QtCore import QObject, Signal

from gdviz.core.descent.descent import Blocks, Ending, Outcome
from gdviz.core.descent.trajectory import Trajectory
from gdviz.ui.running.worker import Pace, Worker

FIRST_ROWS = 1024


class Trainer(Worker):
    """Goes on with one run to its end, or until it is asked to stop.

    It never draws and never signals an iteration: who wants to watch reads `trajectory.record`.
    Nobody else may ask its blocks from now on.
    """

    ended = Signal(object)

    def __init__(
        self,
        blocks: Blocks,
        trajectory: Trajectory,
        parent: QObject | None = None,
        first_rows: int = FIRST_ROWS,
    ) -> None:
        super().__init__(parent)
        self._first_rows = first_rows
        self._blocks = blocks
        self._trajectory = trajectory

    def _work(self) -> None:
        self.ended.emit(self._record())

    def _record(self) -> Outcome:
        """Append blocks to the trajectory, each as large as fits into a slice of time."""
        begun = self._trajectory.record.last is not None
        if not begun:
            self._wait_for_room()
        # What hasn't begun takes no number.
        pace, rows = Pace(), self._first_rows if begun else None
        while not self.isInterruptionRequested():
            try:
                block = self._blocks.send(rows)
            except StopIteration as end:
                outcome: Outcome = end.value
                return outcome
            self._trajectory.append(block)
            rows = pace.rest(len(block))
        return Outcome(Ending.STOPPED, self._trajectory.record.newest)
