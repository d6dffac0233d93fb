"""The window as a user meets it: real widgets, real clicks and keys."""

import random
import re
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QMessageBox, QWidget
from support import PIZZA, child, choose, press, text, type_into, wait_until_trained

from gdviz import gradient, loss
from gdviz.ui.garbage import collect_what_is_due
from gdviz.ui.window import MainWindow

NAMED = (
    "iterations", "learning_rate", "tolerance", "play", "step_forward", "step_back", "to_start",
    "to_end", "speed", "position", "loss_curve", "data_fit", "loss_history", "log",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_what_other_programs_rely_on_is_named_and_explained(window, name):
    widget = child(window, name)
    assert widget.accessibleName()
    assert widget.toolTip()


def test_a_first_start_shows_pizza_at_its_start(window):
    assert window.windowTitle() == "pizza.txt — gdviz"
    assert text(window, "file_name") == "pizza.txt"
    assert text(window, "where") == "iteration 0 of 100"
    assert "812.8667" in text(window, "loss")
    assert "slope is negative" in text(window, "sentence")
    assert text(window, "outcome") == "Ran all 100 iterations."


def test_space_plays_to_the_end_and_pauses_there(window, qtbot):
    child(window, "speed").setCurrentText("1000 per second")
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert text(window, "play") == "Pause"
    qtbot.waitUntil(lambda: text(window, "play") == "Play")
    assert text(window, "where") == "iteration 100 of 100"
    assert "1.8437" in text(window, "weight")


def test_play_at_the_end_starts_over(window, qtbot):
    press(qtbot, window, "to_end")
    press(qtbot, window, "play")
    assert window.session.row.iteration < 100
    press(qtbot, window, "play")


@pytest.mark.parametrize(
    ("keys", "iteration"),
    [
        ([Qt.Key.Key_Right], 1),
        ([Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left], 1),
        ([Qt.Key.Key_Left], 0),
        ([Qt.Key.Key_End], 100),
        ([Qt.Key.Key_End, Qt.Key.Key_Right], 100),
        ([Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Left], 98),
        ([Qt.Key.Key_End, Qt.Key.Key_Home], 0),
    ],
)
def test_keys_step(window, qtbot, keys, iteration):
    for key in keys:
        qtbot.keyClick(window, key)
    assert text(window, "where") == f"iteration {iteration} of 100"
    assert child(window, "position").value() == iteration


def test_buttons_step(window, qtbot):
    press(qtbot, window, "step_forward")
    press(qtbot, window, "step_forward")
    press(qtbot, window, "step_back")
    assert text(window, "where") == "iteration 1 of 100"
    press(qtbot, window, "to_end")
    assert text(window, "where") == "iteration 100 of 100"
    press(qtbot, window, "to_start")
    assert text(window, "where") == "iteration 0 of 100"


def test_space_plays_while_a_number_is_being_typed(window, qtbot):
    box = child(window, "learning_rate")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert text(window, "play") == "Pause"
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert text(window, "play") == "Play"
    assert box.text() == "0.001"


def test_the_numbers_are_those_of_the_lesson(window, qtbot, pizza):
    qtbot.keyClick(window, Qt.Key.Key_Right)
    w = 0.001 * -gradient(pizza.x, pizza.y, 0.0)
    assert text(window, "weight") == f"{w:.4f}"
    assert text(window, "loss") == f"{loss(pizza.x, pizza.y, w):.4f}"
    slope = f"{gradient(pizza.x, pizza.y, w):.4f}"
    assert text(window, "slope") == slope.replace("-", "\N{MINUS SIGN}")


def test_typing_a_rate_retrains_at_once_and_keeps_the_iteration(window, qtbot):
    child(window, "position").setValue(7)
    before = text(window, "loss")
    type_into(qtbot, window, "learning_rate", "1e-4")
    assert window.session.experiment.learning_rate == 1e-4
    assert text(window, "where") == "iteration 7 of 100"
    assert text(window, "loss") != before


def test_at_the_end_more_iterations_show_the_new_end(window, qtbot):
    press(qtbot, window, "to_end")
    type_into(qtbot, window, "iterations", "250")
    assert text(window, "where") == "iteration 250 of 250"


def test_typing_more_iterations_digit_by_digit_does_not_move_the_hiker(window, qtbot):
    child(window, "position").setValue(37)
    type_into(qtbot, window, "iterations", "2000")
    assert text(window, "where") == "iteration 37 of 2,000"


def test_a_tolerance_ends_the_run_and_says_so(window, qtbot):
    type_into(qtbot, window, "tolerance", "0.01")
    last = window.session.record[-1]
    assert abs(last.weight_gradient) < 0.01
    assert text(window, "outcome") == (
        f"Stopped at iteration {last.iteration}: the slope is smaller than 0.01."
    )
    press(qtbot, window, "to_end")
    assert text(window, "where").endswith(f"of {last.iteration}")


def test_a_divergent_run_says_where_and_what_works_and_one_click_mends_it(window, qtbot):
    type_into(qtbot, window, "iterations", "1000")
    type_into(qtbot, window, "learning_rate", "0.01")
    banner = child(window, "divergence")
    assert banner.isVisible()
    message = text(window, "divergence_text")
    diverged_at = len(window.session.record)
    assert f"at iteration {diverged_at}" in message
    assert "below 0.00457 work here; try 0.001" in message
    press(qtbot, window, "to_end")
    assert np.isfinite(window.session.row.loss)
    press(qtbot, window, "divergence_action")
    wait_until_trained(qtbot, window)
    assert not banner.isVisible()
    assert child(window, "learning_rate").text() == "0.001"


def test_a_run_that_only_grows_is_called_divergent_too(window, qtbot):
    type_into(qtbot, window, "learning_rate", "0.005")
    assert "the loss has grown" in text(window, "divergence_text")


def test_a_click_in_the_history_goes_there(window, qtbot):
    history = child(window, "loss_history")
    where = history.view.mapViewToScene(QPointF(50, 100))
    qtbot.mouseClick(history.viewport(), Qt.MouseButton.LeftButton, pos=history.mapFromScene(where))
    assert window.session.row.iteration == pytest.approx(50, abs=1)


def test_a_drag_in_the_history_follows(window, qtbot):
    history = child(window, "loss_history")
    box = history.view
    start, end = (history.mapFromScene(box.mapViewToScene(QPointF(x, 100))) for x in (20, 80))
    qtbot.mousePress(history.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert window.session.row.iteration == pytest.approx(20, abs=1)
    qtbot.mouseMove(history.viewport(), end)
    qtbot.mouseRelease(history.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert window.session.row.iteration == pytest.approx(80, abs=1)


def test_any_order_of_visits_shows_the_same_picture(window):
    """Views draw a record; looking never changes it."""
    pictures = {}
    order = [0, 3, 50, 100, 7, 50, 3, 0, 99, 7, 100]
    random.Random(5).shuffle(order)
    for iteration in [*order, *reversed(order)]:
        child(window, "position").setValue(iteration)
        image = window.figure.grab().toImage()
        assert pictures.setdefault(iteration, image) == image, iteration


def test_a_second_run_has_the_same_rows(window, qtbot):
    first = window.session.record.rows.copy()
    type_into(qtbot, window, "learning_rate", "0.002")
    type_into(qtbot, window, "learning_rate", "0.001")
    np.testing.assert_array_equal(window.session.record.rows, first)


def test_paused_nothing_ticks(window):
    assert not window.session._timer.isActive()


def test_a_long_run_can_be_stopped(window, qtbot):
    child(window, "iterations").setValue(1_000_000_000)
    stop = child(window, "stop")
    qtbot.waitUntil(stop.isVisible)
    assert text(window, "outcome").startswith("Training: ")
    press(qtbot, window, "stop")
    wait_until_trained(qtbot, window)
    assert text(window, "outcome").startswith("You stopped the run at iteration ")


def test_the_log_shows_the_lines_of_the_lesson_and_follows(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    log = child(window, "log")
    qtbot.waitUntil(log.isVisible)
    lines = [log.model().index(row, 0).data() for row in range(log.model().rowCount())]
    assert lines[0] == "Iteration    0 => Loss: 812.8666666667"
    assert lines[99] == "Iteration   99 => Loss: 69.1209628275"
    assert lines[100] == "w=1.8436928702"
    assert len(lines) == 101
    qtbot.keyClick(window, Qt.Key.Key_End)
    assert log.currentIndex().data() == "w=1.8436928702"
    log.scrollToTop()
    qtbot.mouseClick(
        log.viewport(),
        Qt.MouseButton.LeftButton,
        pos=log.visualRect(log.model().index(2, 0)).center(),
    )
    assert text(window, "where") == "iteration 2 of 100"
    qtbot.keyClick(log, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == lines[2]


def test_open_by_dialog(window, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "shoes.csv"
    path.write_text("size,price\n1,2\n2,4\n3,6\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    wait_until_trained(qtbot, window)
    assert text(window, "file_name") == "shoes.csv"
    assert child(window, "data_fit").bottom.labelText == "size"
    assert child(window, "data_fit").left.labelText == "price"
    assert not child(window, "x_column").isVisible()


def test_cancelling_the_dialog_changes_nothing(window, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    window.choose_file()
    assert text(window, "file_name") == "pizza.txt"
    assert not child(window, "notice").isVisible()


def test_open_by_drop(window, tmp_path):
    path = tmp_path / "dropped.txt"
    path.write_text("1 2\n2 3\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(
        QDropEvent(
            QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    assert text(window, "file_name") == "dropped.txt"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("words.csv", b"a,b\nx,y\n", "x"),
        ("one.txt", b"5\n6\n", "two columns"),
    ],
)
def test_an_unusable_file_says_why_and_leaves_the_data(window, tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    assert not window.open_file(path)
    assert child(window, "notice").isVisible()
    assert name in text(window, "notice_text")
    assert says in text(window, "notice_text")
    assert text(window, "file_name") == "pizza.txt"
    assert len(window.session.record) == 101


def test_a_missing_file_and_a_directory_say_so(window, tmp_path):
    assert not window.open_file(tmp_path / "gone.txt")
    assert "gone.txt" in text(window, "notice_text")
    assert not window.open_file(tmp_path)
    assert text(window, "file_name") == "pizza.txt"


def test_rows_that_cant_be_used_are_listed(window, qtbot, tmp_path):
    path = tmp_path / "holes.csv"
    path.write_text("a,b\n" + "1,oops\n" * 25 + "1,2\n" * 30)
    assert window.open_file(path)
    wait_until_trained(qtbot, window)
    details = child(window, "notice_details").toPlainText()
    assert child(window, "notice").isVisible()
    assert "line 2" in details
    assert "oops" in details
    assert "25" in details
    assert details.count("oops") == 20
    press(qtbot, window, "notice_close")
    assert not child(window, "notice").isVisible()


def test_more_columns_can_be_chosen(window, qtbot, tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("name,a,b,c\nx,1,2,3\ny,2,4,9\n")
    window.open_file(path)
    wait_until_trained(qtbot, window)
    chooser = child(window, "y_column")
    assert chooser.isVisible()
    assert [chooser.itemText(i) for i in range(chooser.count())] == ["a", "b", "c"]
    chooser.setCurrentText("c")
    wait_until_trained(qtbot, window)
    assert window.session.experiment.dataset.y.tolist() == [3, 9]
    assert child(window, "data_fit").left.labelText == "c"


def recent(window):
    """Return the names of the files that the menu offers."""
    menus = {menu.title().replace("&", ""): menu for menu in window.findChildren(QMenu)}
    menus["File"].aboutToShow.emit()
    return [Path(action.text()).name for action in menus["Open recent"].actions()]


def test_recent_files_come_newest_first_each_once_and_no_more_than_eight(window, tmp_path):
    names = [f"{number}.txt" for number in range(10)]
    for name in names:
        tmp_path.joinpath(name).write_text("1 2\n2 3\n")
        assert window.open_file(tmp_path / name)
    assert recent(window) == names[:1:-1]
    window.open_file(tmp_path / "5.txt")
    assert recent(window) == [f"{number}.txt" for number in (5, 9, 8, 7, 6, 4, 3, 2)]
    choose(window, str(tmp_path / "7.txt"))
    assert text(window, "file_name") == "7.txt"
    assert recent(window)[:2] == ["7.txt", "5.txt"]


def items(box):
    """Return what a box offers."""
    return [box.itemText(index) for index in range(box.count())]


def test_what_is_offered_has_an_order(window):
    speeds = [re.match(r"\d+", label) for label in items(child(window, "speed"))]
    numbers = [int(found[0]) for found in speeds if found]
    assert numbers == sorted(numbers)
    assert len(numbers) > 3
    assert items(child(window, "method"))[0] == "Gradient descent"
    assert items(child(window, "batches")) == ["all rows", "mini-batches", "single rows"]
    choose(window, "Lesson")
    chapters = [
        int(re.match(r"\D*(\d+)", title)[1]) for title in items(child(window, "lesson_chapter"))
    ]
    assert chapters == list(range(1, len(chapters) + 1))
    choose(window, "Lesson")


def test_the_menus_stand_in_their_usual_order(window):
    titles = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert titles == ["File", "Edit", "Play", "Runs", "View", "Help"]


def test_settings_come_back_at_the_next_start(window, qtbot, tmp_path):
    path = tmp_path / "again.txt"
    path.write_text("1 2\n2 3\n")
    window.open_file(path)
    type_into(qtbot, window, "iterations", "321")
    type_into(qtbot, window, "learning_rate", "2e-3")
    child(window, "speed").setCurrentText("30 per second")
    window.choose_theme("dark")
    window.logarithmic.trigger()
    window.resize(1100, 700)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert child(again, "iterations").value() == 321
    assert child(again, "learning_rate").value() == 2e-3
    assert child(again, "speed").currentText() == "30 per second"
    assert again.figure.theme.name == "dark"
    assert again.logarithmic.isChecked()
    # The offscreen screen is 800 pixels wide, and a restored window fits its screen.
    assert again.height() == 700
    assert again.preferences.recent_files == [path]
    assert text(again, "file_name") == "pizza.txt"
    again.close()


@pytest.mark.parametrize("value", ["rubbish", "-5", "nan", "1e999", ""])
def test_a_start_with_broken_settings_still_starts(qtbot, own_settings, value):
    own_settings.joinpath("gdviz").mkdir(parents=True)
    keys = (
        "iterations", "learning_rate", "tolerance", "speed", "theme", "geometry", "state",
        "recent_files", "logarithmic",
    )  # fmt: skip
    lines = [f"{key}={value}" for key in keys]
    own_settings.joinpath("gdviz", "gdviz.conf").write_text("\n".join(["[General]", *lines]))
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    wait_until_trained(qtbot, window)
    assert text(window, "where") == "iteration 0 of 100"
    assert child(window, "learning_rate").value() == 0.001


def test_about_names_the_program(window):
    window.show_about()
    box = window.findChild(QMessageBox, "about")
    assert "gdviz" in box.text()
    box.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_no_text_is_clipped(window, theme, size):
    window.choose_theme(theme)
    window.resize(*size)
    QApplication.processEvents()
    for label in window.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap() and label.text():
            assert label.width() >= label.sizeHint().width(), label.text()
    assert not window.findChild(QWidget, "qt_scrollarea_vcontainer").isVisible()


def do_something(window, dice, other):
    """Make one random move in a window."""
    match dice.randrange(5):
        case 0:
            child(window, "iterations").setValue(dice.choice([5, 10**6, 10**9]))
        case 1:
            child(window, "learning_rate").setValue(dice.choice([1e-9, 0.001, 1]))
        case 2:
            window.open_file(dice.choice([other, PIZZA]))
        case 3:
            window.session.toggle_playing()
        case 4:
            QApplication.processEvents()


@pytest.mark.usefixtures("qapp")
def test_opening_retraining_and_closing_at_random_leaves_nothing(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("x;y\n1,5;2\n2,5;4\n")
    dice = random.Random(1)
    threads = threading.active_count()
    for _ in range(50):
        window = MainWindow()
        if dice.random() < 0.5:
            window.show()
        for _ in range(dice.randrange(12)):
            do_something(window, dice, other)
        trainer = window.session.run._trainer
        window.close()
        assert trainer is None or not trainer.isRunning()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        collect_what_is_due()
    assert threading.active_count() == threads
