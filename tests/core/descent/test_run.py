"""Between two rows of a run there is a place for every position, drawn from the record."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gdviz.core.descent import textbook
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import METHODS, GradientDescent
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import Trajectory
from gdviz.core.tables.dataset import Dataset

STEPS, ALL = 6, tuple(METHODS.values())
quickly = settings(derandomize=True, deadline=None, max_examples=150)

sizes = st.sampled_from([1e-9, 1e-3, 1.0, 1e3, 1e12])
shares = st.floats(0, 1 - 1e-9)
numbers = st.floats(-10, 10).map(lambda value: round(value, 3))


@st.composite
def datasets(draw):
    count = draw(st.integers(1, 6))
    x, y = (draw(sizes) * draw(arrays(float, count, elements=numbers)) for _ in "xy")
    return Dataset(x, y)


@st.composite
def walks(draw, methods=ALL, fastest=1.2):
    """Return a run, at most so many times as fast as converges, and an iteration before its end."""
    data, with_bias = draw(datasets()), draw(st.booleans())
    start = Point(draw(numbers), draw(numbers) if with_bias else 0.0)
    plain = Experiment(data, STEPS, 1.0, with_bias=with_bias, start=start)
    limit = plain.learning_rate_limit
    assume(0 < limit < np.inf)
    experiment = Experiment(
        data, STEPS, limit * draw(st.floats(0.01, fastest)), with_bias=with_bias, start=start,
        method=draw(st.sampled_from(methods))(), standardise=with_bias and draw(st.booleans()),
    )  # fmt: skip
    record = run(experiment)[0].record
    assume(record.newest > 0)
    return Run(experiment, record), draw(st.integers(0, record.newest - 1))


def near(one, other, *scales):
    """Tell whether two numbers agree but for roundings of numbers as large as the scales."""
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other), *map(abs, scales)) + 1e-300


@quickly
@given(walks())
def test_at_an_iteration_it_is_the_row_itself(walk):
    walked, k = walk
    assert walked.at(k) == walked.at(float(k)) == walked.record.at(k)
    assert walked.at(k).walked == 0


@quickly
@given(walks(), shares)
def test_it_is_so_far_along_the_straight_step(walk, share):
    walked, k = walk
    row, after, seen = walked.record.at(k), walked.record.at(k + 1), walked.at(k + share)
    assert seen.iteration == k
    assert seen.position == k + share
    share = seen.walked
    for name in ("weight", "bias"):
        here, there = getattr(row, name), getattr(after, name)
        now, left = getattr(seen, name), getattr(seen, f"{name}_step")
        assert near(now, here + share * (there - here), here, there)
        assert near(left, (1 - share) * getattr(row, f"{name}_step"))
        # Standardised, the step of the bias is a small difference of large numbers.
        if not walked.experiment.standardise:
            assert near(now + left, there, here, left)


@quickly
@given(walks())
def test_towards_its_end_it_comes_to_the_next_row(walk):
    walked, k = walk
    row, after, seen = walked.record.at(k), walked.record.at(k + 1), walked.at(k + 1 - 1e-12)
    first = walked.record.at(0)
    for name in ("weight", "bias", "loss"):
        # Where it rests, what is left of its loss is the rounding of where it came from.
        sizes = (getattr(one, name) for one in (row, first))
        assert near(getattr(seen, name), getattr(after, name), *sizes)
    assert walked.at(k + 1) == after


@quickly
@given(walks(), shares)
def test_its_loss_is_that_of_all_rows_of_the_data_there(walk, share):
    walked, k = walk
    data, seen = walked.experiment.dataset, walked.at(k + share)
    errors = seen.weight * data.x + seen.bias - data.y
    size = np.mean((np.abs(seen.weight * data.x) + np.abs(seen.bias) + np.abs(data.y)) ** 2)
    assert near(seen.loss, np.mean(errors**2), size)
    slopes = textbook.gradients(data.x, data.y, seen.weight, seen.bias)
    scale = np.sqrt(size) * np.array((np.abs(data.x).max(), 1))
    assert near(seen.weight_gradient, slopes[0], scale[0])
    if walked.experiment.with_bias:
        assert near(seen.bias_gradient, slopes[1], scale[1])
    else:
        assert seen.bias_gradient == 0


@quickly
@given(walks(), shares)
def test_its_loss_lies_between_the_minimum_and_the_line_from_row_to_row(walk, share):
    walked, k = walk
    row, after, seen = walked.record.at(k), walked.record.at(k + 1), walked.at(k + share)
    chord = row.loss + seen.walked * (after.loss - row.loss)
    assert walked.experiment.bowl.minimum <= seen.loss
    assert seen.loss <= chord + 1e-9 * max(row.loss, after.loss)


@quickly
@given(walks((GradientDescent,), 0.5), st.tuples(shares, shares).map(sorted))
def test_a_step_that_does_not_overshoot_only_goes_down(walk, two):
    walked, k = walk
    earlier, later = (walked.at(k + share).loss for share in two)
    # At the minimum there is nothing but rounding, of the size of the data.
    rounding = 1e-25 * float(np.max(walked.experiment.dataset.y**2))
    assert later <= earlier + 1e-9 * walked.record.at(k).loss + rounding


@pytest.fixture
def hundred(pizza):
    experiment = Experiment(pizza)
    return Run(experiment, run(experiment)[0].record)


@pytest.mark.parametrize("position", [100.4, 101, 250.9])
def test_at_the_end_there_is_no_step_to_walk(hundred, position):
    assert hundred.at(position) == hundred.record.last


def test_where_rows_are_left_out_the_row_stays_until_the_next(hundred):
    trajectory = Trajectory(max_rows=64)
    trajectory.append(hundred.record.rows)
    thinned = Run(hundred.experiment, trajectory.record)
    assert thinned.record.stride == 2
    for position in (40.3, 41, 41.7):
        assert thinned.at(position) == hundred.record.at(40)
    # Of the newest row the one before is known, too, if it is an even one.
    assert thinned.at(100.5) == hundred.record.last
