"""Colours, fonts and icons, light and dark.

Everything keeps one colour wherever it appears: the data, the hiker, where it has been, the
slope, the optimum. The hues are Okabe and Ito's, which colour-blind eyes tell apart (Color
Universal Design, 2008), darkened where white paper would swallow them.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gdviz.resources import resource

PLOT_FONT_PX = 13


@runtime_checkable
class Themed(Protocol):
    """What has colours of its own."""

    def set_theme(self, theme: "Theme") -> None:
        """Take the colours of a theme."""


@dataclass(frozen=True)
class Theme:
    """The colours of one scheme, as ``#rrggbb``.

    Attributes
    ----------
    ground : tuple of str
        The colours of the lowest and of the highest loss, seen from above.
    casing : str
        What sets lines off from the ground they cross.
    kept : tuple of str
        The colours of runs that are kept, in their order.
    scale : float
        How many times as large as usual type is.
    """

    name: str
    panel: str
    plot: str
    text: str
    muted: str
    grid: str
    button: str
    accent: str
    on_accent: str
    notice: str
    data: str
    hiker: str
    trail: str
    slope: str
    optimum: str
    curve: str
    ground: tuple[str, str]
    casing: str
    kept: tuple[str, ...]
    scale: float = 1.0

    @property
    def font_px(self) -> int:
        """The size of the type in plots."""
        return round(PLOT_FONT_PX * self.scale)

    def colour(self, name: str) -> str:
        """Return a colour by its name: that of a field, or ``kept 0``, ``kept 1``, …."""
        field, _, number = name.partition(" ")
        return self.kept[int(number) % len(self.kept)] if number else str(getattr(self, field))


LIGHT = Theme(
    name="light",
    panel="#f3f5f8",
    plot="#ffffff",
    text="#1c1f24",
    muted="#5a6270",
    grid="#8c95a4",
    button="#ffffff",
    accent="#0072b2",
    on_accent="#ffffff",
    notice="#fff1d6",
    data="#0072b2",
    hiker="#d55e00",
    trail="#e69f00",
    slope="#a8478a",
    optimum="#009e73",
    curve="#1c1f24",
    ground=("#f2f7fc", "#829eb8"),
    casing="#3d3629",
    kept=("#6a3d9a", "#7a4b1e", "#12798a", "#b0006a", "#556b00", "#5a6270"),
)
DARK = Theme(
    name="dark",
    panel="#1d2128",
    plot="#14171c",
    text="#eceff4",
    muted="#a3acba",
    grid="#6c7685",
    button="#2b313b",
    accent="#56b4e9",
    on_accent="#0d1116",
    notice="#3d3116",
    data="#56b4e9",
    hiker="#ff7a1a",
    trail="#e69f00",
    slope="#e08fc0",
    optimum="#1fc998",
    curve="#eceff4",
    ground=("#1a1e23", "#455c73"),
    casing="#14171c",
    kept=("#b79af2", "#d9b08c", "#5fd0dc", "#ff8ac4", "#c3d165", "#a3acba"),
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def system_theme() -> Theme:
    """Return the scheme the desktop asks for."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def palette(theme: Theme) -> QPalette:
    """Return the widget palette of a theme."""
    result = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.button,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.button,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipBase: theme.plot,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
    }
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.grid))
    return result


def mixed(colour: str, ground: str, share: float) -> QColor:
    """Return a colour of which `share` is one and the rest the other."""
    one, other = QColor(colour), QColor(ground)
    pairs = (one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue())
    return QColor(*(round(share * of_one + (1 - share) * rest) for of_one, rest in pairs))


@cache
def with_larger_type(theme: Theme, scale: float) -> Theme:
    """Return a theme whose type in plots is larger by a factor."""
    return replace(theme, scale=scale)


def plot_font(theme: Theme | None = None) -> QFont:
    """Return the font of axes and legends: large enough for the back row."""
    font = QFont()
    font.setPixelSize(PLOT_FONT_PX if theme is None else theme.font_px)
    return font


def icon(name: str, colour: str) -> QIcon:
    """Return the icon ``assets/icons/<name>.svg`` drawn in a colour, sharp at every scale."""
    source = resource("assets", "icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    result = QIcon()
    for side in (24, 48, 96):
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        result.addPixmap(pixmap)
    return result


def app_icon() -> QIcon:
    """Return the application's icon."""
    return QIcon(str(resource("assets", "icon.svg")))
