"""Appearance: light or dark, as the system or as was chosen, and how large type is."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from gdviz.ui.features import Feature, Menus
from gdviz.ui.preferences import Preferences
from gdviz.ui.theme import THEMES, Theme, palette, system_theme, with_larger_type

NAMES = {"system": "As the &system", "light": "&Light", "dark": "&Dark"}
SMALLEST_FONT_PT = 10.5


class Appearance(Feature):
    """Chooses the window's theme, and tells of another; made before there are widgets to tell."""

    changed = Signal(object)

    def __init__(self, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._preferences, self._scale = preferences, 1.0
        self._name = preferences.text("theme", "system", NAMES)
        self._colours = QMenu("&Colours", window)
        group = QActionGroup(self)
        for name, text in NAMES.items():
            action = QAction(text, group, checkable=True, checked=name == self._name)
            action.triggered.connect(partial(self.choose, name))
            self._colours.addAction(action)
        _enlarge_small_font(window)
        QApplication.setPalette(palette(self.theme))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)

    @property
    def theme(self) -> Theme:
        """The theme that is chosen."""
        theme = THEMES.get(self._name) or system_theme()
        return theme if self._scale == 1 else with_larger_type(theme, self._scale)

    def menus(self) -> Menus:
        """Return its commands."""
        return {"&View": [self._colours]}

    def choose(self, name: str) -> None:
        """Change the colours: system, light or dark."""
        self._name = name
        self._apply()

    def set_scale(self, scale: float) -> None:
        """Make the type of panel and pictures larger by a factor."""
        self._scale = scale
        self._apply()

    def close(self) -> None:
        """Remember the colours."""
        self._preferences.set("theme", self._name)

    def _apply(self) -> None:
        QApplication.setPalette(palette(self.theme))
        QToolTip.setPalette(palette(self.theme))
        self.changed.emit(self.theme)


def _enlarge_small_font(window: QWidget) -> None:
    """Make text readable from a few steps away where the desktop's font is small."""
    font = window.font()
    if font.pointSizeF() < SMALLEST_FONT_PT:
        font.setPointSizeF(SMALLEST_FONT_PT)
        window.setFont(font)
