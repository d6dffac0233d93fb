"""Note: a few words in a picture."""

from collections.abc import Iterable
from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QTransform

from gdviz.ui.theme import Theme, plot_font


class Note(pg.TextItem):
    """Words at a place of the plane; hidden where there are none.

    Level words never reach out of the picture: they stand as near to their place as they can, on
    several lines where one is too long.

    Parameters
    ----------
    colour : str
        The name of their colour in a theme.
    covers : bool
        Whether they stand on a ground of their own, which covers what is below.
    """

    def __init__(self, colour: str, covers: bool = True) -> None:
        super().__init__()
        self._colour, self._covers = colour, covers
        self._scales: QTransform | None = None
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme, and its type."""
        self.setFont(plot_font(theme))
        self.setColor(theme.text_of(self._colour))
        if self._covers:
            self.fill = pg.mkBrush(theme.plot)

    def say(self, text: str) -> None:
        """Say something; nothing: be silent."""
        if text != self.toPlainText():
            self.setText(text)
        if bool(text) is not self.isVisible():
            self.setVisible(bool(text))
            self.updateTransform(force=True)

    def setPos(self, *place: Any) -> None:  # noqa: ANN401
        """Stand at another place of the plane."""
        super().setPos(*place)
        self.updateTextPos()

    def updateTextPos(self) -> None:
        """Put the words where the anchor says, but into the picture."""
        view = self.getViewBox()
        if view is None or self.angle or view.rect().isEmpty():
            super().updateTextPos()
            return
        words, room = self.textItem, view.sceneBoundingRect()
        words.setTextWidth(-1)
        if words.boundingRect().width() > room.width():
            words.setTextWidth(room.width())
        size = words.boundingRect().size()
        place = self.parentItem().mapToScene(self.pos())
        left = place.x() - self.anchor.x() * size.width()
        top = place.y() - self.anchor.y() * size.height()
        left = max(min(left, room.right() - size.width()), room.left())
        top = max(min(top, room.bottom() - size.height()), room.top())
        words.setPos(left - place.x(), top - place.y())

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


def lower_end(notes: Iterable[Note], top: float = 0.0) -> float:
    """Return how far down notes at the top reach that say something, in pixels of the picture."""
    ends: list[float] = [
        note.textItem.sceneBoundingRect().bottom() for note in notes if note.isVisible()
    ]
    return max((top, *ends))
