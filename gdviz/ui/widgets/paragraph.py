"""Paragraph: wrapped text that may change in every frame without laying out anything anew."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdviz.ui.accessible import NAME, Role

FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class Paragraph(QWidget):
    """Text in as many lines as it needs; it keeps the most it has needed at its width."""

    accessible_role = Role.StaticText

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self._height = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show a text."""
        if text != self.text:
            self.text = text
            self._take_room()
            self.update()

    def spoken(self, kind: QAccessible.Text) -> str:
        """Return the text."""
        return self.text if kind is NAME else ""

    def forget_room(self) -> None:
        """Take only the room that the text needs."""
        self._height = 0
        self._take_room()

    def sizeHint(self) -> QSize:
        """Return the room of the text."""
        return QSize(120, self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the text anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.forget_room()

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.forget_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), FLAGS, self.text)
        painter.end()

    def _take_room(self) -> None:
        room = QRect(0, 0, max(self.width(), 100), 100_000)
        height = self.fontMetrics().boundingRect(room, FLAGS, self.text).height()
        if height > self._height:
            self._height = height
            self.setFixedHeight(height)
