"""SlopeTriangle: rise and run of the tangent at the hiker, with their numbers."""

import math
from collections.abc import Iterable, Iterator
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
APART_PX = 12.0
# How often a number that has no room beside the rise is tried farther down.
LOWER = 6
# A rise of fewer pixels looks level.
LEVEL_PX = 0.75
DIGITS = 3


class Words(NamedTuple):
    """What is written at a leg, and where."""

    text: str
    box: QRectF


class Legs(NamedTuple):
    """The corners of a triangle in pixels, and how near to the hiker nothing is written.

    Attributes
    ----------
    far : QPointF
        The end of the run that is away from the hiker.
    """

    start: QPointF
    corner: QPointF
    end: QPointF
    far: QPointF
    reach: float

    @property
    def rise(self) -> float:
        """How high it is, in pixels."""
        return abs(self.start.y() - self.end.y())

    def beside_rise(self, box: QRectF) -> Iterator[QRectF]:
        """Yield places for a number at the rise: outside, inside, then farther down, and above."""
        across, down = box.width() / 2 + 2 * GAP, box.height() / 2 + 2 * GAP
        right, low = self.corner.x() == self.end.x(), self.corner.y()
        if self.rise < LEVEL_PX:
            right = self.far.x() == self.end.x()
            yield box.translated(self.far.x() + (across if right else -across), low)
        x = self.corner.x() + (across if right else -across)
        yield box.translated(x, low - self.rise / 2)
        yield box.translated(x, low - box.height() / 2)
        yield from self._inside(box)
        for steps in range(LOWER):
            yield box.translated(x, low + down + steps * self.reach)
        yield box.translated(x, low - self.rise - down)

    def along_run(self, box: QRectF, highest: float) -> Iterator[QRectF]:
        """Yield places for a number at the run: below, inside, before it, then above the curve.

        Parameters
        ----------
        highest : float
            Where the curve is in the way, in the middle.
        """
        middle, down = (self.start.x() + self.end.x()) / 2, box.height() / 2 + GAP + 2
        for lower in (0.0, self.reach):
            yield box.translated(middle, self.corner.y() + down + lower)
        yield from self._inside(box)
        before = self.end if self.corner.x() == self.start.x() else self.start
        x = before.x() + math.copysign(box.width() / 2 + 2 * GAP, before.x() - middle)
        yield box.translated(x, self.corner.y() + down)
        yield box.translated(middle, highest - down)

    def _inside(self, box: QRectF) -> Iterator[QRectF]:
        """Yield the place in the corner, if the tangent leaves room there."""
        level, run = self.rise < LEVEL_PX, self.end.x() - self.start.x()
        if level or self.rise * (1 - (box.width() + 3 * GAP) / run) > box.height() + 3 * GAP:
            x = (self.far if level else self.corner).x()
            way = (self.start.x() + self.end.x()) / 2 - x
            x += math.copysign(box.width() / 2 + 2 * GAP, way)
            yield box.translated(x, self.corner.y() - box.height() / 2 - 2 * GAP)


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
        painter, legs = paper.painter, self._legs(paper, triangle)
        colour, ground = QColor(self._theme.slope), QColor(self._theme.slope)
        ground.setAlpha(FILLED)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawPolygon(QPolygonF(legs[:3]))
        painter.setPen(stroke_pen(self._theme, "slope", LEG_PX))
        level = legs.corner.y()
        painter.drawLine(QPointF(legs.start.x(), level), QPointF(legs.end.x(), level))
        tail, head = (legs.start, legs.corner) if triangle.rise < 0 else (legs.corner, legs.end)
        if triangle.rise > 0 and legs.far.x() == legs.start.x():
            # It stops at the hiker's rim.
            head = QPointF(head.x(), min(head.y() + legs.reach, tail.y()))
        way = head.y() - tail.y()
        if abs(way) >= 1:
            size = min(HEAD_PX * self._theme.scale, abs(way))
            back, side = head - QPointF(0, math.copysign(size, way)), QPointF(size / 2, 0)
            painter.drawLine(tail, back)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
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

    def words(self, paper: Paper, triangle: Triangle) -> tuple[Words, Words]:
        """Return the numbers of rise and run, and where they have room."""
        legs, font = self._legs(paper, triangle), plot_font(self._theme)
        x, y = paper.pixels(self.points)[0]
        hiker = QRectF(x - legs.reach, y - legs.reach, 2 * legs.reach, 2 * legs.reach)
        sides = [QRectF(legs.corner, side).normalized() for side in (legs.start, legs.end)]
        taken = [box.adjusted(-GAP, -GAP, GAP, GAP) for box in (hiker, *sides)]
        text = number_text(triangle.run, DIGITS)
        box, middle = box_of(text, font), (legs.start.x() + legs.end.x()) / 2
        heights = self._heights(paper, middle - box.width() / 2, middle + box.width() / 2)
        places = legs.along_run(box, float(heights.min()))
        run = self._first_free(paper, taken, (Words(text, box) for box in places))
        # Two numbers side by side would read as one.
        taken.append(run.box.adjusted(-APART_PX, 0, APART_PX, 0))
        rise = self._first_free(paper, taken, (
            Words(text, box) for text in self._rise_texts(triangle, legs.rise)
            for box in legs.beside_rise(box_of(text, font))
        ))  # fmt: skip
        return rise, run

    def _first_free(self, paper: Paper, taken: list[QRectF], words: Iterable[Words]) -> Words:
        """Return the first words that are in the picture and on nothing; else the last."""
        for text, box in words:
            word = Words(text, moved_into(paper.box, box))
            if not (any(map(word.box.intersects, taken)) or self._crosses(paper, word.box)):
                break
        return word

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

    def _rise_texts(self, triangle: Triangle, height_px: float) -> list[str]:
        """Return the rise with its sign, first with the slope where that isn't the rise of 1."""
        if height_px < LEVEL_PX:
            return ["≈ 0" if triangle.rise else "0"]
        rise = _signed(triangle.rise)
        slope = [f"{rise}, so\n{_signed(self._slope)} for each 1"] if triangle.run != 1 else []
        return [*slope, rise]

    def _legs(self, paper: Paper, triangle: Triangle) -> Legs:
        start, corner, end = (
            QPointF(*place) for place in paper.pixels(np.array(triangle[:3])).tolist()
        )
        far = end if triangle.start == tuple(self.points[0].tolist()) else start
        return Legs(start, corner, end, QPointF(far.x(), corner.y()), HIKER_PX * self._theme.scale)


def _signed(value: float) -> str:
    return f"{'+' * (value > 0)}{number_text(value, DIGITS)}"
