"""Spin boxes for settings: whole numbers, and numbers of any magnitude.

What is typed counts when it is complete: with Return, or when the focus goes elsewhere. No key is
swallowed on the way there, or 0,003 would become 3: what isn't a number in the end gives way to the
last one, and the box says so.
"""

import math
import re
from typing import Any

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFocusEvent, QHelpEvent, QResizeEvent, QValidator
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QSpinBox,
    QStyle,
    QStyleOptionSpinBox,
    QToolTip,
    QWidget,
)

from gdviz.core.descent.settings import LARGE, SMALL
from gdviz.core.words.numbers import (
    MINUS,
    MORE,
    in_plain_digits,
    number_typed,
    typed_in_room,
    typed_number,
    with_point,
)
from gdviz.ui.widgets.remark import remark

# Enough decimals for every positive double: the value is never rounded behind the user's back.
ALL_DECIMALS = 323
# What there is room for in any box.
USUAL_NUMBER = "0.00000000"
# What a line of text keeps free beside its text.
MARGINS_PX = 4

# How a number is usually written: no zeros that say nothing before the first digit, and with a
# power of ten one to three digits before the point.
_USUAL = re.compile(r"-?((0|[1-9]\d*)?(\.\d*)?|[1-9]\d{,2}(\.\d*)?e[+-]?\d+)", re.IGNORECASE)
_WHOLE = re.compile(r"-?\d+(e\+?\d+)?", re.IGNORECASE)
# Thousands are told apart by a comma, as gdviz writes counts, or by what the locale has for it.
# Groups are of three, or in India of two but for the last.
_GROUPED = r"-?\d{{1,3}}([\s'\N{{RIGHT SINGLE QUOTATION MARK}}{}])(?:\d{{2,3}}\1)*\d{{3}}"
# One comma that could as well tell thousands apart.
_THOUSANDS = re.compile(r"-?[1-9]\d{,2},\d{3}")
# So much of what was typed is repeated.
_LONGEST = 40


class WholeBox(QSpinBox):
    """A whole number; it takes ``1000``, ``1e3``, and thousands apart as the locale has them."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        self.setKeyboardTracking(False)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Judge a text while it is being typed."""
        kinds = QValidator.State
        return (
            kinds.Intermediate if self._meant(text) is None else kinds.Acceptable, text, position
        )  # fmt: skip

    def valueFromText(self, text: str) -> int:
        """Return the number a text stands for."""
        meant = self._meant(text)
        return self.value() if meant is None else meant

    def fixup(self, text: str) -> str:
        """Say that a text is no number for this box."""
        low, high = self.minimum(), self.maximum()
        reason = f"is not a whole number from {low:,d} to {high:,d}"
        _refuse(self, text, reason, self.textFromValue(self.value()))
        return text

    def _meant(self, text: str) -> int | None:
        """Return the number a text stands for, if it is one of the range."""
        if self.specialValueText() and text == self.specialValueText():
            return self.minimum()
        plain = in_plain_digits(text)
        marks = self.locale().groupSeparator() + "," * (self.locale().decimalPoint() != ",")
        if grouped := re.fullmatch(_GROUPED.format(re.escape(marks)), plain):
            plain = plain.replace(grouped[1], "")
        if not _WHOLE.fullmatch(plain):
            return None
        number = float(plain)
        return int(number) if self.minimum() <= number <= self.maximum() else None


class ScientificBox(QDoubleSpinBox):
    """A number of any magnitude, positive unless its range says otherwise, shown as it was typed.

    It takes ``0.001``, ``0,001`` and ``1e-5`` with the digits of any language; a minus may be a
    true one. ``1,000`` is refused where it could be a thousand.
    What was typed in an odd form, or has no room, is then written as short as can be. If not all
    digits have room even so, dots follow those that have; a tooltip, and the box while it has the
    focus, tell all.
    A step changes the leading digit: 0.009, 0.01, 0.02; where negative numbers are allowed, by a
    tenth of the size.
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
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        height = super().minimumSizeHint().height()
        text = QSize(self._width_of(USUAL_NUMBER), height)
        kind = QStyle.ContentsType.CT_SpinBox
        return QSize(self.style().sizeFromContents(kind, option, text, self).width(), height)

    def sizeHint(self) -> QSize:
        """Return the same."""
        return self.minimumSizeHint()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Judge a text while it is being typed; a minus that was copied becomes a typed one."""
        if self._shows_a_part(text):
            return QValidator.State.Acceptable, text, position
        text = text.replace(MINUS, "-")
        off = self.specialValueText()
        if off and text == off:
            return QValidator.State.Acceptable, text, position
        if off and off in text:
            # A digit that is typed beside the word takes its place.
            text = text.replace(off, "").strip()
            position = len(text)
        value = number_typed(text)
        fits = value is not None and self.minimum() <= value <= self.maximum()
        state = QValidator.State
        whole = fits and not self._could_be_thousands(text)
        return state.Acceptable if whole else state.Intermediate, text, position

    def valueFromText(self, text: str) -> float:
        """Return the number a text stands for, and remember how it was written."""
        if self._shows_a_part(text):
            return self.value()
        value = number_typed(text)
        if value is None:
            return self.minimum()
        self._typed = text.strip().replace(MINUS, "-")
        return value

    def textFromValue(self, value: float) -> str:
        """Return the text as it was typed, or the shortest that means the value, or its start."""
        typed = with_point(self._typed)
        if number_typed(typed) == value and _USUAL.fullmatch(typed) and self._has_room(self._typed):
            return self._typed
        text = typed_in_room(value, lambda text: self._has_room(self._in_locale(text)))
        # Who types has all of it: the text is scrolled.
        whole = typed_number(value) if MORE in text and self.hasFocus() else text
        return self._in_locale(whole)

    def fixup(self, text: str) -> str:
        """Say that a text is no number for this box."""
        low, high, off = self.minimum(), self.maximum(), self.specialValueText()
        reason = f"is not a number from {low:g} to {high:g}"
        if self._could_be_thousands(text):
            one, other = (in_plain_digits(text).replace(",", point) for point in (".", ""))
            reason = f"could be {one} or {other}: type one of these"
        elif off:
            reason = f"is neither a number above 0 nor “{off}”"
        _refuse(self, text, reason, self._in_locale(typed_number(self.value())))
        return text

    def stepBy(self, steps: int) -> None:
        """Change the leading digit."""
        self.interpretText()
        value = self.value()
        for _ in range(abs(steps)):
            value = (signed_step if self.minimum() < 0 else stepped)(value, up=steps > 0)
        if value <= self.maximum():
            self.setValue(0.0 if value < self.minimum() else value)
        self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show all digits."""
        self._write_again()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed, and show those digits that have room."""
        super().focusOutEvent(event)
        self._write_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show those digits that have room now."""
        super().resizeEvent(event)
        self._write_again()

    def changeEvent(self, event: QEvent) -> None:
        """Do so in another font, too."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._write_again()

    def event(self, event: QEvent) -> bool:
        """Say in the tooltip all digits, if that isn't done by the box."""
        if event.type() is QEvent.Type.ToolTip and MORE in self.text():
            assert isinstance(event, QHelpEvent)
            number = self._in_locale(typed_number(self.value()))
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, (number, self.toolTip()))))
            return True
        return super().event(event)

    def _write_again(self) -> None:
        """Write the number in another form, unless another one is being typed."""
        if not (self.hasFocus() and self.lineEdit().isModified()):
            self.setValue(self.value())

    def _shows_a_part(self, text: str) -> bool:
        """Tell whether a text is what the box itself has written, and left digits out."""
        return MORE in text and text == self.textFromValue(self.value())

    def _has_room(self, text: str) -> bool:
        return self._width_of(text) <= self.lineEdit().width()

    def _width_of(self, text: str) -> int:
        return self.lineEdit().fontMetrics().horizontalAdvance(text) + MARGINS_PX

    def _in_locale(self, text: str) -> str:
        return text.replace(".", self.locale().decimalPoint())

    def _could_be_thousands(self, text: str) -> bool:
        """Tell whether a text has a comma that the locale writes between thousands."""
        comma = self.locale().groupSeparator() == ","
        return comma and _THOUSANDS.fullmatch(in_plain_digits(text)) is not None


def is_being_typed(widget: QWidget | None) -> bool:
    """Tell whether this is a box with a number that doesn't count yet."""
    if not isinstance(widget, QSpinBox | QDoubleSpinBox):
        return False
    value: Any = widget.value()
    if widget.specialValueText() and value == widget.minimum():
        return widget.text() != widget.specialValueText()
    return widget.text() != widget.prefix() + widget.textFromValue(value) + widget.suffix()


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


def _refuse(box: QWidget, text: str, reason: str, kept: str) -> None:
    """Say what was typed and why it doesn't count; an empty box says so itself."""
    if text.strip():
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}{MORE}"
        remark(box, f"“{short}” {reason}. It stays {kept}.")
