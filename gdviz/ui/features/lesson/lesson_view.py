"""LessonView: one chapter of a lesson: its words, its task, and the way on."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QUrl, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QWidget,
)

from gdviz.ui.features.lesson.question_box import QuestionBox
from gdviz.ui.features.lesson.words import Words
from gdviz.ui.style import dress_way_on
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.narrow_box import NarrowBox
from gdviz.ui.widgets.parts import bold, folding_text, in_column, in_row, label_unseen, named
from gdviz.ui.widgets.scrolled import ScrolledText

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Chapter

WIDTH = 340
NARROWEST = 190
TICK = "✓"
BAR, PADDING = 6, 10


class LessonView(QWidget):
    """A chapter and its task. It asks; it decides nothing itself.

    Signals
    -------
    chapter_requested(int)
        The learner wants to see this chapter, counted from 0.
    answered(object)
        The learner answers the chapter's question with a text or a number.
    link_followed(QUrl)
        The learner wants to go where a link of the chapter leads.
    refused(str)
        Something of the chapter isn't shown, for this reason.
    said(str)
        A chapter has begun, its task is done, or an answer is wrong.
    """

    chapter_requested = Signal(int)
    leave_requested = Signal()
    answered = Signal(object)
    link_followed = Signal(QUrl)
    refused = Signal(str)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "lesson", "Lesson")
        self._number = 0
        self._is_done = False
        self._theme: Theme | None = None
        tip = "All chapters; those with a tick are done"
        self._chapters = named(NarrowBox(), "lesson_chapter", "Chapter", tip)
        self._chapters.activated.connect(self.chapter_requested)
        self._progress = named(QLabel(), "lesson_progress")
        self._words = named(Words(), "lesson_words", "What the chapter says")
        self._words.anchorClicked.connect(self.link_followed)
        self._words.refused.connect(self.refused)
        self._words.setMinimumWidth(NARROWEST)
        self._words.setFrameShape(QFrame.Shape.NoFrame)
        # Where it is read, all keys are the player's.
        self.setFocusProxy(self._words)
        self._task = bold(folding_text("lesson_task_text"))
        self._praise = bold(folding_text("lesson_praise"))
        self._question = QuestionBox()
        self._question.answered.connect(self.answered)
        self._question.said.connect(self.said)
        self._back = self._button("Bac&k", "lesson_back", "The chapter before", -1)
        self._next = self._button("&Next", "lesson_next", "The next chapter", 1)
        tip = "Leave the lesson; all you had before comes back (F1)"
        self._leave = named(QPushButton("Le&ave"), "lesson_leave", tip=tip)
        self._leave.clicked.connect(self.leave_requested)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._box.set_theme(theme)
        colours = QPalette(self.palette())
        colours.setColor(QPalette.ColorRole.WindowText, QColor(theme.text_of("optimum")))
        self._praise.setPalette(colours)
        self._show_way_on()
        for button in (self._back, self._next, self._leave):
            # Buttons are usually wider than such words.
            words = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
            button.setMinimumWidth(words + 2 * PADDING)

    def set_titles(self, titles: Sequence[str], done: Sequence[bool]) -> None:
        """Offer these chapters; those that are done get a tick."""
        with QSignalBlocker(self._chapters):
            self._chapters.clear()
            for number, (title, is_done) in enumerate(zip(titles, done, strict=True), 1):
                self._chapters.addItem(f"{TICK if is_done else number}  {title}")
            self._chapters.setCurrentIndex(self._number)

    def show_chapter(self, chapter: "Chapter", number: int, folder: Path) -> None:
        """Show one of the chapters, counted from 0; its pictures lie in the folder."""
        self._number = number
        count = self._chapters.count()
        with QSignalBlocker(self._chapters):
            self._chapters.setCurrentIndex(number)
        self._progress.setText(f"{number + 1} of {count}")
        self._words.show_chapter(chapter, folder)
        self._task.setText(chapter.task)
        self._praise.setText(f"{TICK} {chapter.praise}")
        self._question.set_question(chapter.question)
        self._back.setEnabled(number > 0)
        self._next.setEnabled(number + 1 < count)
        self.set_done(False)
        self.said.emit(f"{chapter.title}. {chapter.task}")

    def set_done(self, done: bool) -> None:
        """Say whether the task is done."""
        self._praise.setVisible(done)
        if done and not self._is_done:
            self.said.emit(f"Done. {self._praise.text().removeprefix(TICK).strip()}")
        self._is_done = done
        self._show_way_on()

    def set_verdict(self, verdict: str, right: bool) -> None:
        """Say what is to be said of an answer."""
        self._question.set_verdict(verdict, right)

    def _show_way_on(self) -> None:
        """Make the way on stand out once the task is done."""
        if self._theme is None:
            return
        if self._is_done and self._next.isEnabled():
            dress_way_on(self._next, self._theme)
        else:
            self._next.setStyleSheet("")

    def _button(self, text: str, name: str, tooltip: str, by: int) -> QPushButton:
        button = named(QPushButton(text), name, tip=tooltip)
        button.clicked.connect(lambda: self.chapter_requested.emit(self._number + by))
        return button

    def _arrange(self) -> None:
        self._box = TaskBox()
        task = self._task, self._question, self._praise
        in_column(*task, of=self._box, margins=(BAR + 8, 8, 10, 8))
        top = in_row(self._chapters, self._progress, wide=self._chapters)
        ways = in_row(self._back, self._next, self._leave)
        parts = top, self._words, ScrolledText(self._box), ways
        in_column(*parts, high=self._words, of=self, margins=(10, 6, 10, 8))
        label_unseen(self._chapters)


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
