"""Stage: what a chapter hides, lights up and enlarges, and how it was before."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from gdviz.ui.plots.figure import MARKS, Figure
from gdviz.ui.settings.form import Form
from gdviz.ui.theme import LIGHT, Theme
from gdviz.ui.widgets.spotlight import Spotlight

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Setup


class Stage:
    """The parts of a window by their object names, and the switch for large type."""

    def __init__(self, window: QWidget, large: QAction) -> None:
        self._window, self._large = window, large
        self._theme = LIGHT
        self._lights: list[Spotlight] = []
        self._hidden: dict[str, list[QWidget]] = {}
        self._made_large = False

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for light in self._lights:
            light.set_theme(theme)

    def apply(self, setup: "Setup") -> None:
        """Hide and light up what a chapter names; what it leaves open stays."""
        if setup.hide is not None:
            self._hide(setup.hide)
        if setup.light is not None:
            self._light(setup.light)

    def enlarge(self) -> None:
        """Switch to large type, if it isn't on."""
        if not self._large.isChecked():
            self._made_large = True
            self._large.setChecked(True)

    def clear(self) -> None:
        """Show everything as usual."""
        self._hide(())
        self._light(())
        self._figure.loss_curve.forget_guesses()
        self._figure.reset_views()
        if self._made_large:
            self._large.setChecked(False)
        self._made_large = False

    def _hide(self, names: Sequence[str]) -> None:
        """Hide these parts and no others; what stays hidden isn't touched."""
        for name in self._hidden.keys() - set(names):
            for widget in self._hidden.pop(name):
                if not _is_in_hidden_row(widget):
                    widget.show()
        marks = [name for name in names if name in MARKS]
        self._figure.set_unseen(marks)
        parts = {name: self._part(name) for name in names if name not in marks}
        for view in self._figure.views:
            self._figure.set_away(view, view in parts.values())
        for name, part in parts.items():
            if name not in self._hidden and part not in self._figure.views:
                self._hidden[name] = [*filter(_is_there, (part, *self._labels(part)))]
                for widget in self._hidden[name]:
                    widget.hide()

    def _light(self, names: Sequence[str]) -> None:
        for light in self._lights:
            light.put_out()
        parts = [self._seen(name) for name in names]
        # Of several the first is to be seen where they are behind tabs.
        for part in reversed(parts):
            self._figure.turn_to(part)
        self._lights = [Spotlight(part, self._window, self._theme) for part in parts]

    def _labels(self, part: QWidget) -> list[QLabel]:
        return [label for label in self._window.findChildren(QLabel) if label.buddy() is part]

    @property
    def _figure(self) -> Figure:
        figure = self._window.findChild(Figure)
        assert isinstance(figure, Figure)
        return figure

    def _seen(self, name: str) -> QWidget:
        """Return the part of a name; of a number that isn't written, what it is a part of."""
        part = self._part(name)
        whole = part.buddy() if isinstance(part, QLabel) and part.isHidden() else None
        return whole or part

    def _part(self, name: str) -> QWidget:
        part = self._window.findChild(QWidget, name)
        assert part is not None, name
        return part


def _is_there(widget: QWidget) -> bool:
    return not widget.isHidden()


def _is_in_hidden_row(widget: QWidget) -> bool:
    """Return whether a form has hidden a widget meanwhile, with the row that it is in."""
    around = widget.parentWidget()
    return around is not None and any(form.hides(widget) for form in around.findChildren(Form))
