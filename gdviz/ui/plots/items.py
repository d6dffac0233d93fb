"""Curve, Dots and Arrow: the marks of all plots.

They are placed in data units and drawn in pixels, with plain pens. pyqtgraph's own curves and
points use pens and pictures tied to the screen's pixels, which come out hair-thin in an enlarged
PNG and as broad bands in an SVG.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pyqtgraph as pg
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

HEAD_PX = 12.0
SHAFT_PX = 3.0


class Mark(pg.GraphicsObject):
    """Points in data units, and how far around them the pen reaches in pixels.

    Attributes
    ----------
    points : ndarray of shape (n_points, 2)
    """

    def __init__(self) -> None:
        super().__init__()
        self.points = np.empty((0, 2))
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
        x, y = (self._reach_px / (abs(scale) or 1.0) for scale in (to_scene.m11(), to_scene.m22()))
        (left, bottom), (right, top) = self.points.min(axis=0), self.points.max(axis=0)
        return QRectF(left - x, bottom - y, right - left + 2 * x, top - bottom + 2 * y)

    @contextmanager
    def _in_pixels(self, painter: QPainter) -> Iterator[NDArray[np.float64]]:
        """Let the painter draw in the view's pixels, and yield the points in these."""
        to_scene = self.sceneTransform()
        inverse, _ = to_scene.inverted()
        painter.save()
        painter.setWorldTransform(inverse * painter.worldTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = to_scene.m11(), to_scene.m22()
        try:
            yield self.points * np.array(scale) + np.array([to_scene.dx(), to_scene.dy()])
        finally:
            painter.restore()


class Curve(Mark):
    """A line through the points, or, in pairs, a line for every two."""

    def __init__(self, pairs: bool = False) -> None:
        super().__init__()
        self._pairs = pairs
        self._pen = QPen()

    def set_pen(self, colour: str, width: float, dashes: list[float] | None = None) -> None:
        """Draw with a pen of `width` pixels; `dashes` are on and off, in widths of the pen."""
        self._pen = QPen(QColor(colour), width)
        if dashes:
            self._pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            self._pen.setDashPattern(dashes)
        self._reach_px = width
        self.viewTransformChanged()
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the line."""
        del option, widget
        with self._in_pixels(painter) as points:
            painter.setPen(self._pen)
            if painter.paintEngine().type() is QPaintEngine.Type.SVG:
                painter.drawPath(self._path_in_view(points))
            elif self._pairs:
                painter.drawLines(_polygon(points).toList())
            else:
                painter.drawPolyline(_polygon(points))

    def _path_in_view(self, points: NDArray[np.float64]) -> QPainterPath:
        """Return the part of the line that the view shows: SVG's painter can't clip."""
        view = self.getViewBox().sceneBoundingRect()
        if isinstance(self.parentItem(), Opening):
            view &= self.parentItem().sceneBoundingRect()
        path, end = QPainterPath(), None
        for index in range(0, len(points) - 1, 2 if self._pairs else 1):
            piece = clipped(points[index], points[index + 1], view)
            if piece is None:
                continue
            if piece[0] != end:
                path.moveTo(*piece[0])
            path.lineTo(*piece[1])
            end = piece[1]
        return path


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
    """A disc, or a cross, at every point.

    Parameters
    ----------
    size : float
        Their diameter in pixels.
    cross : bool
        Draw crosses.
    """

    def __init__(self, size: float, cross: bool = False) -> None:
        super().__init__()
        self._size = size
        self._cross = cross
        self._reach_px = size
        self._colour = self._outline = QColor()

    def set_colours(self, colour: str, outline: str) -> None:
        """Draw in a colour, set off from what is below by an outline."""
        self._colour, self._outline = QColor(colour), QColor(outline)
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the outlines, then the dots: each a point of a broad pen."""
        del option, widget
        with self._in_pixels(painter) as points:
            stroke = self._size / 3.5 if self._cross else self._size
            for colour, width in ((self._outline, stroke + 2), (self._colour, stroke)):
                painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.RoundCap))
                if self._cross:
                    painter.drawLines(_polygon(self._arms(points)).toList())
                else:
                    painter.drawPoints(_polygon(points))

    def _arms(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the ends of both lines of every cross, of shape (4 n_points, 2)."""
        arm = self._size / 2.8
        ends = np.array([[-arm, -arm], [arm, arm], [-arm, arm], [arm, -arm]])
        arms: NDArray[np.float64] = (points[:, np.newaxis] + ends).reshape(-1, 2)
        return arms


class Arrow(Mark):
    """A level arrow: its length is a step in data units, its head has a fixed size."""

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
            if len(points) != 2:
                return
            (start, level), (end, _) = points
            head = np.sign(end - start) * min(HEAD_PX, abs(end - start))
            if abs(head) < 1:
                return
            tip, back = QPointF(end, level), QPointF(end - head, level)
            side = QPointF(0, abs(head) / 2)
            painter.setPen(QPen(self._colour, SHAFT_PX, c=Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(start, level), back)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour)
            painter.drawPolygon(QPolygonF([tip, back + side, back - side]))


def clipped(
    start: NDArray[np.float64], end: NDArray[np.float64], box: QRectF
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return the part of a line inside a box, or None (Liang and Barsky 1984)."""
    (x, y), (dx, dy) = start, end - start
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


def _polygon(points: NDArray[np.float64]) -> QPolygonF:
    if not len(points):
        return QPolygonF()  # pyqtgraph would write into memory that isn't there
    polygon: QPolygonF = pg.functions.arrayToQPolygonF(points[:, 0], points[:, 1])
    return polygon
