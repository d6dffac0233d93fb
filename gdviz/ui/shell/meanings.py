"""Meanings: what the terms of a label mean, told where the mouse rests on it."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QToolTip, QWidget

from gdviz.core.words.glossary import explained
from gdviz.ui.widgets.paragraph import Paragraph


class Meanings(QObject):
    """Tells what terms mean where nothing else is told.

    Qt asks what is under the mouse for a tooltip, then what that lies in, and at last the window.
    So only the windows are watched.
    """

    def __init__(self, windows: Iterable[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        for window in windows:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell what the label under the mouse speaks of."""
        if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        under = watched.childAt(event.pos()) if isinstance(watched, QWidget) else None
        told = explained(_text_of(under))
        if told:
            QToolTip.showText(event.globalPos(), told, under)
        return bool(told)


def _text_of(widget: QWidget | None) -> str:
    match widget:
        case QLabel():
            return "" if widget.textFormat() is Qt.TextFormat.RichText else widget.text()
        case QAbstractButton():
            return widget.text()
        case Paragraph():
            return widget.text
    return ""
