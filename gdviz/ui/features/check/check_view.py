"""CheckView: the content of the dock: the learner's log, or what came out of checking it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from gdviz.core.check.verdict import Diagnosis
from gdviz.ui.features.check.answer_page import AnswerPage
from gdviz.ui.features.check.log_page import LogPage
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import in_column, named

WIDTH, NARROWEST = 360, 250


class CheckView(QWidget):
    """One page or the other.

    Signals
    -------
    said(str)
        An answer is shown, or why there is none.
    """

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "check", "Check my work")
        self.log, self.answer = LogPage(), AnswerPage()
        self.answer.back_requested.connect(self.show_log)
        in_column(self.log, self.answer, of=self, margins=(10, 8, 10, 8))
        self.setMinimumWidth(NARROWEST)
        self.answer.hide()
        self.setFocusProxy(self.log)

    def sizeHint(self) -> QSize:
        """Return room for a line of a log."""
        return QSize(WIDTH, super().sizeHint().height())

    def show_log(self) -> None:
        """Show the log again."""
        self._turn_to(self.log, self.answer)

    def show_answer(self, diagnosis: Diagnosis) -> None:
        """Show what came out."""
        self.answer.set_diagnosis(diagnosis)
        self._turn_to(self.answer, self.log)
        self.said.emit(self.answer.words)

    def say(self, fault: str) -> None:
        """Say why there is no answer."""
        self.log.say(fault)
        self._turn_to(self.log, self.answer)
        self.said.emit(fault)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for page in (self.log, self.answer):
            page.set_theme(theme)

    def _turn_to(self, page: QWidget, other: QWidget) -> None:
        had_focus = other.isAncestorOf(self.window().focusWidget() or self)
        page.show()
        self.setFocusProxy(page)
        if had_focus:
            page.setFocus()
        other.hide()
