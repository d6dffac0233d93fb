"""RunsModel: the table of runs, a row for each and a column for each thing to compare."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap

from gdviz.core.descent.run import Run
from gdviz.core.words.comparison import RunSummary
from gdviz.ui.plots.drawing.legend import SAMPLES
from gdviz.ui.plots.drawing.looks import look_of
from gdviz.ui.settings.readout import number_text
from gdviz.ui.theme import LIGHT, Theme

Index = QModelIndex | QPersistentModelIndex
Value = str | int | float | None
Role = Qt.ItemDataRole
NO_PARENT = QModelIndex()

NAME = 0
SORT_ROLE = Role.UserRole
MISSING = "–"  # noqa: RUF001  (a dash, as tables have it)
UNITS = "in the units of your data, whether x is standardised or not"
MARK_PX = 16


class Column(NamedTuple):
    """A column: the field of a summary, its title, and what it means."""

    field: str
    title: str
    meaning: str


COLUMNS = (
    Column("name", "Run", "Its name, and whether the plots draw it"),
    Column("method", "Method", "The rule that turns a slope into a step"),
    Column("settings", "Settings", "The other settings; the default ones are left out"),
    Column("outcome", "Outcome", "How the run ended"),
    Column("iterations", "To goal", "How many iterations it took to reach the loss above"),
    Column("loss", "Final loss", "The last loss of the run"),
    Column("weight", "w", f"The last weight, {UNITS}"),
    Column("bias", "b", f"The last bias, {UNITS}"),
    Column("distance", "Distance", f"How far w and b are from the best ones, {UNITS}"),
    Column("ended", "Iterations", "The iteration at which the run ended, or as far as it is"),
)
WORDS = frozenset(("name", "method", "settings", "outcome"))


class RunsModel(QAbstractTableModel):
    """Runs and what is to be said of them; nothing changes but by `set_runs` and `set_goal`.

    Signals
    -------
    rename_requested(int, str)
        The user gave the run of this number another name.
    visible_requested(int, bool)
        The user wants the plots to draw the run of this number, or not to.
    """

    rename_requested = Signal(int, str)
    visible_requested = Signal(int, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs: Sequence[Run] = ()
        self.summaries: Sequence[RunSummary] = ()
        self._goal = 0.0
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._tell_changed(range(len(self.runs)), NAME)

    def set_goal(self, goal: float) -> None:
        """Count the iterations to another loss."""
        self._goal = goal
        self.summaries = [RunSummary.of(run, goal) for run in self.runs]
        self._tell_changed(range(len(self.runs)), NAME + 1)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show other runs, or more of the same."""
        before, summaries = self.runs, [self._summary(run) for run in runs]
        if [run.number for run in runs] != [run.number for run in before]:
            self.beginResetModel()
            self.runs, self.summaries = tuple(runs), summaries
            self.endResetModel()
            return
        self.runs, self.summaries = tuple(runs), summaries
        for row, (known, run) in enumerate(zip(before, runs, strict=True)):
            # A name that is being typed would be lost, were its cell said to have changed.
            same = (known.name, known.visible) == (run.name, run.visible)
            self._tell_changed([row], NAME + 1 if same else NAME)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many runs there are."""
        return 0 if parent.isValid() else len(self.runs)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many things are compared."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return title, meaning or place of a column's head."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return COLUMNS[section].title
        if role == Role.ToolTipRole:
            return f"{COLUMNS[section].meaning}. Click to sort."
        return _alignment(COLUMNS[section]) if role == Role.TextAlignmentRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return text, number, mark or look of a cell."""
        run, column = self.runs[index.row()], COLUMNS[index.column()]
        value: Value = getattr(self.summaries[index.row()], column.field)
        if role == Role.DisplayRole:
            return cell_text(value)
        if role == SORT_ROLE:
            return value.casefold() if isinstance(value, str) else value
        if role == Role.ToolTipRole:
            return _tooltip(run, column, value)
        if role == Role.TextAlignmentRole:
            return _alignment(column)
        if role == Role.ForegroundRole:
            return None if run.visible else QColor(self._theme.muted)
        return self._name_data(run, role) if index.column() == NAME else None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Ask for another name, or to show or hide the run; the answer is another `set_runs`."""
        run = self.runs[index.row()]
        if role == Role.CheckStateRole:
            self.visible_requested.emit(run.number, not run.visible)
            return True
        name = str(value).strip()
        if role != Role.EditRole or not name or name == run.name:
            return False
        self.rename_requested.emit(run.number, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell: only names of kept runs can be changed."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == NAME and self.runs[index.row()].kept:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def _name_data(self, run: Run, role: int) -> object:
        if role == Role.EditRole:
            return run.name
        if role == Role.DecorationRole:
            look = look_of(run)
            return mark(look.shape, self._theme.colour(look.colour))
        if role == Role.CheckStateRole and run.kept:
            return Qt.CheckState.Checked if run.visible else Qt.CheckState.Unchecked
        if role == Role.FontRole and not run.kept:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _summary(self, run: Run) -> RunSummary:
        """Return what is to be said of a run; a long one is not searched again for the same."""
        for known, summary in zip(self.runs, self.summaries, strict=True):
            if known == run:
                return summary
        return RunSummary.of(run, self._goal)

    def _tell_changed(self, rows: Iterable[int], first_column: int) -> None:
        for row in rows:
            last = self.index(row, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(row, first_column), last)


class SortedRuns(QSortFilterProxyModel):
    """The same rows sorted; what is missing comes last, whichever way they are sorted."""

    def __init__(self, model: RunsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Tell which comes first; Qt asks the other way round when it sorts downwards."""
        first, second = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if first is None or second is None:
            upwards = self.sortOrder() is Qt.SortOrder.AscendingOrder
            return (first is None) is not (second is None) and (second is None) is upwards
        return bool(first < second)


def cell_text(value: Value) -> str:
    """Return what a cell shows."""
    if value is None:
        return MISSING
    if isinstance(value, float):
        return short_text(value)
    return f"{value:,}" if isinstance(value, int) else value


def short_text(number: float) -> str:
    """Return a number for a narrow cell: as the readout has it, or two digits and a power."""
    text = number_text(number)
    if "e" not in text:
        return text
    mantissa, power = f"{number:.1e}".split("e")
    return f"{mantissa}e{int(power)}".replace("-", "\N{MINUS SIGN}")


def mark(shape: str, colour: str) -> QIcon:
    """Return a run's mark as the legends draw it, sharp at twice the size as well."""
    icon = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(scale * MARK_PX, scale * MARK_PX)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), 2.4))
        SAMPLES[shape](painter, QPointF(0, MARK_PX / 2))
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            icon.addPixmap(pixmap, mode)
    return icon


def _tooltip(run: Run, column: Column, value: Value) -> str:
    """Return the whole of what a cell has no room for."""
    if column.field == "name":
        if not run.kept:
            return f"{run.name}: the current run"
        drawn = "The plots draw it." if run.visible else "The plots do not draw it."
        return f"{run.name}\n{drawn} Double-click or F2: rename, H: hide or show."
    if value is None:
        return "Not reached" if column.field == "iterations" else "Nothing recorded yet"
    return repr(value) if isinstance(value, float) else cell_text(value)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column.field in WORDS else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
