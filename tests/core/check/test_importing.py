"""A log of any training becomes a run, and what doesn't belong to the data is said."""

import math

import numpy as np
import pytest
from printed import log_of

from gdviz.core.check.importing import run_of, run_of_walk
from gdviz.core.check.logs.log import LogError
from gdviz.core.descent.descent import Ending, Experiment, run
from gdviz.core.descent.goals import goal_loss
from gdviz.core.descent.logged import MOST_LOGGED
from gdviz.core.descent.run import Run
from gdviz.core.words.comparison import RunSummary, comparison_markdown
from gdviz.core.words.sentences import outcome_sentence, run_name


@pytest.fixture(scope="module")
def right(pizza):
    """The record of the right run."""
    return run(Experiment(pizza, 50, with_bias=True))[0].record


def log_like(record, rows=slice(None), **others):
    columns = (each[rows].tolist() for each in (record.weight, record.bias, record.loss))
    told = dict(zip(("weight", "bias", "loss"), columns, strict=True))
    return log_of(**{**told, **others})


def places(experiment):
    return [row[:1] + row[1:] for row in experiment.method.rows]


def test_a_right_log_becomes_the_right_run_and_nothing_is_said(pizza, right):
    experiment, remark = run_of(log_like(right), pizza, "log.txt")
    record, outcome = experiment.method.past(experiment)
    np.testing.assert_allclose(record.rows[:, :2], right.rows[:, :2], atol=1e-6)
    assert (remark, outcome.ending, experiment.with_bias) == ("", Ending.LOGGED, True)
    assert run_name(experiment) == "as printed in log.txt"
    assert outcome_sentence(experiment, outcome) == "The log ends at iteration 50."


def test_the_table_says_where_a_run_is_from_and_no_rate(pizza, right):
    experiment, _ = run_of(log_like(right, slice(None, None, 10)), pizza, "log.txt")
    logged = Run(experiment, *experiment.method.past(experiment), "mine", 0)
    summary = RunSummary.of(logged, goal_loss(experiment))
    assert summary[:3] == ("mine", "From a log", "as printed in log.txt · bias")
    assert (summary.outcome, summary.ended) == ("log ends", 5)
    assert "rate" not in comparison_markdown([summary], 1.0)


def test_rows_that_are_left_out_are_said(pizza, right):
    log = log_like(right, slice(None, None, 10), iterations=range(0, 51, 10))
    experiment, remark = run_of(log, pizza, "log.txt")
    assert [row[0] for row in experiment.method.rows] == [0, 10, 20, 30, 40, 50]
    assert (experiment.method.told, remark) == ("as printed in log.txt, 6 of 51 iterations", "")


def test_a_log_without_the_bias_has_a_fixed_one(pizza):
    log = log_of([0.0, 0.5, 1.0], loss=pizza.bowl.loss(np.array([0, 0.5, 1]), 0.0).tolist())
    experiment, remark = run_of(log, pizza, "log.txt")
    assert (experiment.with_bias, experiment.start.bias, remark) == (False, 0, "")
    experiment, remark = run_of(log, pizza, "log.txt", fixed_bias=2.5)
    assert (experiment.with_bias, experiment.start.bias) == (False, 2.5)
    assert remark.startswith("It says no bias: b = 2.5 is taken.")
    assert "don't belong to these data" in remark


def test_rows_that_say_no_place_are_left_out(pizza):
    experiment, _ = run_of(log_of([0, None, 1, 2], [0, 0, 0, None]), pizza, "log.txt")
    assert experiment.method.rows == ((0, 0.0, 0.0), (2, 1.0, 0.0))


def test_a_log_that_ends_in_no_numbers_diverged(pizza):
    experiment, _ = run_of(log_of([0, 1e9, math.inf, math.nan]), pizza, "log.txt")
    record, outcome = experiment.method.past(experiment)
    assert (len(record), outcome.ending, outcome.iteration) == (2, Ending.DIVERGED, 2)


@pytest.mark.parametrize("count", [MOST_LOGGED, MOST_LOGGED + 1, 25_000])
def test_of_a_long_log_some_rows_are_kept_and_the_last(pizza, count):
    experiment, _ = run_of(log_of(np.linspace(0, 1, count).tolist()), pizza, "log.txt")
    rows = experiment.method.rows
    assert rows[-1][0] == count - 1
    assert MOST_LOGGED / 3 < len(rows) <= MOST_LOGGED
    assert experiment.method.told.endswith(f"{len(rows):,} of {count:,} iterations")


@pytest.mark.parametrize(("log", "said"), [
    (log_of(loss=[3, 2, 1]), "log.txt says no weight: losses alone have no place on the curve."),
    (log_of([None, None], loss=[1, 2]), "log.txt has no row that says w."),
    (log_of([1, None], [None, 2]), "log.txt has no row that says w and b."),
    (log_of([0, 1, 2, 0], iterations=[0, 1, 2, 0]), "line 4: iteration 0 comes after 2"),
    (log_of([0, 1], iterations=[-1, 0]), "iterations that aren't from 0 to 1,000,000,000."),
    (log_of([0, 1], iterations=[0, 10**12]), "iterations that aren't from 0"),
    (log_of([math.nan, 1]), "already the first w or b is none"),
])  # fmt: skip
def test_what_can_not_be_placed_is_a_sentence(pizza, log, said):
    with pytest.raises(LogError, match=r"\.$") as caught:
        run_of(log, pizza, "log.txt")
    assert said in str(caught.value)


def test_a_bias_that_no_data_bear_is_a_sentence(pizza):
    with pytest.raises(LogError, match="A fixed bias must be between"):
        run_of(log_of([0, 1]), pizza, "log.txt", fixed_bias=1e200)


@pytest.mark.parametrize("moves", [False, True])
def test_the_run_that_explains_a_log(pizza, right, moves):
    walk = np.column_stack((right.weight, right.bias if moves else np.full(51, 2.0)))
    experiment = run_of_walk(walk, pizza, "log.txt")
    record, _ = experiment.method.past(experiment)
    np.testing.assert_array_equal(record.rows[:, :2], walk)
    assert experiment.with_bias is moves
    assert experiment.method.told == "replayed from log.txt"
