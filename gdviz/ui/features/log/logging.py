"""Logging: the dock with what the lesson's loop prints."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gdviz.core.words.log import Log
from gdviz.ui.features import Feature
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.dock import RIGHT, Dock

if TYPE_CHECKING:
    from gdviz.ui.features.log.log_view import LogView


class Logging(Feature):
    """Keeps the log in step with the playhead."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.dock = Dock("Log", RIGHT, "Ctrl+L", self._make_view)
        self.docks = (self.dock,)
        session.playback.moved.connect(self._refresh)
        self.dock.visibilityChanged.connect(self._refresh)

    def _make_view(self) -> "LogView":
        from gdviz.ui.features.log.log_view import LogView

        view = LogView()
        view.iteration_requested.connect(self._session.playback.seek)
        return view

    def close(self) -> None:
        """End what is under way."""
        if self.dock.is_made:
            self.dock.content.stop()

    def _refresh(self) -> None:
        runs = self._session.runs
        if self.dock.isVisible() and runs.record.last is not None:
            log = Log(runs.record, runs.experiment, runs.outcome)
            self.dock.content.show_log(log, self._session.playback.row.iteration)
