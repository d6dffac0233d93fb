"""Tasks: work in a thread, whose result somebody waits for, or no longer."""

import logging
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from gdviz.core.check.logs.log import LogError
from gdviz.ui.running.worker import Worker

Result = TypeVar("Result")
# What takes no longer is worth no word.
SILENT_MS = 200
BROKE_OFF = "The check broke off ({reason}). Other columns, settings or lines may work."


class Tasks(QObject):
    """Has one thing done at a time; another that is begun ends the one before.

    Signals
    -------
    slow(bool)
        Something takes a while, or isn't under way any more.
    failed(str)
        There is no result, for this reason.
    """

    slow = Signal(bool)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: _Task[Any] | None = None
        self._take: Callable[[Any], None] = lambda _: None
        self._slow = QTimer(self, singleShot=True, interval=SILENT_MS)
        self._slow.timeout.connect(self._tell)

    def do(self, work: Callable[[], Result], take: Callable[[Result], None]) -> None:
        """Have something done, and its result taken."""
        self.drop()
        self._task, self._take = _Task(work, self), take
        self._task.finished.connect(self._on_finished)
        self._task.start()
        self._slow.start()

    def drop(self) -> None:
        """Wait for nothing any more."""
        self._slow.stop()
        task, self._task = self._task, None
        if task is not None:
            task.finished.disconnect(self._on_finished)
            task.drop()
        self.slow.emit(False)

    def _on_finished(self) -> None:
        task, take = self._task, self._take
        # One that was dropped may have finished, too.
        if task is None or not task.isFinished():
            return
        self.drop()
        error = task.error
        if isinstance(error, LogError):
            self.failed.emit(str(error))
        elif error is not None:
            logging.getLogger(__name__).error("A check broke off", exc_info=error)
            self.failed.emit(BROKE_OFF.format(reason=f"{type(error).__name__}: {error}"))
        else:
            take(task.results[0])

    def _tell(self) -> None:
        self.slow.emit(True)


def go_on() -> None:
    """End what is done in this thread, if nobody waits for it any more."""
    if QThread.currentThread().isInterruptionRequested():
        raise _DroppedError


class _DroppedError(Exception):
    """Nobody waits for the result any more."""


class _Task(Worker, Generic[Result]):
    """Does one thing; what came of it is there when it has finished."""

    def __init__(self, work: Callable[[], Result], parent: QObject) -> None:
        super().__init__(parent)
        self._do = work
        self.results: list[Result] = []
        self.error: Exception | None = None

    def _work(self) -> None:
        try:
            self.results.append(self._do())
        except Exception as error:  # Whatever it is, who waits for it gets it.
            self.error = error
