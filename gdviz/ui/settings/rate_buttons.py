"""RateButtons: the best rate and the limit, each a button that sets it."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from gdviz.core.descent.rates import Zones
from gdviz.core.words.glossary import explained
from gdviz.core.words.numbers import number_text
from gdviz.core.words.rates import MOST_DIGITS, best_and_limit, rate_to_set
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import named

# How large the type is, beside other type; how far the buttons stay apart, at least.
SMALLER, GAP = 0.92, 4


class RateButtons(QWidget):
    """Two buttons that look like links, at the left and the right; none where nothing is known.

    Signals
    -------
    rate_chosen(float)
    """

    rate_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rate_buttons")
        # What isn't for a button is for the dial.
        self.setMouseTracking(True)
        self._known: Zones | None = None
        self._best, self._limit = self._button("best_rate"), self._button("rate_limit")
        self._best.clicked.connect(lambda: self._choose(self._known and self._known.best))
        self._limit.clicked.connect(lambda: self._choose(self._known and self._known.limit))
        self._fit_type()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for button in (self._best, self._limit):
            colours = QPalette(button.palette())
            colours.setColor(QPalette.ColorRole.ButtonText, QColor(theme.accent))
            button.setPalette(colours)

    def set_zones(self, known: Zones | None) -> None:
        """Offer the rates of some zones."""
        if known != self._known:
            self._known = known
            self._write()

    def fit(self, best: str, limit: str) -> bool:
        """Tell whether two numbers have room side by side."""
        return sum(map(self._width_of, _words(best, limit))) + GAP <= self.width()

    def sizeHint(self) -> QSize:
        """Return how high the buttons are; they take what width there is."""
        return QSize(0, self.fontMetrics().height() + round(2.5 * GAP))

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_type()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write what there is room for."""
        super().resizeEvent(event)
        self._write()

    def _button(self, name: str) -> QPushButton:
        """Return a button that leaves the focus where it is."""
        button = named(QPushButton(self, flat=True), name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.hide()
        return button

    def _choose(self, rate: float | None) -> None:
        if rate is not None and self._known is not None:
            self.rate_chosen.emit(rate_to_set(self._known, rate))

    def _fit_type(self) -> None:
        font = self.font()
        font.setUnderline(True)
        font.setPointSizeF(SMALLER * font.pointSizeF())
        for button in (self._best, self._limit):
            button.setFont(font)
        self._write()

    def _write(self) -> None:
        """Say on the buttons what they set, with as many digits as there is room for."""
        known = self._known
        buttons = self._best, self._limit
        for button in buttons:
            button.setVisible(known is not None)
        if known is None:
            return
        best, limit = best_and_limit(known, self.fit)
        rates = ("best rate", known.best), ("limit", known.limit)
        for button, text, (name, rate) in zip(buttons, _words(best, limit), rates, strict=True):
            use = f"Use the {name}, {number_text(rate_to_set(known, rate), MOST_DIGITS)}"
            button.setText(text)
            button.setAccessibleName(use)
            button.setToolTip(explained(name, use))
            button.resize(self._width_of(text), self.sizeHint().height())
        self._limit.move(self.width() - self._limit.width(), 0)

    def _width_of(self, text: str) -> int:
        return self._best.fontMetrics().horizontalAdvance(text) + 2 * GAP


def _words(best: str, limit: str) -> tuple[str, str]:
    return f"★ best {best}", f"limit {limit}"
