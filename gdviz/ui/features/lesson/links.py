"""Links: where those of a chapter lead, and that nobody is led there without being asked."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from gdviz.core.files import quoted
from gdviz.ui.widgets.message import message
from gdviz.ui.widgets.parts import foldable

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Lesson

# Longer ones aren't read to their end by anybody.
LONGEST_ADDRESS = 500
QUESTION = "This link leads out of gdviz, to\n\n{address}\n\nOpen it in the browser?"


class Links:
    """Follows a link to another chapter; one into the web only if the learner wants to.

    Parameters
    ----------
    say : callable
        Says why a link isn't followed.
    """

    def __init__(self, window: QWidget, say: Callable[[str], None]) -> None:
        self._window, self._say = window, say

    def follow(self, link: QUrl, lesson: "Lesson") -> int | None:
        """Return the chapter, counted from 0, that a link leads to; ask about the web."""
        name = link.path(QUrl.ComponentFormattingOption.FullyDecoded).removeprefix("./")
        names = [chapter.name for chapter in lesson.chapters]
        if link.isRelative() and not link.authority() and name.removesuffix(".md") in names:
            return names.index(name.removesuffix(".md"))
        address = link.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        if link.scheme() not in ("http", "https") or not link.host():
            self._say(
                f"The link to {quoted(link.toString())} isn't followed: it leads neither into the "
                "web (https://…) nor to a chapter of this lesson."
            )
        elif len(address) > LONGEST_ADDRESS:
            self._say(f"The link to {quoted(address)} isn't followed: its address is too long.")
        else:
            self._ask(address)
        return None

    def _ask(self, address: str) -> None:
        question = QUESTION.format(address=foldable(address))
        box = message(self._window, "open_link", "Open a link", question)
        opening = box.addButton("&Open in the browser", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        opening.clicked.connect(lambda: self._open(address))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _open(self, address: str) -> None:
        if not QDesktopServices.openUrl(QUrl(address)):
            self._say(f"There is no browser to open {address} with.")
