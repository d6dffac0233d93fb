"""How eyes see colours: contrast, lightness, and what those see that lack a kind of cones."""

import numpy as np
from PySide6.QtGui import QColor
from support import pixels

from gdviz.ui.plots.drawing.ramp import lab
from gdviz.ui.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST

EVERY_THEME = {theme.name: theme for theme in (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)}
# In linear red, green and blue: Machado, Oliveira and Fernandes 2009, severity 1.
EYES = {
    "all": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
# How much light a value of red, green or blue stands for, and what each of them adds to it.
_SHARES = np.arange(256) / 255
LINEAR = np.where(_SHARES <= 0.04045, _SHARES / 12.92, ((_SHARES + 0.055) / 1.055) ** 2.4)
WEIGHTS = 0.2126, 0.7152, 0.0722
# Colours farther apart, by CIE76, are told apart wherever they stand.
FAR = 15


def linear(colour):
    return LINEAR[list(QColor(colour).getRgb()[:3])]


def luminance(rgb):
    return float(np.clip(rgb, 0, 1) @ WEIGHTS)


def luminances(image):
    """Return the luminance of each pixel."""
    return LINEAR[pixels(image)] @ WEIGHTS


def lightness(colour, eye=EYES["all"]):
    """Return L*, by its definition."""
    y = luminance(eye @ linear(colour))
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def contrast(one, other):
    """Return the contrast of two colours as WCAG counts it."""
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


def least(theme):
    """Return the least contrast of what is drawn: of controls and marks."""
    return 4.5 if theme in (LIGHT_CONTRAST, DARK_CONTRAST) else 3.0


def distance(one, other, eye=EYES["all"]):
    """Return how far apart an eye sees two colours: CIE76, the distance in CIELAB."""
    return float(np.linalg.norm(_seen(one, eye) - _seen(other, eye)))


def _seen(colour, eye):
    light = np.clip(eye @ linear(colour), 0, 1)
    return lab(
        255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    )
