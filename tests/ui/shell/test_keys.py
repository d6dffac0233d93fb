"""Keys: who gets them, as they are pressed on a keyboard: at the window, whoever has the focus."""

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support import child, press, wait_until_trained

CTRL = Qt.KeyboardModifier.ControlModifier
ARROWS = ["Left", "Right", "Home", "End"]


@pytest.fixture
def hand(window, qtbot):
    """A hand on the keyboard, and what it finds."""
    qtbot.waitUntil(window.isActiveWindow)
    return Hand(qtbot, window)


class Hand:
    """Presses keys at the window, as the system does."""

    def __init__(self, qtbot, window):
        self.window, self._qtbot = window, qtbot

    def press(self, *names):
        for name in names:
            combined = QKeySequence(name)[0]
            QTest.keyClick(self._place, combined.key(), combined.keyboardModifiers())
            QApplication.processEvents()

    def type(self, text):
        for letter in text:
            QTest.keyClick(self._place, letter)

    @property
    def _place(self):
        return QApplication.focusWindow()

    def focus(self, name):
        widget = child(self.window, name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self._qtbot.waitUntil(widget.hasFocus)
        return widget

    def wait(self):
        wait_until_trained(self._qtbot, self.window)

    @property
    def focused(self):
        return QApplication.focusWidget().objectName()

    @property
    def iteration(self):
        return self.window.session.playback.iteration

    @property
    def experiment(self):
        return self.window.session.runs.experiment


# Space and Return


@pytest.mark.parametrize("key", ["Space", "Return", "Enter"])
@pytest.mark.parametrize("name", ["more_settings", "with_bias"])
def test_space_and_return_press_what_has_the_focus(hand, name, key):
    control = hand.focus(name)
    before = control.isChecked()
    hand.press(key)
    assert control.isChecked() is not before
    assert not hand.window.session.playback.playing
    hand.press(key)
    assert control.isChecked() is before


@pytest.mark.parametrize("key", ["Space", "Return"])
def test_they_press_buttons(hand, qtbot, key):
    window = hand.window
    hand.focus("keep")
    hand.press(key)
    assert len(window.session.runs.kept) == 1
    window.notices.notice.say("Look", actions=[("Mend", lambda: None)])
    hand.focus("notice_action")
    hand.press(key)
    assert not window.notices.notice.isVisible()
    window.notices.notice.say("Look")
    hand.focus("notice_close")
    hand.press(key)
    assert not window.notices.notice.isVisible()
    window.figure.loss_curve.export_requested.disconnect()
    hand.focus("loss_curve_export")
    with qtbot.waitSignal(window.figure.loss_curve.export_requested, timeout=200):
        hand.press(key)
    assert not window.session.playback.playing


@pytest.mark.parametrize("key", ["Space", "Return"])
def test_a_lesson_is_read_on_without_playing(hand, key):
    hand.press("F1")
    view = hand.window.teaching.view
    number = view._number
    hand.focus("lesson_next")
    hand.press(key)
    assert view._number == number + 1
    assert not hand.window.session.playback.playing


def test_space_shows_and_hides_a_run(hand):
    window = hand.window
    hand.press("Ctrl+K", "Ctrl+T")
    table = hand.focus("runs_table")
    hand.press("Down")
    assert table.currentIndex().row() == 1
    assert window.session.runs.kept[0].visible
    hand.press("Space")
    assert not window.session.runs.kept[0].visible
    assert not window.session.playback.playing


@pytest.mark.parametrize(
    "name", ["loss_curve", "data_fit", "loss_history", "figure", "settings", "iterations",
             "learning_rate", "rate_dial", "position", "play"],
)  # fmt: skip
def test_space_plays_where_nobody_wants_it(hand, name):
    hand.focus(name)
    hand.press("Space")
    assert hand.window.session.playback.playing
    hand.press("Space")
    assert not hand.window.session.playback.playing


# Ways


@pytest.mark.parametrize("key", ARROWS)
@pytest.mark.parametrize("name", ["iterations", "learning_rate", "tolerance", "rate_dial",
                                  "method", "runs_table", "speed"])  # fmt: skip
def test_arrows_belong_to_the_control_they_mean_something_to(hand, name, key):
    hand.press("Right")
    if name == "runs_table":
        hand.press("Ctrl+T")
    hand.focus(name)
    heard = []
    for action in hand.window.findChildren(QAction):
        if action.shortcut() == QKeySequence(key):
            action.triggered.connect(lambda: heard.append(key))
    hand.press(key)
    assert hand.focused == name
    assert heard == []
    child(hand.window, "figure").setFocus()
    hand.press(key)
    assert len(heard) == 1


def test_the_rate_bar_moves_the_rate(hand):
    hand.focus("rate_dial")
    rates = [hand.experiment.learning_rate]
    for key in ("Right", "Left", "Home", "End"):
        hand.press(key)
        rates.append(hand.experiment.learning_rate)
    usual, more, less, best, limit = rates
    assert less < more
    assert usual < more < best < limit


def test_the_method_is_found_by_its_letter(hand):
    box = hand.focus("method")
    hand.type("n")
    assert box.currentText().startswith("N")
    hand.press("Home")
    assert box.currentIndex() == 0
    hand.press("End")
    assert box.currentIndex() == box.count() - 1
    hand.type("p")
    assert not hand.window.session.playback.playing
    assert hand.focused == "method"


def test_arrows_turn_the_surface(hand):
    hand.press("Ctrl+3")
    surface = hand.focus("surface")
    before = surface.view.camera
    hand.press("Left", "+")
    assert surface.view.camera != before
    assert hand.iteration == 0
    hand.press("Home", "End")
    assert hand.iteration == 100


# Fields


@pytest.mark.parametrize(("key", "there"), [("Right", 1), ("End", 100), ("Space", None)])
def test_after_return_the_keys_are_the_players(hand, key, there):
    hand.focus("learning_rate")
    hand.type("0.002")
    assert hand.experiment.learning_rate == 0.001
    hand.press("Return")
    hand.wait()
    assert hand.experiment.learning_rate == 0.002
    assert hand.focused == "figure"
    hand.press("Home", key)
    if there is None:
        assert hand.window.session.playback.playing
    else:
        assert hand.iteration == there


def test_after_return_ctrl_z_undoes(hand):
    hand.focus("learning_rate")
    hand.type("0.002")
    hand.press("Return", "Ctrl+Z")
    assert hand.experiment.learning_rate == 0.001


def test_ctrl_z_in_a_number_undoes_the_last_change(hand):
    box = hand.focus("learning_rate")
    hand.type("0.002")
    hand.press("Return")
    hand.focus("learning_rate")
    hand.press("Ctrl+Z")
    assert hand.experiment.learning_rate == 0.001
    assert box.text() == "0.001"


def test_ctrl_z_takes_back_what_is_half_typed(hand):
    hand.focus("iterations")
    hand.type("50")
    hand.press("Return")
    box = hand.focus("learning_rate")
    hand.type("0.0")
    hand.press("Ctrl+Z")
    assert box.text() != "0.0"
    assert hand.experiment.iterations == 50


@pytest.mark.parametrize("name", ["learning_rate", "tolerance", "iterations"])
def test_escape_leaves_a_field_as_it_was(hand, name):
    box = hand.focus(name)
    before = box.text()
    hand.type("7")
    assert box.text() == "7"
    hand.press("Escape")
    assert hand.focused == "figure"
    assert box.text() == before
    hand.press("Right")
    assert hand.iteration == 1


def test_a_command_counts_what_was_typed(hand):
    hand.focus("learning_rate")
    hand.type("0.002")
    hand.press("Space")
    assert hand.experiment.learning_rate == 0.002
    assert hand.window.session.playback.playing


def test_commands_work_while_a_number_has_the_focus(hand):
    """Some systems have keys for the line edit that are commands here."""
    box = hand.focus("iterations")
    shown = hand.window.viewing.switches["equation"].isChecked()
    hand.press("Ctrl+K", "Ctrl+U")
    assert len(hand.window.session.runs.kept) == 1
    assert hand.window.viewing.switches["equation"].isChecked() is not shown
    hand.press("Ctrl+A")
    assert box.lineEdit().selectedText() == "100"
    assert hand.iteration == 0


# Answers in a lesson


ASKED = """+++
title = "Asked"
task = "Answer, then step."
done = "answered_right and stepped >= 1"

[question]
text = "How much?"
{answers}
wrong = "No."
+++
A word.
"""


@pytest.fixture
def asked(hand, tmp_path):
    """Open a chapter that asks for a number, or offers answers."""

    def ask(answers):
        (tmp_path / "asked.md").write_text(ASKED.format(answers=answers), encoding="utf-8")
        hand.window.teaching.open(tmp_path / "asked.md")
        hand.wait()
        return hand

    return ask


def test_after_a_wrong_number_another_is_typed_over_it(asked):
    hand = asked("answer = 2")
    for typed in ("3", "no number"):
        number = hand.focus("lesson_number")
        hand.type(typed)
        hand.press("Return")
        assert number.hasFocus()
        assert number.selectedText() == number.text() == typed


@pytest.mark.parametrize("way", ["Return", "Enter", "lesson_check"])
def test_after_the_right_number_the_keys_are_the_players(asked, qtbot, way):
    hand = asked("answer = 2")
    hand.focus("lesson_number")
    hand.type("2")
    if way == "lesson_check":
        press(qtbot, hand.window, way)
    else:
        hand.press(way)
    assert hand.focused == "figure"
    hand.press("Right")
    assert hand.iteration == 1


def test_after_the_right_choice_the_keys_are_the_players(asked, qtbot):
    hand = asked('answers = ["a", "b"]\nanswer = "b"')
    for name, focused in (("lesson_answer_1", "lesson_answer_1"), ("lesson_answer_2", "figure")):
        hand.focus(name)
        qtbot.keyClick(child(hand.window, name), Qt.Key.Key_Space)
        assert hand.focused == focused
    hand.press("Right")
    assert hand.iteration == 1


def test_whoever_lets_go_of_the_focus_gives_it_to_the_pictures(hand):
    hand.focus("iterations").clearFocus()
    assert hand.focused == "figure"


# Numbers


@pytest.mark.parametrize(("typed", "value"), [("0.001", 0.001), ("1e-5", 1e-5), ("0", None)])
def test_a_tolerance_is_typed_key_by_key(hand, typed, value):
    box = hand.focus("tolerance")
    for count, letter in enumerate(typed, 1):
        hand.type(letter)
        assert box.text() == typed[:count]
    hand.press("Return")
    assert hand.experiment.tolerance == value


def test_a_digit_takes_the_place_of_a_word(hand):
    """The mouse puts the cursor beside it, and selects nothing."""
    box = hand.focus("tolerance")
    box.lineEdit().deselect()
    hand.type("0.001")
    hand.press("Return")
    assert hand.experiment.tolerance == 0.001


@pytest.mark.parametrize("point", [".", ","])
def test_a_number_has_the_point_of_the_language(hand, point):
    for name in ("tolerance", "learning_rate"):
        box = hand.focus(name)
        box.setLocale(QLocale(QLocale.Language.German))
        hand.type(f"0{point}002")
        hand.press("Return")
        assert getattr(hand.experiment, name) == 0.002


@pytest.mark.parametrize(
    ("dock", "name", "typed"),
    [
        ("Ctrl+R", "sweep_low", "0.00001"), ("Ctrl+R", "sweep_count", "12"),
        ("Ctrl+R", "sweep_goal", "25.05"), ("Ctrl+T", "goal_loss", "0.001"),
    ],
)  # fmt: skip
def test_every_number_is_typed_digit_by_digit(hand, dock, name, typed):
    hand.press(dock)
    box = hand.focus(name)
    for count, letter in enumerate(typed, 1):
        hand.type(letter)
        assert box.text() == typed[:count]
    hand.press("Return")
    assert box.text() == typed
    assert box.value() == float(typed)
    assert hand.focused == "figure"


# The wheel


def turn_wheel(window, widget, notches=-1):
    place = widget.mapTo(window, widget.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(place), QPoint(0, 120 * notches))
    QApplication.processEvents()


@pytest.mark.parametrize("name", ["method", "iterations", "learning_rate", "rate_dial",
                                  "tolerance", "speed", "position"])  # fmt: skip
def test_the_wheel_changes_nothing_without_the_focus(hand, name):
    window = hand.window
    before, speed = hand.experiment, window.playing.transport.speed
    control = child(window, name)
    for _ in range(2):
        turn_wheel(window, control)
    assert not control.hasFocus()
    assert (hand.experiment, window.playing.transport.speed) == (before, speed)
    assert hand.iteration == 0


def test_it_changes_what_has_the_focus(hand):
    box = hand.focus("iterations")
    turn_wheel(hand.window, box)
    assert hand.experiment.iterations < 100


def test_it_scrolls_the_panel_over_a_control(hand, qtbot):
    window = hand.window
    window.resize(900, 560)
    child(window, "more_settings").click()
    bar = child(window, "settings").verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    turn_wheel(window, child(window, "iterations"))
    assert bar.value() > 0
    assert hand.experiment.iterations == 100


# Docks


@pytest.mark.parametrize("key", ["Ctrl+T", "Ctrl+R", "Ctrl+L", "Ctrl+I", "Ctrl+J", "Ctrl+Shift+P",
                                 "Ctrl+M", "F1"])  # fmt: skip
def test_a_dock_takes_the_focus_and_gives_it_back(hand, key):
    hand.focus("rate_dial")
    hand.press(key)
    dock = next(
        dock for feature in hand.window.features for dock in feature.docks
        if dock.toggleViewAction().shortcut() == QKeySequence(key)
    )  # fmt: skip
    assert dock.isAncestorOf(QApplication.focusWidget())
    hand.press(key)
    assert not dock.isVisible()
    # The lesson hides the bar: it comes back too late.
    assert hand.focused == ("figure" if key == "F1" else "rate_dial")


def test_a_window_that_opens_its_docks_again_keeps_the_focus(hand, qtbot):
    hand.press("Ctrl+L")
    hand.window.close()
    again = type(hand.window)()
    qtbot.addWidget(again)
    again.show()
    again.activateWindow()
    qtbot.waitUntil(again.isActiveWindow)
    assert child(again, "log").isVisible()
    assert isinstance(QApplication.focusWidget(), QWidget)
    assert QApplication.focusWidget().objectName() == "figure"


# Tab


def gone_through(hand, key="Tab"):
    """Return where a key goes from the pictures, once around."""
    hand.window.figure.setFocus()
    stops = []
    for _ in range(100):
        hand.press(key)
        if hand.focused in stops:
            break
        stops.append(hand.focused)
    return stops


def test_tab_goes_as_one_reads(hand):
    stops = gone_through(hand)
    order = ["loss_curve", "data_fit", "loss_history", "to_start", "play", "position", "speed",
             "method", "iterations", "learning_rate", "rate_dial", "tolerance", "with_bias",
             "more_settings", "keep"]  # fmt: skip
    assert [stop for stop in stops if stop in order] == order
    assert sorted(gone_through(hand, "Shift+Tab")) == sorted(stops)


def test_tab_goes_to_nothing_behind_another_tab(hand):
    hand.press("Ctrl+T", "Ctrl+J")
    assert hand.focused == "ledger_table"
    stops = gone_through(hand)
    assert "ledger_table" in stops
    assert "runs_table" not in stops
    hand.press("Ctrl+J")
    assert "runs_table" in gone_through(hand)


def test_tab_scrolls_to_what_it_reaches(hand, qtbot):
    hand.window.resize(900, 560)
    bar = child(hand.window, "settings").verticalScrollBar()
    hand.focus("more_settings")
    before = bar.maximum()
    hand.press("Space")
    qtbot.waitUntil(lambda: bar.maximum() > before)
    while hand.focused != "keep":
        hand.press("Tab")
        assert QApplication.focusWidget().visibleRegion().boundingRect().height() > 10
