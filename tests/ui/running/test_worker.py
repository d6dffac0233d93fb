"""A worker works in slices, and rests after each: the window needs Python's lock, too."""

import threading
import time
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.descent import Experiment, descend
from gdviz.core.descent.methods import Adam
from gdviz.core.descent.trajectory import Trajectory
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.features.compare.sweeper import Sweeper
from gdviz.ui.running import training
from gdviz.ui.running.trainer import Trainer
from gdviz.ui.running.training import Training
from gdviz.ui.running.worker import MOST_ROWS, Pace, Worker, fitting_rows

ROWS = 200_000


def trainer(experiment, slices):
    """Return what records a run, and notes the rows of each slice."""
    blocks = descend(experiment, 1)
    next(blocks)

    def noted():
        rows = yield
        while True:
            try:
                block = blocks.send(rows)
            except StopIteration as end:
                return end.value
            slices.append(len(block))
            rows = yield block

    watched = noted()
    next(watched)
    return Trainer(watched, Trajectory())


@pytest.fixture
def rests(monkeypatch):
    """The seconds of every rest, none of which is taken."""
    rests = []
    monkeypatch.setattr(time, "sleep", rests.append)
    return rests


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("method", [Experiment.method, Adam()])
def test_a_run_rests_after_every_slice(pizza, rests, method):
    slices = []
    trainer(Experiment(pizza, ROWS, 1e-6, method=method), slices).run()
    assert sum(slices) == ROWS
    assert max(slices) <= MOST_ROWS
    assert len(rests) == len(slices) > 3
    assert min(rests) > 0


@pytest.mark.usefixtures("qapp")
def test_a_sweep_rests_after_every_slice(pizza, rests):
    rates = [1e-6, 2e-6, 3e-6]
    sweeper = Sweeper(Experiment(pizza, ROWS), rates, 0.0)
    sweeper.run()
    assert [trial.rate for trial in sweeper.trials] == rates
    assert len(rests) > ROWS * len(rates) / MOST_ROWS
    assert min(rests) > 0


def test_a_slice_takes_a_fifth_of_a_millisecond_and_no_longer():
    """Longer ones would leave the window fewer than 60 frames a second."""
    assert fitting_rows(1000, 0.0002) == 1000
    assert fitting_rows(1000, 0.0003) == 666
    assert fitting_rows(1000, 0.001) == 500


@pytest.mark.usefixtures("qapp")
def test_a_head_start_takes_five_milliseconds_and_no_longer(pizza, monkeypatch):
    """With a clock that goes on by a millisecond whenever it is looked at."""
    clock = count(0.0, 0.001)
    monkeypatch.setattr(training, "time", SimpleNamespace(perf_counter=lambda: next(clock)))
    run = Training(Experiment(pizza, 1_000_000_000, 1e-9))
    run.begin()
    run.close()
    assert next(clock) <= 0.007


class Stubborn(Worker):
    """A worker in the middle of a step that takes for as long as it is let."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self.ended = threading.Event()

    def _work(self):
        self.ended.wait()


def test_nobody_waits_for_a_long_step_and_no_thread_is_left(qapp, qtbot):
    threads = threading.active_count()
    workers = [Stubborn(qapp) for _ in range(3)]
    for worker in workers:
        worker.start()
    workers[0].stop()
    for worker in workers:
        worker.drop()
    assert all(worker.isRunning() for worker in workers)
    gone = []
    workers[0].destroyed.connect(lambda: gone.append(True))
    workers[0].ended.set()
    qtbot.waitUntil(lambda: bool(gone))
    for worker in workers[1:]:
        worker.ended.set()
    Worker.wait_for_dropped()
    assert threading.active_count() == threads
    assert not Worker._dropped


def test_a_block_of_no_rows_says_nothing_about_the_next(rests):
    assert Pace().rest(0) is None
    assert Pace().rest(1000) >= 16
    assert len(rests) == 2


@pytest.fixture
def large():
    x = np.random.default_rng(0).normal(50, 20, 150_000)
    return Dataset(x, 2 * x + 3)


def test_a_run_whose_first_step_takes_longer_than_a_moment_begins_in_a_thread(qtbot, large):
    experiment = Experiment(large, 20, 1e-6, with_bias=True, batch_size=75_000)
    run = Training(experiment)
    with qtbot.waitSignal(run.ended):
        run.begin()
        assert len(run.record) == 0
    assert len(run.record) == 21
    run.close()


@pytest.mark.usefixtures("qapp")
def test_a_drag_through_large_batches_leaves_few_threads(large):
    threads, most = threading.active_count(), 0
    for rate in np.linspace(1e-6, 2e-6, 40):
        run = Training(Experiment(large, 10**9, rate, with_bias=True, batch_size=75_000))
        run.begin()
        QApplication.processEvents()
        run.close()
        most = max(most, threading.active_count() - threads)
    Worker.wait_for_dropped()
    assert threading.active_count() == threads
    assert most <= 40
