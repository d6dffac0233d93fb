"""What the table says of a run agrees with a plain look at all of its rows."""

import csv
import dataclasses
import io
import math
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import PIZZA

from gdviz.core.descent import textbook
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Experiment, Outcome, run
from gdviz.core.descent.methods import Adam, Momentum, StepSearch
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import Trajectory
from gdviz.core.tables.reading import read_table
from gdviz.core.words.comparison import (
    ENDINGS,
    RunSummary,
    comparison_markdown,
    comparison_text,
    missed_sentence,
    settings_summary,
)
from gdviz.core.words.numbers import MINUS

DATA = read_table(PIZZA).dataset()[0]
quickly = settings(derandomize=True, deadline=None, max_examples=100)


def summary_of(experiment, goal=30.8):
    trajectory, outcome = run(experiment)
    return RunSummary.of(Run(experiment, trajectory.record, outcome), goal)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, "rate 0.001"),
        ({"learning_rate": 1e-5, "with_bias": True}, f"rate 1e{MINUS}5 · bias"),
        ({"method": Momentum()}, "rate 0.001"),
        ({"method": Momentum(0.5)}, "rate 0.001 · momentum 0.5"),
        ({"method": Adam(beta2=0.99)}, "rate 0.001 · beta2 0.99"),
        ({"batch_size": 5, "seed": 3}, "rate 0.001 · batch 5 (seed 3)"),
        ({"batch_size": 5000, "seed": 3}, "rate 0.001"),
        ({"with_bias": True, "standardise": True}, "rate 0.001 · bias · x standardised"),
        ({"start": Point(1.5, -2)}, f"rate 0.001 · start (1.5, {MINUS}2)"),
        ({"tolerance": 0.01}, "rate 0.001 · tolerance 0.01"),
    ],
)
def test_the_settings_are_told_but_for_the_default_ones(chosen, expected):
    assert settings_summary(Experiment(DATA, **chosen)) == expected


def test_pizza_is_summed_up_with_the_numbers_of_the_lesson():
    summary = summary_of(Experiment(DATA, 20_000, 0.001, with_bias=True))
    assert summary[:3] == ("current", "Gradient descent", "rate 0.001 · bias")
    assert (summary.outcome, summary.ended) == ("all steps", 20_000)
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
    assert (summary.outcome, summary.ended) == (ENDINGS[ending], outcome.iteration)
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


# To the goal, or not


PAST_LIMIT = Experiment(DATA, 100, 0.0046)  # begins at a loss of 813 and ends above it
IN_PASSING = Experiment(DATA, 400, 0.0046, start=Point(1.95, 0))


def ran(experiment):
    trajectory, outcome = run(experiment)
    return Run(experiment, trajectory.record, outcome)


@pytest.mark.parametrize(
    ("one", "goal", "word", "to_goal", "why"),
    [
        # All steps are taken, with or without reaching the goal: it says so in other words.
        (ran(Experiment(DATA)), 76.6, "all steps", 4, ""),
        (ran(Experiment(DATA)), 69, "all steps", None,
         "Out of reach: no loss is lower than 69.1209628275"),
        (ran(Experiment(DATA, 100, 1e-5)), 76.6, "all steps", None,
         "Not reached: the lowest loss of the run is 378.50"),
        (ran(Experiment(DATA, tolerance=500.0)), 76.6, "converged", None,
         "Not reached: the lowest loss of the run is "),
        (ran(Experiment(DATA, tolerance=1.0)), 76.6, "converged", 4, ""),
        # What came past the goal on its way out did not reach it.
        (ran(PAST_LIMIT), 800, "diverges", None,
         "Not reached: the run ends higher than it starts"),
        (ran(IN_PASSING), 80, "diverges", None,
         "Not reached: the run ends higher than it starts"),
        (ran(Experiment(DATA, 1000, 1.0)), 1e6, "diverged", None,
         "Not reached: the run ends higher than it starts"),
        (dataclasses.replace(ran(Experiment(DATA, 2)), outcome=None), 76.6, "running", None,
         "Not reached so far"),
        (dataclasses.replace(ran(Experiment(DATA)), outcome=None), 76.6, "running", 4, ""),
        (Run(Experiment(DATA), Trajectory().record), 76.6, "running", None,
         "Nothing recorded yet"),
    ],
)  # fmt: skip
def test_outcome_and_goal_do_not_contradict_each_other(one, goal, word, to_goal, why):
    summary = RunSummary.of(one, goal)
    assert (summary.outcome, summary.iterations) == (word, to_goal)
    if to_goal is None:
        assert missed_sentence(one, goal).startswith(why)
    else:
        assert one.record.loss[to_goal] <= goal < one.record.loss[to_goal - 1]


@quickly
@given(
    st.floats(1e-6, 0.02), st.floats(60, 900), st.integers(0, 120),
    st.sampled_from([None, 1.0, 300.0]), st.booleans(),
)  # fmt: skip
def test_a_run_has_reached_the_goal_or_is_told_why_not(rate, goal, steps, tolerance, with_bias):
    one = ran(Experiment(DATA, steps, rate, tolerance, with_bias))
    summary, lowest = RunSummary.of(one, goal), one.record.loss.min()
    assert "reached" not in summary.outcome
    if summary.iterations is None:
        assert lowest > goal or summary.loss > one.record.loss[0]
    else:
        assert lowest <= goal
        assert summary.outcome not in ("diverged", "diverges")


# The table as text


@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", f"{MINUS}1", "@SUM(A1)", "\t=1"])
def test_a_name_of_a_run_is_no_formula_and_a_number_stays_one(name, delimiter):
    summary = summary_of(Experiment(DATA, learning_rate=1e-5))._replace(name=name, weight=-3.5)
    text = comparison_text([summary], 30.8, delimiter)
    _, row = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    assert row[0] == "'" + name.replace(MINUS, "-")
    assert row[5] == "-3.5"


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_the_table_can_be_read_back_to_the_last_digit(delimiter):
    summaries = [
        summary_of(Experiment(DATA, 50, learning_rate=1e-5, with_bias=True)),
        summary_of(Experiment(DATA))._replace(name='a, "b"\tc\nd', iterations=None),
    ]
    text = comparison_text(summaries, 30.8, delimiter)
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    assert head[0] == "run"
    assert head[3] == "iterations to a loss of 30.8"
    assert len(head) == len(RunSummary._fields)
    assert rows[0][2] == "rate 1e-5 · bias"
    assert rows[1][0] == 'a, "b"\tc\nd'
    assert rows[1][3] == ""
    for row, summary in zip(rows, summaries, strict=True):
        numbers = [float(cell) for cell in row[4:8]]
        assert numbers == [summary.loss, summary.weight, summary.bias, summary.distance]


@pytest.mark.parametrize("name", ["=1+1", "-2", "\t=1", '@a, "b"'])
def test_pandas_reads_names_as_text_and_numbers_as_numbers(name):
    summary = summary_of(Experiment(DATA, learning_rate=1e-5, with_bias=True))
    text = comparison_text([summary._replace(name=name)], 30.8)
    (row,) = pd.read_csv(io.StringIO(text)).itertuples(index=False)
    assert row.run == f"'{name}"
    assert (row.loss, row.w, row.b) == pytest.approx(summary[4:7], rel=1e-15)


def test_as_markdown_it_reads_as_it_stands():
    names = ["a|b\nc", "<b>*bold*</b>", "[x](y) _z_ `q`", "plain, 50 %"]
    rows = [summary_of(Experiment(DATA))._replace(name=name, iterations=None) for name in names]
    head, ways, *lines = comparison_markdown(rows, 30.8).splitlines()
    assert head.startswith("| run | method | settings | iterations to a loss of 30.8 | loss | w |")
    assert ways == "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- | ---: |"
    told = "Gradient descent | rate 0.001 |  | 69.121 | 1.84369 | 0 |"
    for line, name in zip(lines, names, strict=True):
        shown = re.sub(r"\\(.)", r"\1", line)
        assert shown.startswith(f"| {' '.join(name.split())} | {told}")
        assert len(re.split(r"(?<!\\)\|", line)) == len(RunSummary._fields) + 2
        assert not re.search(r"(?<!\\)[*<`\[_]", line)
