"""The ground's colours: even steps for every eye, below labels and marks that stand out."""

from itertools import pairwise

import numpy as np
import pytest
from colours import EVERY_THEME, EYES, contrast, least, lightness
from PySide6.QtGui import QColor

from gdviz.core.geometry.contours import MOST_LEVELS
from gdviz.ui.plots.drawing.ramp import grounds, lab
from gdviz.ui.theme import DARK, DARK_CONTRAST

themes = pytest.mark.parametrize("theme", EVERY_THEME.values(), ids=EVERY_THEME)
counts = pytest.mark.parametrize("count", [2, 5, 8, MOST_LEVELS + 1])


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
    assert ways == {theme in (DARK, DARK_CONTRAST)}
    assert np.abs(np.diff(seen)).min() > 1


@themes
def test_the_ground_has_one_hue(theme):
    hues = [QColor(colour).hslHue() for colour in grounds(theme, 8)]
    assert np.ptp(hues) < 15


@themes
def test_labels_can_be_read_on_all_ground(theme):
    for ground in grounds(theme, MOST_LEVELS + 1):
        assert contrast(theme.text, ground) >= theme.readable


@themes
def test_marks_stand_out_from_all_ground_or_from_their_outlines(theme):
    outlined = {"hiker": theme.plot, "optimum": theme.plot, "slope": theme.plot}
    for ground in grounds(theme, MOST_LEVELS + 1):
        for name, outline in (*outlined.items(), ("trail", theme.casing)):
            colour = theme.colour(name)
            best = max(contrast(colour, ground), contrast(colour, outline))
            assert best >= least(theme), (name, ground)


@themes
def test_lightness_and_ends_are_those_of_the_theme(theme):
    shades = lab(np.array([colour.getRgb()[:3] for colour in grounds(theme, 5)]))
    expected = [lightness(colour) for colour in grounds(theme, 5)]
    np.testing.assert_allclose(shades[:, 0], expected, atol=0.05)
    assert grounds(theme, 1)[0].name() == theme.ground[0]
    assert grounds(theme, 2)[1].name() == theme.ground[1]
