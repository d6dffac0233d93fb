"""Spin boxes for settings: whole numbers, and numbers of any magnitude.

What is typed counts when it is whole: with Return, or when the focus goes elsewhere.
"""

import math
import re

from PySide6.QtCore import QLocale, QSize
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from gdviz.core.descent.settings import LARGE, SMALL
from gdviz.core.words.numbers import MINUS, typed_number

# Enough decimals for every positive double: the value is never rounded behind the user's back.
ALL_DECIMALS = 323
USUAL_NUMBER = "0.0000000"
BUTTONS_PX = 30

_NUMBER = re.compile(r"\d*\.?\d*(?:e[+-]?\d+)?", re.IGNORECASE)
_BEGINNING = re.compile(r"\d*\.?\d*(?:e[+-]?\d*)?", re.IGNORECASE)


class WholeBox(QSpinBox):
    """A whole number."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        self.setKeyboardTracking(False)


class ScientificBox(QDoubleSpinBox):
    """A number of any magnitude, positive unless its range says otherwise, shown as it was typed.

    It takes ``0.001``, ``1e-5`` and, where the locale writes so, ``0,001``; a minus may be a true
    one. A step changes the leading digit: 0.009, 0.01, 0.02; where negative numbers are allowed,
    by a tenth of the size.
    With an `off_text`, 0 is allowed and shown as this text.
    """

    def __init__(self, off_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self.setDecimals(ALL_DECIMALS)
        self.setRange(0.0 if off_text else SMALL, LARGE)
        self.setSpecialValueText(off_text)
        self.setKeyboardTracking(False)

    def minimumSizeHint(self) -> QSize:
        """Return the room of a usual number; Qt would ask for that of the longest there is."""
        hint = super().minimumSizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(USUAL_NUMBER) + BUTTONS_PX, hint.height())

    def sizeHint(self) -> QSize:
        """Return the same."""
        return self.minimumSizeHint()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Judge a text while it is being typed; a minus that was copied becomes a typed one."""
        text = text.replace(MINUS, "-")
        off = self.specialValueText()
        if off and text == off:
            return QValidator.State.Acceptable, text, position
        if off and off in text:
            # A digit that is typed beside the word takes its place.
            text = text.replace(off, "").strip()
            position = len(text)
        plain = self._plain(text)
        if _parsed(plain) is not None and self.minimum() <= float(plain) <= self.maximum():
            return QValidator.State.Acceptable, text, position
        unsigned = plain.removeprefix("-") if self.minimum() < 0 else plain
        could_become = _BEGINNING.fullmatch(unsigned) or self.specialValueText().startswith(text)
        state = QValidator.State.Intermediate if could_become else QValidator.State.Invalid
        return state, text, position

    def valueFromText(self, text: str) -> float:
        """Return the number a text stands for, and remember how it was written."""
        value = _parsed(self._plain(text))
        if value is None:
            return self.minimum()
        self._typed = text.strip().replace(MINUS, "-")
        return value

    def textFromValue(self, value: float) -> str:
        """Return the text as it was typed, or the shortest that means the value."""
        if self._typed and _parsed(self._plain(self._typed)) == value:
            return self._typed
        return typed_number(value).replace(".", self.locale().decimalPoint())

    def stepBy(self, steps: int) -> None:
        """Change the leading digit."""
        self.interpretText()
        value = self.value()
        for _ in range(abs(steps)):
            value = (signed_step if self.minimum() < 0 else stepped)(value, up=steps > 0)
        if value <= self.maximum():
            self.setValue(0.0 if value < self.minimum() else value)
        self.selectAll()

    def _plain(self, text: str) -> str:
        return text.strip().replace(MINUS, "-").replace(QLocale(self.locale()).decimalPoint(), ".")


def stepped(value: float, up: bool) -> float:
    """Return the next number with a single digit: 0.009, 0.01, 0.02 and back."""
    if value <= 0:
        return 1e-6 if up else 0.0
    mantissa, power = f"{value:.12e}".split("e")
    digit, exponent = float(mantissa), int(power)
    if up:
        digit = math.floor(digit + 1e-9) + 1
    else:
        digit = math.ceil(digit - 1e-9) - 1
        if digit < 1:
            digit, exponent = 9, exponent - 1
    return float(f"{digit}e{exponent}")


def signed_step(value: float, up: bool) -> float:
    """Return a number a tenth of its size farther up or down: 0, 0.1, 0.2 and 13, 14, 15."""
    tenths = 1 - max(0, math.floor(math.log10(max(abs(value), 1.0))))
    return round(value + (1 if up else -1) * 10.0**-tenths, tenths)


def _parsed(plain: str) -> float | None:
    """Return the number of a complete text with a decimal point, or None."""
    if not _NUMBER.fullmatch(plain.removeprefix("-")) or not plain.strip(".eE"):
        return None
    try:
        return float(plain)
    except ValueError:
        return None
