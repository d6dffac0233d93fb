"""What data/README.md says of the tables that come with gdviz is what gdviz measures."""

import pytest

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import Momentum
from gdviz.core.descent.rates import first_rate, zones
from gdviz.core.tables.editing import removed
from gdviz.core.tables.reading import read_table
from gdviz.resources import resource

README = resource("data", "README.md").read_text(encoding="utf-8")


def rows(columns):
    """Return the cells of the tables with so many columns, by the file of each row."""
    lines = [line.strip("|").split("|") for line in README.splitlines() if line.startswith("|")]
    return {
        cells[0].strip(): [cell.strip() for cell in cells[1:]]
        for cells in lines if len(cells) == columns and "." in cells[0]
    }  # fmt: skip


OVERVIEW, WITH_WEIGHT, WITH_BIAS = rows(4), rows(6), rows(7)


def number(said):
    return float(said.replace(",", "").replace("−", "-"))  # noqa: RUF001


def dataset_of(name):
    return read_table(resource("data", name)).dataset()[0]


def test_every_table_is_described():
    files = {path.name for path in resource("data").iterdir()} - {"README.md"}
    assert files == set(OVERVIEW) == set(WITH_WEIGHT) == set(WITH_BIAS)


@pytest.mark.parametrize("name", OVERVIEW)
def test_all_rows_are_read_with_the_names_of_their_columns(name):
    dataset, left_out = read_table(resource("data", name)).dataset()
    assert len(dataset) == int(OVERVIEW[name][0])
    assert not left_out
    assert {dataset.x_name, dataset.y_name}.isdisjoint({"x", "y", "column 1", "column 2"})


@pytest.mark.parametrize("name", WITH_WEIGHT)
def test_the_numbers_of_the_weight_alone(name):
    experiment = Experiment(dataset_of(name))
    along = experiment.dataset.quadratic
    measured = (
        along.optimum, along.minimum, along.curvature, experiment.learning_rate_limit,
        first_rate(experiment).rate,
    )  # fmt: skip
    *said, opens = WITH_WEIGHT[name]
    assert [*map(number, said)] == pytest.approx(measured[:4], rel=2e-3)
    assert float(opens.split(",")[0].split(":")[0]) == measured[4]


@pytest.mark.parametrize("name", WITH_BIAS)
def test_the_numbers_with_the_bias(name):
    experiment = Experiment(dataset_of(name), with_bias=True)
    bowl, known = experiment.bowl, zones(experiment)
    measured = (
        *bowl.optimum, bowl.minimum, bowl.condition, experiment.learning_rate_limit, known.best,
    )  # fmt: skip
    assert [*map(number, WITH_BIAS[name])] == pytest.approx(measured, rel=2e-3)


@pytest.mark.parametrize(("momentum", "above"), [(None, 0.162), (0.3, 0.013)])
def test_momentum_calms_the_zigzag_on_the_ice(momentum, above):
    assert f"{above}" in README
    experiment = Experiment(
        dataset_of("ice.csv"), 30, 0.05, with_bias=True,
        **({"method": Momentum(momentum)} if momentum else {}),
    )  # fmt: skip
    record = run(experiment)[0].record
    assert record[-1].loss - experiment.bowl.minimum == pytest.approx(above, abs=5e-4)
    beside = record.weight[:8] - experiment.bowl.optimum.weight
    crosses = beside[1:] * beside[:-1] < 0
    assert bool(crosses.all()) is (momentum is None)


def test_without_the_flat_tyre_the_line_is_another():
    whole = dataset_of("way-to-school.csv")
    flat_tyre = int(whole.y.argmax())
    bowl = removed(whole, [flat_tyre]).bowl
    assert (*bowl.optimum, bowl.minimum) == pytest.approx((3.93, 2.21, 1.95), rel=5e-3)
    errors = whole.bowl.optimum.weight * whole.x + whole.bowl.optimum.bias - whole.y
    assert errors[flat_tyre] ** 2 > (errors**2).sum() / 2


def test_fever_creeps_along_the_bias_and_not_once_x_is_standardised():
    dataset = dataset_of("fever.csv")
    creeping = run(Experiment(dataset, 100_000, 0.0001, with_bias=True))[0].record[-1]
    assert creeping.bias == pytest.approx(-3.8, abs=0.05)
    there = run(Experiment(dataset, 30, 0.2, with_bias=True, standardise=True))[0].record[-1]
    assert there.bias == pytest.approx(dataset.bowl.optimum.bias, rel=1e-5)


@pytest.mark.parametrize(
    ("rate", "weights"),
    [(0.02, [0, 4, 0, 4]), (0.021, [0, 4.2, -0.42, 4.662]), (0.01, [0, 2, 2, 2])],
)
def test_the_limit_of_four_evenings_is_found_by_hand(rate, weights):
    record = run(Experiment(dataset_of("four-evenings.txt"), 3, rate))[0].record
    assert record.weight == pytest.approx(weights)
