"""MethodBox: which way down, and the hyperparameters of that one."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import SETTINGS, Setting, Value, hyperparameters
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
        # Those of all methods that were shown: a widget made anew with every choice costs memory.
        self._made: dict[str, Control] = {}
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
        self._show_boxes(type(method))
        for name, box in self._boxes.items():
            box.show(getattr(method, name))

    def _on_chosen(self) -> None:
        self.set_method(METHODS[self.currentData()]())
        self.changed.emit()

    def _show_boxes(self, kind: type[Method]) -> None:
        above: QWidget = self
        shown = {}
        for setting in hyperparameters(kind):
            shown[setting.name] = self._box(setting, above)
            above = shown[setting.name].widget
        for box in self._made.values():
            self._form.show_row(box.widget, box in shown.values())
        self._boxes = shown

    def _box(self, setting: Setting, above: QWidget) -> Control:
        """Return the box of a hyperparameter; what has the same name means the same."""
        if setting.name not in self._made:
            box = self._made[setting.name] = control(setting)
            box.changed.connect(self.changed)
            self._form.add(setting.name, box.widget, after=above)
        return self._made[setting.name]
