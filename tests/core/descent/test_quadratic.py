"""The parabola agrees with the lesson's sums over rows, and with exact arithmetic."""

from fractions import Fraction

import numpy as np
import pytest

from gdviz.core.descent import textbook
from gdviz.core.descent.quadratic import Quadratic, safe_learning_rate


@pytest.fixture(params=range(8))
def rows(request):
    """Return a few random rows, from nearly on a line to far from any."""
    rng = np.random.default_rng(request.param)
    x = rng.normal(size=rng.integers(1, 60)) * 10.0 ** rng.integers(-3, 4)
    return x, rng.normal() * x + rng.normal(size=len(x)) * 10.0 ** rng.integers(-3, 4)


@pytest.fixture
def weights(rows):
    """Return weights on both sides of the optimum, near it and far away."""
    best = np.linalg.lstsq(rows[0][:, None], rows[1])[0][0]
    return best + np.array([-1e6, -3, -1e-3, 0, 1e-3, 3, 1e6]) * abs(best)


def test_optimum_is_the_least_squares_weight(rows):
    best = np.linalg.lstsq(rows[0][:, None], rows[1])[0][0]
    assert Quadratic.of(*rows).optimum == pytest.approx(best, rel=1e-12, abs=0)


def assert_exact(x, y):
    """Assert that nothing but a rounding or two separates the parabola from exact sums."""
    quadratic = Quadratic.of(x, y)
    x, y = ([Fraction(value) for value in column.tolist()] for column in (x, y))
    mean_xx = sum(a * a for a in x) / len(x)
    best = sum(a * b for a, b in zip(x, y, strict=True)) / len(x) / mean_xx
    least = sum((best * a - b) ** 2 for a, b in zip(x, y, strict=True)) / len(x)
    one_rounding_of_best = float(mean_xx * (best / 2**52) ** 2)
    assert quadratic.optimum == pytest.approx(float(best), rel=1e-14, abs=0)
    assert quadratic.minimum == pytest.approx(float(least), rel=2e-15, abs=one_rounding_of_best)
    assert quadratic.curvature == pytest.approx(float(2 * mean_xx), rel=1e-15, abs=0)


def test_optimum_minimum_and_curvature_agree_with_exact_sums(rows):
    assert_exact(*rows)


@pytest.mark.parametrize("seed", range(5))
def test_rows_far_from_the_origin_keep_the_digits_of_their_residuals(seed):
    rng = np.random.default_rng(seed)
    x = 1e8 + rng.normal(size=20)
    assert_exact(x, 0.3 * x + rng.normal(size=20))


def test_loss_agrees_with_the_lesson(rows, weights):
    expected = [textbook.loss(*rows, w) for w in weights]
    np.testing.assert_allclose(Quadratic.of(*rows).loss(weights), expected, rtol=1e-12, atol=1e-24)


def test_gradient_is_the_slope_of_the_lessons_loss(rows, weights):
    width = np.abs(weights).max()
    for w in weights:
        rise = textbook.loss(*rows, w + width) - textbook.loss(*rows, w - width)
        steepest = abs(textbook.gradient(*rows, width))
        slope = pytest.approx(rise / (2 * width), abs=1e-12 * steepest)
        assert Quadratic.of(*rows).gradient(float(w)) == slope


def test_loss_is_never_below_its_minimum(rows, weights):
    quadratic = Quadratic.of(*rows)
    near = quadratic.optimum + np.spacing(quadratic.optimum) * np.arange(-5, 6)
    assert (quadratic.loss(np.concatenate((weights, near))) >= quadratic.minimum).all()
    assert quadratic.loss(quadratic.optimum) == quadratic.minimum
    assert quadratic.gradient(quadratic.optimum) == 0


@pytest.mark.parametrize("seed", range(5))
def test_a_perfect_fit_is_found_to_the_last_digit(seed):
    x = np.random.default_rng(seed).normal(size=1000).astype(np.float32).astype(np.float64)
    quadratic = Quadratic.of(x, 3 * x)
    assert (quadratic.optimum, quadratic.minimum) == (3, 0)


@pytest.mark.parametrize("x_scale", [2.0**-510, 1, 2.0**510])
@pytest.mark.parametrize("y_scale", [2.0**-510, 1, 2.0**510])
def test_units_that_are_powers_of_two_change_no_digit(x_scale, y_scale):
    x, y = np.array([1.1, 2.3, 5.7]), np.array([0.3, 0.9, 0.4])
    plain, scaled = Quadratic.of(x, y), Quadratic.of(x * x_scale, y * y_scale)
    assert scaled.optimum == plain.optimum * (y_scale / x_scale)
    assert scaled.minimum == plain.minimum * y_scale**2
    assert scaled.steepness == plain.steepness * x_scale


@pytest.mark.parametrize(
    ("x", "y", "optimum", "minimum"),
    [([2], [6], 3, 0), ([2, 2], [6, 8], 3.5, 1), ([0, 0], [3, 1], 0, 5), ([1, 2], [0, 0], 0, 0)],
    ids=["one row", "equal x", "x all zero", "y all zero"],
)
def test_singular_data_have_the_exact_answer(x, y, optimum, minimum):
    quadratic = Quadratic.of(np.array(x, float), np.array(y, float))
    assert (quadratic.optimum, quadratic.minimum) == (optimum, minimum)


def test_flat_ground_has_no_limit():
    flat = Quadratic.of(np.zeros(2), np.array([3.0, 1]))
    assert flat.loss(np.array([-9.0, 0, 1e9])).tolist() == [5, 5, 5]
    assert flat.gradient(np.array([-9.0, 0, 1e9])).tolist() == [0, 0, 0]
    assert (flat.curvature, flat.learning_rate_limit) == (0, np.inf)
    assert safe_learning_rate(flat.learning_rate_limit) == 1


def test_limit_is_two_over_the_curvature():
    assert Quadratic(optimum=1, minimum=0, steepness=3).curvature == 18
    assert Quadratic(optimum=1, minimum=0, steepness=3).learning_rate_limit == 2 / 18


def test_safe_learning_rate_converges_within_a_watchable_time(rows):
    x, y = rows
    quadratic, w = Quadratic.of(x, y), 0.0
    for _ in range(150):
        w -= safe_learning_rate(quadratic.learning_rate_limit) * textbook.gradient(x, y, w)
    assert w == pytest.approx(np.linalg.lstsq(x[:, None], y)[0][0], rel=1e-9, abs=0)


@pytest.mark.parametrize(
    ("limit", "safe"), [(4, 1), (0.0045703839, 0.001), (1e-100, 2e-101), (39.9, 9), (3.9e9, 9e8)]
)
def test_safe_learning_rate_is_a_quarter_of_the_limit_in_one_digit(limit, safe):
    assert safe_learning_rate(limit) == safe
