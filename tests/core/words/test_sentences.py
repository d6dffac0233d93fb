"""Sentences say what happened."""

import pytest

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Experiment, Outcome, run
from gdviz.core.descent.methods import Momentum, StepSearch
from gdviz.core.descent.sweep import Trial
from gdviz.core.descent.trajectory import Row
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.sentences import slope_sentence, trial_sentence


@pytest.mark.parametrize(
    ("iterations", "diverged", "expected"),
    [
        (1, False, "Rate 0.002 reaches the goal in 1 iteration; its final loss is 22.5."),
        (1234, False, "Rate 0.002 reaches the goal in 1,234 iterations; its final loss is 22.5."),
        (None, False, "Rate 0.002 does not reach the goal; its final loss is 22.5."),
        (None, True, "Rate 0.002 diverges."),
    ],
)
def test_a_sentence_says_what_became_of_a_rate(iterations, diverged, expected):
    trial = Trial(0.002, iterations, 22.5, Outcome(Ending.REACHED, 100), diverged)
    assert trial_sentence(trial) == expected


LEVEL = Row(3, 2.0, 1.0, 5.0, 0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("settings", "row", "expected"),
    [
        ({}, LEVEL, "no step changes anything"),
        ({"batch_size": 4}, LEVEL, "no step changes anything"),
        # On level ground a batch of its own slopes, and a ball still rolls.
        ({"batch_size": 4}, LEVEL._replace(weight_step=0.25), "slope of its batch"),
        ({"method": Momentum()}, LEVEL._replace(weight_step=0.25), "carried on"),
        ({"method": Momentum()}, LEVEL._replace(weight_gradient=1, weight_step=0.1), "uphill"),
        ({}, LEVEL._replace(weight_gradient=1.0, weight_step=-0.1), "slope is positive"),
    ],
)
def test_the_slope_that_a_step_follows_is_spoken_of(pizza, settings, row, expected):
    assert expected in slope_sentence(Experiment(pizza, **settings), row)


@pytest.mark.parametrize("with_bias", [False, True])
def test_a_search_that_has_settled_goes_nowhere(pizza, with_bias):
    experiment = Experiment(pizza, 5000, 0.01, with_bias=with_bias, method=StepSearch())
    last = run(experiment)[0].record.last
    assert last.weight_gradient != 0
    assert "stays" in slope_sentence(experiment, last)


def test_on_z_the_steeper_way_is_that_of_z():
    """Far from 0 every line over x is steeper along w; over z it needs only be raised."""
    far = Dataset([999, 1000, 1001], [10, 10, 10])
    experiment = Experiment(far, 5, 0.1, with_bias=True, start=Point(0.0, 0.0), standardise=True)
    row = run(experiment)[0].record[0]
    assert abs(row.weight_gradient) > abs(row.bias_gradient)
    assert slope_sentence(experiment, row).endswith("the slope on z is steeper along b.")
