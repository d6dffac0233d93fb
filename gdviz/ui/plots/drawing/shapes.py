"""Shapes: dots, rings, crosses and the others, as plots and legends draw them."""

import math
from functools import cache

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QIcon,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPixmap,
    QPolygonF,
)
from shiboken6 import wrapInstance

from gdviz.ui.plots.drawing.sheet import Points

# The corners of those that have some, for a radius of 1.
CORNERS = {
    "square": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "triangle": ((0.0, -1.0), (0.95, 0.75), (-0.95, 0.75)),
    "diamond": ((0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)),
    "wedge": ((0.0, 1.0), (0.95, -0.75), (-0.95, -0.75)),
    "star": tuple(
        (radius * math.sin(turn * math.pi / 5), -radius * math.cos(turn * math.pi / 5))
        for turn, radius in enumerate((1.3, 0.55) * 5)
    ),
    "hourglass": ((-0.9, -1.0), (0.9, -1.0), (0.2, 0.0), (0.9, 1.0), (-0.9, 1.0), (-0.2, 0.0)),
}
# How long a line in a legend is, with the gap behind it.
SAMPLE_WIDTH = 20.0
ICON_PX = 16
# More discs than this are copies of some that stand in so many places of a pixel, across and down.
MANY, PLACES = 500, 8


def draw_shapes(
    painter: QPainter, shape: str, points: Points, size: float, colour: QColor, outline: QColor
) -> None:
    """Draw a shape at every point, set off from what is below by an outline.

    Parameters
    ----------
    shape : {"disc", "ring", "cross"} or a key of `CORNERS`
    points : ndarray of shape (n, 2)
        In pixels.
    size : float
        Their diameter, in pixels.
    """
    on_pixels = painter.paintEngine().type() is QPaintEngine.Type.Raster
    if shape == "disc" and len(points) > MANY and on_pixels:
        _stamp_discs(painter, points, size / 2 + 1, outline)
        _stamp_discs(painter, points, size / 2, colour)
        return
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


def _stamp_discs(painter: QPainter, points: Points, radius: float, colour: QColor) -> None:
    """Draw discs as copies of some that are painted once: ten times as fast as each by itself."""
    to_device = painter.deviceTransform()
    scale, shift = to_device.m11(), np.array((to_device.dx(), to_device.dy()))
    half = math.ceil(radius * scale) + 2
    stamps = QPixmap(2 * half * PLACES, 2 * half * PLACES)
    stamps.fill(Qt.GlobalColor.transparent)
    stamping = QPainter(stamps)
    stamping.setRenderHint(QPainter.RenderHint.Antialiasing)
    stamping.setPen(Qt.PenStyle.NoPen)
    stamping.setBrush(colour)
    for across, down in np.ndindex(PLACES, PLACES):
        corner, place = QPointF(across, down) * 2 * half, QPointF(across, down) / PLACES
        stamping.drawEllipse(corner + QPointF(half, half) + place, radius * scale, radius * scale)
    stamping.end()
    steps = np.round((points * scale + shift) * PLACES)
    pixels, places = np.divmod(steps, PLACES)
    # One line is a fragment of Qt: the middle, the left top corner and the size of what is copied,
    # by how much it is larger, turned, opaque.
    fragments = np.column_stack((
        (pixels - shift) / scale, places * 2 * half,
        np.full((len(points), 6), (2 * half, 2 * half, 1 / scale, 1 / scale, 0.0, 1.0)),
    ))  # fmt: skip
    first = wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment)
    assert isinstance(first, QPainter.PixmapFragment)
    painter.drawPixmapFragments(first, len(fragments), stamps)


def draw_sample(painter: QPainter, sample: str, left: QPointF) -> None:
    """Draw a shape, or a line, dashes or an arrow, with the painter's pen: it goes to the right."""
    pen, middle, arm = painter.pen(), left + QPointF(8, 0), 4.5
    if sample == "dashes":
        pen.setDashPattern([2.2, 1.4])
        painter.setPen(pen)
    if sample != "ring":
        painter.setBrush(pen.color())
    match sample:
        case "line" | "dashes":
            painter.drawLine(left, left + QPointF(SAMPLE_WIDTH - 5, 0))
        case "dot" | "big dot" | "ring":
            radius = {"dot": 4.0, "big dot": 5.5, "ring": 3.6}[sample]
            painter.drawEllipse(middle, radius, radius)
        case "cross":
            for way in (1, -1):
                painter.drawLine(middle - QPointF(arm, way * arm), middle + QPointF(arm, way * arm))
        case "arrow":
            tip = left + QPointF(SAMPLE_WIDTH - 4, 0)
            painter.drawLine(left, tip - QPointF(5, 0))
            painter.drawPolygon(QPolygonF([tip, tip + QPointF(-7, -4), tip + QPointF(-7, 4)]))
        case _:
            painter.drawPolygon(corners(sample, 5).translated(middle))


# Kept, as all icons: the table of runs asks for them whenever it is painted.
@cache
def sample_icon(sample: str, colour: str) -> QIcon:
    """Return a sample as an icon, sharp at twice the size as well."""
    icon = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(scale * ICON_PX, scale * ICON_PX)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), 2.4))
        draw_sample(painter, sample, QPointF(0, ICON_PX / 2))
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            icon.addPixmap(pixmap, mode)
    return icon


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
