"""Copying: the thread that makes a text of very many lines of the log."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from gdviz.core.words.log import Log
from gdviz.ui.running.worker import Pace, Worker

FIRST_LINES = 64


class Copying(Worker):
    """Makes a text of some stretches of a log.

    Attributes
    ----------
    text : str or None
        The text, once it is whole.
    """

    def __init__(self, log: Log, stretches: Sequence[range], parent: QObject) -> None:
        super().__init__(parent)
        self._log, self._stretches = log, stretches
        self.text: str | None = None

    def _work(self) -> None:
        pace, count, parts = Pace(), FIRST_LINES, list[str]()
        for stretch in self._stretches:
            while stretch:
                if self.isInterruptionRequested():
                    return
                now, stretch = stretch[:count], stretch[count:]
                parts.append(lines_of(self._log, now))
                count = pace.rest(len(now)) or count
        self.text = "\n".join(parts)


def lines_of(log: Log, stretch: range) -> str:
    """Return a stretch of a log as a text."""
    return "\n".join(map(log.__getitem__, stretch))
