"""PastSteps: the last steps as bars, one below another, each where it went."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPen, QPolygonF

from gdviz.core.descent.trajectory import Record
from gdviz.core.geometry.section import Section
from gdviz.core.words.numbers import number_text
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.sheet import FAR_PX, Mark, Paper
from gdviz.ui.plots.drawing.words import GAP, box_of
from gdviz.ui.theme import LIGHT, Theme, plot_font

MOST = 8
DIGITS = 2
BAR_PX, HEAD_PX = 6.0, 12.0
# No bar is shorter, or it couldn't be seen; and so much higher than its words is a line.
SHORTEST_PX, LINE_GAP = 2.0, 2.0
# A bar of so many times the width of its words has a gap for them.
LONG = 3.0
# How far bars stay above and below the hiker.
HIKER_PX = 12.0


class Bar(NamedTuple):
    """One step, in pixels.

    Attributes
    ----------
    tail, head : QPointF
        From where to where it went, as far as that is seen.
    whole : bool
        Whether its end is seen.
    """

    tail: QPointF
    head: QPointF
    whole: bool
    text: str
    words: QRectF


class PastSteps(Mark):
    """A bar for each of the last steps, with its length and the way it went, the newest last.

    They hang from the top, where the walls leave room; where the hiker is up there, below it.

    Parameters
    ----------
    words_end : callable
        Returns how far down other words reach at the top, in pixels.
    """

    in_pairs = True
    entries = (Entry("arrow", "trail", "length of each step"),)

    def __init__(self, words_end: Callable[[], float]) -> None:
        super().__init__()
        self._words_end = words_end
        self._theme = LIGHT
        self._occupied: tuple[float, ...] = ()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show(
        self, record: Record, section: Section, iteration: int, occupied: tuple[float, ...]
    ) -> None:
        """Show the steps that led to an iteration.

        Parameters
        ----------
        occupied : tuple of float
            The losses at which the hiker is or comes.
        """
        if occupied != self._occupied:
            self._occupied = occupied
            self.update()
        count = min(record.index(iteration - 1) + 1, len(record.rows)) if iteration else 0
        steps = section.steps(record.rows[max(0, count - MOST) : count])
        self.set_points(steps.ravel(), np.zeros(steps.size))

    def paint(self, paper: Paper) -> None:
        """Draw the bars, then their words."""
        painter, bars = paper.painter, self.bars(paper)
        painter.setPen(QPen(QColor(self._theme.plot), 1))
        painter.setBrush(QColor(self._theme.trail))
        for bar in bars:
            painter.drawPolygon(self._outline(bar))
        painter.setFont(plot_font(self._theme))
        painter.setPen(QColor(self._theme.text))
        for bar in bars:
            painter.fillRect(bar.words, QColor(self._theme.plot))
            painter.drawText(bar.words, Qt.AlignmentFlag.AlignCenter, bar.text)

    def bars(self, paper: Paper) -> list[Bar]:
        """Return as many of the newest steps as there is room for."""
        font = plot_font(self._theme)
        line = QFontMetricsF(font).height() + LINE_GAP
        first, most = self._room(paper, line)
        ends = self.points[:, 0].reshape(-1, 2)
        ends = ends[len(ends) - min(most, len(ends)) :]
        with np.errstate(over="ignore"):
            pixels = np.clip(ends * paper.scale[0] + paper.shift[0], -FAR_PX, FAR_PX)
        heights = first + (np.arange(len(ends)) + 0.5) * line
        lengths = np.abs(np.diff(ends)).ravel().tolist()
        texts = [number_text(length, DIGITS, padded=True) for length in lengths]
        return [
            self._bar(paper.box, tail, head, y, text)
            for (tail, head), y, text in zip(pixels.tolist(), heights.tolist(), texts, strict=True)
        ]

    def _room(self, paper: Paper, line: float) -> tuple[float, int]:
        """Return where the first bar has its upper edge, and how many have room from there on."""
        count, box, reach = len(self.points) // 2, paper.box, HIKER_PX * self._theme.scale
        top = max(box.top(), self._words_end()) + GAP
        # Where a step leaps beyond all numbers, they end.
        with np.errstate(over="ignore"):
            heights = np.nan_to_num(self._occupied) * paper.scale[1] + paper.shift[1]
        taken = np.clip(heights, box.top(), box.bottom())
        above = max(0, int((taken.min(initial=box.bottom()) - reach - top) // line))
        start = max(top, taken.max(initial=box.top()) + reach)
        below = max(0, int((box.bottom() - start) // line))
        return (top, above) if min(above, count) >= min(below, count) else (start, below)

    def _bar(self, box: QRectF, tail: float, head: float, y: float, text: str) -> Bar:
        way = 1 if head >= tail else -1
        if abs(head - tail) < SHORTEST_PX:
            head = tail + way * SHORTEST_PX
        first, last = (min(max(x, box.left()), box.right()) for x in (tail, head))
        words = box_of(text, plot_font(self._theme))
        # In a gap of a long one; else before its head, or behind its tail.
        across, middle = words.width() / 2 + 2 * GAP, QPointF((first + last) / 2, y)
        ahead = last + way * across
        if abs(last - first) > LONG * words.width():
            words.moveCenter(middle)
        elif box.left() <= ahead - across <= ahead + across <= box.right():
            words.moveCenter(QPointF(ahead, y))
        else:
            words.moveCenter(QPointF(first - way * across, y))
        return Bar(QPointF(first, y), QPointF(last, y), last == head, text, words)

    def _outline(self, bar: Bar) -> QPolygonF:
        scale, way = self._theme.scale, bar.head.x() - bar.tail.x()
        size = min(HEAD_PX * scale, abs(way)) if bar.whole else 0.0
        back = bar.head - QPointF(np.sign(way) * size, 0)
        half, wide = QPointF(0, BAR_PX * scale / 2), QPointF(0, HEAD_PX * scale / 2)
        shaft = [bar.tail + half, bar.tail - half, back - half]
        return QPolygonF([*shaft, back - wide, bar.head, back + wide, back + half])
