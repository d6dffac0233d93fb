"""An archive is what NumPy reads, comes in pieces, and is the same for the same arrays."""

import io
import json
import zipfile

import numpy as np
import pytest

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import Momentum
from gdviz.core.descent.settings import values
from gdviz.core.descent.trajectory import Trajectory
from gdviz.core.tables.archive import Archive
from gdviz.core.tables.writing import trajectory_archive


def written(archive):
    pieces = list(archive)
    assert len(pieces) == len(archive)
    return b"".join(pieces)


def opened(archive):
    return np.load(io.BytesIO(written(archive)), allow_pickle=False)


@pytest.mark.parametrize(
    "array",
    [np.arange(5), np.zeros((0,)), np.linspace(0, 1, 300_000), np.array("text: é"), np.eye(3).T],
    ids=["whole", "empty", "long", "text", "table"],
)
def test_arrays_come_back(array):
    archive = Archive(("a", "b"), lambda: {"a": array, "b": np.ones(2)})
    again = opened(archive)
    assert again.files == ["a", "b"]
    np.testing.assert_array_equal(again["a"], array)
    assert again["a"].dtype == array.dtype


def test_it_is_whole_to_a_program_that_knows_nothing_of_numpy():
    content = written(Archive(("a",), lambda: {"a": np.arange(3)}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.npy"]


def about():
    return "{}"


@pytest.mark.parametrize("with_bias", [False, True])
def test_a_trajectory_has_its_columns_and_settings(pizza, with_bias):
    experiment = Experiment(pizza, 30, with_bias=with_bias, method=Momentum(0.5))
    record = run(experiment)[0].record
    again = opened(trajectory_archive(experiment, record, about))
    assert again["iteration"].tolist() == list(range(31))
    names = "weight", "bias", "loss", "weight_gradient", "bias_gradient"
    for index, name in enumerate(names):
        assert again[name].tobytes() == record.rows[:, index].tobytes()
    assert json.loads(again["settings"].item()) == values(experiment)
    assert json.loads(again["about"].item()) == {}
    assert set(again.files) == {"about", "iteration", "settings", *names}


def test_a_long_run_has_its_newest_row_as_well(pizza):
    experiment, trajectory = Experiment(pizza, 7), Trajectory(max_rows=4)
    trajectory.append(run(experiment)[0].record.rows)
    again = opened(trajectory_archive(experiment, trajectory.record, about))
    assert again["iteration"].tolist() == [0, 2, 4, 6, 7]
    assert again["weight"][-1] == trajectory.record.last.weight


def test_the_same_run_gives_the_same_bytes(pizza):
    experiment = Experiment(pizza)
    once, twice = (
        written(trajectory_archive(experiment, run(experiment)[0].record, about)) for _ in "12"
    )
    assert once == twice
