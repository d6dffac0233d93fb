"""Controls: what settings are chosen with."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QSignalBlocker, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from gdviz.core.descent.settings import SETTINGS, Setting, Value
from gdviz.core.words.glossary import explained
from gdviz.ui.widgets.parts import named
from gdviz.ui.widgets.spin_boxes import ScientificBox, WholeBox

FULL, SINGLE, MINI = SETTINGS["batch_size"].off, "single rows", "mini-batches"


class Control(NamedTuple):
    """A widget that holds a setting's value, and what it calls reading, setting and changing."""

    widget: QWidget
    value: Callable[[], Value]
    set: Callable[[Any], None]
    changed: SignalInstance

    def show(self, value: Value) -> None:
        """Show another value, without asking for it."""
        with QSignalBlocker(self.widget):
            self.set(value)


class BatchBox(QComboBox):
    """All rows, which count as 0, single ones, or so many as the box `mini` says."""

    changed = Signal()

    def __init__(self, mini: WholeBox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mini = mini
        self.mini.setValue(10)
        tip = "How many rows of the data each step looks at"
        named(self, "batches", "Rows of a step", tip)
        self.addItems([FULL, MINI, SINGLE])
        self.currentIndexChanged.connect(self.changed)
        self.mini.valueChanged.connect(self.changed)

    def value(self) -> int:
        """Return the chosen number of rows."""
        return {FULL: 0, SINGLE: 1, MINI: self.mini.value()}[self.currentText()]

    def set_value(self, value: int) -> None:
        """Choose a number of rows."""
        self.setCurrentText({0: FULL, 1: SINGLE}.get(value, MINI))
        if value > 1:
            self.mini.setValue(value)


def control(setting: Setting) -> Control:
    """Return what a setting is chosen with."""
    box: QCheckBox | WholeBox | ScientificBox
    if setting.kind is bool:
        box = QCheckBox(setting.label)
        made = Control(box, box.isChecked, box.setChecked, box.toggled)
    else:
        box = _number_box(setting)
        made = Control(box, box.value, box.setValue, box.valueChanged)
    # A check box is called what is written beside it.
    label = "" if setting.kind is bool else setting.name.replace("_", " ").capitalize()
    named(box, setting.name, label, explained(setting.label, setting.help))
    if setting.name == "batch_size" and isinstance(box, WholeBox):
        rows = BatchBox(box)
        return Control(rows, rows.value, rows.set_value, rows.changed)
    return made


def _number_box(setting: Setting) -> WholeBox | ScientificBox:
    if setting.kind is int:
        return WholeBox(int(setting.low), int(setting.high))
    box = ScientificBox(setting.off)
    box.setRange(0 if setting.off else setting.low, setting.high)
    return box
