"""LessonView: one chapter of a lesson: its words, its task, and the way on."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from gdviz.ui.features.lesson.challenge_list import TICK
from gdviz.ui.features.lesson.task_box import PADDING, TaskBox
from gdviz.ui.features.lesson.words import Words
from gdviz.ui.style import dress_way_on
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.narrow_box import NarrowBox
from gdviz.ui.widgets.parts import in_column, in_row, label_unseen, named
from gdviz.ui.widgets.scrolled import ScrolledText
from gdviz.ui.widgets.tab_stops import scroll_to

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Chapter

NARROWEST = 190
# By then what is new has its place, though each layout waits for the ones in it.
LAID_OUT_MS = 30


class LessonView(QWidget):
    """A chapter and its task. It asks; it decides nothing itself.

    Signals
    -------
    chapter_requested(int)
        The learner wants to see this chapter, counted from 0.
    link_followed(QUrl)
        The learner wants to go where a link of the chapter leads.
    refused(str)
        Something of the chapter isn't shown, for this reason.
    said(str)
        A chapter has begun, or there is something new in it.

    Attributes
    ----------
    task : TaskBox
        What is asked, and what comes of it.
    """

    chapter_requested = Signal(int)
    leave_requested = Signal()
    link_followed = Signal(QUrl)
    refused = Signal(str)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "lesson", "Lesson")
        self._number = 0
        self._is_done = False
        self._theme: Theme | None = None
        self._new: list[QWidget] = []
        # What comes in one turn of the event loop is new together.
        self._together = QTimer(self, singleShot=True, interval=0)
        self._laid_out = QTimer(self, singleShot=True, interval=LAID_OUT_MS)
        self._laid_out.timeout.connect(self._show_new)
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
        self.task = TaskBox()
        self.task.shown.connect(self._see)
        self.task.said.connect(self.said)
        self._back = self._button("Bac&k", "lesson_back", "The chapter before", -1)
        self._next = self._button("&Next", "lesson_next", "The next chapter", 1)
        tip = "Leave the lesson; all you had before comes back (F1)"
        self._leave = named(QPushButton("Le&ave"), "lesson_leave", tip=tip)
        self._leave.clicked.connect(self.leave_requested)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.task.set_theme(theme)
        self._dress_way_on()
        for button in (self._back, self._next, self._leave):
            # Buttons are usually wider than such words.
            words = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
            button.setMinimumWidth(words + 2 * PADDING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is new in sight where it needs other room."""
        super().resizeEvent(event)
        self._laid_out.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a number key for the answer of that number."""
        letter = event.text()
        if not (letter.isdecimal() and self.task.question.choose(int(letter))):
            super().keyPressEvent(event)

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
        self.task.clear()
        self._back.setEnabled(number > 0)
        self._next.setEnabled(number + 1 < count)
        self.show_way_on(False)
        self.said.emit(f"{chapter.title}.")

    def read_from_top(self) -> None:
        """Have the chapter be read from its beginning, whatever there is below."""
        self._new = []
        self._see(self._chapters)

    def show_more(self, chapter: "Chapter") -> None:
        """Show the words that a chapter has for after its predictions, below the others."""
        if chapter.more_words:
            self._words.show_more(chapter)

    def show_way_on(self, stands_out: bool) -> None:
        """Make the way on stand out, or not."""
        self._is_done = stands_out
        self._dress_way_on()
        if stands_out:
            self._see(self._next)

    def _dress_way_on(self) -> None:
        if self._theme is None:
            return
        if self._is_done and self._next.isEnabled():
            dress_way_on(self._next, self._theme)
        else:
            self._next.setStyleSheet("")
            # What had a sheet of its own doesn't inherit the window's font again by itself.
            self._next.setFont(self._back.font())

    def _see(self, part: QWidget) -> None:
        """Have a part be seen that is new, where there is so little room that all is scrolled."""
        if not self._together.isActive():
            self._new = []
        self._new.append(part)
        self._together.start()
        self._laid_out.start()

    def _show_new(self) -> None:
        # What is new first is read first.
        for part in reversed(self._new):
            if part.isVisible():
                scroll_to(part)

    def _button(self, text: str, name: str, tooltip: str, by: int) -> QPushButton:
        button = named(QPushButton(text), name, tip=tooltip)
        button.clicked.connect(lambda: self.chapter_requested.emit(self._number + by))
        return button

    def _arrange(self) -> None:
        top = in_row(self._chapters, self._progress, wide=self._chapters)
        ways = in_row(self._back, self._next, self._leave)
        parts = top, self._words, ScrolledText(self.task), ways
        in_column(*parts, high=self._words, of=self, margins=(10, 6, 10, 8))
        label_unseen(self._chapters)
