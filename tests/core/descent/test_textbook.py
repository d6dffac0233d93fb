"""The lesson is the oracle of everything else, so it is held to formulas it doesn't use."""

from pathlib import Path

import numpy as np
import pytest

from gdviz.core.descent import textbook

PIZZA = Path(__file__).parents[3] / "data" / "pizza.txt"


@pytest.fixture(scope="module")
def pizza():
    return np.loadtxt(PIZZA, skiprows=1, unpack=True)


@pytest.fixture(params=range(5))
def random_rows(request):
    rng = np.random.default_rng(request.param)
    x = rng.uniform(-10, 10, size=rng.integers(1, 50))
    return x, 3 * x + rng.normal(size=len(x))


def test_prediction_is_a_height_on_the_line():
    assert textbook.predict(np.array([0.0, 1, 2]), w=3, b=4).tolist() == [4, 7, 10]


def test_bias_is_zero_unless_given():
    assert textbook.predict(np.array([5.0]), w=3).tolist() == [15]


@pytest.mark.parametrize(("w", "b"), [(0, 0), (1.5, 0), (-2, 7)])
def test_loss_is_the_mean_of_the_squares_without_a_half(random_rows, w, b):
    x, y = random_rows
    squares = [(w * xi + b - yi) ** 2 for xi, yi in zip(x, y, strict=True)]
    assert textbook.loss(x, y, w, b) == pytest.approx(sum(squares) / len(x), rel=1e-13, abs=0)


@pytest.mark.parametrize("w", [-4, 0, 2.9, 100])
def test_gradient_is_the_slope_of_the_loss(random_rows, w):
    x, y = random_rows
    h = 0.5  # The central difference of a parabola is exact at any width.
    slope = (textbook.loss(x, y, w + h) - textbook.loss(x, y, w - h)) / (2 * h)
    assert textbook.gradient(x, y, w) == pytest.approx(slope, rel=1e-9, abs=0)


def test_long_training_finds_the_least_squares_weight(random_rows):
    x, y = random_rows
    best = np.linalg.lstsq(x[:, None], y)[0][0]
    assert textbook.train(x, y, 1000, lr=0.1 / np.mean(x**2)) == pytest.approx(
        best, rel=1e-13, abs=0
    )


def test_one_step_goes_down_the_slope_as_far_as_the_learning_rate_says():
    assert textbook.train(np.array([1.0, 2]), np.array([3.0, 4]), 1, lr=0.25) == 0.25 * 11


def test_training_prints_the_loss_before_each_update(capsys):
    textbook.train(np.array([1.0]), np.array([2.0]), 2, lr=0.25)
    assert capsys.readouterr().out == (
        "Iteration    0 => Loss: 4.0000000000\nIteration    1 => Loss: 1.0000000000\n"
    )


def test_pizza_gives_the_numbers_of_the_book(pizza, capsys):
    w = textbook.train(*pizza, iterations=100, lr=0.001)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 100
    assert lines[0] == "Iteration    0 => Loss: 812.8666666667"
    assert lines[1] == "Iteration    1 => Loss: 304.3630879787"
    assert lines[99] == "Iteration   99 => Loss: 69.1209628275"
    assert f"{w:.10f}" == "1.8436928702"
