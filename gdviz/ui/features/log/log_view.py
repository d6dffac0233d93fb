"""LogView: what the lesson's loop prints, line by line, for a run of any length."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from gdviz.core.words.log import Log
from gdviz.ui.widgets.context_menu import give_menu
from gdviz.ui.widgets.parts import named

WIDEST_LINE = "Iteration 99999 => Loss: 99999.0123456789"
Index = QModelIndex | QPersistentModelIndex


class LogModel(QAbstractListModel):
    """The lines of a log, made when they are looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.log: Log | None = None

    def set_log(self, log: Log) -> None:
        """Show another log, or more of the same."""
        known = self.log
        if known and known.record is log.record and known.outcome is log.outcome:
            return
        self.beginResetModel()
        self.log = log
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many lines there are."""
        return 0 if parent.isValid() or self.log is None else len(self.log)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return a line."""
        if role != Qt.ItemDataRole.DisplayRole or self.log is None:
            return None
        return self.log[index.row()]


class LogView(QListView):
    """The log; the current iteration is marked, a click on a line goes there, Ctrl+C copies."""

    iteration_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(
            self, "log", "Log",
            "What the lesson prints. Click a line or press Return to go there, Ctrl+C copies.",
        )  # fmt: skip
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setUniformItemSizes(True)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(WIDEST_LINE) + 24)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._lines = LogModel(self)
        self.setModel(self._lines)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setWhatsThis("Copy the selected lines")
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)
        give_menu(self)

    def show_log(self, log: Log, iteration: int) -> None:
        """Show a log and mark the line of an iteration."""
        self._lines.set_log(log)
        index = self._lines.index(log.index(iteration))
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def copy(self) -> None:
        """Put the selected lines on the clipboard."""
        lines = sorted(index.row() for index in self.selectedIndexes())
        text = "\n".join(self._lines.index(line).data() for line in lines)
        QGuiApplication.clipboard().setText(text)

    def _on_clicked(self, index: QModelIndex) -> None:
        if len(self.selectedIndexes()) == 1 and self._lines.log is not None:
            self.iteration_requested.emit(self._lines.log.iteration(index.row()))
