"""Format: how a picture is written: its size, its type and lines, its colours, and the words.

The export dialog and the command line both ask for what stands here.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

# What a picture is measured in: pixels of Qt's, of which an inch has so many.
DPI = 96
CM_PER_INCH, POINTS_PER_INCH = 2.54, 72
# No side of a picture is longer, none has more pixels for one of Qt's, and no family's name.
MOST_PX, MOST_SCALE, LONGEST_FAMILY = 8_000, 16, 200
# How wide and high a picture can be that is asked for without a window, in pixels.
SIZES = range(200, MOST_PX + 1), range(150, MOST_PX + 1)
# What can be drawn: as it is typed, and the object name of what draws it.
VIEWS = {
    "figure": "figure", "loss-curve": "loss_curve", "landscape": "landscape", "surface": "surface",
    "data": "data_fit", "history": "loss_history",
}  # fmt: skip
UNITS = {"screen": "As on the screen", "px": "Pixels", "cm": "Centimetres"}
COLOURS = {
    "screen": "As on the screen",
    "light": "Print-friendly (light)",
    "dark": "Dark",
    "greys": "Greys: no colour needed",
}
# Pixels of an inch; sizes of type that are whole in pixels of Qt's; widths of lines.
RESOLUTIONS = {
    96: "96 dpi (1\N{MULTIPLICATION SIGN} the screen's)",
    192: "192 dpi (2\N{MULTIPLICATION SIGN})",
    300: "300 dpi (print)",
    384: "384 dpi (4\N{MULTIPLICATION SIGN})",
    600: "600 dpi (fine print)",
}
FONTS = {0.0: "As on the screen"}
FONTS |= {size: f"{size:g} pt" for size in (6.0, 7.5, 9.0, 10.5, 12.0, 15.0, 18.0)}
LINES = {width: f"{width:g}\N{MULTIPLICATION SIGN}" for width in (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)}
CHOICES: dict[str, dict[Any, str]] = {
    "unit": UNITS, "dpi": RESOLUTIONS, "font_pt": FONTS, "lines": LINES, "colours": COLOURS,
}  # fmt: skip
# What the command line calls some of these, and says of them.
OPTIONS = {
    "dpi": ("--dpi N", "pixels of an inch of a PNG"),
    "font_pt": ("--font-size PT", "the size of the type, in points"),
    "lines": ("--lines TIMES", "how many times as broad as usual lines are"),
    "colours": ("--theme NAME", "the colours; greys need no colour to be told apart"),
}
SWITCHES = {
    "legend": ("&Titles and legends", "--no-titles", "without titles and legends"),
    "caption": ("C&aption below the whole figure", "--no-caption", "without the caption"),
}


@dataclass(frozen=True)
class Format:
    """How a picture is written.

    Attributes
    ----------
    unit : str
        One of `UNITS`; with ``screen`` width and height don't count.
    width, height : float
        Of the whole picture.
    dpi, font_pt, lines, colours
        One of `RESOLUTIONS`, `FONTS`, `LINES` and `COLOURS`.
    family : str
        Of the font; empty: as on the screen.
    legend, caption : bool
        Whether there are titles and legends, and a caption where there can be one.
    """

    unit: str = "screen"
    width: float = 16.0
    height: float = 10.0
    dpi: int = 192
    family: str = ""
    font_pt: float = 0.0
    lines: float = 1.0
    colours: str = "screen"
    legend: bool = True
    caption: bool = True

    @classmethod
    def remembered(cls, stored: Mapping[str, object]) -> "Format":
        """Return a format that was stored; what can't be used of it is as at first."""
        usual = cls()
        found: dict[str, Any] = {
            field.name: stored[field.name]
            for field in fields(cls)
            if type(stored.get(field.name)) is type(getattr(usual, field.name))
            and _is_allowed(field.name, stored[field.name])
        }
        return cls(**found)

    def stored(self) -> dict[str, object]:
        """Return it as it can be stored."""
        return asdict(self)

    @property
    def scale(self) -> float:
        """The pixels of a PNG for each of Qt's."""
        return self.dpi / DPI

    @property
    def pixels(self) -> tuple[int, int] | None:
        """Width and height of a PNG in pixels, unless it is to be as large as on the screen."""
        if self.unit == "screen":
            return None
        per_unit = self.dpi / CM_PER_INCH if self.unit == "cm" else 1.0
        width, height = (max(round(side * per_unit), 1) for side in (self.width, self.height))
        return width, height

    @property
    def font_px(self) -> float:
        """The size of the type in Qt's pixels; 0: as on the screen."""
        return self.font_pt * DPI / POINTS_PER_INCH


# What is asked for without a word of how.
PLAIN = Format(dpi=DPI, colours="light")


def typed(name: str) -> dict[str, Any]:
    """Return what can be typed for a field, and the value that it stands for."""
    values = [value for value in CHOICES[name] if value not in (0, "screen")]
    return {value if isinstance(value, str) else f"{value:g}": value for value in values}


def size_of(text: str) -> dict[str, Any]:
    """Return the fields that a size such as ``800x450`` or ``16x10cm`` stands for.

    Raises
    ------
    ValueError
        If it is none.
    """
    number = r"(\d{1,4}(?:\.\d{1,3})?)"
    found = re.fullmatch(f"{number}x{number}(cm|px|)", text.lower(), re.ASCII)
    if found is None:
        raise ValueError(text)
    width, height, unit = found.groups()
    return {"width": float(width), "height": float(height), "unit": unit or "px"}


def _is_allowed(name: str, value: Any) -> bool:  # noqa: ANN401
    if name in CHOICES:
        return value in CHOICES[name]
    if name == "family":
        return len(value) <= LONGEST_FAMILY and value.isprintable()
    return name in SWITCHES or 1 <= value <= MOST_PX
