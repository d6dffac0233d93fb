"""MoreSettings: what a first look doesn't need: the start, batches, and the scale of x."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.ui.widgets.spin_boxes import ScientificBox, WholeBox

LARGEST = 1e140
MOST_ROWS = 2**31 - 1
FULL, SINGLE, MINI = "all rows", "single rows", "mini-batches"


class MoreSettings(QWidget):
    """A heading that opens and closes, and the settings below it.

    Attributes
    ----------
    heading : QToolButton

    Signals
    -------
    changed()
        The user changed one of them.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QToolButton()
        self.heading.setObjectName("more_settings")
        self.heading.setText("More settings")
        self.heading.setToolTip("The start, batches and the scale of x")
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setAutoRaise(True)
        self.heading.setCheckable(True)
        self.heading.toggled.connect(self._on_toggled)
        self._start = (self._number("start_weight", "Start weight w"),
                       self._number("start_bias", "Start bias b"))  # fmt: skip
        self._batches = QComboBox()
        self._batches.setObjectName("batches")
        self._batches.setAccessibleName("Rows of a step")
        self._batches.setToolTip("How many rows of the data each step looks at")
        self._batches.addItems([FULL, MINI, SINGLE])
        self._batches.currentIndexChanged.connect(self._on_batches_chosen)
        self._batch_size = self._whole("batch_size", "Batch size", "Rows of a mini-batch", 1)
        self._batch_size.setValue(10)
        self._seed = self._whole("seed", "Seed", "Decides the order of the rows in batches", 0)
        self._standardise = QCheckBox("Standardise x")
        self._standardise.setObjectName("standardise")
        self._standardise.setToolTip(
            "Descend on (x - mean) / sd in place of x, with the bias. All results stay in your "
            "own units."
        )
        self._standardise.toggled.connect(lambda _: self.changed.emit())
        self._arrange()
        self._on_toggled(False)

    @property
    def start(self) -> Point:
        """The chosen start."""
        weight, bias = self._start
        return Point(weight.value(), bias.value())

    @property
    def batch_size(self) -> int | None:
        """The chosen number of rows; None: all."""
        sizes = {FULL: None, SINGLE: 1, MINI: self._batch_size.value()}
        return sizes[self._batches.currentText()]

    @property
    def seed(self) -> int:
        """The chosen seed."""
        return self._seed.value()

    @property
    def standardise(self) -> bool:
        """Whether to descend on standardised x."""
        return self._standardise.isChecked()

    def show_experiment(self, experiment: Experiment) -> None:
        """Show other settings, without asking for them."""
        blockers = [QSignalBlocker(widget) for widget in self._widgets]
        for box, value in zip(self._start, experiment.start, strict=True):
            box.setValue(value)
        size = experiment.batch_size
        self._batches.setCurrentText(FULL if size is None else SINGLE if size == 1 else MINI)
        self._batches.setEnabled(experiment.method.takes_batches)
        if size is not None and size > 1:
            self._batch_size.setValue(size)
        self._seed.setValue(experiment.seed)
        self._standardise.setChecked(experiment.standardise)
        del blockers
        self._show_batch_rows()

    def _on_toggled(self, is_open: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.heading.setArrowType(arrow)
        self._body.setVisible(is_open)

    def _on_batches_chosen(self) -> None:
        self._show_batch_rows()
        self.changed.emit()

    def _show_batch_rows(self) -> None:
        chosen = self._batches.currentText()
        self._form.setRowVisible(self._batch_size, chosen == MINI)
        self._form.setRowVisible(self._seed, chosen != FULL)

    @property
    def _widgets(self) -> Sequence[QWidget]:
        return *self._start, self._batches, self._batch_size, self._seed, self._standardise

    def _number(self, name: str, label: str) -> ScientificBox:
        box = ScientificBox()
        box.setRange(-LARGEST, LARGEST)
        box.setObjectName(name)
        box.setAccessibleName(label)
        box.setToolTip(f"{label}; in a picture of the loss, drag the ring")
        box.valueChanged.connect(lambda _: self.changed.emit())
        return box

    def _whole(self, name: str, label: str, meaning: str, low: int) -> QSpinBox:
        box = WholeBox(low, MOST_ROWS)
        box.setObjectName(name)
        box.setAccessibleName(label)
        box.setToolTip(meaning)
        box.valueChanged.connect(lambda _: self.changed.emit())
        return box

    def _arrange(self) -> None:
        self._body = QWidget()
        self._form = QFormLayout(self._body)
        self._form.setContentsMargins(0, 2, 0, 4)
        self._form.setVerticalSpacing(4)
        weight, bias = self._start
        self._form.addRow("start w", weight)
        self._form.addRow("start b", bias)
        self._form.addRow("each step", self._batches)
        self._form.addRow("batch size", self._batch_size)
        self._form.addRow("seed", self._seed)
        self._form.addRow(self._standardise)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.heading)
        layout.addWidget(self._body)
