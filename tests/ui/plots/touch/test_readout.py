"""Every picture says what is under the mouse, and the numbers belong together."""

import math
import re

import numpy as np
import pytest
from pictures import LEFT, NONE, mouse, wheel
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support import child, choose, command, pixels, press, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.ui.features.export.pictures import picture
from gdviz.ui.theme import THEMES

ALL = ("loss_curve", "landscape", "surface", "data_fit", "loss_history")


def numbers(said):
    """Return the numbers that are said, by what stands before each."""
    parts = [part.replace("=", " ").split() for part in re.split("   |\n", said)]
    return {name: float(value.replace(",", "").replace("−", "-")) for name, value in parts}  # noqa: RUF001


def point_at(plot, x, y):
    """Put the mouse on a place of a plot, in units of its axes; return what is said."""
    place = plot.mapFromScene(plot.view.mapViewToScene(QPointF(x, y)))
    return point_at_pixel(plot, place)


def point_at_pixel(plot, place):
    mouse(plot, QEvent.Type.MouseMove, QPointF(place), NONE, NONE)
    QApplication.processEvents()
    said = child(plot, f"{plot.objectName()}_hover")
    return said.text() if said.isVisible() else ""


def middle_of(plot):
    return plot.viewport().rect().center() + QPoint(17, 9)


@pytest.fixture
def pictures(window, qtbot):
    """The window with the bias and all pictures, at iteration 5."""
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    choose(window, "Surface")
    window.session.playback.seek(5)
    QApplication.processEvents()
    return window


def test_the_loss_curve_says_the_loss_of_a_weight_and_marks_it_on_the_curve(window):
    curve, bowl = child(window, "loss_curve"), window.session.runs.experiment.dataset.bowl
    said = numbers(point_at(curve, 0.5, 700))
    assert said["w"] == pytest.approx(0.5, abs=0.02)
    assert said["loss"] == pytest.approx(bowl.loss(said["w"], 0), rel=1e-4)
    before = pixels(curve.grab().toImage())
    x, y = (round(v) for v in curve.moving.pixel_of(said["w"], said["loss"]))
    assert (before[y, x] == pixels_of(THEMES["light"].text)).all()


def pixels_of(colour):
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]


def test_the_curve_that_moves_is_read_where_it_is_now(pictures):
    curve = child(pictures, "loss_curve")
    first = numbers(point_at(curve, 1.0, 300))
    pictures.session.playback.seek(90)
    QApplication.processEvents()
    now = numbers(child(curve, "loss_curve_hover").text())
    bowl, row = pictures.session.runs.experiment.dataset.bowl, pictures.session.playback.row
    assert now["w"] == first["w"]
    assert now["loss"] == pytest.approx(bowl.loss(now["w"], row.bias), rel=1e-4)


def test_the_landscape_says_the_loss_of_a_line(pictures):
    said = numbers(point_at(child(pictures, "landscape"), 1.0, 5.0))
    bowl = pictures.session.runs.experiment.dataset.bowl
    assert said["loss"] == pytest.approx(bowl.loss(said["w"], said["b"]), rel=1e-4)


def test_the_history_says_the_loss_of_an_iteration(pictures):
    history, record = child(pictures, "loss_history"), pictures.session.runs.record
    for iteration in (0, 2, 40, 100):
        said = numbers(point_at(history, iteration, 400))
        assert said["iteration"] == iteration
        assert said["loss"] == pytest.approx(record.at(iteration).loss, rel=1e-5)


def test_the_data_say_row_and_error_of_a_point_and_the_line_elsewhere(pictures):
    data, experiment = child(pictures, "data_fit"), pictures.session.runs.experiment
    row, x, y = pictures.session.playback.row, experiment.dataset.x, experiment.dataset.y
    said = numbers(point_at(data, x[6], y[6]))
    assert (said["row"], said["x"], said["y"]) == (7, x[6], y[6])
    predicted = row.weight * x[6] + row.bias
    assert said["predicted"] == pytest.approx(predicted, rel=1e-3)
    assert said["error"] == pytest.approx(predicted - y[6], rel=1e-3)
    assert said["squared"] == pytest.approx((predicted - y[6]) ** 2, rel=1e-3)
    said = numbers(point_at(data, 3.0, 45.0))
    assert said["x"] == pytest.approx(3, abs=0.1)
    assert said["y"] == pytest.approx(45, abs=0.3)
    assert said["line"] == pytest.approx(row.weight * said["x"] + row.bias, rel=1e-3)


def test_the_surface_says_the_ground_that_is_seen(pictures):
    surface, row = child(pictures, "surface"), pictures.session.playback.row
    hiker = QPointF(*surface._marks.hiker.points[0]).toPoint()
    said = numbers(point_at_pixel(surface, hiker))
    assert said["w"] == pytest.approx(row.weight, abs=0.1)
    assert said["b"] == pytest.approx(row.bias, abs=0.6)
    bowl = pictures.session.runs.experiment.dataset.bowl
    assert said["loss"] == pytest.approx(bowl.loss(*Point(said["w"], said["b"])), rel=0.1)
    assert not point_at_pixel(surface, QPoint(4, surface.height() - 60))


def test_the_sweep_says_rates_and_what_became_of_them(window, qtbot):
    choose(window, "Sweep")
    press(qtbot, window, "sweep_start")
    qtbot.waitUntil(lambda: child(window, "sweep_start").text() == "Sweep")
    plot = child(window, "sweep_plot")
    trial = next(trial for trial in plot.trials if trial.iterations)
    said = numbers(point_at(plot, math.log10(trial.rate), math.log10(trial.iterations)))
    assert said["rate"] == pytest.approx(trial.rate, rel=1e-5)
    assert said["iterations"] == trial.iterations
    (left, _), (_, top) = plot.view.viewRange()
    said = numbers(point_at(plot, left + 0.05, top - 0.05))
    assert said["rate"] == pytest.approx(10 ** (left + 0.05), rel=0.05)


@pytest.mark.parametrize("name", ALL)
def test_it_vanishes_when_the_mouse_leaves_or_drags_and_is_in_no_export(pictures, name):
    plot = child(pictures, name)
    nothing = pixels(picture(plot))
    said = child(plot, f"{name}_hover")

    def show(aside=0):
        place = middle_of(plot)
        if name == "surface":
            place = QPointF(*plot._marks.hiker.points[0]).toPoint()
        return point_at_pixel(plot, place + QPoint(aside, 0))

    assert show()
    if name != "data_fit":  # there the point under the mouse may have a ring
        assert (pixels(picture(plot)) == nothing).all()
    assert plot.frame().contains(said.geometry())
    QApplication.sendEvent(plot.viewport(), QEvent(QEvent.Type.Leave))
    assert not said.isVisible()
    assert show(aside=1)
    place = middle_of(plot)
    QTest.mousePress(plot.viewport(), LEFT, pos=place)
    QTest.mouseMove(plot.viewport(), place + QPoint(20, 12))
    assert not said.isVisible()
    QTest.mouseRelease(plot.viewport(), LEFT, pos=place + QPoint(20, 12))


@pytest.mark.parametrize("name", ["loss_curve", "landscape", "surface"])
def test_nobody_reads_in_the_fog(pictures, name):
    plot = child(pictures, name)
    point_at_pixel(plot, middle_of(plot))
    command(pictures, "Fog").trigger()
    QApplication.processEvents()
    assert not child(plot, f"{name}_hover").isVisible()
    assert not point_at_pixel(plot, middle_of(plot) + QPoint(3, 3))


def test_after_a_turn_of_the_wheel_it_says_what_is_under_the_mouse_then(pictures):
    plot, bowl = child(pictures, "landscape"), pictures.session.runs.experiment.dataset.bowl
    before = point_at_pixel(plot, middle_of(plot))
    wheel(plot, QPointF(plot.viewport().rect().topLeft() + QPoint(150, 90)), -3)
    said = child(plot, "landscape_hover").text()
    assert said != before
    read, place = numbers(said), plot.place_at(QPointF(middle_of(plot)))
    assert (read["w"], read["b"]) == pytest.approx((place.x(), place.y()), rel=0.05)
    assert read["loss"] == pytest.approx(bowl.loss(read["w"], read["b"]), rel=1e-3)


@pytest.mark.parametrize("theme", THEMES)
def test_the_text_never_lies_under_the_mouse(pictures, theme):
    choose(pictures, theme.capitalize())
    plot = child(pictures, "landscape")
    frame, said = plot.frame(), child(plot, "landscape_hover")
    for x in np.linspace(frame.left() + 2, frame.right() - 2, 9).astype(int).tolist():
        for y in np.linspace(frame.top() + 2, frame.bottom() - 2, 9).astype(int).tolist():
            assert point_at_pixel(plot, QPoint(x, y))
            assert not said.geometry().contains(QPoint(x, y))
            assert frame.contains(said.geometry())


def test_the_last_point_is_removed_while_the_mouse_is_on_it(window, qtbot):
    data = child(window, "data_fit")
    rows = window.session.runs.experiment.dataset
    last = len(rows) - 1
    assert f"row {last + 1}" in point_at(data, rows.x[last], rows.y[last])
    data.setFocus()
    qtbot.keyClick(data, Qt.Key.Key_PageUp)
    qtbot.keyClick(data, Qt.Key.Key_Delete)
    assert len(window.session.runs.experiment.dataset) == last
    assert f"row {last + 1}" not in child(data, "data_fit_hover").text()


def test_a_date_is_said_beside_its_number(window, qtbot, dated):
    window.session.restart(window.session.on_new(dated))
    wait_until_trained(qtbot, window)
    plot = window.figure.data_fit
    assert "x = 31 (2024-02-01)" in point_at(plot, 31, 22)
    assert "(2024-01-1" in point_at(plot, 14, 18)
