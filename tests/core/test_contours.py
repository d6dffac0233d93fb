"""Contours lie on their level, exactly, whatever the bowl and however it is looked at."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.bowl import Bowl
from gdviz.core.contours import clip, contour, highest_in, level_text, levels

BOX = ((-1.0, 4.0), (-3.0, 17.0))
quickly = settings(derandomize=True, deadline=None, max_examples=100)
places = st.floats(-1e3, 1e3)


@pytest.mark.parametrize("height", [1e-6, 0.1, 30.0, 1e5])
@pytest.mark.parametrize("zoom", [1.0, 100.0, 1e9])
def test_a_contour_through_a_point_has_the_loss_of_that_point(pizza, height, zoom):
    bowl = pizza.bowl
    outline = contour(bowl, height, BOX, (zoom, zoom))
    losses = bowl.loss(*outline.T)
    np.testing.assert_allclose(losses, bowl.minimum + height, rtol=1e-9)
    np.testing.assert_allclose(losses - bowl.minimum, height, rtol=1e-6, atol=1e-12)


@quickly
@given(st.lists(st.tuples(places, places), min_size=1, max_size=20), st.floats(1e-3, 1e6))
def test_contours_of_any_bowl_lie_on_their_level(rows, height):
    x, y = np.array(rows).T
    bowl = Bowl.of(x, y)
    outline = contour(bowl, height, BOX, (100.0, 100.0))
    assert len(outline) >= 4
    size = np.abs(outline).max() * max(np.abs(x).max(), 1.0)
    rounding = 1e-13 * size * math.sqrt(height) + (1e-14 * size) ** 2
    np.testing.assert_allclose(
        bowl.loss(*outline.T), bowl.minimum + height, rtol=1e-9, atol=rounding
    )


def test_where_all_x_are_equal_a_contour_is_a_strip_that_leaves_the_box():
    bowl = Bowl.of(np.array([2.0, 2.0]), np.array([3.0, 5.0]))
    outline = contour(bowl, 4.0, BOX, (100.0, 20.0))
    assert len(outline) == 4
    np.testing.assert_allclose(bowl.loss(*outline.T), bowl.minimum + 4.0, rtol=1e-9)
    (left, right), (bottom, top) = BOX
    assert not ((outline > (left, bottom)) & (outline < (right, top))).all(axis=1).any()


def test_levels_are_round_and_all_but_equal_steps_of_the_logarithm():
    found = levels(25_000.0)
    assert found[:4] == [10_000.0, 3_000.0, 1_000.0, 300.0]
    steps = -np.diff(np.log10(found))
    assert ((steps > 0.4) & (steps < 0.6)).all()
    assert levels(1.0)[0] == 1.0
    assert levels(0.0) == []


def test_levels_reach_from_the_highest_corner_to_the_floor(pizza):
    highest = highest_in(pizza.bowl, BOX)
    corners = [pizza.bowl.loss(w, b) for w in BOX[0] for b in BOX[1]]
    assert highest == max(corners) - pizza.bowl.minimum
    assert highest / 3.4 < levels(highest)[0] <= highest
    assert levels(highest)[-1] < 0.01


@quickly
@given(st.floats(0.1, 5), st.floats(0.1, 5), places, places)
def test_a_clipped_outline_is_what_lies_in_the_box(width, height, x, y):
    angles = np.linspace(0, 2 * math.pi, 400, endpoint=False)
    outline = np.column_stack((x / 300 + width * np.cos(angles), y / 300 + height * np.sin(angles)))
    box = ((-2.0, 2.0), (-1.0, 1.0))
    clipped = clip(outline, box)
    low, high = np.array(box).T
    assert ((clipped >= low - 1e-9) & (clipped <= high + 1e-9)).all()
    inside = ((outline >= low) & (outline <= high)).all(axis=1)
    kept = {tuple(point) for point in clipped.tolist()}
    assert all(tuple(point) in kept for point in outline[inside].tolist())
    if inside.all():
        np.testing.assert_array_equal(clipped, outline)


def test_a_box_inside_an_outline_is_all_that_is_left():
    square = np.array([[-9.0, -9], [9, -9], [9, 9], [-9, 9]])
    clipped = clip(square, ((-1.0, 1.0), (-2.0, 2.0)))
    assert {tuple(point) for point in clipped.tolist()} == {(-1, -2), (1, -2), (1, 2), (-1, 2)}
    assert not len(clip(square + 100, ((-1.0, 1.0), (-2.0, 2.0))))


@pytest.mark.parametrize(
    ("loss", "height", "text"),
    [(1022.8, 1000.0, "1023"), (25.84, 3.0, "25.8"), (22.943, 0.1, "22.94"), (1.02e121, 1e121,
     "1.02e+121"), (3e-200, 1e-200, "3e-200")],
)  # fmt: skip
def test_a_label_has_just_the_digits_that_tell_it_from_the_minimum(loss, height, text):
    assert level_text(loss, height) == text
