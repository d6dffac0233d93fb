"""Viewing: the pictures follow the playhead, and move it."""

import random

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from support import child, choose, wait_until_trained

from gdviz.core.words.numbers import number_text


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


def test_the_equation_of_the_line_stands_in_the_data_and_follows_the_line(window, qtbot):
    window.tuning.set_settings(with_bias=True, iterations=20_000)
    wait_until_trained(qtbot, window)
    note = window.figure.data_fit.equation
    assert not note.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert note.isVisible()
    x, y = window.session.runs.experiment.dataset.x, window.session.runs.experiment.dataset.y
    determined = number_text(1 - np.mean(y**2) / np.var(y), 4)
    assert note.toPlainText().split() == f"y = 0 x R² = {determined}, RMSE = 28.51".split()
    window.session.playback.seek(20_000)
    QApplication.processEvents()
    determined = np.corrcoef(x, y)[0, 1] ** 2
    said = f"y = 1.081 x + 13.17 R² = {determined:.4g}, RMSE = 4.779"
    assert note.toPlainText().split() == said.split()
    assert "<i>y</i>" in note._said
    data = window.figure.data_fit
    data.view.translateBy((5.0, -20.0))
    QApplication.processEvents()
    assert data.frame().contains(data.mapFromScene(note.sceneBoundingRect()).boundingRect())
    choose(window, "Line's equation")
    assert not note.isVisible()


def test_the_equation_says_no_r_squared_of_a_y_that_is_always_the_same(window, qtbot, tmp_path):
    path = tmp_path / "level.txt"
    path.write_text("x y\n1 3\n2 3\n4 3\n")
    window.opening.open_file(path)
    wait_until_trained(qtbot, window)
    choose(window, "Line's equation")
    assert "R²" not in window.figure.data_fit.equation.toPlainText()
    assert "RMSE" in window.figure.data_fit.equation.toPlainText()
