"""The log has the lines that the lesson's loop prints, however a run goes and ends."""

import numpy as np
import pytest

import gdviz
from gdviz.core.descent.descent import Ending, Experiment, Outcome, run
from gdviz.core.descent.trajectory import Row, Trajectory
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.log import Log, in_full, iteration_line, prediction_line, result_line


def log_of(experiment):
    trajectory, outcome = run(experiment)
    return Log(trajectory.record, experiment, outcome)


def asking_for(iterations):
    """Return an experiment of so many iterations."""
    return Experiment(Dataset([1], [1]), iterations)


def row_of(iteration, weight=0.0, bias=0.0, loss=0.0):
    """Return a row with these values."""
    return Row(iteration, weight, bias, loss, 0.0, 0.0, 0.0, 0.0)


def lines(log):
    return [log[index] for index in range(len(log))]


def record_of(length, max_rows=1000):
    """Return a record of the rows 0 to `length` - 1, whose loss and weight are the iteration."""
    trajectory = Trajectory(max_rows)
    trajectory.append(np.repeat(np.arange(length, dtype=float), 7).reshape(-1, 7))
    return trajectory.record


def test_a_finished_run_has_the_lines_of_the_lesson(pizza, capsys):
    w = gdviz.train(pizza.x, pizza.y, iterations=100, lr=0.001)
    printed = capsys.readouterr().out.splitlines()
    assert lines(log_of(Experiment(pizza))) == [*printed, f"w={w:.10f}"]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (row_of(0, loss=812.86666666666667), "Iteration    0 => Loss: 812.8666666667"),
        (row_of(9999, loss=0.25), "Iteration 9999 => Loss: 0.2500000000"),
        (row_of(12345, loss=1e12), "Iteration 12345 => Loss: 1000000000000.0000000000"),
    ],
)
def test_iterations_have_room_for_four_digits_and_losses_have_ten_decimals(row, line):
    assert iteration_line(row) == line


def test_the_result_has_ten_decimals_and_its_sign():
    assert result_line(row_of(5, weight=-1.5), False) == "w=-1.5000000000"


def test_what_ten_decimals_cant_say_has_a_power_of_ten():
    row = row_of(5, weight=-1.5e-9, bias=2.5e17, loss=9.1e-10)
    assert result_line(row, True) == "w=-1.5000000000e-9, b=2.5000000000e17"
    assert iteration_line(row) == "Iteration    5 => Loss: 9.1000000000e-10"
    assert prediction_line(20, 1e-4) == "Prediction: x=20 => y=1.00e-4"


def test_all_digits_are_printed_if_they_are_asked_for():
    row = row_of(5, weight=1 / 3, bias=1e-7, loss=2 / 3)
    assert result_line(row, True, in_full) == "w=0.3333333333333333, b=1e-07"
    assert iteration_line(row, in_full) == "Iteration    5 => Loss: 0.6666666666666666"
    assert prediction_line(1, 2 / 3, in_full) == "Prediction: x=1 => y=0.6666666666666666"


def test_a_converged_run_ends_with_its_result(pizza):
    experiment = Experiment(pizza, iterations=10_000, tolerance=0.01)
    trajectory, outcome = run(experiment)
    log = Log(trajectory.record, experiment, outcome)
    assert len(log) == outcome.iteration + 2
    assert log[len(log) - 2].startswith(f"Iteration {outcome.iteration:4d} ")
    assert log[len(log) - 1] == result_line(trajectory.record[-1], False)


def test_a_divergent_run_has_lines_and_no_result(pizza):
    log = log_of(Experiment(pizza, iterations=10_000, learning_rate=0.01))
    assert all(line.startswith("Iteration ") for line in lines(log))
    assert "inf" not in "".join(lines(log))
    assert len(log) == len(log.record)


def test_a_run_that_goes_on_has_no_result_yet():
    log = Log(record_of(5), asking_for(100), outcome=None)
    assert [line[:14] for line in lines(log)] == [f"Iteration {k:4d}" for k in range(5)]


def test_a_last_row_that_is_known_before_the_end_is_not_a_line():
    log = Log(record_of(5), asking_for(4), outcome=None)
    assert len(log) == 4


def test_a_stopped_run_ends_with_where_it_stopped():
    log = Log(record_of(5), asking_for(100), outcome=Outcome(Ending.STOPPED, 4))
    assert len(log) == 6
    assert log[5] == "w=4.0000000000"


def test_before_the_first_row_there_are_no_lines():
    assert len(Log(Trajectory().record, asking_for(100), outcome=None)) == 0


def test_every_line_leads_to_its_iteration_and_back(pizza):
    log = log_of(Experiment(pizza, iterations=20))
    assert [log.iteration(line) for line in range(len(log))] == list(range(21))
    assert [log.index(iteration) for iteration in range(21)] == list(range(21))
    assert log.index(1000) == 20


def test_the_result_of_a_converged_run_leads_to_the_last_iteration(pizza):
    log = log_of(Experiment(pizza, iterations=10_000, tolerance=0.01))
    assert log.iteration(len(log) - 1) == log.iteration(len(log) - 2) == log.record.newest


def test_while_it_runs_the_newest_row_leads_to_the_last_line():
    log = Log(record_of(5), asking_for(4), outcome=None)
    assert log.index(4) == 3


def test_a_thinned_record_has_the_lines_of_the_rows_that_are_kept():
    record = record_of(11, max_rows=4)
    log = Log(record, asking_for(10), outcome=Outcome(Ending.REACHED, 10))
    assert [log.iteration(line) for line in range(len(log))] == [0, 4, 8, 10]
    assert lines(log)[1:] == [
        "Iteration    4 => Loss: 4.0000000000",
        "Iteration    8 => Loss: 8.0000000000",
        "w=10.0000000000",
    ]
    assert [log.index(k) for k in (0, 3, 4, 9, 10)] == [0, 0, 1, 2, 3]


def test_a_run_without_steps_has_only_a_result():
    dataset = Dataset([1.0], [2.0])
    assert lines(log_of(Experiment(dataset, iterations=0))) == ["w=0.0000000000"]


def test_with_a_bias_the_result_names_both(pizza):
    log = log_of(Experiment(pizza, 20, with_bias=True))
    last = log.record[-1]
    assert log[len(log) - 1] == f"w={last.weight:.10f}, b={last.bias:.10f}"
