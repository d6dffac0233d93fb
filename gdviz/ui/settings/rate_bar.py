"""RateBar: learning rates along a bar, its zones, and how that is painted."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from gdviz.core.descent.rates import Zone, Zones
from gdviz.core.descent.settings import SETTINGS
from gdviz.ui.theme import Theme, mixed

RATE = SETTINGS["learning_rate"]
# How far the bar reaches: below the best rate and above the limit, in powers of ten. Without a
# limit, to both sides of the usual rate.
BELOW, ABOVE, AROUND = 3.0, 0.7, 3.0
# How far the name of the zone and the handle stay from what is around them.
GAP = 4
# A field of the theme and how much of it each zone takes, and the pattern over it.
LOOKS = {
    Zone.CREEPING: ("muted", 0.22, Qt.BrushStyle.Dense6Pattern),
    Zone.FAST: ("optimum", 0.4, Qt.BrushStyle.NoBrush),
    Zone.OVERSHOOTING: ("trail", 0.35, Qt.BrushStyle.FDiagPattern),
    Zone.DIVERGING: ("hiker", 0.45, Qt.BrushStyle.DiagCrossPattern),
}
# How strong the patterns are, of 255: they tell the zones apart for every eye.
HATCH_ALPHA = 150


@dataclass(frozen=True)
class RateBar:
    """All learning rates between two ends, on a logarithmic scale.

    Attributes
    ----------
    room : QRectF
        Where the bar is; the name of the zone and the handle stand above it.
    ends : tuple of float
        The rates at its left and right.
    known : Zones, optional
        None where no limit is known.
    """

    room: QRectF
    ends: tuple[float, float]
    known: Zones | None

    def place_of(self, rate: float) -> float:
        """Return where a rate lies, in pixels from the left; beyond the ends: at the end."""
        low, high = map(math.log, self.ends)
        share = (math.log(rate) - low) / (high - low)
        return self.room.left() + min(max(share, 0.0), 1.0) * self.room.width()

    def rate_at(self, x: float) -> float:
        """Return the rate at a place; beyond the ends that at the end."""
        low, high = map(math.log, self.ends)
        share = min(max((x - self.room.left()) / max(self.room.width(), 1), 0.0), 1.0)
        return math.exp(low + share * (high - low))

    def paint(self, painter: QPainter, theme: Theme, rate: float, focused: bool) -> None:
        """Draw the zones, the marks and the handle, and name the zone the rate is in."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_zones(painter, theme)
        self._paint_frame(painter, theme, focused)
        if self.known:
            self._paint_marks(painter, theme, self.known)
        self._paint_name(painter, theme, rate)
        self._paint_handle(painter, theme, rate)

    def _paint_zones(self, painter: QPainter, theme: Theme) -> None:
        bar = self.room
        painter.setPen(Qt.PenStyle.NoPen)
        for zone, left, right in self._stretches():
            stretch = QRectF(left, bar.top(), right - left, bar.height())
            if zone is None:
                painter.fillRect(stretch, mixed(theme.muted, theme.panel, 0.2))
                continue
            field, share, pattern = LOOKS[zone]
            painter.fillRect(stretch, mixed(theme.colour(field), theme.panel, share))
            line = QColor(theme.text)
            line.setAlpha(HATCH_ALPHA)
            painter.fillRect(stretch, QBrush(line, pattern))

    def _paint_frame(self, painter: QPainter, theme: Theme, focused: bool) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colour = theme.accent if focused else theme.grid
        painter.setPen(QPen(QColor(colour), 2 if focused else 1))
        painter.drawRoundedRect(self.room.adjusted(-1, -1, 1, 1), 3, 3)

    def _stretches(self) -> list[tuple[Zone | None, float, float]]:
        """Return which zone is where, from the left."""
        first, last = self.room.left(), self.room.right()
        if self.known is None:
            return [(None, first, last)]
        places = [self.place_of(rate) for rate in
                  (self.known.fast, self.known.overshooting, self.known.limit)]  # fmt: skip
        edges = [first, *places, last]
        return list(zip(Zone, edges, edges[1:], strict=False))

    def _paint_marks(self, painter: QPainter, theme: Theme, known: Zones) -> None:
        """Mark the limit by a line, and the best rate by a star."""
        bar, limit = self.room, self.place_of(known.limit)
        painter.setPen(QPen(QColor(theme.text), 2))
        painter.drawLine(QPointF(limit, bar.top() - 2), QPointF(limit, bar.bottom() + 3))
        side = bar.height() / 2
        star = QRectF(self.place_of(known.best) - side, bar.top(), 2 * side, bar.height())
        painter.drawText(star, Qt.AlignmentFlag.AlignCenter, "★")

    def _paint_name(self, painter: QPainter, theme: Theme, rate: float) -> None:
        """Write the name of the zone beside the handle's top."""
        name = self.known.zone(rate).value if self.known else "no limit known"
        painter.setPen(QColor(theme.text))
        width = painter.fontMetrics().horizontalAdvance(name)
        handle, right = self.place_of(rate), self.room.left() + self.room.right()
        beside = self.room.height() / 2 + GAP
        left = handle + beside
        if left + width > right:
            left = max(0, handle - beside - width)
        painter.drawText(QPointF(left, self.room.top() - 2 * GAP), name)

    def _paint_handle(self, painter: QPainter, theme: Theme, rate: float) -> None:
        bar, x = self.room, self.place_of(rate)
        painter.setPen(QPen(QColor(theme.panel), 1.5))
        painter.setBrush(QColor(theme.hiker))
        top, tip, half = GAP, bar.top() + 4, bar.height() / 2
        painter.drawPolygon(
            QPolygonF([QPointF(x - half, top), QPointF(x + half, top), QPointF(x + half, tip - 9),
                       QPointF(x, tip), QPointF(x - half, tip - 9)])
        )  # fmt: skip
        painter.setPen(QPen(QColor(theme.hiker), 2))
        painter.drawLine(QPointF(x, tip), QPointF(x, bar.bottom()))


def ends_around(rate: float, known: Zones | None, usual: float) -> tuple[float, float]:
    """Return the rates at both ends of a bar: around the zones, and always around the rate."""
    if known:
        low, high = known.best * 10**-BELOW, known.limit * 10**ABOVE
    else:
        low, high = usual * 10**-AROUND, usual * 10**AROUND
    return max(min(low, rate), RATE.low), min(max(high, rate), RATE.high)
