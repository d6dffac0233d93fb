"""DataEditing: points that can be grabbed, added and removed; it asks, and changes nothing."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

from gdviz.ui.plots.drawing.marks import Dots
from gdviz.ui.plots.touch.reach import nearest
from gdviz.ui.plots.touch.readout import pointed_at

if TYPE_CHECKING:
    from gdviz.ui.plots.plot import Plot

# How near the mouse must be to take hold of a point, and how far it must go to move it.
REACH_PX = 10.0
SLACK_PX = 3.0
NUDGE_PX = 4.0

_NUDGES = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
_STEPS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class DataEditing(QObject):
    """What mouse and keys do to the points of a plot, which are in the order of the rows.

    The plot hands its events over; each method says whether the event was for a point.

    Attributes
    ----------
    rings : Dots
        Around the point under the mouse and the chosen one.
    chosen : int or None
        The row that keys act on.

    Signals
    -------
    point_moved(int, float, float)
        The user wants this row at this x and y; while dragging, with every move of the mouse.
    points_removed(list of int)
    counting_requested(Calendar)
        Dates on x are to be counted otherwise.
    chosen_changed()
        Another point is the chosen one, or none.
    """

    point_moved = Signal(int, float, float)
    point_added = Signal(float, float)
    points_removed = Signal(list)
    counting_requested = Signal(object)
    chosen_changed = Signal()
    drag_began = Signal()
    drag_ended = Signal()

    def __init__(self, plot: "Plot", dots: Dots) -> None:
        super().__init__(plot)
        self._plot, self._dots = plot, dots
        self._points = dots.points
        self.rings = Dots(15, "ring", "data")
        self.dragging = False
        self.chosen: int | None = None
        self._chosen_before: int | None = None
        self._hovered: int | None = None
        self._held: int | None = None
        self._pressed_at = self._offset = QPointF()
        self._enabled = True

    def set_enabled(self, enabled: bool) -> None:
        """Offer to change points or not, and look at where they are now."""
        before, self._points = self._points, self._dots.points
        same = len(before) == len(self._points)
        if not (enabled and same and (before != self._points).any(axis=1).sum() <= 1):
            # These are other points, not the same ones of which one has moved.
            self.chosen = self._hovered = self._held = None
        self._enabled = enabled
        self._show_rings()

    @property
    def over_point(self) -> bool:
        """Whether the mouse is over a point that could be grabbed."""
        return self._hovered is not None

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of the point that is pressed, and choose it."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        mouse = self._plot.pixel_at(event.position())
        self._held = self.chosen = self._near(mouse)
        self._show_rings()
        if self._held is None:
            return False
        self._pressed_at = mouse
        self._offset = self._point_in_scene(self._held) - mouse
        self._show_cursor()
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Let the point that is held follow the mouse; else mark the one below it."""
        mouse = self._plot.pixel_at(event.position())
        if self._held is None:
            if event.buttons() is Qt.MouseButton.NoButton:
                self._hover(self._near(mouse))
            return False
        if not self.dragging:
            if (mouse - self._pressed_at).manhattanLength() < SLACK_PX:
                return True
            self.dragging = True
            self.drag_began.emit()
        self.point_moved.emit(self._held, *self._rounded(mouse + self._offset))
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Let go of the point."""
        # A point that is dragged may be gone by now, as by other data: the drag ends all the same.
        holding = self._held is not None or self.dragging
        if not holding or event.button() is not Qt.MouseButton.LeftButton:
            return False
        self.let_go()
        return True

    def let_go(self) -> None:
        """Leave the point where it is, if one is held."""
        if self._held is not None:
            self._held = None
            self._show_cursor()
        if self.dragging:
            self.dragging = False
            self.drag_ended.emit()

    def double_click(self, event: QMouseEvent) -> bool:
        """Add a point where there is none."""
        if not self._enabled or event.button() is not Qt.MouseButton.LeftButton:
            return False
        mouse = self._plot.pixel_at(event.position())
        if self._near(mouse) is None:
            self.add_at(mouse)
        return True

    def press_key(self, event: QKeyEvent) -> bool:
        """Choose the next point, move or remove the chosen one, or add one in the middle."""
        key = Qt.Key(event.key())
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in _STEPS:
            self._choose_next(_STEPS[key])
        elif key in _NUDGES and control:
            self._nudge(*_NUDGES[key])
        elif key is Qt.Key.Key_Insert:
            self.add_in_the_middle()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_chosen()
        else:
            return False
        return True

    def leave(self) -> None:
        """Forget the point under the mouse, which has left the plot."""
        self._hover(None)

    def add_in_the_middle(self) -> None:
        """Ask for a point in the middle of what is shown."""
        self.add_at(self._plot.view.sceneBoundingRect().center())

    def add_at(self, scene: QPointF) -> None:
        """Ask for a point at a place of the scene, and choose it."""
        if self._enabled:
            count = len(self._dots.points)
            self.point_added.emit(*self._rounded(scene))
            self.chosen = count if len(self._dots.points) > count else self.chosen
            self._show_rings()

    def remove_chosen(self) -> None:
        """Ask to remove the chosen point, or else the one under the mouse."""
        index = self._hovered if self.chosen is None else self.chosen
        if index is not None:
            self.chosen = self._hovered = self._held = None
            self._show_rings()
            self.points_removed.emit([index])

    def fill_menu(self, menu: QMenu, place: QPoint) -> None:
        """Offer in a menu what can be done at a place of the plot, and with the chosen point."""
        if not self._enabled:
            return
        scene = self._plot.mapToScene(place)
        near = self._near(scene)
        if near is None:
            menu.addAction("Add a point here", partial(self.add_at, scene))
        else:
            menu.addAction("Delete this point", partial(self.points_removed.emit, [near]))
        if self.chosen not in (None, near):
            menu.addAction("Delete the chosen point", self.remove_chosen)
        menu.addSeparator()

    def _choose_next(self, step: int) -> None:
        """Choose the next point to the right, or to the left."""
        count = len(self._dots.points)
        if not self._enabled or not count:
            return
        order = np.lexsort(self._dots.points.T[::-1]).tolist()
        place = order.index(self.chosen) + step if self.chosen is not None else min(step, 0)
        self.chosen = order[place % count]
        self._show_rings()

    def _nudge(self, right: int, up: int) -> None:
        if self.chosen is not None:
            step = QPointF(right, -up) * NUDGE_PX
            place = self._rounded(self._point_in_scene(self.chosen) + step)
            x, y = self._dots.points[self.chosen].tolist()
            # What isn't nudged keeps all its digits.
            self.point_moved.emit(self.chosen, place[0] if right else x, place[1] if up else y)

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self._show_rings()
            self._show_cursor()

    def _show_cursor(self) -> None:
        viewport = self._plot.viewport()
        if self._held is not None:
            viewport.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._hovered is not None:
            viewport.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            viewport.unsetCursor()

    def _show_rings(self) -> None:
        ringed = [index for index in {self.chosen, self._hovered} if index is not None]
        self.rings.set_points(*self._dots.points[ringed].T)
        if self.chosen != self._chosen_before:
            self._chosen_before = self.chosen
            self.chosen_changed.emit()

    def _near(self, scene: QPointF) -> int | None:
        """Return the point nearest to a place of the scene, if it is within reach."""
        if not self._enabled:
            return None
        return nearest(self._dots.in_pixels(self._dots.points), scene, REACH_PX)

    def _point_in_scene(self, index: int) -> QPointF:
        return QPointF(*self._dots.in_pixels(self._dots.points[index : index + 1])[0])

    def _rounded(self, scene: QPointF) -> tuple[float, float]:
        """Return a place in data units, with no more digits than a pixel is worth."""
        x, y, *_ = pointed_at(self._plot, scene)
        return x, y
