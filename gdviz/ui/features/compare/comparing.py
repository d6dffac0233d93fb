"""Comparing: the docks with the table of runs and the sweep, and what they ask of the session."""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gdviz.core.descent.goals import goal_loss
from gdviz.ui.features.compare.runs_model import TableRun
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.kept_run import KeptRun
from gdviz.ui.running.session import Kept, Session
from gdviz.ui.shell.docks import BELOW, add_dock
from gdviz.ui.theme import LIGHT, Theme

if TYPE_CHECKING:
    from gdviz.ui.features.compare.runs_view import RunsView
    from gdviz.ui.features.compare.sweep_view import SweepView

# A run that goes on is summed up again no more often than this.
REFRESH_MS = 400
CURRENT = -1


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

        runs, session = RunsView(), self._session
        runs.set_theme(self._theme)
        runs.keep_requested.connect(session.keep)
        runs.rename_requested.connect(session.rename_kept)
        runs.visible_requested.connect(session.show_kept)
        runs.remove_requested.connect(session.remove_kept)
        runs.restore_requested.connect(session.restore_kept)
        self._put(runs, self.runs_dock)
        self.runs_made.emit(runs)
        return runs

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
            if any(kept.run.training for kept in self._session.kept):
                self._draw_kept()

    def _connect(self) -> None:
        session = self._session
        session.experiment_changed.connect(self._on_experiment_changed)
        session.kept_changed.connect(self._on_kept_changed)
        session.ended.connect(self._show_runs)
        for dock in (self.runs_dock, self.sweep_dock):
            dock.visibilityChanged.connect(self._on_experiment_changed)

    def _put(self, view: QWidget, dock: QDockWidget) -> None:
        dock.setWidget(view)
        height = view.sizeHint().height()
        self._window.resizeDocks([dock], [height], Qt.Orientation.Vertical)

    def _on_experiment_changed(self) -> None:
        """Look at other settings; what nobody sees waits until it is opened."""
        experiment = self._session.experiment
        if self.runs_dock.isVisible():
            self.runs.set_goal(goal_loss(experiment))
            self._show_runs()
        if self.sweep_dock.isVisible():
            self.sweep.set_experiment(experiment)

    def _on_kept_changed(self) -> None:
        self._draw_kept()
        self._show_runs()

    def _draw_kept(self) -> None:
        shown = [kept for kept in self._session.kept if kept.visible and kept.run.record.last]
        self._figure.set_kept(
            [KeptRun(k.number, k.name, k.run.experiment, k.run.record) for k in shown]
        )

    def _show_runs(self) -> None:
        self._since_refresh.restart()
        if self.runs_dock.isVisible():
            runs = [self._current(), *map(_kept, self._session.kept)]
            self.runs.set_runs(runs, self._session.can_keep)

    def _current(self) -> TableRun:
        run = self._session.run
        return TableRun(
            CURRENT, "current", run.experiment, run.record, run.outcome,
            colour="hiker", shape="big dot", visible=True, kept=False,
        )  # fmt: skip

    def _on_rate_requested(self, rate: float) -> None:
        self._session.change(replace(self._session.experiment, learning_rate=rate))


def _kept(kept: Kept) -> TableRun:
    run, looks = kept.run, KeptRun(kept.number, kept.name, kept.run.experiment, kept.run.record)
    return TableRun(
        kept.number, kept.name, run.experiment, run.record, run.outcome,
        colour=looks.colour, shape=looks.shape, visible=kept.visible, kept=True,
    )  # fmt: skip
