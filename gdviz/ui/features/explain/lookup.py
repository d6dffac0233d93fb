"""Lookup: the thread that finds out which rows a step looks at, where that takes long."""

from PySide6.QtCore import QObject

from gdviz.core.explain.slopes import Slopes
from gdviz.ui.running.worker import Worker


class Lookup(Worker):
    """Puts the rows in order for one step; nobody else may ask for them until it has finished.

    Attributes
    ----------
    found : bool
        Whether it has done so, and neither broke off nor was stopped.
    """

    def __init__(self, slopes: Slopes, iteration: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slopes, self._iteration = slopes, iteration
        self.found = False

    def _work(self) -> None:
        for _ in self._slopes.towards(self._iteration):
            if self.isInterruptionRequested():
                return
        self.found = True
