"""Many steps of momentum and Nesterov at once are those of the loop."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent import recurrence, textbook
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Experiment, Outcome, run
from gdviz.core.descent.methods import Momentum, Nesterov
from gdviz.core.descent.recurrence import POWERS, Powers, Response, linear_rows
from gdviz.core.tables.dataset import Dataset

KINDS = [Momentum, Nesterov]
WEIGHT, BIAS, LOSS, SLOPE, BIAS_SLOPE, STEP, BIAS_STEP = range(7)


def rows_of(experiment, sizes):
    rows = linear_rows(
        experiment.method, experiment.scaled_bowl, experiment.start, experiment.learning_rate
    )
    firsts = [0, *itertools.accumulate(sizes)]
    return np.concatenate([rows(first, size) for first, size in zip(firsts, sizes, strict=False)])


def rows_by_walk(experiment, count):
    """Return the rows of the rule as it is written, one step after the other."""
    bowl = experiment.scaled_bowl
    walk = experiment.method.walk(
        experiment.learning_rate, experiment.start, experiment.with_bias, bowl.gradient
    )
    states = np.array(list(itertools.islice(walk, count)))
    weight, bias = states[:, 0], states[:, 1]
    with np.errstate(all="ignore"):
        loss, gradient = bowl.loss(weight, bias), bowl.gradient(weight, bias)
    return np.column_stack((weight, bias, loss, *gradient, states[:, 2:]))


def at_limit(dataset, factor, count, method, with_bias=True, **others):
    experiment = Experiment(dataset, count, with_bias=with_bias, method=method, **others)
    rate = factor * experiment.learning_rate_limit
    return Experiment(dataset, count, rate, with_bias=with_bias, method=method, **others)


# What the rule makes of a slope


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.9, 0.999])
def test_the_rule_itself_says_what_it_makes_of_a_slope(kept):
    assert Response.of(Momentum(kept), 0.25) == (-0.25, -0.25 * kept, 1, kept)
    step, kept_step = -0.25 * (1 + kept), -0.25 * (kept * kept)
    assert Response.of(Nesterov(kept), 0.25) == (step, kept_step, 1, kept)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.sampled_from(KINDS), st.floats(0, 0.99), st.floats(1e-3, 1e3),
    st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e3, 1e3),
)  # fmt: skip
def test_the_rules_are_linear(kind, kept, rate, first, second, factor):
    """Otherwise the powers of a matrix would say nothing."""
    rules = [kind(kept).rule(rate) for _ in range(3)]
    for rule in rules:
        next(rule)
    for _ in range(3):
        one, other, both = (
            rule.send(slope)
            for rule, slope in zip(rules, (first, second, first + factor * second), strict=True)
        )
        scale = rate * (abs(first) + abs(factor * second)) * 10
        assert both == pytest.approx(one + factor * other, abs=1e-12 * scale + 1e-300)


# Powers


@pytest.mark.parametrize("method", [Momentum(0.0), Momentum(), Nesterov(0.5), Nesterov(0.999)])
@pytest.mark.parametrize("rate", [1e-12, 0.1, 1.0, (1 - math.sqrt(0.9)) ** 2, 3.7, 50.0])
def test_powers_are_the_exact_ones(method, rate):
    response, steepness = Response.of(method, rate), math.sqrt(0.5)
    step, kept_step, memory, kept = map(Fraction, response)
    curvature = 2 * Fraction(steepness) ** 2
    matrix = (1 + step * curvature, Fraction(1)), (kept_step * memory * curvature, kept)
    powers = Powers(response, steepness)
    distance, remembered = 1.0, -0.25
    other = powers.other(distance, remembered)
    exact = [Fraction(distance), Fraction(remembered)]
    largest = 1.0
    for f, less_one, g in powers.between(0, 40).T.tolist():
        largest = max(largest, *(abs(float(each)) for each in exact))
        moved = less_one * distance + g * other[0]
        assert f * distance + g * other[0] == pytest.approx(float(exact[0]), abs=3e-14 * largest)
        assert f * remembered + g * other[1] == pytest.approx(float(exact[1]), abs=3e-14 * largest)
        assert moved == pytest.approx(float(exact[0] - 1), rel=1e-11, abs=3e-15 * largest)
        exact = [row[0] * exact[0] + row[1] * exact[1] for row in matrix]


def test_next_to_1_no_digits_are_lost():
    steepness = math.sqrt(0.5)
    powers = Powers(Response.of(Momentum(0.5), 1e-12), steepness)
    other = powers.other(1.0, 0.0)
    _, less_one, g = powers.between(0, 200)[:, -1].tolist()
    assert less_one + g * other[0] == pytest.approx(-2e-12 * (199 - 1), rel=1e-9)


def test_no_more_powers_are_computed_than_are_asked_for():
    powers = Powers(Response.of(Momentum(), 0.1), 1.0)
    assert powers.between(0, 100).shape == (3, 100)
    assert powers._count == 129
    assert powers.between(0, 3 * POWERS).shape[1] <= 2 * POWERS
    assert powers.length(3 * POWERS) == POWERS


# Rows


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.sampled_from([0.0, 1e-9, 0.3, 0.5, 0.9, 0.99, 0.9999]),
    st.sampled_from([1e-12, 1e-6, 0.01, 0.25, 0.5, 0.75, 0.97, 0.9999, 1.0]),
    st.booleans(),
    st.integers(0, 2**32 - 1),
)
def test_rows_are_those_of_the_loop(kind, kept, factor, with_bias, seed):
    """Where roots are equal, complex or real, near the limit and far below it."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-3, 10) + rng.uniform(0.1, 5) * rng.normal(size=rng.integers(2, 30))
    dataset = Dataset(x, rng.uniform(1, 5) * x + rng.normal(size=len(x)))
    start = Point(*rng.normal(size=2).tolist())
    experiment = at_limit(dataset, factor, 300, kind(kept), with_bias, start=start)
    rows, expected = rows_of(experiment, [300]), rows_by_walk(experiment, 300)
    for column in range(7):
        # At the limit a rounding grows with the steps, for as long as it is remembered.
        remembered = min(300, 1 / (1 - kept))
        error = 1e-12 * remembered * np.abs(expected[:, column]).max()
        np.testing.assert_allclose(rows[:, column], expected[:, column], rtol=0, atol=error)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("with_bias", [False, True])
def test_losses_are_printed_with_the_same_ten_decimals(pizza, kind, with_bias):
    experiment = Experiment(pizza, 20_000, 1e-4, with_bias=with_bias, method=kind())
    ours, theirs = rows_of(experiment, [20_000]), rows_by_walk(experiment, 20_000)
    texts = [[f"{loss:.10f}" for loss in rows[:, LOSS]] for rows in (ours, theirs)]
    other = sum(one != another for one, another in zip(*texts, strict=True))
    assert other < 0.005 * 20_000
    assert np.abs(ours[:, LOSS] - theirs[:, LOSS]).max() < 1.5e-10


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_as_close_to_the_exact_ones_as_those_of_the_lessons_functions(kind):
    rng = np.random.default_rng(1)
    x = rng.uniform(1, 10, 7)
    dataset = Dataset(x, 2 * x + rng.normal(size=7))
    experiment = at_limit(dataset, 0.4, 40, kind(0.9))
    rate, kept = Fraction(experiment.learning_rate), Fraction(0.9)
    exact_x, exact_y = (list(map(Fraction, column.tolist())) for column in (x, dataset.y))
    line, velocity = [Fraction(0), Fraction(0)], [Fraction(0), Fraction(0)]
    theirs, their_velocity = [0.0, 0.0], [0.0, 0.0]
    for row in rows_of(experiment, [40]):
        errors = [line[0] * p + line[1] - q for p, q in zip(exact_x, exact_y, strict=True)]
        slopes = [2 * sum(e * p for e, p in zip(errors, exact_x, strict=True)) / 7,
                  2 * sum(errors) / 7]  # fmt: skip
        for k in range(2):
            assert row[k] == pytest.approx(float(line[k]), rel=1e-12, abs=1e-13)
            off = abs(Fraction(row[k]) - line[k])
            assert off <= 4 * abs(Fraction(theirs[k]) - line[k]) + Fraction(1e-14)
        their_slopes = textbook.gradients(x, dataset.y, *theirs)
        for k in range(2):
            velocity[k] = kept * velocity[k] + slopes[k]
            ahead = slopes[k] + kept * velocity[k] if kind is Nesterov else velocity[k]
            line[k] -= rate * ahead
            their_velocity[k] = 0.9 * their_velocity[k] + their_slopes[k]
            theirs[k] -= float(rate) * (
                their_slopes[k] + 0.9 * their_velocity[k]
                if kind is Nesterov else their_velocity[k]
            )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("factor", [1e-9, 0.3, 1.01])
@pytest.mark.parametrize(
    "sizes", [[1] * 50, [7, 300, 4, 8889], [POWERS - 1, 2, POWERS, 1], [3 * POWERS]]
)
def test_blocks_of_any_size_give_the_same_bits(pizza, kind, factor, sizes):
    experiment = at_limit(pizza, factor, 20_000, kind())
    whole = rows_of(experiment, [20_000])[: sum(sizes)]
    assert rows_of(experiment, sizes).tobytes() == whole.tobytes()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("kept", [0.0, 0.9])
@pytest.mark.parametrize("factor", [1.01, 1.5, 1e6, 1e200])
@pytest.mark.parametrize("start", [(0.0, 0.0), (1e-160, 0.0), (1e100, -1e100)])
@pytest.mark.parametrize("x", [[1, 2, 4], [1e-20, 3e-20, 4e-20], [2, 2, 2]])
def test_a_divergent_run_ends_at_the_row_where_the_loops_does(kind, kept, factor, start, x):
    dataset = Dataset(x, [0, 0, 0]) if start[0] == 1e-160 else Dataset(x, [3, 1, 2])
    experiment = at_limit(dataset, factor, 200_000, kind(kept), start=Point(*start))
    trajectory, outcome = run(experiment)
    assert outcome.ending is Ending.DIVERGED
    expected = rows_by_walk(experiment, outcome.iteration + 1)
    finite = np.isfinite(expected[:, :STEP]).all(axis=1) & (expected[:, LOSS] <= 1e300)
    assert outcome == Outcome(Ending.DIVERGED, int(finite.argmin()))
    rows = trajectory.record.rows
    assert np.isfinite(rows[:, :STEP]).all()


@pytest.mark.parametrize("kind", KINDS)
def test_along_a_valley_and_from_the_optimum_nothing_moves(kind):
    level = Dataset([0, 0], [3, 1])
    rows = rows_of(Experiment(level, 50, 0.1, start=Point(7.0, 0.0), method=kind()), [50])
    assert np.array_equal(rows, np.tile([7.0, 0, 5, 0, 0, 0, 0], (50, 1)))
    best = Experiment(level, 50, 0.1, start=Point(7.0, 2.0), with_bias=True, method=kind())
    assert np.array_equal(rows_of(best, [50]), np.tile([7.0, 2, 1, 0, 0, 0, 0], (50, 1)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_tiny_rate_loses_no_digits(pizza, kind):
    """After a million steps of 1e-12 of the limit the weight has moved as far as it should."""
    experiment = at_limit(pizza, 1e-12, 10**6, kind(0.5), with_bias=False)
    moved = run(experiment)[0].record.last.weight
    slope = experiment.bowl.gradient(0.0, 0.0)[0]
    # The velocity soon is slope / (1 - momentum), and the slope stays.
    assert moved == pytest.approx(-experiment.learning_rate * slope * 2 * 10**6, rel=1e-5)


def test_another_length_of_the_stretches_gives_nearly_the_same(pizza, monkeypatch):
    experiment = at_limit(pizza, 0.3, 5000, Momentum())
    whole = rows_of(experiment, [5000])
    monkeypatch.setattr(recurrence, "POWERS", 16)
    np.testing.assert_allclose(rows_of(experiment, [5000])[:, :3], whole[:, :3], rtol=1e-11)
