"""Shapes: dots, rings, crosses and the others, as plots and legends draw them."""

from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF

from gdviz.ui.plots.drawing.sheet import Points

# The corners of those that have some, for a radius of 1.
CORNERS = {
    "square": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "triangle": ((0.0, -1.0), (0.95, 0.75), (-0.95, 0.75)),
    "diamond": ((0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)),
}


def draw_shapes(
    painter: QPainter, shape: str, points: Points, size: float, colour: QColor, outline: QColor
) -> None:
    """Draw a shape at every point, set off from what is below by an outline.

    Parameters
    ----------
    painter : QPainter
    shape : {"disc", "ring", "cross", "square", "triangle", "diamond"}
    points : ndarray of shape (n, 2)
        In pixels.
    size : float
        Their diameter, in pixels.
    colour, outline : QColor
    """
    centres = [QPointF(x, y) for x, y in points.tolist()]
    if shape in CORNERS:
        painter.setPen(QPen(outline, 1))
        painter.setBrush(colour)
        for centre in centres:
            painter.drawPolygon(corners(shape, size / 2).translated(centre))
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(Qt.PenStyle.NoPen)
    # All outlines first: none lies on a neighbour.
    for drawn, wider in ((outline, 1.0), (colour, 0.0)):
        if shape == "ring":
            painter.setPen(QPen(drawn, 2.5 + 2.5 * wider))
        else:
            painter.setBrush(drawn)
        radius = size / 2 + (wider if shape == "disc" else 0.0)
        cross = _cross(size / 2.8, size / 3.5 + 2 * wider)
        for centre in centres:
            if shape == "cross":
                painter.drawPath(cross.translated(centre))
            else:
                painter.drawEllipse(centre, radius, radius)


@cache
def corners(shape: str, radius: float) -> QPolygonF:
    """Return the corners of a square, triangle or diamond around 0."""
    return QPolygonF([QPointF(x, y) * radius for x, y in CORNERS[shape]])


@cache
def _cross(arm: float, width: float) -> QPainterPath:
    """Return the outline of a cross with round ends: to fill it is quicker than two broad lines."""
    lines = QPainterPath()
    for x in (-arm, arm):
        lines.moveTo(x, -arm)
        lines.lineTo(-x, arm)
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    return stroker.createStroke(lines).simplified()
