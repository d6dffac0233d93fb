"""A stranger does two thousand things to the window, and after each all is well.

    STRANGER_SEEDS=10 make test-window ARGS="-k stranger"      other walks, of seeds 0 to 9
    STRANGER_EVENTS=5000 STRANGER_SEED=7 make test-window …    one walk, and how long it is
    STRANGER_ACTS=12,15-18 STRANGER_SEED=7 make test-window …  only those acts of it
"""

import os
import shutil

import pytest
from PySide6.QtWidgets import QApplication
from stranger.walk import Walk
from support import OWN_TABLES, PIZZA

from gdviz.core.tables.reading import read_table
from gdviz.ui.shell.window import MainWindow

SEEDS = (
    [int(os.environ["STRANGER_SEED"])] if "STRANGER_SEED" in os.environ
    else range(int(os.environ.get("STRANGER_SEEDS", "1")))
)  # fmt: skip
EVENTS = int(os.environ.get("STRANGER_EVENTS", "2000"))


def acts(text):
    """Return the numbers of a list such as ``3,7-9``."""
    parts = [part.partition("-") for part in text.split(",")]
    return [n for low, _, high in parts for n in range(int(low), int(high or low) + 1)]


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home with tables in it; nothing outside of it is written."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for table in (PIZZA, *OWN_TABLES):
        shutil.copy(table, tmp_path)
    tmp_path.joinpath("broken.csv").write_text("no\nnumbers\n")
    tmp_path.joinpath("three.csv").write_text("day,orders,guests\n1,3,2\n2,5,1\n3,many,4\n4,9,0\n")
    tmp_path.joinpath("saved").mkdir()
    return tmp_path


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stranger_finds_nothing_wrong(qapp, home, seed):
    qapp.setStyle("Fusion")
    qapp.setCursorFlashTime(0)
    window = MainWindow(read_table(home / "pizza.txt"))
    window.show()
    only = acts(os.environ["STRANGER_ACTS"]) if "STRANGER_ACTS" in os.environ else None
    walk = Walk(window, seed, home, only)
    try:
        walk.go(EVENTS)
    finally:
        walk.close()
        window.opening.sources.mark_saved(window.session.runs.experiment.dataset)
        window.close()
        window.deleteLater()
        QApplication.processEvents()
    print(f"seed {seed}: {walk.events} events, {len(walk.done)} acts, {walk.looks} looks, "
          f"{walk.glances} glances, longest silence {1e3 * walk.silence.longest_s:.0f} ms")
    assert not walk.problems, "\n".join((
        *walk.problems, "", "The last events:", *walk.told, "",
        f'Again: STRANGER_SEED={seed} make test-window ARGS="-k stranger"',
    ))  # fmt: skip
