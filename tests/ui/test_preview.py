"""While a setting moves, every picture shows the whole new run at once; one drag is one undo."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from support import child, type_into, wait_until_trained

from gdviz.core.dataset import Dataset
from gdviz.core.descent import run
from gdviz.ui import session as session_module

RATES = (0.0011, 0.0012, 0.0013, 0.0014)


def drag(session, values, name="learning_rate"):
    """Change one setting through many values."""
    for value in values:
        session.change(replace(session.experiment, **{name: value}))


def test_a_new_rate_is_drawn_whole_before_the_box_returns(window, qtbot):
    window.set_settings(iterations=20_000, with_bias=True)
    wait_until_trained(qtbot, window)
    window.session.seek(12_345)
    for rate in RATES:
        child(window, "learning_rate").setValue(rate)
        expected = run(window.session.experiment)[0].record
        record = window.session.record
        assert window.session.experiment.learning_rate == rate
        np.testing.assert_array_equal(record.rows, expected.rows)
        assert window.session.row == expected.at(12_345), "it stays where it was"
        row, figure = expected.at(12_345), window.figure
        np.testing.assert_array_equal(figure.landscape._hiker.points, [row[1:3]])
        np.testing.assert_array_equal(figure.loss_history._dot.points, [[12_345, row.loss]])
        np.testing.assert_allclose(figure.loss_curve._hiker.points, [[row.weight, row.loss]])
        assert figure.landscape._record is figure.loss_curve._record is record
        assert figure.loss_history._record is record


def test_while_it_plays_a_new_rate_plays_on(window):
    window.session.seek(40)
    window.session.toggle_playing()
    child(window, "learning_rate").setValue(0.002)
    assert window.session.playing
    assert 40 <= window.session.iteration < 100
    window.session.pause()


def test_at_rest_a_change_starts_no_timer(window):
    child(window, "learning_rate").setValue(0.002)
    assert not window.session._timer.isActive()


@pytest.mark.parametrize("held", [False, True])
def test_a_drag_is_one_step_to_undo(window, held):
    session = window.session
    before = session.experiment
    if held:
        session.hold()
    drag(session, RATES)
    if held:
        session.release()
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.experiment is before
    session.undo_stack.redo()
    assert session.experiment.learning_rate == RATES[-1]


def test_dragged_data_are_one_step_as_well(window):
    session = window.session
    before = session.experiment.dataset
    session.hold()
    drag(session, [Dataset(before.x, before.y + shift) for shift in range(5)], "dataset")
    session.release()
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.experiment.dataset is before


def test_a_gesture_may_rest_and_ends_when_it_is_released(window, monkeypatch):
    session = window.session
    monkeypatch.setattr(session_module, "REST_MS", 0)
    session.hold()
    drag(session, RATES)
    session.release()
    assert session.undo_stack.count() == 1
    session.hold()
    drag(session, RATES[::-1][1:])
    session.release()
    assert session.undo_stack.count() == 2


@pytest.mark.parametrize(("pause_ms", "steps"), [(0, 1), (300, 1), (2_000, 4), (10**9, 4)])
def test_changes_in_quick_succession_are_one_step_and_no_others(
    window, monkeypatch, pause_ms, steps
):
    monkeypatch.setattr(QElapsedTimer, "elapsed", lambda _: pause_ms)
    drag(window.session, RATES)
    assert window.session.undo_stack.count() == steps


def test_two_gestures_are_two_steps_however_quickly_they_follow(window, monkeypatch):
    monkeypatch.setattr(QElapsedTimer, "elapsed", lambda _: 0)
    session = window.session
    for rates in (RATES[:2], RATES[2:]):
        session.hold()
        drag(session, rates)
        session.release()
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    assert session.experiment.learning_rate == RATES[1]


def test_after_a_rest_a_change_is_a_step_of_its_own(window, monkeypatch):
    monkeypatch.setattr(session_module, "REST_MS", 0)
    drag(window.session, RATES)
    assert window.session.undo_stack.count() == len(RATES)


def test_another_setting_is_a_step_of_its_own(window):
    session = window.session
    drag(session, RATES)
    drag(session, [200, 300], "iterations")
    drag(session, [0.002, 0.003])
    assert session.undo_stack.count() == 3
    session.undo_stack.undo()
    assert (session.experiment.learning_rate, session.experiment.iterations) == (RATES[-1], 300)


def test_after_undo_a_change_is_a_step_of_its_own(window):
    session = window.session
    drag(session, RATES)
    drag(session, [200], "iterations")
    session.undo_stack.undo()
    drag(session, [0.002])
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    assert session.experiment.learning_rate == RATES[-1]


def test_a_drag_back_to_where_it_began_leaves_nothing_to_undo(window):
    session = window.session
    start = session.experiment.learning_rate
    drag(session, (*RATES, start))
    assert not session.undo_stack.canUndo()
    drag(session, RATES)
    session.undo_stack.undo()
    assert session.experiment.learning_rate == start


def test_a_hundred_changes_can_be_undone(window, monkeypatch):
    monkeypatch.setattr(session_module, "REST_MS", 0)
    session = window.session
    rates = [0.001 + 1e-6 * number for number in range(1, 121)]
    drag(session, rates)
    assert session.undo_stack.count() == 120
    for _ in rates:
        session.undo_stack.undo()
    assert session.experiment.learning_rate == 0.001


def test_holding_an_arrow_key_is_one_step_to_undo(window, qtbot):
    box = child(window, "learning_rate")
    for _ in range(4):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    assert window.session.experiment.learning_rate == 0.005
    window.session.undo_stack.undo()
    assert window.session.experiment.learning_rate == 0.001


def test_a_typed_number_is_one_step_to_undo(window, qtbot):
    type_into(qtbot, window, "learning_rate", "0.0025")
    window.session.undo_stack.undo()
    assert window.session.experiment.learning_rate == 0.001
