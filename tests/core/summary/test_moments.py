"""The loss that is told from sums is that of exact fractions, and agrees with that of all rows."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.quadratic import Quadratic
from gdviz.core.summary.summary import Summary
from gdviz.core.tables.dataset import Dataset

quickly = settings(derandomize=True, deadline=None, max_examples=100)


def numbers_of(bowl):
    return (*bowl.optimum, bowl.minimum, bowl.sd_x, bowl.mean_x, bowl.unit)


def best_line(x, y):
    """Return the exact least-squares line, its loss, and the mean and variance of x."""
    x, y = ([Fraction(value) for value in column.tolist()] for column in (x, y))
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    moment = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    variance = sum((a - mean_x) ** 2 for a in x)
    weight = moment / variance
    bias = mean_y - weight * mean_x
    least = sum((weight * a + bias - b) ** 2 for a, b in zip(x, y, strict=True)) / len(x)
    return weight, bias, least, mean_x, variance / len(x)


@quickly
@given(
    st.sampled_from([0.0, 1e8, -1e15, 1e100]),
    st.lists(st.tuples(st.integers(-9, 9), st.floats(-1e3, 1e3)), min_size=3, max_size=30),
)
def test_ill_conditioned_rows_give_the_exact_line_rounded_once(offset, rows):
    steps, y = np.array(rows).T
    x = offset + steps * np.spacing(max(abs(offset), 1.0))
    if x.min() == x.max():
        return
    weight, bias, least, mean_x, variance = best_line(x, y)
    bowl = Summary.of(x, y).bowl
    assert bowl.optimum == (float(weight), float(bias))
    assert (bowl.minimum, bowl.mean_x) == (float(least), float(mean_x))
    # The root is rounded once more, of 128 digits.
    assert abs(Fraction(bowl.sd_x) ** 2 / variance - 1) < 2.3e-16


@pytest.mark.parametrize("power", [-460, -80, 0, 80, 460])
@pytest.mark.parametrize("seed", range(4))
def test_ordinary_rows_give_the_loss_over_all_of_them(seed, power):
    rng = np.random.default_rng(seed)
    x = np.ldexp(rng.normal(3, 2, 20_000), power)
    y = np.ldexp(1.5 * rng.normal(size=20_000) + np.ldexp(x, -power), -power)
    summary, dataset = Summary.of(x, y), Dataset(x, y)
    assert numbers_of(summary.bowl) == pytest.approx(numbers_of(Bowl.of(x, y)), rel=1e-12, abs=0)
    ours, theirs = summary.quadratic, Quadratic.of(x, y)
    for name in ("optimum", "minimum", "steepness"):
        assert getattr(ours, name) == pytest.approx(getattr(theirs, name), rel=1e-12, abs=0)
    for bias in (0.0, math.ldexp(3.7, -power)):
        ours, theirs = summary.bowl_at(bias), dataset.bowl_at(bias)
        assert numbers_of(ours) == pytest.approx(numbers_of(theirs), rel=1e-12, abs=0)
    ours, theirs = summary.standardised_bowl, dataset.standardised_bowl
    assert ours.optimum == pytest.approx(theirs.optimum, rel=1e-12, abs=0)
    assert (ours.minimum, ours.sd_x) == pytest.approx((theirs.minimum, 1.0), rel=1e-12, abs=0)
    assert ours.mean_x == pytest.approx(theirs.mean_x, abs=1e-15)


def test_pizza_has_the_numbers_of_the_lesson(pizza):
    bowl = Summary.of(pizza.x, pizza.y).bowl
    assert bowl.optimum == pytest.approx((1.081111957350, 13.172581873572), abs=5e-13)
    assert bowl.minimum == pytest.approx(22.842736735212, abs=5e-13)


DEGENERATE = {
    "one row": ([3.1], [2.7]),
    "one row at 0": ([0.0], [2.7]),
    "one row of nothing": ([0.0], [0.0]),
    "all x equal": ([0.1] * 7, [1.0, 2.5, 2.0, -7.0, 3.0, 1.0, 0.1]),
    "all x 0": ([0.0] * 3, [1.0, 2.5, 2.0]),
    "all rows equal": ([0.1] * 7, [0.3] * 7),
    "all y equal": ([1.0, 2.0, 4.0], [0.1] * 3),
    "all y 0": ([1.0, 2.0, 4.0], [0.0] * 3),
    "on a line": ([1.0, 2.0, 4.0], [3.0, 5.0, 9.0]),
}


@pytest.mark.parametrize("rows", DEGENERATE.values(), ids=DEGENERATE)
def test_degenerate_rows_give_the_same_valleys(rows):
    x, y = map(np.array, rows)
    summary, dataset = Summary.of(x, y), Dataset(x, y)
    close = {"rel": 1e-12, "abs": 1e-15}
    for name in ("bowl", "standardised_bowl"):
        ours, theirs = getattr(summary, name), getattr(dataset, name)
        assert numbers_of(ours) == pytest.approx(numbers_of(theirs), **close)
        assert (ours.sd_x == 0) == (theirs.sd_x == 0)
    for bias in (0.0, 1.1):
        ours, theirs = summary.bowl_at(bias), dataset.bowl_at(bias)
        assert numbers_of(ours) == pytest.approx(numbers_of(theirs), **close)
    assert summary.bowl.minimum >= 0
    assert math.isfinite(summary.bowl.condition) == math.isfinite(dataset.bowl.condition)


def test_without_rows_there_is_no_loss():
    for name in ("bowl", "quadratic", "standardised_bowl"):
        with pytest.raises(ValueError, match="needs at least one"):
            getattr(Summary(), name)
