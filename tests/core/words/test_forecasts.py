"""What is said of a run before and after it is what it does."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Experiment, run
from gdviz.core.descent.methods import (
    METHODS,
    GradientDescent,
    Momentum,
    Nesterov,
)
from gdviz.core.descent.rates import (
    Choice,
    first_rate,
    is_growing,
    on_standardised,
    steps_to_goal,
    zones,
)
from gdviz.core.descent.trajectory import Row
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.forecasts import (
    account,
    choice_sentence,
    forecast,
    meaning,
    offer,
    plateau,
    precision,
    standardise_offer,
)
from gdviz.core.words.numbers import MINUS

# Before the run


def test_the_forecast_of_pizza(pizza):
    experiment = Experiment(pizza, with_bias=True)
    assert forecast(experiment) == (
        "Converges: about 26,000 iterations until the slow direction is a million times "
        "smaller. Your 100 go 5 % of the way."
    )
    enough = forecast(replace(experiment, iterations=30_000))
    assert enough.endswith("Your 30,000 are enough.")


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


@pytest.mark.parametrize(
    "method", [kind() for kind in METHODS.values() if kind().limit(1.0) == math.inf]
)
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


@pytest.mark.parametrize(
    ("x", "kinds", "says"),
    [
        ([10.0, 20.0], {}, ""),
        ([1900, 2000], {}, f"A rate of 0.001 would diverge on these data: 6e{MINUS}8 was taken."),
        ([1, 2, 3], {},
         "A rate of 0.001 would take about 1,500 iterations on these data: 0.05 was taken, "
         "which takes about 22."),
        ([1e-9, 2e-9], {"with_bias": True},
         "A rate of 0.001 would take about 2.8e22 iterations on these data: 0.2 was taken, "
         "which takes about 1.4e20."),
        ([1e-12, 2e-12], {"method": Momentum()},
         "A rate of 0.001 would take about 2.8e26 iterations on these data: 1e23 was taken, "
         "which takes about 260."),
    ],
)  # fmt: skip
def test_a_rate_that_was_taken_is_told_with_its_reason(x, kinds, says):
    experiment = Experiment(Dataset(x, np.arange(1, len(x) + 1) * 1.0), **kinds)
    assert choice_sentence(first_rate(experiment)) == says


def test_what_would_take_one_step_is_told_of_one():
    said = choice_sentence(Choice(0.5, 0.001, 1.0, 4_000_000.0))
    assert said == (
        "A rate of 0.001 would take about 4 million iterations on these data: 0.5 was taken, "
        "which takes about 1."
    )


def test_the_offer_names_what_standardising_makes_of_a_valley(pizza):
    data = Dataset([1900, 1950, 2000], [13, 14, 15])
    assert (
        standardise_offer(on_standardised(Experiment(data, with_bias=True)))
        == "Standardise x: 28 iterations"
    )
    assert standardise_offer(on_standardised(Experiment(pizza, with_bias=True))) == ""


def test_where_a_run_creeps_the_best_rate_is_offered(pizza):
    creeping = Experiment(pizza, learning_rate=1e-5, with_bias=True)
    offered = offer(creeping)
    assert offered.text == "Use the best rate"
    assert offered.tip == ("With 0.004549 it takes about 5,700 iterations rather than 2.6 million")
    assert offered.experiment.learning_rate == 0.004549
    assert steps_to_goal(offered.experiment)[0] < steps_to_goal(creeping)[0] / 10
    assert offer(offered.experiment) is None


@pytest.mark.parametrize(
    "settings",
    [
        {"learning_rate": 0.0003}, {"learning_rate": 0.003}, {"learning_rate": 0.1},
        {"iterations": 1_000_000}, {"method": METHODS["adam"]()}, {"batch_size": 5},
    ],
)  # fmt: skip
def test_a_run_that_arrives_or_whose_best_rate_is_unknown_is_let_be(pizza, settings):
    creeping = Experiment(pizza, learning_rate=1e-5)
    assert offer(creeping) is not None
    assert offer(replace(creeping, **settings)) is None
    assert offer(replace(creeping, start=creeping.bowl.optimum)) is None


def test_in_a_valley_too_long_for_any_rate_the_offer_is_to_standardise():
    data = Dataset([1900, 1950, 2000], [13, 14, 15])
    offered = offer(Experiment(data, with_bias=True, learning_rate=1e-12))
    assert offered.text == "Standardise x: 28 iterations"
    assert offered.experiment.standardise


@pytest.mark.parametrize(
    ("rate", "times"),
    [
        (1.00000004, "just over 1 times"), (1.0025, "1.005 times"), (2.0, "3 times"),
        (3947.1, "7,890 times"), (394_711.0, "789,000 times"), (3_947_113.0, "7.89e6 times"),
    ],
)  # fmt: skip
def test_how_many_times_is_told_to_three_digits_in_one_style(rate, times):
    said = forecast(Experiment(Dataset([1.0], [1.0]), learning_rate=rate))
    assert said == f"Diverges: each step ends {times} as far from the minimum."


def test_a_rate_to_try_has_a_true_minus():
    experiment = Experiment(Dataset([1900, 2000], [13, 14]))
    trajectory, outcome = run(experiment)
    said = account(experiment, outcome, trajectory.record)
    assert said.endswith(f"Learning rates below 2.63e{MINUS}7 work here; try 6e{MINUS}8.")
    assert "-" not in said


# After the run


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
    assert said.startswith("The run has no iteration: at its start, w = 1e160, the loss is beyond")


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
