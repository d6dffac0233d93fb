"""Note: a few words in a picture."""

import pyqtgraph as pg
from PySide6.QtGui import QTransform

from gdviz.ui.theme import Theme


class Note(pg.TextItem):
    """Words at a place, in a theme's colour, on a ground of their own; hidden if there are none."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self._scales: QTransform | None = None
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setColor(theme.colour(self._colour))
        self.fill = pg.mkBrush(theme.plot)

    def say(self, text: str) -> None:
        """Say something; nothing: be silent."""
        if text != self.toPlainText():
            self.setText(text)
        self.setVisible(bool(text))

    def updateTransform(self, force: bool = False) -> None:
        """Undo the scales of the plane, unless it has no size yet.

        pyqtgraph takes the inverse of the plane's transform by its determinant, which underflows
        where both axes are huge; where nothing is turned, each scale has an inverse of its own.
        """
        plane = self.parentItem()
        if plane is None or not self.isVisible():
            return
        scales = plane.sceneTransform()
        if scales.m11() and scales.m22() and (force or scales != self._scales):
            upright = QTransform.fromScale(1 / scales.m11(), 1 / scales.m22())
            self.setTransform(upright.rotate(-self.angle))
            self._scales = scales
            self.updateTextPos()
