"""Speaking: tells a screen reader what others see happen, at a speed that can be heard."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QElapsedTimer, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from gdviz.core.descent.descent import Ending, Outcome
from gdviz.core.words import changes, descriptions
from gdviz.core.words.sentences import outcome_sentence
from gdviz.ui.accessible import tell_changed
from gdviz.ui.features import Feature
from gdviz.ui.plain import from_menu
from gdviz.ui.plots.figure import Figure, View
from gdviz.ui.plots.landscape import Landscape
from gdviz.ui.plots.loss_curve import LossCurve
from gdviz.ui.plots.loss_history import LossHistory
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.running.session import Session

# How long what happens together is waited for, and how much time a place takes to be heard: longer
# while it plays, for there nobody asked for each.
SOON_MS, STEPPING_MS, PLAYING_MS = 150, 700, 2500
# What was done is said before what came of it; messages are between these.
FIRST, LAST = ("undo", "change", "chosen"), ("outcome", "place")


class Speaking(Feature):
    """Announces places, outcomes, messages and changes; of each kind only the newest is said.

    Without a screen reader it looks at nothing: sentences are made when they are said.

    Parameters
    ----------
    voices : iterable of signals
        What else has something to say, as a text; an empty one is nothing.

    Signals
    -------
    said(str)
        This was announced.
    """

    said = Signal(str)

    def __init__(
        self, session: Session, figure: Figure, voices: Iterable[SignalInstance], window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._figure, self._window = session, figure, window
        self._editing = figure.data_fit.editing
        # What is to be said, by its kind, and what makes the sentence.
        self._waiting: dict[str, Callable[[], str]] = {}
        self._place_said: tuple[object, int] | None = None
        self._changes = changes.Changes(session.runs.experiment, session.runs.kept)
        self._undone = self._undo_state()
        self._since_place = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._say)
        for view in figure.views:
            view.account = partial(self._account, view)
        self._connect(voices)

    def close(self) -> None:
        """Be silent."""
        self._timer.stop()
        self._waiting.clear()
        # It tells of its commands while it is destroyed.
        self._session.undo.group.disconnect(self)

    def _connect(self, voices: Iterable[SignalInstance]) -> None:
        runs, playback = self._session.runs, self._session.playback
        playback.moved.connect(self._on_moved)
        playback.playing_changed.connect(self._on_playing_changed)
        runs.ended.connect(self._on_ended)
        runs.experiment_changed.connect(self._on_changed)
        runs.kept_changed.connect(self._on_changed)
        self._session.undo.group.indexChanged.connect(self._on_undo)
        self._editing.chosen_changed.connect(self._on_chosen)
        for voice in voices:
            voice.connect(self._on_voice)

    def _account(self, view: View) -> str:
        """Say what a picture shows."""
        runs, playback = self._session.runs, self._session.playback
        if runs.record.last is None:
            return ""
        experiment, row, length = runs.experiment, playback.row, runs.length
        match view:
            case LossCurve():
                along = "weight" if view.parameters == (0,) else "bias"
                said = descriptions.curve(experiment, row, length, along)
            case Landscape() | Surface():
                said = descriptions.ground(experiment, row, length, self._figure.fog)
            case LossHistory():
                said = descriptions.history(row, runs.record, length, view.scale)
            case _:
                said = descriptions.data(experiment, row, self._editing.chosen)
        return f"{said} {descriptions.others(view.kept)}".strip()

    def _on_moved(self) -> None:
        if not QAccessible.isActive():
            return
        playback = self._session.playback
        if self._place == self._place_said:
            return
        rest = PLAYING_MS if playback.playing else STEPPING_MS
        heard = self._since_place.elapsed() if self._since_place.isValid() else rest
        self._wait("place", self._said_place, max(SOON_MS, rest - heard))

    def _on_playing_changed(self, playing: bool) -> None:
        self._wait("playing", lambda: "Playing." if playing else "Paused.")
        if not playing:
            self._wait("place", self._said_place)

    def _on_ended(self, outcome: Outcome) -> None:
        # Of a run that diverged there is a longer account.
        if outcome.ending is not Ending.DIVERGED:
            experiment = self._session.runs.experiment
            self._wait("outcome", lambda: outcome_sentence(experiment, outcome))

    def _on_changed(self) -> None:
        self._wait("change", self._said_changes)

    def _on_undo(self) -> None:
        before, self._undone = self._undone, self._undo_state()
        (stack, count, index, _, undone), (now, count_now, index_now, done, _) = (
            before, self._undone
        )  # fmt: skip
        if now is not stack or count_now != count:
            # These are other steps, such as those of a lesson, or one more, or fewer.
            return
        if index_now < index:
            self._wait("undo", lambda: f"Undone: {self._undone[-1]}.")
        elif index_now > index and undone == done:
            self._wait("undo", lambda: f"Done again: {done}.")

    def _on_chosen(self) -> None:
        experiment, chosen = self._session.runs.experiment, self._editing.chosen
        if chosen is not None and chosen < len(experiment.dataset):
            self._wait("chosen", lambda: f"Chosen: {descriptions.point(experiment, chosen)}.")

    def _on_voice(self, text: str) -> None:
        if text:
            self._wait(text, lambda: text)

    @property
    def _place(self) -> tuple[object, int]:
        return self._session.runs.experiment, self._session.playback.iteration

    def _undo_state(self) -> tuple[object, int, int, str, str]:
        stack = self._session.undo.stack
        undone, redone = map(from_menu, (stack.undoText(), stack.redoText()))
        return stack, stack.count(), stack.index(), undone, redone

    def _said_place(self) -> str:
        runs, self._place_said = self._session.runs, self._place
        if runs.record.last is None:
            return ""
        self._since_place.start()
        return descriptions.place(runs.experiment, self._session.playback.row, runs.length)

    def _said_changes(self) -> str:
        return self._changes.told(self._session.runs.experiment, self._session.runs.kept)

    def _wait(self, kind: str, make: Callable[[], str], ms: int = SOON_MS) -> None:
        """Have something said, with what else happens until then."""
        if not QAccessible.isActive():
            return
        # What came last is said last.
        self._waiting.pop(kind, None)
        self._waiting[kind] = make
        if not self._timer.isActive() or self._timer.remainingTime() > ms:
            self._timer.start(ms)

    def _say(self) -> None:
        waiting, self._waiting = self._waiting, {}
        between = [kind for kind in waiting if kind not in FIRST + LAST]
        kinds = [kind for kind in (*FIRST, *between, *LAST) if kind in waiting]
        text = " ".join(filter(None, (waiting[kind]() for kind in kinds)))
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, text))
            self.said.emit(text)
        tell_changed(self._window.findChildren(QWidget))
