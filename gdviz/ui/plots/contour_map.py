"""ContourMap: the filled and labelled contours of a bowl, exact at every zoom."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gdviz.core.bowl import Bowl
from gdviz.core.contours import Box, clip, contour, highest_in, level_text, levels
from gdviz.ui.plots.items import Mark, polygon
from gdviz.ui.theme import LIGHT, Theme, mixed, plot_font

# How much of the grid's colour the highest ground takes on.
STRONGEST = 0.5
# How far labels stay from each other, from the optimum and from the edge, in pixels.
LABEL_GAP, EDGE_GAP = 44.0, 8.0

Points = NDArray[np.float64]


class ContourMap(Mark):
    """Ground that grows darker (on dark ground, lighter) with the loss, and its levels."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._outlines: list[Points] = []
        self._labels: list[str] = []

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def set_bowl(self, bowl: Bowl, box: Box, px_per_unit: tuple[float, float]) -> None:
        """Show a part of the ground, at some scale."""
        heights = levels(highest_in(bowl, box))
        whole = [contour(bowl, height, box, px_per_unit) for height in heights]
        shown = [(h, clip(outline, box)) for h, outline in zip(heights, whole, strict=True)]
        self._outlines = [outline for _, outline in shown]
        self._labels = [level_text(bowl.minimum + height, height) for height, _ in shown]
        self._optimum = np.array([bowl.optimum])
        self.set_points(*box)
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw ground, lines and labels, from the highest level down."""
        del option, widget
        with self._in_pixels(painter) as corners:
            if not len(corners):
                return
            box = QRectF(QPointF(*corners[0]), QPointF(*corners[1])).normalized()
            outlines = [self.in_pixels(outline) for outline in self._outlines]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.fillRect(box, self._ground(0))
            for index, outline in enumerate(outlines, 1):
                painter.setBrush(self._ground(index))
                painter.drawPolygon(polygon(outline))
            painter.setPen(QPen(QColor(self._theme.grid), 0.8))
            for outline in outlines:
                painter.drawLines(_open_lines(outline, box))
            self._paint_labels(painter, outlines, box)

    def _ground(self, index: int) -> QColor:
        """Return the colour between two levels; 0 is the highest ground."""
        share = STRONGEST * (1 - index / max(len(self._outlines), 1)) ** 1.2
        return mixed(self._theme.grid, self._theme.plot, share)

    def _paint_labels(self, painter: QPainter, outlines: list[Points], box: QRectF) -> None:
        font = plot_font()
        font.setPixelSize(font.pixelSize() - 1)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        taken = self.in_pixels(self._optimum)
        for outline, text in zip(outlines, self._labels, strict=True):
            size = np.array([metrics.horizontalAdvance(text), metrics.height()])
            place = _label_place(outline, size, taken, box)
            if place is None:
                continue
            taken = np.vstack((taken, place))
            rect = QRectF(*(place - size / 2), *size)
            painter.setPen(QPen(QColor(self._theme.plot), 1))
            for shift in ((-1, 0), (1, 0), (0, -1), (0, 1)):
                painter.drawText(rect.translated(*shift), Qt.AlignmentFlag.AlignCenter, text)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _open_lines(outline: Points, box: QRectF) -> list[QLineF]:
    """Return the sides of a clipped outline, but those along the edges of the box."""
    following = np.roll(outline, -1, axis=0)
    edges = np.array([[box.left(), box.right()], [box.top(), box.bottom()]])
    on_edge = np.zeros(len(outline), dtype=bool)
    for axis in (0, 1):
        for edge in edges[axis]:
            near = np.abs(np.stack((outline[:, axis], following[:, axis])) - edge) < 0.01
            on_edge |= near.all(axis=0)
    sides = np.hstack((outline, following))[~on_edge]
    return [QLineF(*side) for side in sides.tolist()]


def _label_place(outline: Points, size: Points, taken: Points, box: QRectF) -> Points | None:
    """Return the place on an outline that is farthest from what is there, if far enough."""
    room = size / 2 + EDGE_GAP
    low = np.array([box.left(), box.top()]) + room
    high = np.array([box.right(), box.bottom()]) - room
    inside = outline[((outline >= low) & (outline <= high)).all(axis=1)]
    if not len(inside):
        return None
    distance = np.hypot(*(inside[:, np.newaxis] - taken).transpose(2, 0, 1)).min(axis=1)
    best = int(distance.argmax())
    return inside[best] if distance[best] >= LABEL_GAP else None
