"""Hiker and line can be dragged, the next step guessed, the curve hidden in fog."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support import child, drag, pixel, text, type_into, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.core.words.numbers import typed_number
from gdviz.ui.plots.drawing.contour_map import SIGHT_PX

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def click(plot, x, y):
    QTest.mouseClick(plot.viewport(), LEFT, pos=pixel(plot, x, y))
    QApplication.processEvents()


@pytest.fixture
def curve(window):
    return window.figure.loss_curve


@pytest.fixture
def two(window, qtbot):
    """The window with the bias, and the landscape."""
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    return window


# The hiker


def test_the_hiker_is_dragged_along_the_curve_to_a_new_start(window, curve):
    window.session.playback.seek(50)
    row = window.session.playback.row
    drag(curve, (row.weight, row.loss), (1.0, 300.0), (3.0, 300.0))
    assert window.session.runs.experiment.start.weight == pytest.approx(3.0, abs=0.02)
    assert window.session.playback.iteration == 0
    assert window.session.runs.record[0].weight == window.session.runs.experiment.start.weight
    assert curve._hiker.points[0, 0] == window.session.runs.experiment.start.weight


def test_while_the_hiker_is_dragged_all_follows_and_the_axes_stay(window, curve):
    view, before = curve.viewport(), curve.view.viewRange()
    target = pixel(curve, 3.9, 300)
    QTest.mousePress(view, LEFT, pos=pixel(curve, 0, window.session.playback.row.loss))
    QTest.mouseMove(view, pixel(curve, 1.0, 300))
    QTest.mouseMove(view, target)
    assert window.session.runs.experiment.start.weight == pytest.approx(3.9, abs=0.02)
    assert curve.view.viewRange() == before
    QTest.mouseRelease(view, LEFT, pos=target)
    low, high = curve.view.viewRange()[0]
    assert low < 3.9 < high


def test_a_divergence_is_told_when_the_mouse_lets_go(window, curve):
    banner, view, target = child(window, "divergence"), curve.viewport(), pixel(curve, 1.0, 300)
    QTest.mousePress(view, LEFT, pos=pixel(curve, 0.0, window.session.playback.row.loss))
    window.tuning.set_settings(learning_rate=0.01)
    QTest.mouseMove(view, target)
    assert banner.isHidden()
    QTest.mouseRelease(view, LEFT, pos=target)
    assert banner.isVisible()


def test_a_drag_is_one_step_to_undo(window, curve):
    count = window.session.undo.stack.count()
    drag(curve, (0.0, window.session.playback.row.loss), (0.5, 300), (1, 300), (2, 300), (3, 300))
    assert window.session.undo.stack.count() == count + 1
    window.session.undo.stack.undo()
    assert window.session.runs.experiment.start == Point(0.0, 0.0)


def test_with_a_bias_the_hiker_keeps_its_other_parameter(two):
    two.session.playback.seek(60)
    row = two.session.playback.row
    drag(two.figure.loss_curve, (row.weight, row.loss), (0.4, 300), (0.5, 300))
    start = two.session.runs.experiment.start
    assert start.weight == pytest.approx(0.5, abs=0.02)
    assert start.bias == row.bias


def test_the_hiker_is_dragged_over_the_landscape(two):
    two.session.playback.seek(60)
    row = two.session.playback.row
    drag(two.figure.landscape, (row.weight, row.bias), (1.0, 5.0), (0.5, 8.0))
    start = two.session.runs.experiment.start
    assert start == pytest.approx((0.5, 8.0), abs=0.1)
    assert two.session.playback.iteration == 0


@pytest.mark.parametrize("name", ["loss_curve", "landscape"])
def test_a_start_has_no_more_digits_than_a_pixel_is_worth(two, name):
    plot = getattr(two.figure, name)
    row, at = two.session.playback.row, pixel(plot, 0.7654321, 7.654321)
    drag(plot, plot.place_of(row), (0.5, 5.0), (0.7654321, 7.654321))
    start, (width, _) = two.session.runs.experiment.start, plot.view.viewPixelSize()
    assert max(map(digits, start)) <= 4
    (ring,) = plot.start_ring.points
    assert abs(start.weight - plot.place_at(QPointF(at)).x()) <= width / 2
    assert abs(pixel(plot, *ring).x() - at.x()) <= 1


def digits(value):
    """Return how many digits a number takes to write."""
    return len(typed_number(abs(value)).replace(".", "").lstrip("0"))


def test_a_click_on_the_hiker_changes_nothing(window, curve):
    window.session.playback.seek(10)
    row = window.session.playback.row
    click(curve, row.weight, row.loss)
    assert window.session.runs.experiment.start == Point(0.0, 0.0)
    assert window.session.playback.iteration == 10


# The line


def test_the_line_turns_about_zero_without_a_bias(window):
    data = window.figure.data_fit
    window.session.playback.seek(100)
    weight = window.session.playback.row.weight
    drag(data, (20.0, 20 * weight), (20.0, 30.0), (20.0, 20.0))
    assert window.session.runs.experiment.start.weight == pytest.approx(1.0, abs=0.02)
    assert window.session.runs.experiment.start.bias == 0
    assert window.session.playback.iteration == 0


def test_a_line_has_no_more_digits_than_a_pixel_is_worth(two):
    data = two.figure.data_fit
    (left, right), _ = data.view.viewRange()
    middle = (left + right) / 2
    drag(data, (middle, 0.0), (middle, 3.0), (middle, 9.87654321))
    start = two.session.runs.experiment.start
    assert start == pytest.approx((0.0, 9.87654321), abs=data.view.viewPixelSize()[1])
    assert digits(start.bias) <= 3
    drag(data, (1.0, start.bias), (1.0, 4.0), (1.0, 1.23456789))
    start = two.session.runs.experiment.start
    assert start.weight + start.bias == pytest.approx(
        1.23456789, abs=2 * data.view.viewPixelSize()[1]
    )
    assert max(map(digits, start)) <= 4


def test_with_a_bias_the_middle_lifts_the_line(two):
    data = two.figure.data_fit
    two.session.playback.to_end()
    row = two.session.playback.row
    (left, right), _ = data.view.viewRange()
    x = (left + right) / 2
    y = row.weight * x + row.bias
    drag(data, (x, y), (x, y + 5), (x, y + 10))
    start = two.session.runs.experiment.start
    assert start.weight == row.weight
    assert start.bias == pytest.approx(row.bias + 10, abs=0.3)


def test_with_a_bias_the_ends_turn_the_line_about_the_middle_of_the_data(two, pizza):
    data = two.figure.data_fit
    two.session.playback.to_end()
    row = two.session.playback.row
    (_, right), _ = data.view.viewRange()
    x, mean = right * 0.9, float(np.mean(pizza.x))
    drag(data, (x, row.weight * x + row.bias), (x, 20.0), (x, 25.0))
    start = two.session.runs.experiment.start
    height = row.weight * mean + row.bias
    half_px = data.view.viewPixelSize()[1] / 2
    assert start.weight * mean + start.bias == pytest.approx(height, abs=half_px)
    assert start.weight * x + start.bias == pytest.approx(25.0, abs=0.3)


def test_the_cursor_says_what_dragging_the_line_would_do(two):
    data, row = two.figure.data_fit, two.session.playback.row
    (left, right), _ = data.view.viewRange()
    view, seen = data.viewport(), []
    for x in ((left + right) / 2, right * 0.9):
        QTest.mouseMove(view, pixel(data, x, row.weight * x + row.bias))
        seen.append((view.toolTip(), view.cursor().shape()))
    assert [tip for tip, _ in seen] == ["Drag: lift the line", "Drag: turn the line"]
    QTest.mouseMove(view, pixel(data, right * 0.5, 40))
    assert view.toolTip() == ""
    assert view.cursor().shape() not in {shape for _, shape in seen}


def test_beside_the_line_a_drag_shifts_the_picture(window):
    data = window.figure.data_fit
    drag(data, (10.0, 45.0), (12.0, 40.0), (14.0, 30.0))
    assert window.session.runs.experiment.start == Point(0.0, 0.0)


# Guesses


def test_a_guess_is_placed_judged_and_counted(window, qtbot, curve):
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    assert text(window, "loss_curve_note") == "Click where the next step will land."
    assert text(window, "next_weight") == text(window, "step") == "?"
    assert not curve._arrow.visible
    landing = window.session.runs.record[1].weight
    click(curve, landing, 300)
    assert window.session.playback.iteration == 1
    assert text(window, "loss_curve_note").startswith("Close: you were ")
    assert curve._flag.points[0, 0] == pytest.approx(landing, abs=0.02)
    assert window.predicting.tally == (1, 1)
    click(curve, 3.5, 300)
    assert text(window, "loss_curve_note").startswith("Not yet: you were ")
    assert text(window, "loss_curve_note").endswith("1 of 2 close")
    assert window.predicting.tally == (2, 1)
    assert text(window, "step") == "?"


def test_turning_it_off_shows_all_again(window, curve):
    window.predicting.action.trigger()
    window.predicting.action.trigger()
    assert child(window, "loss_curve_note").isHidden()
    assert curve._arrow.visible
    assert text(window, "step") == "0.8068"
    click(curve, 2.0, 500)
    assert window.session.playback.iteration == 0


def test_in_the_landscape_both_parameters_are_guessed(two):
    two.predicting.action.trigger()
    row = two.session.runs.record[1]
    click(two.figure.landscape, row.weight, row.bias)
    assert two.session.playback.iteration == 1
    assert two.predicting.tally == (1, 1)
    click(two.figure.landscape, 0.0, 15.0)
    assert two.predicting.tally == (2, 1)


def test_at_the_end_there_is_nothing_to_guess(window, curve):
    window.session.playback.to_end()
    window.predicting.action.trigger()
    click(curve, 1.0, 500)
    assert text(window, "loss_curve_note").startswith("The run ends here")
    assert window.predicting.tally == (0, 0)


# Fog


def test_fog_hides_the_curve_except_where_the_hiker_has_stood(window, qtbot, curve):
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert not curve._curve.visible
    assert not curve._optimum.visible
    window.session.playback.seek(3)
    seen = curve._pieces.points
    bowl = window.session.runs.experiment.dataset.bowl
    np.testing.assert_allclose(seen[:, 1], bowl.loss(seen[:, 0], 0.0), rtol=1e-12)
    stood = [row.weight for row in window.session.runs.record][:4]
    apart = np.abs(seen[:, :1] - np.array(stood)).min(axis=1)
    assert 0 < apart.max() < 0.15
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert curve._curve.visible
    assert curve._optimum.visible
    assert not curve._pieces.visible


def test_in_fog_the_same_iteration_is_the_same_picture(two):
    two.viewing.switches["fog"].trigger()
    pictures = {}
    for iteration in (5, 60, 2, 60, 5, 2):
        two.session.playback.seek(iteration)
        QApplication.processEvents()
        picture = two.figure.grab().toImage()
        assert pictures.setdefault(iteration, picture) == picture
    assert pictures[5] != pictures[60]


def test_fog_hides_the_ground_of_the_landscape_but_for_what_is_near(two):
    landscape = two.figure.landscape
    two.session.playback.seek(50)
    clear = landscape.grab().toImage()
    two.viewing.switches["fog"].trigger()
    QApplication.processEvents()
    foggy = landscape.grab().toImage()
    row, ratio = two.session.playback.row, clear.devicePixelRatio()
    here = landscape.viewport().mapTo(landscape, pixel(landscape, row.weight, row.bias))
    near = here + QPoint(0, int(SIGHT_PX * 0.75))
    far = landscape.viewport().mapTo(
        landscape, pixel(landscape, *two.session.runs.experiment.bowl.optimum)
    )
    assert foggy.pixel(near * ratio) == clear.pixel(near * ratio)
    assert foggy.pixel(far * ratio) != clear.pixel(far * ratio)
    QTest.mouseMove(landscape.viewport(), pixel(landscape, 1.0, 10.0))
    assert not child(two, "landscape_hover").isVisible()


def test_a_new_run_in_fog_begins_unseen(window, qtbot, curve):
    window.viewing.switches["fog"].trigger()
    window.session.playback.to_end()
    type_into(qtbot, window, "learning_rate", "0.002")
    window.session.playback.to_start()
    assert np.ptp(curve._pieces.points[:, 0]) < 0.3
