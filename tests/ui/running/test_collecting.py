"""Cyclic garbage is collected in the event loop, and nowhere else."""

import gc
import weakref

import pytest
from PySide6.QtCore import QObject, Qt

from gdviz.core.descent.descent import Experiment, descend
from gdviz.core.descent.trajectory import Trajectory
from gdviz.ui.running.collecting import collect_what_is_due
from gdviz.ui.running.trainer import Trainer


class Knot(QObject):
    """An object that keeps itself alive."""

    def __init__(self):
        super().__init__()
        self.itself = self


def tangle(count=1):
    """Leave knots behind; return a weak reference to the first."""
    knots = [Knot() for _ in range(count)]
    return weakref.ref(knots[0])


@pytest.mark.usefixtures("window")
def test_a_window_turns_the_automatic_collector_off():
    assert not gc.isenabled()


def test_a_thread_turns_the_automatic_collector_off(qtbot, pizza):
    gc.enable()
    blocks = descend(Experiment(pizza, 10))
    next(blocks)
    trainer = Trainer(blocks, Trajectory())
    with qtbot.waitSignal(trainer.ended):
        trainer.begin()
    assert not gc.isenabled()
    trainer.stop()
    assert not gc.isenabled()


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
