"""Contours lie on their level, exactly, whatever the bowl and however it is looked at."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent.bowl import Bowl
from gdviz.core.geometry.contours import contour, heights_in, levels_in, log_heights

BOX = ((-1.0, 4.0), (-3.0, 17.0))
CORNERS = [(w, b) for w in BOX[0] for b in BOX[1]]
quickly = settings(derandomize=True, deadline=None, max_examples=100)
places = st.floats(-1e3, 1e3)
boxes = st.tuples(st.floats(-5, 5), st.floats(1e-6, 20), st.floats(-20, 20), st.floats(1e-6, 60))


def box_of(numbers):
    left, width, bottom, height = numbers
    return (left, left + width), (bottom, bottom + height)


def slack(box):
    return 1e-9 * np.abs(np.array(box)).max(axis=1)


@pytest.mark.parametrize("height", [1e-6, 0.1, 30.0, 1e3])
@pytest.mark.parametrize("px_per_unit", [1.0, 100.0, 1e9])
def test_a_contour_through_a_point_has_the_loss_of_that_point(pizza, height, px_per_unit):
    bowl = pizza.bowl
    lines = contour(bowl, height, BOX, (px_per_unit, px_per_unit)).lines
    assert lines
    losses = bowl.loss(*np.concatenate(lines).T)
    np.testing.assert_allclose(losses, bowl.minimum + height, rtol=1e-9)
    np.testing.assert_allclose(losses - bowl.minimum, height, rtol=1e-6, atol=1e-12)


@quickly
@given(st.lists(st.tuples(places, places), min_size=1, max_size=20), st.floats(1e-3, 1e6))
def test_contours_of_any_bowl_lie_on_their_level_and_in_the_box(rows, height):
    x, y = np.array(rows).T
    bowl = Bowl.of(x, y)
    for line in contour(bowl, height, BOX, (100.0, 100.0)).lines:
        low, high = np.array(BOX).T
        assert ((line >= low - slack(BOX)) & (line <= high + slack(BOX))).all()
        size = np.abs(line).max() * max(np.abs(x).max(), 1.0)
        rounding = 1e-12 * size * math.sqrt(height) + (1e-13 * size) ** 2
        np.testing.assert_allclose(
            bowl.loss(*line.T), bowl.minimum + height, rtol=1e-9, atol=rounding
        )


@quickly
@given(boxes, st.floats(1e-4, 1e5))
def test_lines_end_at_an_edge_or_close(pizza, numbers, height):
    box = box_of(numbers)
    edges = np.array(box)
    for line in contour(pizza.bowl, height, box, (50.0, 50.0)).lines:
        if np.allclose(line[0], line[-1], rtol=1e-12):
            continue
        for end in (line[0], line[-1]):
            assert (np.abs(edges - end[:, np.newaxis]).min(axis=1) <= slack(box)).any()


@quickly
@given(boxes, st.floats(1e-4, 1e5), st.floats(0, 1), st.floats(0, 1))
def test_the_area_of_a_level_is_the_ground_below_it(pizza, numbers, height, across, up):
    box = box_of(numbers)
    (left, right), (bottom, top) = box
    weight, bias = left + across * (right - left), bottom + up * (top - bottom)
    area = contour(pizza.bowl, height, box, (1e4, 1e4)).area
    share = (pizza.bowl.loss(weight, bias) - pizza.bowl.minimum) / height
    # A chord lies within its arc: next to the level a place may be on either side.
    if share < 0.98:
        assert inside_convex(area, box, weight, bias)
    elif share > 1.02:
        assert not inside_convex(area, box, weight, bias)


def inside_convex(outline, box, weight, bias):
    """Return if a place is on the same side of every edge of a convex outline."""
    if len(outline) < 3:
        return False
    low, high = np.array(box).T
    x, y = ((outline - (weight, bias)) / (high - low)).T
    turn = x * np.roll(y, -1) - y * np.roll(x, -1)
    return bool((turn >= -1e-12).all() or (turn <= 1e-12).all())


def test_where_all_x_are_equal_a_level_is_two_parallel_lines():
    bowl = Bowl.of(np.array([2.0, 2.0]), np.array([3.0, 5.0]))
    found = contour(bowl, 4.0, BOX, (100.0, 20.0))
    assert len(found.lines) == 2
    for line in found.lines:
        np.testing.assert_allclose(bowl.loss(*line.T), bowl.minimum + 4.0, rtol=1e-9)
    assert {round(float(2 * line[0, 0] + line[0, 1])) for line in found.lines} == {2, 6}
    assert inside_convex(found.area, BOX, 1.0, 2.0)
    assert not inside_convex(found.area, BOX, 3.0, 10.0)


def test_levels_are_round_and_all_but_equal_steps_of_the_logarithm():
    found = log_heights(25_000.0)
    assert found[:4] == [10_000.0, 3_000.0, 1_000.0, 300.0]
    steps = -np.diff(np.log10(found))
    assert ((steps > 0.4) & (steps < 0.6)).all()
    assert log_heights(1.0)[0] == 1.0
    assert log_heights(0.0) == []


def test_levels_reach_from_the_highest_corner_to_the_floor(pizza):
    lowest, highest = heights_in(pizza.bowl, BOX)
    corners = [pizza.bowl.loss(w, b) for w, b in CORNERS]
    assert highest == pytest.approx(max(corners) - pizza.bowl.minimum, rel=1e-12)
    assert lowest == 0
    levels = levels_in(pizza.bowl, BOX)
    assert highest / 3.4 < levels[0].height <= highest
    assert levels[-1].height < 0.01


@quickly
@given(boxes)
def test_no_place_in_a_box_is_lower_or_higher_than_its_bounds(pizza, numbers):
    box = box_of(numbers)
    lowest, highest = heights_in(pizza.bowl, box)
    weights, biases = np.meshgrid(*(np.linspace(*bounds, 23) for bounds in box))
    losses = pizza.bowl.loss(weights, biases) - pizza.bowl.minimum
    rounding = 1e-9 * (1 + highest)
    assert lowest <= losses.min() + rounding
    assert highest >= losses.max() - rounding
    assert lowest >= 0


def test_a_view_of_a_little_piece_of_a_wall_has_evenly_spaced_round_levels(pizza):
    levels = levels_in(pizza.bowl, ((1.55, 1.6), (4.5, 5.5)))
    assert [level.text for level in levels] == ["43", "42", "41", "40", "39"]
    losses = [pizza.bowl.minimum + level.height for level in levels]
    np.testing.assert_allclose(losses, [43, 42, 41, 40, 39], rtol=1e-12)


def test_where_rounding_swallows_the_steps_there_are_no_levels(pizza):
    assert levels_in(pizza.bowl, ((1.5, 1.5 + 1e-14), (4.5, 4.5 + 1e-14))) == []
