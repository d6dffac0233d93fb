"""Answer: one of those that a question offers, folded to the room there is."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QStyle, QStyleOptionButton

from gdviz.ui.widgets.parts import named


class Answer(QRadioButton):
    """A radio button whose text folds: Qt's own is as wide as its text.

    Attributes
    ----------
    answer : str
        The text as the chapter has it.
    """

    own_keys: ClassVar[Mapping[str, str]] = {
        "1, 2, 3, 4, 5, 6, 7, 8, 9": "Give the answer of that number"
    }

    def __init__(self, place: int, answer: str) -> None:
        super().__init__()
        self.answer = answer
        named(self, f"lesson_answer_{place}", answer, "Your answer")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(answer.replace("&", "&&"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the text anew."""
        super().resizeEvent(event)
        lines = "\n".join(self._lines(event.size().width()))
        self.setText(lines.replace("&", "&&"))

    def sizeHint(self) -> QSize:
        """Return the size of the text as it is folded now."""
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Need no width for a word that could be folded."""
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        """Return the height of the folded text."""
        lines = max(sum(1 for _ in self._lines(width)), 1)
        return self._around(QSize(0, lines * self.fontMetrics().lineSpacing())).height()

    def _lines(self, width: int) -> Iterator[str]:
        """Yield the lines of the text in a button of some width."""
        room = width - self._around(QSize(0, 0)).width()
        folding = QTextOption()
        folding.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(self.answer, self.font())
        layout.setTextOption(folding)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(room, 1))
            start = line.textStart()
            yield self.answer[start : start + line.textLength()].strip()
        layout.endLayout()

    def _around(self, text: QSize) -> QSize:
        """Return the size of a button around its text."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        kind = QStyle.ContentsType.CT_RadioButton
        return self.style().sizeFromContents(kind, option, text, self)
