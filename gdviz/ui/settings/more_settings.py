"""MoreSettings: what a first look doesn't need: the start, batches, and the scale of x."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QToolButton, QWidget

from gdviz.core.descent.settings import SETTINGS
from gdviz.ui.settings.controls import MINI, BatchBox, Control
from gdviz.ui.widgets.parts import NO_MARGINS, in_column, named


class MoreSettings(QWidget):
    """A heading that opens and closes, and below it controls by the names of their settings."""

    def __init__(self, controls: Mapping[str, Control], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tip = "The start, batches and the scale of x"
        self.heading = named(QToolButton(), "more_settings", tip=tip)
        self.heading.setText("More settings")
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setAutoRaise(True)
        self.heading.setCheckable(True)
        self.heading.toggled.connect(self._on_toggled)
        self._controls = controls
        self._arrange()
        self._on_toggled(False)

    def show_needed(self) -> None:
        """Show the rows that mean something with what is chosen in the others."""
        for name, control in self._controls.items():
            if isinstance(control.widget, BatchBox):
                self._form.setRowVisible(control.widget.mini, control.widget.currentText() == MINI)
            if needs := SETTINGS[name].needs:
                self._form.setRowVisible(control.widget, bool(self._controls[needs].value()))

    def _on_toggled(self, is_open: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.heading.setArrowType(arrow)
        self._body.setVisible(is_open)

    def _arrange(self) -> None:
        self._body = QWidget()
        self._form = QFormLayout(self._body)
        self._form.setContentsMargins(0, 2, 0, 4)
        self._form.setVerticalSpacing(4)
        for name, control in self._controls.items():
            control.changed.connect(self.show_needed)
            widget, label = control.widget, SETTINGS[name].label
            if isinstance(widget, BatchBox):
                self._form.addRow("each step", widget)
                self._form.addRow(label, widget.mini)
            elif isinstance(widget, QCheckBox):
                self._form.addRow(widget)
            else:
                self._form.addRow(label, widget)
        in_column(self.heading, self._body, of=self, margins=NO_MARGINS, spacing=0)
