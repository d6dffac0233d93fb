"""StartablePlot: a plot in which a run's start can be dragged, or set by a double-click."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from gdviz.core.bowl import Point
from gdviz.ui.plots.items import Dots
from gdviz.ui.plots.legend import Entry
from gdviz.ui.plots.plot import Plot, keep_painted
from gdviz.ui.theme import Theme

# How near the mouse must be to take hold of the start.
REACH_PX = 12


class StartablePlot(Plot):
    """A plot with a ring at the start of the run.

    Attributes
    ----------
    start_ring : Dots

    Signals
    -------
    start_requested(float, float)
        The user wants to start from this weight and bias.
    """

    start_requested = Signal(float, float)

    def __init__(
        self,
        name: str,
        title: str,
        description: str,
        entries: tuple[Entry, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, title, description, entries, parent)
        self.start_ring = Dots(14, "ring")
        keep_painted(self.start_ring)
        self._dragging = False

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self.start_ring.set_colours(theme.hiker, theme.plot)

    def start_at(self, place: QPointF) -> tuple[Point, QPointF]:
        """Return the start that a place of the plot means, and where the ring then stands."""
        raise NotImplementedError

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Start from there."""
        if event.button() is Qt.MouseButton.LeftButton:
            event.accept()
            self._request_start(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the start, if that is what is pressed."""
        self._dragging = event.button() is Qt.MouseButton.LeftButton and self._is_on_ring(event)
        if not self._dragging:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the ring follow the mouse."""
        if self._dragging:
            _, ring = self.start_at(self.place_of(event))
            self.start_ring.set_points([ring.x()], [ring.y()])
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Start from where the ring was let go."""
        if not self._dragging:
            super().mouseReleaseEvent(event)
            return
        self._dragging = False
        self._request_start(event)

    def place_of(self, event: QMouseEvent) -> QPointF:
        """Return where the mouse is, in units of the plot."""
        scene = self.mapToScene(event.position().toPoint())
        place: QPointF = self.view.mapSceneToView(scene)
        return place

    def _request_start(self, event: QMouseEvent) -> None:
        start, _ = self.start_at(self.place_of(event))
        self.start_requested.emit(*start)

    def _is_on_ring(self, event: QMouseEvent) -> bool:
        mouse = self.mapToScene(event.position().toPoint())
        rings = [self.view.mapViewToScene(QPointF(*ring)) for ring in self.start_ring.points]
        return any((ring - mouse).manhattanLength() <= REACH_PX for ring in rings)
