"""Task: work in a thread, whose result somebody waits for, or no longer."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from gdviz.ui.running.worker import Worker

Result = TypeVar("Result")


class Task(Worker, Generic[Result]):
    """Does one thing; what came of it is there when it has finished, unless it was dropped.

    Attributes
    ----------
    results : list
        The result, if there is no `error`.
    """

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
