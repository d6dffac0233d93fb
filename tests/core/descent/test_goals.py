"""A goal, and how far a run is from it, agree with a plain look at all of its rows."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import PIZZA

from gdviz.core.descent import textbook
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import DIVERGED_LOSS, Experiment
from gdviz.core.descent.goals import distance_to_optimum, goal_loss, iterations_to, start_loss
from gdviz.core.descent.trajectory import COLUMNS, Trajectory
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table

DATA = read_table(PIZZA).dataset()[0]
quickly = settings(derandomize=True, deadline=None, max_examples=100)


def record_of(losses, max_rows=2**20):
    """Return a record with these losses."""
    trajectory = Trajectory(max_rows)
    rows = np.zeros((len(losses), len(COLUMNS)))
    rows[:, 2] = losses
    trajectory.append(rows)
    return trajectory.record


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
