"""Highlighter: Python in the colours of the pictures.

X and Y have the colour of the data, w and b that of the hiker, the slope its own: what is drawn
and what is written can be told to be the same.
"""

import re
from keyword import iskeyword

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from gdviz.ui.theme import Theme

# The colours of the names that are seen in the pictures, too.
NAMES = {
    **dict.fromkeys(("X", "Y"), "data"),
    **dict.fromkeys(("w", "b"), "hiker"),
    **dict.fromkeys(("slope", "gradient", "w_gradient", "b_gradient"), "slope"),
}
WORDS = re.compile(
    r"""(?P<comment>\#.*)
    |   (?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    |   (?P<name>\w+)""",
    re.VERBOSE,
)


class Highlighter(QSyntaxHighlighter):
    """Colours a document line by line: a program without strings of several lines."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        for word in WORDS.finditer(text):
            look = self._look(str(word.lastgroup), word[0])
            if look is not None:
                self.setFormat(word.start(), len(word[0]), look)

    def _look(self, kind: str, word: str) -> QTextCharFormat | None:
        theme = self._theme
        if kind != "name":
            return _look(theme.muted, italic=kind == "comment")
        if iskeyword(word):
            return _look(theme.text, bold=True)
        if word in NAMES:
            return _look(theme.text_of(NAMES[word]), bold=True)
        return None


def _look(colour: str, *, bold: bool = False, italic: bool = False) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(colour))
    look.setFontItalic(italic)
    if bold:
        look.setFontWeight(QFont.Weight.Bold)
    return look
