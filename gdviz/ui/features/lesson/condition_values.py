"""Facts: what a lesson's condition can ask about, looked up when it is asked."""

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.descent import Ending, Outcome
from gdviz.core.descent.goals import ROUNDING, iterations_to
from gdviz.core.descent.methods import GradientDescent
from gdviz.core.descent.rates import goes_astray
from gdviz.core.descent.run import Run
from gdviz.core.descent.settings import SETTINGS, Value
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.features.lesson.workplace import Switch
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.spin_boxes import is_being_typed

COUNTS = "played", "stepped", "start_moved", "opened", "edited"
# While something is half done it is looked at again so often.
LOOK_MS = 100
# How near to the lowest loss is as good as there, as a share of it.
NEAR = 1e-3


class Facts(QObject):
    """Values by the names in `conditions.FACTS`, and counts of what the learner did.

    What is half done counts only once it is done: a line that is let go, a number that is typed to
    its end, a dialog that is closed. If it is taken back before, it never was.

    Parameters
    ----------
    switches : mapping of str to Switch
        What tells whether something is shown, by the names that chapters call it.
    are_kin : callable
        Tells whether two data sets were made of each other by hand.
    swept : signal
        A sweep was brought to its end.
    checked : signal
        The learner's own loop was checked, with what came out.

    Signals
    -------
    changed()
        Something may be other than it was, and nothing is half done. Only while it counts.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        switches: Mapping[str, Switch],
        are_kin: Callable[[Dataset, Dataset], bool],
        swept: SignalInstance,
        checked: SignalInstance,
    ) -> None:
        super().__init__(session)
        self._session, self._switches, self._are_kin = session, switches, are_kin
        self._is_playing = False
        self._later = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._later.timeout.connect(self._look)
        self.begin()
        self.end()
        runs, playback = session.runs, session.playback
        playback.moved.connect(self._on_moved)
        playback.playing_changed.connect(self._on_playing_changed)
        swept.connect(self._on_swept)
        checked.connect(self._on_checked)
        for signal in (
            runs.experiment_changed, runs.kept_changed, runs.ended, session.undo.released,
            *(switch.toggled for switch in switches.values()),
        ):  # fmt: skip
            signal.connect(self._look)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is half done: no drag, no number being typed, no dialog that is open."""
        dialog, focused = QApplication.activeModalWidget(), QApplication.focusWidget()
        return not (self._session.undo.held or dialog or is_being_typed(focused))

    def begin(self) -> None:
        """Count from here."""
        self._counts: dict[str, int] = dict.fromkeys(COUNTS, 0)
        self._swept, self._checked = False, ""
        self.go_on()

    def end(self) -> None:
        """Count no more, or not until `go_on`."""
        self._counting = False
        self._later.stop()

    def go_on(self) -> None:
        """Count on from here: what there is now isn't the learner's doing."""
        session = self._session
        self._counting = True
        self._experiment = session.runs.experiment
        self._iteration = session.playback.iteration

    def __call__(self, name: str) -> Value:
        """Return the value of a fact."""
        if name in self._counts:
            return self._counts[name]
        if name == "swept":
            return self._swept
        if name == "checked":
            return self._checked
        if name in SETTINGS:
            return SETTINGS[name].of(self._session.runs.experiment)
        if name in LOOKED_UP:
            return LOOKED_UP[name](self._session)
        return self._switches[name].isChecked()

    def _look(self) -> None:
        """Notice what has changed; while something is half done, later."""
        if not self._counting:
            return
        if not self.is_settled:
            self._later.start()
            return
        self._later.stop()
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        """Compare the experiment with the one of the last look."""
        before, self._experiment = self._experiment, self._session.runs.experiment
        self._counts["start_moved"] += self._experiment.start != before.start
        data, other = before.dataset, self._experiment.dataset
        if data is other:
            return
        if not self._are_kin(data, other):
            self._counts["opened"] += 1
        elif data.calendar == other.calendar:  # else only x is counted otherwise
            self._counts["edited"] += 1

    def _on_moved(self) -> None:
        before, self._iteration = self._iteration, self._session.playback.iteration
        # Until it is told that playing has ended, the last move is a part of it.
        if self._counting and not self._is_playing:
            self._counts["stepped"] += self._iteration == before + 1
        self._look()

    def _on_playing_changed(self, playing: bool) -> None:
        self._is_playing = playing
        self._counts["played"] += playing and self._counting
        self._look()

    def _on_swept(self) -> None:
        self._swept |= self._counting
        self._look()

    def _on_checked(self, result: str) -> None:
        if self._counting:
            self._checked = result
        self._look()


def _ended(ending: Ending) -> Callable[[Session], bool]:
    def ended(session: Session) -> bool:
        outcome = session.runs.outcome
        return outcome is not None and outcome.ending is ending

    return ended


def _diverged(session: Session) -> bool:
    outcome: Outcome | None = session.runs.outcome
    if outcome is None or session.runs.record.last is None:
        return False
    return goes_astray(outcome, session.runs.record)


def _final_loss(run: Run) -> float:
    """Return the loss of a run's last row; infinite if it goes on or has diverged."""
    last, outcome = run.record.last, run.outcome
    if last is None or outcome is None or outcome.ending is Ending.DIVERGED:
        return math.inf
    return last.loss


def _plain_loss(session: Session) -> float:
    now = session.runs.experiment
    plain = [
        _final_loss(run)
        for run in session.runs.kept
        if type(run.experiment.method) is GradientDescent and not run.experiment.in_batches
        and run.experiment.iterations == now.iterations
    ]  # fmt: skip
    return min(plain, default=math.inf)


def _arrived(session: Session) -> float:
    bowl, record = session.runs.experiment.bowl, session.runs.record
    # Where a line fits exactly no loss is within a share of nothing.
    good = bowl.minimum * (1 + NEAR) + ROUNDING * bowl.loss(0.0, 0.0)
    found = iterations_to(record, good)
    return math.inf if found is None else found


def _condition_number(session: Session) -> float:
    experiment = session.runs.experiment
    return experiment.scaled_bowl.condition if experiment.with_bias else 1.0


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
    "final_loss": lambda session: _final_loss(session.runs.current),
    "plain_loss": _plain_loss,
    "arrived": _arrived,
    "distance": lambda session: (
        session.playback.row.weight - session.runs.experiment.bowl.optimum.weight
    ),
    "curvature": lambda session: session.runs.experiment.scaled_bowl.curvature,
    "condition_number": _condition_number,
    "ended": lambda session: session.runs.outcome is not None,
    "reached": _ended(Ending.REACHED),
    "converged": _ended(Ending.CONVERGED),
    "settled": _ended(Ending.SETTLED),
    "diverged": _diverged,
    "playing": lambda session: session.playback.playing,
    "kept": lambda session: len(session.runs.kept),
}
