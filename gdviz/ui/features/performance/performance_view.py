"""PerformanceView: a small window with how fast the program is."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QWidget

from gdviz.core.words.numbers import count_text
from gdviz.ui.widgets.parts import in_column, named

NOTHING, NO_TRAINING = "—", "no training"
ROWS = {
    "frame_time": ("Frame", "How long the half of the last seconds' frames took at most"),
    "slow_frames": ("Slowest frames", "What 99 of 100 of these frames stayed below"),
    "steps": ("Steps", "How many steps a second are computed while runs go on"),
    "rows": ("Rows", "How many rows a second of the last table were read"),
    "memory": ("Memory", "What the program takes of the computer's memory"),
}
# The widest text of a row: nothing jumps.
WIDEST = "88.8 million a second"


class Measures(NamedTuple):
    """What is shown; None is nothing known.

    Attributes
    ----------
    median_ms, slow_ms : float or None
        Of the frames of the last seconds the median and the 99th percentile.
    steps, rows : float or None
        A second.
    memory_mb : float or None
    """

    median_ms: float | None = None
    slow_ms: float | None = None
    steps: float | None = None
    rows: float | None = None
    memory_mb: float | None = None


class PerformanceView(QDialog):
    """Stays open beside the window, and blocks nothing."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        named(self, "performance")
        self.setWindowTitle("Performance")
        form, self._values = QFormLayout(), {}
        for name, (title, tip) in ROWS.items():
            value = named(QLabel(NOTHING), f"performance_{name}", title, tip)
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            form.addRow(title, value)
            self._values[name] = value
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        in_column(form, buttons, of=self)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger type."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.layout() is not None:
            self._make_room()

    def show_measures(self, measures: Measures) -> None:
        """Show other numbers."""
        median, slow, steps, rows, memory = measures
        told = {
            "frame_time": _in_unit(median, "ms"),
            "slow_frames": _in_unit(slow, "ms"),
            "steps": NO_TRAINING if steps is None else f"{count_text(steps)} a second",
            "rows": NOTHING if rows is None else f"{count_text(rows)} a second",
            "memory": _in_unit(memory, "MB", 0),
        }
        for name, text in told.items():
            self._values[name].setText(text)

    def _make_room(self) -> None:
        """Have room for any number: nothing moves when they change."""
        for value in self._values.values():
            value.setMinimumWidth(self.fontMetrics().horizontalAdvance(WIDEST))


def _in_unit(value: float | None, unit: str, decimals: int = 1) -> str:
    return NOTHING if value is None else f"{value:,.{decimals}f} {unit}"
