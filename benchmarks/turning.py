"""Turns of the event loop, by hand."""

import time

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication


def turn(app: QApplication) -> None:
    """Do what a turn of the event loop does: ``processEvents`` alone deletes nothing later."""
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()


def pump(app: QApplication, seconds: float) -> None:
    """Let the window live for a while."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        turn(app)
        time.sleep(0.002)
