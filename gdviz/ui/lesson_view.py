"""LessonView: one chapter of a lesson: its words, its task, and the way on."""

import math
import textwrap
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gdviz.core.lessons import Chapter, Question
from gdviz.ui.theme import Theme

WIDTH = 340
NARROWEST = 280
# Radio buttons don't fold their text by themselves.
ANSWER_LETTERS = 34
TICK = "✓"
BAR = 6


class LessonView(QWidget):
    """A chapter and its task. It asks; it decides nothing itself.

    Signals
    -------
    chapter_requested(int)
        The learner wants to see this chapter, counted from 0.
    leave_requested()
    answered(object)
        The learner answers the chapter's question with a text or a number.
    """

    chapter_requested = Signal(int)
    leave_requested = Signal()
    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson")
        self._number = 0
        self._is_done = False
        self._theme: Theme | None = None
        self._chapters = QComboBox()
        self._chapters.setObjectName("lesson_chapter")
        self._chapters.setAccessibleName("Chapter")
        self._chapters.setToolTip("All chapters; those with a tick are done")
        self._chapters.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._chapters.activated.connect(self.chapter_requested)
        self._progress = QLabel()
        self._progress.setObjectName("lesson_progress")
        self._words = QTextBrowser()
        self._words.setObjectName("lesson_words")
        self._words.setAccessibleName("What the chapter says")
        self._words.setOpenExternalLinks(True)
        self._words.setMinimumWidth(NARROWEST)
        self._words.setFrameShape(QFrame.Shape.NoFrame)
        self._task, self._praise = _text("lesson_task_text"), _text("lesson_praise")
        for label in (self._task, self._praise):
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        self._question = QuestionBox()
        self._question.answered.connect(self.answered)
        self._back = self._button("Bac&k", "lesson_back", "The chapter before", -1)
        self._next = self._button("&Next", "lesson_next", "The next chapter", 1)
        self._leave = QPushButton("Le&ave")
        self._leave.setObjectName("lesson_leave")
        self._leave.setToolTip("Leave the lesson; your own settings come back (F1)")
        self._leave.clicked.connect(self.leave_requested)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._box.set_theme(theme)
        colours = QPalette(self.palette())
        colours.setColor(QPalette.ColorRole.WindowText, QColor(theme.optimum))
        self._praise.setPalette(colours)
        self._show_way_on()

    def set_titles(self, titles: Sequence[str], done: Sequence[bool]) -> None:
        """Offer these chapters; those that are done get a tick."""
        with QSignalBlocker(self._chapters):
            self._chapters.clear()
            for number, (title, is_done) in enumerate(zip(titles, done, strict=True), 1):
                self._chapters.addItem(f"{TICK if is_done else number}  {title}")
            self._chapters.setCurrentIndex(self._number)

    def show_chapter(self, chapter: Chapter, number: int) -> None:
        """Show one of the chapters, counted from 0."""
        self._number = number
        count = self._chapters.count()
        with QSignalBlocker(self._chapters):
            self._chapters.setCurrentIndex(number)
        self._progress.setText(f"{number + 1} of {count}")
        self._words.setMarkdown(f"## {chapter.title}\n\n{chapter.words}")
        self._task.setText(chapter.task)
        self._praise.setText(f"{TICK} {chapter.praise}")
        self._question.set_question(chapter.question)
        self._back.setEnabled(number > 0)
        self._next.setEnabled(number + 1 < count)
        self.set_done(False)

    def set_done(self, done: bool) -> None:
        """Say whether the task is done."""
        self._praise.setVisible(done)
        self._is_done = done
        self._show_way_on()

    def set_verdict(self, verdict: str) -> None:
        """Say what is to be said of an answer."""
        self._question.set_verdict(verdict)

    def _show_way_on(self) -> None:
        """Make the way on stand out once the task is done."""
        if self._theme is None:
            return
        colours = QPalette(self.palette())
        if self._is_done and self._next.isEnabled():
            colours.setColor(QPalette.ColorRole.Button, QColor(self._theme.accent))
            colours.setColor(QPalette.ColorRole.ButtonText, QColor(self._theme.on_accent))
        self._next.setPalette(colours)

    def _button(self, text: str, name: str, tooltip: str, by: int) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tooltip)
        button.clicked.connect(lambda: self.chapter_requested.emit(self._number + by))
        return button

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._chapters, stretch=1)
        top.addWidget(self._progress)
        self._box = TaskBox()
        box = QVBoxLayout(self._box)
        box.setContentsMargins(BAR + 8, 8, 10, 8)
        for widget in (self._task, self._question, self._praise):
            box.addWidget(widget)
        ways = QHBoxLayout()
        for button in (self._back, self._next, self._leave):
            ways.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.addLayout(top)
        layout.addWidget(self._words, stretch=1)
        layout.addWidget(self._box)
        layout.addLayout(ways)


class TaskBox(QFrame):
    """What sets the task apart from the words: paper of its own, with a bar on its left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_task")
        self._theme: Theme | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper and bar."""
        del event
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.grid), 1.5))
        painter.setBrush(QColor(self._theme.plot))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), BAR, BAR)
        painter.fillRect(1, BAR, BAR, self.height() - 2 * BAR, QColor(self._theme.accent))


class QuestionBox(QWidget):
    """A question with answers to choose from, or a box for a number; hidden if there is none.

    Signals
    -------
    answered(object)
        A text, or a number.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._verdict = _text("lesson_question"), _text("lesson_verdict")
        self._number = QLineEdit()
        self._number.setObjectName("lesson_number")
        self._number.setAccessibleName("Your answer")
        self._number.setToolTip("Type a number and press Enter")
        self._number.returnPressed.connect(self._on_number)
        self._check = QPushButton("&Check")
        self._check.setObjectName("lesson_check")
        self._check.setToolTip("See whether the number is right")
        self._check.clicked.connect(self._on_number)
        self._choices = QButtonGroup(self)
        self._choices.buttonClicked.connect(self._on_choice)
        self._entry = QWidget()
        entry = QHBoxLayout(self._entry)
        entry.setContentsMargins(0, 0, 0, 0)
        entry.addWidget(self._number, stretch=1)
        entry.addWidget(self._check)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 0)
        for widget in (self._text, self._entry, self._verdict):
            self._layout.addWidget(widget)

    def set_question(self, question: Question | None) -> None:
        """Ask another question, or none."""
        for button in self._choices.buttons():
            self._choices.removeButton(button)
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

    def set_verdict(self, verdict: str) -> None:
        """Say what is to be said of an answer."""
        self._verdict.setText(verdict)
        self._verdict.setVisible(bool(verdict))

    def _offer(self, place: int, answer: str) -> None:
        button = QRadioButton(textwrap.fill(answer, ANSWER_LETTERS).replace("&", "&&"))
        button.setProperty("answer", answer)
        button.setObjectName(f"lesson_answer_{place}")
        button.setToolTip("Your answer")
        self._choices.addButton(button)
        self._layout.insertWidget(place, button)

    def _on_choice(self, button: QRadioButton) -> None:
        self.answered.emit(button.property("answer"))

    def _on_number(self) -> None:
        text = self._number.text().replace("\N{MINUS SIGN}", "-").replace(",", ".").strip()
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            self.answered.emit(number)
        else:
            self.set_verdict("Type a number, such as 0.5.")


def _text(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
