"""Words: what a chapter says. Of all that it names, nothing is loaded but its pictures."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSize, QUrl, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

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


class Words(QTextBrowser):
    """Shows Markdown without HTML. Its links are for others to follow.

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

    def sizeHint(self) -> QSize:
        """Ask for a few lines: all that is left free around them is theirs anyway."""
        height = FEWEST_LINES * self.fontMetrics().lineSpacing()
        return QSize(super().sizeHint().width(), height)

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

    def loadResource(self, kind: int, url: QUrl | str) -> Any:  # noqa: ANN401
        """Return a picture of the chapter; nothing else, and never nothing: Qt would load it."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._pictures.picture(QUrl(url))
        return QByteArray(b" ")

    def _tell(self, refused: Mapping[str, str], chapter: "Chapter") -> None:
        """Tell of the first picture that isn't shown."""
        name, reason = next(iter(refused.items()))
        place = max(chapter.words.find(name), 0)
        line = chapter.first_line + chapter.words.count("\n", 0, place)
        more = f" ({len(refused) - 1} more aren't shown, either.)" if len(refused) > 1 else ""
        self.refused.emit(f"{chapter.name}.md, line {line}: {reason}{more}")
