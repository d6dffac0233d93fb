"""Presenter: full screen, and type for the back row of a classroom."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QFont, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from gdviz.ui.features import Feature, Menus
from gdviz.ui.shell.workspace import Workspace
from gdviz.ui.theme import PLOT_FONT_PX

# From eight metres, type can be read of which so many lines fill the height of a screen.
LINES = 30
# Beside docks it is only as large as leaves room for all: so much of the width may be taken.
MOST_OF_WIDTH = 0.97


class Presenter(Feature):
    """Fills the screen with the pictures, in large type; F11 does so, and Esc leaves."""

    def __init__(
        self, set_scale: Callable[[float], None], workspace: Workspace, window: QWidget
    ) -> None:
        super().__init__(window)
        self._window, self._workspace, self._set_scale = window, workspace, set_scale
        self._scale = 1.0
        self._before: list[tuple[QWidget, QFont]] = []
        self._was_maximized = False
        self._fitted = QSize()
        # Only when the window has been laid out: from within a resize it would be half done.
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the type follow the height of the window."""
        if event.type() is QEvent.Type.Resize:
            self._fitting.start()
        return super().eventFilter(watched, event)

    def _on_toggled(self, on: bool) -> None:
        self._escape.setEnabled(on)
        window = self._window
        if on:
            self._was_maximized, self._fitted = window.isMaximized(), QSize()
            self._workspace.fold()
            window.installEventFilter(self)
            window.showFullScreen()
            self._fitting.start()
            self._workspace.changed.connect(self._fitting.start)
        else:
            window.removeEventFilter(self)
            self._workspace.changed.disconnect(self._fitting.start)
            self._fitting.stop()
            # In their own places docks take the width that usual type needs.
            self._workspace.unfold()
            self._enlarge(1.0)
            window.showMaximized() if self._was_maximized else window.showNormal()

    def _fit(self) -> None:
        """Take the type that the back row can read, but never less than the usual one."""
        # Not the screen's size: until the window has that, larger type would be cut off.
        full, now = self._window.size(), round(self._scale * PLOT_FONT_PX)
        wanted = most = math.ceil(full.height() / LINES)
        needed = self._workspace.needed_width
        if needed:
            wanted = min(most, math.floor(MOST_OF_WIDTH * full.width() * now / needed))
        wanted = max(wanted, PLOT_FONT_PX)
        # What needs room isn't quite proportional to type: in one window it doesn't go to and fro.
        fits = full == self._fitted and now <= most and needed <= full.width()
        if wanted != now and not (fits and abs(wanted - now) == 1):
            self._enlarge(wanted / PLOT_FONT_PX)
        self._fitted = full

    def _enlarge(self, scale: float) -> None:
        """Enlarge the window's font, and those that don't follow it."""
        before, was, self._scale = dict(self._before), self._scale, scale
        if scale == 1:
            self._set_fonts(self._before)
            self._before = []
        else:
            # Each once: all is laid out anew with each font. New ones have the larger type already.
            widgets = [self._window, *self._window.findChildren(QWidget)]
            self._before = [
                (widget, before.get(widget) or _scaled(widget.font(), 1 / was))
                for widget in widgets
            ]
            self._set_fonts([(widget, _scaled(font, scale)) for widget, font in self._before])
        self._set_scale(scale)

    def _set_fonts(self, fonts: Sequence[tuple[QWidget, QFont]]) -> None:
        """Give widgets their fonts, the outer ones first, as far as they don't follow those.

        What is around tabs of docks passes on the application's font instead.
        """
        for widget, font in fonts:
            if isValid(widget) and widget.font().pointSizeF() != font.pointSizeF() > 0:
                widget.setFont(font)


def _scaled(font: QFont, scale: float) -> QFont:
    scaled = QFont(font)
    if font.pointSizeF() > 0:
        scaled.setPointSizeF(font.pointSizeF() * scale)
    return scaled
