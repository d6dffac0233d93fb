# ruff: noqa: RUF001  (signs as the explanations show them)
"""Every figure of the explanations, recomputed from the raw data by plain NumPy code."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import METHODS, AdaGrad, Adam, Momentum, RMSProp, StepSearch
from gdviz.core.descent.trajectory import Trajectory
from gdviz.core.explain.explanation import Explainer
from gdviz.core.explain.pieces import Fenced, Fraction, Hat, Radical, Script, Word, exact, figure
from gdviz.core.explain.slopes import Slopes
from gdviz.core.explain.symbols import SYMBOLS
from gdviz.core.explain.tries import tries
from gdviz.core.explain.updates import Parameter, Update
from gdviz.core.tables.dataset import Dataset

SLOPED = [name for name, kind in METHODS.items() if kind.follows_slope]


class Walk:
    """A run with its slopes worked out plainly, and all that its rule remembers at each step."""

    def __init__(self, experiment):
        data, batch_size = experiment.dataset, experiment.batch_size
        x, y = data.x, data.y
        x = (x - x.mean()) / x.std() if experiment.standardise else x
        self.x, self.y, self.line = x, y, [np.zeros(2)]
        self.slopes, self.batches = [], []
        orders, order = np.random.default_rng(experiment.seed), np.empty(0, dtype=int)
        names = "step, " + "".join(f"{name}, " for name in experiment.method.remembered())
        rules = [experiment.method.rule(experiment.learning_rate, gives=names) for _ in "wb"]
        self.memory = [[next(rule)[1:] for rule in rules]]
        while len(self.slopes) < 300:
            if batch_size is None:
                batch = np.arange(len(x))
            else:
                if not len(order):
                    order = orders.permutation(len(x))
                batch, order = order[:batch_size], order[batch_size:]
            w, b = self.line[-1]
            error = w * x[batch] + b - y[batch]
            slope = 2 * np.mean(x[batch] * error), 2 * np.mean(error)
            self.batches.append(batch)
            self.slopes.append(slope)
            given = [rule.send(float(one)) for rule, one in zip(rules, slope, strict=True)]
            self.memory.append([memory for _, *memory in given])
            steps = np.array([step for step, *_ in given]) * (1, experiment.with_bias)
            self.line.append(self.line[-1] + steps)


def text(pieces):
    """Return a formula as it is read from left to right."""
    return "".join(map(one_text, pieces))


def one_text(piece):
    match piece:
        case Word():
            return piece.text
        case Script():
            return text(piece.base) + text(piece.below) + text(piece.above)
        case Hat():
            return piece.base.text
        case Fraction():
            return f"{text(piece.over)}/{text(piece.under)}"
        case Radical() | Fenced():
            return f"({text(piece.inside)})"
    return "Σ"


def words(pieces):
    """Yield every word of a formula."""
    for piece in pieces:
        match piece:
            case Word():
                yield piece
            case Hat():
                yield piece.base
            case Script():
                yield from words((*piece.base, *piece.below, *piece.above))
            case Fraction():
                yield from words((*piece.over, *piece.under))
            case Radical() | Fenced():
                yield from words(piece.inside)
            case _:
                yield from words((*piece.below, *piece.above))


def results(section):
    """Return the figures in which the lines of a section end."""
    return [w.text for line in section.lines for w in words(line.numbers) if w.style == "result"]


def number(shown):
    """Return the number that a figure says."""
    raised = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    return float(shown.translate(raised).replace("×10", "e").replace("\N{MINUS SIGN}", "-"))


def agree(shown, expected):
    """Compare what is shown, to the five digits that it has, with numbers."""
    np.testing.assert_allclose([number(one) for one in shown], expected, rtol=1e-4, atol=1e-8)


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


@pytest.mark.parametrize("name", SLOPED)
@pytest.mark.parametrize("batch_size", [None, 4])
@pytest.mark.parametrize("standardise", [False, True])
def test_what_was_remembered_before_the_step_is_shown(pizza, name, batch_size, standardise):
    method = METHODS[name]()
    experiment = Experiment(
        pizza, 299, method.published_rate, with_bias=True, method=method, batch_size=batch_size,
        seed=1, standardise=standardise,
    )  # fmt: skip
    record, walk, explainer = run(experiment)[0].record, Walk(experiment), Explainer(experiment)
    for k in (0, 1, 2, 17, 150, 299, 3):
        values = explainer.values(record, record[k])
        for letter, memory in zip("wb", walk.memory[k], strict=True):
            old = Update.of(method, Parameter.of(letter, standardise)).old
            assert [values[one] for one in old] == pytest.approx(memory, rel=1e-7, abs=1e-9)


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


@pytest.mark.parametrize("with_bias", [False, True])
def test_step_search_shows_its_tries(pizza, with_bias):
    experiment = Experiment(pizza, 900, 0.03, with_bias=with_bias, method=StepSearch())
    record = run(experiment)[0].record

    @settings(derandomize=True, deadline=None, max_examples=40)
    @given(st.integers(0, len(record) - 1))
    def check(k):
        row = record[k]
        shifts = [(0.03, 0), (-0.03, 0)] + [(0, 0.03), (0, -0.03)] * with_bias
        lines = [(row.weight + dw, row.bias + db) for dw, db in shifts]
        losses = [np.mean((w * pizza.x + b - pizza.y) ** 2) for w, b in lines]
        helping = [i for i, loss in enumerate(losses) if loss < row.loss]
        count = helping[0] + 1 if helping else len(losses)
        tried = tries(experiment, row)
        assert [one.loss for one in tried] == pytest.approx(losses[:count])
        assert [one.helps for one in tried] == [i in helping for i in range(count)]
        section = Explainer(experiment).explain(record, row)[3]
        new = lines[helping[0]] if helping else (row.weight, row.bias)
        agree(results(section), [*losses[:count], *new[: 1 + with_bias]])

    check()


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


@pytest.mark.parametrize("batch_size", [None, 4])
@pytest.mark.parametrize("standardise", [False, True])
def test_shares_add_up_to_the_slope(pizza, batch_size, standardise):
    experiment = Experiment(
        pizza, 40, 0.0005, with_bias=True, batch_size=batch_size, standardise=standardise, seed=2
    )
    record = run(experiment)[0].record
    slopes = Slopes(experiment)
    walk = Walk(experiment)
    for k in (0, 5, 39, 12):
        shares = slopes.shares(record[k])
        assert (shares.w.sum(), shares.b.sum()) == pytest.approx(walk.slopes[k])
        assert np.flatnonzero(shares.b).tolist() == sorted(walk.batches[k].tolist())
        line = record[k].weight * pizza.x + record[k].bias
        assert shares.prediction == pytest.approx(line)
        assert shares.error == pytest.approx(line - pizza.y)


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


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"), (1063.1234, "1063.1"), (-0.0012345678, "−0.0012346"),
        (1.23456e20, "1.2346×10²⁰"), (-4.2e-9, "−4.2000×10⁻⁹"), (12345.4, "12345"),
        (math.inf, "∞"), (-math.inf, "−∞"), (math.nan, "?"),
    ],
)  # fmt: skip
def test_figures_have_five_digits(value, shown):
    assert figure(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0005, "0.0005"), (13.0, "13"), (-3.0, "−3"), (1e-10, "1×10⁻¹⁰"), (1 / 3, "0.333333")],
)
def test_settings_are_shown_as_they_were_chosen(value, shown):
    assert exact(value) == shown


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
