"""Check my work: real loops, pasted or dropped, and what the window says and shows of them."""

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from room import clipped
from support import child, choose, drop, press, text, wait_until_trained

from gdviz.core.descent.run import MOST_KEPT
from gdviz.ui.features.check.checking import MOST_LETTERS
from gdviz.ui.theme import LIGHT

LESSON = "Iteration {k:4d} => Loss: {loss:.10f}\n"
ALL = "{k} w={w:.10f} b={b:.10f} loss={loss:.10f}\n"


def loop(
    dataset, line=LESSON, steps=40, rate=0.001, factor=2.0, mean=np.average, bias=False,
    by_new_weight=False, after=False,
):  # fmt: skip
    """Return what a beginner's loop prints."""
    x, y, w, b, printed = dataset.x, dataset.y, 0.0, 0.0, ""
    for k in range(steps):
        if not after:
            printed += line.format(k=k, w=w, b=b, loss=np.average((x * w + b - y) ** 2))
        w_slope, b_slope = factor * mean(x * (x * w + b - y)), factor * mean(x * w + b - y)
        w -= rate * w_slope
        if by_new_weight:
            b_slope = factor * mean(x * w + b - y)
        b -= rate * b_slope * bias
        if after:
            printed += line.format(k=k, w=w, b=b, loss=np.average((x * w + b - y) ** 2))
    return printed


@pytest.fixture
def paste(window):
    """Paste into the window, as Ctrl+V does."""

    def paste(log):
        QApplication.clipboard().setText(log)
        window.figure.setFocus()
        choose(window, "Paste columns")

    return paste


@pytest.fixture
def check(window, qtbot, paste):
    """Paste a log and have it checked."""

    def check(log):
        paste(log)
        qtbot.waitUntil(lambda: child(window, "check_check").isEnabled(), timeout=20_000)
        press(qtbot, window, "check_check")
        qtbot.waitUntil(lambda: child(window, "check_answer").isVisible(), timeout=60_000)
        wait_until_trained(qtbot, window)

    return check


def test_a_right_loop_is_never_accused(window, check, pizza):
    check(loop(pizza))
    assert "right to all ten decimals" in text(window, "check_answer")
    assert not child(window, "check_line").isVisible()
    assert window.session.runs.kept == []
    assert not window.session.undo.stack.canUndo()


FAULTS = {
    "without the 2": ({"factor": 1.0}, "factor 2", 1),
    "sum": ({"mean": np.sum}, "summed", 1),
    "uphill": ({"factor": -2.0}, "uphill", 1),
    "after": ({"after": True}, "after the update", 0),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_cause_is_named_and_the_runs_part_in_the_pictures(window, check, pizza, fault):
    wrong, words, parts_at = FAULTS[fault]
    log = loop(pizza, **wrong)
    check(log)
    assert text(window, "check_answer").startswith(f"Line {parts_at + 1} is the first")
    assert text(window, "check_line") == log.splitlines()[parts_at].strip()
    assert words in text(window, "check_cause_1_1")
    wrong_code, right_code = (
        child(window, f"check_{kind}_1_1").toPlainText() for kind in ("wrong", "right")
    )
    assert wrong_code != right_code
    assert window.session.playback.iteration == parts_at
    (yours,) = window.session.runs.kept
    assert yours.name == "yours"
    assert window.session.undo.stack.undoText() == "show your run"
    own = child(window, "check_pictures").palette().windowText().color().name()
    assert own == LIGHT.text_of(f"kept {yours.number}")


def test_both_runs_are_drawn_and_play_together(window, check, pizza):
    check(loop(pizza, factor=1.0))
    for view in window.figure.shown:
        assert [run.name for run in view.kept] == ["yours"], view.objectName()
    (yours,) = window.session.runs.kept
    right = window.session.runs.current
    for at in (1, 5, 20):
        window.session.playback.seek(at)
        slow, fast = yours.at(at), right.at(at)
        assert slow.iteration == fast.iteration == at
        assert slow.loss > fast.loss
    window.session.undo.stack.undo()
    assert window.session.runs.kept == []
    assert not window.session.undo.stack.canUndo()


def test_the_bias_by_the_new_weight_is_found_with_the_settings_of_the_loop(
    window, check, pizza, qtbot
):
    child(window, "with_bias").click()
    wait_until_trained(qtbot, window)
    check(loop(pizza, ALL, bias=True, by_new_weight=True))
    assert "bias" in text(window, "check_cause_1_1")
    assert text(window, "check_found").startswith("It says b = ")


def test_other_settings_are_offered_and_can_be_undone(window, pizza, qtbot, paste):
    paste(loop(pizza, ALL, rate=0.002, factor=1.0, steps=150))
    rate = child(window, "check_rate")
    rate.selectAll()
    qtbot.keyClicks(rate, "0.002")
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: child(window, "check_check").isEnabled())
    press(qtbot, window, "check_check")
    qtbot.waitUntil(lambda: child(window, "check_answer").isVisible(), timeout=60_000)
    told = text(window, "check_settings_words")
    assert "learning rate 0.002" in told
    assert "iterations" in told
    press(qtbot, window, "check_use_settings")
    wait_until_trained(qtbot, window)
    experiment = window.session.runs.experiment
    assert (experiment.learning_rate, experiment.iterations) == (0.002, 149)
    assert not child(window, "check_use_settings").isVisible()
    window.session.undo.stack.undo()
    assert window.session.runs.experiment.learning_rate == 0.001
    assert child(window, "check_use_settings").isVisible()


def test_where_there_is_no_room_for_a_run_that_is_said(window, check, pizza, qtbot):
    for number in range(MOST_KEPT):
        window.tuning.set_settings(learning_rate=0.0001 * (number + 2))
        window.session.undo.keep()
    window.tuning.set_settings(learning_rate=0.001)
    wait_until_trained(qtbot, window)
    kept = window.session.runs.state.kept
    check(loop(pizza, factor=1.0))
    assert window.session.runs.state.kept == kept
    assert text(window, "check_pictures").startswith("6 runs are kept")
    window.session.undo.remove([2])
    press(qtbot, window, "check_show_run")
    assert [run.name for run in window.session.runs.kept].count("yours") == 1


def test_another_check_takes_the_place_of_the_last_run_shown(window, check, pizza, qtbot):
    window.session.undo.keep()
    check(loop(pizza, factor=1.0))
    press(qtbot, window, "check_back")
    check(loop(pizza, mean=np.sum))
    names = [run.name for run in window.session.runs.kept]
    assert len(names) == 2
    assert names.count("yours") == 1


def test_a_run_that_was_shown_goes_with_the_next_answer_unless_it_has_a_name(window, check, pizza):
    check(loop(pizza, factor=1.0))
    window.session.undo.rename(0, "my own")
    check(loop(pizza, factor=-2.0))
    assert [run.name for run in window.session.runs.kept] == ["my own", "yours"]
    check(loop(pizza))
    assert [run.name for run in window.session.runs.kept] == ["my own"]
    window.session.undo.stack.undo()
    assert [run.name for run in window.session.runs.kept] == ["my own", "yours"]
    check("".join(f"loss {70 * 0.9**k + k % 7:.6f}\n" for k in range(30)))
    assert [run.name for run in window.session.runs.kept] == ["my own"]
    assert "Your log says no weight" in text(window, "check_pictures")


def test_other_data_take_the_answer_back(window, check, pizza, qtbot):
    check(loop(pizza))
    window.opening.open_example("ice.csv")
    wait_until_trained(qtbot, window)
    assert not child(window, "check_answer").isVisible()
    assert "The data are others now" in text(window, "check_fault")


@pytest.mark.parametrize(
    "garbage",
    ["epoch without numbers = none\nloss: none\n", "w=\x00\x00\n" * 9, "loss = 1\n" * 700_000],
)
def test_what_is_no_log_gets_a_sentence(window, qtbot, garbage):
    choose(window, "Check my work")
    window.checking.open_text(garbage)
    qtbot.waitUntil(lambda: child(window, "check_fault").isVisible(), timeout=30_000)
    assert text(window, "check_fault").endswith((".", "”."))
    assert not child(window, "check_check").isEnabled()


def test_a_huge_file_gets_a_sentence_and_the_window_lives(window, qtbot, tmp_path):
    huge = tmp_path / "huge.log"
    huge.write_text("loss = 71.4753\n" * (10 * MOST_LETTERS // 15))
    window.checking.open_file(huge)
    qtbot.waitUntil(lambda: "longer than" in text(window, "check_fault"), timeout=30_000)
    assert child(window, "check_log").isReadOnly()
    press(qtbot, window, "check_clear")
    assert not child(window, "check_fault").isVisible()


def test_a_check_can_be_cancelled(window, qtbot, paste, pizza):
    paste(loop(pizza, factor=0.123, steps=2_000))
    qtbot.waitUntil(lambda: child(window, "check_check").isEnabled(), timeout=20_000)
    press(qtbot, window, "check_check")
    qtbot.waitUntil(lambda: child(window, "check_cancel").isVisible(), timeout=20_000)
    press(qtbot, window, "check_cancel")
    assert child(window, "check_check").isVisible()
    assert not child(window, "check_answer").isVisible()


# As PowerShell writes what a program prints.
@pytest.mark.parametrize(("name", "encoding"), [("a.log", "utf-8"), ("a.txt", "utf-16")])
def test_a_log_that_is_dropped_is_no_data(window, qtbot, pizza, tmp_path, name, encoding):
    path = tmp_path / name
    path.write_text(loop(pizza), encoding=encoding)
    drop(window, path)
    qtbot.waitUntil(lambda: child(window, "check_check").isEnabled(), timeout=20_000)
    assert child(window, "check_role_2").currentText() == "loss"
    assert text(window, "file_name") == "pizza.txt"
    assert QApplication.focusWidget() is child(window, "check_check")


@pytest.mark.parametrize(
    ("chosen", "is_log"), [("Check as", True), ("Open as", False), ("Cancel", None)]
)
def test_what_could_be_both_is_asked_about(window, qtbot, tmp_path, chosen, is_log):
    path = tmp_path / "counted.csv"
    path.write_text("".join(f"{k},{90 * 0.8**k:.3f}\n" for k in range(9)))
    asked = []

    def answer():
        box = window.findChild(QMessageBox, "log_or_data")
        asked.append(box.text())
        buttons = {button.text().replace("&", ""): button for button in box.buttons()}
        next(button for name, button in buttons.items() if name.startswith(chosen)).click()

    QTimer.singleShot(0, answer)
    drop(window, path)
    wait_until_trained(qtbot, window)
    assert asked[0].startswith("counted.csv could be")
    assert (text(window, "file_name") == "counted.csv") is (is_log is False)
    assert window.checking.dock.isVisible() is (is_log is True)


def test_a_file_is_chosen(window, qtbot, pizza, tmp_path, monkeypatch):
    path = tmp_path / "mine.out"
    path.write_text(loop(pizza))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    choose(window, "Check my work")
    press(qtbot, window, "check_open")
    qtbot.waitUntil(lambda: child(window, "check_check").isEnabled(), timeout=20_000)


def test_columns_of_pasted_data_are_still_data(window, qtbot, paste):
    paste("13\t33\n2\t16\n14\t32\n")
    wait_until_trained(qtbot, window)
    assert not window.checking.dock.isVisible()
    assert "Pasted" in text(window, "file_name")


def test_the_answer_is_heard(window, qtbot, check, pizza):
    with qtbot.waitSignal(window.checking.said) as said:
        check(loop(pizza, factor=1.0))
    assert "Line 2 is the first" in said.args[0]
    assert "factor 2" in said.args[0]


def test_all_of_it_can_be_done_with_keys(window, qtbot, pizza):
    def focused():
        return QApplication.focusWidget().objectName()

    QApplication.clipboard().setText(loop(pizza, factor=-2.0))
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert focused() == "check_log"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: child(window, "check_check").isEnabled(), timeout=20_000)
    while focused() != "check_check":
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: child(window, "check_answer").isVisible(), timeout=60_000)
    assert focused() == "check_back"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert focused() == "check_log"


@pytest.mark.parametrize("is_large", [False, True])
def test_nothing_is_cut_off_in_a_small_window(window, qtbot, check, pizza, is_large):
    window.resize(1024, 640)
    if is_large:
        window.presenter.action.trigger()
    choose(window, "Check my work")
    qtbot.waitUntil(lambda: clipped(window) == [])
    for log in (loop(pizza, after=True), loop(pizza)):
        check(log)
        qtbot.waitUntil(lambda: clipped(window) == [])
    press(qtbot, window, "check_back")
    qtbot.waitUntil(lambda: clipped(window) == [])


def test_what_a_log_holds_is_shown_letter_by_letter(window, qtbot):
    html = "<b>loss</b>"
    window.checking.open_text("".join(f"{html}<img src='/dev/zero'> = {k}.5\n" for k in range(9)))
    qtbot.waitUntil(lambda: child(window, "check_check").isEnabled(), timeout=20_000)
    tips = child(window, "check_role_1").toolTip()
    assert not Qt.mightBeRichText(tips)
