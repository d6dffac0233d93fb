"""Highlighter: Python in the colours of the pictures.

X and Y have the colour of the data, w and b that of the hiker, the slope its own: what is drawn
and what is written can be told to be the same.
"""

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Operator, String, Token
from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from gdviz.ui.theme import Theme

# The colours of the names that are seen in the pictures, too.
NAMES = {
    **dict.fromkeys(("X", "Y"), "data"),
    **dict.fromkeys(("w", "b"), "hiker"),
    **dict.fromkeys(("slope", "gradient", "w_gradient", "b_gradient"), "slope"),
}


class Highlighter(QSyntaxHighlighter):
    """Colours a document line by line: a program without strings of several lines."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        # Lines come as they are, without one to end the text.
        self._lexer = PythonLexer(ensurenl=False, stripnl=False)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        for start, kind, word in self._lexer.get_tokens_unprocessed(text):
            look = self._look(kind, word)
            if look is not None:
                self.setFormat(start, len(word), look)

    def _look(self, kind: type[Token], word: str) -> QTextCharFormat | None:
        theme = self._theme
        if kind in Comment:
            return _look(theme.muted, italic=True)
        if kind in String:
            return _look(theme.muted)
        if kind in Keyword or kind is Operator.Word:
            return _look(theme.text, bold=True)
        if word in NAMES:
            return _look(theme.colour(NAMES[word]), bold=True)
        return None


def _look(colour: str, *, bold: bool = False, italic: bool = False) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(colour))
    look.setFontItalic(italic)
    if bold:
        look.setFontWeight(QFont.Weight.Bold)
    return look
