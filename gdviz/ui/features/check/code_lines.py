"""CodeLines: a few lines of NumPy to read and copy, wrong or right."""

import itertools
import re
from difflib import SequenceMatcher

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPalette,
    QTextDocument,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from gdviz.ui.theme import LIGHT, Theme, mixed
from gdviz.ui.widgets.highlighter import Highlighter
from gdviz.ui.widgets.parts import monospaced, named

# How much of its colour is in the ground of right lines.
TINT = 0.14
# Without it Qt would scroll the last line.
SPARE_PX = 2
WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
# All letters of a line belong to one of them.
WORDS = re.compile(r"\w+|\s+|[^\w\s]")


class CodeLines(QPlainTextEdit):
    """As high as its lines, which are folded to its width."""

    def __init__(self, name: str, label: str, *, is_wrong: bool) -> None:
        super().__init__(readOnly=True, undoRedoEnabled=False)
        self._is_wrong = is_wrong
        named(self, name, label, label)
        monospaced(self)
        self.setWordWrapMode(WRAP)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
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

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines, folded to a width."""
        margin = 2 * self.document().documentMargin()
        lines = folded_lines(
            self.toPlainText(), self.font(), width - margin - 2 * self.frameWidth()
        )
        around = round(margin) + 2 * self.frameWidth() + SPARE_PX
        return lines * self.fontMetrics().lineSpacing() + around

    def sizeHint(self) -> QSize:
        """Return the room of all lines as they are folded now."""
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Need all of the height."""
        return QSize(super().minimumSizeHint().width(), self.heightForWidth(self.width()))


def folded_lines(text: str, font: QFont, width: float) -> int:
    """Return how many lines a text is folded to."""
    folding, count = QTextOption(), 0
    folding.setWrapMode(WRAP)
    for line in text.split("\n"):
        layout = QTextLayout(line, font)
        layout.setTextOption(folding)
        layout.beginLayout()
        while (folded := layout.createLine()).isValid():
            folded.setLineWidth(max(width, 1))
        layout.endLayout()
        count += max(layout.lineCount(), 1)
    return count


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
