"""A stranger does two thousand things to the window, and after each all is well.

STRANGER_SEEDS=10 make stranger                       other walks, of seeds 0 to 9
STRANGER_EVENTS=5000 STRANGER_SEED=7 make stranger    one walk, and how long it is
STRANGER_ACTS=12,15-18 STRANGER_SEED=7 make stranger  only those acts of it
"""

import gc
import os
import time
from contextlib import contextmanager

import numpy as np
import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication
from stranger.choosing import Choice
from stranger.walk import Walk
from support import child, forget_changes, furnished

from gdviz.core.tables.reading import read_table
from gdviz.ui.shell.window import MainWindow

SEEDS = (
    [int(os.environ["STRANGER_SEED"])] if "STRANGER_SEED" in os.environ
    else range(int(os.environ.get("STRANGER_SEEDS", "1")))
)  # fmt: skip
EVENTS = int(os.environ.get("STRANGER_EVENTS", "2000"))


def numbers(text):
    """Return the numbers of a list such as ``3,7-9``."""
    parts = [part.partition("-") for part in text.split(",")]
    return [n for low, _, high in parts for n in range(int(low), int(high or low) + 1)]


ONLY = numbers(os.environ["STRANGER_ACTS"]) if "STRANGER_ACTS" in os.environ else None


@pytest.fixture
def home(qapp, monkeypatch):
    """A home with tables in it; nothing outside of it is written."""
    qapp.setStyle("Fusion")
    qapp.setCursorFlashTime(0)
    with furnished() as folder:
        monkeypatch.setenv("HOME", str(folder))
        monkeypatch.chdir(folder)
        yield folder
        monkeypatch.undo()


@contextmanager
def opening(home):
    """Open the window as the program does, and close it when the stranger has left."""
    window = MainWindow(read_table(home / "pizza.txt"))
    window.show()
    # As the program does when it has started: else what all tests before have left is looked at.
    gc.collect()
    gc.freeze()
    yield window
    gc.unfreeze()
    # Else it would ask, and nobody is there to answer.
    forget_changes(window)
    window.close()
    window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def opened(home):
    with opening(home) as window:
        yield window


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stranger_finds_nothing_wrong(opened, home, seed):
    walk = Walk(opened, seed, home, ONLY)
    walk.go(EVENTS)
    print(
        f"seed {seed}: {walk.events} events, {len(walk.done)} acts, {walk.glances} glances, "
        f"{walk.looks} looks, longest silence {1e3 * walk.silence.longest_s:.0f} ms"
    )
    assert not walk.problems, "\n".join((
        *walk.problems, "", "The last events:", *walk.told, "",
        f'Again: STRANGER_SEED={seed} make stranger',
    ))  # fmt: skip


# What it is there for


def divide():
    return 1 / 0


def warn():
    qWarning("a warning")


def work():
    began = time.thread_time()
    while time.thread_time() < began + 0.3:
        pass


@pytest.mark.parametrize(
    ("fault", "told"),
    [(divide, "ZeroDivisionError"), (warn, "Qt: a warning"), (work, "was silent for")],
)
def test_a_stranger_notices_what_happens_when_the_hiker_moves(opened, home, fault, told):
    connection = opened.session.playback.moved.connect(fault)
    walk = Walk(opened, 0, home)
    walk.go(300)
    opened.session.playback.moved.disconnect(connection)
    assert told in "\n".join(walk.problems)


def clip(window):
    child(window, "keep").setFixedWidth(40)


def shift_hiker(window):
    plot = window.figure.loss_curve
    set_points = plot._hiker.set_points
    plot._hiker.set_points = lambda x, y: set_points(
        np.array(x) + 20 * plot.view.viewPixelSize()[0], y
    )


def keep_old_pixels(window):
    plot = window.figure.data_fit
    plot.setViewportUpdateMode(plot.ViewportUpdateMode.NoViewportUpdate)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (clip, "clipped: keep"), (shift_hiker, "loss_curve: hiker"),
        (keep_old_pixels, "data_fit: "),
    ],
)  # fmt: skip
def test_a_stranger_notices_what_is_seen(opened, home, fault, told):
    fault(opened)
    walk = Walk(opened, 0, home)
    walk.go(300)
    assert told in "\n".join(walk.problems)


def test_the_window_closes_unasked(home):
    with opening(home) as window:
        window.projects.path = home / "saved" / "a.gdviz"
        window.figure.data_fit.editing.add_in_the_middle()
        assert window.projects.has_changed
    assert not window.isVisible()


def test_what_comes_and_goes_leaves_other_choices_as_they_are():
    names = [f"button {number}" for number in range(12)]
    for act in range(20):
        chosen = Choice(None, 1, act).one_of(names, names)
        for gone in names:
            left = [name for name in reversed(names) if name != gone or gone == chosen]
            assert Choice(None, 1, act).one_of(left, left) == chosen
