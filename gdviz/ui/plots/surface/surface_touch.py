"""SurfaceTouch: mouse and keys turn the surface and drag its hiker."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gdviz.core.descent.bowl import Point
from gdviz.ui.plots.drawing.marks import Dots
from gdviz.ui.plots.surface.camera import Camera
from gdviz.ui.plots.touch.letting_go import LettingGo

# How near the mouse must be to take hold of the hiker.
REACH_PX = 12
# How far a key turns and a pixel of a drag, and how much a key or a notch of the wheel zooms.
KEY_DEGREES, DRAG_DEGREES, ZOOM, NOTCH = 5.0, 0.5, 1.15, 120
TURNS = {
    Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
ZOOMS = {Qt.Key.Key_Plus: ZOOM, Qt.Key.Key_Equal: ZOOM, Qt.Key.Key_Minus: 1 / ZOOM}
COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class SurfaceTouch(QObject):
    """Leads a camera around the surface, and the hiker over it.

    Parameters
    ----------
    surface : QWidget
        What is touched.
    hiker : Dots
        Its point is where the hiker is seen, in pixels of the widget.
    start_at : callable
        Tells which start a pixel means, if any.

    Attributes
    ----------
    camera : Camera
        From where the surface is seen.
    holding : bool
        Whether the mouse holds the hiker.

    Signals
    -------
    turned(), moved(bool)
        The camera has gone elsewhere; whether it isn't where it was at first.
    start_requested(float, float), hiker_taken(), held(bool)
        As those of a `HikerPlot`.
    """

    turned = Signal()
    moved = Signal(bool)
    start_requested = Signal(float, float)
    hiker_taken = Signal()
    held = Signal(bool)

    def __init__(
        self, surface: QWidget, hiker: Dots, start_at: Callable[[QPointF], Point | None]
    ) -> None:
        super().__init__(surface)
        self.camera = Camera()
        self.holding = False
        self._hiker, self._start_at = hiker, start_at
        self._turned_from: QPointF | None = None
        self._moved = False
        surface.installEventFilter(self)
        LettingGo(surface, self.let_go)

    def go_home(self) -> None:
        """Undo turning and zoom."""
        self.take_sight(Camera())

    @property
    def sight(self) -> Camera | None:
        """The place it is seen from, if it is another than at first."""
        return None if self.camera == Camera() else self.camera

    def take_sight(self, camera: Camera) -> None:
        """Look from elsewhere."""
        self.camera = camera
        self.turned.emit()
        self.moved.emit(self.sight is not None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is meant for the surface itself."""
        del watched
        if isinstance(event, QKeyEvent):
            return event.type() is QEvent.Type.KeyPress and self._take_key(event)
        if isinstance(event, QWheelEvent):
            self.take_sight(self.camera.zoomed(ZOOM ** (event.angleDelta().y() / NOTCH)))
            event.accept()
            return True
        if isinstance(event, QMouseEvent):
            return self._take_mouse(event)
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        """Turn or zoom."""
        camera = self._camera_after(event)
        if camera is not None:
            self.take_sight(camera)
        return camera is not None

    def _camera_after(self, event: QKeyEvent) -> Camera | None:
        """Return where a key leads to, if it does."""
        key = Qt.Key(event.key())
        if event.modifiers() & COMMANDS:
            return None
        if key in TURNS:
            azimuth, elevation = TURNS[key]
            return self.camera.turned(azimuth * KEY_DEGREES, elevation * KEY_DEGREES)
        return self.camera.zoomed(ZOOMS[key]) if key in ZOOMS else None

    def _take_mouse(self, event: QMouseEvent) -> bool:
        if event.type() is QEvent.Type.MouseMove:
            return self._move(event.position())
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        if event.type() is QEvent.Type.MouseButtonRelease:
            self._release(event.position())
        else:
            self._press(event.position())
        return True

    def _press(self, mouse: QPointF) -> None:
        """Take hold of the hiker, or else of the surface."""
        self._moved = False
        self.holding = self._is_on_hiker(mouse)
        if self.holding:
            self.held.emit(True)
        else:
            self._turned_from = mouse

    def _move(self, mouse: QPointF) -> bool:
        """Let what is held follow the mouse, if anything is."""
        if self.holding:
            if not self._moved:
                self.hiker_taken.emit()
            self._moved = True
            self._request_start(mouse)
        elif self._turned_from is not None:
            shift = (mouse - self._turned_from) * DRAG_DEGREES
            self._turned_from = mouse
            self.take_sight(self.camera.turned(-shift.x(), shift.y()))
        return self.holding or self._turned_from is not None

    def _release(self, mouse: QPointF) -> None:
        if self.holding and self._moved:
            self._request_start(mouse)
        self.let_go()

    def let_go(self) -> None:
        """Leave the hiker and the surface as they are, if they are held."""
        self._turned_from = None
        if self.holding:
            self.holding = False
            self.held.emit(False)

    def _request_start(self, mouse: QPointF) -> None:
        start = self._start_at(mouse)
        if start is not None:
            self.start_requested.emit(*start)

    def _is_on_hiker(self, mouse: QPointF) -> bool:
        away = self._hiker.points - mouse.toTuple()
        return bool((np.abs(away).sum(axis=1) <= REACH_PX).any())
