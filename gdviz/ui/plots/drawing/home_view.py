"""HomeView: what is seen of the plane, and the part of it to come back to."""

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseDragEvent
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from gdviz.core.geometry.ranges import Box

# A view whose ends lie this share of it elsewhere has been moved; less is rounding.
MOVED = 1e-6
# By how much a pixel of a drag zooms, or an eighth of a degree of a wheel's turn.
ZOOM = 1.02


class HomeView(pg.ViewBox):
    """A view that never follows what is in it, and knows where it belongs.

    Attributes
    ----------
    home : tuple of tuple of float
        The lowest and highest x and y to come back to after zoom and shift.
    """

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.disableAutoRange()
        self.home: Box = ((0.0, 1.0), (0.0, 1.0))

    def mapToView(self, place: QPointF) -> QPointF:
        """Return what part of the plane is at a place.

        Each axis by itself: pyqtgraph inverts a matrix, whose determinant is no number where the
        scales of both are very large, or very small.
        """
        (left, right), (bottom, top) = self.viewRange()
        width, height = self.rect().width() or 1.0, self.rect().height() or 1.0
        x, y = place.x() / width, place.y() / height
        return QPointF(left + x * (right - left), top - y * (top - bottom))

    def mouseDragEvent(self, event: MouseDragEvent, axis: int | None = None) -> None:
        """Shift what is seen along both axes, or along one; with the right button, zoom."""
        event.accept()
        moves = self._moves(axis)
        self._resetTarget()
        if event.button() is Qt.MouseButton.RightButton:
            way = event.lastScreenPos() - event.screenPos()
            factors = ZOOM ** way.x(), ZOOM ** -way.y()
            center = self.mapToView(event.buttonDownPos(Qt.MouseButton.RightButton))
            self.scaleBy(_along(moves, factors), center)
        else:
            way = self.mapToView(event.lastPos()) - self.mapToView(event.pos())
            x, y = _along(moves, way.toTuple())
            self.translateBy(x=x, y=y)
        self.sigRangeChangedManually.emit(self.state["mouseEnabled"])

    def wheelEvent(self, event: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:
        """Zoom along both axes, or along one."""
        moves = self._moves(axis)
        event.setAccepted(any(moves))
        if any(moves):
            factor = ZOOM ** (event.delta() * self.state["wheelScaleFactor"])
            self._resetTarget()
            self.scaleBy(_along(moves, (factor, factor)), self.mapToView(event.pos()))
            self.sigRangeChangedManually.emit(moves)

    def _moves(self, axis: int | None) -> list[bool]:
        """Return whether the mouse may move x and y, all or but one axis."""
        return [on and axis in (None, i) for i, on in enumerate(self.state["mouseEnabled"])]

    def go_home(self) -> None:
        """Undo zoom and shift."""
        self.take_sight(self.home)

    @property
    def sight(self) -> Box | None:
        """The part of the plane that is shown, if it has been zoomed or shifted."""
        (x, y), home = self.viewRange(), np.array(self.home)
        away = np.abs((x, y) - home) / np.ptp(home, axis=1, keepdims=True)
        return (tuple(x), tuple(y)) if (away > MOVED).any() else None

    def take_sight(self, sight: Box) -> None:
        """Show a part of the plane; the one to come back to stays."""
        self.setRange(xRange=sight[0], yRange=sight[1], padding=0)


def _along(moves: list[bool], values: tuple[float, float]) -> list[float | None]:
    """Return the values along axes that move; None along others."""
    return [value if move else None for move, value in zip(moves, values, strict=True)]
