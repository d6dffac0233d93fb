"""Facts: what a lesson's condition can ask about, looked up when it is asked."""

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from gdviz.core.descent.descent import Ending, Outcome
from gdviz.core.descent.rates import is_growing
from gdviz.core.descent.settings import SETTINGS, Value
from gdviz.ui.features.lesson.workplace import Switch
from gdviz.ui.running.session import Session


class Facts(QObject):
    """Values by the names in `conditions.FACTS`, and counts of what the learner did.

    Signals
    -------
    changed()
        Some of them may have changed.
    """

    changed = Signal()

    def __init__(self, session: Session, switches: Mapping[str, Switch]) -> None:
        super().__init__()
        self._session = session
        self._switches = switches
        self.begin()
        self.end()
        session.playback.moved.connect(self._on_moved)
        session.playback.playing_changed.connect(self._on_playing_changed)
        session.runs.experiment_changed.connect(self._on_experiment_changed)
        for signal in (
            session.playback.moved, session.playback.playing_changed,
            session.runs.experiment_changed, session.runs.kept_changed, session.runs.ended,
            session.undo.released, *(switch.toggled for switch in switches.values()),
        ):  # fmt: skip
            signal.connect(self._on_changed)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is half done."""
        return not self._session.undo.held

    def begin(self) -> None:
        """Count from here."""
        self._counts = dict.fromkeys(("played", "stepped", "start_moved", "opened"), 0)
        self.go_on()

    def end(self) -> None:
        """Count no more."""
        self._counting = False

    def go_on(self) -> None:
        """Count again, with what was counted before."""
        session = self._session
        self._counting = True
        self._experiment = session.runs.experiment
        self._iteration = 0 if session.runs.record.last is None else session.playback.iteration

    def __call__(self, name: str) -> Value:
        """Return the value of a fact."""
        if name in self._counts:
            return self._counts[name]
        if name in self._switches:
            return self._switches[name].isChecked()
        if name in SETTINGS:
            return SETTINGS[name].of(self._session.runs.experiment)
        return LOOKED_UP[name](self._session)

    def _on_moved(self) -> None:
        if not self._counting:
            return
        iteration = self._session.playback.iteration
        if iteration == self._iteration + 1 and not self._session.playback.playing:
            self._counts["stepped"] += 1
        self._iteration = iteration

    def _on_playing_changed(self, playing: bool) -> None:
        self._counts["played"] += playing and self._counting

    def _on_experiment_changed(self) -> None:
        before, self._experiment = self._experiment, self._session.runs.experiment
        if self._counting:
            self._counts["start_moved"] += self._experiment.start != before.start
            self._counts["opened"] += self._experiment.dataset is not before.dataset

    def _on_changed(self) -> None:
        self.changed.emit()


def _ended(ending: Ending) -> Callable[[Session], bool]:
    def ended(session: Session) -> bool:
        outcome = session.runs.outcome
        return outcome is not None and outcome.ending is ending

    return ended


def _diverged(session: Session) -> bool:
    outcome: Outcome | None = session.runs.outcome
    if outcome is None or session.runs.record.last is None:
        return False
    return outcome.ending is Ending.DIVERGED or is_growing(session.runs.record)


def _final_loss(session: Session) -> float:
    last = session.runs.record.last
    if session.runs.training or last is None:
        return math.inf
    return math.inf if _ended(Ending.DIVERGED)(session) else last.loss


LOOKED_UP: Mapping[str, Callable[[Session], Value]] = {
    "weight": lambda session: session.playback.row.weight,
    "bias": lambda session: session.playback.row.bias,
    "loss": lambda session: session.playback.row.loss,
    "slope": lambda session: session.playback.row.weight_gradient,
    "iteration": lambda session: session.playback.iteration,
    "length": lambda session: session.runs.length,
    "learning_rate_limit": lambda session: session.runs.experiment.learning_rate_limit,
    "rows": lambda session: len(session.runs.experiment.dataset),
    "best_loss": lambda session: session.runs.experiment.bowl.minimum,
    "final_loss": _final_loss,
    "ended": lambda session: session.runs.outcome is not None,
    "reached": _ended(Ending.REACHED),
    "converged": _ended(Ending.CONVERGED),
    "settled": _ended(Ending.SETTLED),
    "diverged": _diverged,
    "playing": lambda session: session.playback.playing,
    "kept": lambda session: len(session.runs.kept),
}
