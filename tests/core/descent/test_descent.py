"""A run agrees with the lesson's loop, with exact arithmetic, and with itself."""

import dataclasses
import itertools
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent import textbook
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Experiment, Outcome, descend, run
from gdviz.core.descent.methods import (
    METHODS,
    Adam,
    GradientDescent,
    Momentum,
    Nesterov,
    StepSearch,
)
from gdviz.core.tables.dataset import Dataset

PIZZA = Dataset(*np.loadtxt(Path(__file__).parents[3] / "data" / "pizza.txt", skiprows=1).T)


WEIGHT, BIAS, LOSS, SLOPE, BIAS_SLOPE, STEP, BIAS_STEP = range(7)


def rows_of(experiment):
    """Return all rows of a run."""
    return np.concatenate(list(descend(experiment)))


def weight_rows_of(experiment):
    """Return weight, loss and gradient of all rows of a run."""
    return rows_of(experiment)[:, [WEIGHT, LOSS, SLOPE]]


def blocks_of(experiment, sizes):
    """Return the blocks of a run whose first size is given and whose other sizes are sent."""
    descent = descend(experiment, sizes[0])
    blocks = [next(descent)]
    for count in range(1, experiment.iterations + 2):
        try:
            blocks.append(descent.send(sizes[count % len(sizes)]))
        except StopIteration as end:
            return blocks, end.value
    raise AssertionError("a run has no more blocks than rows")


def lesson_rows(x, y, iterations, learning_rate):
    """Return the lesson's own loop as rows."""
    rows, w = [], 0.0
    for _ in range(iterations + 1):
        slope = textbook.gradient(x, y, w)
        rows.append((w, textbook.loss(x, y, w), slope))
        w -= slope * learning_rate
    return np.array(rows)


def random_dataset(seed):
    """Return some well-conditioned rows: x of one size, y near a line."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(1, 10, size=rng.integers(1, 100))
    return Dataset(x, rng.uniform(1, 5) * x + rng.normal(size=len(x)))


def at_limit(factor, dataset=PIZZA, **settings):
    """Return an experiment whose learning rate is `factor` times the limit."""
    limit = dataset.quadratic.learning_rate_limit
    return Experiment(dataset, learning_rate=factor * limit, **settings)


# The lesson's loop


def test_pizza_prints_the_lines_of_the_lesson(capsys):
    w = textbook.train(PIZZA.x, PIZZA.y, iterations=100, lr=0.001)
    rows = rows_of(Experiment(PIZZA, iterations=100, learning_rate=0.001))
    lines = [f"Iteration {k:4d} => Loss: {row[2]:.10f}\n" for k, row in enumerate(rows[:100])]
    assert "".join(lines) == capsys.readouterr().out
    assert f"{rows[100, 0]:.10f}" == f"{w:.10f}" == "1.8436928702"


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("factor", [1e-9, 0.01, 0.3, 0.5, 0.9])
def test_rows_are_those_of_the_lessons_loop(seed, factor):
    experiment = at_limit(factor, random_dataset(seed), iterations=100)
    x, y = experiment.dataset.x, experiment.dataset.y
    expected = lesson_rows(x, y, 100, experiment.learning_rate)
    rows = weight_rows_of(experiment)
    np.testing.assert_allclose(rows[:, :2], expected[:, :2], rtol=1e-12)
    np.testing.assert_allclose(rows[:, 2] / rows[0, 2], expected[:, 2] / rows[0, 2], atol=1e-12)


# Exact arithmetic

FACTOR = 4
ROUNDINGS = 4
EPSILON = Fraction(2) ** -52


numbers = st.integers(-(10**6), 10**6).map(lambda i: i / 1e6)


def lists_of(values, count):
    """Return arrays of a fixed length."""
    return st.lists(values, min_size=count, max_size=count).map(np.array)


@st.composite
def columns(draw, count):
    """Return a column that is plain, far from zero, of mixed sizes, constant, or all zero."""
    kind = draw(st.sampled_from(["plain", "far", "mixed", "equal", "zero"]))
    scale = 10.0 ** draw(st.sampled_from([-100, -30, 0, 0, 0, 30, 100]))
    column = draw(lists_of(numbers, count))
    if kind == "far":
        column += 1e8
    if kind == "mixed":
        column *= 10.0 ** draw(lists_of(st.integers(-8, 8), count))
    if kind == "equal":
        column[:] = column[0]
    if kind == "zero":
        column[:] = 0
    return column * scale


@st.composite
def datasets(draw):
    """Return a few rows: two columns of any kind, or labels on a line or close to one."""
    count = draw(st.integers(1, 10))
    x = draw(columns(count))
    kind = draw(st.sampled_from(["any", "any", "on a line", "near a line"]))
    if kind == "any":
        return Dataset(x, draw(columns(count)))
    y = draw(st.sampled_from([1, -7, 0.1, 1 / 3])) * x
    if kind == "near a line":
        y += 1e-8 * np.abs(x).max() * draw(lists_of(numbers, count))
    return Dataset(x, y)


limit_factors = st.one_of(
    st.sampled_from([1e-12, 1e-6, 0.5, 0.999, 1, 1.001, 1.1, 1.5]), st.floats(0.001, 1.5)
)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(datasets(), limit_factors, st.integers(1, 30))
def test_rows_are_as_close_to_the_exact_ones_as_the_lessons(dataset, limit_factor, iterations):
    """Everywhere: an error at most a few times the lesson's, or a few roundings of what is given.

    A weight can't be better known than what decides it. If each label is rounded once, the
    optimum moves by up to ε mean|xy| / mean x², and a weight by the share of the way that the
    run has come so far (a swing that lands near 0 keeps the error of where it came from). If the
    learning rate is rounded once, 1 - r^t moves by ε t (1 - r) |r|^(t-1). The loss follows the
    weight along its parabola, and is rounded once itself.
    """
    x, y = ([Fraction(value) for value in column.tolist()] for column in (dataset.x, dataset.y))
    mean_xx = sum(a * a for a in x) / len(x)
    mean_xy = sum(a * b for a, b in zip(x, y, strict=True)) / len(x)
    mean_yy = sum(b * b for b in y) / len(y)
    mean_abs_xy = sum(abs(a * b) for a, b in zip(x, y, strict=True)) / len(x)
    learning_rate = float(Fraction(limit_factor) / mean_xx) if mean_xx else 1.0
    optimum = mean_xy / mean_xx if mean_xx else Fraction(0)
    optimum_rounding = EPSILON * mean_abs_xy / mean_xx if mean_xx else Fraction(0)

    ours = weight_rows_of(Experiment(dataset, iterations, learning_rate))
    theirs = lesson_rows(dataset.x, dataset.y, iterations, learning_rate)
    assert len(ours) == iterations + 1

    rate = 2 * mean_xx * Fraction(learning_rate)
    weight = way = Fraction(0)
    for t, (our, their) in enumerate(zip(ours.tolist(), theirs.tolist(), strict=True)):
        loss = mean_xx * weight**2 - 2 * mean_xy * weight + mean_yy
        slope = 2 * (mean_xx * weight - mean_xy)

        way = max(way, abs(1 - (1 - rate) ** t))
        rate_rounding = EPSILON * t * rate * abs(1 - rate) ** max(0, t - 1)
        weight_rounding = optimum_rounding * way + abs(optimum) * rate_rounding
        loss_rounding = EPSILON * loss + abs(slope) * weight_rounding + mean_xx * weight_rounding**2
        for exact, rounding, our_value, their_value in (
            (weight, weight_rounding, our[0], their[0]),
            (loss, loss_rounding, our[1], their[1]),
        ):
            our_error = abs(Fraction(our_value) - exact)
            their_error = abs(Fraction(their_value) - exact)
            assert our_error <= FACTOR * their_error + ROUNDINGS * rounding

        weight -= slope * Fraction(learning_rate)


def test_tiny_learning_rates_keep_their_digits_over_many_iterations():
    """A million steps of 1e-12 of the limit go a millionth of the way, not a rounded sum."""
    dataset = Dataset([1], [1])
    rows = rows_of(Experiment(dataset, iterations=10**6, learning_rate=1e-12))
    assert rows[-1, 0] == pytest.approx(2e-6 - 2e-12, rel=1e-10, abs=0)


# Endings


@pytest.mark.parametrize("factor", [0.1, 0.5, 0.9])
def test_below_the_limit_it_converges(factor):
    trajectory, outcome = run(at_limit(factor, iterations=1000, tolerance=1e-9))
    assert outcome.ending is Ending.CONVERGED
    assert outcome.iteration == trajectory.record.newest
    assert trajectory.record.last.weight == pytest.approx(PIZZA.quadratic.optimum, rel=1e-10)


@pytest.mark.parametrize("factor", [1.1, 1.5, 100, 1e200])
def test_above_the_limit_it_diverges_and_keeps_the_finite_rows(factor):
    trajectory, outcome = run(at_limit(factor, iterations=10_000, tolerance=1e-9))
    rows = trajectory.record.rows
    assert outcome == Outcome(Ending.DIVERGED, len(rows))
    assert np.isfinite(rows[:, :STEP]).all()
    assert rows[:, LOSS].max() <= 1e300
    assert (np.diff(rows[:, LOSS]) > 0).all()


def test_divergence_is_named_at_the_first_row_beyond_the_bound():
    experiment = at_limit(1.1, iterations=10_000)
    _, outcome = run(experiment)
    # Distances grow by 1.2 a step, the loss above the minimum by its square.
    height = PIZZA.quadratic.loss(0.0) - PIZZA.quadratic.minimum
    steps = np.log(1e300 / height) / np.log(1.2**2)
    assert outcome.iteration == int(np.ceil(steps))


def test_a_run_that_ends_between_two_blocks_loses_no_row():
    experiment = at_limit(1.1, iterations=10_000)
    expected = rows_of(experiment)
    blocks, outcome = blocks_of(experiment, [len(expected)])
    assert np.array_equal(np.concatenate(blocks), expected)
    assert outcome == Outcome(Ending.DIVERGED, len(expected))


def test_at_the_limit_it_neither_converges_nor_diverges():
    trajectory, outcome = run(at_limit(1, iterations=1000, tolerance=1e-3))
    assert outcome == Outcome(Ending.REACHED, 1000)
    np.testing.assert_allclose(trajectory.record.loss, PIZZA.quadratic.loss(0.0), rtol=1e-11)


def test_one_over_the_curvature_arrives_in_a_single_step():
    quadratic = PIZZA.quadratic
    rows = rows_of(Experiment(PIZZA, iterations=3, learning_rate=1 / quadratic.curvature))
    np.testing.assert_allclose(rows[1:, 0], quadratic.optimum, rtol=1e-15)
    np.testing.assert_allclose(rows[1:, LOSS], quadratic.minimum, rtol=1e-15)


def test_flat_ground_keeps_its_weight_and_loss():
    flat = Dataset([0, 0], [3, 1])
    rows = rows_of(Experiment(flat, iterations=50, learning_rate=1e9))
    assert np.array_equal(rows, np.tile([0.0, 0, 5, 0, 0, 0, 0], (51, 1)))


def test_without_a_tolerance_it_runs_on_at_the_bottom():
    trajectory, outcome = run(Experiment(Dataset([1], [0]), iterations=50))
    assert not trajectory.record.rows[:, SLOPE].any()
    assert outcome == Outcome(Ending.REACHED, 50)


@pytest.mark.parametrize("tolerance", [1e4, 600, 1.0, 1e-5])
def test_a_tolerance_stops_at_the_first_row_below_it(tolerance):
    settings = {"dataset": PIZZA, "iterations": 5000, "learning_rate": 1e-5}
    whole = rows_of(Experiment(**settings))
    trajectory, outcome = run(Experiment(**settings, tolerance=tolerance))
    first = int((np.abs(whole[:, SLOPE]) < tolerance).argmax())
    assert outcome == Outcome(Ending.CONVERGED, first)
    assert np.array_equal(trajectory.record.rows, whole[: first + 1])


# Blocks


@pytest.mark.parametrize("sizes", [[1], [7], [1000], [10**6], [3, 1, 400, 17], [64, None, None]])
@pytest.mark.parametrize("factor", [1e-9, 0.3, 0.5, 0.9, 1.1])
@pytest.mark.parametrize("tolerance", [None, 1e-6])
def test_blocks_of_any_size_give_the_same_bits(sizes, factor, tolerance):
    experiment = at_limit(factor, iterations=3000, tolerance=tolerance)
    trajectory, outcome = run(experiment)
    blocks, their_outcome = blocks_of(experiment, sizes)
    assert np.concatenate(blocks).tobytes() == trajectory.record.rows.tobytes()
    assert their_outcome == outcome


def test_blocks_have_the_sizes_asked_for():
    blocks, _ = blocks_of(Experiment(PIZZA, iterations=30), [5, 3, 20])
    assert [len(block) for block in blocks] == [5, 3, 20, 3]


def test_a_second_run_gives_the_same_bits_as_the_first():
    experiment = Experiment(PIZZA, iterations=10_000, learning_rate=1e-4)
    assert rows_of(experiment).tobytes() == rows_of(experiment).tobytes()


def test_no_iterations_give_the_start_alone():
    trajectory, outcome = run(Experiment(PIZZA, iterations=0))
    assert outcome == Outcome(Ending.REACHED, 0)
    assert trajectory.record.rows[:, 0].tolist() == [0]
    assert f"{trajectory.record.last.loss:.10f}" == "812.8666666667"


@pytest.mark.parametrize("sizes", [[1], [7, 300], [64, None, 1000]])
@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("batch_size", [None, 4])
@pytest.mark.parametrize("standardise", [False, True])
def test_blocks_of_any_size_give_the_same_bits_for_every_method(
    sizes, name, batch_size, standardise
):
    kind = METHODS[name]
    if batch_size and not kind.takes_batches:
        return
    experiment = Experiment(
        PIZZA, 700, kind.published_rate, with_bias=True, method=kind(), batch_size=batch_size,
        standardise=standardise,
    )  # fmt: skip
    trajectory, outcome = run(experiment)
    blocks, their_outcome = blocks_of(experiment, sizes)
    assert np.concatenate(blocks).tobytes() == trajectory.record.rows.tobytes()
    assert their_outcome == outcome


# Two parameters


def test_with_the_bias_pizza_has_the_losses_of_the_lesson(capsys):
    w, b = textbook.train_with_bias(PIZZA.x, PIZZA.y, iterations=20_000, lr=0.001)
    printed = [float(line.split()[-1]) for line in capsys.readouterr().out.splitlines()]
    rows = rows_of(Experiment(PIZZA, 20_000, with_bias=True))
    ours = [float(f"{loss:.10f}") for loss in rows[:-1, LOSS]]
    assert np.abs(np.array(ours) - printed).max() < 1.5e-10
    assert f"{rows[-1, WEIGHT]:.10f}" == f"{w:.10f}" == "1.0811301700"
    assert f"{rows[-1, BIAS]:.10f}" == f"{b:.10f}" == "13.1722676564"
    assert f"{rows[-1, LOSS]:.10f}" == "22.8427367615"


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("start", [(0, 0), (3.5, -20), (-1e3, 1e3)])
@pytest.mark.parametrize("with_bias", [False, True])
def test_any_start_leads_to_the_rows_of_a_plain_loop(seed, start, with_bias):
    dataset = random_dataset(seed)
    x, y = dataset.x, dataset.y
    experiment = Experiment(dataset, 200, with_bias=with_bias, start=Point(*map(float, start)))
    experiment = dataclasses.replace(experiment, learning_rate=experiment.safe_learning_rate)
    rows, (w, b) = rows_of(experiment), experiment.start
    first_loss, steepest = textbook.loss(x, y, w, b), max(map(abs, textbook.gradients(x, y, w, b)))
    for row in rows:
        slopes = textbook.gradients(x, y, w, b)
        assert row[:2] == pytest.approx([w, b], rel=1e-9, abs=1e-10 * math.hypot(*start))
        assert row[LOSS] == pytest.approx(
            textbook.loss(x, y, w, b), rel=1e-9, abs=1e-12 * first_loss
        )
        moving = slopes[0], slopes[1] * with_bias
        assert row[SLOPE:STEP] == pytest.approx(moving, rel=1e-9, abs=1e-9 * steepest)
        w -= experiment.learning_rate * moving[0]
        b -= experiment.learning_rate * moving[1]


@pytest.mark.parametrize("offset", [0, 1e4, 1e8])
@pytest.mark.parametrize("noise", [1, 1e-8])
@pytest.mark.parametrize("factor", [0.3, 0.9, 1, 1.05])
def test_losses_are_the_exact_ones_however_far_away_the_rows(offset, noise, factor):
    """To 1e-13; or, where the loss is small beside y, as closely as the lesson's loop."""
    rng = np.random.default_rng(0)
    x = offset + rng.normal(size=8)
    dataset = Dataset(x, 0.3 * x + noise * rng.normal(size=8))
    rate = factor * Experiment(dataset, with_bias=True).learning_rate_limit
    rows = rows_of(Experiment(dataset, 20, rate, with_bias=True))
    y, (w, b) = dataset.y, (0.0, 0.0)
    exact_x, exact_y = ([Fraction(value) for value in column.tolist()] for column in (x, y))
    exact_w = exact_b = Fraction(0)
    for row in rows:
        errors = [exact_w * p + exact_b - q for p, q in zip(exact_x, exact_y, strict=True)]
        loss = sum(error**2 for error in errors) / 8
        their_error = abs(Fraction(textbook.loss(x, y, w, b)) - loss)
        assert abs(Fraction(row[LOSS]) - loss) <= 4 * their_error + Fraction(1e-13) * loss
        slope = 2 * sum(p * error for p, error in zip(exact_x, errors, strict=True)) / 8
        exact_w -= Fraction(rate) * slope
        exact_b -= Fraction(rate) * 2 * sum(errors) / 8
        slopes = textbook.gradients(x, y, w, b)
        w, b = w - rate * slopes[0], b - rate * slopes[1]


@pytest.mark.parametrize("method", [GradientDescent(), Momentum(), Adam()])
def test_standardised_runs_are_those_on_z_told_in_the_users_units(method):
    mean, sd = PIZZA.x.mean(), PIZZA.x.std()
    on_z = Experiment(Dataset((PIZZA.x - mean) / sd, PIZZA.y), 300, 0.1, None, True, method=method)
    ours = Experiment(PIZZA, 300, 0.1, with_bias=True, method=method, standardise=True)
    assert ours.scaled_bowl.condition == pytest.approx(1, rel=1e-12)
    assert ours.learning_rate_limit == pytest.approx(method.limit(2.0), rel=1e-12)
    for row, z_row in zip(rows_of(ours), rows_of(on_z), strict=True):
        weight = z_row[WEIGHT] / sd
        line = weight, z_row[BIAS] - weight * mean
        assert row[:2] == pytest.approx(line, rel=1e-9, abs=1e-9)
        assert row[LOSS] == pytest.approx(textbook.loss(PIZZA.x, PIZZA.y, *line), rel=1e-9)
        slopes = textbook.gradients(PIZZA.x, PIZZA.y, *row[:2])
        assert row[SLOPE : BIAS_SLOPE + 1] == pytest.approx(slopes, rel=1e-9, abs=1e-7)
        assert row[STEP : BIAS_STEP + 1] == pytest.approx(
            [z_row[STEP] / sd, z_row[BIAS_STEP] - z_row[STEP] / sd * mean], rel=1e-9, abs=1e-9
        )


def test_a_standardised_run_is_the_lessons_loop_on_z():
    mean, sd = PIZZA.x.mean(), PIZZA.x.std()
    z, w, b = (PIZZA.x - mean) / sd, 0.0, 0.0
    for row in rows_of(Experiment(PIZZA, 300, 0.1, with_bias=True, standardise=True)):
        assert row[:2] == pytest.approx([w / sd, b - w / sd * mean], rel=1e-9, abs=1e-9)
        assert row[LOSS] == pytest.approx(textbook.loss(z, PIZZA.y, w, b), rel=1e-9)
        slopes = textbook.gradients(z, PIZZA.y, w, b)
        w -= slopes[0] * 0.1
        b -= slopes[1] * 0.1


def test_a_start_is_in_the_users_units_standardised_or_not():
    start = Point(1.5, -4.0)
    experiment = Experiment(PIZZA, 1, with_bias=True, start=start, standardise=True)
    assert rows_of(experiment)[0, :2] == pytest.approx(start, rel=1e-14)


def test_the_tolerance_is_on_the_norm_of_both_slopes():
    settings = {"dataset": PIZZA, "iterations": 20_000, "with_bias": True}
    whole = rows_of(Experiment(**settings))
    outcome = run(Experiment(**settings, tolerance=0.01))[1]
    norms = np.hypot(whole[:, SLOPE], whole[:, BIAS_SLOPE])
    assert outcome == Outcome(Ending.CONVERGED, int((norms < 0.01).argmax()))
    assert abs(whole[outcome.iteration - 1, SLOPE]) < 0.01


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_a_divergent_method_keeps_its_finite_rows(kind):
    trajectory, outcome = run(Experiment(PIZZA, 20_000, 0.02, with_bias=True, method=kind()))
    rows = trajectory.record.rows
    assert outcome == Outcome(Ending.DIVERGED, len(rows))
    assert np.isfinite(rows[:, :STEP]).all()
    assert rows[:, LOSS].max() <= 1e300


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("rate", [1e-300, 1e150, 1e308])
@pytest.mark.parametrize("start", [(0, 0), (1e149, -1e139), (1e300, 1e139)])
def test_no_rate_and_no_start_is_too_large_for_a_sentence(name, rate, start):
    """Warnings fail tests: nothing leaves the numbers unnoticed."""
    kind = METHODS[name]
    ways = [(False, False), (True, False), (True, True)]
    for (with_bias, standardise), batch_size in itertools.product(ways, [None, 4]):
        if batch_size and not kind.takes_batches:
            continue
        trajectory, outcome = run(Experiment(
            PIZZA, 50, rate, with_bias=with_bias, start=Point(*map(float, start)), method=kind(),
            batch_size=batch_size, standardise=standardise,
        ))  # fmt: skip
        rows = trajectory.record.rows
        assert np.isfinite(rows[:, :STEP]).all()
        assert (rows[:, LOSS] <= 1e300).all()
        if outcome.ending is Ending.DIVERGED:
            assert outcome.iteration == len(rows)


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("x", [[2, 2, 2], [0, 0, 0], [0.1, 0.1, 0.1]])
@pytest.mark.parametrize("standardise", [False, True])
def test_in_a_valley_every_method_goes_down(name, x, standardise):
    dataset, kind = Dataset(x, [1, 2, 6]), METHODS[name]
    experiment = Experiment(
        dataset, 500, kind.published_rate, with_bias=True, method=kind(), standardise=standardise
    )
    record = run(experiment)[0].record
    assert dataset.bowl.minimum <= record.last.loss < record[0].loss
    if standardise or not any(x):
        assert record.last.weight == 0


@pytest.mark.parametrize(
    ("with_bias", "standardise"), [(False, False), (True, False), (True, True)]
)
def test_a_run_that_starts_at_the_optimum_stays_there_at_any_rate(with_bias, standardise):
    zeros = Dataset([-2, 1, 4], [0, 0, 0])
    experiment = Experiment(zeros, 10_000, 3.0, with_bias=with_bias, standardise=standardise)
    assert experiment.learning_rate > experiment.learning_rate_limit
    trajectory, outcome = run(experiment)
    assert outcome == Outcome(Ending.REACHED, 10_000)
    assert not trajectory.record.rows.any()


@pytest.mark.parametrize("factor", [1.05, 1.1, 1.3, 2])
@pytest.mark.parametrize("method", [GradientDescent(), Momentum(), Nesterov()])
@pytest.mark.parametrize("x", [[0.9, 1.1, 1.05, 0.97], [-1, 1, 0.5, 0], [1, 1, 1, 1]])
def test_the_norm_of_slopes_may_overflow_before_they_do(x, method, factor):
    experiment = Experiment(Dataset(x, [3, 1, 2, 4]), 20_000, with_bias=True, method=method)
    rate = factor * experiment.learning_rate_limit
    outcome = run(dataclasses.replace(experiment, learning_rate=rate))[1]
    assert outcome.ending is Ending.DIVERGED


@pytest.mark.parametrize("size", [1, 97, 776, 1552, 5000])
def test_a_walk_settles_at_the_same_row_whatever_the_blocks(size):
    experiment = Experiment(PIZZA, 3000, 0.01, with_bias=True, method=StepSearch())
    blocks, outcome = blocks_of(experiment, [size])
    assert outcome == Outcome(Ending.SETTLED, 1551)
    assert np.array_equal(np.concatenate(blocks), run(experiment)[0].record.rows)


# Settings


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"start": Point(math.nan, 0.0)}, r"The start must be finite: "),
        ({"start": Point(0.0, 1e200)}, r"A fixed bias must be between -1e\+140 and 1e\+140: "),
        ({"seed": -1}, r"A seed can't be negative: -1\."),
        ({"start": Point(0.0, -math.inf)}, r"The start must be finite: "),
        ({"batch_size": 0}, r"A batch needs at least one row: 0\."),
        ({"batch_size": 3, "method": StepSearch()}, r"Step search looks at all rows"),
        ({"standardise": True}, r"Standardising x needs the bias\."),
        ({"iterations": -1}, r"Iterations can't be negative: -1\."),
        ({"learning_rate": 0}, r"The learning rate must be above 0 and finite: 0\."),
        ({"learning_rate": -0.1}, r"The learning rate must be above 0 and finite: -0\.1\."),
        ({"learning_rate": np.nan}, r"The learning rate must be above 0 and finite: nan\."),
        ({"learning_rate": np.inf}, r"The learning rate must be above 0 and finite: inf\."),
        ({"tolerance": 0}, r"The tolerance must be above 0 and finite: 0\."),
        ({"tolerance": -1e-6}, r"The tolerance must be above 0 and finite: -1e-06\."),
        ({"tolerance": np.nan}, r"The tolerance must be above 0 and finite: nan\."),
    ],
)
def test_a_setting_that_cannot_run_is_refused_with_a_sentence(setting, sentence):
    with pytest.raises(ValueError, match=sentence):
        Experiment(PIZZA, **setting)


def test_an_experiment_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Experiment(PIZZA).iterations = 7
