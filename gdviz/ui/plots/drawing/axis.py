"""Axis: numbers along an edge of a plot; Grid: the lines that lead there."""

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from gdviz.core.words.numbers import number_text
from gdviz.ui.plots.drawing.sheet import Mark, Paper
from gdviz.ui.theme import PLOT_FONT_PX, Theme, mixed, plot_font

LEFT_WIDTH = 68
# How much of the axes' colour the grid has.
GRID = 0.22


class Axis(pg.AxisItem):
    """An axis with gdviz's looks; when logarithmic, it marks decades, or 1-2-5 if they are few.

    Parameters
    ----------
    side : {"left", "bottom"}
    label_px : int
        Roughly how many pixels a label needs along the axis when it is logarithmic.
    """

    _html = ""

    def __init__(self, side: str, label_px: int = 26) -> None:
        super().__init__(side)
        self._label_px = label_px
        self._text = ""
        self._colour = "#000000"
        self.enableAutoSIPrefix(False)
        self._font_px = PLOT_FONT_PX
        self.setStyle(tickFont=plot_font(), maxTickLevel=0, tickLength=4)
        if side == "left":
            # The same for all plots, so that their edges stand in line.
            self.setWidth(LEFT_WIDTH)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._colour = theme.text
        self.setPen(QPen(QColor(theme.grid), 1))
        self.setTextPen(QColor(theme.muted))
        if theme.font_px != self._font_px:
            self._font_px = theme.font_px
            self.setStyle(tickFont=plot_font(theme))
            if self.orientation == "left":
                self.setWidth(round(LEFT_WIDTH * theme.font_px / PLOT_FONT_PX))
        self.set_text(self._text)

    def set_text(self, text: str) -> None:
        """Name the axis."""
        self._text = text
        # The label is rich text, and a column's name may hold its marks.
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        self.setLabel(escaped, **{"color": self._colour, "font-size": f"{self._font_px}px"})

    def _updateLabel(self) -> None:
        """Lay the name out if it is another: pyqtgraph wants it a dozen times for each axis."""
        html = self.labelString()
        if html != self._html:
            self._html = html
            super()._updateLabel()

    def ticks(self) -> list[float]:
        """Return where the numbers stand, in data units."""
        low, high = self.range
        size = self.size().height() if self.orientation == "left" else self.size().width()
        # The axis's own line, by whose length ticks are chosen, reaches beyond both ends.
        levels = self.tickValues(low, high, size + 2) if size > 0 and low < high else []
        return [float(value) for value in levels[0][1]] if levels else []

    def logTickValues(
        self, low: float, high: float, size: float, std_ticks: object
    ) -> list[tuple[None, list[float]]]:
        """Return where the ticks stand: exponents of ten."""
        del std_ticks
        room = max(2, int(size / self._label_px))
        decades = range(math.ceil(low), math.floor(high) + 1)
        if 3 * len(decades) <= room:
            exponents = range(math.floor(low), math.ceil(high) + 1)
            steps = [exponent + math.log10(m) for exponent in exponents for m in (1, 2, 5)]
            return [(None, [step for step in steps if low <= step <= high])]
        every = -(-len(decades) // room)
        return [(None, [float(decade) for decade in decades if decade % every == 0])]

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the numbers the ticks stand for."""
        del scale, spacing
        return [number_text(10.0**value, 3, grouped=True) for value in values]


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
