"""A session runs one experiment at a time, shows only its rows, and goes where it is told."""

import random
import threading
import time

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.descent import Ending, Experiment, Outcome, run
from gdviz.core.descent.methods import GradientDescent
from gdviz.core.descent.playhead import SPEEDS
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.running.session import Session

LONG = 1_000_000_000
FAST = next(speed for speed in SPEEDS if speed.iterations_per_s == 1000)
SLOW = next(speed for speed in SPEEDS if speed.iterations_per_s == 1)
WHOLE_RUN = next(speed for speed in SPEEDS if speed.whole_run_s == 5)


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


@pytest.fixture
def start(qapp):
    """Start sessions, and end them after the test."""
    sessions = []

    def start(experiment):
        sessions.append(Session(experiment, qapp))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()
        session.deleteLater()


@pytest.fixture
def session(start, qtbot, pizza):
    """A session with the finished run of pizza.txt, at its start."""
    session = start(Experiment(pizza))
    wait(qtbot, session)
    return session


def wait(qtbot, session):
    qtbot.waitUntil(lambda: not session.runs.training)


def finish(qtbot, session, experiment):
    session.runs.replace(experiment)
    wait(qtbot, session)


def iteration(session):
    return session.playback.row.iteration


def assert_shows(session, experiment):
    """The session has the rows of the experiment, bit for bit, and no others."""
    expected, outcome = run(experiment)
    np.testing.assert_array_equal(session.runs.record.rows, expected.record.rows)
    assert session.runs.record.last == expected.record.last
    assert session.runs.record.stride == expected.record.stride
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
    assert iteration(session) == 0
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
    assert iteration(session) == 0
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
    assert record.last[1:] == tuple(expected[0].tolist())


def test_stopping_a_finished_run_changes_nothing(session):
    outcome = session.runs.outcome
    session.runs.stop()
    QApplication.processEvents()
    assert session.runs.outcome is outcome


def test_at_rest_nothing_ticks(session, qtbot):
    qtbot.waitUntil(lambda: not session.playback._timer.isActive())
    session.playback.toggle()
    assert session.playback._timer.isActive()
    session.playback.pause()
    qtbot.waitUntil(lambda: not session.playback._timer.isActive())


def test_closing_ends_a_long_run_within_a_second(start, qtbot, pizza):
    threads = threading.active_count()
    session = start(Experiment(pizza, LONG, 1e-9))
    qtbot.waitUntil(lambda: session.runs.record.newest > 5000)
    began = time.perf_counter()
    session.close()
    assert time.perf_counter() - began < 1
    assert threading.active_count() == threads
    newest = session.runs.record.newest
    QApplication.processEvents()
    assert session.runs.record.newest == newest


def test_closing_twice_is_closing_once(session):
    session.close()
    session.close()


# Playing


def test_it_plays_to_the_end_and_pauses_there(session, qtbot):
    playing = []
    session.playback.playing_changed.connect(playing.append)
    session.playback.set_speed(FAST)
    session.playback.toggle()
    qtbot.waitUntil(lambda: not session.playback.playing)
    assert iteration(session) == 100
    assert playing == [True, False]


def test_pausing_stays(session, qtbot):
    session.playback.set_speed(FAST)
    session.playback.toggle()
    qtbot.waitUntil(lambda: iteration(session) > 3)
    session.playback.toggle()
    paused_at = iteration(session)
    session.playback.tick()
    assert not session.playback.playing
    assert iteration(session) == paused_at


def test_another_speed_holds_at_once(session, qtbot):
    session.playback.set_speed(SLOW)
    session.playback.toggle()
    assert iteration(session) == 0
    session.playback.set_speed(FAST)
    qtbot.waitUntil(lambda: iteration(session) == 100, timeout=2000)


def test_play_at_the_end_starts_over(session):
    session.playback.to_end()
    session.playback.toggle()
    assert iteration(session) == 0
    assert session.playback.playing
    session.playback.pause()


def test_play_from_the_start_plays_from_the_start(session):
    session.playback.seek(50)
    session.playback.play_from_start()
    assert iteration(session) == 0
    assert session.playback.playing
    session.playback.play_from_start()
    assert session.playback.playing
    session.playback.pause()


def test_playing_a_run_that_goes_on_waits_for_its_rows(start, qtbot, pizza):
    session = start(Experiment(pizza, LONG, 1e-9))
    qtbot.waitUntil(lambda: session.runs.record.newest > 5)
    session.playback.to_end()
    # Faster than rows come: at a slow speed it would stand for a while in a record this thinned.
    session.playback.set_speed(WHOLE_RUN)
    session.playback.toggle()
    stood_at = iteration(session)
    qtbot.waitUntil(lambda: iteration(session) > stood_at)
    assert session.playback.playing
    session.close()


@pytest.mark.parametrize(
    ("steps", "reached"),
    [([1], 1), ([1, 1, -1], 1), ([-1], 0), ([1] * 101, 100), ([1] * 101 + [-1], 99)],
)
def test_steps_go_one_row_and_stay_within_the_run(session, steps, reached):
    for step in steps:
        session.playback.step(step)
    assert iteration(session) == reached


@pytest.mark.parametrize("way", [1, -1])
def test_a_step_pauses(session, way):
    session.playback.toggle()
    session.playback.step(way)
    assert not session.playback.playing


@pytest.mark.parametrize(("wish", "reached"), [(-5, 0), (0, 0), (42, 42), (100, 100), (101, 100)])
def test_seek_goes_to_the_nearest_row_and_says_so(session, qtbot, wish, reached):
    with qtbot.waitSignal(session.playback.moved):
        session.playback.seek(wish)
    assert iteration(session) == reached


def test_to_start_and_to_end_pause_there(session):
    session.playback.toggle()
    session.playback.to_end()
    assert (iteration(session), session.playback.playing) == (100, False)
    session.playback.toggle()
    session.playback.to_start()
    assert (iteration(session), session.playback.playing) == (0, False)


# Replacing


def test_other_settings_keep_the_iteration(session, qtbot, pizza):
    session.playback.seek(37)
    experiment = Experiment(pizza, 500, 1e-4)
    finish(qtbot, session, experiment)
    assert iteration(session) == 37
    assert_shows(session, experiment)


def test_at_the_end_other_settings_stay_at_the_end(session, qtbot, pizza):
    session.playback.to_end()
    for iterations in (500, 20, 60):
        finish(qtbot, session, Experiment(pizza, iterations))
        assert iteration(session) == iterations


def test_a_run_too_short_for_the_iteration_does_not_forget_it(session, qtbot, pizza):
    session.playback.seek(37)
    finish(qtbot, session, Experiment(pizza, 3))
    assert iteration(session) == 3
    finish(qtbot, session, Experiment(pizza, 300))
    assert iteration(session) == 37


def test_while_it_plays_other_settings_play_on_from_there(session, qtbot, pizza):
    session.playback.set_speed(SLOW)
    session.playback.seek(37)
    session.playback.toggle()
    finish(qtbot, session, Experiment(pizza, 500))
    assert session.playback.playing
    assert iteration(session) >= 37
    session.playback.pause()


def test_other_data_start_at_the_start_and_paused(session, qtbot):
    session.playback.to_end()
    session.playback.toggle()
    experiment = Experiment(Dataset([1, 2], [3, 5]), 50, 0.1)
    with qtbot.waitSignals([session.runs.experiment_changed, session.runs.ended]):
        session.restart(experiment)
    assert iteration(session) == 0
    assert not session.playback.playing
    assert_shows(session, experiment)


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
        if row[1:] != tuple(expected.tolist()):
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
    assert 0 <= iteration(session) <= 20
