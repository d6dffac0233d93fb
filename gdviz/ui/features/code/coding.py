"""Coding: the dock with the current run as a program."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.loadtxt import find_loadtxt_call
from gdviz.core.tables.table import Table
from gdviz.core.words.program import Program
from gdviz.ui.features import Feature
from gdviz.ui.features.code.trying import Trying
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.dock import RIGHT, Dock

if TYPE_CHECKING:
    from gdviz.ui.features.code.code_view import CodeView


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
        self._copy, self._save = copy, save
        self._tried: tuple[Dataset, Table | None] | None = None
        self._trying: Trying | None = None
        self.dock = Dock("Python", RIGHT, "Ctrl+Shift+P", self._make_view, "Show as &Python")
        self.docks = (self.dock,)
        session.runs.experiment_changed.connect(self._refresh)
        self.dock.visibilityChanged.connect(self._refresh)

    def _make_view(self) -> "CodeView":
        from gdviz.ui.features.code.code_view import CodeView

        view = CodeView()
        view.copy_requested.connect(self._copy)
        view.save_requested.connect(self._save)
        return view

    def close(self) -> None:
        """End what is under way."""
        trying, self._trying = self._trying, None
        if trying is not None:
            trying.finished.disconnect(self._refresh)
            trying.drop()

    def _refresh(self) -> None:
        if self.dock.isVisible():
            experiment = self._session.runs.experiment
            self._try(experiment.dataset, self._table_of(experiment.dataset))
            trying = self._trying
            if trying is None:
                self.dock.content.set_experiment(experiment)
            else:
                # Asked first: what the thread finds before it is over is shown then.
                goes_on = not (trying.is_over or trying.isFinished())
                self.dock.content.set_experiment(experiment, trying.call, goes_on)

    def _try(self, dataset: Dataset, table: Table | None) -> None:
        """Find out how NumPy reads the data, once."""
        if self._tried is not None and self._tried[0] is dataset and self._tried[1] is table:
            return
        self.close()
        self._tried = dataset, table
        # A program that reads all rows at once has no room for more than memory has.
        if table is not None and dataset.whole is None:
            self._trying = Trying(find_loadtxt_call(table, dataset), self)
            self._trying.finished.connect(self._refresh)
            self._trying.begin()
