"""Colours, fonts and icons: light and dark, and both with high contrast.

Everything keeps one colour wherever it appears: the data, the hiker, where it has been, the
slope, the optimum. The hues are Okabe and Ito's, which colour-blind eyes tell apart (Color
Universal Design, 2008), darkened where white paper would swallow them: what is drawn has a contrast
of 3 : 1 at least with what it is drawn on, what is read 4.5 : 1 (WCAG 2.2, 1.4.3 and 1.4.11), and
with high contrast 4.5 : 1 and 7 : 1 (1.4.6).
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gdviz.core.format import Format
from gdviz.resources import resource

PLOT_FONT_PX = 13
# How much of the accent is in what is marked.
TINT = 0.12
# Of how many tones one is chosen that can be read.
STEPS = 20


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
    grid : str
        Axes, and the outlines of controls.
    ground : tuple of str
        The colours of the lowest and of the highest loss, seen from above.
    casing : str
        What sets lines off from the ground they cross.
    kept : tuple of str
        The colours of runs that are kept, in their order.
    readable : float
        The least contrast of text.
    breadth : float
        How many times as broad as usual lines are.
    scale : float
        How many times as large as usual type is.
    family : str
        Of the font in plots; empty: the window's.
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
    readable: float = 4.5
    breadth: float = 1.0
    scale: float = 1.0
    family: str = ""

    @property
    def font_px(self) -> int:
        """The size of the type in plots."""
        return round(PLOT_FONT_PX * self.scale)

    def colour(self, name: str) -> str:
        """Return a colour by its name: that of a field, or ``kept 0``, ``kept 1``, …."""
        field, _, number = name.partition(" ")
        return self.kept[int(number) % len(self.kept)] if number else str(getattr(self, field))

    @property
    def tint(self) -> str:
        """The ground of what is marked within a text."""
        return mixed(self.accent, self.panel, TINT).name()

    def text_of(self, name: str) -> str:
        """Return the tone of a colour, by its name, that can be read as text."""
        return _readable(self, self.colour(name))


LIGHT = Theme(
    name="light",
    panel="#f3f5f8",
    plot="#ffffff",
    text="#1c1f24",
    muted="#5a6270",
    grid="#6f7989",
    button="#ffffff",
    accent="#04669e",
    on_accent="#ffffff",
    notice="#fff1d6",
    data="#04669e",
    hiker="#a94402",
    trail="#c08400",
    slope="#9a4380",
    optimum="#009e73",
    curve="#1c1f24",
    ground=("#f2f7fc", "#829eb8"),
    casing="#3d3629",
    kept=("#6a2e9a", "#7a4b1e", "#12798a", "#b0006a", "#556b00", "#5a6270"),
)
DARK = Theme(
    name="dark",
    panel="#1d2128",
    plot="#14171c",
    text="#eceff4",
    muted="#a3acba",
    grid="#828d9d",
    button="#252a33",
    accent="#56b4e9",
    on_accent="#0d1116",
    notice="#3d3116",
    data="#56b4e9",
    hiker="#ff7010",
    trail="#ffc857",
    slope="#e08fc0",
    optimum="#1fc998",
    curve="#eceff4",
    ground=("#1a1e23", "#455c73"),
    casing="#14171c",
    kept=("#b79af2", "#d9b08c", "#5fd0dc", "#ff8ac4", "#c3d165", "#a3acba"),
)
LIGHT_CONTRAST = Theme(
    name="light, high contrast",
    panel="#ffffff",
    plot="#ffffff",
    text="#000000",
    muted="#3b4048",
    grid="#3b4048",
    button="#ffffff",
    accent="#004f80",
    on_accent="#ffffff",
    notice="#fff4d6",
    data="#004f80",
    hiker="#833000",
    trail="#946600",
    slope="#792b61",
    optimum="#00563e",
    curve="#000000",
    ground=("#f7fbff", "#9db4c9"),
    casing="#000000",
    kept=("#4f2380", "#5c3510", "#0a5361", "#8a0052", "#3f5000", "#3b4048"),
    readable=7.0,
    breadth=1.4,
)
DARK_CONTRAST = Theme(
    name="dark, high contrast",
    panel="#000000",
    plot="#000000",
    text="#ffffff",
    muted="#d0d6df",
    grid="#b6b6b6",
    button="#000000",
    accent="#7cc8ff",
    on_accent="#000000",
    notice="#2b2200",
    data="#7cc8ff",
    hiker="#ff9647",
    trail="#ffd27a",
    slope="#f0a8d5",
    optimum="#3ee6b0",
    curve="#ffffff",
    ground=("#06090c", "#34485b"),
    casing="#000000",
    kept=("#cdb8ff", "#ecc9a9", "#86e4ee", "#ffaad6", "#dbe985", "#d0d6df"),
    readable=7.0,
    breadth=1.4,
)
# For paper without colours. What lies on top of each other differs by a tone at least, and all have
# a shape or dashes of their own.
GREYS = replace(
    LIGHT,
    name="greys",
    text="#202020",
    muted="#606060",
    grid="#949494",
    accent="#404040",
    data="#6c6c6c",
    hiker="#000000",
    trail="#5c5c5c",
    slope="#787878",
    optimum="#303030",
    curve="#383838",
    ground=("#f8f8f8", "#a4a4a4"),
    casing="#303030",
    kept=("#202020", "#686868", "#484848", "#7c7c7c", "#343434", "#8c8c8c"),
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def theme_for(*, dark: bool, high_contrast: bool) -> Theme:
    """Return the theme of a kind."""
    if high_contrast:
        return DARK_CONTRAST if dark else LIGHT_CONTRAST
    return DARK if dark else LIGHT


def mixed(colour: str, ground: str, share: float) -> QColor:
    """Return a colour of which `share` is one and the rest the other."""
    one, other = QColor(colour), QColor(ground)
    pairs = (one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue())
    return QColor(*(round(share * of_one + (1 - share) * rest) for of_one, rest in pairs))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2.2 counts it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts, rgb = (0.2126, 0.7152, 0.0722), QColor(colour)
    lights = map(_light, (rgb.redF(), rgb.greenF(), rgb.blueF()))
    return sum(part * light for part, light in zip(parts, lights, strict=True))


def _light(value: float) -> float:
    """Return how much light a value of sRGB means."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


@cache
def _readable(theme: Theme, colour: str) -> str:
    """Return a colour with as much of the text's as lets it be read on everything."""
    for share in range(STEPS):
        tone = mixed(theme.text, colour, share / STEPS).name()
        papers = theme.panel, theme.plot, theme.button, theme.notice, theme.tint
        if all(contrast(tone, paper) >= theme.readable for paper in papers):
            return tone
    return theme.text


def printed(theme: Theme, form: Format) -> Theme:
    """Return the theme in which a picture that is in this one on the screen is written."""
    paper = {**THEMES, GREYS.name: GREYS}.get(form.colours, theme)
    scale = (form.font_px or theme.font_px) / PLOT_FONT_PX
    breadth = paper.breadth * form.lines / scale
    return replace(paper, scale=scale, breadth=breadth, family=form.family)


@cache
def with_larger_type(theme: Theme, scale: float) -> Theme:
    """Return a theme whose type in plots is larger by a factor."""
    return replace(theme, scale=scale)


def plot_font(theme: Theme | None = None) -> QFont:
    """Return the font of axes and legends: large enough for the back row."""
    font = QFont()
    if theme is not None and theme.family:
        font.setFamily(theme.family)
    font.setPixelSize(PLOT_FONT_PX if theme is None else theme.font_px)
    return font


@cache
def installed_families() -> tuple[str, ...]:
    """Return the names of the fonts that can write names and numbers in any size."""
    latin = QFontDatabase.WritingSystem.Latin
    found = filter(QFontDatabase.isSmoothlyScalable, QFontDatabase.families(latin))
    # Where several makers have a family of one name, Qt adds theirs.
    return tuple(dict.fromkeys(re.sub(r" \[[^]]*\]$", "", family) for family in found))


# Kept: Qt remembers megabytes of what it has painted of icons, those that are gone included.
@cache
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
