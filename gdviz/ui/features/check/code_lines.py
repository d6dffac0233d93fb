"""CodeLines: a few lines of NumPy to read and copy, wrong or right."""

import itertools
import re
from difflib import SequenceMatcher

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QPalette,
    QResizeEvent,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from gdviz.ui.theme import LIGHT, Theme, mixed
from gdviz.ui.widgets.highlighter import Highlighter
from gdviz.ui.widgets.parts import named

# How much of its colour is in the ground of right lines.
TINT = 0.14
# Without it Qt would scroll the last line.
SPARE_PX = 2
# All letters of a line belong to one of them.
WORDS = re.compile(r"\w+|\s+|[^\w\s]")


class CodeLines(QPlainTextEdit):
    """As high as its lines, which are folded to its width."""

    def __init__(self, name: str, label: str, *, is_wrong: bool) -> None:
        super().__init__(readOnly=True, undoRedoEnabled=False)
        self._is_wrong = is_wrong
        named(self, name, label, label)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabChangesFocus(True)
        self._highlighter = _Marked(self.document(), LIGHT, is_wrong=is_wrong)

    def set_code(self, code: str, other: str) -> None:
        """Show other lines, and where they aren't those of the other kind."""
        self.setPlainText(code)
        self._highlighter.mark(differing(code, other))
        self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        colours = self.palette()
        right = mixed(theme.optimum, theme.plot, TINT)
        ground = QColor(theme.notice) if self._is_wrong else right
        colours.setColor(QPalette.ColorRole.Base, ground)
        self.setPalette(colours)
        self._highlighter.set_theme(theme)

    def sizeHint(self) -> QSize:
        """Return the room of all lines as they are folded now."""
        around = round(2 * self.document().documentMargin()) + 2 * self.frameWidth() + SPARE_PX
        lines = max(round(self.document().size().height()), 1)
        return QSize(super().sizeHint().width(), lines * self.fontMetrics().lineSpacing() + around)

    def minimumSizeHint(self) -> QSize:
        """Need all of the height."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height of the lines at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class _Marked(Highlighter):
    """Strikes out what only the wrong lines have, and marks what only the right ones have."""

    def __init__(self, document: QTextDocument, theme: Theme, *, is_wrong: bool) -> None:
        super().__init__(document, theme)
        self._is_wrong = is_wrong
        self._ranges: list[range] = []

    def mark(self, ranges: list[range]) -> None:
        """Mark other letters of the document."""
        self._ranges = ranges
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line, and what is marked in it."""
        super().highlightBlock(text)
        start = self.currentBlock().position()
        for marked in self._ranges:
            for place in range(len(text)):
                if start + place in marked:
                    look = self.format(place)
                    if self._is_wrong:
                        look.setFontStrikeOut(True)
                    else:
                        look.setFontUnderline(True)
                    look.setFontWeight(QFont.Weight.Bold)
                    self.setFormat(place, 1, look)


def differing(code: str, other: str) -> list[range]:
    """Return which letters of some lines the others haven't, in whole words."""
    words, others = WORDS.findall(code), WORDS.findall(other)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    ends = [0, *itertools.accumulate(map(len, words))]
    return [
        range(ends[first], ends[last])
        for kind, first, last, _, _ in matcher.get_opcodes() if kind in ("replace", "delete")
    ]  # fmt: skip
