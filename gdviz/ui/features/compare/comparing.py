"""Comparing: the docks with the table of runs and the sweep, and what they ask of the session."""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gdviz.core.descent.goals import goal_loss
from gdviz.ui.plots.figure import Figure
from gdviz.ui.running.session import Session
from gdviz.ui.shell.docks import BELOW, add_dock
from gdviz.ui.theme import LIGHT, Theme

if TYPE_CHECKING:
    from gdviz.ui.features.compare.runs_view import RunsView
    from gdviz.ui.features.compare.sweep_view import SweepView

# A run that goes on is summed up again no more often than this.
REFRESH_MS = 400


class Comparing(QObject):
    """Keeps plots, table and sweep in step with the runs of a session.

    Table and sweep are made when they are first opened: a start must not wait for them.

    Attributes
    ----------
    runs_dock, sweep_dock : QDockWidget

    Signals
    -------
    runs_made(RunsView)
    sweep_made(SweepView)
    """

    runs_made = Signal(object)
    sweep_made = Signal(object)

    def __init__(self, session: Session, figure: Figure, window: QMainWindow) -> None:
        super().__init__(window)
        self._session, self._figure = session, figure
        self._since_refresh = QElapsedTimer()
        self._since_refresh.start()
        self._window, self._theme = window, LIGHT
        self.runs_dock = add_dock(window, BELOW, "Runs", QWidget(), "Ctrl+T")
        self.sweep_dock = add_dock(window, BELOW, "Sweep", QWidget(), "Ctrl+R")
        window.tabifyDockWidget(self.runs_dock, self.sweep_dock)
        self._connect()

    @cached_property
    def runs(self) -> "RunsView":
        """The table."""
        from gdviz.ui.features.compare.runs_view import RunsView

        view, runs = RunsView(), self._session.runs
        view.set_theme(self._theme)
        view.keep_requested.connect(runs.keep)
        view.rename_requested.connect(runs.rename)
        view.visible_requested.connect(runs.show)
        view.remove_requested.connect(runs.remove)
        view.restore_requested.connect(self._session.restore)
        self._put(view, self.runs_dock)
        self.runs_made.emit(view)
        return view

    @cached_property
    def sweep(self) -> "SweepView":
        """The sweep."""
        from gdviz.ui.features.compare.sweep_view import SweepView

        sweep = SweepView()
        sweep.set_theme(self._theme)
        sweep.rate_requested.connect(self._on_rate_requested)
        self._put(sweep, self.sweep_dock)
        self.sweep_made.emit(sweep)
        return sweep

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        if "runs" in vars(self):
            self.runs.set_theme(theme)
        if "sweep" in vars(self):
            self.sweep.set_theme(theme)

    def close(self) -> None:
        """End what the sweep has under way."""
        if "sweep" in vars(self):
            self.sweep.stop()

    def refresh(self) -> None:
        """Show how far the runs are, a few times a second."""
        if self._since_refresh.hasExpired(REFRESH_MS):
            self._show_runs()
            if any(run.outcome is None for run in self._session.runs.kept):
                self._draw_kept()

    def _connect(self) -> None:
        runs = self._session.runs
        runs.experiment_changed.connect(self._on_experiment_changed)
        runs.kept_changed.connect(self._on_kept_changed)
        runs.ended.connect(self._show_runs)
        for dock in (self.runs_dock, self.sweep_dock):
            dock.visibilityChanged.connect(self._on_experiment_changed)

    def _put(self, view: QWidget, dock: QDockWidget) -> None:
        dock.setWidget(view)
        height = view.sizeHint().height()
        self._window.resizeDocks([dock], [height], Qt.Orientation.Vertical)

    def _on_experiment_changed(self) -> None:
        """Look at other settings; what nobody sees waits until it is opened."""
        experiment = self._session.runs.experiment
        if self.runs_dock.isVisible():
            self.runs.set_goal(goal_loss(experiment))
            self._show_runs()
        if self.sweep_dock.isVisible():
            self.sweep.set_experiment(experiment)

    def _on_kept_changed(self) -> None:
        self._draw_kept()
        self._show_runs()

    def _draw_kept(self) -> None:
        kept = self._session.runs.kept
        self._figure.set_kept([run for run in kept if run.visible and run.record.last])

    def _show_runs(self) -> None:
        self._since_refresh.restart()
        if self.runs_dock.isVisible():
            runs = self._session.runs
            self.runs.set_runs([runs.current, *runs.kept], runs.can_keep)

    def _on_rate_requested(self, rate: float) -> None:
        self._session.undo.change(replace(self._session.runs.experiment, learning_rate=rate))
