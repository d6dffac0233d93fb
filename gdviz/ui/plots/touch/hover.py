"""Rings: points of the data that are picked out, and the point under the mouse."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from gdviz.core.geometry.thinning import MOST_POINTS
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.drawing.marks import Dots
from gdviz.ui.theme import Theme

if TYPE_CHECKING:
    from gdviz.ui.plots.plot import Plot

REACH_PX = 9.0


class Rings(QObject):
    """Rings around some points of a scatter; says which point the mouse is on.

    Signals
    -------
    point_hovered(int)
        The mouse is on the point of this row; -1 when it is on none any more.
    """

    point_hovered = Signal(int)

    def __init__(self, plot: "Plot") -> None:
        super().__init__(plot)
        self._plot = plot
        self._dataset: Dataset | None = None
        self._hovered = -1
        self.mark = Dots(15, "ring")
        self.rows: list[int] = []
        plot.moving.add(self.mark)

    def set_listening(self, listening: bool) -> None:
        """Follow the mouse, or let it be."""
        viewport = self._plot.viewport()
        viewport.removeEventFilter(self)
        if listening:
            viewport.setMouseTracking(True)
            viewport.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.mark.set_colours(theme.text, theme.plot)

    def set_dataset(self, dataset: Dataset) -> None:
        """Look for points of other data; what is picked out stays, as far as it is there."""
        self._dataset = dataset
        self.set_rows([row for row in self.rows if row < len(dataset)])

    def set_rows(self, rows: list[int]) -> None:
        """Ring the points of these rows."""
        assert self._dataset is not None
        self.rows = rows
        self.mark.set_points(self._dataset.x[rows], self._dataset.y[rows])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look which point is under the mouse; every event goes on."""
        del watched
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            dragging = event.buttons() != Qt.MouseButton.NoButton
            self._hover(-1 if dragging else self._point_at(event.position()))
        elif event.type() is QEvent.Type.Leave:
            self._hover(-1)
        return False

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.point_hovered.emit(row)

    def _point_at(self, position: QPointF) -> int:
        """Return the row of the nearest point within reach; -1 if there is none."""
        if self._dataset is None or len(self._dataset) > MOST_POINTS:
            return -1
        scene = self._plot.mapToScene(position.toPoint())
        if not self._plot.view.sceneBoundingRect().contains(scene):
            return -1
        data = np.column_stack((self._dataset.x, self._dataset.y))
        away = self.mark.in_pixels(data) - np.array([scene.x(), scene.y()])
        distances: NDArray[np.float64] = np.hypot(*away.T)
        nearest = int(distances.argmin())
        return nearest if distances[nearest] <= REACH_PX else -1
