"""MethodBox: which way down, and the hyperparameters of that one."""

import dataclasses

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import METHODS
from gdviz.ui.widgets.spin_boxes import ScientificBox


class MethodBox(QWidget):
    """A choice of all methods; below it a box for each hyperparameter of the chosen one.

    Signals
    -------
    changed()
        The user chose another method, or another number.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = QComboBox()
        self._choice.setObjectName("method")
        self._choice.setAccessibleName("Method")
        self._choice.setToolTip("The rule that turns a slope into a step")
        self._choice.setMinimumHeight(30)
        self._choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for kind in METHODS.values():
            self._choice.addItem(kind.label, kind)
        self._choice.currentIndexChanged.connect(self._on_chosen)
        self._boxes: dict[str, ScientificBox] = {}
        self._form = QFormLayout()
        self._form.setVerticalSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._choice)
        layout.addLayout(self._form)

    @property
    def method(self) -> Method:
        """The chosen method with its hyperparameters."""
        kind: type[Method] = self._choice.currentData()
        return kind(**{name: box.value() for name, box in self._boxes.items()})

    def set_method(self, method: Method) -> None:
        """Show another method, without asking for it."""
        with QSignalBlocker(self._choice):
            self._choice.setCurrentIndex(self._choice.findData(type(method)))
        self._show_hyperparameters(method)

    def _on_chosen(self) -> None:
        kind: type[Method] = self._choice.currentData()
        self._show_hyperparameters(kind())
        self.changed.emit()

    def _show_hyperparameters(self, method: Method) -> None:
        """Show the boxes of a method; those there already keep what is being typed."""
        known = dataclasses.fields(method)
        if [field.name for field in known] != list(self._boxes):
            self._make_boxes(method)
        for name, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setValue(getattr(method, name))

    def _make_boxes(self, method: Method) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self._boxes = {field.name: self._box(field) for field in dataclasses.fields(method)}
        for name, box in self._boxes.items():
            self._form.addRow(QLabel(name), box)

    def _box(self, field: "dataclasses.Field[float]") -> ScientificBox:
        low, high = field.metadata["low"], field.metadata["high"]
        box = ScientificBox()
        # Up to, but not including, the high end.
        box.setRange(low, high - 1e-16)
        box.setObjectName(field.name)
        box.setAccessibleName(field.name)
        box.setToolTip(f"{field.name}: {field.metadata['meaning']}")
        box.valueChanged.connect(lambda _: self.changed.emit())
        return box
