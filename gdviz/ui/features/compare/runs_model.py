"""RunsModel: the table of runs, a row for each and a column for each thing to compare."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont

from gdviz.core.descent.run import Run
from gdviz.core.files import escaped
from gdviz.core.words.comparison import RunSummary, missed_sentence
from gdviz.core.words.numbers import number_text
from gdviz.ui.plots.drawing.looks import look_of
from gdviz.ui.plots.drawing.shapes import sample_icon
from gdviz.ui.widgets.table import Column, Index, Key, Role, TableModel

Value = str | int | float | None

NAME = 0
MISSING = "–"  # noqa: RUF001  (a dash, as tables have it)
UNITS = "in the units of your data, whether x is standardised or not"
# How many characters of a number a cell has room for.
ROOM = 7


class Compared(NamedTuple):
    """A run, what the table says of it, and the loss that it is to reach."""

    run: Run
    summary: RunSummary
    goal: float


def _column(field: str, title: str, meaning: str, words: bool = False) -> Column[Compared]:
    """Return the column of a field of the summaries."""

    def value(row: Compared) -> Value:
        known: Value = getattr(row.summary, field)
        return known

    def key(row: Compared) -> Key:
        known = value(row)
        if isinstance(known, str):
            return known.casefold()
        return None if known is None or math.isnan(known) else known

    def tip(row: Compared) -> str:
        known = value(row)
        if field == "name":
            return _name_tip(row.run)
        if known is None:
            to_goal = field == "iterations"
            return missed_sentence(row.run, row.goal) if to_goal else "Nothing recorded yet"
        return repr(known) if isinstance(known, float) else cell_text(known)

    return Column(title, meaning, lambda row: cell_text(value(row)), key, tip, words=words)


COLUMNS = (
    _column("name", "Run", "Its name, and whether the plots draw it", words=True),
    _column("method", "Method", "The rule that turns a slope into a step", words=True),
    _column("settings", "Settings", "The other settings but the default ones", words=True),
    _column("outcome", "Outcome", "How the run ended", words=True),
    _column("iterations", "To goal", "How many iterations it took to reach the loss above"),
    _column("loss", "Final loss", "The last loss of the run"),
    _column("weight", "w", f"The last weight, {UNITS}"),
    _column("bias", "b", f"The last bias, {UNITS}"),
    _column("distance", "Distance", f"How far w and b are from the best ones, {UNITS}"),
    _column("ended", "Iterations", "The iteration at which the run ended, or as far as it is"),
)


class RunsModel(TableModel[Compared]):
    """Runs and what is to be said of them; nothing changes but by `set_runs` and `set_goal`."""

    rename_requested = Signal(int, str)
    visible_requested = Signal(int, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            COLUMNS,
            identity=lambda row: row.run.number,
            muted=lambda row: not row.run.visible,
            parent=parent,
        )
        self._goal = 0.0

    def set_goal(self, goal: float) -> None:
        """Count the iterations to another loss."""
        self._goal = goal
        rows = [Compared(row.run, RunSummary.of(row.run, goal), goal) for row in self._given]
        self.set_rows(rows, NAME + 1)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show other runs, or more of the same."""
        known = {row.run.number: (row.run.name, row.run.visible) for row in self.rows}
        same = all(known.get(run.number) == (run.name, run.visible) for run in runs)
        rows = [Compared(run, self._summary(run), self._goal) for run in runs]
        # A name that is being typed would be lost, were its cell said to have changed.
        self.set_rows(rows, NAME + 1 if same else NAME)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell says; the first one has a mark and a box as well."""
        run = self.rows[index.row()].run
        if index.column() == NAME:
            if role == Role.EditRole:
                return run.name
            if role == Role.DecorationRole:
                look = look_of(run)
                return sample_icon(look.shape, self._theme.colour(look.colour))
            if role == Role.CheckStateRole and run.kept:
                return Qt.CheckState.Checked if run.visible else Qt.CheckState.Unchecked
            if role == Role.FontRole and not run.kept:
                font = QFont()
                font.setBold(True)
                return font
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Ask for another name, or to show or hide the run; the answer is another `set_runs`."""
        run = self.rows[index.row()].run
        if role == Role.CheckStateRole:
            self.visible_requested.emit(run.number, not run.visible)
            return True
        name = escaped(str(value).strip())
        if role != Role.EditRole or not name or name == run.name:
            return False
        self.rename_requested.emit(run.number, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell: only names of kept runs can be changed."""
        flags = super().flags(index)
        if index.column() == NAME and self.rows[index.row()].run.kept:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def _summary(self, run: Run) -> RunSummary:
        """Return what is to be said of a run; a long one is not searched again for the same."""
        for known, summary, _ in self.rows:
            if known == run:
                return summary
        return RunSummary.of(run, self._goal)


def cell_text(value: Value) -> str:
    """Return what a cell shows."""
    if value is None:
        return MISSING
    if isinstance(value, float):
        return number_text(value, decimals=4, room=ROOM)
    return f"{value:,}" if isinstance(value, int) else value


def _name_tip(run: Run) -> str:
    if not run.kept:
        return f"{run.name}: the current run"
    drawn = "The plots draw it." if run.visible else "The plots do not draw it."
    return f"{run.name}\n{drawn} Double-click or F2: rename, H: hide or show."
