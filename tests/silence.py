"""How long the event loop is away: of what a person does in a window, nothing may stop it."""

import os
import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

# 100 ms, and a tenth of that for what measuring is off by; where other work goes on beside the
# checks, only what is far beyond that tells something. Of waiting for something else, a lock or a
# disk, the clock of a thread knows nothing. What our own threads do in the meantime tells of it:
# so much in one turn is more than chance. Several of them together do more than has passed.
SILENCE_S, WAITED_S = (0.15, 0.6) if "CI" in os.environ else (0.11, 0.3)
BLOCKED_S = 10.0
TURN_MS = 1


class Silence:
    """Measures how long the event loop is away, without what a test does in it.

    A turn of the loop counts by the processor time of its thread: beside other work on the machine
    any thread may stand still for 100 ms. Beside it a processor is slower, too, for it shares
    caches and more: a turn that seems too long is measured by the pace of a small piece of work.

    Attributes
    ----------
    longest_s : float
        The longest turn, at the machine's own pace.
    """

    def __init__(self) -> None:
        self.longest_s = 0.0
        self._pace_s = min(_work_s() for _ in range(20))
        self.begin()

    def begin(self) -> None:
        """Give the loop its turn."""
        self._used, self._wall = time.thread_time(), time.perf_counter()
        self._all_used = time.process_time()

    def end(self) -> str:
        """Return what is wrong with the turn that has just ended."""
        used, wall = time.thread_time() - self._used, time.perf_counter() - self._wall
        waited = min(time.process_time() - self._all_used, wall) - used
        if used > SILENCE_S:
            paces = sorted(_work_s() for _ in range(9))
            self._pace_s = min(self._pace_s, paces[0])
            used *= self._pace_s / paces[4]
        if waited > WAITED_S:
            used = max(used, waited)
        self.longest_s = max(self.longest_s, used)
        if used > SILENCE_S or wall > BLOCKED_S:
            return f"the event loop was silent for {1e3 * used:.0f} ms ({wall:.1f} s by the wall)"
        return ""


class Listener(QObject):
    """Lets the event loop turn until something is so, and measures its longest turn."""

    def __init__(self) -> None:
        super().__init__()
        self._loop, self._timer = QEventLoop(self), QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_turn)

    def longest_s(self, act: Callable[[], object], done: Callable[[], bool], turns: int) -> float:
        """Return the longest turn of the loop from an act until it is done, and some turns more.

        An act may have turns of its own: it is not done before it returns.
        """
        self._done, self._turns, self._silence = done, turns, Silence()
        self._returned = False
        # The act is an event as any other.
        QTimer.singleShot(0, self, lambda: self._do(act))
        self._timer.start(TURN_MS)
        self._silence.begin()
        self._loop.exec()
        return self._silence.longest_s

    def _do(self, act: Callable[[], object]) -> None:
        act()
        self._returned = True

    def _on_turn(self) -> None:
        self._silence.end()
        self._turns -= self._returned and self._done()
        if self._turns < 0:
            self._timer.stop()
            self._loop.quit()
        self._silence.begin()


def _work_s() -> float:
    began = time.thread_time()
    sum(range(20_000))
    return time.thread_time() - began
