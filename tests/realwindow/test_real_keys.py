"""Keys, clicks and the wheel as the X server sends them: who gets them."""

import subprocess

import pytest
from PySide6.QtWidgets import QApplication
from support import child


def xdotool(*words):
    return subprocess.run(["xdotool", *words], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def hand(window, qtbot):
    """A window that has the keyboard: Xvfb has no window manager to give it."""
    xdotool("windowfocus", "--sync", str(int(window.winId())))
    qtbot.waitUntil(window.isActiveWindow)
    return window


def point_at(widget):
    place = widget.mapToGlobal(widget.rect().center())
    xdotool("mousemove", "--sync", str(place.x()), str(place.y()))


def test_a_rate_is_typed_and_the_keys_are_the_players_again(hand, qtbot):
    box, runs = child(hand, "learning_rate"), hand.session.runs
    point_at(box)
    xdotool("click", "--repeat", "2", "1")
    qtbot.waitUntil(box.hasFocus)
    xdotool("key", "ctrl+a")
    xdotool("type", "0.002")
    qtbot.waitUntil(lambda: box.text() == "0.002")
    assert runs.experiment.learning_rate == 0.001
    xdotool("key", "Return")
    qtbot.waitUntil(lambda: runs.experiment.learning_rate == 0.002)
    qtbot.waitUntil(lambda: not runs.training)
    for key, iteration in (("End", 100), ("Left", 99), ("Home", 0), ("Right", 1)):
        xdotool("key", key)
        qtbot.waitUntil(lambda there=iteration: hand.session.playback.iteration == there)
    xdotool("key", "ctrl+z")
    qtbot.waitUntil(lambda: runs.experiment.learning_rate == 0.001)
    xdotool("key", "space")
    qtbot.waitUntil(lambda: hand.session.playback.playing)


def test_tab_and_space_open_more_settings(hand, qtbot):
    heading = child(hand, "more_settings")
    for _ in range(40):
        before = QApplication.focusWidget()
        xdotool("key", "Tab")
        qtbot.waitUntil(lambda before=before: QApplication.focusWidget() is not before)
        if heading.hasFocus():
            break
    assert heading.hasFocus()
    xdotool("key", "space")
    qtbot.waitUntil(heading.isChecked)
    assert not hand.session.playback.playing


def test_the_wheel_over_the_panel_changes_nothing(hand, qtbot):
    experiment, method = hand.session.runs.experiment, child(hand, "method")
    child(hand, "more_settings").setChecked(True)
    hand.resize(900, 560)
    bar = child(hand, "settings").verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    point_at(method)
    xdotool("click", "5")
    qtbot.waitUntil(lambda: bar.value() > 0)
    assert not method.hasFocus()
    assert hand.session.runs.experiment is experiment


def test_a_class_sees_large_pictures_and_a_weight_is_typed_below_the_lesson(hand, qtbot):
    panel, box, figure = child(hand, "panel"), child(hand, "start_weight"), hand.figure
    places = panel.mapTo(hand, panel.rect().topLeft()), panel.size(), figure.size()
    xdotool("key", "F1")
    xdotool("key", "F11")
    qtbot.waitUntil(lambda: hand.figure.theme.scale > 1)
    qtbot.waitUntil(lambda: figure.width() >= 2 / 3 * hand.width())
    qtbot.waitUntil(box.isVisible)
    assert panel.mapTo(hand, panel.rect().topLeft()).x() > figure.width()
    point_at(box)
    xdotool("click", "1")
    qtbot.waitUntil(box.hasFocus)
    xdotool("key", "ctrl+a")
    xdotool("type", "1.8")
    xdotool("key", "Return")
    qtbot.waitUntil(lambda: child(hand, "weight").text() == "1.8000")
    xdotool("key", "F11")
    xdotool("key", "F1")
    qtbot.waitUntil(lambda: hand.figure.theme.scale == 1 and not box.isVisible())
    qtbot.waitUntil(
        lambda: places == (panel.mapTo(hand, panel.rect().topLeft()), panel.size(), figure.size())
    )
