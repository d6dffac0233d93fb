"""Curve, Dots and Arrow: the marks of all plots."""

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from gdviz.core.geometry.clipping import part_inside
from gdviz.ui.plots.drawing.shapes import draw_shapes
from gdviz.ui.plots.drawing.sheet import HALO_PX, Mark, Paper, Points
from gdviz.ui.theme import LIGHT, Theme

HEAD_PX = 12.0
# How strong the light around a mark is, of 255.
HALO_ALPHA = 95
SHAFT_PX = 3.0
# How broad the dark edges of a line are.
CASING_PX = 0.4
# How many steps of a line are drawn at a time.
PIECE = 8


class Curve(Mark):
    """A line through the points, or, in pairs, a line for every two.

    Parameters
    ----------
    colour : str
        The name of its colour in a theme.
    width : float
        In pixels; in larger type it is broader.
    dashes : list of float, optional
        On and off, in widths of the pen.
    pairs : bool
    casing : bool
        Whether it has dark edges, for it crosses ground of many colours.
    """

    def __init__(
        self,
        colour: str = "text",
        width: float = 1.0,
        dashes: list[float] | None = None,
        pairs: bool = False,
        casing: bool = False,
    ) -> None:
        super().__init__()
        self._stroke = colour, width, dashes
        self.in_pairs = pairs
        self._reach_px = width
        self._pen, self._casing = QPen(), QPen() if casing else None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._pen = stroke_pen(theme, *self._stroke)
        if self._casing is not None:
            self._casing = stroke_pen(theme, "casing", self._stroke[1] + 2 * CASING_PX)
        self._reach_px = self._pen.widthF()
        self.update()

    def paint(self, paper: Paper) -> None:
        """Draw the line."""
        points = paper.pixels(self.points)
        if self._casing is not None:
            paper.painter.setPen(self._casing)
            draw_within(paper, points, self.in_pairs)
        if self.lit:
            # In one piece: where pieces of what is seen through overlap, it would be blotched.
            paper.painter.setPen(halo(self._pen))
            draw_path(paper.painter, path_in(points, paper.box, self.in_pairs))
        paper.painter.setPen(self._pen)
        draw_within(paper, points, self.in_pairs)


class Curves(Mark):
    """Several lines that seldom change, as one item: to keep them painted costs one picture.

    Attributes
    ----------
    strokes : sequence of tuple
        Colour, width and dashes of each.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Points] = []
        self.strokes: Sequence[tuple[str, float, list[float]]] = ()
        self._pens: list[QPen] = []
        self._theme = LIGHT

    def set_lines(self, lines: Sequence[Points]) -> None:
        """Show other lines, each of shape (n_points, 2)."""
        self._lines = list(lines)
        self.set_points(*np.concatenate([np.empty((0, 2)), *lines]).T)

    def set_strokes(self, strokes: Sequence[tuple[str, float, list[float]]]) -> None:
        """Draw each line in a colour, given by its name, a width and with dashes."""
        self.strokes = strokes
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._pens = [stroke_pen(theme, *stroke) for stroke in self.strokes]
        self._reach_px = max((pen.widthF() for pen in self._pens), default=1.0)
        self.update()

    def paint(self, paper: Paper) -> None:
        """Draw the lines."""
        for line, pen in zip(self._lines, self._pens, strict=False):
            paper.painter.setPen(pen)
            draw_within(paper, paper.pixels(line))


class Dots(Mark):
    """A mark of one shape at every point.

    Parameters
    ----------
    size : float
        Their diameter in pixels; in larger type they are larger.
    shape : str
        See `draw_shapes`.
    colour : str
        Its name in a theme.
    outline : str
        The name of what sets them off from what is below.
    """

    def __init__(
        self, size: float, shape: str = "disc", colour: str = "text", outline: str = "plot"
    ) -> None:
        super().__init__()
        self._usual_px = self._size = self._reach_px = size
        self._shape, self._name, self._edge = shape, colour, outline
        self._colour = self._outline = QColor()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._colour, self._outline = (
            QColor(theme.colour(name)) for name in (self._name, self._edge)
        )
        self._size = self._reach_px = self._usual_px * theme.scale
        self.update()

    def paint(self, paper: Paper) -> None:
        """Draw the outlines, then the marks."""
        painter, points = paper.painter, paper.seen(self.points, self.reach_px)
        if self.lit:
            painter.setPen(halo(QPen(self._colour, self._size)))
            painter.drawPoints(polygon(points))
        draw_shapes(painter, self._shape, points, self._size, self._colour, self._outline)


class Arrow(Mark):
    """The hiker's next step: its length is in data units, its head has a fixed size."""

    def __init__(self) -> None:
        super().__init__()
        self._scale, self._reach_px = 1.0, HEAD_PX
        self._colour = QColor()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._colour = QColor(theme.hiker)
        self._scale, self._reach_px = theme.scale, HEAD_PX * theme.scale
        self.update()

    def paint(self, paper: Paper) -> None:
        """Draw shaft and head; the head shrinks with a step shorter than itself."""
        if len(self.points) != 2 or not len(paper.seen(self.points, math.inf)):
            return
        start, end = (QPointF(*place) for place in paper.pixels(self.points).tolist())
        length = math.hypot(end.x() - start.x(), end.y() - start.y())
        if length < 1:
            return
        painter, shaft = paper.painter, SHAFT_PX * self._scale
        head = (end - start) / length * min(HEAD_PX * self._scale, length)
        back, side = end - head, QPointF(-head.y(), head.x()) / 2
        if self.lit:
            painter.setPen(halo(QPen(self._colour, shaft)))
            painter.drawLine(start, end)
        painter.setPen(QPen(self._colour, shaft, c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(start, back)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawPolygon(QPolygonF([end, back + side, back - side]))


def stroke_pen(theme: Theme, colour: str, width: float, dashes: list[float] | None = None) -> QPen:
    """Return a pen of `width` pixels in usual type and contrast; `dashes` are in its widths."""
    pen = QPen(QColor(theme.colour(colour)), width * theme.breadth * theme.scale)
    if dashes:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(dashes)
    return pen


def halo(pen: QPen) -> QPen:
    """Return the light around what a pen draws: broad, without dashes, and seen through."""
    colour = QColor(pen.color())
    colour.setAlpha(HALO_ALPHA)
    return QPen(colour, pen.widthF() + 2 * HALO_PX, c=Qt.PenCapStyle.RoundCap)


def draw_within(paper: Paper, points: Points, pairs: bool = False) -> None:
    """Draw a line through points in pixels, or one for every two, as far as the paper shows it."""
    if not paper.clips:
        draw_path(paper.painter, path_in(points, paper.box, pairs))
    elif pairs:
        paper.painter.drawLines(polygon(points).toList())
    else:
        draw_line(paper.painter, points)


def draw_line(painter: QPainter, points: Points) -> None:
    """Draw a line through points, of shape (n, 2) in pixels, a few at a time.

    Qt outlines a line before it fills it, and where a line crosses itself a thousand times, as a
    noisy loss does, fills it twenty times as slowly in one piece.
    """
    pen, line = painter.pen(), polygon(points)
    if len(points) == 2:
        # Several times as fast as a polyline of two points.
        painter.drawLines(line.toList())
        return
    if pen.widthF() <= 1:
        painter.drawPolyline(line)
        return
    dashed = pen.style() is Qt.PenStyle.CustomDashLine
    if dashed:
        lengths = np.cumsum(np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)) / pen.widthF()
    for first in range(0, len(points) - 1, PIECE):
        if dashed:
            # The dashes go on where those of the piece before end.
            pen.setDashOffset(lengths[first])
            painter.setPen(pen)
        painter.drawPolyline(line.mid(first, PIECE + 1))


def draw_path(painter: QPainter, path: QPainterPath) -> None:
    """Draw the line of a path, unless it is empty: in an SVG readers complain of it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if not path.isEmpty():
        painter.drawPath(path)


def path_in(points: Points, view: QRectF, pairs: bool = False) -> QPainterPath:
    """Return the part of a line, or of a line for every two points, inside a box."""
    path, end = QPainterPath(), QPointF(math.nan, math.nan)
    box = (view.left(), view.right()), (view.top(), view.bottom())
    for index in range(0, len(points) - 1, 2 if pairs else 1):
        start, way = points[index], points[index + 1] - points[index]
        part = part_inside(start, way, box, 0.0, 1.0)
        if part is not None:
            first, last = (QPointF(*(start + share * way)) for share in part)
            if first != end:
                path.moveTo(first)
            path.lineTo(last)
            end = last
    return path


def polygon(points: Points) -> QPolygonF:
    """Return points, of shape (n, 2), as Qt draws them."""
    if not len(points):
        return QPolygonF()  # pyqtgraph would write into memory that isn't there
    drawn: QPolygonF = pg.functions.arrayToQPolygonF(points[:, 0], points[:, 1])
    return drawn
