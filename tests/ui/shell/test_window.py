"""The window as a user meets it: real widgets, real clicks and keys."""

import random
import re
import threading

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from support import PIZZA, child, choose, text, type_into, wait_until_trained

from gdviz.ui.running.collecting import collect_what_is_due
from gdviz.ui.shell.window import MainWindow
from gdviz.versions import versions

NAMED = (
    "iterations", "learning_rate", "tolerance", "play", "step_forward", "step_back", "to_start",
    "to_end", "speed", "position", "loss_curve", "data_fit", "loss_history",
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
    window.opening.open_file(path)
    type_into(qtbot, window, "iterations", "321")
    type_into(qtbot, window, "learning_rate", "2e-3")
    child(window, "speed").setCurrentText("30 per second")
    window.appearance.choose("dark")
    for name in ("logarithmic", "equation"):
        window.viewing.switches[name].trigger()
    window.resize(1100, 700)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert child(again, "iterations").value() == 321
    assert child(again, "learning_rate").value() == 2e-3
    assert child(again, "speed").currentText() == "30 per second"
    assert again.figure.theme.name == "dark"
    for name in ("logarithmic", "equation"):
        assert again.viewing.switches[name].isChecked()
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
        "recent_files", "loss_history", "equation",
    )  # fmt: skip
    lines = [f"{key}={value}" for key in keys]
    own_settings.joinpath("gdviz", "gdviz.conf").write_text("\n".join(["[General]", *lines]))
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    wait_until_trained(qtbot, window)
    assert text(window, "where") == "iteration 0 of 100"
    assert child(window, "learning_rate").value() == 0.001


def test_about_names_the_versions_to_be_pasted_into_a_bug_report(window):
    window.show_about()
    box = window.findChild(QMessageBox, "about")
    assert f"For a bug report: {versions()}" in box.text()
    assert box.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    box.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_no_text_is_clipped(window, theme, size):
    window.appearance.choose(theme)
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
            window.opening.open_file(dice.choice([other, PIZZA]))
        case 3:
            window.session.playback.toggle()
        case 4:
            QApplication.processEvents()


@pytest.mark.usefixtures("qapp")
def test_opening_retraining_and_closing_at_random_leaves_nothing(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("x;y\n1,5;2\n2,5;4\n")
    dice = random.Random(1)
    threads = threading.active_count()
    for _ in range(60):
        window = MainWindow()
        if dice.random() < 0.5:
            window.show()
        for _ in range(dice.randrange(4)):
            do_something(window, dice, other)
        trainer = window.session.runs._training._trainer
        window.close()
        assert trainer is None or not trainer.isRunning()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        collect_what_is_due()
    assert threading.active_count() == threads
