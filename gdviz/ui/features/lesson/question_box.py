"""QuestionBox: what a chapter asks the learner, to predict or to work out."""

import math
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QLineEdit, QPushButton, QWidget

from gdviz.core.words.numbers import number_typed
from gdviz.ui.features.lesson.answer import Answer
from gdviz.ui.style import dress_way_on
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import NO_MARGINS, folding_text, in_column, in_row, named


class QuestionBox(QWidget):
    """A question, hidden if there is none: its answer is a text to choose, or a number to type.

    Who answers by the keyboard goes on by it: the next question gets the focus, and after the last
    one the pictures do.

    Signals
    -------
    answered(object)
        The learner gives a text or a number as an answer.
    next_requested()
        The learner has seen what there is to see, and wants to be asked more.
    """

    answered = Signal(object)
    next_requested = Signal()
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._had_focus = False
        self._text, self._verdict = folding_text("lesson_question"), folding_text("lesson_verdict")
        tip = "Type a number and press Enter"
        self._number = named(QLineEdit(), "lesson_number", "Your answer", tip)
        self._number.returnPressed.connect(self._on_number)
        tip = "Give this answer"
        self._check = named(QPushButton("&Check"), "lesson_check", tip=tip)
        self._check.clicked.connect(self._on_number)
        self._go_on = named(QPushButton("Next &question"), "lesson_next_question")
        self._go_on.clicked.connect(self.next_requested)
        self._choices = QButtonGroup(self)
        self._choices.buttonClicked.connect(self._on_choice)
        self._entry = QWidget()
        in_row(self._number, self._check, wide=self._number, of=self._entry, margins=NO_MARGINS)
        parts = self._text, self._entry, self._go_on, self._verdict
        self._layout = in_column(*parts, of=self, margins=NO_MARGINS)
        self.clear()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        dress_way_on(self._go_on, theme)

    def ask(self, text: str, answers: Sequence[str]) -> None:
        """Ask for one of the answers, or for a number if there are none."""
        self.clear()
        self._text.setText(text)
        self._number.setAccessibleName(text)
        self._text.show()
        self._entry.setVisible(not answers)
        for place, answer in enumerate(answers, 1):
            button = Answer(place, answer)
            self._choices.addButton(button)
            self._layout.insertWidget(place, button)
        self._show(self._choices.buttons()[0] if answers else self._number)
        self.said.emit(text)

    def offer_next(self) -> None:
        """Offer to ask more, when the learner has seen enough."""
        self.clear()
        self._go_on.show()
        self._show(self._go_on)

    def clear(self) -> None:
        """Ask nothing."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._had_focus = True
            focused.clearFocus()
        for button in self._choices.buttons():
            self._choices.removeButton(button)
            button.hide()
            button.setParent(None)
            button.deleteLater()
        for part in (self, self._text, self._entry, self._go_on):
            part.hide()
        self._number.clear()
        self.set_verdict("")

    def leave_keys(self) -> None:
        """Leave the keys to the pictures: nothing more is asked for now."""
        self._had_focus = False

    def set_verdict(self, verdict: str) -> None:
        """Say what is to be said of an attempt to answer, which another may follow."""
        self._verdict.setText(verdict)
        self._verdict.setVisible(bool(verdict))
        self._number.selectAll()
        self.said.emit(verdict)

    def choose(self, place: int) -> bool:
        """Give the answer of a place, counted from 1; return whether there is one."""
        buttons = self._choices.buttons()
        if 1 <= place <= len(buttons):
            buttons[place - 1].click()
        return 1 <= place <= len(buttons)

    def _show(self, first: QWidget) -> None:
        self.show()
        if self._had_focus:
            first.setFocus()
        self._had_focus = False

    def _on_choice(self, button: Answer) -> None:
        self.answered.emit(button.answer)

    def _on_number(self) -> None:
        # Whoever clicked the button can type over a wrong number at once, too.
        self._number.setFocus()
        number = number_typed(self._number.text())
        if number is not None and math.isfinite(number):
            self.answered.emit(number)
        else:
            self.set_verdict("Type a number, such as 0.5.")
