"""The bowl agrees with least squares, finite differences, eigenvalues and exact arithmetic."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent import textbook
from gdviz.core.descent.bowl import Bowl, Point


@pytest.fixture(params=range(8))
def rows(request):
    """Return a few random rows, from nearly on a line to far from any."""
    rng = np.random.default_rng(request.param)
    x = rng.normal(1, 1, size=rng.integers(3, 60)) * 10.0 ** rng.integers(-2, 3)
    return x, rng.normal() * x + rng.normal(size=len(x)) * 10.0 ** rng.integers(-3, 4)


@pytest.fixture
def lines(rows):
    """Return lines around the best one, near and far."""
    slope, height = np.polyfit(*rows, 1)
    rng = np.random.default_rng(0)
    far = 10.0 ** rng.integers(-3, 4, size=(2, 30)) * rng.normal(size=(2, 30))
    return slope + far[0] * abs(slope), height + far[1] * abs(height)


def exact_best(x, y):
    """Return the exact least-squares line, and its loss."""
    x, y = ([Fraction(value) for value in column.tolist()] for column in (x, y))
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    moment = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    weight = moment / sum((a - mean_x) ** 2 for a in x)
    bias = mean_y - weight * mean_x
    least = sum((weight * a + bias - b) ** 2 for a, b in zip(x, y, strict=True)) / len(x)
    return weight, bias, least


def test_pizza_has_the_numbers_of_the_lesson(pizza):
    bowl = pizza.bowl
    assert bowl.optimum == pytest.approx((1.081111957350, 13.172581873572), abs=5e-13)
    assert bowl.minimum == pytest.approx(22.842736735212, abs=5e-13)
    assert 2 / bowl.curvature == pytest.approx(0.0045550993, abs=5e-11)
    steepest, shallowest = bowl.axes
    assert shallowest.curvature == pytest.approx(0.5316, abs=5e-5)
    assert steepest.curvature == pytest.approx(439.0684, abs=5e-5)
    assert bowl.condition == pytest.approx(826, abs=0.5)


def test_the_optimum_is_the_least_squares_line(rows):
    x, y = rows
    best = np.linalg.lstsq(np.column_stack((x, np.ones_like(x))), y)[0]
    assert Bowl.of(x, y).optimum == pytest.approx(best, rel=1e-10)


def test_r_squared_is_the_share_of_the_variance_that_is_explained(rows):
    x, y = rows
    bowl, correlation = Bowl.of(x, y), np.corrcoef(x, y)[0, 1]
    assert bowl.determination(bowl.minimum) == pytest.approx(correlation**2, rel=1e-9)
    assert bowl.determination(float(np.var(y))) == pytest.approx(0, abs=1e-12)
    assert bowl.determination(3 * float(np.var(y))) == pytest.approx(-2)


@pytest.mark.parametrize("x", [(1.0, 2.0, 4.0), (2.0, 2.0, 2.0)])
def test_there_is_no_r_squared_where_y_is_the_same_in_all_rows(x):
    bowl = Bowl.of(np.array(x), np.full(3, 0.1))
    assert bowl.determination(0.5) is None


def test_all_x_equal_leave_all_of_the_variance(pizza):
    bowl = Bowl.of(np.full(len(pizza), 3.0), pizza.y)
    assert bowl.determination(bowl.minimum) == 0


@pytest.mark.parametrize("offset", [0, 1e4, 1e8])
@pytest.mark.parametrize("seed", range(3))
def test_optimum_and_minimum_agree_with_exact_sums(offset, seed):
    rng = np.random.default_rng(seed)
    x = offset + rng.normal(size=20)
    y = 0.3 * x + rng.normal(size=20)
    bowl, (weight, bias, least) = Bowl.of(x, y), exact_best(x, y)
    assert bowl.optimum.weight == pytest.approx(float(weight), rel=1e-14)
    # The height of the line among the rows is known best; far away at 0 it moves with the slope.
    middle = Fraction(float(x.mean()))
    ours = Fraction(bowl.optimum.weight) * middle + Fraction(bowl.optimum.bias)
    assert float(ours) == pytest.approx(float(weight * middle + bias), rel=1e-13)
    assert bowl.minimum == pytest.approx(float(least), rel=1e-14)


@pytest.mark.parametrize("offset", [0, 1e4])
@pytest.mark.parametrize("seed", range(10))
def test_the_slope_of_rows_near_a_line_is_rounded_only_once(offset, seed):
    rng = np.random.default_rng(seed)
    x = offset + rng.normal(size=200)
    y = 0.3 * x + 7 + 1e-10 * rng.normal(size=200)
    weight = exact_best(x, y)[0]
    assert abs(Fraction(Bowl.of(x, y).optimum.weight) / weight - 1) < 1.5e-16


def test_loss_agrees_with_the_lesson(rows, lines):
    expected = [textbook.loss(*rows, w, b) for w, b in zip(*lines, strict=True)]
    np.testing.assert_allclose(Bowl.of(*rows).loss(*lines), expected, rtol=1e-9)


def test_gradients_agree_with_the_lesson_and_with_differences_of_its_loss(rows, lines):
    x, y = rows
    bowl = Bowl.of(x, y)
    for w, b in zip(*lines, strict=True):
        ours, size = bowl.gradient(w, b), math.sqrt(textbook.loss(x, y, w, b))
        tolerance = 1e-9 * size * (1 + np.abs(x).max())
        assert ours == pytest.approx(textbook.gradients(x, y, w, b), rel=1e-9, abs=tolerance)
        for place, step in enumerate(((1.0, 0.0), (0.0, 1.0))):
            ahead, behind = (
                textbook.loss(x, y, w + sign * step[0], b + sign * step[1]) for sign in (1, -1)
            )
            noise = 1e-12 * (ahead + behind) + tolerance
            assert ours[place] == pytest.approx((ahead - behind) / 2, rel=1e-9, abs=noise)


def test_the_axes_are_the_eigenvectors_of_the_hessian(rows):
    x, _ = rows
    hessian = 2 * np.array([[np.mean(x * x), x.mean()], [x.mean(), 1]])
    values, vectors = np.linalg.eigh(hessian)
    for axis, value, vector in zip(Bowl.of(*rows).axes, values[::-1], vectors.T[::-1], strict=True):
        assert axis.curvature == pytest.approx(value, rel=1e-9, abs=1e-12 * values[1])
        assert abs(np.dot(axis[:2], vector)) == pytest.approx(1, rel=1e-9)


places = st.floats(-1e3, 1e3).map(lambda value: round(value, 3))


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.tuples(places, places), min_size=2, max_size=20), st.floats(0.1, 1e3))
def test_ellipses_around_the_optimum_have_one_loss(rows, radius):
    """They are optimum + radius cos / steepness along one axis and sin along the other."""
    bowl = Bowl.of(*np.array(rows).T)
    steepest, shallowest = bowl.axes
    if shallowest.steepness == 0:
        return
    angles = np.linspace(0, 2 * math.pi, 50)
    across = radius * np.cos(angles) / steepest.steepness
    along = radius * np.sin(angles) / shallowest.steepness
    weight = bowl.optimum.weight + across * steepest.weight + along * shallowest.weight
    bias = bowl.optimum.bias + across * steepest.bias + along * shallowest.bias
    # A point is rounded to the size of its numbers, and the walls are steep.
    rounding = 1e-15 * steepest.steepness * max(np.abs(weight).max(), np.abs(bias).max())
    np.testing.assert_allclose(
        bowl.loss(weight, bias), bowl.minimum + radius**2, rtol=1e-9,
        atol=4 * rounding * (radius + rounding),
    )  # fmt: skip


def test_slices_are_the_loss_with_one_parameter_fixed(rows, lines):
    bowl = Bowl.of(*rows)
    for w, b in zip(*lines, strict=True):
        loss = bowl.loss(w, b)
        assert bowl.along_weight(b).loss(w) == pytest.approx(loss, rel=1e-9)
        assert bowl.along_bias(w).loss(b) == pytest.approx(loss, rel=1e-9)
        best, least = bowl.best_weight(b)
        assert bowl.loss(best, b) == pytest.approx(least, rel=1e-9)
        assert bowl.gradient(best, b)[0] == pytest.approx(0, abs=1e-9 * abs(bowl.gradient(w, b)[0]))
        best, least = bowl.best_bias(w)
        assert bowl.loss(w, best) == pytest.approx(least, rel=1e-9)


@pytest.mark.parametrize("value", [3.0, 0.0, 0.1, -1e8])
def test_slices_of_a_valley_are_the_loss_too(value):
    x, y = np.full(3, value), np.array([6.0, 7, 9])
    bowl = Bowl.of(x, y)
    for w, b in ((0.0, 0.0), (2.0, -1.0), (-0.5, 30.0)):
        loss = pytest.approx(textbook.loss(x, y, w, b), rel=1e-12)
        assert bowl.loss(w, b) == loss
        assert bowl.along_weight(b).loss(w) == loss
        assert bowl.along_bias(w).loss(b) == loss
        assert bowl.gradient(w, b) == pytest.approx(textbook.gradients(x, y, w, b), rel=1e-12)


def test_the_axes_are_at_right_angles_and_of_length_1(rows):
    first, second = Bowl.of(*rows).axes
    assert first.steepness >= second.steepness > 0
    assert first.distance(second.weight, second.bias) == pytest.approx(0, abs=1e-15)
    for axis in (first, second):
        assert axis.distance(axis.weight, axis.bias) == pytest.approx(1, rel=1e-15)


def test_the_loss_is_never_below_its_minimum(rows, lines):
    bowl = Bowl.of(*rows)
    assert (bowl.loss(*lines) >= bowl.minimum).all()
    assert bowl.loss(*bowl.optimum) == bowl.minimum
    assert bowl.gradient(*bowl.optimum) == (0, 0)


@pytest.mark.parametrize(
    ("x", "y", "optimum", "minimum"),
    [
        ([2], [6], (2.4, 1.2), 0),
        ([3, 3, 3], [6, 7, 8], (2.1, 0.7), 2 / 3),
        ([0, 0], [3, 1], (0, 2), 1),
        ([0.1, 0.1, 0.1], [1, 2, 3], (0.2 / 1.01, 2 / 1.01), 2 / 3),
        ([1, 2], [0, 0], (0, 0), 0),
    ],
    ids=["one row", "equal x", "x all zero", "equal x with a rounded mean", "y all zero"],
)
def test_singular_data_have_the_nearest_of_the_best_lines(x, y, optimum, minimum):
    x, y = np.array(x, float), np.array(y, float)
    bowl = Bowl.of(x, y)
    assert bowl.optimum == pytest.approx(optimum, rel=1e-14)
    assert bowl.minimum == pytest.approx(minimum, rel=1e-14)
    if np.ptp(x) == 0:
        level = bowl.axes[1]
        assert level.steepness == 0
        shifted = np.array(bowl.optimum) + 1e3 * np.array(level[:2])
        assert bowl.loss(*shifted) == pytest.approx(minimum, abs=1e-20 * 1e6)
        assert math.isinf(bowl.condition)


@pytest.mark.parametrize("x_scale", [2.0**-450, 1, 2.0**450])
@pytest.mark.parametrize("y_scale", [2.0**-450, 1, 2.0**450])
def test_units_that_are_powers_of_two_change_no_digit(x_scale, y_scale):
    x, y = np.array([1.1, 2.3, 5.7]), np.array([0.3, 0.9, 0.4])
    plain, scaled = Bowl.of(x, y), Bowl.of(x * x_scale, y * y_scale)
    weight, bias = plain.optimum
    assert scaled.optimum == Point(weight * (y_scale / x_scale), bias * y_scale)
    assert scaled.minimum == plain.minimum * y_scale**2
    assert (scaled.sd_x, scaled.mean_x) == (plain.sd_x * x_scale, plain.mean_x * x_scale)


def test_with_a_fixed_bias_only_the_weight_counts(pizza):
    bowl = pizza.bowl_at(2.0)
    for w in (-1.0, 0.5, 3.0):
        assert bowl.loss(w, 2.0) == pytest.approx(
            textbook.loss(pizza.x, pizza.y, w, 2.0), rel=1e-12
        )
        slope = 2 * np.mean(pizza.x * (pizza.x * w + 2 - pizza.y))
        assert bowl.gradient(w, 2.0) == (pytest.approx(slope, rel=1e-12), 0)
    assert bowl.axes[0][:2] == (1, 0)
    assert bowl.axes[0].steepness == bowl.sd_x


@pytest.mark.parametrize("rate", [0.3, 0.02, 1.7, 1.999])
def test_half_lives_are_those_of_a_counted_loop(rate):
    axis = Bowl.of(np.array([-1.0, 1.0]), np.array([0.0, 1.0])).axes[0]
    learning_rate = rate / axis.curvature
    steps, distance = 0, 1.0
    while abs(distance) > 0.5:
        distance -= learning_rate * axis.curvature * distance
        steps += 1
    assert steps - 1 < axis.half_life(learning_rate) <= steps


def test_there_is_no_half_life_where_nothing_shrinks():
    axis = Bowl.of(np.array([-1.0, 1.0]), np.array([0.0, 1.0])).axes[0]
    assert axis.half_life(2 / axis.curvature) == math.inf
    assert axis.half_life(3 / axis.curvature) == math.inf
    assert axis.half_life(1 / axis.curvature) == 0
    assert axis._replace(steepness=0.0).half_life(1.0) == math.inf
