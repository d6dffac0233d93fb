"""Session: what goes on in a window: its runs, where in them we look, and what can be undone."""

from PySide6.QtCore import QObject

from gdviz.core.descent.descent import Experiment
from gdviz.ui.running.playback import Playback
from gdviz.ui.running.runs import Runs
from gdviz.ui.running.undo import Undo


class Session(QObject):
    """Puts the three together; `close` before dropping it."""

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs = Runs(experiment, self)
        self.playback = Playback(self.runs, self)
        self.undo = Undo(self.runs, self)

    def restart(self, experiment: Experiment, text: str = "") -> None:
        """Change to other data, and look at the start."""
        self.playback.to_start()
        self.undo.change(experiment, text)

    def restore(self, number: int) -> None:
        """Make a kept run the current one, as a step of its own to undo; it stays kept."""
        self.undo.release()
        for run in self.runs.kept:
            if run.number == number:
                self.undo.change(run.experiment)

    def close(self) -> None:
        """End threads and timer; nothing runs afterwards."""
        self.playback.close()
        self.runs.close()
