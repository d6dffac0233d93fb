"""Batches follow a plain NumPy loop over the same rows in the same order."""

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest

from gdviz.core.descent import textbook
from gdviz.core.descent.batches import AT_ONCE, EPOCH_ROWS, Batches, Orders
from gdviz.core.descent.descent import Experiment, descend, run
from gdviz.core.descent.methods import Adam, GradientDescent, Momentum
from gdviz.core.tables.dataset import Dataset


def indices(rows, batch_size, seed):
    """Yield the rows of every batch, epoch by epoch."""
    orders = np.random.default_rng(seed)
    while True:
        order = orders.permutation(rows)
        for first in range(0, rows, batch_size):
            yield order[first : first + batch_size]


def plain_loop(x, y, steps, learning_rate, batch_size, seed, with_bias):
    """Return weights and biases of the lesson's loop, a batch at a time."""
    w = b = 0.0
    path = [(w, b)]
    for batch in itertools.islice(indices(len(x), batch_size, seed), steps):
        error = w * x[batch] + b - y[batch]
        w_gradient, b_gradient = 2 * np.average(x[batch] * error), 2 * np.average(error)
        w -= learning_rate * w_gradient
        b -= learning_rate * b_gradient * with_bias
        path.append((w, b))
    return np.array(path)


@pytest.mark.parametrize("batch_size", [1, 7, 29, 30])
@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize("seed", [0, 3])
def test_batches_follow_a_plain_loop(pizza, batch_size, with_bias, seed):
    expected = plain_loop(pizza.x, pizza.y, 1000, 0.0005, batch_size, seed, with_bias)
    experiment = Experiment(
        pizza, 1000, 0.0005, with_bias=with_bias, batch_size=batch_size, seed=seed
    )
    rows = run(experiment)[0].record.rows
    np.testing.assert_allclose(rows[:, :2], expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("batch_size", [1, 7, 29, 30])
def test_batches_of_standardised_rows_follow_a_plain_loop(pizza, batch_size):
    z = (pizza.x - pizza.x.mean()) / pizza.x.std()
    expected = plain_loop(z, pizza.y, 1000, 0.01, batch_size, 3, True)
    experiment = Experiment(
        pizza, 1000, 0.01, with_bias=True, batch_size=batch_size, seed=3, standardise=True
    )
    weight, bias = run(experiment)[0].record.rows[:, :2].T
    scaled = np.column_stack((weight * pizza.x.std(), bias + weight * pizza.x.mean()))
    np.testing.assert_allclose(scaled, expected, rtol=1e-9, atol=1e-9)


def test_the_loss_and_slope_of_a_row_are_those_of_all_rows(pizza):
    experiment = Experiment(pizza, 100, with_bias=True, batch_size=3)
    for row in run(experiment)[0].record:
        assert row.loss == pytest.approx(pizza.bowl.loss(row.weight, row.bias))
        slopes = pizza.bowl.gradient(row.weight, row.bias)
        assert (row.weight_gradient, row.bias_gradient) == pytest.approx(slopes)


@pytest.mark.parametrize("method", [GradientDescent(), Momentum(), Adam()])
def test_a_seed_repeats_the_path_bit_by_bit_and_another_one_does_not(pizza, method):
    def rows(seed):
        experiment = Experiment(pizza, 500, method=method, batch_size=4, seed=seed)
        return run(experiment)[0].record.rows.tobytes()

    assert rows(5) == rows(5)
    assert rows(5) != rows(6)


def test_no_random_state_is_shared(pizza):
    def states():
        name, key, *rest = np.random.get_state()  # noqa: NPY002  (it is looked at, not used)
        return random.getstate(), name, key.tobytes(), rest

    before = states()
    run(Experiment(pizza, 500, batch_size=4))
    assert states() == before


@pytest.mark.parametrize("batch_size", [1, 4, 9, 10])
def test_every_epoch_visits_every_row_once(batch_size):
    # Each x² is a power of 16: the digits of a sum of theirs count the rows it was made of.
    x = 4.0 ** np.arange(10)
    dataset = Dataset(x, 0 * x)
    batches = Batches(dataset, dataset.bowl.optimum, batch_size, seed=2)
    sizes = [min(batch_size, 10 - first) for first in range(0, 10, batch_size)]
    for _ in range(20):
        # With y = 0 and weight ½ a batch's gradient is the mean of its x².
        sums = [f"{round(size * batches.gradient(0.5, 0.0)[0]):010x}" for size in sizes]
        assert [digits.count("1") for digits in sums] == sizes
        assert sum(int(digits, 16) for digits in sums) == 0x1111111111


@pytest.mark.parametrize("offset", [0, 1e4, 1e8])
@pytest.mark.parametrize("batch_size", [1, 3])
def test_gradients_of_batches_at_the_best_line_keep_their_digits(offset, batch_size):
    rng = np.random.default_rng(0)
    x = offset + rng.normal(size=10)
    dataset = Dataset(x, 0.3 * x + rng.normal(size=10))
    line = dataset.bowl.optimum
    batches = Batches(dataset, line, batch_size, seed=7)
    exact_x, exact_y = (np.array([Fraction(v) for v in c.tolist()]) for c in (x, dataset.y))
    errors = Fraction(line.weight) * exact_x + Fraction(line.bias) - exact_y
    for batch in itertools.islice(indices(10, batch_size, 7), 12):
        slopes = 2 * np.mean((exact_x * errors)[batch]), 2 * np.mean(errors[batch])
        assert batches.gradient(*line) == pytest.approx(
            tuple(map(float, slopes)), rel=1e-12 + 1e-15 * offset
        )


def test_a_method_feels_the_gradients_of_the_batches(pizza):
    line, velocity, expected = np.zeros(2), np.zeros(2), []
    for batch in itertools.islice(indices(30, 7, 3), 1000):
        expected.append(line)
        velocity = 0.8 * velocity + textbook.gradients(pizza.x[batch], pizza.y[batch], *line)
        line = line - 0.0005 * velocity
    experiment = Experiment(
        pizza, 999, 0.0005, with_bias=True, method=Momentum(0.8), batch_size=7, seed=3
    )
    rows = run(experiment)[0].record.rows
    np.testing.assert_allclose(rows[:, :2], expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("batch_size", [30, 31, 10**6])
def test_a_batch_of_all_rows_is_no_batch(pizza, batch_size):
    experiment = Experiment(pizza, batch_size=batch_size)
    assert not experiment.in_batches
    expected = run(Experiment(pizza))[0].record.rows
    np.testing.assert_array_equal(run(experiment)[0].record.rows, expected)


def many(rows):
    x = np.random.default_rng(0).normal(50, 20, rows)
    return Dataset(x, 2 * x + 3)


@pytest.mark.parametrize(("rows", "batch_size"), [(50_000, 25_000), (200_000, 100_000), (30, 15)])
def test_a_block_goes_through_no_more_rows_than_fit_into_a_moment(rows, batch_size):
    """However many steps are asked for: how long they take depends on the rows of a batch."""
    experiment = Experiment(many(rows), 300, 1e-6, with_bias=True, batch_size=batch_size)
    sizes = [len(block) for block in descend(experiment, 1024)]
    assert sum(sizes) == 301
    # All rows for the residuals, all for each epoch's order, and those of the batches.
    gone_through = AT_ONCE + rows + EPOCH_ROWS
    assert max(sizes) <= max(1, gone_through // batch_size)


@pytest.mark.parametrize("batch_size", [1, 300, 9_000, 25_000])
def test_batches_put_together_in_pieces_are_those_of_a_plain_loop(batch_size):
    data = many(50_000)
    steps = 5 if batch_size == 1 else 12
    expected = plain_loop(data.x, data.y, steps, 1e-4, batch_size, 3, True)
    experiment = Experiment(data, steps, 1e-4, with_bias=True, batch_size=batch_size, seed=3)
    rows = run(experiment)[0].record.rows
    np.testing.assert_allclose(rows[:, :2], expected, rtol=1e-10)


@pytest.mark.parametrize("standardise", [False, True])
def test_the_slopes_that_steps_of_batches_follow_are_recorded(pizza, standardise):
    experiment = Experiment(
        pizza, 50, 0.0005, with_bias=True, batch_size=7, seed=3, standardise=standardise
    )
    record, data = run(experiment)[0].record, experiment.scaled_data
    for row, batch in zip(record, indices(30, 7, 3), strict=False):
        line = experiment.scale.scaled(row)
        slopes = textbook.gradients(data.x[batch], data.y[batch], *line)
        assert (row.weight_slope, row.bias_slope) == pytest.approx(slopes, rel=1e-9, abs=1e-9)
    plain = run(Experiment(pizza, 50))[0].record
    assert plain[7].weight_slope is plain[7].bias_slope is None


def test_orders_that_share_their_marks_need_not_begin_anew():
    marks = {}
    first, other = Orders(400_000, 5, marks), Orders(400_000, 5, marks)
    expected = [first.of(epoch) for epoch in range(6)][-1]
    assert Orders(400_000, 5).rows_to(5) == 6 * 400_000
    assert other.rows_to(5) == 400_000
    assert other.of(5).tolist() == expected.tolist()
    assert (other.rows_to(5), other.rows_to(2)) == (0, 400_000)
    assert len(list(other.towards(2))) == 1
