# ruff: noqa: RUF001  (signs as the explanations show them)
"""Every figure of the explanations, recomputed from the raw data by plain NumPy code."""

import re

import numpy as np
import pytest
from explained import Walk, agree, results, text, words
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import METHODS, AdaGrad, Adam, Momentum, RMSProp
from gdviz.core.descent.trajectory import Trajectory
from gdviz.core.explain.explanation import Explainer
from gdviz.core.explain.pieces import figure
from gdviz.core.explain.symbols import SYMBOLS
from gdviz.core.explain.updates import Parameter, Update
from gdviz.core.tables.dataset import Dataset

SLOPED = [name for name, kind in METHODS.items() if kind.follows_slope]


CASES = [
    (name, with_bias, batch_size, standardise)
    for name in METHODS
    for with_bias in (False, True)
    for batch_size in (None, 7)
    for standardise in (False, True)
    if (with_bias or not standardise) and (METHODS[name].takes_batches or batch_size is None)
]


@pytest.mark.parametrize(
    ("name", "with_bias", "batch_size", "standardise"),
    [case for case in CASES if case[0] in SLOPED],
)
def test_every_figure_is_recomputed_from_the_raw_data(
    pizza, name, with_bias, batch_size, standardise
):
    method = METHODS[name]()
    experiment = Experiment(
        pizza, 299, method.published_rate, with_bias=with_bias, method=method,
        batch_size=batch_size, seed=5, standardise=standardise,
    )  # fmt: skip
    record, walk = run(experiment)[0].record, Walk(experiment)
    explainer = Explainer(experiment)

    @settings(derandomize=True, deadline=None, max_examples=25)
    @given(st.integers(0, 299))
    def check(k):
        sections = explainer.explain(record, record[k])
        check_line(sections[0], walk, k, standardise)
        line = walk.line[k]
        agree(results(sections[1]), [np.mean((line[0] * walk.x + line[1] - walk.y) ** 2)])
        parameters = 1 + with_bias
        agree(results(sections[2]), walk.slopes[k][:parameters])
        check_step(method, sections[3], walk, k, parameters)
        if standardise:
            mean, sd = pizza.x.mean(), pizza.x.std()
            w = walk.line[k + 1][0] / sd
            agree(results(sections[4]), [w, walk.line[k + 1][1] - w * mean])

    check()


def check_line(section, walk, k, standardise):
    """The example is the first row that the step looks at."""
    example = walk.batches[k][0]
    prediction = walk.line[k][0] * walk.x[example] + walk.line[k][1]
    expected = [prediction, prediction - walk.y[example]]
    agree(results(section), [walk.x[example]] * standardise + expected)
    assert text(section.lines[-1].numbers).startswith(f"e{example + 1} = ")


def check_step(method, section, walk, k, parameters):
    """What is remembered, and the new value; what lies between follows from these."""
    shown = iter(results(section))
    for p, letter in zip(range(parameters), "wb", strict=False):
        update = Update.of(method, Parameter.of(letter))
        known = dict(zip(method.remembered(), walk.memory[k + 1][p], strict=True))
        known[update.parameter.new.key] = walk.line[k + 1][p]
        for equation, result in zip(update.equations, shown, strict=False):
            if equation.left.key in known:
                agree([result], [known.pop(equation.left.key)])
        assert not known


@pytest.mark.parametrize(("name", "with_bias", "batch_size", "standardise"), CASES)
def test_both_sides_of_every_equation_are_equal(pizza, name, with_bias, batch_size, standardise):
    experiment = Experiment(
        pizza, 60, METHODS[name].published_rate, with_bias=with_bias, method=METHODS[name](),
        batch_size=batch_size, standardise=standardise,
    )  # fmt: skip
    record = run(experiment)[0].record
    explainer = Explainer(experiment)
    for k in range(0, len(record), 7):
        values = explainer.values(record, record[k])
        for equation in explainer.equations():
            left, right = values[equation.left], equation.right.value(values)
            assert left == pytest.approx(right, rel=1e-9, abs=1e-9), equation


@pytest.mark.parametrize(
    ("with_bias", "standardise"), [(False, False), (True, False), (True, True)]
)
def test_the_new_weight_is_the_next_rows(pizza, with_bias, standardise):
    experiment = Experiment(pizza, 50, 0.001, with_bias=with_bias, standardise=standardise)
    record = run(experiment)[0].record
    for k in (0, 20, 49):
        section = Explainer(experiment).explain(record, record[k])[-1]
        assert results(section)[0] == figure(record[k + 1].weight)


def test_a_fixed_bias_is_part_of_the_prediction(pizza):
    experiment = Experiment(pizza, 5, 0.0005, start=Point(1.0, 4.0))
    record = run(experiment)[0].record
    section = Explainer(experiment).explain(record, record[0], example=2)[0]
    assert results(section)[0] == figure(pizza.x[2] + 4)
    assert "+ 4" in text(section.lines[0].numbers)


@pytest.mark.parametrize("name", METHODS)
def test_every_symbol_and_hyperparameter_is_named(pizza, name):
    method = METHODS[name]()
    for batch_size in (None, 5):
        if batch_size and not method.takes_batches:
            continue
        for standardise in (False, True):
            experiment = Experiment(
                pizza, 5, with_bias=True, method=method, batch_size=batch_size,
                standardise=standardise,
            )  # fmt: skip
            record = run(experiment)[0].record
            sections = Explainer(experiment).explain(record, record[3])
            used = {w.symbol for s in sections for li in s.lines for w in words(sum(li, ()))}
            assert used - {""} <= set(SYMBOLS)
            greek = {w.text for s in sections for li in s.lines for w in words(li.formula)}
            said = " ".join(s.words for s in sections)
            for letter in greek & set("ηβαεμ"):
                assert letter in said, letter


def test_a_thinned_record_says_what_is_not_known(pizza):
    experiment = Experiment(pizza, 100, 0.0002, method=Momentum())
    thin = Trajectory(max_rows=32)
    thin.append(run(experiment)[0].record.rows)
    assert thin.record.stride > 1
    section = Explainer(experiment).explain(thin.record, thin.record[5])[3]
    assert "?" in text(section.lines[0].numbers)
    assert "not known" in section.words
    # The new weight is known all the same.
    row = thin.record[5]
    assert results(section)[-1] == figure(row.weight + row.weight_step)


def test_going_back_and_forth_changes_nothing(pizza):
    experiment = Experiment(pizza, 400, 0.05, method=RMSProp(), batch_size=3, with_bias=True)
    record = run(experiment)[0].record
    one = Explainer(experiment)
    for k in (390, 3, 388, 0, 7, 200):
        assert one.explain(record, record[k]) == Explainer(experiment).explain(record, record[k])


@pytest.mark.parametrize("method", [AdaGrad(), Adam(), RMSProp()])
def test_a_slope_of_nothing_is_no_division_by_nothing(method):
    level = Dataset([0.0, 0.0], [1.0, 2.0])
    experiment = Experiment(level, 5, 0.1, method=method)
    record = run(experiment)[0].record
    section = Explainer(experiment).explain(record, record[3])[3]
    assert results(section)[-1] == "0"


def test_a_divergent_run_is_explained_to_its_last_row(pizza):
    experiment = Experiment(pizza, 10_000, 1.0, with_bias=True)
    record = run(experiment)[0].record
    sections = Explainer(experiment).explain(record, record[-1])
    assert re.search("×10[¹²]", "".join(results(sections[3])))


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("rate", [1e-300, 10.0, 1e150])
@pytest.mark.parametrize("batch_size", [None, 4])
def test_any_run_is_explained_however_it_goes(pizza, name, rate, batch_size):
    method = METHODS[name]()
    size = batch_size if method.takes_batches else None
    for standardise in (False, True):
        experiment = Experiment(
            pizza, 30, rate, with_bias=True, method=method, batch_size=size,
            standardise=standardise,
        )  # fmt: skip
        record = run(experiment)[0].record
        explainer = Explainer(experiment)
        for k in range(len(record)):
            sections = explainer.explain(record, record[k])
            assert len(results(sections[3])) >= 2
            assert "nan" not in "".join(results(sections[3]))
            explainer.slopes.shares(record[k])


def test_dates_are_said_where_a_row_is_worked_out(dated):
    experiment = Experiment(dated, 10, 0.0001)
    record = run(experiment)[0].record
    section = Explainer(experiment).explain(record, record[1], 3)[0]
    assert section.words.endswith(
        "Here x counts days since 2024-01-01: in this row 31 (2024-02-01)."
    )
