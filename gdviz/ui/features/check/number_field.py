"""NumberField: a number that may as well not be known."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from gdviz.core.words.numbers import number_typed, typed_number
from gdviz.ui.widgets.parts import named
from gdviz.ui.widgets.remark import remark

UNKNOWN = "not known"


class NumberField(QLineEdit):
    """A line for a number; empty: it isn't known. What is no number gives way to the last one.

    Parameters
    ----------
    low : float, optional
        The number has to be larger.
    """

    changed = Signal()

    def __init__(self, name: str, label: str, low: float | None = None) -> None:
        super().__init__(placeholderText=UNKNOWN)
        self._low = low
        self._value: float | None = None
        named(self, name, label, f"{label}; leave it empty if you don't know")
        self.editingFinished.connect(self._take)

    @property
    def value(self) -> float | None:
        """The number; None if it isn't known."""
        return self._value

    def set_value(self, value: float | None) -> None:
        """Show another number."""
        self._value = value
        self.setText("" if value is None else typed_number(value))
        self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show what counts."""
        super().focusOutEvent(event)
        self._take()

    def _take(self) -> None:
        """Take what was typed, or say why not."""
        text, before = self.text().strip(), self._value
        value = number_typed(text) if text else None
        if text and (value is None or (self._low is not None and value <= self._low)):
            above = "" if self._low is None else f" above {self._low:g}"
            self.set_value(before)
            remark(self, f"“{text[:40]}” is not a number{above}.")
            return
        if value != before:
            self.set_value(value)
            self.changed.emit()
