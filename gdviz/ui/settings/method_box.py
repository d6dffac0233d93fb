"""MethodBox: which way down, and the hyperparameters of that one."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import SETTINGS, Value, hyperparameters
from gdviz.ui.settings.controls import Control, control
from gdviz.ui.settings.form import Form
from gdviz.ui.widgets.narrow_box import NarrowBox
from gdviz.ui.widgets.parts import named


class MethodBox(NarrowBox):
    """A choice of all methods; below it in the form, a box for each hyperparameter of the chosen.

    Signals
    -------
    changed()
        The user chose another method, or a hyperparameter.
    """

    changed = Signal()

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        setting = SETTINGS["method"]
        named(self, setting.name, setting.label, setting.help)
        for name, kind in METHODS.items():
            self.addItem(kind.label, name)
        self.currentIndexChanged.connect(self._on_chosen)
        self._boxes: dict[str, Control] = {}
        self._form = form
        form.add(setting.label, self, main=True)

    def values(self) -> dict[str, Value]:
        """Return the name of the chosen method, and its hyperparameters."""
        chosen = {name: box.value() for name, box in self._boxes.items()}
        return {"method": self.currentData(), **chosen}

    def set_method(self, method: Method) -> None:
        """Show another method, without asking for it; boxes there keep what is being typed."""
        with QSignalBlocker(self):
            self.setCurrentText(method.label)
        self._make_boxes(type(method))
        for name, box in self._boxes.items():
            box.show(getattr(method, name))

    def _on_chosen(self) -> None:
        self.set_method(METHODS[self.currentData()]())
        self.changed.emit()

    def _make_boxes(self, kind: type[Method]) -> None:
        settings = hyperparameters(kind)
        if [setting.name for setting in settings] == list(self._boxes):
            return
        for box in self._boxes.values():
            self._form.removeRow(box.widget)
        self._boxes = {setting.name: control(setting) for setting in settings}
        above: QWidget = self
        for name, box in self._boxes.items():
            box.changed.connect(self.changed)
            self._form.add(name, box.widget, after=above)
            above = box.widget
