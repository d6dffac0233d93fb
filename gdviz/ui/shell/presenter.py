"""Presenter: full screen and large type, for the back row of a classroom."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont, QShortcut
from PySide6.QtWidgets import QWidget

from gdviz.ui.features import Feature, Menus
from gdviz.ui.shell.workspace import Workspace

SCALE = 1.4


class Presenter(Feature):
    """Turns large type on and off; F11 does both, Esc leaves."""

    def __init__(
        self, set_scale: Callable[[float], None], workspace: Workspace, window: QWidget
    ) -> None:
        super().__init__(window)
        self._window, self._set_scale = window, set_scale
        self._before: list[tuple[QWidget, QFont]] = []
        self._was_maximized = False
        self.action = QAction("&Full screen, large type", window, checkable=True)
        self.action.setShortcut("F11")
        self.action.toggled.connect(self._on_toggled)
        self._escape = QShortcut(Qt.Key.Key_Escape, window)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self.close)

    def menus(self) -> Menus:
        """Return its commands."""
        return {"&View": [self.action]}

    def close(self) -> None:
        """Leave."""
        self.action.setChecked(False)

    def _on_toggled(self, on: bool) -> None:
        self._escape.setEnabled(on)
        if on:
            self._was_maximized = self._window.isMaximized()
            self._enlarge()
            self._window.showFullScreen()
        else:
            self._shrink()
            if self._was_maximized:
                self._window.showMaximized()
            else:
                self._window.showNormal()
        self._set_scale(SCALE if on else 1.0)

    def _enlarge(self) -> None:
        """Enlarge the window's font, and those that don't follow it."""
        known = [(widget, widget.font()) for widget in self._window.findChildren(QWidget)]
        self._before = [(self._window, self._window.font())]
        self._window.setFont(_scaled(self._window.font()))
        for widget, font in known:
            if widget.font().pointSizeF() == font.pointSizeF() > 0:
                self._before.append((widget, font))
                widget.setFont(_scaled(font))

    def _shrink(self) -> None:
        for widget, font in self._before:
            widget.setFont(font)
        self._before = []


def _scaled(font: QFont) -> QFont:
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * SCALE)
    return larger
