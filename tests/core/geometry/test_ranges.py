"""Ranges end at round numbers, and so do the steps in them."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.geometry.ranges import (
    data_range,
    loss_range,
    next_nice_step,
    nice_range,
    ticks,
    value_range,
    view_range,
    wider_range,
)
from gdviz.core.tables.dataset import Dataset

quickly = settings(derandomize=True, deadline=None, max_examples=100)
values = st.floats(-1e6, 1e6)
columns = st.integers(1, 30).flatmap(
    lambda rows: st.tuples(*[arrays(float, rows, elements=values)] * 2)
)


def usable(x, y):
    """Return a data set of two columns whose squares are numbers."""
    assume(all(np.abs(column).max() == 0 or np.abs(column).max() > 1e-100 for column in (x, y)))
    return Dataset(x, y)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ((0, 10), (0, 10)),
        ((-0.65, 4.34), (-1, 4)),
        ((0.13, 0.97), (0.2, 1.0)),
        ((-103, 98), (-100, 100)),
        ((1e-9, 6e-9), (1e-9, 6e-9)),
        ((-3e200, 3e200), (-3e200, 3e200)),
    ],
)
def test_nice_ranges(asked, given):
    assert nice_range(*asked) == pytest.approx(given, rel=1e-9)


@quickly
@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_a_nice_range_has_about_five_steps_and_moves_its_ends_by_half_a_step(low, size):
    high = low + size
    assume(high - low > 1e-9 * abs(low))
    nice_low, nice_high = nice_range(low, high)
    steps = [m * 10.0**e for e in range(-8, 8) for m in (1, 2, 5)]
    fitting = [step for step in steps if 3 <= (high - low) / step <= 8]
    assert any(
        abs(nice_low - low) <= 0.501 * step and abs(nice_high - high) <= 0.501 * step
        for step in fitting
    )
    assert nice_low < nice_high


@quickly
@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_a_wider_range_holds_what_is_asked_and_hardly_more(low, size):
    left, right = wider_range(low, low + size)
    assert left <= low + 1e-9 * abs(low)
    assert right >= low + size - 1e-9 * abs(low)
    assert right - left <= 1.7 * size


@pytest.mark.parametrize(
    ("size", "step"), [(1, 1), (1.1, 2), (0.03, 0.05), (51, 100), (0, float("inf"))]
)
def test_the_next_step_up(size, step):
    assert next_nice_step(size) == pytest.approx(step)


@pytest.mark.parametrize(
    ("ends", "texts"),
    [
        ((-1.0, 4.0), ["\N{MINUS SIGN}1", "0", "1", "2", "3", "4"]),
        ((0.0, 0.05), ["0", "0.01", "0.02", "0.03", "0.04", "0.05"]),
        ((0.0, 5e8), ["0", *(f"{k} \N{MULTIPLICATION SIGN} 10⁸" for k in range(1, 6))]),
    ],
)
def test_ticks_are_round(ends, texts):
    assert [text for _, text in ticks(ends)] == texts


def weight_range(dataset, weights):
    """Return what is shown of a path of weights."""
    return value_range(weights, np.full(len(weights), dataset.quadratic.optimum), 1.0)


def test_pizza_shows_the_weights_of_the_lesson(pizza):
    weights = run(Experiment(pizza))[0].record.weight
    assert weight_range(pizza, weights) == (-1.0, 4.0)


@quickly
@given(columns, st.floats(1e-3, 1.2))
def test_the_weights_shown_hold_start_path_and_minimum(xy, share_of_limit):
    dataset = usable(*xy)
    limit = dataset.quadratic.learning_rate_limit
    assume(0 < share_of_limit * limit < math.inf)
    record = run(Experiment(dataset, 30, share_of_limit * limit))[0].record
    low, high = weight_range(dataset, record.weight)
    assert low <= record.weight.min()
    assert record.weight.max() <= high
    assert low < dataset.quadratic.optimum < high


@quickly
@given(st.floats(0, 1e9), st.floats(1e-3, 1e9))
def test_the_losses_shown_hold_the_ground_and_the_highest(minimum, depth):
    assume(depth > 1e-6 * minimum)
    low, high = loss_range(minimum, minimum + depth)
    assert low < minimum < minimum + depth < high
    assert high - low < 1.5 * depth


@pytest.mark.parametrize("minimum", [0.0, 1e-200, 1.0, 1e200])
def test_losses_that_do_not_change_still_have_a_range(minimum):
    low, high = loss_range(minimum, minimum)
    assert low <= minimum < high


@quickly
@given(arrays(float, st.integers(1, 20), elements=values))
def test_the_data_are_in_view_with_room(column):
    assume(np.abs(column).max() == 0 or np.abs(column).max() > 1e-100)
    low, high = data_range(column)
    assert low <= column.min()
    assert column.max() <= high
    assert low < high


def test_a_view_is_never_degenerate():
    dataset = Dataset([-1, 1], [1, 1])
    (left, right), (bottom, top) = view_range(dataset.bowl, np.array([[0.0, 1.0]]))
    assert left < 0 < right
    assert bottom < 1 < top
