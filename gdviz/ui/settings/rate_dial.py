"""RateDial: a bar of all learning rates in zones, with the best one, the limit and a handle."""

import math
from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.rates import RATE_DIGITS, Zone, Zones, rounded_down, zones
from gdviz.core.descent.settings import SETTINGS
from gdviz.core.words.numbers import number_text, short_number
from gdviz.ui.accessible import Role, tell_value
from gdviz.ui.theme import LIGHT, Theme, mixed
from gdviz.ui.widgets.parts import named

RATE = SETTINGS["learning_rate"]
# How far the bar reaches: below the best rate and above the limit, in powers of ten. Without a
# limit, to both sides of the usual rate.
BELOW, ABOVE, AROUND = 3.0, 0.7, 3.0
EDGE = 7
# What the dial is made of stands so far apart: its name, the bar, and the buttons below.
GAP = 4
# Within so many pixels the best rate draws the handle to itself.
MAGNET_PX = 5.0
# A notch of the wheel or a press of an arrow key, in powers of ten; Page Up and Down: ten of them.
NOTCH = 0.02
# How many digits best rate and limit have on their buttons.
FEWEST_DIGITS, MOST_DIGITS = 3, 6
# A field of the theme and how much of it each zone takes, and the pattern over it.
LOOKS = {
    Zone.CREEPING: ("muted", 0.22, Qt.BrushStyle.Dense6Pattern),
    Zone.FAST: ("optimum", 0.55, Qt.BrushStyle.NoBrush),
    Zone.OVERSHOOTING: ("trail", 0.55, Qt.BrushStyle.FDiagPattern),
    Zone.DIVERGING: ("hiker", 0.6, Qt.BrushStyle.DiagCrossPattern),
}
AT_BEST = "the run needs the fewest iterations"
AT_LIMIT = "each step lands on the other side, hardly nearer than it was; beyond it, farther away"
MEANINGS = {
    Zone.CREEPING: "more than ten times slower than the best rate",
    Zone.FAST: "straight down, without a detour",
    Zone.OVERSHOOTING: "each step lands on the other side of the valley, yet nearer",
    Zone.DIVERGING: "each step lands farther from the minimum",
}


class RateDial(QWidget):
    """A logarithmic bar; its handle is the learning rate. Mouse, wheel and arrow keys move it.

    Below it two buttons set the best rate and the limit.

    Signals
    -------
    rate_requested(float)
        The user moved the handle there; often, while it is dragged.
    held(bool)
        The user took hold of the handle, or let it go.
    """

    rate_requested = Signal(float)
    held = Signal(bool)
    accessible_role = Role.Slider
    own_keys: ClassVar[Mapping[str, str]] = {
        "Right, Left, Up, Down": "Change the rate by a notch",
        "PgUp, PgDown": "Change it by ten notches",
        "Home": "Take the best rate",
        "End": "Take the limit",
    }

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "rate_dial", "Learning rate, as a place in its zones")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._theme = LIGHT
        self._zones: Zones | None = None
        self._usual = self._rate = 0.001
        self._ends = (1e-6, 1.0)
        self._dragged = False
        self._best, self._limit = self._button("best_rate"), self._button("rate_limit")
        self._best.clicked.connect(lambda: self._set(self._zones and self._zones.best))
        self._limit.clicked.connect(lambda: self._set(self._zones and self._zones.limit))

    def sizeHint(self) -> QSize:
        """Return a fixed height: nothing jumps."""
        return QSize(200, self._height)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return QSize(120, self._height)

    @property
    def bar(self) -> QRectF:
        """Where the bar is: below the name of the zone."""
        line = self.fontMetrics().height()
        return QRectF(EDGE, line + GAP, self.width() - 2 * EDGE, line)

    @property
    def _height(self) -> int:
        return round(self.bar.bottom()) + GAP // 2 + self._button_height

    @property
    def zone(self) -> Zone | None:
        """The zone of the current rate; None where no limit is known."""
        return self._zones.zone(self._rate) if self._zones else None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for button in (self._best, self._limit):
            colours = QPalette(button.palette())
            colours.setColor(QPalette.ColorRole.ButtonText, QColor(theme.accent))
            button.setPalette(colours)
        self.update()

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the zones of an experiment, and its rate."""
        self._zones = zones(experiment)
        self._usual = experiment.method.published_rate
        self._rate = experiment.learning_rate
        if not self._dragged:
            self._ends = self._new_ends()
        keys = "Arrow keys change it, Home is the best rate, End the limit."
        self.setAccessibleDescription(f"{self._said()}. {keys}")
        tell_value(self, self._rate)
        self._write_buttons()
        self.update()

    def spoken_value(self) -> tuple[float, float, float]:
        """Return the rate, and those at both ends."""
        return self._rate, *self._ends

    def take_spoken_value(self, value: float) -> None:
        """Ask for another rate, whoever wants it."""
        self._ask(value)

    def place_of(self, rate: float) -> float:
        """Return where a rate lies, in pixels from the left; beyond the ends: at the end."""
        low, high = map(math.log, self._ends)
        share = (math.log(rate) - low) / (high - low)
        return EDGE + min(max(share, 0.0), 1.0) * (self.width() - 2 * EDGE)

    def rate_at(self, x: float) -> float:
        """Return the rate at a place: a round one, or the best if that is near."""
        if self._zones and abs(x - self.place_of(self._zones.best)) <= MAGNET_PX:
            return self._to_set(self._zones.best)
        low, high = map(math.log, self._ends)
        share = min(max((x - EDGE) / max(self.width() - 2 * EDGE, 1), 0.0), 1.0)
        return _round(math.exp(low + share * (high - low)), 3)

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
            self._write_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write on the buttons what there is room for."""
        super().resizeEvent(event)
        self._write_buttons()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the handle, wherever it is."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged = True
            self.held.emit(True)
            self._ask(self.rate_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow a drag; else say which zone is under the mouse."""
        rate = self.rate_at(event.position().x())
        if self._dragged:
            self._ask(rate)
        else:
            self.setToolTip(self._tip(rate))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._dragged and event.button() is Qt.MouseButton.LeftButton:
            self._let_go()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go if something else takes over."""
        super().focusOutEvent(event)
        if self._dragged:
            self._let_go()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the rate by a notch; only with the focus, so that the panel can be scrolled."""
        if not self.hasFocus():
            event.ignore()
            return
        self._move(event.angleDelta().y() / 120 * NOTCH)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the rate by arrow keys and pages; Home is the best one, End the limit."""
        notches = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if notches is not None:
            self._move(notches * NOTCH)
        elif event.key() == Qt.Key.Key_Home and self._zones:
            self._ask(self._to_set(self._zones.best))
        elif event.key() == Qt.Key.Key_End and self._zones:
            self._ask(self._to_set(self._zones.limit))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the zones, the marks and the handle, and name the zone the rate is in."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_zones(painter)
        if self._zones:
            self._paint_marks(painter, self._zones)
        self._paint_name(painter)
        self._paint_handle(painter)

    def _new_ends(self) -> tuple[float, float]:
        """Return the rates at both ends: the zones, and always the current rate."""
        if self._zones:
            low, high = self._zones.best * 10**-BELOW, self._zones.limit * 10**ABOVE
        else:
            low, high = self._usual * 10**-AROUND, self._usual * 10**AROUND
        return max(min(low, self._rate), RATE.low), min(max(high, self._rate), RATE.high)

    def _button(self, name: str) -> QPushButton:
        """Return a button that looks like a link, and leaves the focus where it is."""
        button = named(QPushButton(self, flat=True), name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        font = button.font()
        font.setUnderline(True)
        button.setFont(font)
        return button

    def _write_buttons(self) -> None:
        """Say on the buttons what they set, and put them below both ends of the bar."""
        known = self._zones
        buttons = self._best, self._limit
        for button in buttons:
            button.setVisible(known is not None)
        if known is None:
            return
        best, limit = best_and_limit(known, self._have_room)
        meanings = ("best rate", known.best, AT_BEST), ("limit", known.limit, AT_LIMIT)
        for button, text, (name, rate, meaning) in zip(
            buttons, _words(best, limit), meanings, strict=True
        ):
            said = number_text(self._to_set(rate), MOST_DIGITS)
            button.setText(text)
            button.setAccessibleName(f"Use the {name}, {said}")
            button.setToolTip(f"Use the {name}, {said}: {meaning}")
            button.resize(self._width_of(text), self._button_height)
        top = round(self.bar.bottom()) + GAP // 2
        self._best.move(0, top)
        self._limit.move(self.width() - self._limit.width(), top)

    def _have_room(self, best: str, limit: str) -> bool:
        """Tell whether two numbers fit below the bar, side by side."""
        return sum(map(self._width_of, _words(best, limit))) + GAP <= self.width()

    def _width_of(self, text: str) -> int:
        return self._best.fontMetrics().horizontalAdvance(text) + 2 * GAP

    @property
    def _button_height(self) -> int:
        return self.fontMetrics().height() + round(2.5 * GAP)

    def _to_set(self, rate: float) -> float:
        """Return the best rate or the limit as it is set: as it reads, with some more digits."""
        assert self._zones is not None
        digits = max(RATE_DIGITS, told_apart(self._zones))
        return rounded_down(rate, digits)

    def _set(self, rate: float | None) -> None:
        """Ask for the rate of a button: a gesture of its own, as a drag is."""
        if rate is not None:
            self.held.emit(True)
            self._ask(self._to_set(rate))
            self.held.emit(False)

    def _let_go(self) -> None:
        self._dragged = False
        self._ends = self._new_ends()
        self.held.emit(False)
        self.update()

    def _move(self, decades: float) -> None:
        """Move by a share of a power of ten, but at least to the next round number."""
        rate = _round(self._rate * 10**decades, 3)
        if rate == _round(self._rate, 3):
            rate = _round(self._rate * (1.01 if decades > 0 else 0.99), 3)
        self._ask(rate)

    def _ask(self, rate: float) -> None:
        if rate != self._rate and RATE.allows(rate):
            self.rate_requested.emit(rate)

    def _said(self) -> str:
        """Say the rate and what is known of it."""
        if self._zones is None or self.zone is None:
            return "no limit known"
        best, limit = best_and_limit(self._zones)
        return f"{short_number(self._rate)}, {self.zone.value}; best {best}, limit {limit}"

    def _tip(self, rate: float) -> str:
        if self._zones is None:
            return "No limit is known for this method: any rate may be tried."
        zone = self._zones.zone(rate)
        best, limit = best_and_limit(self._zones)
        return (
            f"{short_number(rate)}: {zone.value}: {MEANINGS[zone]}\n"
            f"★ best rate {best}, limit {limit}"
        )

    def _paint_zones(self, painter: QPainter) -> None:
        bar = self.bar
        painter.setPen(Qt.PenStyle.NoPen)
        for zone, left, right in self._stretches():
            stretch = QRectF(left, bar.top(), right - left, bar.height())
            if zone is None:
                painter.fillRect(stretch, mixed(self._theme.muted, self._theme.panel, 0.2))
                continue
            field, share, pattern = LOOKS[zone]
            painter.fillRect(stretch, mixed(self._theme.colour(field), self._theme.panel, share))
            line = QColor(self._theme.text)
            line.setAlpha(110)
            painter.fillRect(stretch, QBrush(line, pattern))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        focus = self.hasFocus()
        colour = self._theme.accent if focus else self._theme.grid
        painter.setPen(QPen(QColor(colour), 2 if focus else 1))
        painter.drawRoundedRect(bar.adjusted(-1, -1, 1, 1), 3, 3)

    def _stretches(self) -> list[tuple[Zone | None, float, float]]:
        """Return which zone is where, from the left."""
        first, last = EDGE, self.width() - EDGE
        if self._zones is None:
            return [(None, first, last)]
        places = [self.place_of(rate) for rate in
                  (self._zones.fast, self._zones.overshooting, self._zones.limit)]  # fmt: skip
        edges = [first, *places, last]
        return list(zip(Zone, edges, edges[1:], strict=False))

    def _paint_marks(self, painter: QPainter, known: Zones) -> None:
        """Mark the limit by a line, and the best rate by a star."""
        bar, limit = self.bar, self.place_of(known.limit)
        painter.setPen(QPen(QColor(self._theme.text), 2))
        painter.drawLine(QPointF(limit, bar.top() - 2), QPointF(limit, bar.bottom() + 3))
        side = bar.height() / 2
        star = QRectF(self.place_of(known.best) - side, bar.top(), 2 * side, bar.height())
        painter.drawText(star, Qt.AlignmentFlag.AlignCenter, "★")

    def _paint_name(self, painter: QPainter) -> None:
        """Write the name of the zone beside the handle's top."""
        name = self.zone.value if self.zone else "no limit known"
        painter.setPen(QColor(self._theme.text))
        width = self.fontMetrics().horizontalAdvance(name)
        handle = self.place_of(self._rate)
        beside = self.bar.height() / 2 + GAP
        left = handle + beside
        if left + width > self.width():
            left = max(0, handle - beside - width)
        painter.drawText(QPointF(left, self.bar.top() - 2 * GAP), name)

    def _paint_handle(self, painter: QPainter) -> None:
        bar, x = self.bar, self.place_of(self._rate)
        painter.setPen(QPen(QColor(self._theme.panel), 1.5))
        painter.setBrush(QColor(self._theme.hiker))
        top, tip, half = GAP, bar.top() + 4, bar.height() / 2
        painter.drawPolygon(
            QPolygonF([QPointF(x - half, top), QPointF(x + half, top), QPointF(x + half, tip - 9),
                       QPointF(x, tip), QPointF(x - half, tip - 9)])
        )  # fmt: skip
        painter.setPen(QPen(QColor(self._theme.hiker), 2))
        painter.drawLine(QPointF(x, tip), QPointF(x, bar.bottom()))


def best_and_limit(
    known: Zones, fit: Callable[[str, str], bool] = lambda *_: True
) -> tuple[str, str]:
    """Return both rates as texts: rounded down, and alike, so that their order is the true one.

    They have as many digits as tell them apart, if that many fit.
    """
    texts = _texts(known, 1)
    for digits in range(2, told_apart(known) + 1):
        more = _texts(known, digits)
        if not fit(*more):
            break
        texts = more
    return texts


def told_apart(known: Zones) -> int:
    """Return with how many digits best rate and limit read as two."""
    some = range(FEWEST_DIGITS, MOST_DIGITS)
    return next((digits for digits in some if len({*_texts(known, digits)}) > 1), MOST_DIGITS)


def _texts(known: Zones, digits: int) -> tuple[str, str]:
    best, limit = (
        number_text(rounded_down(rate, digits), digits) for rate in (known.best, known.limit)
    )
    return best, limit


def _words(best: str, limit: str) -> tuple[str, str]:
    return f"★ best {best}", f"limit {limit}"


def _round(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")
