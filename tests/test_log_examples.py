"""The examples that write a log run as they stand, and gdviz reads it as the run that it was."""

import numpy as np
import pytest
from test_examples import EXAMPLES, printed_by

from gdviz.core.check.importing import run_of
from gdviz.core.check.logs.reading import read_sheet
from gdviz.core.descent.descent import Experiment, run


def logged_by(name, folder, dataset):
    """Run a script, read what it prints, and return the run and what is said of it."""
    lines = printed_by(name, folder)
    log = read_sheet("\n".join(lines)).log()
    return run_of(log, dataset, name)


def test_a_plain_loop(tmp_path, pizza):
    experiment, remark = logged_by("log_numpy.py", tmp_path, pizza)
    right = run(Experiment(pizza, 99, with_bias=True))[0].record
    record, _ = experiment.method.past(experiment)
    np.testing.assert_allclose(record.rows[:, :3], right.rows[:, :3], atol=1e-6)
    assert (remark, experiment.method.told) == ("", "as printed in log_numpy.py")


def test_pytorch(tmp_path, pizza):
    pytest.importorskip("torch")
    experiment, remark = logged_by("log_pytorch.py", tmp_path, pizza)
    record, _ = experiment.method.past(experiment)
    assert (remark, record.newest) == ("", 99)
    assert record.loss[0] > 5 * record.loss[-1] > 5 * pizza.bowl.minimum


def test_scikit_learn(tmp_path, pizza):
    pytest.importorskip("sklearn")
    experiment, remark = logged_by("log_scikit_learn.py", tmp_path, pizza)
    record, _ = experiment.method.past(experiment)
    assert remark == ""
    assert [record[index].iteration for index in range(3)] == [1, 6, 11]
    assert experiment.method.told == "as printed in log_scikit_learn.py, 40 of 197 iterations"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("log_*.py")), ids=lambda path: path.stem)
def test_the_loop_of_an_example_is_short(path):
    loop = path.read_text().partition("\nfor ")[2]
    assert len(loop.splitlines()) <= 7
