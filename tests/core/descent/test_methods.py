"""Every method goes where PyTorch's goes; step search where the earlier lesson goes."""

import dataclasses
import json
import math
from pathlib import Path

import numpy as np
import pytest

from gdviz.core.descent import textbook
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Ending, Experiment, run
from gdviz.core.descent.methods import METHODS, GradientDescent, Momentum, Nesterov, StepSearch
from gdviz.core.tables.dataset import Dataset

ORACLE = json.loads((Path(__file__).parent / "pytorch.json").read_text())
RUNS = ORACLE["runs"]


def run_id(run):
    known = [f"{name}={value:g}" for name, value in run["hyperparameters"].items()]
    return "-".join((run["data"], run["method"], *known, "bias" if run["with_bias"] else "weight"))


def method_of(run):
    return METHODS[run["method"]](**run["hyperparameters"])


@pytest.mark.parametrize("expected", RUNS, ids=map(run_id, RUNS))
def test_1000_iterations_are_those_of_pytorch(expected):
    dataset = Dataset(*ORACLE["data"][expected["data"]])
    experiment = Experiment(
        dataset, 1000, expected["learning_rate"], with_bias=expected["with_bias"],
        method=method_of(expected),
    )  # fmt: skip
    record = run(experiment)[0].record
    assert expected["rows"][-1][0] == record.newest == 1000
    for iteration, weight, bias, loss in expected["rows"]:
        row = record.at(iteration)
        assert row.iteration == iteration
        assert row.weight == pytest.approx(weight, rel=1e-9)
        assert row.bias == pytest.approx(bias, rel=1e-9)
        assert row.loss == pytest.approx(loss, rel=1e-9)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_that_pytorch_has_is_compared_with_it(name):
    """With its default hyperparameters and, if it has any, with others, on all the data."""
    kind, runs = METHODS[name], [run for run in RUNS if run["method"] == name]
    if not runs:
        pytest.skip(f"pytorch.json has no run of {name}")
    with_defaults = [run for run in runs if method_of(run) == kind()]
    cases = {(data, with_bias) for data in ORACLE["data"] for with_bias in (False, True)}
    assert len(ORACLE["data"]) == 3
    assert {(run["data"], run["with_bias"]) for run in with_defaults} == cases
    assert (len(runs) > len(with_defaults)) is bool(dataclasses.fields(kind))


def test_the_oracle_has_the_rows_of_pizza(pizza):
    assert ORACLE["data"]["pizza"] == [pizza.x.tolist(), pizza.y.tolist()]


# In the signatures of PyTorch 2.13.0; of momentum, which is 0 there, what is customary.
DEFAULTS = {
    "momentum": {"momentum": 0.9},
    "nesterov": {"momentum": 0.9},
    "adagrad": {"epsilon": 1e-10},
    "rmsprop": {"alpha": 0.99, "epsilon": 1e-8},
    "adam": {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
}


@pytest.mark.parametrize("name", DEFAULTS)
def test_the_default_hyperparameters_are_those_of_pytorch(name):
    assert dataclasses.asdict(METHODS[name]()) == DEFAULTS[name]


@pytest.mark.parametrize("method", [Momentum(0.0), Nesterov(0.0)])
def test_without_momentum_it_is_plain_descent(pizza, method):
    plain = run(Experiment(pizza, 300, with_bias=True))[0].record.rows
    rows = run(Experiment(pizza, 300, with_bias=True, method=method))[0].record.rows
    np.testing.assert_allclose(rows, plain, rtol=1e-11)


def earlier_lesson(x, y, iterations, lr, with_bias):
    """Return the path of the earlier lesson's `train`."""
    w = b = 0.0
    path = [(w, b)]
    for _ in range(iterations):
        tries = [(w + lr, b), (w - lr, b)]
        tries += [(w, b + lr), (w, b - lr)] if with_bias else []
        here = textbook.loss(x, y, w, b)
        better = [line for line in tries if textbook.loss(x, y, *line) < here]
        if not better:
            break
        w, b = better[0]
        path.append((w, b))
    return np.array(path)


@pytest.mark.parametrize(
    ("with_bias", "result"), [(False, (1.84, 0)), (True, (1.1, 12.93))], ids=["weight", "bias"]
)
def test_step_search_takes_the_steps_of_the_earlier_lesson(pizza, with_bias, result):
    expected = earlier_lesson(pizza.x, pizza.y, 3000, 0.01, with_bias)
    experiment = Experiment(pizza, 3000, 0.01, with_bias=with_bias, method=StepSearch())
    trajectory, outcome = run(experiment)
    np.testing.assert_array_equal(trajectory.record.rows[:, :2], expected)
    assert outcome.ending is Ending.SETTLED
    assert outcome.iteration == len(expected) - 1
    assert trajectory.record.last[1:3] == pytest.approx(result)
    assert (trajectory.record.last.weight_step, trajectory.record.last.bias_step) == (0, 0)
    if with_bias:
        assert outcome.iteration == 1551


def test_step_search_that_runs_out_of_iterations_has_reached_them(pizza):
    outcome = run(Experiment(pizza, 10, 0.01, method=StepSearch()))[1]
    assert (outcome.ending, outcome.iteration) == (Ending.REACHED, 10)


@pytest.mark.parametrize("method", [GradientDescent(), Momentum(), Momentum(0.5), Nesterov()])
@pytest.mark.parametrize("with_bias", [False, True])
def test_below_its_limit_a_method_converges_and_above_it_diverges(pizza, method, with_bias):
    experiment = Experiment(pizza, 40_000, with_bias=with_bias, method=method)
    limit = experiment.learning_rate_limit
    below, above = (
        dataclasses.replace(experiment, learning_rate=share * limit) for share in (0.99, 1.01)
    )
    last = run(below)[0].record.last
    assert last.loss == pytest.approx(below.bowl.minimum, rel=1e-9)
    record = run(above)[0].record
    assert record.last.loss > 10 * record[0].loss


@pytest.mark.parametrize("kind", METHODS.values())
def test_flat_ground_sets_no_limit_and_only_methods_of_fixed_factors_have_one(kind):
    assert kind().limit(0.0) == math.inf
    assert (kind().limit(1.0) < math.inf) is (kind in (GradientDescent, Momentum, Nesterov))


def test_without_momentum_all_three_have_the_same_limit():
    assert Momentum(0.0).limit(3.0) == Nesterov(0.0).limit(3.0) == GradientDescent().limit(3.0)


@pytest.mark.parametrize("name", METHODS)
def test_every_method_comes_nearer_to_the_optimum(pizza, name):
    kind = METHODS[name]
    record = run(Experiment(pizza, 300, kind.published_rate, method=kind()))[0].record
    assert record.last.loss < record[0].loss
    assert kind.label
    assert kind.__doc__


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("batch_size", [None, 4])
@pytest.mark.parametrize(
    ("with_bias", "standardise"), [(False, False), (True, False), (True, True)]
)
def test_the_step_of_a_row_leads_to_the_next_row(pizza, name, batch_size, with_bias, standardise):
    kind = METHODS[name]
    if batch_size and not kind.takes_batches:
        return
    experiment = Experiment(
        pizza, 300, kind.published_rate, with_bias=with_bias, start=Point(0.5, 2.0),
        method=kind(), batch_size=batch_size, standardise=standardise,
    )  # fmt: skip
    rows = run(experiment)[0].record.rows
    assert rows[0, :2] == pytest.approx([0.5, 2.0], rel=1e-14)
    np.testing.assert_allclose(
        rows[:-1, :2] + rows[:-1, 5:7], rows[1:, :2], rtol=1e-14, atol=1e-14 * standardise
    )


HYPERPARAMETERS = [(kind, f) for kind in METHODS.values() for f in dataclasses.fields(kind)]


@pytest.mark.parametrize(("kind", "field"), HYPERPARAMETERS)
def test_a_hyperparameter_out_of_its_range_is_refused_with_a_sentence(kind, field):
    low, high = field.metadata["low"], field.metadata["high"]
    assert getattr(kind(), field.name) == field.default
    assert getattr(kind(**{field.name: low}), field.name) == low
    for bad in (high, low - 1, math.nan, math.inf):
        with pytest.raises(ValueError, match=f"^{field.name} must be at least .* less than "):
            kind(**{field.name: bad})
