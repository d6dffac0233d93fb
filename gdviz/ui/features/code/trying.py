"""Trying: whether NumPy alone reads a file, found out in a thread where that takes a while."""

import time

from PySide6.QtCore import QObject

from gdviz.core.tables.loadtxt import Steps
from gdviz.ui.running.worker import Pace, Worker

HEAD_START_S = 0.02


class Trying(Worker):
    """Goes on with what `begin` didn't bring to an end.

    Attributes
    ----------
    call : str or None
        What was found, once it `is_over`.
    """

    def __init__(self, steps: Steps, parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self.call: str | None = None
        self.is_over = False

    def begin(self) -> None:
        """Try for a moment, so that a short file is known at once, and go on in the thread."""
        began = time.perf_counter()
        while not self.is_over and time.perf_counter() - began < HEAD_START_S:
            self._step(None)
        if not self.is_over:
            self.start()

    def _work(self) -> None:
        pace, lines = Pace(), None
        while not (self.is_over or self.isInterruptionRequested()):
            lines = pace.rest(self._step(lines))

    def _step(self, lines: int | None) -> int:
        """Try so many lines more, and return how many there were."""
        try:
            return self._steps.send(lines)
        except StopIteration as end:
            self.call, self.is_over = end.value, True
            return 0
