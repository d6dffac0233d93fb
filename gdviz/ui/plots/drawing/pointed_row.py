"""PointedRow: one row of the data that is pointed at, and how far the line is from it."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor

from gdviz.core.descent.trajectory import Row
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.row_errors import row_error
from gdviz.ui.plots.drawing.free_places import all_over, along, moved_into, stand_freely
from gdviz.ui.plots.drawing.marks import Dots, draw_within, stroke_pen
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.residuals import draw_squares, squares
from gdviz.ui.plots.drawing.sheet import Mark, Paper, Points
from gdviz.ui.theme import LIGHT, Theme

RING_PX = 17.0
STICK_PX, OUTLINE_PX, FRAME_PX, FILLED = 3.5, 2.0, 1.2, 60


class PointedRow:
    """A ring around the dot of a row, its error as a stick or a square, and a note beside it.

    Attributes
    ----------
    number : int
        Of the row, counted from 1; 0: none.
    """

    def __init__(self) -> None:
        self.number = 0
        self.ring, self.error, self.note = Dots(RING_PX, "ring", "text"), OneError(), FramedNote()

    def show_row(self, dataset: Dataset, row: Row) -> None:
        """Say how far the line of one iteration is from it."""
        if not 0 < self.number <= len(dataset):
            self.note.say("")
            self.ring.set_points([], [])
            self.error.set_points([], [])
            return
        x, y = float(dataset.x[self.number - 1]), float(dataset.y[self.number - 1])
        line = row.weight * x + row.bias
        self.ring.set_points([x], [y])
        self.error.set_points(*([x, x], [y, line]) if np.isfinite(line) else ([], []))
        self.note.say(str(row_error(row.weight, row.bias, x, y)))

    def stand_free(self, dots: Points, line: Points, taken: Sequence[QRectF]) -> None:
        """Put the note where it covers least.

        Parameters
        ----------
        dots : ndarray of shape (n, 2)
            Of all rows, in pixels, as all that follows.
        line : ndarray of shape (2, 2)
            The ends of the line, as far as it is seen.
        taken : sequence of QRectF
            Where other words are.
        """
        view = self.note.getViewBox()
        if view.rect().isEmpty():
            return
        room, reach = view.sceneBoundingRect(), self.ring.reach_px / 2
        dot = self.ring.in_pixels(self.ring.points)[0]
        left, top = (dot - reach).tolist()
        ring = QRectF(left, top, 2 * reach, 2 * reach)
        error = along(moved_into(room, QSizeF(0, 0), self.error.outline(room)))
        seen = np.concatenate((dots, along(line), error))
        stand_freely(self.note, all_over(room), seen, (ring, *taken), dot)


class FramedNote(Note):
    """Words in a frame of the same colour."""

    def __init__(self) -> None:
        super().__init__("text")

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self.border = stroke_pen(theme, "text", FRAME_PX)


class OneError(Mark):
    """The error of one row, as a strong stick, and as a square where squares are shown."""

    def __init__(self) -> None:
        super().__init__()
        self._square, self._theme = False, LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def set_square(self, square: bool) -> None:
        """Draw its square, too, or don't."""
        self._square = square
        self.update()

    def outline(self, room: QRectF) -> Points:
        """Return the ends of its lines in pixels, in a room."""
        ends = np.clip(self.in_pixels(self.points), -1e6, 1e6)
        if not (self._square and len(ends)):
            return ends
        left, top, side, _ = squares(ends, room)[0]
        low, high = np.array((left, top)), np.array((left, top)) + side
        corners = np.array((low, (high[0], low[1]), high, (low[0], high[1])))
        return np.repeat(corners, 2, axis=0).take(range(1, 9), axis=0, mode="wrap")

    def paint(self, paper: Paper) -> None:
        """Draw the square, then the stick that is one side of it."""
        ends = np.clip(paper.pixels(self.points), -1e6, 1e6)
        if self._square:
            colour = QColor(self._theme.text)
            colour.setAlpha(FILLED)
            paper.painter.setPen(stroke_pen(self._theme, "text", OUTLINE_PX))
            paper.painter.setBrush(colour)
            draw_squares(paper, squares(ends, paper.box))
        paper.painter.setPen(stroke_pen(self._theme, "text", STICK_PX))
        draw_within(paper, ends, pairs=True)
