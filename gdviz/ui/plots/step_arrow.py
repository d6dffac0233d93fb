"""StepArrow: from the hiker to where the next step leads."""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gdviz.ui.plots.plot import pen

HEAD_PX = 12.0
SHAFT_PX = 3.0


class StepArrow(pg.GraphicsObject):
    """A level arrow: its length in data units is the step, its head has a fixed size."""

    def __init__(self) -> None:
        super().__init__()
        self._start = QPointF()
        self._end = QPointF()
        self._colour = "#000000"

    def set_colour(self, colour: str) -> None:
        """Draw in one colour."""
        self._colour = colour
        self.update()

    def set_step(self, weight: float, next_weight: float, loss: float) -> None:
        """Point from (weight, loss) to the next weight."""
        self.prepareGeometryChange()
        self._start, self._end = QPointF(weight, loss), QPointF(next_weight, loss)
        self.update()

    def viewTransformChanged(self) -> None:
        """Keep the head's size in pixels when the view zooms."""
        self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:
        """Return the arrow and its head, in data units."""
        px, py = self._pixel()
        box = QRectF(self._start, self._end).normalized()
        return box.adjusted(-HEAD_PX * px, -HEAD_PX * py, HEAD_PX * px, HEAD_PX * py)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw shaft and head; the head shrinks with a step shorter than itself."""
        del option, widget
        px, py = self._pixel()
        step = self._end.x() - self._start.x()
        if px == 0 or abs(step) < px:
            return
        head = min(HEAD_PX, abs(step) / px)
        back = QPointF(-head * px if step > 0 else head * px, 0)
        side = QPointF(0, head * py / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen(self._colour, SHAFT_PX))
        painter.drawLine(self._start, self._end + back)
        painter.setPen(pen(self._colour, 1))
        painter.setBrush(QColor(self._colour))
        painter.drawPolygon(
            QPolygonF([self._end, self._end + back + side, self._end + back - side])
        )

    def _pixel(self) -> tuple[float, float]:
        """Return how wide and how high a pixel is, in data units; 0 before the first layout."""
        horizontal, vertical = self.pixelVectors()
        if horizontal is None or vertical is None:
            return 0.0, 0.0
        return abs(horizontal.x()), abs(vertical.y())
