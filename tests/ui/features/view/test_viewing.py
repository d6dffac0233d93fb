"""Viewing: the pictures follow the playhead, and move it."""

import random

import pytest
from PySide6.QtCore import QPointF, Qt
from support import child


def test_a_click_in_the_history_goes_there(window, qtbot):
    history = child(window, "loss_history")
    where = history.view.mapViewToScene(QPointF(50, 100))
    qtbot.mouseClick(history.viewport(), Qt.MouseButton.LeftButton, pos=history.mapFromScene(where))
    assert window.session.playback.row.iteration == pytest.approx(50, abs=1)


def test_a_drag_in_the_history_follows(window, qtbot):
    history = child(window, "loss_history")
    box = history.view
    start, end = (history.mapFromScene(box.mapViewToScene(QPointF(x, 100))) for x in (20, 80))
    qtbot.mousePress(history.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert window.session.playback.row.iteration == pytest.approx(20, abs=1)
    qtbot.mouseMove(history.viewport(), end)
    qtbot.mouseRelease(history.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert window.session.playback.row.iteration == pytest.approx(80, abs=1)


def test_any_order_of_visits_shows_the_same_picture(window):
    """Views draw a record; looking never changes it."""
    pictures = {}
    order = [0, 3, 50, 100, 7, 50, 3, 0, 99, 7, 100]
    random.Random(5).shuffle(order)
    for iteration in [*order, *reversed(order)]:
        child(window, "position").setValue(iteration)
        image = window.figure.grab().toImage()
        assert pictures.setdefault(iteration, image) == image, iteration
