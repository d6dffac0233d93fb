"""What is said of learning rates is what a plain loop then does."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import (
    GradientDescent,
    Momentum,
    Nesterov,
)
from gdviz.core.descent.rates import (
    CREEPING_SHARE,
    Zone,
    factor,
    growth,
    is_growing,
    steps_to_goal,
    zones,
)
from gdviz.core.tables.dataset import Dataset

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
