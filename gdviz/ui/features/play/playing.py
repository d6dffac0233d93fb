"""Playing: the bar and the commands that move the playhead, and the step where it is."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from gdviz.core.descent.playhead import SPEEDS
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.play.strip import StepStrip
from gdviz.ui.features.play.transport import Transport
from gdviz.ui.preferences import Preferences
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.commands import fill


class Playing(Feature):
    """Keeps the bar and the strip above it in step with the session."""

    def __init__(self, session: Session, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._preferences = session, preferences
        self.transport = transport = Transport(session.playback)
        self.strip = StepStrip()
        self._has_no_numbers = False
        self.themed = (transport, self.strip)
        self._speeds = QMenu("Sp&eed", transport)
        fill(self._speeds, [(s.label, None, partial(transport.set_speed, s.label)) for s in SPEEDS])
        session.runs.experiment_changed.connect(self._on_experiment_changed)
        session.playback.moved.connect(self._on_moved)
        session.runs.ended.connect(self._on_ended)
        self._on_experiment_changed()
        transport.set_speed(preferences.text("speed", "", {speed.label for speed in SPEEDS}))

    def menus(self) -> Menus:
        """Return its commands."""
        playback = self._session.playback
        return {"&Play": [
            ("&Play or pause", "Space", playback.toggle),
            ("Play from the st&art", "P", playback.play_from_start),
            None,
            ("One iteration &forward", "Right", lambda: playback.step(1)),
            ("One iteration &back", "Left", lambda: playback.step(-1)),
            ("To the &start", "Home", playback.to_start),
            ("To the &end", "End", playback.to_end),
            None,
            self._speeds,
        ]}  # fmt: skip

    def state(self) -> str:
        """Return the speed."""
        return self.transport.speed.label

    def bring_back(self, state: str) -> None:
        """Play at a speed again."""
        self.transport.set_speed(state)

    def close(self) -> None:
        """Remember the speed."""
        self._preferences.set("speed", self.transport.speed.label)

    def _on_experiment_changed(self) -> None:
        self.strip.set_experiment(self._session.runs.experiment)

    def _on_moved(self) -> None:
        runs, playback = self._session.runs, self._session.playback
        if self._has_no_numbers:  # not always: a lesson may have hidden it
            self.strip.show()
            self._has_no_numbers = False
        self.transport.set_position(playback.iteration, runs.length)
        self.strip.show_row(runs.experiment, playback.row, runs.record)

    def _on_ended(self) -> None:
        """Show no numbers of a run that has none."""
        if self._session.runs.record.last is None:
            self.strip.hide()
            self._has_no_numbers = True
            self.transport.set_position(0, 0)
