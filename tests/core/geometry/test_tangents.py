"""A piece of a tangent looks equally long everywhere; its triangle stays in the picture."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.descent.quadratic import Quadratic
from gdviz.core.geometry.tangents import LENGTH, slope_triangle, tangent

BOX = ((-1.0, 4.0), (-35.0, 1900.0))
# That of pizza.txt.
CURVE = Quadratic(1.8437, 69.1, 14.79)
SCALES = [1e-9, 1.0, 1e12]


def at(value, room=0.0, box=BOX):
    return slope_triangle((value, CURVE.loss(value)), CURVE.gradient(value), box, room)


@pytest.mark.parametrize("slope", [0.0, -800.0, 1e5])
def test_a_piece_is_as_long_to_the_eye_however_steep(slope):
    (left, right), (bottom, top) = BOX
    ends = tangent((1.0, 500.0), slope, BOX)
    across, up = np.ptp(ends, axis=0) / (right - left, top - bottom)
    assert math.hypot(across, up) == pytest.approx(2 * LENGTH)
    assert ends.mean(axis=0) == pytest.approx((1.0, 500.0))
    assert ends[1, 1] - ends[0, 1] == pytest.approx(slope * (ends[1, 0] - ends[0, 0]))


@pytest.mark.parametrize("value", [-0.9, 0.0, 0.7, 1.5, 1.8437, 2.0, 2.9, 3.95])
def test_the_run_is_1_wherever_that_fits_and_the_rise_the_slope(value):
    triangle = at(value)
    assert triangle.run == 1
    assert triangle.rise == CURVE.gradient(value)
    assert value in (triangle.start[0], triangle.end[0])
    assert triangle.end[1] - triangle.start[1] == pytest.approx(triangle.rise)


def test_the_right_angle_lies_below_the_tangent_where_the_curve_never_is():
    for value in np.linspace(-1, 4, 60):
        corner, low, high = at(value).corner, *sorted((at(value).start[1], at(value).end[1]))
        assert corner[1] == low <= high
        assert corner[1] <= CURVE.loss(corner[0])


def test_where_1_does_not_fit_the_run_is_shorter():
    assert at(3.3).run == 0.5


def test_of_two_sides_it_takes_the_one_with_room_for_a_number():
    assert at(3.3).start[0] == 3.3
    assert at(3.3, room=0.5).end[0] == 3.3
    # But rather a number elsewhere than another run.
    assert at(3.95, room=0.5).run == 1


@pytest.mark.parametrize("across", SCALES)
@pytest.mark.parametrize("up", SCALES)
@given(value=st.floats(-1, 4), zoom=st.floats(0.01, 1))
def test_it_is_inside_at_any_scale_and_zoom(across, up, value, zoom):
    (left, right), (bottom, top) = BOX
    height = float(CURVE.loss(value))
    low, high = value - zoom * (value - left), value + zoom * (right - value)
    floor, ceiling = height - zoom * (height - bottom), height + zoom * (top - height)
    box = (low * across, high * across), (floor * up, ceiling * up)
    slope = CURVE.gradient(value) * up / across
    triangle = slope_triangle((value * across, height * up), slope, box, 0.0)
    if triangle is None:
        assert high - low < 1e-3 or ceiling - floor < 1e-3
        return
    for x, y in triangle[:3]:
        assert box[0][0] - 1e-6 * across <= x <= box[0][1] + 1e-6 * across
        assert box[1][0] - 1e-3 * up <= y <= box[1][1] + 1e-3 * up
    digits = f"{triangle.run:.6e}".partition("e")[0]
    assert float(digits) in (1, 2, 5)


def test_outside_of_the_picture_is_none():
    assert at(5.0) is None
    assert slope_triangle((1.0, 2000.0), 1.0, BOX, 0.0) is None
