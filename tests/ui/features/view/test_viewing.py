"""Viewing: the pictures follow the playhead, and move it."""

import random

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle
from support import child, choose, command, press, text, wait_until_trained

from gdviz.core.words.numbers import number_text
from gdviz.ui.shell.window import MainWindow


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


# A step between two rows


def place(window, plot="loss_curve"):
    """Return where the hiker is."""
    return child(window, plot)._hiker.points[0].tolist()


def play_slowly(window, qtbot):
    """Play three iterations a second, from iteration 2."""
    child(window, "position").setValue(2)
    child(window, "speed").setCurrentText("3 per second")
    press(qtbot, window, "play")


def test_at_a_slow_speed_the_hiker_walks_and_the_numbers_wait(window, qtbot):
    play_slowly(window, qtbot)
    numbers = [text(window, name) for name in ("where", "weight", "loss")]
    start = place(window)
    qtbot.waitUntil(lambda: place(window) != start)
    record, (weight, loss) = window.session.runs.record, place(window)
    assert record[2].weight < weight < record[3].weight
    assert loss == pytest.approx(window.session.runs.experiment.bowl.loss(weight, 0.0))
    assert [text(window, name) for name in ("where", "weight", "loss")] == numbers
    press(qtbot, window, "play")
    assert place(window) == start
    assert [text(window, name) for name in ("where", "weight", "loss")] == numbers


def test_after_a_pause_on_the_way_the_picture_is_that_of_the_row(window, qtbot):
    child(window, "position").setValue(2)
    before = window.figure.grab().toImage()
    play_slowly(window, qtbot)
    qtbot.waitUntil(lambda: window.session.playback.position > 2.3)
    assert window.session.playback.iteration == 2
    assert window.figure.grab().toImage() != before
    press(qtbot, window, "play")
    assert window.figure.grab().toImage() == before


def test_in_a_race_all_walk(window, qtbot):
    press(qtbot, window, "keep")
    child(window, "learning_rate").setValue(0.0005)
    qtbot.waitUntil(lambda: not window.session.runs.training)
    play_slowly(window, qtbot)
    qtbot.waitUntil(lambda: window.session.playback.position > 2.3)
    curve, history = child(window, "loss_curve"), child(window, "loss_history")
    (kept, marker), (_, in_history) = curve._kept_markers[0], history._kept_markers[0]
    before, after = kept.record[2], kept.record[3]
    assert before.weight < marker.points[0, 0] < after.weight
    position, loss = in_history.points[0]
    share = position - 2
    assert 0.25 < share < 1
    assert loss == pytest.approx(before.loss + share * (after.loss - before.loss))
    press(qtbot, window, "play")


def assert_it_jumps(window, qtbot):
    """Played slowly, the hiker is seen nowhere but at the rows."""
    play_slowly(window, qtbot)
    places = {place(window)[0]}
    window.session.playback.moved.connect(lambda: places.add(place(window)[0]))
    qtbot.waitUntil(lambda: window.session.playback.iteration == 4)
    press(qtbot, window, "play")
    assert places == {row.weight for row in list(window.session.runs.record)[2:5]}


def test_while_somebody_guesses_nothing_walks(window, qtbot):
    command(window, "Predict").trigger()
    assert_it_jumps(window, qtbot)


# Reduced motion


class StillStyle(QProxyStyle):
    """The style of a system that is set to show no animations."""

    def styleHint(self, hint, *how):  # noqa: N802  (Qt's name)
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, *how)


def test_with_reduced_motion_every_step_is_a_jump(window, qtbot):
    command(window, "Reduce motion").trigger()
    assert_it_jumps(window, qtbot)


def test_with_reduced_motion_kept_runs_and_the_surface_jump_too(window, qtbot):
    window.session.runs.keep()
    window.tuning.set_settings(learning_rate=0.0005)
    command(window, "Surface").trigger()
    command(window, "Reduce motion").trigger()
    wait_until_trained(qtbot, window)
    play_slowly(window, qtbot)
    curve, surface, seen = window.figure.loss_curve, window.figure.surface, set()
    ((_, marker),) = curve._kept_markers
    window.session.playback.moved.connect(
        lambda: seen.add((float(marker.points[0, 0]), surface._position))
    )
    qtbot.waitUntil(lambda: window.session.playback.iteration == 4)
    press(qtbot, window, "play")
    record = window.session.runs.kept[0].record
    assert seen == {(record[k].weight, k) for k in (3, 4)}


def reopened(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def still_system(qapp):
    """A system that shows no animations."""
    name = qapp.style().objectName()
    QApplication.setStyle(StillStyle(name))
    yield
    QApplication.setStyle(name)


@pytest.mark.usefixtures("still_system")
def test_until_somebody_chooses_motion_is_as_in_the_system(qtbot):
    window = reopened(qtbot)
    assert command(window, "Reduce motion").isChecked()
    assert window.session.playback.reduced_motion
    command(window, "Reduce motion").trigger()
    window.close()
    window = reopened(qtbot)
    assert not command(window, "Reduce motion").isChecked()
    assert not window.session.playback.reduced_motion


@pytest.mark.usefixtures("still_system")
def test_what_the_system_wished_is_not_taken_for_a_choice(qtbot):
    reopened(qtbot).close()
    QApplication.setStyle("fusion")
    assert not command(reopened(qtbot), "Reduce motion").isChecked()


def test_a_choice_of_motion_is_remembered(qtbot, window):
    assert not command(window, "Reduce motion").isChecked()
    command(window, "Reduce motion").trigger()
    QApplication.processEvents()
    assert command(reopened(qtbot), "Reduce motion").isChecked()


# The equation of the line


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


def test_in_a_small_picture_the_equation_stands_alone(window):
    choose(window, "Line's equation")
    data, note = window.figure.data_fit, window.figure.data_fit.equation
    assert "RMSE" in note.toPlainText()
    before = data.size()
    data.resize(120, 130)
    QApplication.processEvents()
    assert note.toPlainText().split() == ["y", "=", "0", "x"]
    data.resize(before)
    QApplication.processEvents()
    assert "RMSE" in note.toPlainText()


def test_the_equation_stands_where_it_hides_fewer_points(window):
    choose(window, "Line's equation")
    data, note = window.figure.data_fit, window.figure.data_fit.equation
    middle = data.view.sceneBoundingRect().center().y()
    assert note.sceneBoundingRect().center().y() < middle
    data.view.translateBy((0.0, -20.0))
    QApplication.processEvents()
    assert note.sceneBoundingRect().center().y() > middle
    assert data.frame().contains(data.mapFromScene(note.sceneBoundingRect()).boundingRect())
