"""One gesture is one step to undo, and so are changes in quick succession."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from support import child, type_into

from gdviz.core.tables.dataset import Dataset
from gdviz.ui.running import undo

RATES = (0.0011, 0.0012, 0.0013, 0.0014)


def drag(session, values, name="learning_rate"):
    """Change one setting through many values."""
    for value in values:
        session.undo.change(replace(session.runs.experiment, **{name: value}))


@pytest.mark.parametrize("held", [False, True])
def test_a_drag_is_one_step_to_undo(session, held):
    before = session.runs.experiment
    if held:
        session.undo.hold()
    drag(session, RATES)
    if held:
        session.undo.release()
    assert session.undo.stack.count() == 1
    session.undo.stack.undo()
    assert session.runs.experiment is before
    session.undo.stack.redo()
    assert session.runs.experiment.learning_rate == RATES[-1]


def test_dragged_data_are_one_step_as_well(session):
    before = session.runs.experiment.dataset
    session.undo.hold()
    drag(session, [Dataset(before.x, before.y + shift) for shift in range(5)], "dataset")
    session.undo.release()
    assert session.undo.stack.count() == 1
    session.undo.stack.undo()
    assert session.runs.experiment.dataset is before


def test_a_gesture_may_rest_and_ends_when_it_is_released(session, monkeypatch):
    monkeypatch.setattr(undo, "REST_MS", 0)
    session.undo.hold()
    drag(session, RATES)
    session.undo.release()
    assert session.undo.stack.count() == 1
    session.undo.hold()
    drag(session, RATES[::-1][1:])
    session.undo.release()
    assert session.undo.stack.count() == 2


@pytest.mark.parametrize(("pause_ms", "steps"), [(0, 1), (300, 1), (2_000, 4), (10**9, 4)])
def test_changes_in_quick_succession_are_one_step_and_no_others(
    session, monkeypatch, pause_ms, steps
):
    monkeypatch.setattr(QElapsedTimer, "elapsed", lambda _: pause_ms)
    drag(session, RATES)
    assert session.undo.stack.count() == steps


def test_two_gestures_are_two_steps_however_quickly_they_follow(session, monkeypatch):
    monkeypatch.setattr(QElapsedTimer, "elapsed", lambda _: 0)
    for rates in (RATES[:2], RATES[2:]):
        session.undo.hold()
        drag(session, rates)
        session.undo.release()
    assert session.undo.stack.count() == 2
    session.undo.stack.undo()
    assert session.runs.experiment.learning_rate == RATES[1]


def test_after_a_rest_a_change_is_a_step_of_its_own(session, monkeypatch):
    monkeypatch.setattr(undo, "REST_MS", 0)
    drag(session, RATES)
    assert session.undo.stack.count() == len(RATES)


def test_a_second_is_a_rest(session, qtbot):
    drag(session, RATES[:2])
    assert session.undo.stack.count() == 1
    clock = QElapsedTimer()
    clock.start()
    qtbot.waitUntil(lambda: clock.hasExpired(1000))
    drag(session, RATES[2:])
    assert session.undo.stack.count() == 2


def test_another_setting_is_a_step_of_its_own(session):
    drag(session, RATES)
    drag(session, [200, 300], "iterations")
    drag(session, [0.002, 0.003])
    assert session.undo.stack.count() == 3
    session.undo.stack.undo()
    experiment = session.runs.experiment
    assert (experiment.learning_rate, experiment.iterations) == (RATES[-1], 300)


def test_after_undo_a_change_is_a_step_of_its_own(session):
    drag(session, RATES)
    drag(session, [200], "iterations")
    session.undo.stack.undo()
    drag(session, [0.002])
    assert session.undo.stack.count() == 2
    session.undo.stack.undo()
    assert session.runs.experiment.learning_rate == RATES[-1]


def test_a_drag_back_to_where_it_began_leaves_nothing_to_undo(session):
    start = session.runs.experiment.learning_rate
    drag(session, (*RATES, start))
    assert not session.undo.stack.canUndo()
    drag(session, RATES)
    session.undo.stack.undo()
    assert session.runs.experiment.learning_rate == start


def test_a_hundred_changes_can_be_undone(session, monkeypatch):
    monkeypatch.setattr(undo, "REST_MS", 0)
    rates = [0.001 + 1e-6 * number for number in range(1, 121)]
    drag(session, rates)
    assert session.undo.stack.count() == 120
    for _ in rates:
        session.undo.stack.undo()
    assert session.runs.experiment.learning_rate == 0.001


def test_holding_an_arrow_key_is_one_step_to_undo(window, qtbot):
    box = child(window, "learning_rate")
    for _ in range(4):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    assert window.session.runs.experiment.learning_rate == 0.005
    window.session.undo.stack.undo()
    assert window.session.runs.experiment.learning_rate == 0.001


def test_a_typed_number_is_one_step_to_undo(window, qtbot):
    type_into(qtbot, window, "learning_rate", "0.0025")
    window.session.undo.stack.undo()
    assert window.session.runs.experiment.learning_rate == 0.001
