"""Stage: what a chapter hides, lights up and enlarges, and how it was before."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLayout, QWidget

from gdviz.ui.plots.figure import MARKS, Figure
from gdviz.ui.theme import LIGHT, Theme
from gdviz.ui.widgets.spotlight import Spotlight

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Setup


class Stage(QObject):
    """The parts of a window by their object names, and the switch for large type.

    Attributes
    ----------
    is_changing : bool
        Whether parts come and go just now. Each lays the window out, before it is to be seen; who
        hides it meanwhile has Qt paint what no layout knows any more.
    """

    def __init__(self, window: QWidget, large: QAction) -> None:
        super().__init__(window)
        self._window, self._large = window, large
        self._theme = LIGHT
        self._lights: list[Spotlight] = []
        # What is hidden, and whether it is there otherwise.
        self._hidden: dict[QWidget, bool] = {}
        self._made_large = False
        self.is_changing = False

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for light in self._lights:
            light.set_theme(theme)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Let parts of the window come and go."""
        before, self.is_changing = self.is_changing, True
        try:
            yield
        finally:
            self.is_changing = before

    def apply(self, setup: "Setup") -> None:
        """Hide and light up what a chapter names; what it leaves open stays."""
        with self.changing():
            if setup.hide is not None:
                self._hide(setup.hide)
            if setup.light is not None:
                self._light(setup.light)

    def enlarge(self) -> None:
        """Switch to large type, if it isn't on."""
        if not self._large.isChecked():
            self._made_large = True
            with self.changing():
                self._large.setChecked(True)

    def clear(self) -> None:
        """Show everything as usual."""
        with self.changing():
            self._hide(())
            self._light(())
            self._figure.reset_views()
            if self._made_large:
                self._large.setChecked(False)
        self._made_large = False

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:
        """Hide again what is hidden, whoever shows it."""
        if event.type() is QEvent.Type.ShowToParent and isinstance(widget, QWidget):
            self._hidden[widget] = True
            widget.hide()
        return False

    def _hide(self, names: Sequence[str]) -> None:
        """Hide these parts and no others; what stays hidden isn't touched."""
        self._figure.set_unseen([name for name in names if name in MARKS])
        parts = [self._part(name) for name in names if name not in MARKS]
        self._figure.take_away(parts)
        labels = self._window.findChildren(QLabel)
        hidden = {*parts, *(label for label in labels if label.buddy() in parts)}
        hidden.difference_update(self._figure.views)
        for widget in self._hidden.keys() - hidden:
            self._show_again(widget)
        for widget in hidden - self._hidden.keys():
            self._hidden[widget] = not widget.isHidden()
            widget.hide()
            widget.installEventFilter(self)

    def _show_again(self, widget: QWidget) -> None:
        """Show a part, unless who it belongs to doesn't."""
        widget.removeEventFilter(self)
        around = widget.parentWidget()
        owners = [around, *around.findChildren(QLayout)] if around else []
        # Some show and hide parts of their own. To ask for a protocol takes far longer.
        asked = (getattr(owner, "hides", None) for owner in owners)
        is_away = any(hides(widget) for hides in asked if hides is not None)
        # To show one may open or close the lesson, and then all of them are shown before this ends.
        if self._hidden.pop(widget, False) and not is_away:
            widget.show()

    def _light(self, names: Sequence[str]) -> None:
        for light in self._lights:
            light.put_out()
        parts = [self._seen(name) for name in names]
        # Of several the first is to be seen where they are behind tabs.
        for part in reversed(parts):
            self._figure.turn_to(part)
        self._lights = [Spotlight(part, self._window, self._theme) for part in parts]

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
