"""Apart: a process of its own gives what one pass here gives, and ends with who asked."""

import subprocess

import numpy as np
import pytest

from gdviz.core.big.apart import summed_apart
from gdviz.core.big.sources import sources_of
from gdviz.core.big.streaming import streamed
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.table import DataFileError


@pytest.fixture
def folder(tmp_path):
    values = np.random.default_rng(5).normal(size=(2, 4000, 3))
    for number, rows in enumerate(values):
        np.savetxt(
            tmp_path / f"part-{number}.csv", rows, delimiter=";", header="a;b;c", comments=""
        )
    return tmp_path


def test_a_process_sums_up_what_one_pass_does(folder):
    told, shown = [], []
    here = streamed(sources_of(folder), x="c", y="a")
    apart = summed_apart(
        folder, x="c", y="a", progress=lambda *far: told.append(far), shown=shown.append
    )
    assert apart.summary.bowl == here.summary.bowl
    assert apart.summary.rows == 8000
    assert np.array_equal(apart.summary.sample.x, here.summary.sample.x)
    assert (apart.title, apart.written.x_name) == ("part-0.csv and 1 more file", "c")
    assert told[-1] >= told[0] == (0, 0)
    assert [each.summary.rows for each in shown][-1] <= 8000


@pytest.mark.parametrize(
    ("name", "choices", "x", "says"),
    [
        ("part-0.csv", {}, "z", "no column “z”"),
        ("part-7.csv", {}, None, "doesn't exist"),
        ("part-x*.csv", {}, None, "has no file that fits it"),
        ("part-0.csv", {"delimiter": "|"}, None, "part-0.csv"),
    ],
)
def test_what_is_wrong_comes_back_as_a_sentence(folder, name, choices, x, says):
    with pytest.raises(DataFileError, match=says.replace("*", ".")):
        summed_apart(folder / name, choices=Choices(**choices), x=x)


def test_whoever_raises_meanwhile_ends_the_process(folder, monkeypatch):
    started = []
    monkeypatch.setattr(
        subprocess, "Popen", lambda *a, _open=subprocess.Popen, **k: started.append(_open(*a, **k))
        or started[-1],
    )  # fmt: skip

    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        summed_apart(folder, progress=stop)
    assert [process.returncode for process in started] == [-9]
