"""Reader: reads tables beside the window, one at a time, and says in the notice how far it is."""

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from gdviz.core.tables.formats.stream import Progress
from gdviz.ui.running.worker import REST_S, Worker
from gdviz.ui.widgets.banner import Banner

Result = TypeVar("Result")
# What is read by then needs no turn of the event loop, and no word.
HEAD_START_MS, SILENT_S, REFRESH_MS = 8, 0.2, 100
# Longer than those of other workers, for somebody waits for it.
SLICE_S = 0.001
# No more of the file has come for so long.
WAITING_S = 2.0


class Reader(QObject):
    """Has tables read while the window goes on; another that is begun ends the one before.

    Signals
    -------
    was_read(object, float)
        What came of it, or has by now, and after how many seconds.
    """

    was_read = Signal(object, float)

    def __init__(self, notice: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._notice = notice
        self._reading: _Reading[Any] | None = None
        self._name = self._said = ""
        self._loop = QEventLoop(self)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self._tell)

    def read(
        self, name: str, work: Callable[[Progress], Result], *, waits: bool = False
    ) -> Result | None:
        """Return what some work gives, or raise what it raises; None if it was ended before.

        Meanwhile the cursor says that something is under way.

        Parameters
        ----------
        name : str
            What is read, as it is shown.
        work : callable
            Tells again and again how far it is, and lets through what is raised then.
        waits : bool
            Whether the window takes no input meanwhile: it comes afterwards.
        """
        self.stop()
        self._reading = reading = _Reading(work)
        reading.start()
        if not reading.wait(HEAD_START_MS):
            self._name = name
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
            self._wait_for(reading, waits)
            QGuiApplication.restoreOverrideCursor()
        if self._reading is not reading:
            return None
        self._end()
        reading.wait()
        if reading.error is not None:
            raise reading.error
        self.was_read.emit(reading.results[0], time.perf_counter() - reading.began)
        return reading.results[0]

    def note(self, result: object) -> None:
        """Tell what has come of it by now, if something is being read."""
        if self._reading is not None:
            self.was_read.emit(result, time.perf_counter() - self._reading.began)

    def stop(self) -> None:
        """End what is being read; whoever waits for it gets nothing."""
        reading = self._reading
        if reading is not None:
            self._end()
            self._loop.quit()
            reading.drop()

    def _wait_for(self, reading: "_Reading[Result]", waits: bool) -> None:
        flags = QEventLoop.ProcessEventsFlag
        loop = self._loop = QEventLoop(self)
        reading.finished.connect(loop.quit)
        self._timer.start()
        if not reading.isFinished():
            loop.exec(flags.ExcludeUserInputEvents if waits else flags.AllEvents)
        loop.deleteLater()

    def _end(self) -> None:
        """Take back what was said."""
        self._reading = None
        self._timer.stop()
        if self._is_said:
            self._notice.hide()
        self._said = ""

    @property
    def _is_said(self) -> bool:
        """Whether the notice still says how far it is."""
        return bool(self._said) and self._notice.text == self._said

    def _tell(self) -> None:
        """Say how far it is, unless something else has been said by now, or was closed."""
        reading = self._reading
        if reading is None or time.perf_counter() - reading.began < SILENT_S:
            return
        if self._said and (self._notice.isHidden() or not self._is_said):
            return
        text = reading.sentence(self._name)
        if text == self._said:
            return
        # Who hears it needn't hear each percent.
        blocker = QSignalBlocker(self._notice) if self._said else None
        self._said = text
        self._notice.say(text, actions=[("Cancel", self._cancel)])
        del blocker

    def _cancel(self) -> None:
        self.stop()
        self._notice.say(f"Cancelled: {self._name} was not read.")


class _Reading(Worker, Generic[Result]):
    """Reads, and rests again and again.

    Attributes
    ----------
    results : list
        What came of it, once it has ended and there is no `error`.
    """

    def __init__(self, work: Callable[[Progress], Result]) -> None:
        super().__init__()
        self._read = work
        self.results: list[Result] = []
        self.error: Exception | None = None
        self.began = self._moved = self._slice = time.perf_counter()
        self._share = 0.0

    def sentence(self, name: str) -> str:
        """Say how much is read of what."""
        percent = f", {100 * min(self._share, 1):.0f} %" if self._share else ""
        if time.perf_counter() - self._moved > WAITING_S:
            return f"Waiting for more of {name}{percent}…"
        return f"Reading {name}{percent}…"

    def _work(self) -> None:
        try:
            self.results.append(self._read(self._on_progress))
        except Exception as error:  # Whatever it is, who waits for it gets it.
            self.error = error

    def _on_progress(self, read: int, size: int) -> None:
        now = time.perf_counter()
        self._moved, self._share = now, read / max(size, 1)
        if now - self._slice > SLICE_S:
            time.sleep(REST_S)
            if self.isInterruptionRequested():
                raise _StoppedError
            self._slice = time.perf_counter()


class _StoppedError(Exception):
    """Nobody waits for the table any more."""
