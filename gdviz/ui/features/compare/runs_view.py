"""RunsView: the runs in a table, side by side; values in, wishes out."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gdviz.core.descent.logged import Logged
from gdviz.core.descent.run import Run
from gdviz.core.words.comparison import COMPARISONS, comparison_text
from gdviz.ui.features.compare.runs_model import COLUMNS, NAME, RunsModel
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import in_column, in_row, named
from gdviz.ui.widgets.spin_boxes import ScientificBox
from gdviz.ui.widgets.table import Table

GOAL_LABEL = "Iterations to reach a loss of"
# What each column has room for; the settings take what is left, and at least their name.
WIDTHS = {
    "Run": "Adam 0.01, batches",
    "Method": "Gradient descent",
    "To goal": "To goal   ",
    "Final loss": "Final loss",
    "w": "+9.9e148",
    "b": "+9.9e148",
    "Distance": "Distance ",
    "Iterations": "Iterations",
    "Outcome": "converged",
}
HEIGHT = 170
RESTORE = "Take over the settings of the selected run (Return)"
NO_SETTINGS = "A log says where a run went, not by which rule: there are no settings to take over"
NAME_ROOM_PX, CELL_ROOM_PX = 52, 9


class RunsView(QWidget):
    """The table of runs, the loss they are to reach, and what can be done with them.

    Signals
    -------
    visible_requested(list of int, bool), remove_requested(list of int)
        Several runs are one wish.
    restore_requested(int)
        The run of this number is to be the current one again.
    export_requested()
        The table is to be saved: see `text`.
    trajectory_requested(Run)
        The iterations of a run are to be saved.
    """

    keep_requested = Signal()
    rename_requested = Signal(int, str)
    visible_requested = Signal(list, bool)
    remove_requested = Signal(list)
    restore_requested = Signal(int)
    export_requested = Signal()
    trajectory_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "runs", "Runs")
        self._can_keep = False
        self._proposed: float | None = None
        self._goal = named(
            ScientificBox(), "goal_loss", GOAL_LABEL,
            "The column “To goal” counts the iterations until this loss",
        )  # fmt: skip
        self._runs = RunsModel(self)
        self._goal.valueChanged.connect(self._runs.set_goal)
        self._runs.set_goal(self.goal)
        self._runs.rename_requested.connect(self.rename_requested)
        self._runs.visible_requested.connect(lambda n, on: self.visible_requested.emit([n], on))
        self._table = Table(self._runs, "runs_table", "Runs")
        self.setFocusProxy(self._table)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self._table.setItemDelegateForColumn(NAME, _Renaming(self))
        self._give_room()
        self._make_buttons()
        self._make_keys()
        self._arrange()
        self._table.selectionModel().selectionChanged.connect(lambda: self._enable_buttons())
        self._enable_buttons()

    @property
    def goal(self) -> float:
        """The loss to reach."""
        return self._goal.value()

    def set_goal(self, loss: float) -> None:
        """Propose a loss; it takes the place of the user's if it is another than the last time."""
        if loss != self._proposed:
            self._proposed = loss
            self._goal.setValue(loss)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._table.set_theme(theme)

    def sizeHint(self) -> QSize:
        """Return the height of a few rows: the plots above need the rest."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._give_room()

    def set_runs(self, runs: Sequence[Run], can_keep: bool = True) -> None:
        """Show runs, the current one first; `can_keep` says whether that one can be kept."""
        self._can_keep = can_keep and any(not run.kept for run in runs)
        self._runs.set_runs(runs)
        self._enable_buttons()

    def table_text(self, kind: str) -> str:
        """Return the table as it is sorted, as ``.csv`` or ``.md``."""
        return COMPARISONS[kind]([row.summary for row in self._runs.rows], self.goal)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, with the heads, as a spreadsheet takes them."""
        if self._table.selected:
            chosen = [row.summary for row in self._table.selected]
            QGuiApplication.clipboard().setText(comparison_text(chosen, self.goal, "\t"))

    def _selected(self) -> list[Run]:
        return [row.run for row in self._table.selected]

    def _selected_kept(self) -> list[Run]:
        return [run for run in self._selected() if run.kept]

    def _restorable(self) -> Run | None:
        """Return the run that could be made the current one: the only one that is selected.

        None of a log: it tells of no settings to go on with.
        """
        selected = self._selected()
        current = [row.run.experiment for row in self._runs.rows if not row.run.kept]
        if len(selected) == 1 and selected[0].kept and selected[0].experiment not in current:
            return None if self._is_logged() else selected[0]
        return None

    def _is_logged(self) -> bool:
        """Tell whether the only run that is selected is that of a log."""
        runs = self._selected()
        return len(runs) == 1 and isinstance(runs[0].experiment.method, Logged)

    def _enable_buttons(self) -> None:
        self._keep.setEnabled(self._can_keep)
        self._restore.setEnabled(self._restorable() is not None)
        self._restore.setToolTip(NO_SETTINGS if self._is_logged() else RESTORE)
        self._remove.setEnabled(bool(self._selected_kept()))
        self._export.setEnabled(bool(self._runs.rows))
        self._export_trajectory.setEnabled(self._with_rows() is not None)

    def _with_rows(self) -> Run | None:
        """Return the only run that is selected, if there is anything of it to save."""
        selected = self._selected()
        return selected[0] if len(selected) == 1 and selected[0].record.last else None

    def _on_export_trajectory(self) -> None:
        run = self._with_rows()
        if run is not None:
            self.trajectory_requested.emit(run)

    def _on_restore(self) -> None:
        run = self._restorable()
        if run is not None:
            self.restore_requested.emit(run.number)

    def _on_remove(self) -> None:
        chosen = self._selected_kept()
        if chosen:
            self.remove_requested.emit([run.number for run in chosen])

    def _on_hide_or_show(self) -> None:
        """Hide what is selected; if all of it is hidden, show it."""
        chosen = self._selected_kept()
        if chosen:
            hidden = not any(run.visible for run in chosen)
            self.visible_requested.emit([run.number for run in chosen], hidden)

    def _on_rename(self) -> None:
        index: QModelIndex = self._table.currentIndex().siblingAtColumn(NAME)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._table.edit(index)

    def _give_room(self) -> None:
        metrics, header = self.fontMetrics(), self._table.horizontalHeader()
        header.setMinimumSectionSize(metrics.horizontalAdvance("Settings") + CELL_ROOM_PX)
        for place, column in enumerate(COLUMNS):
            if column.title == "Settings":
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
                continue
            room = NAME_ROOM_PX if place == NAME else CELL_ROOM_PX
            header.resizeSection(place, metrics.horizontalAdvance(WIDTHS[column.title]) + room)

    def _make_buttons(self) -> None:
        self._keep = _button(
            "keep_run", "Keep this run",
            "Keep the current run in the plots and in this table while you try another",
        )  # fmt: skip
        self._restore = _button("restore_run", "Make current", RESTORE)
        self._remove = _button(
            "remove_run", "Remove", "Forget the selected kept runs (Delete); Undo brings them back"
        )
        self._export = _button(
            "export_runs",
            "Export…",
            "Save this table as CSV, with every number in full precision, or as Markdown",
        )
        self._keep.clicked.connect(lambda: self.keep_requested.emit())
        self._restore.clicked.connect(self._on_restore)
        self._remove.clicked.connect(self._on_remove)
        self._export.clicked.connect(lambda: self.export_requested.emit())
        export = QAction(self._export.text(), self._table)
        export.triggered.connect(self._export.click)
        self._export_trajectory = QAction("Export the trajectory of this run…", self._table)
        self._export_trajectory.triggered.connect(self._on_export_trajectory)
        self._table.addActions([export, self._export_trajectory])

    def _make_keys(self) -> None:
        for keys, meaning, slot in (
            ([QKeySequence.StandardKey.Copy], "Copy the selected runs", self.copy),
            ([Qt.Key.Key_Delete], "Forget the selected runs", self._on_remove),
            ([Qt.Key.Key_F2], "Rename a run", self._on_rename),
            ([Qt.Key.Key_H], "Hide or show the selected runs", self._on_hide_or_show),
            ([Qt.Key.Key_Return, Qt.Key.Key_Enter], "Make a run current", self._on_restore),
        ):
            shortcut = QShortcut(self._table)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.setWhatsThis(meaning)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def _arrange(self) -> None:
        buttons = self._keep, self._restore, self._remove, self._export
        above = in_row(GOAL_LABEL, self._goal, None, *buttons)
        in_column(above, self._table, of=self, margins=(10, 6, 10, 6))


class _Renaming(QStyledItemDelegate):
    """Says of the field for a run's name what it is."""

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """Return the field."""
        return named(super().createEditor(parent, option, index), "run_name", "Name of the run")


def _button(name: str, text: str, help_text: str) -> QPushButton:
    return named(QPushButton(text), name, text, help_text)
