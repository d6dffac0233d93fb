"""What is said of learning rates is what a plain loop then does."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Experiment, run
from gdviz.core.descent.methods import (
    AdaGrad,
    Adam,
    GradientDescent,
    Momentum,
    Nesterov,
    RMSProp,
    StepSearch,
)
from gdviz.core.descent.trajectory import Row
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.rates import (
    CREEPING_SHARE,
    Zone,
    account,
    factor,
    forecast,
    growth,
    is_growing,
    meaning,
    plateau,
    precision,
    steps_to_goal,
    zones,
)

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


@pytest.mark.parametrize("method", [AdaGrad(), RMSProp(), Adam(), StepSearch()])
def test_where_no_limit_is_known_none_is_made_up(pizza, method):
    experiment = Experiment(pizza, method=method)
    assert zones(experiment) is None
    assert "no limit" in forecast(experiment)
    assert "0.0" in forecast(experiment), "the published default"


def test_batches_have_no_forecast(pizza):
    experiment = Experiment(pizza, batch_size=5)
    assert zones(experiment) is None
    assert "no forecast" in forecast(experiment)


def test_on_level_ground_any_rate_will_do():
    experiment = Experiment(Dataset([0, 0], [1, 2]))
    assert zones(experiment) is None
    assert forecast(experiment).startswith("The ground is level: any rate")


# Forecasts


def test_the_forecast_of_pizza(pizza):
    experiment = Experiment(pizza, with_bias=True)
    assert forecast(experiment) == (
        "Converges: about 26,000 iterations until the slow direction is a million times "
        "smaller. Your 100 go 5 % of the way."
    )
    enough = forecast(replace(experiment, iterations=30_000))
    assert enough.endswith("Your 30,000 are enough.")


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


def test_a_rate_beyond_the_limit_will_diverge_and_by_how_much(pizza):
    said = forecast(Experiment(pizza, learning_rate=0.01))
    assert said == "Diverges: each step ends 3.38 times as far from the minimum."
    assert run(Experiment(pizza, 2000, 0.01))[1].ending is Ending.DIVERGED


def test_at_the_limit_it_jumps_to_and_fro():
    experiment = Experiment(Dataset([1.0, 1.0], [1.0, 1.0]), learning_rate=1.0)
    assert forecast(experiment).startswith("Never converges: the steps jump to and fro")
    assert np.ptp(run(experiment)[0].record.loss) == 0


def test_from_the_minimum_there_is_nowhere_to_go(pizza):
    optimum = Experiment(pizza).bowl.optimum
    assert forecast(Experiment(pizza, start=optimum)).startswith("The start is the minimum")


def test_one_step_with_the_best_rate_for_one_parameter():
    experiment = Experiment(Dataset([1.0, 1.0], [2.0, 2.0]), learning_rate=0.5)
    assert "about 1 iteration until" in forecast(experiment)
    assert run(experiment)[0].record[1].loss == 0


@settings(derandomize=True, deadline=None)
@given(rate=st.floats(1e-300, 1e300), count=st.integers(1, 10**9), with_bias=st.booleans())
def test_every_rate_has_a_forecast(rate, count, with_bias):
    data = Dataset([1.0, 2.0, 4.0], [2.0, 3.0, 3.0])
    for method in (GradientDescent(), Momentum(), Nesterov()):
        said = forecast(Experiment(data, count, rate, with_bias=with_bias, method=method))
        assert said.startswith(("Converges: ", "Diverges: ", "Never converges: "))
        assert said.endswith(".")
        assert not any(word in said for word in ("nan", "inf"))


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


def test_the_account_of_a_divergence(pizza):
    experiment = Experiment(pizza, 5000, 0.01)
    trajectory, outcome = run(experiment)
    said = account(experiment, outcome, trajectory.record)
    assert said == (
        f"The run diverged: at iteration {outcome.iteration} the loss left all bounds. From the "
        "start, each step was 3.38 times as long as the last. Every step overshoots the minimum "
        "and lands farther away. Learning rates below 0.00457 work here; try 0.001."
    )


def test_the_account_of_a_run_that_still_grows(pizza):
    experiment = Experiment(pizza, 20, 0.005)
    trajectory, outcome = run(experiment)
    assert is_growing(trajectory.record)
    said = account(experiment, outcome, trajectory.record)
    assert said.startswith("The run diverges: from 812.9 at the start the loss has grown to")


def test_an_account_without_a_row_says_what_is_known(pizza):
    """The first row may be off the numbers already."""
    experiment = Experiment(pizza, start=Point(1e160, 0))
    trajectory, outcome = run(experiment)
    assert not len(trajectory.record)
    said = account(experiment, outcome, trajectory.record)
    assert said.startswith("The run diverged: at iteration 0")


# Plateaus and precision


@pytest.fixture(scope="module")
def slow_run(pizza):
    experiment = Experiment(pizza, 30_000, with_bias=True)
    return experiment, run(experiment)[0].record


def test_a_flat_loss_is_no_arrival(slow_run):
    experiment, record = slow_run
    said = plateau(experiment, record.at(1000), record)
    assert said == "The loss looks flat, but b has gone only 5.50 of its 13.17."
    assert record.at(1000).bias == pytest.approx(5.50, abs=0.005)


@pytest.mark.parametrize("iteration", [0, 5, 19, 9000, 30_000])
def test_a_steep_loss_and_an_arrival_are_no_plateau(slow_run, iteration):
    experiment, record = slow_run
    assert plateau(experiment, record.at(iteration), record) == ""


def test_a_straight_fall_and_a_rise_are_no_plateau(pizza):
    for rate, iterations in ((1e-7, 1000), (0.01, 200)):
        experiment = Experiment(pizza, iterations, rate)
        record = run(experiment)[0].record
        assert plateau(experiment, record.at(iterations), record) == ""


def test_a_level_valley_has_no_plateau():
    experiment = Experiment(Dataset([3, 3, 3], [1, 2, 3]), 500, 0.01, with_bias=True)
    record = run(experiment)[0].record
    assert plateau(experiment, record.at(500), record) == ""


def test_the_end_of_precision_is_not_called_converged(pizza):
    experiment = Experiment(pizza, 1000)
    record = run(experiment)[0].record
    row = next(record[k] for k in range(len(record)) if precision(record[k]))
    assert row.weight + row.weight_step == row.weight or abs(row.weight_step) < 1e-15
    said = meaning(experiment, record.at(200), record)
    assert "nothing moves any more" in said
    assert "no proof of having arrived" in said
    assert "converged" not in said


def test_a_flicker_of_the_last_digit_is_the_end_of_precision_too():
    """As in a loop that goes to and fro between two neighbours."""
    digit = math.ulp(1.5)
    flicker = Row(100, 1.5, 0.0, 1.0, 1e-12, 0.0, digit, 0.0)
    assert "only the last digit" in precision(flicker)
    assert precision(flicker._replace(weight_step=100 * digit)) == ""


def test_a_step_that_moves_and_none_at_all_are_within_precision(pizza):
    record = run(Experiment(pizza))[0].record
    assert precision(record[0]) == ""
    still = Row(5, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)
    assert precision(still) == ""
    assert "slope is zero" in meaning(Experiment(pizza), still, record)
