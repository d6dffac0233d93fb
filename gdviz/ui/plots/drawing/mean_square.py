"""MeanSquare: a square as large as those of the errors are on average: its area is the loss."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from gdviz.core.words.numbers import number_text
from gdviz.ui.plots.drawing.free_places import box_of
from gdviz.ui.plots.drawing.marks import stroke_pen
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.sheet import Mark, Paper, Points
from gdviz.ui.theme import LIGHT, Theme

OUTLINE_PX, FILLED, MARGIN_PX = 3.0, 30, 8.0
# A square that takes more of the room would hide what it is the mean of.
MOST_OF_ROOM = 0.7
# The share of the room's width and height that counts as a corner.
CORNER = 0.45
DIGITS = 4
# Left or right, at the top or at the bottom.
CORNERS = (0, 0), (1, 0), (1, 1), (0, 1)


class MeanSquare(Mark):
    """A square in a corner of the picture, and a note that says what its area is.

    Attributes
    ----------
    note : Note
    """

    def __init__(self) -> None:
        super().__init__()
        self.note = Note("curve")
        self._loss, self._corner, self._theme = 0.0, CORNERS[0], LIGHT
        self.visible = False
        self.set_points([0.0], [0.0])  # it is in its corner wherever the data are

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def set_visible(self, visible: bool) -> None:
        """Show or hide it, and what is said of it."""
        super().set_visible(visible)
        self.show_loss(self._loss)

    def stand_free(self, dots: Points, taken: Sequence[QRectF]) -> None:
        """Stand in the corner with the fewest dots, in pixels, and with no other words."""
        room = self._room
        if not room.isEmpty():
            shares = (dots - (room.left(), room.top())) / (room.width(), room.height())

            def covered(corner: tuple[int, int]) -> tuple[bool, int]:
                box = self._box(CORNER * room.width(), CORNER * room.height(), corner)
                dots_there = (np.abs(shares - corner) < CORNER).all(axis=1).sum()
                return any(map(box.intersects, taken)), int(dots_there)

            self._corner = min(CORNERS, key=covered)
        self.show_loss(self._loss)

    def show_loss(self, loss: float) -> None:
        """Be as large as the loss."""
        self._loss = loss
        box, (right, low) = self.box, self._corner
        self.note.say("" if box.isEmpty() else f"mean area:\nloss {number_text(loss, DIGITS)}")
        if not box.isEmpty():
            # Below the square, or above one that is at the bottom.
            self.note.setAnchor((right, low))
            place = QPointF(
                box.right() if right else box.left(), box.top() if low else box.bottom()
            )
            self.note.setPos(self.note.getViewBox().mapSceneToView(place))
        self.update()

    @property
    def box(self) -> QRectF:
        """Where it is, in pixels; empty where there is no room for it."""
        room = self._room
        if not self.visible or self.sheet is None or room.isEmpty():
            return QRectF()
        side = math.sqrt(self._loss) * abs(float(self.sheet.scale_and_shift()[0][1]))
        fits = side <= MOST_OF_ROOM * min(room.width(), room.height())
        return self._box(side, side, self._corner) if fits else QRectF()

    @property
    def taken(self) -> list[QRectF]:
        """What it and its note cover."""
        return [self.box, box_of(self.note)] if self.note.isVisible() else []

    def paint(self, paper: Paper) -> None:
        """Draw it."""
        colour = QColor(self._theme.curve)
        colour.setAlpha(FILLED)
        paper.painter.setPen(stroke_pen(self._theme, "curve", OUTLINE_PX))
        paper.painter.setBrush(colour)
        box = self.box
        paper.painter.drawRects([box] if not box.isEmpty() else [])

    @property
    def _room(self) -> QRectF:
        """The picture, up to its margin."""
        view = self.note.getViewBox()
        if view is None or view.rect().isEmpty():
            return QRectF()
        margin = MARGIN_PX
        return QRectF(view.sceneBoundingRect().adjusted(margin, margin, -margin, -margin))

    def _box(self, width: float, height: float, corner: tuple[int, int]) -> QRectF:
        right, low = corner
        room = self._room
        left = room.left() + right * (room.width() - width)
        return QRectF(left, room.top() + low * (room.height() - height), width, height)
