"""Whatever is written replaces a file, or stands where nothing was: nothing else, and never half."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support import PIZZA

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.run import Run
from gdviz.core.tables.writing import dataset_text, trajectory_lines
from gdviz.core.words.comparison import RunSummary, comparison_text
from gdviz.core.words.program import program
from gdviz.ui.features.export.pictures import export_picture
from gdviz.ui.widgets.saving import SavingError, save_text

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")


def run_of(window):
    runs = window.session.runs
    return Run(runs.experiment, runs.record, runs.current.outcome)


def write_table(window, path):
    save_text([*dataset_text(run_of(window).experiment.dataset, path.suffix)], path)


def write_runs(window, path):
    save_text([comparison_text([RunSummary.of(run_of(window), 30)], 30)], path)


def write_trajectory(window, path):
    run = run_of(window)
    save_text(trajectory_lines(run.experiment, run.record), path)


def write_program(window, path):
    made = program(run_of(window).experiment)
    save_text([made.notebook if path.suffix == ".ipynb" else made.text], path)


def write_picture(window, path):
    export_picture(window.figure.data_fit, path)


WRITERS = {
    "table.csv": write_table, "table.txt": write_table, "runs.csv": write_runs,
    "trajectory.csv": write_trajectory, "descent.py": write_program, "descent.ipynb": write_program,
    "figure.png": write_picture, "figure.svg": write_picture, "figure.pdf": write_picture,
}  # fmt: skip
every_kind = pytest.mark.parametrize(("name", "write"), WRITERS.items(), ids=WRITERS)


def make_folder(path):
    path.mkdir()


def make_link_to_a_pipe(path):
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def make_loop(path):
    path.symlink_to("loop")
    path.with_name("loop").symlink_to(path)


@every_kind
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (os.mkfifo, "is a named pipe"),
        (make_link_to_a_pipe, "is a named pipe"),
        (make_folder, "is a folder"),
        (make_loop, "is a link that leads back to itself"),
    ],
)
def test_what_is_no_file_is_not_replaced(window, tmp_path, name, write, make, says):
    path = tmp_path / name
    make(path)
    before = [(each.name, each.lstat().st_mode, each.lstat().st_ino) for each in tmp_path.iterdir()]
    with pytest.raises(SavingError, match=rf"{name} .*{says}"):
        write(window, path)
    after = [(each.name, each.lstat().st_mode, each.lstat().st_ino) for each in tmp_path.iterdir()]
    assert sorted(after) == sorted(before)


@every_kind
def test_a_link_to_a_file_stays_one_and_the_file_is_replaced(window, tmp_path, name, write):
    path, real = tmp_path / name, tmp_path / "elsewhere" / name
    real.parent.mkdir()
    real.write_text("old")
    path.symlink_to(real)
    write(window, path)
    assert path.is_symlink()
    assert real.read_bytes()[:3] != b"old"


@every_kind
@pytest.mark.parametrize("odd", ["\udcff", "\0", "x" * 300])
def test_no_name_of_a_file_is_refused_by_name(window, tmp_path, name, write, odd):
    with pytest.raises(SavingError, match=r"can't be written: .*name"):
        write(window, tmp_path / f"{odd}{name}")
    assert not list(tmp_path.iterdir())
