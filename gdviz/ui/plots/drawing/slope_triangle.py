"""SlopeTriangle: rise and run of the tangent at the hiker, with their numbers."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPolygonF

from gdviz.core.descent.quadratic import Quadratic
from gdviz.core.geometry.tangents import Place, Triangle, slope_triangle
from gdviz.core.words.numbers import number_text
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.marks import stroke_pen
from gdviz.ui.plots.drawing.sheet import Mark, Paper, Points
from gdviz.ui.plots.drawing.words import GAP, box_of, moved_into, write
from gdviz.ui.theme import LIGHT, Theme, plot_font

# How strong the ground between the legs is, of 255.
FILLED = 40
LEG_PX, HEAD_PX = 2.5, 13.0
# How far from the hiker's middle a leg ends, and words stay.
HIKER_PX = 10.0
APART_PX = 18.0
# A rise of fewer pixels looks level.
LEVEL_PX = 0.75
DIGITS = 3


class Words(NamedTuple):
    """What is written at a leg, and where."""

    text: str
    box: QRectF


class SlopeTriangle(Mark):
    """A right triangle below the tangent, whose run is a round number: the sign has an arrowhead.

    All of it is on the outer side of the curve, where nothing else is.
    """

    entries = (Entry("line", "slope", "run and rise"),)

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._slope, self._curve = 0.0, Quadratic(0.0, 0.0, 0.0)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show(self, place: Place | None, slope: float, curve: Quadratic) -> None:
        """Stand at a place of a curve, if it is seen."""
        if (slope, curve) != (self._slope, self._curve):
            self._slope, self._curve = slope, curve
            self.update()
        self.set_points(*np.reshape(place or (), (-1, 2)).T)

    def paint(self, paper: Paper) -> None:
        """Draw the legs, what is between them, and their numbers."""
        triangle = self.triangle(paper)
        if triangle is None:
            return
        painter, colour = paper.painter, QColor(self._theme.slope)
        start, corner, end = self._corners(paper, triangle)
        filled = QColor(colour)
        filled.setAlpha(FILLED)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(filled)
        painter.drawPolygon(QPolygonF([start, corner, end]))
        pen = stroke_pen(self._theme, "slope", LEG_PX)
        painter.setPen(pen)
        painter.drawLine(QPointF(start.x(), corner.y()), QPointF(end.x(), corner.y()))
        tail, head = (start, corner) if triangle.rise < 0 else (corner, end)
        if head == self._hiker(paper):
            head = QPointF(head.x(), min(head.y() + HIKER_PX * self._theme.scale, tail.y()))
        way = head.y() - tail.y()
        if abs(way) >= 1:
            size = min(HEAD_PX * self._theme.scale, abs(way))
            back = QPointF(head.x(), head.y() - np.sign(way) * size)
            painter.drawLine(tail, back)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            side = QPointF(size / 2, 0)
            painter.drawPolygon(QPolygonF([head, back + side, back - side]))
        painter.setFont(plot_font(self._theme))
        for words in self.words(paper, triangle):
            write(painter, words.box, words.text, self._theme, "slope")

    def triangle(self, paper: Paper) -> Triangle | None:
        """Return where it is, in data units, if there is room for it."""
        box = paper.box
        ends = np.array(((box.left(), box.bottom()), (box.right(), box.top())))
        (left, bottom), (right, top) = ((ends - paper.shift) / paper.scale).tolist()
        x, y = self.points[0].tolist()
        number = box_of(_signed(self._slope), plot_font(self._theme)).width() + 4 * GAP
        room = number / abs(paper.scale[0])
        return slope_triangle((x, y), self._slope, ((left, right), (bottom, top)), room)

    def words(self, paper: Paper, triangle: Triangle) -> list[Words]:
        """Return the numbers of rise and run, and where they have room."""
        start, corner, end = self._corners(paper, triangle)
        reach = HIKER_PX * self._theme.scale
        hiker = QRectF(-reach, -reach, 2 * reach, 2 * reach).translated(self._hiker(paper))
        legs = [QRectF(corner, leg).normalized().adjusted(0, 0, 1, 1) for leg in (start, end)]
        taken = [box.adjusted(-GAP, -GAP, GAP, GAP) for box in (hiker, *legs)]
        words = []
        for texts, places in (
            (self._rise_texts(triangle, abs(start.y() - end.y())), self._beside_rise),
            ((number_text(triangle.run, DIGITS),), self._along_run),
        ):
            placed = [
                Words(text, moved_into(paper.box, box)) for text in texts
                for box in places(paper, triangle, box_of(text, plot_font(self._theme)))
            ]  # fmt: skip
            free = (
                word for word in placed
                if not any(map(word.box.intersects, taken)) and not self._crosses(paper, word.box)
            )  # fmt: skip
            words.append(next(free, placed[-1]))
            # Two numbers side by side would read as one.
            taken.append(words[-1].box.adjusted(-APART_PX, 0, APART_PX, 0))
        return words

    def _crosses(self, paper: Paper, box: QRectF) -> bool:
        """Tell whether the curve goes through a box."""
        heights = self._heights(paper, box.left(), box.right())
        return bool(heights.min() < box.bottom() and heights.max() > box.top())

    def _heights(self, paper: Paper, left: float, right: float) -> Points:
        """Return how far down the curve is between two places, all in pixels."""
        values = (np.linspace(left, right, 5) - paper.shift[0]) / paper.scale[0]
        with np.errstate(over="ignore"):
            heights: Points = self._curve.loss(values) * paper.scale[1] + paper.shift[1]
        return heights

    def _beside_rise(self, paper: Paper, triangle: Triangle, box: QRectF) -> Iterator[QRectF]:
        """Yield places beside the rise: outside, then below and above it; at the end of a run."""
        start, corner, end = self._corners(paper, triangle)
        across, down = box.width() / 2 + 2 * GAP, box.height() / 2 + 2 * GAP
        low, high = corner.y(), min(start.y(), end.y())
        if low - high < LEVEL_PX:
            away = end if start == self._hiker(paper) else start
            yield box.translated(away.x() + (across if away == end else -across), low)
            return
        outer = corner.x() + (-across if triangle.rise < 0 else across)
        reach = HIKER_PX * self._theme.scale
        for y in ((low + high) / 2, low + down, low + down + reach, high - down):
            yield box.translated(outer, y)

    def _along_run(self, paper: Paper, triangle: Triangle, box: QRectF) -> Iterator[QRectF]:
        """Yield places along the run: below, inside, then above the curve."""
        start, corner, end = self._corners(paper, triangle)
        middle, down = (start.x() + end.x()) / 2, box.height() / 2 + GAP + 2
        yield box.translated(middle, corner.y() + down)
        # There half the rise is above it.
        if 2 * down < abs(start.y() - end.y()) / 2:
            yield box.translated((middle + corner.x()) / 2, corner.y() - down)
        reach = box.width() / 2 + GAP
        highest = self._heights(paper, middle - reach, middle + reach).min()
        yield box.translated(middle, float(highest) - down)

    def _rise_texts(self, triangle: Triangle, height_px: float) -> list[str]:
        """Return the rise with its sign, first with the slope where that isn't the rise of 1."""
        if height_px < LEVEL_PX:
            return ["≈ 0" if triangle.rise else "0"]
        rise = _signed(triangle.rise)
        slope = [f"{rise}, so\n{_signed(self._slope)} for each 1"] if triangle.run != 1 else []
        return [*slope, rise]

    def _hiker(self, paper: Paper) -> QPointF:
        return QPointF(*paper.pixels(self.points)[0])

    def _corners(self, paper: Paper, triangle: Triangle) -> list[QPointF]:
        """Return start, corner and end, in pixels."""
        places = np.array((triangle.start, triangle.corner, triangle.end))
        return [QPointF(*place) for place in paper.pixels(places).tolist()]


def _signed(value: float) -> str:
    return f"{'+' * (value > 0)}{number_text(value, DIGITS)}"
