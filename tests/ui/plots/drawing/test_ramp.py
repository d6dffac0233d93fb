"""The ground's colours: even steps for every eye, below labels and marks that stand out."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QColor

from gdviz.core.geometry.contours import MOST_LEVELS
from gdviz.ui.plots.drawing.ramp import grounds, lab
from gdviz.ui.theme import THEMES

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
counts = pytest.mark.parametrize("count", [2, 5, 8, MOST_LEVELS + 1])
# How eyes see that lack one kind of cones, in linear red, green and blue: Machado, Oliveira and
# Fernandes 2009, severity 1.
EYES = {
    "all": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def linear(colour):
    shares = np.array(QColor(colour).getRgb()[:3]) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def luminance(rgb):
    return float(np.clip(rgb, 0, 1) @ (0.2126, 0.7152, 0.0722))


def lightness(colour, eye=EYES["all"]):
    """Return L*, by its definition."""
    y = luminance(eye @ linear(colour))
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def contrast(one, other):
    """Return the contrast of two colours as WCAG counts it."""
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


@themes
@counts
def test_the_steps_look_equal(theme, count):
    steps = np.diff([lightness(colour) for colour in grounds(theme, count)])
    assert len(steps) == count - 1
    assert np.abs(steps).min() > 1.5
    assert np.ptp(steps) < 0.7


@themes
@pytest.mark.parametrize("eye", EYES.values(), ids=EYES)
def test_the_order_is_the_same_for_every_eye(theme, eye):
    seen = [lightness(colour, np.array(eye)) for colour in grounds(theme, MOST_LEVELS + 1)]
    ways = {later > earlier for earlier, later in pairwise(seen)}
    assert ways == {theme.name == "dark"}
    assert np.abs(np.diff(seen)).min() > 1


@themes
def test_the_ground_has_one_hue(theme):
    hues = [QColor(colour).hslHue() for colour in grounds(theme, 8)]
    assert np.ptp(hues) < 15


@themes
def test_labels_can_be_read_on_all_ground(theme):
    for ground in grounds(theme, MOST_LEVELS + 1):
        assert contrast(theme.text, ground) >= 4.5


@themes
def test_marks_stand_out_from_all_ground_or_from_their_outlines(theme):
    outlined = {"hiker": theme.plot, "optimum": theme.plot, "slope": theme.plot}
    for ground in grounds(theme, MOST_LEVELS + 1):
        for name, outline in (*outlined.items(), ("trail", theme.casing)):
            colour = theme.colour(name)
            assert max(contrast(colour, ground), contrast(colour, outline)) >= 3, (name, ground)


@themes
def test_lightness_and_ends_are_those_of_the_theme(theme):
    shades = lab(np.array([colour.getRgb()[:3] for colour in grounds(theme, 5)]))
    expected = [lightness(colour) for colour in grounds(theme, 5)]
    np.testing.assert_allclose(shades[:, 0], expected, atol=0.05)
    assert grounds(theme, 1)[0].name() == theme.ground[0]
    assert grounds(theme, 2)[1].name() == theme.ground[1]
