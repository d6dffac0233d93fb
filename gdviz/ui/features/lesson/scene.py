"""Scene: what the window shows for a chapter, where in the run, and whether it plays."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gdviz.ui.features.lesson.emphasis import Stage
from gdviz.ui.features.lesson.workplace import Workplace
from gdviz.ui.running.session import Session

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Setup

END = "end"


class Scene(QObject):
    """Sets the window up, and tells when that is done: a run may have to end first.

    Signals
    -------
    ready()
        All is as it was asked for.
    """

    ready = Signal()

    def __init__(
        self, session: Session, workplace: Workplace, stage: Stage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._workplace, self._stage = session, workplace, stage
        self._position: int | str | None = None
        self._play: bool | None = None
        self._is_awaited = self._plays = False
        session.runs.grown.connect(self._look)
        session.runs.ended.connect(self._look)
        session.playback.playing_changed.connect(self._on_playing_changed)

    @property
    def is_ready(self) -> bool:
        """Whether all is as it was asked for."""
        return not self._is_awaited

    @property
    def plays(self) -> bool:
        """Whether the run is being played, and not because the learner wants it."""
        return self._plays

    def set(self, setup: "Setup", folder: Path) -> None:
        """Set up what a setup names; its table is in the folder, or one of gdviz's own."""
        self._is_awaited = False
        self._workplace.apply(setup, folder)
        self._stage.apply(setup)
        self.go_to(setup.position, setup.play)

    def go_to(self, position: int | str | None, play: bool | None = None) -> None:
        """Show an iteration, as soon as there is one of that number; stay there, or play on."""
        self._position = position
        self._play = False if play is None and position is not None else play
        self._is_awaited = True
        self._look()

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._is_awaited = False

    def _look(self) -> None:
        """See whether it can be shown by now."""
        runs, playback = self._session.runs, self._session.playback
        is_there = self._position in (None, 0) or not runs.training
        if not self._is_awaited or runs.record.last is None or not is_there:
            return
        self._is_awaited = False
        if self._position is not None:
            playback.seek(runs.length if self._position == END else int(self._position))
        if self._play is not None:
            self._show_played(self._play)
        self.ready.emit()

    def _show_played(self, play: bool) -> None:
        playback = self._session.playback
        if playback.playing is not play:
            playback.toggle()
            self._plays = playback.playing

    def _on_playing_changed(self, playing: bool) -> None:
        self._plays &= playing
