"""What is said of learning rates is what a plain loop then does."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import OWN_TABLES

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import (
    METHODS,
    Adam,
    GradientDescent,
    Momentum,
    Nesterov,
    RMSProp,
)
from gdviz.core.descent.rates import (
    CREEPING_SHARE,
    NEAR,
    ROUNDING,
    Zone,
    factor,
    first_rate,
    growth,
    is_growing,
    on_standardised,
    rounded_down,
    steps_to_goal,
    zones,
)
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table

COLUMN = st.lists(st.integers(-20, 20), min_size=3, max_size=8)


def hessian(experiment):
    """The second derivatives of the loss that descent runs on, from the rows."""
    x = experiment.dataset.x
    if experiment.standardise:
        x = (x - x.mean()) / x.std()
    columns = [x, np.ones_like(x)] if experiment.with_bias else [x]
    rows = np.column_stack(columns)
    return 2 * rows.T @ rows / len(x)


def loop(experiment, steps):
    """How far the parameters are from the optimum after each step, as the lesson computes it."""
    matrix = hessian(experiment)
    method = experiment.method
    beta = getattr(method, "momentum", 0.0)
    shift = np.linspace(1, 2, len(matrix))
    velocity, shifts = np.zeros_like(shift), [shift]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            gradient = matrix @ shift
            velocity = beta * velocity + gradient
            step = gradient + beta * velocity if isinstance(method, Nesterov) else velocity
            shift = shift - experiment.learning_rate * step
            shifts.append(shift)
    return np.array(shifts)


def simulated_factor(experiment, steps=3000):
    """By how much a step shrinks or grows the distance in the long run."""
    away = np.hypot(*np.atleast_2d(loop(experiment, steps).T)[[0, -1]])
    early, late = steps // 2, steps
    while away[late] == 0 or not math.isfinite(away[late]):
        early, late = early // 2, late // 2
    return (away[late] / away[early]) ** (1 / (late - early))


# Zones


def test_the_numbers_of_pizza(pizza):
    both, weight = zones(Experiment(pizza, with_bias=True)), zones(Experiment(pizza))
    assert both.limit == pytest.approx(0.0045550993, abs=5e-11)
    assert both.best == pytest.approx(2 / (0.5316 + 439.0684), rel=1e-6)
    assert both.overshooting == pytest.approx(1 / 439.0684, rel=1e-6)
    assert weight.limit == pytest.approx(0.0045703839, abs=5e-11)
    assert weight.best == weight.overshooting == pytest.approx(weight.limit / 2)
    assert both.fast == CREEPING_SHARE * both.best


@pytest.mark.parametrize(
    ("rate", "zone"),
    [
        (0.0001, Zone.CREEPING),
        (0.001, Zone.FAST),
        (0.004, Zone.OVERSHOOTING),
        (0.0045550, Zone.OVERSHOOTING),
        (0.0045552, Zone.DIVERGING),
        (1.0, Zone.DIVERGING),
    ],
)
def test_a_rate_lies_in_its_zone(pizza, rate, zone):
    assert zones(Experiment(pizza, with_bias=True)).zone(rate) is zone


@settings(derandomize=True, deadline=None)
@given(x=COLUMN, with_bias=st.booleans(), share=st.floats(0.01, 3))
def test_runs_do_what_their_zone_says(x, with_bias, share):
    """Against the rows' own matrix: no eigenvalue is taken from the bowl."""
    data = Dataset(x, [1.0] * len(x))
    experiment = Experiment(data, with_bias=with_bias)
    curved = [value for value in np.linalg.eigvalsh(hessian(experiment)) if value > 1e-9]
    known = zones(experiment)
    if not curved:
        assert known is None
        return
    assert known.limit == pytest.approx(2 / max(curved))
    assert known.best == pytest.approx(2 / (min(curved) + max(curved)))
    rate = share / max(curved)
    factors = [1 - rate * value for value in curved]
    if abs(share - 2) > 1e-6:
        assert (known.zone(rate) is Zone.DIVERGING) == (max(map(abs, factors)) > 1)
    if abs(share - 1) > 1e-6 and share < 2:
        assert (known.zone(rate) is Zone.OVERSHOOTING) == (min(factors) < 0)


@pytest.mark.parametrize("method", [GradientDescent(), Momentum(), Nesterov(), Momentum(0.3)])
@pytest.mark.parametrize("with_bias", [False, True])
def test_no_rate_is_faster_than_the_best(pizza, method, with_bias):
    experiment = Experiment(pizza, with_bias=with_bias, method=method)
    best = zones(experiment).best
    curved = [axis.curvature for axis in experiment.bowl.axes if axis.curvature > 0]

    def slowest(rate):
        roots = []
        for value in curved:
            m, left = getattr(method, "momentum", 0.0), 1 - rate * value
            total, product = (left + m, m)
            if isinstance(method, Nesterov):
                total, product = (1 + m) * left, m * left
            roots += [abs(root) for root in np.roots([1, -total, product])]
        return max(roots)

    rates = np.geomspace(best / 100, best * 3, 400)
    assert slowest(best) <= min(slowest(rate) for rate in rates) + 1e-7


@pytest.mark.parametrize("method", [GradientDescent(), Momentum(), Nesterov(), Momentum(0.5)])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.7, 0.97, 1.03])
def test_the_factor_is_that_of_the_loop(pizza, method, share):
    experiment = Experiment(pizza, with_bias=True, method=method)
    experiment = replace(experiment, learning_rate=share * zones(experiment).limit)
    worst = max(factor(experiment, axis.curvature) for axis in experiment.bowl.axes)
    assert simulated_factor(experiment) == pytest.approx(worst, rel=2e-3)
    assert (worst > 1) is (share > 1)


def test_a_level_valley_has_the_zones_of_its_one_direction():
    known = zones(Experiment(Dataset([3, 3, 3], [1, 2, 3]), with_bias=True))
    assert known.limit == pytest.approx(2 / 20)
    assert known.best == pytest.approx(known.limit / 2)


def test_standardised_zones_are_those_of_the_new_scale(pizza):
    known = zones(Experiment(pizza, with_bias=True, standardise=True))
    assert (known.best, known.limit) == (pytest.approx(0.5), pytest.approx(1))


# The rate to begin with


@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize("now", [0.001, 1e-9, 50.0])
def test_pizza_begins_with_the_lessons_rate_whatever_was_in_force(pizza, with_bias, now):
    choice = first_rate(Experiment(pizza, with_bias=with_bias, learning_rate=now))
    assert choice.rate == choice.published == 0.001


@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize(
    ("path", "rate"), OWN_TABLES.items(), ids=lambda of: getattr(of, "name", "")
)
def test_ordinary_tables_begin_with_a_rate_that_works(path, rate, with_bias):
    data = read_table(path).dataset()[0]
    choice = first_rate(Experiment(data, with_bias=with_bias))
    assert choice.rate == rate
    assert choice.diverges is (rate != 0.001)
    losses = run(Experiment(data, learning_rate=rate, with_bias=with_bias))[0].record.loss
    assert (np.diff(losses) <= 1e-12 * losses[:-1]).all()
    assert losses[-1] < 0.1 * losses[0]


@pytest.mark.parametrize(
    ("x", "settings", "rate"),
    [
        ([3.0], {}, 0.02),
        ([3.0] * 4, {"with_bias": True}, 0.02),
        ([0.0] * 3, {}, 0.001),  # level ground
        ([0.0] * 3, {"with_bias": True}, 0.2),
        ([3.0] * 4, {"with_bias": True, "standardise": True}, 0.2),
        ([1, 2, 30], {"with_bias": True, "standardise": True}, 0.2),
        ([1e-9, 2e-9, 3e-9], {}, 5e16),
        ([1e-9, 2e-9, 3e-9], {"with_bias": True}, 0.2),
        ([1e12, 2e12, 5e12], {}, 2e-26),
        ([-1e12, 2e12, 5e12], {"with_bias": True}, 2e-26),
        ([1e140, 1e139], {}, 4e-281),
        ([1e-140, 1e-141], {}, 4e279),
        ([100.0, 200.0], {"method": Momentum()}, 1e-5),
        ([100.0, 200.0], {"method": Adam()}, 0.001),
        ([100.0, 200.0], {"method": RMSProp()}, 0.01),
        ([100.0, 200.0], {"batch_size": 1}, 0.001),
    ],
)
def test_strange_data_begin_with_a_rate_of_one_digit_that_works(x, settings, rate):
    experiment = Experiment(Dataset(x, np.arange(1, len(x) + 1) * 1.0), **settings)
    assert first_rate(experiment).rate == rate
    record = run(replace(experiment, learning_rate=rate))[0].record
    assert experiment.in_batches or not is_growing(record)


@settings(derandomize=True, deadline=None)
@given(
    x=COLUMN, scale=st.floats(1e-6, 1e6), with_bias=st.booleans(),
    kind=st.sampled_from([GradientDescent, Momentum, Nesterov]), start=st.floats(-5, 5),
)  # fmt: skip
def test_no_run_begins_with_a_rate_that_diverges_or_creeps_for_nothing(
    x, scale, with_bias, kind, start
):
    experiment = Experiment(
        Dataset(np.array(x) * scale, np.arange(len(x)) * 1.0),
        with_bias=with_bias, method=kind(), start=Point(start, 0),
    )  # fmt: skip
    choice = first_rate(experiment)
    assert choice.rate < experiment.learning_rate_limit
    assert choice.rate in (0.001, experiment.safe_learning_rate)
    begun, safe = (
        steps_to_goal(replace(experiment, learning_rate=rate))[0]
        for rate in (choice.rate, experiment.safe_learning_rate)
    )
    assert begun <= 10 * safe


def test_from_the_minimum_the_published_rate_is_as_good_as_any():
    experiment = Experiment(Dataset([0.1, 0.2], [1.0, 2.0]))
    assert first_rate(experiment).rate > 0.1
    there = replace(experiment, start=experiment.bowl.optimum)
    assert first_rate(there).rate == 0.001


# A valley too long to walk


@pytest.mark.parametrize("kind", [GradientDescent, Momentum, Nesterov])
@pytest.mark.parametrize("path", list(OWN_TABLES)[1:], ids=lambda path: path.name)
def test_where_a_valley_is_too_long_standardising_spares_it(path, kind):
    data = read_table(path).dataset()[0]
    experiment = Experiment(data, 1000, with_bias=True, method=kind())
    scaled = on_standardised(experiment)
    assert scaled.standardise
    assert steps_to_goal(scaled)[0] < NEAR
    trajectory = run(scaled)[0]
    minimum, start = experiment.bowl.minimum, trajectory.record[0].loss
    assert trajectory.record[-1].loss - minimum <= 1e-10 * (start - minimum)
    # Whatever the rate, the valley is as long.
    assert on_standardised(replace(experiment, learning_rate=scaled.learning_rate)) is not None


@pytest.mark.parametrize(
    "settings",
    [
        {"with_bias": False},
        {"standardise": True},
        {"method": METHODS["adam"]()},
        {"batch_size": 5},
        {"iterations": 10**9},
    ],
)
def test_where_nothing_is_gained_standardising_is_not_offered(settings):
    data = read_table(list(OWN_TABLES)[1]).dataset()[0]
    usual = Experiment(data, with_bias=True, learning_rate=8e-6)
    assert on_standardised(usual) is not None
    assert on_standardised(replace(usual, **settings)) is None


@pytest.mark.parametrize("rate", [1e-12, 0.001, 0.0045, 1.0])
def test_pizzas_valley_can_be_walked(pizza, rate):
    assert on_standardised(Experiment(pizza, with_bias=True, learning_rate=rate)) is None


def test_data_whose_x_are_all_equal_have_no_long_valley():
    data = Dataset([1e6] * 3, [1, 2, 3])
    assert on_standardised(Experiment(data, with_bias=True)) is None


# Rates of few digits


@given(st.floats(1e-300, 1e300), st.integers(1, 6))
def test_a_rate_rounded_down_is_above_what_it_was_by_no_more_than_a_rounding(rate, digits):
    rounded = rounded_down(rate, digits)
    assert rate * (1 - 1.001 * 10.0 ** (1 - digits)) <= rounded <= rate * (1 + ROUNDING)
    assert rounded == float(f"{rounded:.{digits - 1}e}")


# Steps until the goal


@pytest.mark.parametrize(
    "experiment_settings",
    [
        {"learning_rate": 0.001},
        {"learning_rate": 0.0001},
        {"learning_rate": 0.0045},
        {"learning_rate": 0.0015, "with_bias": True},
        {"learning_rate": 0.00455, "with_bias": True},
        {"learning_rate": 0.3, "with_bias": True, "standardise": True},
    ],
)
def test_the_forecast_is_when_the_loop_gets_there(pizza, experiment_settings):
    experiment = Experiment(pizza, **experiment_settings)
    steps, slow = steps_to_goal(experiment)
    vector = np.array([slow.weight, slow.bias])[: len(hessian(experiment))]
    away = np.abs(loop(experiment, math.ceil(steps) + 1) @ vector)
    reached = int(np.argmax(away <= 1e-6 * away[0]))
    assert reached - 1 <= steps <= reached + 1


@pytest.mark.parametrize("method", [GradientDescent(), Momentum(), Nesterov(), Momentum(0.3)])
@pytest.mark.parametrize("power", range(-30, -5))
def test_a_rate_lost_beside_1_has_its_forecast(pizza, method, power):
    """Small steps at a small rate are those of a flow: ten times smaller, ten times as many."""
    weight = Experiment(pizza, method=method)
    rate, next_rate = 10.0**power, 10.0 ** (power + 1)
    many, fewer = (
        steps_to_goal(replace(weight, learning_rate=r / weight.bowl.curvature))[0]
        for r in (rate, next_rate)
    )
    curved = next_rate / (1 - getattr(method, "momentum", 0)) ** 2
    assert many == pytest.approx(10 * fewer, rel=curved + 1e-5)


def test_a_direction_in_which_the_start_lies_right_does_not_count(pizza):
    bowl = Experiment(pizza, with_bias=True).bowl
    steep = bowl.axes[0]
    start = Point(bowl.optimum.weight + steep.weight, bowl.optimum.bias + steep.bias)
    steps, slow = steps_to_goal(Experiment(pizza, with_bias=True, start=start))
    assert slow == steep
    assert steps < 30


# After the run


@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize("rate", [0.00458, 0.005, 0.01, 1.0])
def test_the_growth_is_measured_as_it_is_known(pizza, with_bias, rate):
    experiment = Experiment(pizza, 3000, rate, with_bias=with_bias)
    record = run(experiment)[0].record
    _, by = growth(experiment, record)
    assert by == pytest.approx(rate * experiment.bowl.curvature - 1, rel=1e-6)


def test_growth_begins_where_the_loss_is_least(pizza):
    """From a start in the slow direction the loss falls before the steep one takes over."""
    bowl = Experiment(pizza, with_bias=True).bowl
    slow, steep = bowl.axes[1], bowl.axes[0]
    start = Point(
        bowl.optimum.weight + 10 * slow.weight + 1e-3 * steep.weight,
        bowl.optimum.bias + 10 * slow.bias + 1e-3 * steep.bias,
    )
    experiment = Experiment(pizza, 2000, 0.0047, with_bias=True, start=start)
    record = run(experiment)[0].record
    began, _ = growth(experiment, record)
    assert began > 10
    assert (np.diff(record.loss[: began + 1]) < 0).all()
    assert (np.diff(record.loss[began:]) > 0).all()


def test_what_shrinks_has_not_grown(pizza):
    experiment = Experiment(pizza)
    record = run(experiment)[0].record
    assert growth(experiment, record) is None
    assert not is_growing(record)


def test_a_limit_that_came_out_a_rounding_below_a_round_number_is_that():
    assert rounded_down(0.019999999999999997, 3) == 0.02
    assert rounded_down(0.0199999, 3) == 0.0199
