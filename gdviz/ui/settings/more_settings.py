"""MoreSettings: what a first look doesn't need: the start, batches, and the scale of x."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from gdviz.core.descent.settings import SETTINGS
from gdviz.ui.settings.controls import MINI, BatchBox, Control
from gdviz.ui.settings.form import Form
from gdviz.ui.widgets.parts import named


class MoreSettings(QToolButton):
    """A heading that opens and closes; below it in the form, controls by their settings' names."""

    def __init__(
        self, controls: Mapping[str, Control], form: Form, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        named(self, "more_settings", tip="The start, batches and the scale of x")
        self.setText("More settings")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAutoRaise(True)
        self.setCheckable(True)
        self.toggled.connect(self.show_needed)
        self._controls, self._form = controls, form
        self._arrange()
        self.show_needed()

    def show_needed(self) -> None:
        """Show the rows that mean something with what is chosen in the others."""
        is_open = self.isChecked()
        self.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        for widget, needed in self._rows():
            self._form.show_row(widget, is_open and needed)

    def _rows(self) -> Iterator[tuple[QWidget, bool]]:
        """Yield what has a row, and whether it means something."""
        for name, control in self._controls.items():
            needs = SETTINGS[name].needs
            yield control.widget, not needs or bool(self._controls[needs].value())
            if isinstance(control.widget, BatchBox):
                yield control.widget.mini, control.widget.currentText() == MINI

    def _arrange(self) -> None:
        self._form.addRow(self)
        for name, control in self._controls.items():
            control.changed.connect(self.show_needed)
            widget, label = control.widget, SETTINGS[name].label
            if isinstance(widget, BatchBox):
                self._form.add("each step", widget)
                self._form.add(label, widget.mini)
            else:
                self._form.add(label, widget)
