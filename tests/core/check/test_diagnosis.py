"""What a log says of a loop: agreement, the first difference, its causes, and what is found out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.check.diagnosis import Given, diagnose
from gdviz.core.check.logs.log import Log, Printed
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import METHODS, GradientDescent
from gdviz.core.tables.dataset import Dataset

PIZZA = Dataset(
    np.array([13, 2, 14, 23, 13, 1, 18, 10, 26, 3], dtype=float),
    np.array([33, 16, 32, 51, 27, 16, 34, 17, 29, 15], dtype=float),
)
TOLD = Given(0.001, True, GradientDescent(), 0.0, 0.0)


def printed(values, digits):
    """Return numbers as if they had been printed with so many digits after the point."""
    values = np.array([float(f"{value:.{digits}f}") for value in values])
    said = np.ones(len(values), dtype=bool)
    return Printed(values, np.full(len(values), 0.5 * 10.0**-digits), said)


def log(rows, shows="wbl", digits=8, iterations=None):
    """Return the log of rows of weight, bias and loss."""
    columns = dict(zip("wbl", np.asarray(rows, dtype=float).T, strict=True))
    lines = np.arange(1, len(rows) + 1)
    named = {
        name: printed(columns[name[0]], digits) for name in ("weight", "bias", "loss")
        if name[0] in shows
    }  # fmt: skip
    return Log(lines, ("",) * len(rows), iterations, **named)


def loop(iterations=30, rate=0.001, factor=2.0, of_loss=1.0, start=(0.0, 0.0)):
    """Run a loop as a beginner writes it."""
    (w, b), rows = start, []
    for _ in range(iterations):
        error = PIZZA.x * w + b - PIZZA.y
        rows.append((w, b, of_loss * np.mean(error**2)))
        w, b = (
            w - rate * factor * np.mean(error * PIZZA.x),
            b - rate * factor * np.mean(error),
        )
    return rows


@pytest.mark.parametrize("shows", ["wbl", "l", "wb", "w"])
@pytest.mark.parametrize("digits", [2, 6, 12])
def test_right_loop_agrees(shows, digits):
    answer = diagnose(log(loop(), shows, digits), PIZZA, TOLD)
    assert answer.agrees
    assert answer.digits == digits
    assert answer.difference is None
    assert answer.explanations == ()


@pytest.mark.parametrize(("wrong", "names"), [
    ({"factor": 1.0}, {"gradient without the 2"}),
    ({"of_loss": 0.5}, {"half the loss"}),
    ({"factor": 20.0}, {"rate ten times too large"}),
    ({"start": (1.0, 0.0)}, {"start elsewhere"}),
    ({"factor": 1.0, "start": (0.0, 1.0)}, {"gradient without the 2", "bias started elsewhere"}),
])  # fmt: skip
def test_wrong_loop_is_explained(wrong, names):
    answer = diagnose(log(loop(**wrong)), PIZZA, TOLD)
    assert not answer.agrees
    assert names in [{one.name for one in each.causes} for each in answer.explanations]
    walk = np.array(loop(**wrong))[:, :2]
    assert answer.explanations[0].walk == pytest.approx(walk, rel=1e-9, abs=1e-9)


def test_first_difference_is_said_with_as_many_digits():
    found = diagnose(log(loop(of_loss=0.5), digits=3), PIZZA, TOLD).difference
    right, wrong = (loop(1, of_loss=factor)[0][2] for factor in (1.0, 0.5))
    assert (found.row, found.quantity) == (0, "loss")
    assert (found.found, found.expected) == (f"{wrong:.3f}", f"{right:.3f}")


def test_nothing_explains_what_no_usual_mistake_does():
    rows = np.array(loop())
    rows[7:, 0] += 0.123
    answer = diagnose(log(rows), PIZZA, TOLD)
    assert answer.explanations == ()
    assert answer.difference.row == 7


@pytest.mark.parametrize("shows", ["wbl", "l"])
@pytest.mark.parametrize("rate", [0.002, 3e-4, 0.00137])
def test_rate_that_nobody_told_is_found_out(shows, rate):
    answer = diagnose(log(loop(rate=rate), shows), PIZZA)
    assert answer.agrees
    assert answer.found_out.learning_rate == pytest.approx(rate, rel=1e-6)
    assert answer.found_out.with_bias


@pytest.mark.parametrize("iterations", [np.arange(1, 31), 10 * np.arange(30), None])
def test_lines_can_be_counted_in_several_ways(iterations):
    rows = loop(300)[::10] if iterations is not None and iterations[1] == 10 else loop()
    assert diagnose(log(rows, iterations=iterations), PIZZA, TOLD).agrees


def test_line_after_the_update_is_no_mistake_where_lines_count_from_one():
    rows = loop(31)[1:]
    assert diagnose(log(rows, iterations=np.arange(1, 31)), PIZZA, TOLD).agrees
    late = diagnose(log(rows, iterations=np.arange(30)), PIZZA, TOLD)
    assert late.explanations[0].causes[0].name == "printed after the update"


def test_run_that_leaves_the_numbers_is_right():
    with np.errstate(all="ignore"):
        rows = loop(2000, rate=0.1)
        answer = diagnose(log(rows, "l"), PIZZA, Given(learning_rate=0.1, with_bias=True))
    assert answer.agrees


@given(
    method=st.sampled_from(list(METHODS)),
    rate=st.floats(1e-5, 2e-3),
    with_bias=st.booleans(),
    start=st.tuples(st.integers(-3, 3), st.integers(-3, 3)),
    digits=st.integers(1, 15),
    shows=st.sampled_from(["wbl", "wb", "l"]),
    every=st.sampled_from([1, 7, 100]),
)
@settings(max_examples=40, deadline=None)
def test_no_right_run_is_accused(method, rate, with_bias, start, digits, shows, every):
    method = METHODS[method]()
    begun = Point(float(start[0]), float(start[1]) if with_bias else 0.0)
    asked = Experiment(
        PIZZA, 300, learning_rate=rate, with_bias=with_bias, start=begun, method=method
    )
    found = run(asked)[0].record
    rows = np.column_stack((found.weight, found.bias, found.loss))[::every]
    iterations = every * np.arange(len(rows))
    said = Given(rate, with_bias, method, begun.weight, begun.bias)
    assert diagnose(log(rows, shows, digits, iterations), PIZZA, said).agrees


@pytest.mark.parametrize("told", [TOLD, Given()], ids=["all is told", "nothing is told"])
@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_log_of_few_rows_has_an_answer(rows, told):
    wrong = [(0.0, 0.0, 812.9), (1.0, 0.0, 3.0), (5.0, -2.0, 7.0)][:rows]
    found = diagnose(log(wrong), PIZZA, told)
    assert not found.agrees
    assert found.difference is not None


def test_losses_without_a_name_beside_weights_are_no_biases():
    rows, w = np.zeros((30, 3)), -2.5
    for row in rows:
        error = w * PIZZA.x - PIZZA.y
        row[:2] = w, np.mean(error**2)
        w -= 0.001 * 2 * np.mean(error * PIZZA.x)
    given = Given(0.001, False, GradientDescent(), -2.5)
    assert diagnose(log(rows, "wb"), PIZZA, given).agrees
    rows[5:, 1] += 1
    assert not diagnose(log(rows, "wb"), PIZZA, given).agrees
