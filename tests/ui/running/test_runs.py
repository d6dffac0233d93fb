"""The current run is trained, stopped, replaced and kept; only its own rows are shown."""

import random
import sys
import threading

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.descent import Ending, Experiment, Outcome, run
from gdviz.core.descent.methods import Adam, GradientDescent, Momentum
from gdviz.core.descent.run import MOST_KEPT
from gdviz.core.descent.trajectory import Row
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.running import trainings, worker
from gdviz.ui.running.training import THINNED
from gdviz.ui.running.worker import Worker

LONG = 1_000_000_000


class Broken(Experiment):
    """An experiment that can't take a single step."""

    @property
    def bowl(self):
        raise RuntimeError("no way down")


class Breaking(Experiment):
    """An experiment that breaks off after its first rows."""

    def __init__(self, *settings):
        super().__init__(*settings, method=Short())


class Short(GradientDescent):
    """A method that has no more than a block of rows."""

    def rows(self, bowl, start, learning_rate, first, count):
        if first > 0:
            raise RuntimeError("the way ends")
        return super().rows(bowl, start, learning_rate, first, count)


def wait(qtbot, session):
    qtbot.waitUntil(lambda: not session.runs.training)


def finish(qtbot, session, experiment):
    session.runs.replace(experiment)
    wait(qtbot, session)


def assert_shows(session, experiment):
    """The session has the rows of the experiment, bit for bit, and no others."""
    trajectory, outcome = run(experiment)
    expected, record = trajectory.record, session.runs.record
    # A window has less room than what is run without one.
    every = record.stride // expected.stride
    assert every == (THINNED if expected.stride > 1 else 1)
    strides = expected.in_strides().rows
    np.testing.assert_array_equal(record.in_strides().rows, strides[::every])
    assert record.last == expected.last
    assert session.runs.outcome == outcome
    assert session.runs.experiment is experiment


# Running


def test_a_short_run_is_over_at_once_and_looked_at_from_its_start(start, pizza):
    threads = threading.active_count()
    session = start(Experiment(pizza))
    assert threading.active_count() == threads
    assert session.runs.outcome == Outcome(Ending.REACHED, 100)
    assert session.runs.length == 100
    assert not session.runs.training
    assert not session.playback.playing
    assert session.playback.iteration == 0
    assert_shows(session, session.runs.experiment)


def test_a_long_run_trains_on_in_a_thread(start, qtbot, pizza):
    session = start(Experiment(pizza, 3_000_000, 1e-9))
    assert session.runs.training
    assert session.runs.record.newest > 0, "it has a head start"
    assert session.runs.length == 3_000_000
    with qtbot.waitSignal(session.runs.ended) as ended:
        pass
    assert ended.args == [Outcome(Ending.REACHED, 3_000_000)]
    assert not session.runs.training
    assert not session.playback.playing
    assert session.playback.iteration == 0
    assert_shows(session, session.runs.experiment)


@pytest.mark.parametrize(
    ("settings", "ending"),
    [
        ({"iterations": 1}, Ending.REACHED),
        ({"iterations": 200_000, "learning_rate": 1e-7}, Ending.REACHED),
        ({"iterations": 5000, "tolerance": 0.01}, Ending.CONVERGED),
        ({"iterations": 5000, "learning_rate": 0.01}, Ending.DIVERGED),
    ],
)
def test_the_rows_do_not_depend_on_how_the_trainer_paces_itself(
    start, qtbot, pizza, settings, ending
):
    session = start(Experiment(pizza, **settings))
    wait(qtbot, session)
    assert session.runs.outcome.ending is ending
    assert session.runs.length == session.runs.record.newest
    assert_shows(session, session.runs.experiment)


def test_a_stopped_run_keeps_what_it_has(start, qtbot, pizza):
    session = start(Experiment(pizza, LONG, 1e-9))
    qtbot.waitUntil(lambda: session.runs.record.newest > 5000)
    session.runs.stop()
    with qtbot.waitSignal(session.runs.ended):
        pass
    record = session.runs.record
    assert session.runs.outcome == Outcome(Ending.STOPPED, record.newest)
    assert session.runs.length == record.newest
    experiment = session.runs.experiment
    expected = experiment.method.rows(
        experiment.bowl, experiment.start, experiment.learning_rate, record.newest, 1
    )
    assert record.last == Row(record.newest, *expected[0].tolist())


def test_stopping_a_finished_run_changes_nothing(session):
    outcome = session.runs.outcome
    session.runs.stop()
    QApplication.processEvents()
    assert session.runs.outcome is outcome


# Pausing


@pytest.mark.parametrize(
    "settings",
    [{}, {"method": Momentum()}, {"method": Adam()}, {"batch_size": 7}],
    ids=["plain", "momentum", "adam", "batches"],
)
def test_a_run_that_was_paused_has_the_rows_of_one_that_was_not(start, qtbot, pizza, settings):
    experiment = Experiment(pizza, 60_000, 1e-6, **settings)
    session = start(experiment)
    training, pauses = session.runs.shown[0], 0
    while session.runs.training and pauses < 3:
        training.pause()
        if training.paused:
            with qtbot.waitSignals([training.held]):
                pass
            pauses += 1
        training.go_on()
    wait(qtbot, session)
    assert_shows(session, experiment)


def test_nothing_is_computed_during_a_pause(start, qtbot, pizza):
    session = start(Experiment(pizza, LONG, 1e-9))
    training = session.runs.shown[0]
    with qtbot.waitSignal(training.held):
        training.pause()
    reached = session.runs.record
    assert not session.runs.busy
    assert session.runs.training
    qtbot.waitUntil(lambda: not Worker._dropped)
    QApplication.processEvents()
    assert session.runs.record is reached
    training.go_on()
    qtbot.waitUntil(lambda: session.runs.record.newest > reached.newest)
    session.close()


def test_who_goes_on_before_the_pause_has_begun_never_noticed(start, qtbot, pizza):
    session = start(Experiment(pizza, LONG, 1e-9))
    training, held = session.runs.shown[0], []
    training.held.connect(lambda: held.append(True))
    for _ in range(5):
        training.pause()
        training.go_on()
        newest = session.runs.record.newest
        qtbot.waitUntil(lambda before=newest: session.runs.record.newest > before)
    assert not held
    training.pause()
    session.runs.stop()
    wait(qtbot, session)
    assert session.runs.outcome == Outcome(Ending.STOPPED, session.runs.record.newest)


def test_a_paused_run_that_is_kept_goes_on_when_it_is_the_current_one_no_more(start, qtbot, pizza):
    session = start(Experiment(pizza, LONG, 1e-9))
    training = session.runs.shown[0]
    with qtbot.waitSignal(training.held):
        training.pause()
    session.runs.keep()
    reached = training.record.newest
    session.runs.replace(Experiment(pizza, 10))
    qtbot.waitUntil(lambda: training.record.newest > reached)
    assert session.runs.busy
    session.close()


# Replacing


def test_the_record_begins_anew_with_the_experiment(session, pizza):
    told = []
    session.runs.experiment_changed.connect(
        lambda: told.append(("changed", len(session.runs.record)))
    )
    session.runs.ended.connect(lambda _: told.append(("ended", len(session.runs.record))))
    session.playback.moved.connect(lambda: told.append(("moved", len(session.runs.record))))
    session.runs.replace(Experiment(pizza))
    assert told == [("changed", 0), ("ended", 101), ("moved", 101)]


def test_a_run_replaced_while_it_goes_on_shows_none_of_its_rows(start, qtbot, pizza):
    session, faults = start(Experiment(pizza, LONG, 1e-9)), []

    def look():
        experiment, row = session.runs.experiment, session.playback.row
        expected = experiment.method.rows(
            experiment.bowl, experiment.start, experiment.learning_rate, row.iteration, 1
        )[0]
        if row != Row(row.iteration, *expected.tolist()):
            faults.append((experiment, row))

    session.playback.moved.connect(look)
    qtbot.waitUntil(lambda: session.runs.record.newest > 5000)
    for rate in (1e-8, 2e-8, 3e-8):
        session.runs.replace(Experiment(pizza, LONG, rate))
        session.playback.to_end()
        qtbot.waitUntil(lambda: session.runs.record.newest > 5000)
        session.playback.to_end()
    finish(qtbot, session, Experiment(pizza, 50))
    session.playback.to_end()
    assert faults == []
    assert_shows(session, session.runs.experiment)


def test_many_quick_replacements_end_with_the_last(start, qtbot, pizza):
    dice, ends = random.Random(3), []
    session = start(Experiment(pizza))
    session.runs.ended.connect(lambda outcome: ends.append((session.runs.experiment, outcome)))
    for _ in range(300):
        experiment = Experiment(
            pizza, dice.choice([1, 100, 20_000, LONG]), dice.choice([1e-9, 1e-4, 0.001, 0.01])
        )
        session.runs.replace(experiment)
        if dice.random() < 0.3:
            QApplication.processEvents()
    last = Experiment(pizza, 12_345, 1e-6)
    finish(qtbot, session, last)
    assert_shows(session, last)
    experiments = [id(experiment) for experiment, _ in ends]
    assert len(set(experiments)) == len(experiments), "a run ends once"
    for experiment, outcome in ends:
        assert outcome == run(experiment)[1], "a run ends as it should"


def test_beside_a_worker_the_window_soon_gets_the_lock(start, qtbot, pizza, monkeypatch):
    monkeypatch.setattr(worker, "SWITCH_S", sys.getswitchinterval() / 2)
    start(Experiment(pizza, 300_000, 1e-7))
    qtbot.waitUntil(lambda: sys.getswitchinterval() == pytest.approx(worker.SWITCH_S, rel=0.01))


# Keeping


def test_a_run_is_kept_while_it_goes_on(session, pizza, qtbot):
    session.undo.change(Experiment(pizza, 300_000, 1e-7))
    assert session.runs.training
    session.runs.keep()
    session.undo.change(Experiment(pizza, 10))
    qtbot.waitUntil(lambda: not session.runs.busy)
    kept = session.runs.kept[0]
    assert kept.record.newest == 300_000
    assert kept.outcome == Outcome(Ending.REACHED, 300_000)


def test_removing_frees_the_number_and_leaves_the_current_run(session, pizza, qtbot):
    session.runs.keep()
    session.runs.remove(0)
    assert session.runs.kept == []
    assert session.runs.record.newest == 100
    session.runs.keep()
    session.undo.change(Experiment(pizza, 10))
    session.runs.keep()
    session.runs.remove(0)
    qtbot.waitUntil(lambda: not session.runs.training)
    session.undo.change(Experiment(pizza, 20))
    session.runs.keep()
    assert sorted(kept.number for kept in session.runs.kept) == [0, 1]


def test_of_kept_runs_that_go_over_other_data_is_told_once(session, pizza):
    runs = session.runs
    for count in (10, 20, 30):
        session.undo.change(Experiment(pizza, count))
        runs.keep()
    told = []
    for name in ("experiment_changed", "kept_changed", "ended", "grown"):
        getattr(runs, name).connect(lambda *_, name=name: told.append(name))
    other = Dataset(pizza.x[1:], pizza.y[1:])
    session.undo.change(Experiment(other, 30))
    assert told == ["experiment_changed", "kept_changed", "ended", "grown"]
    assert all(kept.outcome is not None for kept in runs.kept)
    assert {kept.experiment.dataset for kept in runs.kept} == {other}
    told.clear()
    session.undo.stack.undo()
    assert told == ["experiment_changed", "kept_changed", "ended", "grown"]


@pytest.fixture
def room(monkeypatch):
    """The rows that all runs share: few."""
    monkeypatch.setattr(trainings, "MOST_ROWS", 2**12)
    return 2**12


def test_kept_runs_share_the_room_and_their_rows_stay_right(start, pizza, qtbot, room):
    session = start(Experiment(pizza, 20_000, 1e-5))
    for number in range(MOST_KEPT):
        session.runs.keep()
        session.undo.change(Experiment(pizza, 20_000 + number, 2e-5))
        qtbot.waitUntil(lambda: not session.runs.busy)
        runs = [session.runs.current, *session.runs.kept]
        kept = [len(one.record.in_strides().rows) for one in runs]
        assert room / 32 < sum(kept) <= room
        assert sum(len(one.record.rows) for one in runs) <= 1.3 * room
        for one in runs:
            whole = run(one.experiment)[0].record
            strides = one.record.in_strides().rows
            np.testing.assert_array_equal(strides, whole.rows[:: one.record.stride])
            assert one.record.last == whole.last
    assert len(session.runs.kept) == MOST_KEPT


@pytest.mark.parametrize(("iterations", "stride"), [(4095, 1), (4096, 8), (65_535, 64)])
def test_a_run_that_cannot_be_kept_whole_takes_a_quarter_of_the_room(
    start, pizza, qtbot, room, iterations, stride
):
    session = start(Experiment(pizza, 10))
    finish(qtbot, session, Experiment(pizza, iterations, 1e-5))
    record = session.runs.record
    assert record.stride == stride
    assert len(record.in_strides().rows) <= (room if stride == 1 else room // 4)
    assert record[-2].iteration == iterations - 1


def test_a_kept_run_that_goes_on_makes_room_for_the_others(start, pizza, qtbot, room):
    session = start(Experiment(pizza, 400_000, 1e-7))
    for number in range(MOST_KEPT):
        session.runs.keep()
        session.undo.change(Experiment(pizza, 400_000, 1e-7 * (2 + number)))
    qtbot.waitUntil(lambda: not session.runs.busy)
    runs = [session.runs.current, *session.runs.kept]
    assert [one.record.newest for one in runs] == [400_000] * 7
    rows = [one.record.rows for one in runs]
    assert sum((r if r.base is None else r.base).nbytes for r in rows) <= 1.3 * room * 56


# Failing


@pytest.mark.parametrize(
    ("kind", "reason", "rows"), [(Broken, "no way down", 0), (Breaking, "the way ends", 1024)]
)
def test_a_run_that_breaks_off_says_why_and_the_next_one_works(
    session, qtbot, pizza, kind, reason, rows
):
    with (
        qtbot.waitSignals([session.runs.ended, session.runs.failed]),
        qtbot.waitSignal(session.runs.failed) as failed,
    ):
        session.runs.replace(kind(pizza, 5000))
    assert failed.args == [f"RuntimeError: {reason}"]
    assert not session.runs.training
    assert len(session.runs.record) == rows
    experiment = Experiment(pizza, 20)
    finish(qtbot, session, experiment)
    assert_shows(session, experiment)


@pytest.mark.parametrize(
    "go",
    [
        lambda session: session.playback.step(1),
        lambda session: session.playback.step(-1),
        lambda session: session.playback.seek(5),
        lambda session: session.playback.to_start(),
        lambda session: session.playback.to_end(),
        lambda session: session.playback.play_from_start(),
        lambda session: session.playback.toggle(),
    ],
    ids=["forward", "back", "seek", "start", "end", "play from start", "play"],
)
def test_without_a_row_there_is_nowhere_to_go(start, qtbot, pizza, go):
    """As in the moment before the first rows, or when a run breaks off before them."""
    session = start(Broken(pizza))
    wait(qtbot, session)
    go(session)
    qtbot.waitUntil(lambda: not session.playback.playing)
    finish(qtbot, session, Experiment(pizza, 20))
    assert 0 <= session.playback.iteration <= 20
