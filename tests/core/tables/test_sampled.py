"""A data set that is a sample of rows that were summed up: all sums are those of all rows."""

import numpy as np
import pytest

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import Adam
from gdviz.core.summary.summary import Summary
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.editing import added, recounted


@pytest.fixture(scope="module")
def rows():
    generator = np.random.default_rng(1)
    x = generator.normal(300, 4, 60_000)
    return x, 2 * x - 7 + generator.normal(0, 3, len(x))


@pytest.fixture(scope="module")
def in_memory(rows):
    return Dataset(*rows)


@pytest.fixture(scope="module")
def sampled(rows):
    whole = Summary.of(*rows)
    return Dataset(whole.sample.x, whole.sample.y, whole=whole)


def numbers(bowl):
    return [*bowl.optimum, bowl.minimum, bowl.sd_x, bowl.mean_x, bowl.unit]


def test_it_holds_a_sample_and_counts_all(sampled, in_memory):
    assert (len(sampled), sampled.n_rows) == (10_000, 60_000)
    assert len(in_memory) == in_memory.n_rows == 60_000
    assert np.isin(sampled.x, in_memory.x).all()
    assert sampled.x_range == in_memory.x_range
    assert sampled.y_range == in_memory.y_range


@pytest.mark.parametrize("bias", [0.0, -7.0, 1e4])
def test_the_loss_is_that_of_all_rows(sampled, in_memory, bias):
    pairs = [
        (sampled.bowl, in_memory.bowl),
        (sampled.bowl_at(bias), in_memory.bowl_at(bias)),
        (sampled.standardised_bowl, in_memory.standardised_bowl),
    ]
    for one, other in pairs:
        assert numbers(one) == pytest.approx(numbers(other), rel=1e-11, abs=1e-11)


@pytest.mark.parametrize(
    "settings",
    [
        {"with_bias": True, "learning_rate": 5e-6, "start": Point(1.0, 3.0)},
        {"learning_rate": 5e-6}, {"learning_rate": 0.1, "method": Adam()},
        {"with_bias": True, "learning_rate": 0.4, "standardise": True},
    ],
)  # fmt: skip
def test_a_run_is_that_of_all_rows(sampled, in_memory, settings):
    (one, _), (other, _) = (run(Experiment(data, 50, **settings)) for data in (sampled, in_memory))
    assert one.record.rows == pytest.approx(other.record.rows, rel=1e-9, abs=1e-9)


def test_batches_are_drawn_from_the_sample(sampled):
    trajectory, _ = run(Experiment(sampled, 40, 1e-6, with_bias=True, batch_size=100))
    row = trajectory.record.at(39)
    assert row.loss == sampled.bowl.loss(row.weight, row.bias)
    assert row.weight_slope != row.weight_gradient


def test_a_changed_sample_is_all_there_is_of_it(sampled):
    changed = added(sampled, 1.0, 2.0)
    assert changed.whole is None
    assert changed.n_rows == 10_001
    assert recounted(sampled, None) is sampled
