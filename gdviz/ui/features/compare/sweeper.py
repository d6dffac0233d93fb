"""Sweeper: the thread that runs an experiment with many learning rates."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.sweep import Trial, sweep
from gdviz.ui.running.worker import Pace, Worker


class Sweeper(Worker):
    """Tries every rate, or as many as it is let.

    It never signals a trial: who wants to watch reads `trials`, which only ever grows.
    """

    def __init__(
        self,
        experiment: Experiment,
        rates: Sequence[float],
        goal: float,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.experiment, self.rates, self.goal = experiment, rates, goal
        self.trials: list[Trial] = []

    def _work(self) -> None:
        pace = Pace()
        steps, rows = sweep(self.experiment, self.rates, self.goal, self.trials), None
        while not self.isInterruptionRequested():
            try:
                rows = pace.rest(steps.send(rows))
            except StopIteration:
                return
