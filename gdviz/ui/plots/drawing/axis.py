"""Axis: numbers along an edge of a plot; Grid: the lines that lead there."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsSceneResizeEvent

from gdviz.core.geometry.ticks import Edge, Ticks, fitting_ticks
from gdviz.core.tables.calendar import Calendar
from gdviz.core.words.glossary import explained
from gdviz.ui.plain import plain
from gdviz.ui.plots.drawing.sheet import Mark, Paper
from gdviz.ui.theme import LIGHT, Theme, mixed, plot_font

# The longest numbers that there are: see `labels_of`.
LONGEST = ("\N{MINUS SIGN}8,888", "88,888", "0.8888", "10⁻³⁰⁸")
# How long a tick is, and how far numbers stay from it and from the axis's name.
TICK_PX, NUMBER_GAP, NAME_GAP = 4, 3, 3
# About how far numbers are from each other: in heights of a number on the left; along the bottom
# there is room for so many more characters.
LEFT_PITCH, LEFT_LOG_PITCH, BOTTOM_PITCH = 3.0, 1.9, 1.7
# How far numbers may reach beyond the ends of the bottom axis, into the corner and to the edge,
# and of the left one, towards the title.
INTO_CORNER, TO_EDGE, TO_TITLE = 15.0, 11.0, 1.0
# A name of which fewer letters are left is left out; and the smallest letters there are.
FEWEST_LETTERS, LEAST_PX = 4, 7
# How much of the axes' colour the grid has.
GRID = 0.22


class Axis(pg.AxisItem):
    """An axis with gdviz's looks, whose numbers can always be told apart.

    What all numbers have in common, a factor or an offset, stands behind the axis's name. A name
    that is longer than the axis is elided, and whole in the tooltip.

    Parameters
    ----------
    side : {"left", "bottom"}
    """

    _theme = LIGHT
    _ticks = Ticks([], [])
    _chosen_for: tuple[object, ...] = ()
    _calendar: Calendar | None = None
    _name = _common = _meaning = ""
    _whole = False

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.enableAutoSIPrefix(False)
        self._take_room()

    def updateAutoSIPrefix(self) -> None:
        """Have no prefix."""

    def _updateLabel(self) -> None:
        """Leave pyqtgraph's own name, which nobody sees, empty: to set it takes as long as ours."""
        self.picture = None
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        another_font, self._theme = plot_font(theme) != plot_font(self._theme), theme
        self.setPen(QPen(QColor(theme.grid), 1))
        self.setTextPen(QColor(theme.muted))
        if another_font:
            self._take_room()
            self._choose_ticks()

    def set_text(self, text: str, of_data: bool = False) -> None:
        """Name the axis; where it isn't called by the data, its tooltip tells what terms mean."""
        self._meaning = "" if of_data else explained(text)
        if text != self.labelText:
            self.labelText: str = text
            self._fit_name()

    def set_calendar(self, calendar: Calendar | None) -> None:
        """Have dates or times along the axis, or numbers."""
        self._calendar = calendar
        self._choose_ticks()

    @property
    def common(self) -> str:
        """What is to be done with each number for its value: see `Labels`."""
        return self._ticks.common

    def ticks(self) -> list[float]:
        """Return where the numbers stand, in data units."""
        return self._ticks.places

    def setRange(self, low: float, high: float) -> None:
        """Cover other values."""
        super().setRange(low, high)
        self._choose_ticks()

    def setLogMode(self, *args: bool, **kwargs: bool) -> None:
        """Choose between values and their powers of ten."""
        super().setLogMode(*args, **kwargs)
        self._choose_ticks()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Write the name whole for a while, however small: paper has no tooltip."""
        before = self._whole
        self.set_whole(True)
        try:
            yield
        finally:
            self.set_whole(before)

    def set_whole(self, whole: bool) -> None:
        """Write the name whole, or as much of it as has room in usual type."""
        if whole is not self._whole:
            self._whole = whole
            self._fit_name()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent | None = None) -> None:
        """Fit numbers and name to another length."""
        super().resizeEvent(event)
        self._choose_ticks()

    def boundingRect(self) -> QRectF:
        """Return the axis, and how far its numbers and its name may reach beyond."""
        box = QRectF(QPointF(0, 0), self.size())
        if self._is_left:
            return box.adjusted(0, -self._theme.font_px, 0, self._corner)
        return box.adjusted(-INTO_CORNER, 0, TO_EDGE, 0)

    def generateDrawSpecs(self, painter: QPainter) -> tuple[Any, ...] | None:
        """Return line, ticks and numbers as pyqtgraph draws them."""
        del painter
        low, high = self.range
        if self._length <= 0 or low == high:
            return None
        pen, scale = self.pen(), self._length / (high - low)
        ticks, texts = [], []
        for place, text in zip(self._ticks.places, self._ticks.texts, strict=True):
            start, tip, box, flags = self._tick((place - low) * scale, text)
            ticks.append((pen, start, tip))
            texts.append((box, flags, text))
        right, end = self.size().width() - 1, self._length + 1
        first, last = ((right, -1.0), (right, end)) if self._is_left else ((-1.0, 1.0), (end, 1.0))
        return (pen, QPointF(*first), QPointF(*last)), ticks, texts

    def drawPicture(self, painter: QPainter, *specs: object) -> None:
        """Draw line, ticks, numbers and the name, and behind it what the numbers share."""
        super().drawPicture(painter, *specs)
        font = plot_font(self._theme)
        width = self._written(font)
        if width > self._room:
            # Smaller, but whole: without it the numbers would lie.
            font.setPixelSize(max(int(font.pixelSize() * self._room / width), LEAST_PX))
            width = self._written(font)
        painter.setFont(font)
        # A name that is longer than a left axis begins in the corner.
        start = min((self._length - width) / 2, self._length - width - NAME_GAP)
        metrics = QFontMetricsF(font)
        if self._is_left:
            painter.translate(0, self._length)
            painter.rotate(-90)
            line = metrics.ascent()
        else:
            line = self.size().height() - metrics.descent()
        for text, colour in ((self._name, self._theme.text), (self._common, self._theme.muted)):
            painter.setPen(QColor(colour))
            painter.drawText(QPointF(start, line), text)
            start += metrics.horizontalAdvance(text + " ")

    @property
    def _is_left(self) -> bool:
        return bool(self.orientation == "left")

    @property
    def _length(self) -> float:
        size = self.size()
        return float(size.height() if self._is_left else size.width())

    @property
    def _metrics(self) -> QFontMetricsF:
        return _metrics(self._theme, self._theme.font_px)

    @property
    def _corner(self) -> float:
        """The room below a left axis, in the corner between both axes."""
        return 2.0 * self._theme.font_px

    @property
    def _room(self) -> float:
        """The room for the name."""
        return self._length + (self._corner if self._is_left else 0.0) - 2 * NAME_GAP

    def _written(self, font: QFont) -> float:
        """Return how long the name is, with what stands behind it."""
        return QFontMetricsF(font).horizontalAdvance(f"{self._name} {self._common}".strip())

    def _tick(self, at: float, text: str) -> tuple[QPointF, QPointF, QRectF, Qt.AlignmentFlag]:
        """Return both ends of a tick, and where its number stands."""
        metrics = self._metrics
        width, height = metrics.horizontalAdvance(text) + 1, metrics.height()
        if not self._is_left:
            box = QRectF(at - width / 2, TICK_PX + 1, width, height)
            return QPointF(at, 0), QPointF(at, TICK_PX), box, Qt.AlignmentFlag.AlignCenter
        right, y = self.size().width(), self._length - at
        tip = right - TICK_PX
        box = QRectF(tip - NUMBER_GAP - width, y - height / 2, width, height)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return QPointF(right, y), QPointF(tip, y), box, flags

    def _take_room(self) -> None:
        """Have room for name and numbers, whatever these are: then plots stand in line."""
        self.setStyle(tickFont=plot_font(self._theme))
        metrics = self._metrics
        if self._is_left:
            longest = max(map(metrics.horizontalAdvance, LONGEST))
            self.setWidth(round(metrics.height() + NAME_GAP + longest + NUMBER_GAP + TICK_PX))
        else:
            self.setHeight(round(TICK_PX + 1 + 2 * metrics.height()))

    def _choose_ticks(self) -> None:
        """Fit the numbers to range and length."""
        logarithmic, font = bool(self.logMode), (self._theme.family, self._theme.font_px)
        chosen_for = (*self.range, self._length, logarithmic, font, self._calendar)
        if chosen_for != self._chosen_for:
            self._chosen_for = chosen_for
            low, high = self.range
            self._ticks = fitting_ticks((low, high), logarithmic, self._edge(), self._calendar)
            self._fit_name()

    def _edge(self) -> Edge:
        metrics = self._metrics
        if self._is_left:
            # Of a number no more than the digits shows, which have no parts below their line.
            height = metrics.tightBoundingRect("8").height()
            pitch = (LEFT_LOG_PITCH if self.logMode else LEFT_PITCH) * metrics.height()
            return Edge(self._length, pitch, lambda _: height, height / 2, TO_TITLE)
        pitch = BOTTOM_PITCH * max(map(metrics.horizontalAdvance, LONGEST))
        return Edge(self._length, pitch, metrics.horizontalAdvance, INTO_CORNER, TO_EDGE)

    def _fit_name(self) -> None:
        """Elide the name so that what stands behind it has room, too."""
        whole, self._common = self.labelText, f"({self.common})" * bool(self.common)
        metrics = _metrics(self._theme, LEAST_PX) if self._whole else self._metrics
        left = self._room - metrics.horizontalAdvance(f" {self._common}") * bool(self._common)
        self._name = metrics.elidedText(whole, Qt.TextElideMode.ElideMiddle, max(left, 0.0))
        if len(self._name) < min(FEWEST_LETTERS, len(whole)):
            self._name = ""
        unseen = plain(f"{whole} {self._common}".strip() * (self._name != whole))
        self.setToolTip("\n".join(filter(None, (unseen, self._meaning))))
        self.picture = None
        self.update()


@cache
def _metrics(theme: Theme, font_px: int) -> QFontMetricsF:
    font = plot_font(theme)
    font.setPixelSize(font_px)
    return QFontMetricsF(font)


class Grid(Mark):
    """Lines through all numbers of two axes.

    Axes that draw their own lines need a picture each, as large as the plot, laid over each other
    in every frame.
    """

    def __init__(self, left: Axis, bottom: Axis) -> None:
        super().__init__()
        self._axes = left, bottom
        self._pen = QPen()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        # Not seen through, which takes Qt twenty times as long.
        self._pen = QPen(mixed(theme.grid, theme.plot, GRID), 1)
        self.update()

    def set_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Cover a part of the plane."""
        self.set_points(x, y)
        self.update()

    def paint(self, paper: Paper) -> None:
        """Draw the lines."""
        # Asked only now: when the view has got another size, its axes may not have theirs yet.
        heights, places = (axis.ticks() for axis in self._axes)
        (left, bottom), (right, top) = paper.pixels(self.points).tolist()
        x = paper.pixels(np.array([(x, 0.0) for x in places]).reshape(-1, 2))[:, 0]
        y = paper.pixels(np.array([(0.0, y) for y in heights]).reshape(-1, 2))[:, 1]
        lines = [QLineF(place, bottom, place, top) for place in x.tolist()]
        lines += [QLineF(left, height, right, height) for height in y.tolist()]
        paper.painter.setPen(self._pen)
        paper.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        paper.painter.drawLines(lines)
        paper.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
