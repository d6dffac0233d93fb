"""Ranges end at round numbers, and so do the steps in them."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.geometry.ranges import (
    curve_view,
    data_range,
    data_view,
    grown,
    loss_range,
    natural_excess,
    next_nice_step,
    nice_range,
    ticks,
    view_of_lines,
    view_range,
    wider_range,
)
from gdviz.core.geometry.relief import relief_of
from gdviz.core.geometry.thinning import near
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


@quickly
@given(
    st.floats(-1e6, 1e6), st.floats(1e-3, 1e6),
    arrays(float, st.integers(0, 5), elements=st.floats(-1e7, 1e7)), st.floats(-1e7, 1e7),
)  # fmt: skip
def test_a_range_grows_in_steps_each_end_for_itself_and_never_shrinks(low, size, column, more):
    natural = wider_range(low, low + size)
    before, after = grown(natural, column), grown(natural, [*column, more])
    assert after[0] <= before[0] <= natural[0]
    assert natural[1] <= before[1] <= after[1]
    for left, right in (before, after):
        assert left <= min(column, default=left)
        assert max(column, default=right) <= right
    inside = natural[0] <= more <= natural[1]
    assert not inside or after == before
    # Hardly more than what is asked.
    step = (natural[1] - natural[0]) / 2
    assert after[1] - natural[1] <= 2.6 * max(0.0, *(column - natural[1]), more - natural[1]) + step


@quickly
@given(st.floats(0, 1e9), st.floats(1e-3, 1e9), st.floats(0, 1e12))
def test_the_losses_shown_hold_the_ground_the_curve_and_the_highest(minimum, depth, more):
    assume(depth > 1e-6 * minimum)
    natural, highest = minimum + depth, minimum + more
    low, high = loss_range(minimum, natural, highest)
    assert low < minimum < natural < high
    assert highest <= high
    assert high - low < 1.2 * max(1.2 * depth, natural, 2.7 * more)
    assert loss_range(minimum, natural, natural)[1] <= high


@pytest.mark.parametrize("minimum", [0.0, 1e-200, 1.0, 1e200])
def test_losses_that_do_not_change_still_have_a_range(minimum):
    low, high = loss_range(minimum, minimum, minimum)
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


# What the pictures show of tables as people bring them


def table(seed, x, weight, bias, noise):
    """Return rows around a line."""
    x = np.asarray(x, dtype=float)
    return Dataset(x, weight * x + bias + np.random.default_rng(seed).normal(0, noise, len(x)))


TABLES = {
    "pizza": Dataset([13, 2, 14, 23, 13, 1, 18, 10], [33, 16, 32, 51, 27, 16, 34, 17]),
    "years and salary": table(1, np.linspace(1, 11, 30), 9500, 25000, 5000),
    "height and weight": table(2, np.linspace(150, 195, 50), 0.95, -95, 6),
    "year and temperature": table(3, np.arange(1880, 2020), 0.0065, 1.45, 0.12),
    "square feet and price": table(4, np.linspace(700, 4500, 60), 150, 60000, 40000),
    "tiny": Dataset(1e-9 * np.arange(1, 12), -1e-12 * np.arange(1, 12) ** 2),
    "huge": Dataset(1e12 * np.arange(1, 12), 3e12 * np.arange(1, 12) + 5e11),
    "negative": table(5, -np.arange(1, 20), 5, -7, 1.5),
    "centred": table(6, np.linspace(-5, 5, 21), 20, 1000, 3),
    "noise": table(7, np.linspace(-1, 1, 40), 0, 0, 1),
    "one row": Dataset([3], [7]),
    "all x equal": Dataset([5] * 8, np.arange(1, 9)),
    "a perfect line": Dataset([1, 2, 3], [2, 4, 6]),
}
every_table = pytest.mark.parametrize("dataset", TABLES.values(), ids=TABLES)
with_and_without_bias = pytest.mark.parametrize("with_bias", [False, True])
# Of the limit: creeping, brisk, just too large, and what the lesson's rate is for large numbers.
RATES = (0.01, 0.3, 0.9, 1.02, 2.0, 1e4)


def trained(dataset, with_bias, share, start=Point(0.0, 0.0)):  # noqa: B008  (immutable)
    """Return an experiment at a share of the limit of its rates, and what comes of it."""
    limit = Experiment(dataset, with_bias=with_bias).learning_rate_limit
    experiment = Experiment(dataset, 60, share * limit, with_bias=with_bias, start=start)
    return experiment, run(experiment)[0].record


def worth(experiment, record):
    """Return the rows of a run that are near enough."""
    bowl = experiment.bowl
    return near(record, bowl.minimum, natural_excess(bowl, experiment.dataset.bowl.minimum))


def curve(experiment, record):
    """Return what the loss curve shows along the weight."""
    dataset, rows = experiment.dataset, worth(experiment, record)
    optima = np.full(len(rows), experiment.bowl.optimum.weight)
    if experiment.with_bias:
        optima = dataset.bowl.best_weight(rows[:, 1])[0]
    highest = float(rows[:, 2].max())
    lowest = experiment.bowl.minimum
    return curve_view(dataset.quadratic, dataset.bowl.minimum, lowest, rows[:, 0], optima, highest)


def ground(experiment, record):
    """Return what the landscape shows."""
    places = np.vstack((worth(experiment, record)[:, :2], [experiment.bowl.optimum]))
    return view_range(experiment.dataset.bowl, places)


def relief(experiment, record):
    """Return what the surface shows."""
    shown = relief_of(experiment.dataset.bowl, [record], False)
    return (shown.weights, shown.biases), shown.depth


def plane(experiment, record):
    """Return what the data picture shows of rows, start, best line and path."""
    lines = np.vstack((record.rows[:, :2], [experiment.bowl.optimum]))
    return view_of_lines(data_view(experiment.dataset.x, experiment.dataset.y), lines)


def holds(box, places):
    """Tell whether all places are in a box."""
    return all(
        low <= min(values) and max(values) <= high
        for (low, high), values in zip(box, np.transpose(places), strict=True)
    )


def test_pizza_shows_the_weights_of_the_lesson_from_any_start_within(pizza):
    for weight in (0.0, 1.84, 1.8436928702, -0.9, 3.9):
        experiment = Experiment(pizza, start=Point(weight, 0.0))
        values, losses = curve(experiment, run(experiment)[0].record)
        assert values == (-1.0, 4.0)
        assert losses == pytest.approx((-38.6, 1930.4), abs=0.1)


@every_table
@with_and_without_bias
@pytest.mark.parametrize("share", RATES)
def test_views_hold_minimum_walls_start_and_the_path_that_is_near(dataset, with_bias, share):
    experiment, record = trained(dataset, with_bias, share)
    bowl, rows = dataset.bowl, worth(experiment, record)
    values, losses = curve(experiment, record)
    assert holds((values, losses), rows[:, [0, 2]])
    assert holds((values, losses), [(dataset.quadratic.optimum, dataset.quadratic.minimum)])
    assert losses[0] <= experiment.bowl.minimum
    # The walls rise on both sides of the curve at the start, as high as the origin or nearly.
    natural = dataset.quadratic
    rise = natural.loss(0.0) - natural.minimum
    for end in values:
        assert natural.loss(end) - natural.minimum >= 1.1 * rise
    assert holds(ground(experiment, record), [*rows[:, :2], bowl.optimum, (0, 0)])
    box, depth = relief(experiment, record)
    highest = max(experiment.dataset.bowl.loss(0.0, 0.0), bowl.minimum) - bowl.minimum
    assert depth >= highest
    if depth < 70 * highest:
        assert holds(box[1:], np.array([bowl.optimum.bias, 0.0])[:, np.newaxis])
    x, (bottom, top) = data_view(dataset.x, dataset.y)
    assert holds((x, (bottom, top)), np.column_stack((dataset.x, dataset.y)))
    assert bottom < 0 < top


@every_table
@with_and_without_bias
@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_a_line_is_never_outside_while_the_run_converges(dataset, with_bias, share):
    for start in (Point(0.0, 0.0), Point(0.0, 30 * dataset.y[0]), Point(50.0, -dataset.y[0])):
        experiment, record = trained(dataset, with_bias, share, start)
        (left, right), (bottom, top) = plane(experiment, record)
        for weight, bias in [*record.rows[:, :2].tolist(), experiment.bowl.optimum]:
            low, high = sorted((weight * left + bias, weight * right + bias))
            assert low <= top
            assert bottom <= high


@every_table
@with_and_without_bias
def test_views_stay_where_starts_are_within_and_only_grow_beyond(dataset, with_bias):
    shows = (lambda e, r: curve(e, r)), ground, lambda e, r: relief(e, r)[0], plane
    origin = Experiment(dataset, 0, with_bias=with_bias)
    natural = [show(origin, run(origin)[0].record) for show in shows]
    ends, (x, (bottom, top)) = natural[0][0], natural[3]
    for share in (0.05, 0.3, 0.5, 0.95, -2.0, 3.0):
        start = Point(ends[0] + share * (ends[1] - ends[0]), 0.0)
        views = [show(*trained(dataset, with_bias, 0.3, start)) for show in shows]
        assert holds(views[0][:1], [[start.weight]])
        for before, after in zip(natural, views, strict=True):
            for (low, high), (left, right) in zip(before, after, strict=True):
                assert left <= low + 1e-12 * abs(low)
                assert high - 1e-12 * abs(high) <= right
        if 0 < share < 1 and not with_bias:
            assert views[0] == natural[0]
            low, high = sorted(start.weight * np.array(x))
            if low <= top and bottom <= high:
                assert views[3] == natural[3]


@quickly
@given(columns, st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.booleans(), st.floats(1e-3, 50))
def test_any_data_start_and_rate_give_views_that_hold_them(xy, weight, bias, with_bias, share):
    dataset = usable(*xy)
    assume(0 < share * Experiment(dataset, with_bias=with_bias).learning_rate_limit < math.inf)
    experiment, record = trained(dataset, with_bias, share, Point(weight, bias))
    rows = worth(experiment, record)
    values, losses = curve(experiment, record)
    assert holds((values, losses), rows[:, [0, 2]])
    assert holds(ground(experiment, record), [*rows[:, :2], dataset.bowl.optimum])
    for low, high in (values, losses, *plane(experiment, record), *relief(experiment, record)[0]):
        assert -math.inf < low < high < math.inf
