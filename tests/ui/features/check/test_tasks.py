"""What is done in a thread for a check, and what is said when that breaks off."""

import threading

import numpy as np
from PySide6.QtCore import QObject

from gdviz.core.check.diagnosis import diagnose
from gdviz.core.check.logs.log import LogError
from gdviz.core.check.logs.reading import read_sheet
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.features.check.tasks import Tasks, go_on
from gdviz.ui.running.worker import Worker


def raising(error):
    def work():
        raise error

    return work


def test_a_result_is_taken_here(qtbot):
    tasks, taken = Tasks(owner := QObject()), []
    tasks.do(threading.get_ident, taken.append)
    qtbot.waitUntil(lambda: bool(taken))
    assert taken[0] != threading.get_ident()
    assert tasks.parent() is owner


def test_what_breaks_off_says_why(qtbot):
    tasks = Tasks(owner := QObject())
    for error, said in (
        (LogError("Line 3 says nothing."), "Line 3 says nothing."),
        (IndexError("too far"), "The check broke off (IndexError: too far)."),
    ):
        with qtbot.waitSignal(tasks.failed) as failed:
            tasks.do(raising(error), lambda _: None)
        assert failed.args[0].startswith(said)
    assert owner.children()


def test_what_takes_a_while_is_told_of_and_can_be_dropped(qtbot):
    tasks, taken, go_on = Tasks(owner := QObject()), [], threading.Event()
    with qtbot.waitSignal(tasks.slow, check_params_cb=bool):
        tasks.do(go_on.wait, taken.append)
    with qtbot.waitSignal(tasks.slow, check_params_cb=lambda slow: not slow):
        tasks.drop()
    go_on.set()
    tasks.do(lambda: "other", taken.append)
    qtbot.waitUntil(lambda: bool(taken))
    assert taken == ["other"]
    assert owner.children()


def test_a_check_that_nobody_waits_for_any_more_ends(qtbot):
    x, chance = np.arange(1.0, 31), np.random.default_rng(4)
    dataset = Dataset(x, 2 * x + chance.normal(size=30))
    losses = "\n".join(f"loss {value:.6f}" for value in chance.uniform(1, 900, 40))
    log = read_sheet(losses).log()
    tasks, asked, ended = Tasks(owner := QObject()), threading.Event(), []

    def ask():
        asked.set()
        go_on()

    def check():
        try:
            # Over and over: no machine is so quick that it would be over by itself.
            while True:
                diagnose(log, dataset, tick=ask)
        finally:
            ended.append(asked.is_set())

    tasks.do(check, lambda _: None)
    qtbot.waitUntil(asked.is_set)
    tasks.drop()
    Worker.wait_for_dropped()
    assert ended == [True]
    assert owner.children()
