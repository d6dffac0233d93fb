"""Tuning: what is typed becomes a run."""

import numpy as np
from PySide6.QtCore import Qt
from support import child, choose, command, press, text, type_into, wait_until_trained

from gdviz import gradient, loss


def test_typing_a_rate_retrains_at_once_and_keeps_the_iteration(window, qtbot):
    child(window, "position").setValue(7)
    before = text(window, "loss")
    type_into(qtbot, window, "learning_rate", "1e-4")
    assert window.session.runs.experiment.learning_rate == 1e-4
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
    last = window.session.runs.record[-1]
    assert abs(last.weight_gradient) < 0.01
    assert text(window, "outcome") == (
        f"Stopped at iteration {last.iteration}: the slope is smaller than 0.01."
    )
    press(qtbot, window, "to_end")
    assert text(window, "where").endswith(f"of {last.iteration}")


def test_a_long_run_can_be_stopped(window, qtbot):
    child(window, "iterations").setValue(1_000_000_000)
    stop = child(window, "stop")
    qtbot.waitUntil(stop.isVisible)
    assert text(window, "outcome").startswith("Training: ")
    press(qtbot, window, "stop")
    wait_until_trained(qtbot, window)
    assert text(window, "outcome").startswith("You stopped the run at iteration ")


def test_what_is_done_of_no_iterations_is_told_before_that_run_is_over(window, qtbot):
    told, runs = [], window.session.runs
    # On a busy machine there is a frame before the first row.
    runs.experiment_changed.connect(window.tuning._on_moved)
    runs.experiment_changed.connect(lambda: told.append(text(window, "outcome")))
    window.tuning.set_settings(iterations=0)
    wait_until_trained(qtbot, window)
    assert told == ["Training: 0 % done"]
    assert text(window, "outcome") == "Ran all 0 iterations."


def test_a_long_run_can_be_paused_and_goes_on(window, qtbot):
    child(window, "iterations").setValue(1_000_000_000)
    runs, pause = window.session.runs, child(window, "pause")
    qtbot.waitUntil(pause.isVisible)
    assert pause.text() == "Pause training"
    qtbot.waitUntil(lambda: runs.record.stride > 1)
    with qtbot.waitSignal(runs.shown[0].held):
        press(qtbot, window, "pause")
    reached = runs.record.newest
    qtbot.waitUntil(lambda: pause.text() == "Go on training")
    assert text(window, "outcome") == f"Paused: {100 * reached // 10**9} % done"
    assert child(window, "stop").isVisible()
    assert not runs.busy, "nothing moves, so no timer runs"
    press(qtbot, window, "to_end")
    assert text(window, "where") == f"iteration {reached:,} of 1,000,000,000"
    qtbot.keyClick(window, Qt.Key.Key_Left)
    assert text(window, "where") == f"iteration {reached - 1:,} of 1,000,000,000"
    assert runs.record.newest == reached
    press(qtbot, window, "pause")
    assert pause.text() == "Pause training"
    qtbot.waitUntil(lambda: runs.record.newest > reached)
    qtbot.waitUntil(lambda: text(window, "outcome").startswith("Training: "))
    press(qtbot, window, "stop")
    wait_until_trained(qtbot, window)
    assert not pause.isVisible()


def test_the_menu_pauses_too_and_a_paused_run_can_be_stopped(window, qtbot):
    pausing = command(window, "Pause training")
    assert not pausing.isEnabled()
    child(window, "iterations").setValue(1_000_000_000)
    qtbot.waitUntil(pausing.isEnabled)
    with qtbot.waitSignal(window.session.runs.shown[0].held):
        pausing.trigger()
    qtbot.waitUntil(lambda: command(window, "Go on training") is pausing)
    reached = window.session.runs.record.newest
    choose(window, "Stop training")
    wait_until_trained(qtbot, window)
    assert text(window, "outcome") == f"You stopped the run at iteration {reached:,}."
    assert command(window, "Pause training") is pausing
    assert not pausing.isEnabled()


def test_another_setting_begins_a_run_that_is_not_paused(window, qtbot):
    child(window, "iterations").setValue(1_000_000_000)
    qtbot.waitUntil(child(window, "pause").isVisible)
    with qtbot.waitSignal(window.session.runs.shown[0].held):
        press(qtbot, window, "pause")
    type_into(qtbot, window, "iterations", "150")
    wait_until_trained(qtbot, window)
    assert window.session.runs.record.newest == 150
    assert not child(window, "pause").isVisible()


def test_a_second_run_has_the_same_rows(window, qtbot):
    first = window.session.runs.record.rows.copy()
    type_into(qtbot, window, "learning_rate", "0.002")
    type_into(qtbot, window, "learning_rate", "0.001")
    np.testing.assert_array_equal(window.session.runs.record.rows, first)


def test_the_numbers_are_those_of_the_lesson(window, qtbot, pizza):
    qtbot.keyClick(window, Qt.Key.Key_Right)
    w = 0.001 * -gradient(pizza.x, pizza.y, 0.0)
    assert text(window, "weight") == f"{w:.4f}"
    assert text(window, "loss") == f"{loss(pizza.x, pizza.y, w):.4f}"
    slope = f"{gradient(pizza.x, pizza.y, w):.4f}"
    assert text(window, "slope") == slope.replace("-", "\N{MINUS SIGN}")
