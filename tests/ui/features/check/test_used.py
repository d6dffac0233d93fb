"""The settings of a learner's loop, and the window's run with them."""

import numpy as np

from gdviz.core.check.diagnosis import Given
from gdviz.core.check.logs.log import Log
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import Adam, StepSearch
from gdviz.ui.features.check.used import as_used, differing, known, last_iteration


def test_what_is_said_comes_before_what_was_found_out():
    assert known(Given(0.1), Given(0.2, True)) == Given(0.1, True)


def test_a_run_has_what_is_known_and_keeps_the_rest(pizza):
    run = Experiment(pizza, iterations=50, learning_rate=0.001)
    used = as_used(run, Given(0.002, True, Adam(), 1.0), 80)
    assert (used.learning_rate, used.with_bias, used.iterations) == (0.002, True, 80)
    assert (used.start, used.method) == (Point(1.0, 0.0), Adam())
    told = differing(run, used)
    for words in ("learning rate 0.002", "bias", "Adam", "start (1, 0)", "80 iterations"):
        assert words in told
    assert differing(run, as_used(run, Given(), 10)) == ""


def test_what_cannot_run_changes_nothing(pizza):
    run = Experiment(pizza)
    assert as_used(run, Given(method=StepSearch(), batch_size=4), 10) is run
    assert as_used(run, Given(learning_rate=0.0), 10) is run


def test_without_iterations_each_row_is_one():
    lines = np.arange(1, 4)
    assert last_iteration(Log(lines, ("a", "b", "c"))) == 2
    assert last_iteration(Log(lines, ("a", "b", "c"), np.array([0, 100, 200]))) == 200
