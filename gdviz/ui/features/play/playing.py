"""Playing: the bar and the commands that move the playhead."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from gdviz.core.descent.playhead import SPEEDS
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.play.transport import Transport
from gdviz.ui.preferences import Preferences
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.commands import fill


class Playing(Feature):
    """Keeps the bar in step with the session."""

    def __init__(self, session: Session, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._preferences = session, preferences
        self.transport = transport = Transport(session.playback)
        self.themed = (transport,)
        self._speeds = QMenu("Sp&eed", transport)
        fill(self._speeds, [(s.label, None, partial(transport.set_speed, s.label)) for s in SPEEDS])
        session.playback.moved.connect(self._on_moved)
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

    def close(self) -> None:
        """Remember the speed."""
        self._preferences.set("speed", self.transport.speed.label)

    def _on_moved(self) -> None:
        self.transport.set_position(self._session.playback.iteration, self._session.runs.length)
