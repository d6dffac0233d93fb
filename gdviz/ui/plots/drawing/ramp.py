"""Ramp: the colours of the ground from low to high, in steps that look equal.

They are taken from a straight line in CIELAB (CIE 15, 2-degree observer, white D65 as in sRGB, IEC
61966-2-1): of one hue, and told apart by their lightness alone, which all eyes see.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gdviz.ui.theme import Theme

Values = NDArray[np.float64]

# From linear red, green and blue to X, Y and Z, as shares of those of white.
XYZ = np.array([
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
])  # fmt: skip
XYZ /= XYZ.sum(axis=1, keepdims=True)
# From the cube roots of these to L*, a* and b*.
LAB = np.array([[0.0, 116.0, 0.0], [500.0, -500.0, 0.0], [0.0, 200.0, -200.0]])
OFFSET = np.array([-16.0, 0.0, 0.0])
# Below this share of white the root goes over into a straight line.
DARK = (6 / 29) ** 3


@cache
def grounds(theme: Theme, count: int) -> tuple[QColor, ...]:
    """Return the colours of so many kinds of ground, the lowest first."""
    shades = ramp(theme, np.linspace(0, 1, count))
    return tuple(QColor(*shade) for shade in shades.round().astype(int).tolist())


def ramp(theme: Theme, heights: Values) -> Values:
    """Return red, green and blue, from 0 to 255, of heights from 0 to 1."""
    low, high = (
        lab(np.array([colour.red(), colour.green(), colour.blue()]))
        for colour in map(QColor, theme.ground)
    )
    return _rgb(low + (high - low) * np.asarray(heights)[..., np.newaxis])


def lab(rgb: Values) -> Values:
    """Return L*, a* and b* of red, green and blue from 0 to 255, of shape (…, 3)."""
    shares = np.asarray(rgb) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    xyz = linear @ XYZ.T
    roots = np.where(xyz > DARK, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    result: Values = roots @ LAB.T + OFFSET
    return result


def _rgb(colours: Values) -> Values:
    """Return red, green and blue of L*, a* and b*: the inverse of `lab`."""
    roots = (colours - OFFSET) @ np.linalg.inv(LAB).T
    xyz = np.where(roots > 6 / 29, roots**3, 3 * (6 / 29) ** 2 * (roots - 4 / 29))
    linear = np.clip(xyz @ np.linalg.inv(XYZ).T, 0.0, 1.0)
    bright = 1.055 * linear ** (1 / 2.4) - 0.055
    result: Values = 255 * np.where(linear <= 0.0031308, 12.92 * linear, bright)
    return result
