"""Residuals: what is left between the points and the line, as sticks or as squares."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from gdviz.core.descent.trajectory import Row
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.marks import draw_path, halo, path_in, polygon, stroke_pen
from gdviz.ui.plots.drawing.sheet import Mark, Paper, Points
from gdviz.ui.theme import LIGHT, Theme

KINDS = {"none": "&None", "sticks": "&Sticks", "squares": "S&quares"}
# More would hide each other; these are picked evenly from all rows.
MOST_STICKS, MOST_SQUARES = 400, 120
FILLED = 26
STICK_PX = 1.8


class Residuals(Mark):
    """A stick from each point to the line, or a square whose side it is, or neither: see `KINDS`.

    The area of a square, in squared units of y, is the squared error; the mean area is the loss.
    """

    in_pairs = True

    def __init__(self) -> None:
        super().__init__()
        self.kind = "none"
        self._dataset: Dataset | None = None
        self._rows = np.empty(0, dtype=np.int64)
        self._row: Row | None = None
        self._theme = LIGHT
        self._reach_px = STICK_PX
        self.visible = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the legend says of them."""
        if self.kind == "none":
            return ()
        some, equals = "", "="
        if self._dataset is not None and len(self._rows) < self._dataset.n_rows:
            some, equals = f" ({len(self._rows)} of {self._dataset.n_rows:,})", "≈"
        if self.kind == "sticks":
            return (Entry("line", "muted", f"errors{some}"),)
        return (Entry("square", "muted", f"squares{some}: mean area {equals} loss"),)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def set_kind(self, kind: str) -> None:
        """Choose ``none``, ``sticks`` or ``squares``."""
        self.kind = kind
        self._choose_rows()
        self.set_visible(self._drawn)
        if self._row is not None:
            self.show_row(self._row)
        self.update()

    def set_dataset(self, dataset: Dataset) -> None:
        """Take other data."""
        self._dataset, self._row = dataset, None
        self._choose_rows()
        self.set_points([], [])

    def set_lit(self, lit: bool) -> None:
        """Put a light around them; where they aren't drawn, they are as long as it is on."""
        super().set_lit(lit)
        self.set_kind(self.kind)

    def show_row(self, row: Row) -> None:
        """Reach from the points to the line of one iteration."""
        self._row = row
        if not self._drawn or self._dataset is None:
            return
        x, y = self._dataset.x[self._rows], self._dataset.y[self._rows]
        with np.errstate(over="ignore", invalid="ignore"):
            line = row.weight * x + row.bias
        fits = np.isfinite(line)
        x, y, line = x[fits], y[fits], line[fits]
        self.set_points(np.repeat(x, 2), np.column_stack((y, line)).ravel())

    @property
    def _drawn(self) -> bool:
        return self.kind != "none" or self.lit

    def _choose_rows(self) -> None:
        count = len(self._dataset) if self._dataset is not None else 0
        most = MOST_SQUARES if self.kind == "squares" else MOST_STICKS
        self._rows = np.linspace(0, count - 1, min(count, most)).astype(np.int64)

    def paint(self, paper: Paper) -> None:
        """Draw sticks or squares."""
        points = np.clip(paper.pixels(self.points), -1e6, 1e6)
        if self.kind == "squares":
            self._paint_squares(paper, squares(points, paper.box))
        pen = stroke_pen(self._theme, "muted", STICK_PX)
        if self.lit:
            paper.painter.setPen(halo(pen))
            self._paint_sticks(paper, points)
        if self.lit or self.kind == "sticks":
            paper.painter.setPen(pen)
            self._paint_sticks(paper, points)

    def _paint_sticks(self, paper: Paper, points: Points) -> None:
        if paper.clips:
            paper.painter.drawLines(polygon(points).toList())
        else:
            draw_path(paper.painter, path_in(points, paper.box, pairs=True))

    def _paint_squares(self, paper: Paper, boxes: Points) -> None:
        colour = QColor(self._theme.muted)
        colour.setAlpha(FILLED)
        paper.painter.setPen(stroke_pen(self._theme, "muted", 1.0))
        paper.painter.setBrush(colour)
        draw_squares(paper, boxes)


def draw_squares(paper: Paper, boxes: Points) -> None:
    """Draw squares, given as by `squares`, as far as they are in sight."""
    # SVG's painter can't clip: what goes into it is cut to the view.
    drawn = [QRectF(*box) if paper.clips else QRectF(*box) & paper.box for box in boxes.tolist()]
    paper.painter.drawRects([box for box in drawn if box.intersects(paper.box)])


def squares(points: Points, room: QRectF) -> Points:
    """Return the squares on sticks: left, top, width and height, of shape (n, 4).

    Parameters
    ----------
    points : ndarray of shape (2 n, 2)
        The two ends of each stick, in pixels.
    room : QRectF
        A square that doesn't fit into it on the right of its stick is where there is more of it.
    """
    first, second = points[::2], points[1::2]
    side = np.abs(second[:, 1] - first[:, 1])
    beside, before = room.right() - first[:, 0], first[:, 0] - room.left()
    left = np.where((side <= beside) | (before < beside), first[:, 0], first[:, 0] - side)
    return np.column_stack((left, np.minimum(first[:, 1], second[:, 1]), side, side))
