"""A section is the loss along one parameter, wherever a run is."""

import numpy as np
import pytest

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.geometry.section import Section
from gdviz.core.tables.dataset import Dataset

DATA = Dataset([1.0, 2.0, 4.0], [1.0, 3.0, 2.0])
VALUES = np.linspace(-3, 3, 7)


def loss(weight, bias):
    return np.mean((np.multiply.outer(weight, DATA.x) + np.add.outer(bias, 0 * DATA.x) - DATA.y)**2,
                   axis=-1)  # fmt: skip


def row_at(weight, bias):
    return Row(0, weight, bias, float(loss(weight, bias)), 1.0, 2.0, 3.0, 4.0)


@pytest.mark.parametrize("start", [Point(0, 0), Point(1, 2)])
def test_without_a_bias_it_goes_through_the_start(start):
    section = Section(Experiment(DATA, start=start), "weight")
    curve = section.at(row_at(0.5, start.bias))
    assert curve.loss(VALUES) == pytest.approx(loss(VALUES, np.full(7, start.bias)))


def test_with_a_bias_it_goes_through_where_the_run_is():
    experiment = Experiment(DATA, with_bias=True)
    weight, bias = (Section(experiment, name) for name in ("weight", "bias"))
    row = row_at(0.5, -1.5)
    assert weight.at(row).loss(VALUES) == pytest.approx(loss(VALUES, np.full(7, -1.5)))
    assert bias.at(row).loss(VALUES) == pytest.approx(loss(np.full(7, 0.5), VALUES))
    assert bias.natural.loss(VALUES) == pytest.approx(loss(np.zeros(7), VALUES))
    assert weight.motion(row) == (0.5, row.weight_gradient, row.weight_step)
    assert bias.motion(row) == (-1.5, row.bias_gradient, row.bias_step)


@pytest.mark.parametrize("name", ["weight", "bias"])
def test_each_place_of_a_run_has_the_best_value_of_its_slice(name):
    rows = np.array([row_at(0.5, -1.5)[1:8], row_at(0.7, 1.0)[1:8]])
    section, record = Section(Experiment(DATA, with_bias=True), name), Record(rows, 1, None)
    values, best, losses = section.near(record)
    assert values.tolist() == section.values(record).tolist()
    assert losses.tolist() == rows[:, 2].tolist()
    optima = [section.at(record[index]).optimum for index in range(2)]
    assert best == pytest.approx(np.array(optima))
