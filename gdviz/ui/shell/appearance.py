"""Appearance: colours as the system has them or as was chosen, and how large type is."""

from functools import partial

from PySide6.QtCore import QChildEvent, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QStyleHints
from PySide6.QtWidgets import QMenu, QTabBar, QToolTip, QWidget

from gdviz.ui.features import Feature, Menus
from gdviz.ui.preferences import Preferences
from gdviz.ui.style import dress, dress_window
from gdviz.ui.theme import THEMES, Theme, theme_for, with_larger_type

NAMES = {
    "system": "As the &system", "light": "&Light", "dark": "&Dark",
    "contrast": "&High contrast",
}  # fmt: skip
SMALLEST_FONT_PT = 10.5


class Appearance(Feature):
    """Chooses the window's theme, and tells of another; made before there are widgets to tell."""

    changed = Signal(object)

    def __init__(self, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._preferences, self._window, self._scale = preferences, window, 1.0
        self._hints = QGuiApplication.styleHints()
        self._name = preferences.text("theme", "system", NAMES)
        self._colours = QMenu("&Colours", window)
        group = QActionGroup(self)
        for name, text in NAMES.items():
            action = QAction(text, group, checkable=True, checked=name == self._name)
            action.triggered.connect(partial(self.choose, name))
            self._colours.addAction(action)
        _enlarge_small_font(window)
        self._dress()
        window.installEventFilter(self)
        self._hints.colorSchemeChanged.connect(self._apply)
        # Qt knows of it from 6.10 on.
        if hasattr(self._hints, "accessibility"):
            self._hints.accessibility().contrastPreferenceChanged.connect(self._apply)

    @property
    def theme(self) -> Theme:
        """The theme that is chosen."""
        theme = THEMES.get(self._name) or self._system_theme()
        return theme if self._scale == 1 else with_larger_type(theme, self._scale)

    def menus(self) -> Menus:
        """Return its commands."""
        return {"&View": [self._colours]}

    def choose(self, name: str) -> None:
        """Change the colours: system, light, dark or contrast, which is light or dark as well."""
        self._name = name
        self._apply()

    def set_scale(self, scale: float) -> None:
        """Make the type of panel and pictures larger by a factor."""
        self._scale = scale
        self._apply()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dress the tabs of docks as well, which Qt makes when there are some."""
        kind = event.type()
        new = isinstance(event, QChildEvent) and isinstance(event.child(), QTabBar)
        if kind is QEvent.Type.Polish or (new and kind is QEvent.Type.ChildPolished):
            dress_window(self._window, self.theme)
        return super().eventFilter(watched, event)

    def close(self) -> None:
        """Remember the colours."""
        self._preferences.set("theme", self._name)

    def _system_theme(self) -> Theme:
        """Return what the desktop asks for, with high contrast if that is chosen."""
        dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
        wanted = self._name == "contrast" or _prefers_contrast(self._hints)
        return theme_for(dark=dark, high_contrast=wanted)

    def _dress(self) -> None:
        """Dress all that isn't in the window, too: tooltips have its type."""
        dress(self.theme)
        QToolTip.setFont(self._window.font())

    def _apply(self) -> None:
        self._dress()
        dress_window(self._window, self.theme)
        self.changed.emit(self.theme)


def _prefers_contrast(hints: QStyleHints) -> bool:
    """Tell whether the desktop asks for high contrast."""
    if not hasattr(hints, "accessibility"):
        return False
    preference = hints.accessibility().contrastPreference()
    return preference is Qt.ContrastPreference.HighContrast


def _enlarge_small_font(window: QWidget) -> None:
    """Make text readable from a few steps away where the desktop's font is small."""
    font = window.font()
    if font.pointSizeF() < SMALLEST_FONT_PT:
        font.setPointSizeF(SMALLEST_FONT_PT)
        window.setFont(font)
