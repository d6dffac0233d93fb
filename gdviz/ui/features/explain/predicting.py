"""Predicting: the learner clicks where the next step will land, then sees it."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from gdviz.core.explain.prediction import Tally, judged, verdict_sentence
from gdviz.ui.features import Feature, Menus
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.touch.starts import HikerPlot
from gdviz.ui.running.session import Session

ASK = "Click where the next step will land."
END = "The run ends here: there is no next step. Go back to guess again."


class Predicting(Feature):
    """Hides what would give the next step away, takes guesses, and counts how near they are."""

    def __init__(
        self,
        session: Session,
        figure: Figure,
        set_secret: Callable[[bool], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._set_secret = session, set_secret
        self._plots: tuple[HikerPlot, ...] = (figure.loss_curve, figure.landscape)
        self.action = QAction("P&redict the next step", self, checkable=True)
        self.action.setObjectName("predict")
        self.action.setShortcut("Ctrl+P")
        self.action.toggled.connect(self._on_toggled)
        self.tally = Tally()
        for plot in self._plots:
            plot.guess_placed.connect(self._on_guess_placed)

    def menus(self) -> Menus:
        """Return its commands."""
        return {"&Play": [self.action]}

    def _on_toggled(self, on: bool) -> None:
        """Begin anew, or end."""
        self.tally = Tally()
        self._set_secret(on)
        self._session.playback.guessing = on
        for plot in self._plots:
            plot.set_guessing(on)
            plot.say(ASK if on else "")
        if on:
            self._session.playback.pause()

    def _on_guess_placed(self, weight: float, bias: float, grain: float) -> None:
        plot, session = self.sender(), self._session
        assert isinstance(plot, HikerPlot)
        if session.runs.record.last is None:
            return  # of a run without a row there is no next step
        row, iteration = session.playback.row, session.playback.iteration
        session.playback.step(1)
        if session.playback.iteration == iteration:
            plot.say(END)
            return
        lines = (weight, bias), (row.weight, row.bias), (row.weight_step, row.bias_step)
        # Only what the plot shows can be guessed in it.
        guess, here, step = ([line[index] for index in plot.parameters] for line in lines)
        verdict = judged(guess, here, step, grain)
        self.tally = self.tally.after(verdict)
        plot.say(verdict_sentence(verdict, self.tally))
