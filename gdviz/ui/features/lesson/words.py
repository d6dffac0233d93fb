"""Words: what a chapter says. Of all that it names, nothing is loaded but its pictures."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, Qt, QUrl, Signal
from PySide6.QtGui import QHelpEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QToolTip, QWidget

from gdviz.core.words.glossary import meaning_of, term_at
from gdviz.ui.features.lesson.pictures import Pictures

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Chapter

MARKDOWN = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
# What could mean something in Markdown.
SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


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

    def show_chapter(self, chapter: "Chapter", folder: Path) -> None:
        """Show the words of a chapter of a lesson in a folder."""
        self.clear()  # what was loaded before, too
        self._pictures = Pictures(folder)
        title = SIGNS.sub(r"\\\1", chapter.title)
        document = self.document()
        document.setMarkdown(f"## {title}\n\n{chapter.words}", MARKDOWN)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        names = [
            form.toImageFormat().name() for form in document.allFormats() if form.isImageFormat()
        ]
        refused = {
            name: reason for name in names if (reason := self._pictures.refusal(QUrl(name)))
        }  # fmt: skip
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
        place = max(chapter.words.find(name), 0)
        line = chapter.first_line + chapter.words.count("\n", 0, place)
        more = f" ({len(refused) - 1} more aren't shown, either.)" if len(refused) > 1 else ""
        self.refused.emit(f"{chapter.name}.md, line {line}: {reason}{more}")
