"""Cyclic garbage is collected in the event loop, and nowhere else."""

import gc
import subprocess
import sys
import threading
import traceback
import weakref

import pytest
from PySide6.QtCore import QObject, Qt

from gdviz.ui.running.collecting import collect_what_is_due

# What the application does when it starts; a test has a `QApplication` already.
START = """
import gc
from gdviz.ui.shell.app import open_window
app, window = open_window(None, {})
assert not gc.isenabled()
window.close()
"""


class Knot(QObject):
    """An object that keeps itself alive."""

    def __init__(self):
        super().__init__()
        self.itself = self


def tangle(count=1):
    """Leave knots behind; return a weak reference to the first."""
    knots = [Knot() for _ in range(count)]
    return weakref.ref(knots[0])


@pytest.fixture
def collections():
    """The thread of every collection, and who asked for it."""
    seen = []

    def note(phase, _):
        if phase == "start":
            caller = traceback.extract_stack()[-2].name
            seen.append((threading.current_thread(), caller))

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def test_the_application_turns_the_automatic_collector_off_before_its_window_is_there():
    subprocess.run([sys.executable, "-c", START], check=True)


def test_only_the_event_loop_collects_while_a_thread_trains(window, qtbot, collections):
    window.tuning.set_settings(iterations=1_000_000_000, learning_rate=1e-9)
    qtbot.waitUntil(lambda: window.session.runs.record.newest > 100_000)
    for rate in (2e-9, 3e-9):
        tangle(2 * gc.get_threshold()[0])
        window.tuning.set_settings(learning_rate=rate)
        qtbot.waitUntil(lambda: window.session.runs.record.newest > 100_000)
    assert collections
    assert set(collections) == {(threading.main_thread(), "collect_what_is_due")}


def test_a_window_that_plays_collects(window, qtbot):
    gc.collect()
    knot = tangle(2 * gc.get_threshold()[0])
    assert knot() is not None
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: knot() is None)


@pytest.mark.usefixtures("window")
def test_little_garbage_stays_for_a_while():
    gc.collect()
    knot = tangle()
    collect_what_is_due()
    assert knot() is not None
    gc.collect()
    assert knot() is None
