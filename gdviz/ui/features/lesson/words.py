"""Words: what a chapter says. Of all that it names, nothing is loaded but its pictures."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QHelpEvent, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QToolTip, QWidget

from gdviz.core.words.glossary import meaning_of, term_at
from gdviz.ui.features.lesson.pictures import Pictures

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Chapter

MARKDOWN = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
# So many lines are to be seen, where they have to be scrolled.
FEWEST_LINES = 4
# What could mean something in Markdown.
SIGNS = re.compile(r"([!-/:-@\[-`{-~])")
# What is left above words that are gone to.
MARGIN = 6


class Words(QTextBrowser):
    """Shows Markdown without HTML, and what a term means that is pointed at.

    Its links are for others to follow.

    Signals
    -------
    refused(str)
        A picture isn't shown, for this reason.
    """

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self._pictures = Pictures(Path())
        # The paragraph that the other words begin with, and where the bar is when it is at the top.
        self._more_from: int | None = None
        self._at: int | None = None
        self._told: set[str] = set()  # the pictures that were said not to be shown

    def sizeHint(self) -> QSize:
        """Ask for a few lines: all that is left free around them is theirs anyway."""
        height = FEWEST_LINES * self.fontMetrics().lineSpacing()
        return QSize(super().sizeHint().width(), height)

    def show_chapter(self, chapter: "Chapter", folder: Path) -> None:
        """Show the first words of a chapter of a lesson in a folder."""
        self.clear()  # what was loaded before, too
        self._pictures = Pictures(folder)
        self._more_from, self._at, self._told = None, None, set()
        self._write(chapter, chapter.words)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_more(self, chapter: "Chapter") -> None:
        """Show the other words below the first ones, and begin reading there."""
        self._more_from = self.document().blockCount()
        self._write(chapter, f"{chapter.words}\n\n{chapter.more_words}")
        self._go_to_more()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay at what was gone to, where it is folded in another way."""
        stays = self._at is not None and self.verticalScrollBar().value() == self._at
        super().resizeEvent(event)
        if stays:
            self._go_to_more()

    def _go_to_more(self) -> None:
        """Have the other words begin at the top, as far as there are enough of them."""
        if self._more_from is None:
            return
        block = self.document().findBlockByNumber(self._more_from)
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(int(top) - MARGIN)
        self._at = self.verticalScrollBar().value()

    def _write(self, chapter: "Chapter", words: str) -> None:
        title = SIGNS.sub(r"\\\1", chapter.title)
        document = self.document()
        document.setMarkdown(f"## {title}\n\n{words}", MARKDOWN)
        names = [
            form.toImageFormat().name() for form in document.allFormats() if form.isImageFormat()
        ]
        refused = {
            name: reason for name in names
            if name not in self._told and (reason := self._pictures.refusal(QUrl(name)))
        }  # fmt: skip
        self._told |= refused.keys()
        if refused:
            self._tell(refused, chapter)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what the term under the mouse means."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell_term(event)
            return True
        return super().viewportEvent(event)

    def loadResource(self, kind: int, url: QUrl | str) -> Any:  # noqa: ANN401
        """Return a picture of the chapter; nothing else, and never nothing: Qt would load it."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._pictures.picture(QUrl(url))
        return QByteArray(b" ")

    def _tell_term(self, event: QHelpEvent) -> None:
        """Tell what the term under the mouse means, as long as it is on that; else nothing."""
        scrolled = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        exact, document = Qt.HitTestAccuracy.ExactHit, self.document()
        letter = document.documentLayout().hitTest(event.pos() + scrolled, exact)
        block = document.findBlock(letter)
        # Right of its middle, a letter is what lies before.
        places = [letter - block.position(), letter - block.position() - 1] if letter >= 0 else []
        found = next(filter(None, (term_at(block.text(), place) for place in places)), None)
        if found is None:
            QToolTip.hideText()
            return
        cursor, place = self.textCursor(), QRect()
        for end in (found.start, found.end):
            cursor.setPosition(block.position() + end)
            place |= self.cursorRect(cursor)
        QToolTip.showText(event.globalPos(), meaning_of(found.term), self.viewport(), place)

    def _tell(self, refused: Mapping[str, str], chapter: "Chapter") -> None:
        """Tell of the first picture that isn't shown."""
        name, reason = next(iter(refused.items()))
        words, first = chapter.words, chapter.first_line
        if name not in words:
            words, first = chapter.more_words, chapter.first_line_of_more
        line = first + words.count("\n", 0, max(words.find(name), 0))
        more = f" ({len(refused) - 1} more aren't shown, either.)" if len(refused) > 1 else ""
        self.refused.emit(f"{chapter.name}.md, line {line}: {reason}{more}")
