"""What the table says of a run agrees with a plain look at all of its rows."""

import csv
import io
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import PIZZA

from gdviz.core.descent import textbook
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import DIVERGED_LOSS, Ending, Experiment, Outcome, run
from gdviz.core.descent.methods import Adam, Momentum, StepSearch
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import COLUMNS, Trajectory
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table
from gdviz.core.words.comparison import (
    RunSummary,
    distance_to_optimum,
    goal_loss,
    iterations_to,
    settings_summary,
    start_loss,
    table_text,
)

DATA = read_table(PIZZA).dataset()[0]
quickly = settings(derandomize=True, deadline=None, max_examples=100)


def record_of(losses, max_rows=2**20):
    """Return a record with these losses."""
    trajectory = Trajectory(max_rows)
    rows = np.zeros((len(losses), len(COLUMNS)))
    rows[:, 2] = losses
    trajectory.append(rows)
    return trajectory.record


def summary_of(experiment, goal=30.8):
    trajectory, outcome = run(experiment)
    return RunSummary.of(Run(experiment, trajectory.record, outcome), goal)


# Iterations to a loss


@quickly
@given(st.lists(st.floats(0, 100), max_size=60), st.floats(0, 100), st.sampled_from([8, 1024]))
def test_the_first_kept_iteration_at_or_below_the_goal_counts(losses, goal, max_rows):
    record = record_of(losses, max_rows)
    kept = [record[index] for index in range(len(record))]
    expected = next((row.iteration for row in kept if row.loss <= goal), None)
    assert iterations_to(record, goal) == expected


def test_the_newest_row_counts_though_it_is_between_the_kept_ones():
    losses = [9.0] * 99 + [1.0, 0.5]
    record = record_of(losses[:100], max_rows=8)
    assert record.stride > 1
    assert iterations_to(record, 1.0) == 99


def test_a_run_without_rows_has_not_reached_anything():
    assert iterations_to(Trajectory().record, math.inf) is None


# Distance to the optimum


def test_with_bias_the_distance_is_to_the_least_squares_line():
    weight, bias = np.polyfit(DATA.x, DATA.y, 1)
    experiment = Experiment(DATA, with_bias=True)
    assert distance_to_optimum(experiment, Point(weight + 3, bias - 4)) == pytest.approx(5)
    assert distance_to_optimum(experiment, Point(weight, bias)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("bias", [0.0, 7.5])
def test_for_the_weight_alone_it_is_to_the_best_weight_at_the_fixed_bias(bias):
    best = (DATA.x * (DATA.y - bias)).sum() / (DATA.x**2).sum()
    experiment = Experiment(DATA, start=Point(0, bias))
    assert distance_to_optimum(experiment, Point(best - 2, bias)) == pytest.approx(2)


def test_standardised_or_not_the_same_line_is_as_far_from_the_optimum():
    raw, scaled = (Experiment(DATA, with_bias=True, standardise=s) for s in (False, True))
    line = Point(-1.5, 20.0)
    assert distance_to_optimum(raw, line) == distance_to_optimum(scaled, line)


def test_in_a_level_valley_it_is_to_the_nearest_of_the_best_lines():
    data = Dataset([3.0, 3.0, 3.0], [5.0, 7.0, 9.0])
    experiment = Experiment(data, with_bias=True)
    weight, bias = 4.0, -2.0
    expected = abs(3 * weight + bias - 7) / math.hypot(3, 1)
    assert distance_to_optimum(experiment, Point(weight, bias)) == pytest.approx(expected)
    assert distance_to_optimum(experiment, Point(2.0, 1.0)) == pytest.approx(0, abs=1e-12)


def test_where_every_weight_is_as_good_it_is_zero():
    assert distance_to_optimum(Experiment(Dataset([0.0, 0.0], [1.0, 2.0])), Point(9, 0)) == 0


def test_a_line_beyond_all_bounds_is_far_but_no_error():
    experiment = Experiment(DATA, with_bias=True)
    assert distance_to_optimum(experiment, Point(1e308, -1e308)) > 1e307


# The words


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, "rate 0.001"),
        ({"learning_rate": 1e-5, "with_bias": True}, "rate 1e-5 · bias"),
        ({"method": Momentum()}, "rate 0.001"),
        ({"method": Momentum(0.5)}, "rate 0.001 · momentum 0.5"),
        ({"method": Adam(beta2=0.99)}, "rate 0.001 · beta2 0.99"),
        ({"batch_size": 5, "seed": 3}, "rate 0.001 · batch 5 (seed 3)"),
        ({"batch_size": 5000, "seed": 3}, "rate 0.001"),
        ({"with_bias": True, "standardise": True}, "rate 0.001 · bias · x standardised"),
        ({"start": Point(1.5, -2)}, "rate 0.001 · start (1.5, -2)"),
        ({"tolerance": 0.01}, "rate 0.001 · tolerance 0.01"),
    ],
)
def test_the_settings_are_told_but_for_the_default_ones(chosen, expected):
    assert settings_summary(Experiment(DATA, **chosen)) == expected


def test_pizza_is_summed_up_with_the_numbers_of_the_lesson():
    summary = summary_of(Experiment(DATA, 20_000, 0.001, with_bias=True))
    assert summary[:3] == ("current", "Gradient descent", "rate 0.001 · bias")
    assert (summary.outcome, summary.ended) == ("reached", 20_000)
    assert f"{summary.weight:.10f} {summary.bias:.10f}" == "1.0811301700 13.1722676564"
    assert f"{summary.loss:.10f}" == "22.8427367615"
    assert summary.distance == pytest.approx(
        math.hypot(1.0811301700 - 1.081111957350, 13.1722676564 - 13.172581873572), rel=1e-5
    )


def test_the_goal_is_reached_when_the_lessons_loop_reaches_it():
    w, steps = 0.0, 0
    while textbook.loss(DATA.x, DATA.y, w) > 76.6:
        w -= 0.0005 * textbook.gradient(DATA.x, DATA.y, w)
        steps += 1
    assert summary_of(Experiment(DATA, learning_rate=0.0005), 76.6).iterations == steps


@pytest.mark.parametrize(
    ("chosen", "ending"),
    [
        ({"iterations": 50}, Ending.REACHED),
        ({"tolerance": 1.0}, Ending.CONVERGED),
        ({"learning_rate": 1.0, "iterations": 1000}, Ending.DIVERGED),
        ({"method": StepSearch(), "learning_rate": 0.5}, Ending.SETTLED),
    ],
)
def test_the_outcome_is_told_with_its_iteration(chosen, ending):
    experiment = Experiment(DATA, **chosen)
    trajectory, outcome = run(experiment)
    summary = RunSummary.of(Run(experiment, trajectory.record, outcome), 0.0)
    assert (summary.outcome, summary.ended) == (ending.value, outcome.iteration)
    assert summary.loss == trajectory.record[-1].loss


def test_a_run_that_goes_on_is_told_as_far_as_it_is():
    experiment = Experiment(DATA)
    record = run(experiment)[0].record
    summary = RunSummary.of(Run(experiment, record), 0.0)
    assert (summary.outcome, summary.ended, summary.iterations) == ("running", 100, None)


def test_before_the_first_row_there_are_no_numbers():
    summary = RunSummary.of(Run(Experiment(DATA), Trajectory().record), 1e9)
    assert summary[3:] == (None, None, None, None, None, "running", 0)


def test_a_run_that_diverged_at_once_has_no_numbers():
    outcome = Outcome(Ending.DIVERGED, 0)
    summary = RunSummary.of(Run(Experiment(DATA), Trajectory().record, outcome), 1e9)
    assert (summary.loss, summary.outcome, summary.ended) == (None, "diverged", 0)


# The goal that is proposed


def test_the_goal_is_a_hundredth_of_the_way_up_to_the_start():
    start = textbook.loss(DATA.x, DATA.y, 0.0)
    least = 69.120962827544
    assert start_loss(Experiment(DATA)) == pytest.approx(start, rel=1e-12)
    assert goal_loss(Experiment(DATA)) == 76.6
    assert least + 0.01 * (start - least) <= 76.6 <= least + 0.011 * (start - least)


def test_the_goal_is_the_same_on_standardised_x():
    raw, scaled = (
        Experiment(DATA, with_bias=True, standardise=s, start=Point(3, 4)) for s in (False, True)
    )
    assert goal_loss(raw) == goal_loss(scaled)


@quickly
@given(st.floats(-1e100, 1e100), st.floats(-1e100, 1e100))
def test_the_goal_lies_between_minimum_and_start(weight, bias):
    experiment = Experiment(DATA, with_bias=True, start=Point(weight, bias))
    minimum, start = experiment.bowl.minimum, start_loss(experiment)
    goal = goal_loss(experiment)
    assert minimum <= goal <= max(start, np.nextafter(minimum, math.inf))
    assert goal <= minimum + 0.0111 * (start - minimum) + 1e-9 * minimum


def test_a_start_beyond_all_bounds_still_has_a_goal():
    goal = goal_loss(Experiment(DATA, start=Point(1e300, 0)))
    assert 0.01 * DIVERGED_LOSS <= goal <= 0.011 * DIVERGED_LOSS


def test_from_the_optimum_the_goal_is_the_minimum():
    data = Dataset([1.0, 2.0], [2.0, 4.0])
    assert goal_loss(Experiment(data, start=Point(2.0, 0.0))) == 0


# The table as text


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_the_table_can_be_read_back_to_the_last_digit(delimiter):
    summaries = [
        summary_of(Experiment(DATA, 50, with_bias=True)),
        summary_of(Experiment(DATA))._replace(name='a, "b"\tc\nd', iterations=None),
    ]
    text = table_text(summaries, 30.8, delimiter)
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    assert head[0] == "run"
    assert head[3] == "iterations to a loss of 30.8"
    assert len(head) == len(RunSummary._fields)
    assert rows[1][0] == 'a, "b"\tc\nd'
    assert rows[1][3] == ""
    for row, summary in zip(rows, summaries, strict=True):
        numbers = [float(cell) for cell in row[4:8]]
        assert numbers == [summary.loss, summary.weight, summary.bias, summary.distance]
