"""Coding: the dock with the current run as a program."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.table import Table
from gdviz.core.words.program import Program
from gdviz.ui.features import Feature
from gdviz.ui.features.code.code_view import CodeView
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.dock import RIGHT, Dock


class Coding(Feature):
    """Keeps the program in step with the settings."""

    def __init__(
        self,
        session: Session,
        table_of: Callable[[Dataset], Table | None],
        copy: Callable[[Program], None],
        save: Callable[[Program], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._table_of = session, table_of
        self.dock = Dock("Python", RIGHT, "Ctrl+Shift+P", CodeView, "Show as &Python")
        self.dock.content.copy_requested.connect(copy)
        self.dock.content.save_requested.connect(save)
        self.docks = (self.dock,)
        session.runs.experiment_changed.connect(self._refresh)
        self.dock.visibilityChanged.connect(self._refresh)

    def _refresh(self) -> None:
        if self.dock.isVisible():
            experiment = self._session.runs.experiment
            self.dock.content.set_experiment(experiment, self._table_of(experiment.dataset))
