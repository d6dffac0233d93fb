"""Every kind of file that gdviz writes, and disks that make it hard; also run as a program.

``python writers.py FAULT FOLDER`` writes each kind into a folder under a fault, and prints for each
what was said. What happened to the files is for the caller to see.
"""

import itertools
import os
import signal
import subprocess
import sys
import time
from contextlib import redirect_stdout
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from projects import LEAST
from PySide6.QtWidgets import QApplication
from support import PIZZA

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.core.descent.settings import values
from gdviz.core.descent.timing import Timing
from gdviz.core.format import Format
from gdviz.core.projects.writing import project_text
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.writing import dataset_text
from gdviz.core.words.comparison import COMPARISONS, RunSummary
from gdviz.core.words.program import program
from gdviz.ui.features.export.headless import export
from gdviz.ui.features.export.video import can_encode
from gdviz.ui.widgets.saving import SavingError, save_text

NOBODY = 65534


@cache
def a_run():
    experiment = Experiment(read_table(PIZZA).dataset()[0], iterations=300)
    trajectory, outcome = run(experiment)
    return Run(experiment, trajectory.record, outcome)


def write_table(path):
    save_text([*dataset_text(a_run().experiment.dataset, path.suffix)], path)


def write_runs(path):
    save_text([COMPARISONS[path.suffix]([RunSummary.of(a_run(), 30)], 30)], path)


def write_program(path):
    made = program(a_run().experiment)
    save_text([made.notebook if path.suffix == ".ipynb" else made.text], path)


def write_project(path):
    experiment = a_run().experiment
    rows = tuple(zip(experiment.dataset.x.tolist(), experiment.dataset.y.tolist(), strict=True))
    save_text(project_text(replace(LEAST, settings=values(experiment), rows=rows * 30)), path)


def write_export(path):
    export(a_run(), 7, [path], view="data_fit")


def write_film(path):
    form, timing = Format("px", 200.0, 150.0, dpi=96), Timing(0, 7, fps=4, seconds=1, hold=0)
    export(a_run(), 7, [path], view="data_fit", form=form, timing=timing)


WRITERS = {
    "table.csv": write_table, "table.txt": write_table, "table.tsv": write_table,
    "runs.csv": write_runs, "runs.md": write_runs,
    "descent.py": write_program, "descent.ipynb": write_program,
    "trajectory.csv": write_export, "trajectory.npz": write_export,
    "figure.png": write_export, "figure.svg": write_export, "figure.pdf": write_export,
    "film.gif": write_film, "film.webp": write_film, "film.apng": write_film,
    "page.html": write_export, "mine.gdviz": write_project,
}  # fmt: skip
if can_encode():
    WRITERS |= {"film.webm": write_film, "film.mp4": write_film}


def full():
    """Let no file grow beyond some bytes, as a full disk does."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))


def forbidden():
    """Be someone who has no rights here."""
    if os.getuid() == 0:
        os.setuid(NOBODY)


def read_only():
    """Have the folder in a file system that can't be written, not even by root."""
    for options in (("--bind", ".", "."), ("-o", "remount,bind,ro", ".")):
        subprocess.run(["mount", *options], check=True)
    os.chdir(Path.cwd())  # into what is mounted


def write_all(folder="."):
    for name, write in WRITERS.items():
        try:
            write(Path(folder, name))
            print(f"{name} was written.")
        except SavingError as error:
            print(error)


def kill_while_writing():
    """Write all kinds over and over in a process that is killed at another moment each time."""
    kinds = list(WRITERS.items())
    # Each is the first twice.
    for number in range(2 * len(kinds)):
        child = os.fork()
        if child == 0:
            for name, write in itertools.cycle(kinds[number % len(kinds) :] + kinds):
                write(Path(name))
        time.sleep(number * 0.004)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    app = QApplication([])
    with TemporaryDirectory() as elsewhere, redirect_stdout(None):
        write_all(elsewhere)  # what is imported only now, nobody could read
    os.chdir(sys.argv[2])
    if sys.argv[1] == "killed":
        kill_while_writing()
    else:
        {"full": full, "forbidden": forbidden, "read-only": read_only}[sys.argv[1]]()
        write_all()
    sys.stdout.flush()
    os._exit(0)
