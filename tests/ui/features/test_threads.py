"""A thread in the midst of a long step is left to end by itself, and never destroyed meanwhile."""

import threading

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid
from support import child

from gdviz.ui.running.worker import Worker


class Long(Worker):
    def __init__(self, parent):
        super().__init__(parent)
        self.may_end = threading.Event()

    def _work(self):
        self.may_end.wait(30)


def end_trying(window, worker):
    window.coding._trying = worker
    worker.finished.connect(window.coding._refresh)
    window.coding.close()


def end_copying(window, worker):
    window.logging.dock.open()
    log = child(window, "log")
    log._copying = worker
    worker.finished.connect(log._on_copied)
    log.stop()


@pytest.mark.parametrize("end", [end_trying, end_copying])
def test_what_is_ended_in_a_long_step_is_not_destroyed_in_it(window, qtbot, end):
    worker = Long(window)
    worker.start()
    end(window, worker)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert isValid(worker)
    assert worker.isRunning()
    worker.may_end.set()
    qtbot.waitUntil(lambda: not isValid(worker))
