"""Stage: what a chapter hides, lights up and enlarges, and how it was before."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from gdviz.ui.plots.figure import MARKS, Figure
from gdviz.ui.settings.form import Form
from gdviz.ui.theme import LIGHT, Theme
from gdviz.ui.widgets.spotlight import Spotlight

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Chapter


class Stage:
    """The parts of a window by their object names, and the switch for large type."""

    def __init__(self, window: QWidget, large: QAction) -> None:
        self._window, self._large = window, large
        self._theme = LIGHT
        self._lights: list[Spotlight] = []
        self._hidden: list[QWidget] = []
        self._made_large = False

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for light in self._lights:
            light.set_theme(theme)

    def set(self, chapter: "Chapter") -> None:
        """Hide and light up what the chapter names."""
        self._figure.reset_views()
        self._figure.set_unseen([name for name in chapter.hide if name in MARKS])
        for part in (self._part(name) for name in chapter.hide if name not in MARKS):
            if part in self._figure.views:
                self._figure.set_away(part, True)
                continue
            labels = [label for label in self._window.findChildren(QLabel) if label.buddy() is part]
            for widget in (part, *labels):
                if not widget.isHidden():
                    self._hidden.append(widget)
                    widget.hide()
        if chapter.large_type and not self._large.isChecked():
            self._made_large = True
            self._large.setChecked(True)
        parts = [self._seen(name) for name in chapter.light]
        # Of several the first is to be seen where they are behind tabs.
        for part in reversed(parts):
            self._figure.turn_to(part)
        self._lights = [Spotlight(part, self._window, self._theme) for part in parts]

    def clear(self) -> None:
        """Show everything as usual."""
        for light in self._lights:
            light.put_out()
        for widget in self._hidden:
            if not _is_in_hidden_row(widget):
                widget.show()
        for view in self._figure.views:
            self._figure.set_away(view, False)
        self._figure.set_unseen(())
        self._figure.loss_curve.forget_guesses()
        if self._made_large:
            self._large.setChecked(False)
        self._lights, self._hidden, self._made_large = [], [], False

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
        """Return the part of a name; of a mark the picture that it is in."""
        if name in MARKS:
            return self._figure.loss_curve
        part = self._window.findChild(QWidget, name)
        assert part is not None, name
        return part


def _is_in_hidden_row(widget: QWidget) -> bool:
    """Return whether a form has hidden a widget meanwhile, with the row that it is in."""
    around = widget.parentWidget()
    return around is not None and any(form.hides(widget) for form in around.findChildren(Form))
