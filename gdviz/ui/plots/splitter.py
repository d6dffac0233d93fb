"""Splitter: what pictures share their room with, whose handles can be seen."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

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
        paint_grips(self, [self.rect()])


def paint_grips(widget: QWidget, edges: Sequence[QRect]) -> None:
    """Paint a grip in the middle of each edge that something is dragged by."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(widget.palette().color(QPalette.ColorRole.Mid))
    for edge in edges:
        grip = QRectF(0, 0, LENGTH, BREADTH)
        if edge.height() > edge.width():
            grip = grip.transposed()
        grip.moveCenter(QRectF(edge).center())
        painter.drawRoundedRect(grip, BREADTH / 2, BREADTH / 2)
