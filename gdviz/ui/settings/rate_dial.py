"""RateDial: a bar of all learning rates in zones, with the best one, the limit and a handle."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.rates import Zone, Zones, zones
from gdviz.core.descent.settings import SETTINGS
from gdviz.core.words.rates import rate_explained, rate_said, rate_to_set
from gdviz.ui.accessible import Role, tell_value
from gdviz.ui.settings.rate_bar import RateBar, ends_around
from gdviz.ui.settings.rate_buttons import RateButtons
from gdviz.ui.theme import LIGHT, Theme
from gdviz.ui.widgets.parts import named

RATE = SETTINGS["learning_rate"]
EDGE = 7
# What the dial is made of stands so far apart: its name, the bar, and the buttons below.
GAP = 4
# Within so many pixels the best rate draws the handle to itself.
MAGNET_PX = 5.0
# A notch of the wheel or a press of an arrow key, in powers of ten; Page Up and Down: ten of them.
NOTCH = 0.02


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
        self._buttons = RateButtons(self)
        self._buttons.rate_chosen.connect(self._choose)

    def sizeHint(self) -> QSize:
        """Return a fixed height: nothing jumps."""
        return QSize(200, self._below.bottom() + 1)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return QSize(120, self._below.bottom() + 1)

    @property
    def bar(self) -> RateBar:
        """The bar, below the name of the zone."""
        line = self.fontMetrics().height()
        room = QRectF(EDGE, line + GAP, self.width() - 2 * EDGE, line)
        return RateBar(room, self._ends, self._zones)

    @property
    def _below(self) -> QRect:
        """Where the buttons are."""
        top = round(self.bar.room.bottom()) + GAP // 2
        return QRect(0, top, self.width(), self._buttons.sizeHint().height())

    @property
    def zone(self) -> Zone | None:
        """The zone of the current rate; None where no limit is known."""
        return self._zones.zone(self._rate) if self._zones else None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._buttons.set_theme(theme)
        self.update()

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the zones of an experiment, and its rate."""
        self._zones = zones(experiment)
        self._buttons.set_zones(self._zones)
        self._usual = experiment.method.published_rate
        self._rate = experiment.learning_rate
        if not self._dragged:
            self._fit_ends()
        keys = "Arrow keys change it, Home is the best rate, End the limit."
        self.setAccessibleDescription(f"{rate_said(self._rate, self._zones)}. {keys}")
        tell_value(self, self._rate)
        self.update()

    def spoken_value(self) -> tuple[float, float, float]:
        """Return the rate, and those at both ends."""
        return self._rate, *self._ends

    def take_spoken_value(self, value: float) -> None:
        """Ask for another rate, whoever wants it."""
        self._ask(value)

    def rate_at(self, x: float) -> float:
        """Return the rate at a place: a round one, or the best if that is near."""
        if self._zones and abs(x - self.bar.place_of(self._zones.best)) <= MAGNET_PX:
            return rate_to_set(self._zones, self._zones.best)
        return _round(self.bar.rate_at(x), 3)

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._buttons.setGeometry(self._below)
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons below the bar."""
        super().resizeEvent(event)
        self._buttons.setGeometry(self._below)

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
            self.setToolTip(rate_explained(rate, self._zones))

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
            self._ask(rate_to_set(self._zones, self._zones.best))
        elif event.key() == Qt.Key.Key_End and self._zones:
            self._ask(rate_to_set(self._zones, self._zones.limit))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the zones, the marks and the handle, and name the zone the rate is in."""
        del event
        self.bar.paint(QPainter(self), self._theme, self._rate, self.hasFocus())

    def _fit_ends(self) -> None:
        self._ends = ends_around(self._rate, self._zones, self._usual)

    def _choose(self, rate: float) -> None:
        """Ask for the rate of a button: a gesture of its own, as a drag is."""
        self.held.emit(True)
        self._ask(rate)
        self.held.emit(False)

    def _let_go(self) -> None:
        self._dragged = False
        self._fit_ends()
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


def _round(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")
