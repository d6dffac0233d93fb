"""What takes long is done beside the window."""

import threading

import pytest
from PySide6.QtCore import QTimer

from gdviz.ui.widgets.beside import beside_window


def test_what_is_done_at_once_needs_no_turn_of_the_loop(qapp):
    turns = []
    QTimer.singleShot(0, lambda: turns.append(1))
    assert beside_window(lambda: 13) == 13
    assert not turns
    qapp.processEvents()


@pytest.mark.usefixtures("qapp")
def test_meanwhile_the_window_goes_on():
    """The work waits for what only the window's event loop can bring about."""
    done = threading.Event()
    QTimer.singleShot(60, done.set)
    assert beside_window(lambda: done.wait(10))


@pytest.mark.usefixtures("qapp")
def test_what_goes_wrong_is_raised_to_who_asked():
    with pytest.raises(ZeroDivisionError):
        beside_window(lambda: 1 / 0)
