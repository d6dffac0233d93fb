"""QuestionBox: what a chapter asks the learner to predict."""

import math
import textwrap
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from gdviz.core.words.numbers import number_typed
from gdviz.ui.widgets.parts import NO_MARGINS, folding_text, in_column, in_row, named

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Question

# Radio buttons don't fold their text by themselves.
ANSWER_LETTERS = 34


class QuestionBox(QWidget):
    """A question, hidden if there is none: its answer is a text to choose, or a number to type."""

    answered = Signal(object)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._verdict = folding_text("lesson_question"), folding_text("lesson_verdict")
        tip = "Type a number and press Enter"
        self._number = named(QLineEdit(), "lesson_number", "Your answer", tip)
        self._number.returnPressed.connect(self._on_number)
        tip = "See whether the number is right"
        self._check = named(QPushButton("&Check"), "lesson_check", tip=tip)
        self._check.clicked.connect(self._on_number)
        self._choices = QButtonGroup(self)
        self._choices.buttonClicked.connect(self._on_choice)
        self._entry = QWidget()
        in_row(self._number, self._check, wide=self._number, of=self._entry, margins=NO_MARGINS)
        parts = self._text, self._entry, self._verdict
        self._layout = in_column(*parts, of=self, margins=(0, 4, 0, 0))

    def set_question(self, question: "Question | None") -> None:
        """Ask another question, or none."""
        for button in self._choices.buttons():
            self._choices.removeButton(button)
            button.setParent(None)
            button.deleteLater()
            button.hide()
        self.setVisible(question is not None)
        self.set_verdict("")
        self._number.clear()
        if question is not None:
            self._text.setText(question.text)
            self._entry.setVisible(not question.answers)
            for place, answer in enumerate(question.answers, 1):
                self._offer(place, answer)

    def set_verdict(self, verdict: str, right: bool = False) -> None:
        """Say what is to be said of an answer; after a right one the keys are the player's."""
        self._verdict.setText(verdict)
        self._verdict.setVisible(bool(verdict))
        self._number.selectAll()
        holder = self.focusWidget()
        if right and holder is not None:
            holder.clearFocus()
        self.said.emit(verdict)

    def _offer(self, place: int, answer: str) -> None:
        button = QRadioButton(textwrap.fill(answer, ANSWER_LETTERS).replace("&", "&&"))
        button.setProperty("answer", answer)
        named(button, f"lesson_answer_{place}", tip="Your answer")
        self._choices.addButton(button)
        self._layout.insertWidget(place, button)

    def _on_choice(self, button: QRadioButton) -> None:
        self.answered.emit(button.property("answer"))

    def _on_number(self) -> None:
        # Whoever clicked the button can type over a wrong number at once, too.
        self._number.setFocus()
        number = number_typed(self._number.text())
        if number is not None and math.isfinite(number):
            self.answered.emit(number)
        else:
            self.set_verdict("Type a number, such as 0.5.")
