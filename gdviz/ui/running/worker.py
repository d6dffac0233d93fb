"""Worker: a thread that computes in short slices, so that the window stays quick."""

import logging
import sys
import time
from typing import ClassVar

from PySide6.QtCore import QThread, Signal

# The window needs Python's lock for every event. Slices of up to 0.2 ms, with a rest after each,
# leave it 60 frames a second; longer ones do not.
SLICE_S = 0.0002
REST_S = 0.0001
# Of work that can't be cut so small the window gets the lock after this, not after 5 ms: to lay
# something out it asks for it hundreds of times.
SWITCH_S = 0.0005
MOST_ROWS = 2**16
# Nobody waits longer than this for a thread to end.
MOMENT_MS = 10


class Worker(QThread):
    """Does its work, or as much of it as it is let; it never draws.

    Subclasses say in `_work` what to do, and ask a `Pace` for rest. If it breaks off, `failed` says
    why.
    """

    failed = Signal(str)
    # Those that end by themselves: to destroy a thread that runs ends the program.
    _dropped: ClassVar[set["Worker"]] = set()

    def stop(self) -> None:
        """Ask the thread to end and wait a moment; in the middle of a long step it takes longer."""
        self.requestInterruption()
        self.wait(MOMENT_MS)

    def drop(self) -> None:
        """Stop the thread for good; it is destroyed as soon as it has ended."""
        self.stop()
        self.setParent(None)
        Worker._dropped.add(self)
        self.finished.connect(self._forget)
        if not self.isRunning():
            self._forget()

    def _wait_for_room(self) -> None:
        """Wait until those that were dropped have ended: a drag would start too many at once."""
        while Worker._dropped and not self.isInterruptionRequested():
            time.sleep(MOMENT_MS / 1000)

    @classmethod
    def wait_for_dropped(cls) -> None:
        """Wait until all threads that were dropped have ended."""
        for worker in tuple(cls._dropped):
            worker.wait()
            worker._forget()

    def _forget(self) -> None:
        if self in Worker._dropped:
            Worker._dropped.remove(self)
            self.deleteLater()

    def run(self) -> None:
        """Work; Qt calls this in the new thread."""
        sys.setswitchinterval(SWITCH_S)
        try:
            self._work()
        except Exception as error:  # Whatever it is, the window says it and stays usable.
            self.failed.emit(f"{type(error).__name__}: {error}")
            logging.getLogger(__name__).exception("A worker broke off")

    def _work(self) -> None:
        """Do the work, in blocks, and end early if an interruption is requested."""
        raise NotImplementedError


class Pace:
    """Rests after each block of rows, and says how many rows the next may have."""

    def __init__(self) -> None:
        self._began = time.perf_counter()

    def rest(self, rows: int) -> int | None:
        """Rest after a block of so many rows, and return how many fit into a slice, if it tells."""
        took_s = time.perf_counter() - self._began
        fitting = fitting_rows(rows, took_s) if rows else None
        time.sleep(REST_S)
        self._began = time.perf_counter()
        return fitting


def fitting_rows(rows: int, took_s: float) -> int:
    """Return how many rows fit into a slice: from half to twice as many as the last.

    A block that had to wait for the lock says little about its rows.
    """
    fitting = int(rows * SLICE_S / max(took_s, SLICE_S / 2))
    return min(max(fitting, rows // 2, 16), MOST_ROWS)
