"""Splitter: what pictures share their room with, whose handles can be seen."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSplitter, QSplitterHandle

# The grip of a handle.
LENGTH, BREADTH = 28, 3


class Splitter(QSplitter):
    """A splitter with a grip upon each handle: Fusion's dots are lost on paper."""

    def createHandle(self) -> QSplitterHandle:
        """Return another handle."""
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grip."""
        del event
        grip = QRectF(0, 0, LENGTH, BREADTH)
        if self.orientation() is Qt.Orientation.Horizontal:
            grip = grip.transposed()
        grip.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(grip, BREADTH / 2, BREADTH / 2)
