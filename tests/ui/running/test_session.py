"""Other data and kept runs become the current ones, and an end is an end."""

import threading
import time

import numpy as np
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.tables.dataset import Dataset


def test_closing_ends_a_long_run_within_a_second(start, qtbot, pizza):
    threads = threading.active_count()
    session = start(Experiment(pizza, 1_000_000_000, 1e-9))
    qtbot.waitUntil(lambda: session.runs.record.newest > 5000)
    began = time.perf_counter()
    session.close()
    assert time.perf_counter() - began < 1
    assert threading.active_count() == threads
    newest = session.runs.record.newest
    QApplication.processEvents()
    assert session.runs.record.newest == newest


def test_closing_twice_is_closing_once(session):
    session.close()
    session.close()


def test_other_data_start_at_the_start_and_paused(session, qtbot):
    session.playback.to_end()
    session.playback.toggle()
    experiment = Experiment(Dataset([1, 2], [3, 5]), 50, 0.1)
    with qtbot.waitSignals([session.runs.experiment_changed, session.runs.ended]):
        session.restart(experiment)
    assert session.playback.iteration == 0
    assert not session.playback.playing
    np.testing.assert_array_equal(session.runs.record.rows, run(experiment)[0].record.rows)


def test_restoring_makes_the_same_run_the_current_one(session, pizza, qtbot):
    session.runs.keep()
    first = session.runs.current
    session.undo.change(Experiment(pizza, 10))
    qtbot.waitUntil(lambda: not session.runs.training)
    with qtbot.waitSignal(session.runs.ended):
        session.restore(0)
    assert session.runs.record is first.record
    session.undo.stack.undo()
    assert session.runs.experiment.iterations == 10
    assert first.record.newest == 100
