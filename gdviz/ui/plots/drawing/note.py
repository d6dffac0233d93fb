"""Note: a text in the plane, upright and of one size however the plane is zoomed."""

import pyqtgraph as pg
from PySide6.QtGui import QTransform


class Note(pg.TextItem):
    """A text at a point of a plane that is only scaled and shifted.

    pyqtgraph takes the inverse of the plane's transform by its determinant, which underflows where
    both axes are huge; where nothing is turned, each scale has an inverse of its own.
    """

    _scales: QTransform | None = None

    def updateTransform(self, force: bool = False) -> None:
        """Undo the scales of the plane, unless it has no size yet."""
        plane = self.parentItem()
        if plane is None or not self.isVisible():
            return
        scales = plane.sceneTransform()
        if not force and scales == self._scales:
            return
        if scales.m11() and scales.m22():
            upright = QTransform.fromScale(1 / scales.m11(), 1 / scales.m22())
            self.setTransform(upright.rotate(-self.angle))
            self._scales = scales
            self.updateTextPos()
