"""Themes: what is read can be read, what is drawn is seen, and two things are told apart."""

from itertools import combinations

import numpy as np
import pytest
from colours import EVERY_THEME, EYES, FAR, contrast, distance, least

from gdviz.core.descent.rates import Zone
from gdviz.ui.plots import data_fit, landscape, loss_curve, loss_history, sweep_plot
from gdviz.ui.plots.drawing.looks import DASHES, SHAPES
from gdviz.ui.plots.surface import surface
from gdviz.ui.settings.rate_bar import HATCH_ALPHA, LOOKS
from gdviz.ui.style import palette
from gdviz.ui.theme import LIGHT, mixed, theme_for
from gdviz.ui.widgets import table

themes = pytest.mark.parametrize("theme", EVERY_THEME.values(), ids=EVERY_THEME)
eyes = pytest.mark.parametrize("eye", [np.array(eye) for eye in EYES.values()], ids=EYES)
PAPERS = ("panel", "plot", "button", "notice", "tint")
KEPT = tuple(f"kept {number}" for number in range(6))
# What formulas, numbers, programs and notes are written in.
WRITTEN = ("hiker", "slope", "data", "optimum", "accent", "muted", "text", "grid", *KEPT)
DRAWN = ("hiker", "trail", "slope", "optimum", "data", "curve", "grid", "muted", "accent", *KEPT)
PICTURES = {
    "loss curve": loss_curve.ENTRIES, "landscape": landscape.ENTRIES,
    "surface": surface.ENTRIES, "loss history": loss_history.ENTRIES,
    "data, errors": data_fit.ENTRIES, "sweep": sweep_plot.SweepPlot.entries,
}  # fmt: skip


@themes
def test_every_text_can_be_read_on_everything_it_stands_on(theme):
    papers = [getattr(theme, paper) for paper in PAPERS]
    for name in WRITTEN:
        for paper in papers:
            assert contrast(theme.text_of(name), paper) >= theme.readable, (name, paper)
    for paper in papers[:3]:
        assert contrast(theme.muted, paper) >= theme.readable, paper
    assert contrast(theme.on_accent, theme.accent) >= theme.readable


@themes
def test_numbers_have_the_colours_of_what_is_drawn(theme):
    for name in ("hiker", "data", "slope", "accent", "muted"):
        assert theme.text_of(name) == theme.colour(name)


@themes
@eyes
def test_a_selected_row_can_be_read_and_told_from_the_others(theme, eye):
    ground = mixed(theme.accent, theme.button, table.TINT)
    assert contrast(theme.text, ground) >= theme.readable
    for other in (theme.button, theme.panel):
        assert distance(ground, other, eye) >= FAR


@themes
def test_every_mark_is_seen_on_paper(theme):
    for name in DRAWN:
        assert contrast(theme.colour(name), theme.plot) >= least(theme), name
    for name in ("grid", "accent"):
        for paper in ("panel", "button"):
            assert contrast(theme.colour(name), getattr(theme, paper)) >= least(theme), (
                name,
                paper,
            )


@themes
def test_what_cannot_be_used_can_be_read_all_the_same(theme):
    colours = palette(theme)
    for role in (
        colours.ColorRole.WindowText,
        colours.ColorRole.ButtonText,
        colours.ColorRole.Text,
    ):
        colour = colours.color(colours.ColorGroup.Disabled, role)
        assert contrast(colour, theme.panel) >= 4.5
        assert contrast(colour, theme.button) >= 4.5


@themes
@eyes
@pytest.mark.parametrize("picture", PICTURES)
def test_every_eye_tells_the_marks_of_a_picture_apart(theme, eye, picture):
    """By their shape, or by their colour where they have the same."""
    for one, other in combinations(PICTURES[picture], 2):
        if one.sample != other.sample:
            continue
        colours = theme.colour(one.colour), theme.colour(other.colour)
        assert distance(*colours, eye) >= FAR, (one.label, other.label)


def test_of_six_runs_that_are_kept_no_two_have_a_shape_or_dashes_in_common():
    assert len(set(SHAPES)) == len({tuple(dashes) for dashes in DASHES}) == len(LIGHT.kept) == 6
    taken = {entry.sample for entries in PICTURES.values() for entry in entries}
    assert not taken & set(SHAPES)


@themes
def test_no_two_zones_of_the_rates_have_the_same_hatch(theme):
    assert len({LOOKS[zone][2] for zone in Zone}) == len(Zone)
    for name, share, _ in LOOKS.values():
        ground = mixed(theme.colour(name), theme.panel, share)
        hatch = mixed(theme.text, ground.name(), HATCH_ALPHA / 255)
        assert contrast(hatch, ground) >= 3
        assert contrast(theme.text, ground) >= 4.5


@themes
@eyes
def test_every_eye_tells_where_one_is_from_where_one_was(theme, eye):
    for one, other in (("hiker", "trail"), ("trail", "grid"), ("hiker", "curve")):
        assert distance(theme.colour(one), theme.colour(other), eye) >= FAR, (one, other)


def test_a_theme_for_every_wish():
    names = [
        theme_for(dark=dark, high_contrast=high).name
        for dark in (False, True)
        for high in (False, True)
    ]
    assert names == ["light", "light, high contrast", "dark", "dark, high contrast"]
