"""Hover: what the mouse is on; PickedRows: points of the data that are picked out."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.drawing.marks import Dots
from gdviz.ui.plots.touch.reach import nearest

if TYPE_CHECKING:
    from gdviz.ui.plots.plot import Plot
    from gdviz.ui.plots.surface.surface import Surface

Thing = TypeVar("Thing")

REACH_PX = 9.0


class Hover(QObject, Generic[Thing]):
    """Follows the mouse over a plot, and says when it comes onto something else.

    Parameters
    ----------
    find : callable
        Returns what is at a place among the view's pixels.
    nothing : object
        What it returns where there is none.
    """

    changed = Signal(object)

    def __init__(
        self, plot: "Plot | Surface", find: Callable[[QPointF], Thing], nothing: Thing
    ) -> None:
        super().__init__(plot)
        self._plot, self._find = plot, find
        self._nothing = self._found = nothing
        self._mouse: QPointF | None = None
        self._listening = False

    def set_listening(self, listening: bool) -> None:
        """Follow the mouse, or let it be."""
        if listening is self._listening:
            return
        self._listening = listening
        viewport = self._plot.viewport()
        if listening:
            viewport.setMouseTracking(True)
            viewport.installEventFilter(self)
        else:
            viewport.removeEventFilter(self)
            self.forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look what is under the mouse; every event goes on."""
        del watched
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            free = event.buttons() == Qt.MouseButton.NoButton
            self._mouse = event.position() if free else None
            self.look_again()
        elif event.type() is QEvent.Type.Leave:
            self.forget()
        return False

    def forget(self) -> None:
        """Find nothing until the mouse moves."""
        self._mouse = None
        self.look_again()

    def look_again(self) -> None:
        """Look what is under the mouse now, which may have stayed while the picture changed."""
        found = self._nothing
        if self._mouse is not None:
            pixel = self._plot.pixel_at(self._mouse)
            if self._plot.frame().contains(pixel.toPoint()):
                found = self._find(pixel)
        self._take(found)

    def _take(self, found: Thing) -> None:
        if found != self._found:
            self._found = found
            self.changed.emit(found)


class PickedRows:
    """Rings around some points of a scatter, which are in the order of the rows.

    Its `hover` says the row of the point under the mouse; None where there is none.
    """

    def __init__(self, plot: "Plot", dots: Dots) -> None:
        self._dots = dots
        self._dataset: Dataset | None = None
        self.rows: list[int] = []
        self.mark = Dots(15, "ring", "text")
        plot.moving.add(self.mark)
        self.hover = Hover[int | None](plot, self.row_at, None)

    def set_dataset(self, dataset: Dataset) -> None:
        """Look for points of other data; what is picked out stays, as far as it is there."""
        self._dataset = dataset
        self.set_rows([row for row in self.rows if row < len(dataset)])

    def set_rows(self, rows: list[int]) -> None:
        """Ring the points of these rows."""
        assert self._dataset is not None
        self.rows = rows
        self.mark.set_points(self._dataset.x[rows], self._dataset.y[rows])

    def row_at(self, pixel: QPointF) -> int | None:
        """Return the row of the point at a place among the view's pixels, if there is one."""
        if self._dots.is_empty:
            return None
        return nearest(self._dots.in_pixels(self._dots.points), pixel, REACH_PX)
