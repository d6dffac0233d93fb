"""A sweep finds of every rate what running it alone finds."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import OWN_TABLES, PIZZA

from gdviz.core.descent import textbook
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Experiment, Outcome, run
from gdviz.core.descent.goals import goal_loss, start_loss
from gdviz.core.descent.methods import METHODS, Adam, Momentum, StepSearch
from gdviz.core.descent.sweep import (
    RATES,
    Trial,
    differ_in_rate_only,
    fastest,
    proposed_goal,
    proposed_rates,
    rates,
    sweep,
    sweep_one,
)
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table

DATA = read_table(PIZZA).dataset()[0]
LIMIT = 0.0045703839
quickly = settings(derandomize=True, deadline=None, max_examples=100)


def trial_of(experiment, rate, goal, sizes=(None,)):
    """Return a trial whose blocks have the sizes that are sent."""
    steps = sweep_one(experiment, rate, goal)
    size, sizes = None, itertools.cycle(sizes)
    while True:
        try:
            steps.send(size)
        except StopIteration as end:
            return end.value
        size = next(sizes)


def swept(experiment, learning_rates, goal):
    trials = []
    for rows in sweep(experiment, learning_rates, goal, trials):
        assert rows >= 0
    return trials


def looped(rate, goal, iterations):
    """Return what the lesson's loop finds: iterations to the goal, and the final loss."""
    w, reached = 0.0, None
    for k in range(iterations + 1):
        loss = textbook.loss(DATA.x, DATA.y, w)
        if reached is None and loss <= goal:
            reached = k
        w -= rate * textbook.gradient(DATA.x, DATA.y, w)
    return reached, loss


# Rates


@quickly
@given(st.floats(1e-200, 1e200), st.floats(1e-9, 1e6), st.integers(2, 200))
def test_rates_go_from_low_to_high_by_the_same_factor(low, growth, count):
    high = low * (1 + growth)
    tried = rates(low, high, count)
    assert len(tried) == count
    assert (tried[0], tried[-1]) == (low, high)
    assert all(one <= other for one, other in itertools.pairwise(tried))
    steps = np.diff(np.log(np.array(tried) / low))
    expected = math.log(high / low) / (count - 1)
    np.testing.assert_allclose(steps, expected, rtol=0.2, atol=1e-15)


def test_rates_are_short_to_read():
    assert rates(1e-4, 1e-2, 5) == [1e-4, 0.000316, 0.001, 0.00316, 1e-2]


@pytest.mark.parametrize(("low", "high", "count"), [(0.1, 0.1, 7), (0.1, 3.0, 1)])
def test_one_rate_is_enough_where_all_are_the_same(low, high, count):
    assert rates(low, high, count) == [0.1]


@pytest.mark.parametrize("with_bias", [False, True])
def test_the_proposed_rates_reach_from_far_below_the_limit_to_beyond_it(with_bias):
    experiment = Experiment(DATA, with_bias=with_bias)
    low, high = proposed_rates(experiment)
    limit = experiment.learning_rate_limit
    assert low == pytest.approx(limit / 1000, rel=0.05)
    assert high == pytest.approx(2 * limit, rel=0.05)


@pytest.mark.parametrize("dataset", [DATA, Dataset([0.0, 0.0], [1.0, 2.0])])
@pytest.mark.parametrize("method", METHODS.values())
def test_every_method_has_rates_to_propose(dataset, method):
    low, high = proposed_rates(Experiment(dataset, method=method()))
    assert 0 < low < method.published_rate < high < math.inf or low < LIMIT < high


# The proposed goal


SMALL = {"pizza.txt": DATA, **{path.name: read_table(path).dataset()[0] for path in OWN_TABLES}}
KINDS = {
    "weight": {}, "bias": {"with_bias": True},
    "standardised": {"with_bias": True, "standardise": True},
    "start": {"with_bias": True, "start": Point(3, -40)}, "short": {"iterations": 5},
}  # fmt: skip


@pytest.mark.parametrize("batch_size", [None, 5])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SMALL)
def test_some_of_the_proposed_rates_reach_the_proposed_goal(name, kind, batch_size):
    for method in METHODS.values():
        if batch_size is not None and not method.takes_batches:
            continue
        experiment = Experiment(SMALL[name], method=method(), batch_size=batch_size, **KINDS[kind])
        goal = proposed_goal(experiment)
        trials = swept(experiment, rates(*proposed_rates(experiment), RATES), goal)
        best = fastest(trials)
        assert best is not None, method.label
        assert 0 < best.iterations <= experiment.iterations
        assert experiment.bowl.minimum <= goal < start_loss(experiment)


@pytest.mark.parametrize(
    ("settings", "goal"),
    [
        ({}, 76.6),
        ({"with_bias": True, "iterations": 20_000}, 30.8),
        ({"with_bias": True}, 63),
        ({"with_bias": True, "batch_size": 5, "method": Momentum()}, 39),
        ({"tolerance": 400.0}, 107),
        ({"iterations": 0}, 820),
    ],
)
def test_the_proposed_goal_is_as_low_as_can_be_reached_in_that_many_iterations(settings, goal):
    assert proposed_goal(Experiment(DATA, **settings)) == goal


@pytest.mark.parametrize(("y", "start"), [([2, 4], Point(2, 0)), ([2.1, 3.9], Point(1.8, 0.3))])
def test_a_start_at_the_optimum_has_a_goal_that_is_reached(y, start):
    experiment = Experiment(Dataset([1, 2], y), with_bias=True, start=start)
    tried = rates(*proposed_rates(experiment), RATES)
    assert fastest(swept(experiment, tried, proposed_goal(experiment))) is not None


# Trials


@pytest.mark.parametrize("rate", [1e-6, 1e-4, 0.001, 0.00228, 0.004, 0.0045])
def test_a_trial_finds_what_the_lessons_loop_finds(rate):
    trial = trial_of(Experiment(DATA, 500), rate, 76.6)
    iterations, loss = looped(rate, 76.6, 500)
    assert trial.iterations == iterations
    assert trial.loss == pytest.approx(loss, rel=1e-9)
    assert trial.outcome == Outcome(Ending.REACHED, 500)
    assert not trial.diverged


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(DATA, 700, with_bias=True),
        Experiment(DATA, 700, with_bias=True, method=Momentum(), start=Point(2, 1)),
        Experiment(DATA, 700, with_bias=True, method=Adam(), batch_size=7, seed=2),
        Experiment(DATA, 700, with_bias=True, standardise=True),
        Experiment(DATA, 700, method=StepSearch()),
        Experiment(DATA, 700, start=Point(0, 8)),
        Experiment(DATA, 700, tolerance=5.0),
    ],
    ids=lambda experiment: experiment.method.label,
)
def test_a_sweep_finds_what_running_each_rate_finds(experiment):
    goal, tried = goal_loss(experiment), rates(*proposed_rates(experiment), 9)
    for trial in swept(experiment, tried, goal):
        alone = Experiment(
            experiment.dataset, experiment.iterations, trial.rate, experiment.tolerance,
            experiment.with_bias, experiment.start, experiment.method, experiment.batch_size,
            experiment.seed, experiment.standardise,
        )  # fmt: skip
        trajectory, outcome = run(alone)
        losses = trajectory.record.loss.tolist()
        expected = next((k for k, loss in enumerate(losses) if loss <= goal), None)
        assert (trial.iterations, trial.outcome) == (expected, outcome)
        assert trial.loss == pytest.approx(losses[-1], rel=1e-12)


@pytest.mark.parametrize("sizes", [(1,), (3, 1000, 17), (65536,)])
@pytest.mark.parametrize("rate", [0.0001, 0.003, 0.006])
def test_the_size_of_the_blocks_changes_nothing(sizes, rate):
    experiment = Experiment(DATA, 2000, with_bias=True)
    trial, expected = (trial_of(experiment, rate, 60.0, s) for s in (sizes, (None,)))
    assert trial.iterations == expected.iterations
    assert trial.outcome == expected.outcome
    assert trial.loss == pytest.approx(expected.loss, rel=1e-9)


@pytest.mark.parametrize(
    ("factor", "iterations", "diverged"),
    [(0.99, 100, False), (1.01, 100, True), (1.01, 100_000, True), (1e300, 3, True)],
)
def test_a_rate_beyond_the_limit_diverges_however_short_the_run(factor, iterations, diverged):
    experiment = Experiment(DATA, iterations)
    trial = trial_of(experiment, factor * experiment.learning_rate_limit, 76.6)
    assert trial.diverged is diverged
    assert trial.loss > 0


def test_a_start_beyond_all_bounds_diverges_without_a_loss():
    trial = trial_of(Experiment(DATA, start=Point(1e300, 0)), 0.001, 1.0)
    assert trial == Trial(0.001, None, math.inf, Outcome(Ending.DIVERGED, 0), True)


def test_the_experiment_itself_is_left_as_it_was():
    experiment = Experiment(DATA, learning_rate=0.002)
    swept(experiment, [0.001, 0.003], 76.6)
    assert experiment.learning_rate == 0.002


def test_the_rows_are_summed_up_once_however_many_rates():
    experiment = Experiment(DATA, start=Point(0, 3))
    bowl = experiment.bowl
    trials = swept(experiment, [0.001, 0.002], 100.0)
    assert experiment.bowl is bowl
    assert trials[0].loss >= bowl.minimum


# What a sweep can be used for


def test_only_another_rate_leaves_a_sweep_as_it_is():
    one = Experiment(DATA, 100, 0.001)
    assert differ_in_rate_only(one, Experiment(DATA, 100, 0.002))
    for other in (
        Experiment(DATA, 200),
        Experiment(Dataset(DATA.x, DATA.y)),
        Experiment(DATA, method=Adam()),
        Experiment(DATA, start=Point(0, 1)),
    ):
        assert not differ_in_rate_only(one, other)


def test_the_fastest_reached_the_goal_first_and_stayed():
    end = Outcome(Ending.REACHED, 100)
    never, slow, fast, same, astray = (
        Trial(0.1, None, 9.0, end, False), Trial(0.2, 8, 1.0, end, False),
        Trial(0.3, 5, 1.0, end, False), Trial(0.4, 5, 1.0, end, False),
        Trial(0.5, 1, 99.0, end, True),
    )  # fmt: skip
    assert fastest([never, slow, fast, same, astray]) is fast
    assert fastest([never, astray]) is None
    at_once = Trial(0.6, 0, 1.0, end, False)
    assert fastest([slow, at_once]) is at_once


@pytest.mark.parametrize("count", [2, 3, 60, 1000])
def test_rates_from_the_smallest_to_the_largest_number(count):
    tried = rates(1e-300, 1e300, count)
    assert (tried[0], tried[-1], len(set(tried))) == (1e-300, 1e300, count)
    assert tried == sorted(tried)
