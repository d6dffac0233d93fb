"""Notices: the messages above the pictures, and those of a run that went astray or broke off."""

from dataclasses import replace

from PySide6.QtCore import QObject

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.rates import goes_astray
from gdviz.core.words.forecasts import account
from gdviz.core.words.numbers import short_number
from gdviz.ui.features import Feature
from gdviz.ui.plots.touch.points import DataEditing
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.banner import Banner


class Notices(Feature):
    """Two banners: one for everybody, one that explains why a run went astray."""

    def __init__(self, session: Session, editing: DataEditing, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._editing = session, editing
        self.themed = self.notice, self.divergence = Banner("notice"), Banner("divergence")
        session.runs.ended.connect(self._show_divergence)
        session.undo.released.connect(self._show_divergence)
        session.runs.failed.connect(self._on_failed)
        editing.drag_ended.connect(self._show_divergence)
        self._show_divergence()

    def _show_divergence(self) -> None:
        """Give an account of a run that went astray, and offer a learning rate that doesn't."""
        runs = self._session.runs
        outcome = runs.outcome
        # A banner would move what is being dragged away from the mouse.
        if outcome is None or self._session.undo.held or self._editing.dragging:
            return
        if not goes_astray(outcome, runs.record):
            self.divergence.hide()
            return
        rate = runs.experiment.safe_learning_rate
        mend = (f"Use {short_number(rate)}", self._use_safe_rate)
        if runs.record.last is None:
            mend = ("Start at 0", self._start_at_0)
        text = account(runs.experiment, outcome, runs.record)
        self.divergence.say(text, actions=[mend])

    def _use_safe_rate(self) -> None:
        experiment = self._session.runs.experiment
        self._session.undo.change(replace(experiment, learning_rate=experiment.safe_learning_rate))

    def _start_at_0(self) -> None:
        experiment = self._session.runs.experiment
        bias = 0.0 if experiment.with_bias else experiment.start.bias
        self._session.undo.change(replace(experiment, start=Point(0.0, bias)))

    def _on_failed(self, reason: str) -> None:
        self.notice.say(f"The run broke off ({reason}). Other settings or data may work.")
