"""Comparing: the docks with the table of runs and the sweep, and what they ask of the session."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from gdviz.core.descent.run import Run
from gdviz.core.descent.sweep import proposed_goal
from gdviz.ui.features import Feature, Menus
from gdviz.ui.plots.figure import Figure
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.dock import BELOW, Dock

if TYPE_CHECKING:
    from gdviz.ui.features.compare.runs_view import RunsView
    from gdviz.ui.features.compare.sweep_view import SweepView
    from gdviz.ui.plots.sweep_plot import SweepPlot

# A run that goes on is summed up again no more often than this.
REFRESH_MS = 400


class Comparing(Feature):
    """Keeps plots, table and sweep in step with the runs of a session.

    Signals
    -------
    said(str)
        How a sweep ended.
    swept()
        A sweep that somebody sees was brought to its end.
    """

    said = Signal(str)
    swept = Signal()

    def __init__(
        self,
        session: Session,
        figure: Figure,
        offer: "Callable[[SweepPlot], None]",
        export_table: Callable[[Callable[[str], str]], None],
        export_trajectory: Callable[[Run], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._figure = session, figure
        self._offer, self._export_table = offer, export_table
        self._export_trajectory = export_trajectory
        self._since_refresh = QElapsedTimer()
        self._since_refresh.start()
        self.runs_dock = Dock("Runs", BELOW, "Ctrl+T", self._make_runs, low=True)
        self.sweep_dock = Dock("Sweep", BELOW, "Ctrl+R", self._make_sweep, low=True)
        self.docks = self.runs_dock, self.sweep_dock
        self._connect()

    def menus(self) -> Menus:
        """Return its commands."""
        docks = [dock.toggleViewAction() for dock in self.docks]
        return {"&Runs": [("&Keep this run", "Ctrl+K", self._session.undo.keep), *docks]}

    def close(self) -> None:
        """End what the sweep has under way."""
        if self.sweep_dock.is_made:
            self.sweep_dock.content.stop()

    def _make_runs(self) -> "RunsView":
        from gdviz.ui.features.compare.runs_view import RunsView

        view, undo = RunsView(), self._session.undo
        view.keep_requested.connect(undo.keep)
        view.rename_requested.connect(undo.rename)
        view.visible_requested.connect(undo.show)
        view.remove_requested.connect(undo.remove)
        view.restore_requested.connect(self._session.restore)
        view.export_requested.connect(lambda: self._export_table(view.table_text))
        view.trajectory_requested.connect(self._export_trajectory)
        return view

    def _make_sweep(self) -> "SweepView":
        from gdviz.ui.features.compare.sweep_view import SweepView

        view = SweepView()
        view.rate_requested.connect(self._on_rate_requested)
        view.said.connect(self.said)
        view.swept.connect(self.swept)
        self._offer(view.plot)
        return view

    def _connect(self) -> None:
        runs = self._session.runs
        runs.experiment_changed.connect(self._on_experiment_changed)
        runs.kept_changed.connect(self._on_kept_changed)
        runs.ended.connect(self._show_runs)
        self._session.playback.moved.connect(self._refresh)
        for dock in self.docks:
            dock.visibilityChanged.connect(self._on_experiment_changed)

    def _refresh(self) -> None:
        """Show how far the runs are, a few times a second."""
        if self._since_refresh.hasExpired(REFRESH_MS):
            self._show_runs()
            if any(run.outcome is None for run in self._session.runs.kept):
                self._draw_kept()

    def _on_experiment_changed(self) -> None:
        """Look at other settings; what nobody sees waits until it is opened."""
        experiment = self._session.runs.experiment
        if self.runs_dock.isVisible():
            self.runs_dock.content.set_goal(proposed_goal(experiment))
            self._show_runs()
        if self.sweep_dock.isVisible():
            self.sweep_dock.content.set_experiment(experiment)

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
            self.runs_dock.content.set_runs([runs.current, *runs.kept], runs.can_keep)

    def _on_rate_requested(self, rate: float) -> None:
        self._session.undo.change(replace(self._session.runs.experiment, learning_rate=rate))
