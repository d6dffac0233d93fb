"""Explaining: the dock that explains the step under the playhead, in step with the session."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from gdviz.core.explanation import Explainer
from gdviz.ui.explain_view import ExplainView
from gdviz.ui.plots.figure import Figure
from gdviz.ui.session import Session
from gdviz.ui.theme import Theme


class Explaining(QObject):
    """Keeps the explanation in step with the playhead.

    Attributes
    ----------
    view : ExplainView
    dock : QDockWidget
    """

    def __init__(self, session: Session, figure: Figure, window: QMainWindow) -> None:
        super().__init__(window)
        self._session, self._figure = session, figure
        self._explainer = Explainer(session.experiment)
        self.view = ExplainView()
        self.dock = QDockWidget("Explain", window)
        self.dock.setObjectName("explain_dock")
        self.dock.setWidget(self.view)
        action = self.dock.toggleViewAction()
        action.setText("&Explain this step")
        action.setShortcut("Ctrl+I")
        self.dock.hide()
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.view.set_theme(theme)

    def refresh(self) -> None:
        """Show the step under the playhead, if anybody sees it."""
        session = self._session
        if session.record.last is None:
            return
        if self.dock.isVisible():
            row = session.row
            self.view.set_sections(row.iteration, self._explainer.explain(session.record, row))

    def _connect(self) -> None:
        self._session.experiment_changed.connect(self._on_experiment_changed)
        self.dock.visibilityChanged.connect(self.refresh)

    def _on_experiment_changed(self) -> None:
        if self._explainer.experiment is not self._session.experiment:
            self._explainer = Explainer(self._session.experiment)
            self.view.forget_rooms()
        self.refresh()
