"""A run that a log tells of: its places are those of the log, its losses those of the data."""

import numpy as np
import pytest

from gdviz.core.descent.descent import MOST_ITERATIONS, Ending, Experiment, Outcome, run
from gdviz.core.descent.goals import iterations_to
from gdviz.core.descent.logged import MOST_LOGGED, Logged
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import last_recorded, recorded_beside

ROWS = ((1, 0.0, 0.0), (2, 0.5, 0.1), (5, 1.0, 0.2), (40, 2.0, 0.5))


def past(dataset, rows=ROWS, with_bias=True, broke_off=None):
    experiment = Logged("as printed", rows, broke_off).experiment(dataset, with_bias)
    return experiment, *experiment.method.past(experiment)


@pytest.mark.parametrize("with_bias", [False, True])
def test_every_row_of_a_whole_log_is_a_row_of_the_run_that_it_tells_of(pizza, with_bias):
    record = run(Experiment(pizza, with_bias=with_bias))[0].record
    places = zip(range(101), record.weight.tolist(), record.bias.tolist(), strict=True)
    _, again, outcome = past(pizza, tuple(places), with_bias)
    np.testing.assert_allclose(again.rows[:, :5], record.rows[:, :5], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(again.rows[:-1, 5:], record.rows[:-1, 5:], rtol=1e-9, atol=1e-12)
    # Where it would go on from the last row no log tells.
    assert np.isnan(again.rows[-1, 5:]).all()
    assert outcome == Outcome(Ending.LOGGED, 100)


def test_rows_that_a_log_leaves_out_are_nowhere(pizza):
    experiment, record, outcome = past(pizza)
    assert [record[index].iteration for index in range(len(record))] == [1, 2, 5, 40]
    assert [record.at(iteration).iteration for iteration in (0, 1, 4, 5, 39, 40, 99)] == [
        1, 1, 2, 5, 5, 40, 40,
    ]  # fmt: skip
    assert record.newest == outcome.iteration == 40
    # Only the step to the next iteration is known.
    assert record.rows[0, 5:].tolist() == [0.5, 0.1]
    assert np.isnan(record.rows[1:, 5:]).all()
    np.testing.assert_allclose(record.loss, pizza.bowl.loss(record.weight, record.bias))
    assert iterations_to(record, float(record.loss[2])) == 5
    # It waits where it was seen last.
    logged = Run(experiment, record, outcome)
    assert [logged.at(place).weight for place in (1.5, 2.5, 39.9)] == [0.25, 0.5, 1.0]


def test_a_thinned_record_keeps_its_iterations(pizza):
    record = past(pizza)[1].thinned(2)
    assert [record[index].iteration for index in range(len(record))] == [1, 5, 40]
    assert record.iterations_of(np.arange(2)).tolist() == [1, 5]


@pytest.mark.parametrize(("position", "seen", "after", "before"), [
    (0, 0, 1, 0), (1, 1, 2, 0), (3, 3, 4, 2), (10, 10, 40, 9), (30, 10, 40, 10), (40, 40, 40, 10),
])  # fmt: skip
def test_one_looks_at_what_any_of_some_runs_has_recorded(pizza, position, seen, after, before):
    records = [past(pizza)[1], run(Experiment(pizza, 10))[0].record]
    assert last_recorded(records, position) == seen
    assert recorded_beside(records, position, 1) == after
    assert recorded_beside(records, position, -1) == before
    assert (last_recorded([], 3), recorded_beside([], 3, 1)) == (0, 3)
    # Where a log begins later, there is nothing before.
    assert last_recorded(records[:1], 0) == 0


@pytest.mark.parametrize(("rows", "broke_off", "count", "outcome"), [
    (ROWS, 41, 4, Outcome(Ending.DIVERGED, 41)),
    ((*ROWS, (50, 1e200, 0.0)), None, 4, Outcome(Ending.DIVERGED, 50)),
    (((3, 1e200, 0.0),), 9, 0, Outcome(Ending.DIVERGED, 3)),
])  # fmt: skip
def test_a_log_of_a_run_that_leaves_all_bounds(pizza, rows, broke_off, count, outcome):
    _, record, ended = past(pizza, rows, broke_off=broke_off)
    assert (len(record), ended) == (count, outcome)


@pytest.mark.parametrize(("rows", "broke_off", "said"), [
    ((), None, "from 1 to 10,000 rows"),
    (((0, 1.0, 1.0),) * (MOST_LOGGED + 1), None, "and not 10,001"),
    (((-1, 1.0, 1.0),), None, "must grow, from 0"),
    (((2, 1.0, 1.0), (2, 1.0, 1.0)), None, "must grow"),
    (((MOST_ITERATIONS + 1, 1.0, 1.0),), None, "up to 1,000,000,000"),
    (((0, float("inf"), 1.0),), None, "must be finite"),
    (((0, 1.0, float("nan")),), None, "must be finite"),
    (ROWS, 40, "break off before its last row"),
])  # fmt: skip
def test_what_is_no_log(rows, broke_off, said):
    with pytest.raises(ValueError, match=said):
        Logged("as printed", rows, broke_off)
