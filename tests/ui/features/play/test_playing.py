"""Playing: the bar, the keys and the playhead."""

import pytest
from PySide6.QtCore import Qt
from support import child, choose, press, text

from gdviz.ui.theme import THEMES, icon


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
    assert window.session.playback.row.iteration < 100
    press(qtbot, window, "play")


def looks_like(button, name, colour):
    """Tell whether a button shows a picture of a name."""
    size = button.iconSize()
    shown, expected = (i.pixmap(size).toImage() for i in (button.icon(), icon(name, colour)))
    return shown == expected


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_button_shows_what_it_does(window, qtbot, theme):
    choose(window, theme.name.capitalize())
    for name in ("to_start", "step_back", "step_forward", "to_end"):
        assert looks_like(child(window, name), name.replace("_", "-"), theme.text)
    play = child(window, "play")
    assert looks_like(play, "play", theme.on_accent)
    press(qtbot, window, "play")
    assert looks_like(play, "pause", theme.on_accent)
    press(qtbot, window, "play")
    assert looks_like(play, "play", theme.on_accent)


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


def test_paused_nothing_ticks(window):
    assert not window.session.playback._timer.isActive()
