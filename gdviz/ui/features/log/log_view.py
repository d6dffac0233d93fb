"""LogView: what the lesson's loop prints, line by line, for a run of any length."""

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gdviz.core.words.log import Log
from gdviz.ui.features.log.copying import Copying, lines_of
from gdviz.ui.widgets.context_menu import give_menu
from gdviz.ui.widgets.parts import named

WIDEST_LINE = "Iteration 99999 => Loss: 99999.0123456789"
# Of more lines the text is made in a thread.
AT_ONCE = 10_000
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


class LogView(QTableView):
    """The log; the current iteration is marked, a click on a line goes there, Ctrl+C copies.

    A table of one column: a list would ask for every one of a million lines whenever they change.
    """

    iteration_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(
            self, "log", "Log",
            "What the lesson prints. Click a line or press Return to go there, Ctrl+C copies.",
        )  # fmt: skip
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(WIDEST_LINE) + 24)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._give_room()
        self._lines = LogModel(self)
        self._copying: Copying | None = None
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
        self.stop()
        log, parts = self._lines.log, sorted((part.top(), part.bottom()) for part in self._parts)
        stretches = [range(first, last + 1) for first, last in parts]
        if log is None or sum(map(len, stretches)) <= AT_ONCE:
            lines = [lines_of(log, stretch) for stretch in stretches if log is not None]
            QGuiApplication.clipboard().setText("\n".join(lines))
            return
        self._copying = Copying(log, stretches, self)
        self._copying.finished.connect(self._on_copied)
        self._copying.start()

    def stop(self) -> None:
        """End what is under way."""
        copying, self._copying = self._copying, None
        if copying is not None:
            copying.finished.disconnect(self._on_copied)
            copying.drop()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first or the last line, not to the ends of one."""
        match action:
            case QAbstractItemView.CursorAction.MoveHome:
                return self._lines.index(0)
            case QAbstractItemView.CursorAction.MoveEnd:
                return self._lines.index(self._lines.rowCount() - 1)
        return super().moveCursor(action, modifiers)

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._give_room()

    def _give_room(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2)

    @property
    def _parts(self) -> list[QItemSelectionRange]:
        """The stretches of lines that are selected."""
        selection = self.selectionModel().selection()
        return [selection.at(k) for k in range(selection.count())]

    def _on_copied(self) -> None:
        if self._copying is not None and self._copying.text is not None:
            QGuiApplication.clipboard().setText(self._copying.text)
        self.stop()

    def _on_clicked(self, index: QModelIndex) -> None:
        if sum(part.height() for part in self._parts) == 1 and self._lines.log is not None:
            self.iteration_requested.emit(self._lines.log.iteration(index.row()))
