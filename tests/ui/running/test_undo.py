"""One gesture is one step to undo, changes in quick succession as well; kept runs come back."""

import gc
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QElapsedTimer, QEvent, Qt
from PySide6.QtWidgets import QApplication
from support import PIZZA, child, type_into

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table
from gdviz.ui.running import trainings, undo
from gdviz.ui.running.collecting import collect_what_is_due
from gdviz.ui.running.runs import MOST_FOLLOWING
from gdviz.ui.running.session import Session

DATA = read_table(PIZZA).dataset()[0]
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


# Kept runs


def seen(session):
    """Return all that undo promises to bring back."""
    return session.runs.experiment, [
        (r.number, r.name, r.visible, r.experiment, r.record.rows.tolist(), r.outcome)
        for r in session.runs.kept
    ]


STEPS = {
    "keep": lambda undo, _: undo.keep(),
    "remove": lambda undo, kept: undo.remove([run.number for run in kept[:1]]),
    "remove two": lambda undo, kept: undo.remove([run.number for run in kept[-2:]]),
    "rename": lambda undo, kept: kept and undo.rename(kept[-1].number, kept[-1].name + "'"),
    "hide": lambda undo, kept: undo.show([run.number for run in kept[::2]], False),
    "show": lambda undo, kept: undo.show([run.number for run in kept], True),
    "undo": lambda undo, _: undo.stack.undo(),
    "redo": lambda undo, _: undo.stack.redo(),
}
CHANGES = {
    "rate": lambda old: replace(old, learning_rate=old.learning_rate * 1.5),
    "iterations": lambda old: replace(old, iterations=old.iterations + 10),
    "diverge": lambda old: replace(old, learning_rate=1.0, iterations=400),
    "data": lambda old: replace(old, dataset=Dataset(old.dataset.x, old.dataset.y + 1)),
}


@pytest.mark.usefixtures("qapp")
@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([*STEPS, *CHANGES]), max_size=25))
def test_undo_leads_through_all_that_was_done_and_redo_back_again(names):
    session = Session(Experiment(DATA, 50))
    undo, states = session.undo, []
    first = seen(session)
    for name in names:
        if name in STEPS:
            STEPS[name](undo, session.runs.kept)
        else:
            undo.release()
            undo.change(CHANGES[name](session.runs.experiment))
    last = seen(session)
    redone = undo.stack.count() - undo.stack.index()
    while undo.stack.canUndo():
        states.append(seen(session))
        undo.stack.undo()
    assert seen(session) == first
    while states:
        undo.stack.redo()
        assert seen(session) == states.pop()
    assert seen(session) == last
    assert undo.stack.count() - undo.stack.index() == redone
    session.close()


def test_a_removed_run_comes_back_in_its_place(session):
    undo, runs = session.undo, session.runs
    for rate in RATES[:3]:
        undo.keep()
        drag(session, [rate])
    undo.rename(1, "mine")
    undo.show([1], False)
    before = seen(session)
    undo.remove([1])
    assert [run.number for run in runs.kept] == [0, 2]
    assert undo.stack.undoText() == "remove “mine”"
    undo.stack.undo()
    assert seen(session) == before
    undo.stack.redo()
    undo.keep()
    assert [run.number for run in runs.kept] == [0, 2, 1]


def test_what_was_done_to_runs_has_a_name_in_the_menu(session):
    undo, texts = session.undo, []
    undo.keep()
    texts.append(undo.stack.undoText())
    drag(session, RATES[:1])
    undo.keep()
    undo.rename(0, "fish & chips")
    texts.append(undo.stack.undoText())
    undo.show([0], False)
    texts.append(undo.stack.undoText())
    undo.show([0, 1], True)
    texts.append(undo.stack.undoText())
    undo.show([0, 1], False)
    texts.append(undo.stack.undoText())
    undo.remove([0, 1])
    texts.append(undo.stack.undoText())
    name = "“fish && chips”"
    assert texts == [
        "keep “rate 0.001”", "rename “rate 0.001”", f"hide {name}", f"show {name}",
        "hide 2 runs", "remove 2 runs",
    ]  # fmt: skip


def test_what_changes_nothing_is_nothing_to_undo(session):
    session.undo.keep()
    count = session.undo.stack.count()
    session.undo.keep()
    session.undo.rename(0, "rate 0.001")
    session.undo.show([0], True)
    session.undo.show([], False)
    session.undo.remove([])
    assert session.undo.stack.count() == count == 1


def test_a_run_that_is_removed_under_way_is_trained_when_it_comes_back(start, qtbot, pizza):
    session = start(Experiment(pizza, 400_000, 1e-7))
    session.undo.keep()
    drag(session, [1e-3])
    assert session.runs.kept[0].outcome is None
    session.undo.remove([0])
    session.undo.stack.undo()
    qtbot.waitUntil(lambda: session.runs.kept[0].outcome is not None)
    kept = session.runs.kept[0]
    assert kept.record.newest == 400_000
    assert kept.record.last == run(kept.experiment)[0].record.last


def test_a_run_that_was_stopped_comes_back_as_far_as_it_had_come(start, qtbot, pizza):
    session = start(Experiment(pizza, 10**9, 1e-9))
    session.runs.stop()
    qtbot.waitUntil(lambda: not session.runs.training)
    stopped = session.runs.current
    session.undo.keep()
    drag(session, [1e-3])
    session.undo.change(replace(session.runs.experiment, iterations=10))
    session.undo.remove([0])
    assert session.runs.kept == []
    session.undo.stack.undo()
    kept = session.runs.kept[0]
    assert (kept.record, kept.outcome) == (stopped.record, stopped.outcome)


def test_other_data_and_back_bring_kept_runs_back_as_they_were(session):
    session.undo.keep()
    drag(session, RATES[:1])
    before = seen(session)
    session.restart(replace(session.runs.experiment, dataset=Dataset([1, 2], [3, 5])), "open")
    assert session.runs.kept[0].experiment.dataset is session.runs.experiment.dataset
    session.undo.stack.undo()
    assert seen(session) == before


def test_kept_runs_that_followed_a_drag_late_come_back_after_undo_and_redo(session, pizza):
    session.undo.change(Experiment(pizza, MOST_FOLLOWING + 1))
    session.undo.keep()
    drag(session, [10], "iterations")
    before, gesture = seen(session), object()
    other = Dataset(pizza.x, pizza.y + 1)
    session.undo.change(replace(session.runs.experiment, dataset=other), "move a point", gesture)
    assert session.runs.kept[0].experiment.dataset is pizza, "it waits"
    session.runs.settle()
    assert session.runs.kept[0].experiment.dataset is other
    after = seen(session)
    session.undo.stack.undo()
    assert seen(session) == before
    session.undo.stack.redo()
    assert seen(session) == after


@pytest.fixture
def long_run(start, qtbot, pizza):
    """A session with a run that took more than a moment."""
    session = start(Experiment(pizza, 400_000, 1e-9))
    qtbot.waitUntil(lambda: not session.runs.training)
    return session


def test_a_long_run_comes_back_without_being_trained_again(long_run):
    long_run.undo.keep()
    drag(long_run, RATES[:1])
    before = long_run.runs.kept
    long_run.undo.remove([0])
    long_run.undo.stack.undo()
    assert long_run.runs.kept == before
    assert long_run.runs.kept[0].record is before[0].record


def test_what_came_of_short_runs_takes_no_room(session):
    drag(session, RATES, "learning_rate")
    session.undo.keep()
    session.undo.remove([0])
    assert not session.runs._trainings._known


def test_what_came_of_removed_runs_takes_no_more_than_its_room(long_run, qtbot, monkeypatch):
    session, undo = long_run, long_run.undo
    undo.keep()
    drag(session, RATES[:1])
    before = seen(session)
    monkeypatch.setattr(trainings, "MOST_KNOWN_BYTES", 0)
    undo.remove([0])
    assert not session.runs._trainings._known
    undo.stack.undo()
    qtbot.waitUntil(lambda: not session.runs.busy)
    assert seen(session) == before


def test_what_came_of_a_run_is_forgotten_with_the_step_that_needs_it(long_run):
    session = long_run
    session.undo.keep()
    drag(session, RATES[:1])
    session.undo.remove([0])
    assert len(session.runs._trainings._known) == 1
    session.undo.stack.clear()
    collect_what_is_due()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not session.runs._trainings._known


def living(kind):
    """Return how many of a kind there are."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return sum(isinstance(thing, kind) for thing in gc.get_objects())


def test_what_a_drag_went_through_is_forgotten(session):
    steps, experiments = living(undo.Step), living(Experiment)
    drag(session, [rate * 1e-5 for rate in range(1, 100)])
    drag(session, [200, 300, 100], "iterations")
    assert session.undo.stack.count() == 1
    assert living(undo.Step) <= steps + 1
    assert living(Experiment) <= experiments + 1


def test_what_broke_off_is_no_step(session, monkeypatch):
    drag(session, RATES[:1])
    with monkeypatch.context() as broken:
        broken.setattr(session.runs, "keep", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            session.undo.keep()
    assert session.undo.stack.count() == 1
    session.undo.keep()
    session.undo.stack.undo()
    session.undo.stack.undo()
    assert session.runs.kept == []


def test_steps_can_be_put_aside(session):
    drag(session, RATES[:1])
    session.undo.keep()
    state, shown = session.runs.state, seen(session)
    aside = session.undo.begin_anew()
    assert not session.undo.stack.canUndo()
    session.undo.remove([0])
    session.undo.change(replace(session.runs.experiment, iterations=7))
    session.undo.go_back_to(aside, state)
    assert seen(session) == shown
    assert session.undo.stack.undoText() == "keep “rate 0.0011”"
    aside = session.undo.begin_anew()
    drag(session, RATES[1:2])
    other = seen(session)
    session.undo.go_back_to(aside, state, "leave the lesson")
    assert seen(session) == shown
    session.undo.stack.undo()
    assert seen(session) == other
    session.undo.stack.redo()
    assert seen(session) == shown
