"""Curve, Dots and Arrow: the marks of all plots.

They are placed in data units and drawn in pixels, with plain pens. pyqtgraph's own curves and
points use pens and pictures tied to the screen's pixels, which come out hair-thin in an enlarged
PNG and as broad bands in an SVG.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

HEAD_PX = 12.0
# How far the light around a mark reaches, and how strong it is, of 255.
HALO_PX, HALO_ALPHA = 5.0, 95
SHAFT_PX = 3.0
# The corners of a mark, for a radius of 1.
SHAPES = {
    "square": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "triangle": ((0.0, -1.0), (0.95, 0.75), (-0.95, 0.75)),
    "diamond": ((0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)),
}


class Mark(pg.GraphicsObject):
    """Points in data units, and how far around them the pen reaches in pixels.

    Attributes
    ----------
    points : ndarray of shape (n_points, 2)
    lit : bool
        Whether a light is around it: somebody points at what it means.
    in_pairs : bool
        Whether each two points are a line of their own.
    """

    in_pairs = False

    def __init__(self) -> None:
        super().__init__()
        self.points = np.empty((0, 2))
        self.lit = False
        self._reach_px = 1.0
        self._bounds: QRectF | None = None

    def set_points(self, x: ArrayLike, y: ArrayLike) -> None:
        """Show other points."""
        points = np.array((x, y), dtype=np.float64).T
        if np.array_equal(points, self.points):
            return
        self.points = points
        self.viewTransformChanged()
        self.update()

    @property
    def reach_px(self) -> float:
        """How far around its points the mark draws."""
        return self._reach_px + HALO_PX * self.lit

    def set_lit(self, lit: bool) -> None:
        """Put a light around the mark, or take it away."""
        if lit != self.lit:
            self.lit = lit
            self.viewTransformChanged()
            self.update()

    def boundingRect(self) -> QRectF:
        """Return where the mark draws, in data units. Qt asks several times a frame."""
        if self._bounds is None:
            self._bounds = self._measure()
        return self._bounds

    def viewTransformChanged(self) -> None:
        """Reach as many pixels as before when the view zooms."""
        self.prepareGeometryChange()
        self._bounds = None

    def _measure(self) -> QRectF:
        if not len(self.points):
            return QRectF()
        to_scene = self.sceneTransform()
        x, y = (self.reach_px / (abs(scale) or 1.0) for scale in (to_scene.m11(), to_scene.m22()))
        if len(self.points) == 1:
            # Most marks that move: several times as fast as the general way.
            ((left, bottom),) = self.points.tolist()
            return QRectF(left - x, bottom - y, 2 * x, 2 * y)
        (left, bottom), (right, top) = self.points.min(axis=0), self.points.max(axis=0)
        return QRectF(left - x, bottom - y, right - left + 2 * x, top - bottom + 2 * y)

    @contextmanager
    def _in_pixels(self, painter: QPainter) -> Iterator[NDArray[np.float64]]:
        """Let the painter draw in the view's pixels, and yield the points in these."""
        painter.save()
        painter.setWorldTransform(_without(self.sceneTransform(), painter.worldTransform()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            yield self.in_pixels(self.points)
        finally:
            painter.restore()

    def in_pixels(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points in data units, of shape (n, 2), in the view's pixels."""
        to_scene = self.sceneTransform()
        scale = np.array([to_scene.m11(), to_scene.m22()])
        pixels: NDArray[np.float64] = points * scale + np.array([to_scene.dx(), to_scene.dy()])
        return pixels

    def _seen(self, painter: QPainter, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the points that the view shows, where the painter can't clip: SVG's can't."""
        if painter.paintEngine().type() is not QPaintEngine.Type.SVG:
            return points
        view = self.getViewBox().sceneBoundingRect()
        low, high = (view.left(), view.top()), (view.right(), view.bottom())
        return points[((points >= low) & (points <= high)).all(axis=1)]


class Curve(Mark):
    """A line through the points, or, in pairs, a line for every two."""

    def __init__(self, pairs: bool = False) -> None:
        super().__init__()
        self._pairs = self.in_pairs = pairs
        self._pen = QPen()

    def set_pen(self, colour: str, width: float, dashes: list[float] | None = None) -> None:
        """Draw with a pen of `width` pixels; `dashes` are on and off, in widths of the pen."""
        self._pen = dashed_pen(colour, width, dashes)
        self._reach_px = width
        self.viewTransformChanged()
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the line."""
        del option, widget
        with self._in_pixels(painter) as points:
            if self.lit:
                painter.setPen(halo(self._pen))
                self._draw(painter, points)
            painter.setPen(self._pen)
            self._draw(painter, points)

    def _draw(self, painter: QPainter, points: NDArray[np.float64]) -> None:
        if painter.paintEngine().type() is QPaintEngine.Type.SVG:
            draw_path(painter, self._path_in_view(points))
        elif self._pairs or len(points) == 2:
            # Several times as fast as a polyline of two points.
            painter.drawLines(polygon(points).toList())
        else:
            painter.drawPolyline(polygon(points))

    def _path_in_view(self, points: NDArray[np.float64]) -> QPainterPath:
        """Return the part of the line that the view shows: SVG's painter can't clip."""
        view = self.getViewBox().sceneBoundingRect()
        if isinstance(self.parentItem(), Opening):
            view &= self.parentItem().sceneBoundingRect()
        return path_in(points, view, self._pairs)


class Curves(Mark):
    """Several lines that seldom change, as one item: to keep them painted costs one picture."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[NDArray[np.float64]] = []
        self._pens: list[QPen] = []

    def set_lines(self, lines: Sequence[NDArray[np.float64]]) -> None:
        """Show other lines, each of shape (n_points, 2)."""
        self._lines = list(lines)
        self.set_points(*np.concatenate([np.empty((0, 2)), *lines]).T)

    def set_pens(self, pens: Sequence[tuple[str, float, list[float]]]) -> None:
        """Draw each line in a colour, a width and with dashes."""
        self._pens = [dashed_pen(*pen) for pen in pens]
        self._reach_px = max((pen.widthF() for pen in self._pens), default=1.0)
        self.viewTransformChanged()
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the lines."""
        del option, widget
        with self._in_pixels(painter):
            for line, pen in zip(self._lines, self._pens, strict=False):
                painter.setPen(pen)
                points = self.in_pixels(line)
                if painter.paintEngine().type() is QPaintEngine.Type.SVG:
                    view = self.getViewBox().sceneBoundingRect()
                    draw_path(painter, path_in(points, view))
                else:
                    painter.drawPolyline(polygon(points))


class Opening(pg.GraphicsObject):
    """A box through which its children are seen; outside of it they are hidden."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QRectF()
        self.setFlag(self.GraphicsItemFlag.ItemClipsChildrenToShape)

    def set_box(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Open to a part of the plane, in data units."""
        self.prepareGeometryChange()
        self._box = QRectF(x[0], y[0], x[1] - x[0], y[1] - y[0])

    def boundingRect(self) -> QRectF:
        """Return the box."""
        return self._box

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw nothing: the children do."""


class Dots(Mark):
    """A mark of one shape at every point.

    Parameters
    ----------
    size : float
        Their diameter in pixels.
    shape : {"disc", "ring", "cross", "square", "triangle", "diamond"}
    """

    def __init__(self, size: float, shape: str = "disc") -> None:
        super().__init__()
        self._size = size
        self._shape = shape
        self._reach_px = size
        self._colour = self._outline = QColor()

    def set_colours(self, colour: str, outline: str) -> None:
        """Draw in a colour, set off from what is below by an outline."""
        self._colour, self._outline = QColor(colour), QColor(outline)
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the outlines, then the marks."""
        del option, widget
        with self._in_pixels(painter) as points:
            points = self._seen(painter, points)
            if self.lit:
                painter.setPen(halo(QPen(self._colour, self._size)))
                painter.drawPoints(polygon(points))
            if self._shape in SHAPES:
                self._paint_shapes(painter, points)
            elif self._shape == "ring":
                self._paint_rings(painter, points)
            elif self._shape == "disc":
                self._paint_discs(painter, points)
            else:
                self._paint_crosses(painter, points)

    def _paint_discs(self, painter: QPainter, points: NDArray[np.float64]) -> None:
        centres = [QPointF(x, y) for x, y in points.tolist()]
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, radius in ((self._outline, self._size / 2 + 1), (self._colour, self._size / 2)):
            painter.setBrush(colour)
            for centre in centres:
                painter.drawEllipse(centre, radius, radius)

    def _paint_crosses(self, painter: QPainter, points: NDArray[np.float64]) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, width in (
            (self._outline, self._size / 3.5 + 2),
            (self._colour, self._size / 3.5),
        ):
            painter.setBrush(colour)
            shape = cross_shape(self._size / 2.8, width)
            for x, y in points.tolist():
                painter.drawPath(shape.translated(x, y))

    def _paint_shapes(self, painter: QPainter, points: NDArray[np.float64]) -> None:
        corners = shape_polygon(self._shape, self._size / 2)
        painter.setPen(QPen(self._outline, 1))
        painter.setBrush(self._colour)
        for x, y in points.tolist():
            painter.drawPolygon(corners.translated(x, y))

    def _paint_rings(self, painter: QPainter, points: NDArray[np.float64]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((self._outline, 5.0), (self._colour, 2.5)):
            painter.setPen(QPen(colour, width))
            for x, y in points.tolist():
                painter.drawEllipse(QPointF(x, y), self._size / 2, self._size / 2)


class Arrow(Mark):
    """An arrow: its length is a step in data units, its head has a fixed size."""

    def __init__(self) -> None:
        super().__init__()
        self._reach_px = HEAD_PX
        self._colour = QColor()

    def set_colour(self, colour: str) -> None:
        """Draw in one colour."""
        self._colour = QColor(colour)
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw shaft and head; the head shrinks with a step shorter than itself."""
        del option, widget
        with self._in_pixels(painter) as points:
            if len(self._seen(painter, points)) < 1:
                return
            length = float(np.hypot(*(points[1] - points[0]))) if len(points) == 2 else 0.0
            if length < 1:
                return
            start, end = points
            head = (end - start) / length * min(HEAD_PX, length)
            back, side = end - head, np.array([-head[1], head[0]]) / 2
            if self.lit:
                painter.setPen(halo(QPen(self._colour, SHAFT_PX)))
                painter.drawLine(QPointF(*start), QPointF(*end))
            painter.setPen(QPen(self._colour, SHAFT_PX, c=Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(*start), QPointF(*back))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour)
            painter.drawPolygon(polygon(np.array([end, back + side, back - side])))


@cache
def shape_polygon(shape: str, radius: float) -> QPolygonF:
    """Return the corners of a square, triangle or diamond around 0."""
    return QPolygonF([QPointF(x, y) * radius for x, y in SHAPES[shape]])


@cache
def cross_shape(arm: float, width: float) -> QPainterPath:
    """Return the outline of a cross with round ends: to fill it is quicker than two broad lines."""
    lines = QPainterPath()
    for x in (-arm, arm):
        lines.moveTo(x, -arm)
        lines.lineTo(-x, arm)
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    return stroker.createStroke(lines).simplified()


def dashed_pen(colour: str, width: float, dashes: list[float] | None = None) -> QPen:
    """Return a pen of `width` pixels; `dashes` are on and off, in widths of the pen."""
    pen = QPen(QColor(colour), width)
    if dashes:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(dashes)
    return pen


def halo(pen: QPen) -> QPen:
    """Return the light around what a pen draws: broad, without dashes, and seen through."""
    colour = QColor(pen.color())
    colour.setAlpha(HALO_ALPHA)
    return QPen(colour, pen.widthF() + 2 * HALO_PX, c=Qt.PenCapStyle.RoundCap)


def draw_path(painter: QPainter, path: QPainterPath) -> None:
    """Draw a path, unless it is empty: in an SVG readers complain of it."""
    if not path.isEmpty():
        painter.drawPath(path)


def path_in(points: NDArray[np.float64], view: QRectF, pairs: bool = False) -> QPainterPath:
    """Return the part of a line, or of a line for every two points, inside a box."""
    path, end = QPainterPath(), None
    for index in range(0, len(points) - 1, 2 if pairs else 1):
        piece = clipped(points[index], points[index + 1], view)
        if piece is None:
            continue
        if piece[0] != end:
            path.moveTo(*piece[0])
        path.lineTo(*piece[1])
        end = piece[1]
    return path


def clipped(
    start: NDArray[np.float64], end: NDArray[np.float64], box: QRectF
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return the part of a line inside a box, or None (Liang and Barsky 1984)."""
    # Plain numbers: where a quotient is too large for them, it is out of the box as well.
    (x, y), (dx, dy) = start.tolist(), (end - start).tolist()
    first, last = 0.0, 1.0
    for step, room in (
        (-dx, x - box.left()), (dx, box.right() - x), (-dy, y - box.top()), (dy, box.bottom() - y),
    ):  # fmt: skip
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return None
    return (x + first * dx, y + first * dy), (x + last * dx, y + last * dy)


def _without(first: QTransform, both: QTransform) -> QTransform:
    """Return what comes after `first` where `both` is the two one after the other.

    Both only scale and shift. Qt's own inverse gives up on scales below 1e-12.
    """
    x, y = both.m11() / (first.m11() or 1.0), both.m22() / (first.m22() or 1.0)
    return QTransform(x, 0, 0, y, both.dx() - x * first.dx(), both.dy() - y * first.dy())


def polygon(points: NDArray[np.float64]) -> QPolygonF:
    """Return points, of shape (n, 2), as Qt draws them."""
    if not len(points):
        return QPolygonF()  # pyqtgraph would write into memory that isn't there
    drawn: QPolygonF = pg.functions.arrayToQPolygonF(points[:, 0], points[:, 1])
    return drawn
