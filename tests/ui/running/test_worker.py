"""A worker works in slices, and rests after each: the window needs Python's lock, too."""

import time
from itertools import count
from types import SimpleNamespace

import pytest

from gdviz.core.descent.descent import Experiment, descend
from gdviz.core.descent.methods import Adam
from gdviz.core.descent.trajectory import Trajectory
from gdviz.ui.features.compare.sweeper import Sweeper
from gdviz.ui.running import training
from gdviz.ui.running.trainer import Trainer
from gdviz.ui.running.training import Training
from gdviz.ui.running.worker import MOST_ROWS, fitting_rows

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
