"""Beside: what takes long is done in a thread, while the window goes on."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, QThread

Result = TypeVar("Result")
# What is done by then needs no turn of the event loop.
HEAD_START_MS = 40


def beside_window(work: Callable[[], Result]) -> Result:
    """Return what some work gives, or raise what it raises.

    Meanwhile the window is painted and takes no input; what was typed comes afterwards.
    """
    thread = _Thread(work)
    thread.start()
    if not thread.wait(HEAD_START_MS):
        loop = QEventLoop()
        thread.finished.connect(loop.quit)
        if not thread.isFinished():
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        thread.wait()
    if thread.error is not None:
        raise thread.error
    return thread.results[0]


class _Thread(QThread, Generic[Result]):
    def __init__(self, work: Callable[[], Result]) -> None:
        super().__init__()
        self._work = work
        self.results: list[Result] = []
        self.error: Exception | None = None

    def run(self) -> None:
        """Work; Qt calls this in the new thread."""
        try:
            self.results.append(self._work())
        except Exception as error:  # Whatever it is, who waits for it gets it.
            self.error = error
