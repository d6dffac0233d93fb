"""Views hold still: they show what the data ask for, and grow only to hold start and path."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support import child, choose, type_into, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.drawing.notes import Note

LEFT = Qt.MouseButton.LeftButton
YEARS = Dataset(np.arange(1880, 2020), 13.7 + 0.0065 * np.arange(140), "year", "temperature")
HUGE = Dataset(1e12 * np.arange(1, 12), 3e12 * np.arange(1, 12) + 5e11)


def ranges(window):
    """Return what the flat pictures show."""
    figure = window.figure
    return [
        view.view.viewRange() for view in (figure.loss_curve, figure.landscape, figure.data_fit)
    ]


def pixel(plot, x, y):
    return plot.mapFromScene(plot.view.mapViewToScene(QPointF(x, y)))


def notes(plot):
    """Return the notes that are shown, and where they are among the picture's pixels."""
    return {
        item.textItem.toPlainText(): item.textItem.sceneBoundingRect()
        for item in plot.scene().items() if isinstance(item, Note) and item.isVisible()
    }  # fmt: skip


def inside(plot):
    return plot.view.sceneBoundingRect().adjusted(-1, -1, 1, 1)


@pytest.fixture
def two(window, qtbot):
    """The window with the bias, and the landscape."""
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    return window


def test_while_a_start_is_typed_step_by_step_no_picture_moves(window, qtbot):
    choose(window, "Landscape")
    before = ranges(window)
    (left, right), _ = before[0]
    assert left < -1 < 4 < right < 4.2
    for typed in ("0.5", "1", "1.8", "1.84", "1.8437", "2", "3", "3.9", "-0.9"):
        type_into(qtbot, window, "start_weight", typed)
        assert ranges(window)[0] == before[0]
        if 0 <= float(typed) < 2.5:
            assert ranges(window) == before


def test_next_to_the_minimum_is_no_cliff(window, qtbot):
    type_into(qtbot, window, "start_weight", "1.84")
    curve = window.figure.loss_curve
    (bottom, top) = curve.view.viewRange()[1]
    row = window.session.playback.row
    assert curve._hiker.points.tolist() == [[row.weight, row.loss]]
    assert row.loss - bottom < 0.1 * (top - bottom)
    left, right = curve._curve.points[[0, -1], 1]
    assert min(left, right) > bottom + 0.5 * (top - bottom)


def test_a_view_grows_for_a_start_beyond_and_comes_back(window, qtbot):
    before = ranges(window)
    type_into(qtbot, window, "start_weight", "20")
    (left, right), (_, top) = window.figure.loss_curve.view.viewRange()
    assert right > 20
    # The other wall is seen as well.
    assert left < 1.84 - 0.6 * (20 - 1.84)
    assert window.session.runs.record[0].loss < top
    type_into(qtbot, window, "start_weight", "1")
    assert ranges(window) == before


@pytest.mark.parametrize("name", ["loss_curve", "landscape"])
def test_while_a_start_is_dragged_in_one_picture_all_hold_still(two, qtbot, name):
    type_into(qtbot, two, "start_weight", "9")
    before, plot, row = ranges(two), getattr(two.figure, name), two.session.playback.row
    heights = (row.loss, 300.0) if name == "loss_curve" else (row.bias, 8.0)
    view, target = plot.viewport(), pixel(plot, 1.0, heights[1])
    QTest.mousePress(view, LEFT, pos=pixel(plot, row.weight, heights[0]))
    QTest.mouseMove(view, pixel(plot, 4.0, heights[1]))
    QTest.mouseMove(view, target)
    wait_until_trained(qtbot, two)
    assert two.session.runs.experiment.start.weight == pytest.approx(1.0, abs=0.3)
    assert ranges(two) == before
    # What is seen of the curve has its curve.
    assert two.figure.loss_curve._curve.points[-1, 0] > 9
    QTest.mouseRelease(view, LEFT, pos=target)
    wait_until_trained(qtbot, two)
    assert two.figure.loss_curve.view.viewRange()[0][1] < 5
    assert two.figure.loss_curve._curve.points[-1, 0] < 5


def test_a_drag_leaves_pictures_alone_that_were_zoomed(two, qtbot):
    data, curve = two.figure.data_fit, two.figure.loss_curve
    data.view.setRange(xRange=(5, 10), yRange=(10, 20), padding=0)
    zoomed, row = data.view.viewRange(), two.session.playback.row
    QTest.mousePress(curve.viewport(), LEFT, pos=pixel(curve, row.weight, row.loss))
    QTest.mouseMove(curve.viewport(), pixel(curve, 1.0, 300))
    QTest.mouseRelease(curve.viewport(), LEFT, pos=pixel(curve, 1.0, 300))
    wait_until_trained(qtbot, two)
    assert data.view.viewRange() == zoomed


@pytest.mark.parametrize("start", [Point(0.0, 0.0), Point(0.0, 400.0), Point(0.2, -300.0)])
@pytest.mark.parametrize("with_bias", [False, True])
def test_the_line_is_in_the_picture_while_a_run_converges(window, qtbot, start, with_bias):
    experiment = Experiment(YEARS, 60, 1e-7, with_bias=with_bias, start=start)
    window.session.restart(experiment)
    wait_until_trained(qtbot, window)
    data = window.figure.data_fit
    for iteration in (0, 1, 5, 60):
        window.session.playback.seek(iteration)
        QApplication.processEvents()
        assert data._line.visible
        assert not notes(data)
        (left, right), (bottom, top) = data.view.viewRange()
        assert ((data._line.points >= (left, bottom)) & (data._line.points <= (right, top))).all()


@pytest.mark.parametrize("dataset", [YEARS, HUGE], ids=["years", "huge"])
def test_a_run_that_leaps_far_out_leaves_the_ground_and_says_where_it_is(window, qtbot, dataset):
    window.session.restart(Experiment(dataset, 100, 0.001, with_bias=True))
    wait_until_trained(qtbot, window)
    curve, landscape = window.figure.loss_curve, window.figure.landscape
    before = curve._curve.points.copy()
    for iteration in (1, 2, 5):
        window.session.playback.seek(iteration)
        QApplication.processEvents()
        row = window.session.playback.row
        assert not curve._hiker.visible
        assert curve._curve.points.tolist() == before.tolist()
        (left, right), (bottom, top) = curve.view.viewRange()
        seen = (before >= (left, bottom)).all(axis=1) & (before <= (right, top)).all(axis=1)
        assert seen.mean() > 0.5
        (said,) = notes(curve)
        assert "w = " in said
        assert ("→" in said) is (row.weight > 0)
        assert "curve shown: at b = 0" in said
        assert notes(landscape)


def test_the_line_of_a_divergent_run_swings_in_the_picture_before_it_leaves(window, qtbot):
    window.session.restart(Experiment(YEARS, 100, 3e-7, with_bias=True))
    wait_until_trained(qtbot, window)
    data, heights = window.figure.data_fit, []
    for iteration in (0, 1, 2, 3):
        window.session.playback.seek(iteration)
        QApplication.processEvents()
        assert data._line.visible
        heights.append(data._line.points[:, 1].mean() - 14)
    assert (np.diff(np.abs(heights)) > 0).all()
    window.session.playback.seek(20)
    QApplication.processEvents()
    assert not data._line.visible
    (said,) = notes(data)
    assert "the line is outside: w = " in said


@pytest.mark.parametrize("rate", [0.0046, 0.005, 0.008])
@pytest.mark.parametrize("with_bias", [False, True])
def test_the_first_bounces_of_a_divergent_run_are_in_the_picture(window, qtbot, rate, with_bias):
    window.tuning.set_settings(learning_rate=rate, with_bias=with_bias)
    wait_until_trained(qtbot, window)
    curve, steps = window.figure.loss_curve, []
    for iteration in (0, 1, 2):
        window.session.playback.seek(iteration)
        QApplication.processEvents()
        row = window.session.playback.row
        assert curve._hiker.visible is (curve.place_of(row) is not None)
        steps.append(row.weight)
        if iteration < 2 or rate < 0.008:
            assert curve._hiker.points.tolist() == [[row.weight, row.loss]]
    assert abs(steps[2] - steps[1]) > abs(steps[1] - steps[0])


def test_a_hiker_above_the_picture_is_named_too(two):
    curve, row = two.figure.loss_curve, two.session.playback.row
    curve.show_row(row._replace(bias=1e6, loss=1e12))
    (said,) = notes(curve)
    assert said.startswith("↑")
    assert "loss 1e12" in said


@pytest.mark.parametrize("width", [180, 320, 700])
def test_notes_stay_within_the_picture(qtbot, two, width):
    two.session.restart(Experiment(YEARS, 100, 0.001, with_bias=True))
    wait_until_trained(qtbot, two)
    two.session.playback.seek(3)
    for plot in (two.figure.loss_curve, two.figure.landscape, two.figure.data_fit):
        plot.setParent(None)
        qtbot.addWidget(plot)
        plot.resize(width, 260)
        plot.show()
        QApplication.processEvents()
        assert notes(plot)
        for text, box in notes(plot).items():
            assert inside(plot).contains(box), (plot.title, text)


@pytest.mark.parametrize("command", ["Fog", "Predict the next step"])
@pytest.mark.parametrize("hidden", ["Loss curve", "Landscape"])
def test_what_is_chosen_for_hidden_pictures_waits_until_they_are_seen(two, qtbot, hidden, command):
    choose(two, hidden)
    type_into(qtbot, two, "learning_rate", "0.002")
    choose(two, command)
    choose(two, hidden)
    picture = getattr(two.figure, hidden.lower().replace(" ", "_"))
    assert picture.isVisible()
    assert picture._row == two.session.playback.row


def test_of_a_run_without_a_row_nothing_of_the_run_before_is_shown(window, qtbot):
    parts = window.figure.loss_curve, child(window, "readout")
    choose(window, "Predict the next step")
    window.tuning.set_settings(start=Point(1e160, 0.0))
    assert len(window.session.runs.record) == 0
    assert child(window, "nothing").isVisible()
    assert not any(part.isVisible() for part in parts)
    assert child(window, "where").text() == "iteration 0 of 0"
    window.tuning.set_settings(start=Point(0.0, 0.0))
    assert all(part.isVisible() for part in parts)
    assert not child(window, "nothing").isVisible()
    view = window.figure.loss_curve.viewport()
    qtbot.mouseClick(view, LEFT, pos=view.rect().center())
    assert window.session.playback.iteration == 1


@pytest.mark.parametrize("button", [LEFT, Qt.MouseButton.RightButton], ids=["shift", "zoom"])
@pytest.mark.usefixtures("quick_mouse")
def test_the_curve_of_very_large_x_and_very_small_y_can_be_dragged(window, button):
    """There the scales of both axes are so large that a product of theirs is no number."""
    x, y = np.array([9e139, 5e139, 7e139, 1e138]), np.array([2e-139, 3e-139, 5e-139, 3e-139])
    window.session.restart(window.session.on_new(Dataset(x, y)))
    plot = window.figure.loss_curve
    before = np.array(plot.view.viewRange())
    view = plot.viewport()
    place = QPoint(view.width() // 2, view.height() // 3)
    QTest.mousePress(view, button, pos=place)
    for step in range(1, 8):
        QTest.mouseMove(view, place + QPoint(8 * step, 5 * step))
        QApplication.processEvents()
    QTest.mouseRelease(view, button, pos=place + QPoint(56, 35))
    after = np.array(plot.view.viewRange())
    size = plot.view.rect().width(), plot.view.rect().height()
    if button is LEFT:
        way = np.ptp(before, axis=1) * (-48 / size[0], 30 / size[1])
        assert after - before == pytest.approx(np.array([way, way]).T, rel=0.5)
    else:
        assert (np.ptp(after, axis=1) < np.ptp(before, axis=1)).tolist() == [True, False]
    read = plot.view.mapSceneToView(plot.view.mapViewToScene(QPointF(*after.mean(axis=1))))
    assert read.toTuple() == pytest.approx(tuple(after.mean(axis=1)), rel=1e-6)
