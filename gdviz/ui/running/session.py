"""Session: what goes on in a window: its runs, where in them we look, and what can be undone."""

from dataclasses import replace

from PySide6.QtCore import QObject

from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.running.first_rates import FirstRates
from gdviz.ui.running.playback import Playback
from gdviz.ui.running.runs import Runs
from gdviz.ui.running.undo import Undo


class Session(QObject):
    """Puts these together; `close` before dropping it.

    Parameters
    ----------
    choose_rate : bool
        Whether the experiment begins with a rate that works, whatever its own is.
    """

    def __init__(
        self, experiment: Experiment, parent: QObject | None = None, *, choose_rate: bool = False
    ) -> None:
        super().__init__(parent)
        self.rates = FirstRates()
        self.runs = Runs(self.rates.choose(experiment) if choose_rate else experiment, self)
        self._note_rate()
        self.runs.experiment_changed.connect(self._note_rate)
        self.playback = Playback(self.runs, self)
        self.undo = Undo(self.runs, self)

    def restart(self, experiment: Experiment, text: str = "") -> None:
        """Change to an experiment on other data, and look at the start."""
        self.playback.to_start()
        self.undo.change(experiment, text)

    def on_new(self, dataset: Dataset) -> Experiment:
        """Return the experiment on data that are opened, with a rate that works for them."""
        return self.rates.choose(replace(self.runs.experiment, dataset=dataset))

    def restore(self, number: int) -> None:
        """Make a kept run the current one, as a step of its own to undo; it stays kept."""
        self.undo.release()
        for run in self.runs.kept:
            if run.number == number:
                self.undo.change(run.experiment)

    def _note_rate(self) -> None:
        self.rates.note(self.runs.experiment)

    def close(self) -> None:
        """End threads and timer; nothing runs afterwards."""
        self.playback.close()
        self.runs.close()
