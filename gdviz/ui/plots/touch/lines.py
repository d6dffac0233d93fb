"""LineDragging: the line in the data plot as a handle: lift it, or turn it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Row
from gdviz.core.words.numbers import number_in_steps
from gdviz.ui.plots.drawing.marks import Curve
from gdviz.ui.plots.touch.reach import is_on

if TYPE_CHECKING:
    from gdviz.ui.plots.plot import Plot

# How near the mouse must be to take hold of the line.
REACH_PX = 7.0
# The middle part of the picture lifts the line, the rest turns it.
MIDDLE = 0.3
# A line is not turned from nearer to where it turns than this share of the picture.
NEAREST = 0.04
LIFT, TURN = "Drag: lift the line", "Drag: turn the line"


class LineDragging(QObject):
    """What the mouse does to the line: the middle lifts it, the ends turn it.

    It turns about the middle of the data, and without a bias, which then is fixed, about the place
    where x is 0. The plot hands its events over; each method says whether the event was for the
    line.

    Signals
    -------
    start_requested(float, float)
        The user wants this line, a weight and a bias, for a start.
    taken()
        The line is about to be dragged, from wherever it is.
    held(bool)
        The mouse has taken hold of the line, or let it go.
    """

    start_requested = Signal(float, float)
    taken = Signal()
    held = Signal(bool)

    def __init__(self, plot: "Plot", line: Curve) -> None:
        super().__init__(plot)
        self._plot, self._line = plot, line
        self._experiment: Experiment | None = None
        self._row: Row | None = None
        # The line when it was taken, and where the mouse was.
        self._from: Row | None = None
        self._pressed = QPointF()
        self._lifts = self._moved = False

    def set_experiment(self, experiment: Experiment) -> None:
        """Look at other data or settings."""
        self._experiment = experiment

    def show_row(self, row: Row) -> None:
        """Know the line of one iteration."""
        self._row = row

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of the line, if it is pressed."""
        if event.button() is not Qt.MouseButton.LeftButton or not self._is_on_line(event):
            return False
        self._from, self._pressed = self._row, self._plot.place_at(event.position())
        self._lifts, self._moved = self._is_in_middle(event), False
        self._plot.hold_still(True)
        self.held.emit(True)
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Let the line follow the mouse; if none is held, say by the cursor what could be."""
        if self._from is None:
            self._show_cursor(event)
            return False
        if not self._moved:
            self._moved = True
            self.taken.emit()
        line = self._line_through(self._plot.place_at(event.position()))
        if line is not None:
            self.start_requested.emit(*line)
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Let go of the line."""
        del event
        is_held = self._from is not None
        self.let_go()
        return is_held

    def let_go(self) -> None:
        """Leave the line where it is, if it is held."""
        if self._from is not None:
            self._from = None
            self._plot.hold_still(False)
            self.held.emit(False)

    def _line_through(self, place: QPointF) -> Point | None:
        """Return the line that the mouse means, with no more digits than a pixel is worth."""
        assert self._from is not None
        weight, bias = self._from.weight, self._from.bias
        y_px = self._plot.view.viewPixelSize()[1]
        if self._lifts:
            lifted = bias + place.y() - self._pressed.y()
            return Point(weight, number_in_steps(lifted, y_px))
        x, y = self._pivot
        (left, right), _ = self._plot.view.viewRange()
        if abs(place.x() - x) < NEAREST * (right - left):
            return None
        turned = (place.y() - y) / (place.x() - x)
        turned = number_in_steps(turned, y_px / abs(place.x() - x))
        return Point(turned, number_in_steps(y - turned * x, y_px) if self._with_bias else bias)

    @property
    def _with_bias(self) -> bool:
        return self._experiment is not None and self._experiment.with_bias

    @property
    def _pivot(self) -> tuple[float, float]:
        """Where the line turns."""
        assert self._experiment is not None
        assert self._from is not None
        x = self._experiment.dataset.bowl.mean_x if self._with_bias else 0.0
        return x, self._from.weight * x + self._from.bias

    def _is_on_line(self, event: QMouseEvent) -> bool:
        """Tell whether the mouse is near the piece of the line that is shown."""
        mouse = self._plot.pixel_at(event.position())
        return self._experiment is not None and is_on(self._line, mouse, REACH_PX)

    def _is_in_middle(self, event: QMouseEvent) -> bool:
        """Tell whether the line would be lifted; without a bias it only turns."""
        if not self._with_bias:
            return False
        (left, right), _ = self._plot.view.viewRange()
        share = (self._plot.place_at(event.position()).x() - left) / (right - left)
        return bool(abs(share - 0.5) < MIDDLE / 2)

    def _show_cursor(self, event: QMouseEvent) -> None:
        viewport = self._plot.viewport()
        if event.buttons() is not Qt.MouseButton.NoButton or not self._is_on_line(event):
            viewport.unsetCursor()
            viewport.setToolTip("")
            return
        lifts = self._is_in_middle(event)
        vertical, cross = Qt.CursorShape.SizeVerCursor, Qt.CursorShape.PointingHandCursor
        viewport.setCursor(vertical if lifts else cross)
        viewport.setToolTip(LIFT if lifts else TURN)
