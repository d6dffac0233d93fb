"""MethodBox: which way down, and the hyperparameters of that one."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QSizePolicy, QWidget

from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import SETTINGS, Value, hyperparameters
from gdviz.ui.settings.controls import Control, control
from gdviz.ui.widgets.parts import NO_MARGINS, in_column, label_unseen, named


class MethodBox(QWidget):
    """A choice of all methods; below it a box for each hyperparameter of the chosen one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        setting = SETTINGS["method"]
        self._choice = named(QComboBox(), setting.name, setting.label, setting.help)
        self._choice.setMinimumHeight(30)
        self._choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for name, kind in METHODS.items():
            self._choice.addItem(kind.label, name)
        self._choice.currentIndexChanged.connect(self._on_chosen)
        self._boxes: dict[str, Control] = {}
        self._form = QFormLayout()
        self._form.setVerticalSpacing(4)
        in_column(self._choice, self._form, of=self, margins=NO_MARGINS, spacing=4)
        label_unseen(self._choice)

    def values(self) -> dict[str, Value]:
        """Return the name of the chosen method, and its hyperparameters."""
        chosen = {name: box.value() for name, box in self._boxes.items()}
        return {"method": self._choice.currentData(), **chosen}

    def set_method(self, method: Method) -> None:
        """Show another method, without asking for it; boxes there keep what is being typed."""
        with QSignalBlocker(self._choice):
            self._choice.setCurrentText(method.label)
        self._make_boxes(type(method))
        for name, box in self._boxes.items():
            box.show(getattr(method, name))

    def _on_chosen(self) -> None:
        self.set_method(METHODS[self._choice.currentData()]())
        self.changed.emit()

    def _make_boxes(self, kind: type[Method]) -> None:
        settings = hyperparameters(kind)
        if [setting.name for setting in settings] == list(self._boxes):
            return
        while self._form.rowCount():
            self._form.removeRow(0)
        self._boxes = {setting.name: control(setting) for setting in settings}
        for name, box in self._boxes.items():
            box.changed.connect(self.changed)
            self._form.addRow(name, box.widget)
