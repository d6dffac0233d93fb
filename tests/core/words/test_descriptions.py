# ruff: noqa: RUF001  (a true minus)
"""What is said of pictures is what they show, in a sentence that can be heard."""

from dataclasses import replace

import pytest

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.core.descent.sweep import sweep
from gdviz.core.words import descriptions


@pytest.fixture
def experiment(pizza):
    return Experiment(pizza, 100, 0.001)


@pytest.fixture
def record(experiment):
    return run(experiment)[0].record


def test_the_curve_says_where_the_hiker_is_and_which_way_is_down(experiment, record):
    assert descriptions.curve(experiment, record[3], 100) == (
        "Iteration 3 of 100: the hiker stands at w = 1.516, loss 92.65, slope −143.5 "
        "(downhill to the right); 30 rows."
    )
    beyond = record[3]._replace(weight_gradient=8.0)
    assert "slope 8 (downhill to the left)" in descriptions.curve(experiment, beyond, 100)
    assert "slope 0 (level)" in descriptions.curve(
        experiment, beyond._replace(weight_gradient=0.0), 100
    )


def test_the_curve_along_the_bias_says_its_slope(experiment):
    biased = replace(experiment, with_bias=True)
    row = run(biased)[0].record[5]
    said = descriptions.curve(biased, row, 100, "bias")
    assert f"b = {row.bias:.4}" in said
    assert f"slope −{-row.bias_gradient:.4}" in said


def test_the_landscape_says_both_slopes_and_the_minimum_but_for_the_fog(experiment):
    biased = replace(experiment, with_bias=True)
    row = run(biased)[0].record[5]
    said = descriptions.ground(biased, row, 100)
    assert "along w and" in said
    assert "; the minimum is at w = 1.081, b = 13.17, loss 22.84; 30 rows." in said
    assert "minimum" not in descriptions.ground(biased, row, 100, fog=True)


def test_the_history_says_where_it_began_and_ends(record):
    assert descriptions.history(record[3], record, 100, "logarithmic") == (
        "Iteration 3 of 100: loss 92.65, after 812.9 at the start; the last known is 69.12 at 100. "
        "The axis is logarithmic."
    )
    assert descriptions.history(record[100], record, 100) == (
        "Iteration 100 of 100: loss 69.12, after 812.9 at the start."
    )


def test_the_data_say_how_well_the_line_fits_and_which_row_is_chosen(experiment, record):
    said = descriptions.data(experiment, record[100], chosen=2)
    assert said == (
        "30 rows, Pizzas by Reservations; the line at iteration 100 has w = 1.844, R² 0.2408, "
        "loss 69.12. Row 3, x = 14, y = 32 is chosen."
    )


def test_the_sweep_says_which_rate_is_the_fastest(experiment):
    trials = []
    assert descriptions.sweep(experiment, trials) == (
        "No rate was tried yet. The current rate is 0.001, the limit 0.00457."
    )
    list(sweep(experiment, [0.0005, 0.001, 0.01], 70.0, trials))
    assert descriptions.sweep(experiment, trials) == (
        "3 rates from 0.0005 to 0.01: 2 reach the goal, 1 diverge; fastest is 0.001, in "
        f"{trials[1].iterations} iterations. The current rate is 0.001, the limit 0.00457."
    )


def test_kept_runs_are_named(experiment, record):
    runs = [Run(experiment, record, name=name, number=0) for name in ("rate 0.001", "Adam, 0.01")]
    assert descriptions.others(runs) == "Kept beside it: rate 0.001; Adam, 0.01."
    assert descriptions.others([]) == ""


def test_a_date_is_said_beside_its_number(dated):
    dates = Experiment(dated, 10, 0.0001)
    said = descriptions.data(dates, run(dates)[0].record[0], chosen=3)
    assert said.startswith("4 rows, sales by date in days since 2024-01-01;")
    assert said.endswith("Row 4, x = 31 (2024-02-01), y = 22 is chosen.")
