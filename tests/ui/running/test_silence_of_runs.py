"""However many rows a step looks at, the event loop is never away for long."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from silence import Silence

from gdviz.core.descent.methods import Adam
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.running.worker import Worker

# Rows, and those of a batch.
SIZES = [(50_000, 25_000), (50_000, 1_000), (1_000_000, 500_000)]


@pytest.fixture
def turn(qtbot):
    """Do something in a turn of the event loop, and let it turn on; nothing is to take long."""
    silence, faults = Silence(), []

    def turn(do, until=lambda: True):
        silence.begin()
        do()
        faults.append(silence.end())

        def turned():
            silence.begin()
            QApplication.processEvents()
            faults.append(silence.end())
            return until()

        qtbot.waitUntil(turned, timeout=20_000)
        assert not any(faults), next(fault for fault in faults if fault)

    yield turn
    Worker.wait_for_dropped()


def open_rows(window, rows):
    """Show many rows, and fit a line with a bias to them."""
    x = np.random.default_rng(0).normal(50, 20, rows)
    window.session.restart(window.session.on_new(Dataset(x, 2 * x + 3)))
    window.tuning.set_settings(with_bias=True)
    QApplication.processEvents()


@pytest.mark.parametrize(("rows", "batch_size"), SIZES)
def test_changes_of_a_run_of_large_batches_take_no_time(window, turn, rows, batch_size):
    open_rows(window, rows)
    runs = window.session.runs

    def begun():
        return len(runs.record) > 3

    settings = {"batch_size": batch_size, "learning_rate": 1e-6, "iterations": 5000}
    turn(lambda: window.tuning.set_settings(**settings), begun)
    for change in ({"learning_rate": 2e-6}, {"learning_rate": 3e-6}, {"method": Adam()}):
        turn(lambda change=change: window.tuning.set_settings(**change), begun)
    turn(window.session.undo.stack.undo, begun)
    turn(runs.stop, lambda: not runs.training)


@pytest.mark.parametrize(("rows", "batch_size"), SIZES)
def test_a_step_of_large_batches_is_explained_in_no_time(window, turn, qtbot, rows, batch_size):
    open_rows(window, rows)
    runs, playback = window.session.runs, window.session.playback
    _ = window.explaining.dock.content  # to make it takes as long whatever is explained
    window.tuning.set_settings(batch_size=batch_size, iterations=60, method=Adam())
    qtbot.waitUntil(lambda: not runs.training, timeout=20_000)
    playback.to_end()
    turn(lambda: window.explaining.dock.setVisible(True))
    for go in (lambda: playback.step(-1), lambda: playback.seek(3), lambda: playback.seek(59)):
        turn(go)
