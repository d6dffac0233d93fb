"""The bar says as much as it has room for, grows with the type, and is worked by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyleOptionComboBox
from room import clipped
from support import child, command, press, text

from gdviz.core.descent.playhead import DEFAULT_SPEED, SPEEDS

BUTTONS = ("to_start", "step_back", "play", "step_forward", "to_end")


@pytest.fixture
def transport(window):
    """The bar, lifted out of the window's layout, so that it can have any width."""
    transport = window.playing.transport
    transport.setParent(window)
    transport.show()
    return transport


def shown_speed(transport):
    option = QStyleOptionComboBox()
    child(transport, "speed").initStyleOption(option)
    return option.currentText


def at_width(transport, width):
    transport.resize(width, transport.height())
    for _ in range(5):
        QApplication.processEvents()
    return text(transport, "where"), shown_speed(transport)


def test_the_slider_gets_room_before_words_do(transport):
    line, least = transport.fontMetrics().height(), transport.minimumSizeHint().width()
    for width in range(least, 1000, 10):
        words, _ = at_width(transport, width)
        if words.startswith("iteration"):
            assert child(transport, "position").width() >= 8 * line


def test_a_narrower_bar_says_the_same_in_fewer_characters(transport):
    least = transport.minimumSizeHint().width()
    said = [at_width(transport, width) for width in range(1000, least - 1, -10)]
    forms = list(dict.fromkeys(said))
    assert forms[:3] == [
        ("iteration 0 of 100", "slow, then faster"), ("0 / 100", "slow, then faster"),
        ("0 / 100", "slow → faster"),
    ]  # fmt: skip
    assert forms[-1] == ("0", "slow → faster")
    assert at_width(transport, 1000) == forms[0]


@pytest.mark.parametrize("speed", SPEEDS, ids=lambda speed: speed.label)
def test_no_speed_is_cut_off_in_the_narrowest_bar(transport, speed):
    transport.set_speed(speed.label)
    at_width(transport, transport.minimumSizeHint().width())
    assert "…" not in shown_speed(transport)
    assert not clipped(transport)


def test_the_speed_that_was_chosen_is_remembered_and_an_unknown_one_changes_nothing(window):
    transport = window.playing.transport
    assert transport.speed is DEFAULT_SPEED
    transport.set_speed("3 per second")
    transport.set_speed("at the speed of light")
    assert transport.speed.label == "3 per second"
    window.playing.close()
    assert window.preferences.text("speed", "", ["3 per second"]) == "3 per second"


def test_it_grows_with_the_type(window, qtbot):
    before = {name: child(window, name).size() for name in BUTTONS}
    icons = {name: child(window, name).iconSize() for name in BUTTONS}
    window.presenter.action.trigger()
    qtbot.waitUntil(lambda: window.figure.theme.scale > 1)
    QApplication.processEvents()
    for name in BUTTONS:
        button = child(window, name)
        assert button.iconSize().width() > 1.3 * icons[name].width()
        assert button.width() > 1.2 * before[name].width()
    window.presenter.action.trigger()
    QApplication.processEvents()
    assert {name: child(window, name).iconSize() for name in BUTTONS} == icons


@pytest.mark.parametrize("name", BUTTONS)
def test_every_button_is_reached_by_tab_and_a_click_leaves_space_alone(window, qtbot, name):
    button, curve = child(window, name), child(window, "loss_curve")
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    if name != "play":
        curve.setFocus()
        press(qtbot, window, name)
        assert curve.hasFocus()


def test_the_menu_offers_every_speed(window):
    for speed in SPEEDS:
        command(window, speed.label).trigger()
        assert child(window, "speed").currentText() == speed.label


def test_playing_again_and_again_makes_no_icons(window, qtbot):
    """Of each that is painted Qt remembers something, up to ten megabytes in all."""
    button, seen = child(window, "play"), set()
    for _ in range(6):
        press(qtbot, window, "play")
        seen.add(button.icon().cacheKey())
    assert len(seen) == 2
