"""PasteBox: where a log is pasted, typed or dropped; of a long one it shows the beginning."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QSignalBlocker, QSize, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPlainTextEdit

from gdviz.ui.style import corner
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import monospaced, named

# A box with more letters, or a longer line, would be slow to scroll.
MOST_LETTERS, LONGEST_LINE = 200_000, 5_000
LINES = 6
EXAMPLE = "Iteration 0 => Loss: 812.8666666667\nIteration 1 => Loss: 503.2174219111"


class PasteBox(QPlainTextEdit):
    """A text, of which all counts, shown or not; what isn't shown whole can't be typed into.

    Signals
    -------
    changed()
        There is another text.
    file_dropped(Path)
        A file is to be read.
    """

    changed = Signal()
    file_dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__(placeholderText=EXAMPLE)
        self._whole: str | None = None
        named(self, "check_log", "What your program printed", "Paste what your own loop printed")
        monospaced(self)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        # Who goes through all with Tab comes out again.
        self.setTabChangesFocus(True)
        self.setCornerWidget(corner())
        self.textChanged.connect(self.changed)

    @property
    def text(self) -> str:
        """All of it."""
        return self.toPlainText() if self._whole is None else self._whole

    @property
    def shows_all(self) -> bool:
        """Whether there is no more than can be seen here."""
        return self._whole is None

    def set_text(self, text: str) -> None:
        """Hold another text."""
        lines = text[:MOST_LETTERS].split("\n")
        shown = "\n".join(line[:LONGEST_LINE] for line in lines)
        self._whole = None if shown == text else text
        self.setReadOnly(not self.shows_all)
        with QSignalBlocker(self):
            self.setPlainText(shown)
        self.changed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Base, theme.plot)
        self.setPalette(colours)

    def sizeHint(self) -> QSize:
        """Return room for a few lines."""
        return QSize(super().sizeHint().width(), self._high(LINES))

    def minimumSizeHint(self) -> QSize:
        """Need less."""
        return QSize(super().minimumSizeHint().width(), self._high(LINES - 2))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take texts and files, even where nothing can be typed."""
        return source.hasText() or any(url.isLocalFile() for url in source.urls())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Read a file that is dropped or pasted, and hold a long text aside."""
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if files:
            self.file_dropped.emit(Path(files[0]))
        elif len(source.text()) > MOST_LETTERS or not self.shows_all:
            self.set_text(source.text())
        else:
            super().insertFromMimeData(source)

    def _high(self, lines: int) -> int:
        margin = round(2 * self.document().documentMargin()) + 2 * self.frameWidth()
        bar = self.horizontalScrollBar().sizeHint().height()
        return lines * self.fontMetrics().lineSpacing() + margin + bar
