"""Words: texts that marks write beside themselves."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from gdviz.ui.theme import Theme

# How far a text stays from what it is beside.
GAP = 3.0


def write(painter: QPainter, box: QRectF, text: str, theme: Theme, colour: str = "text") -> None:
    """Write a text in the middle of a box, set off from what is below by an outline."""
    painter.setPen(QPen(QColor(theme.plot), 1))
    for shift in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        painter.drawText(box.translated(*shift), Qt.AlignmentFlag.AlignCenter, text)
    painter.setPen(QColor(theme.text_of(colour)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def box_of(text: str, font: QFont) -> QRectF:
    """Return the box of a text, its lines one below another, around 0."""
    metrics, lines = QFontMetricsF(font), text.splitlines()
    width = max(map(metrics.horizontalAdvance, lines), default=0.0) + 2
    box = QRectF(0, 0, width, metrics.height() * len(lines))
    box.moveCenter(QPointF(0, 0))
    return box


def moved_into(room: QRectF, box: QRectF) -> QRectF:
    """Return a box moved so little that it is in a room."""
    left = max(min(box.left(), room.right() - box.width()), room.left())
    top = max(min(box.top(), room.bottom() - box.height()), room.top())
    return QRectF(left, top, box.width(), box.height())
