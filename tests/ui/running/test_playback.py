"""It plays all that is shown, and goes where it is told."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QElapsedTimer

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.playhead import SPEEDS

LONG = 1_000_000_000
FAST, SLOW, THREE, WHOLE_RUN = (
    next(speed for speed in SPEEDS if speed.label == label)
    for label in ("1000 per second", "1 per second", "3 per second", "all in 5 seconds")
)


def finish(qtbot, session, experiment):
    session.runs.replace(experiment)
    qtbot.waitUntil(lambda: not session.runs.training)


def iteration(session):
    return session.playback.row.iteration


def test_at_rest_nothing_ticks(session, qtbot):
    qtbot.waitUntil(lambda: not session.playback._timer.isActive())
    session.playback.toggle()
    assert session.playback._timer.isActive()
    session.playback.pause()
    qtbot.waitUntil(lambda: not session.playback._timer.isActive())


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


# On the way to the next iteration


def walk(session, qtbot):
    """Play slowly until the step is half walked."""
    session.playback.set_speed(THREE)
    session.playback.toggle()
    qtbot.waitUntil(lambda: session.playback.position % 1 > 0.3)


def test_at_a_slow_speed_the_pictures_are_on_the_way_and_the_numbers_at_the_row(session, qtbot):
    session.playback.seek(2)
    walk(session, qtbot)
    playback, record = session.playback, session.runs.record
    k = int(playback.position)
    assert playback.iteration == k
    assert playback.row == record[k]
    assert record[k].weight < playback.seen.weight < record[k + 1].weight
    assert playback.seen == session.runs.current.at(playback.position)
    playback.pause()


@pytest.mark.parametrize("stop", ["pause", "toggle", "to_end"])
def test_who_pauses_on_the_way_stands_at_the_row_again(session, qtbot, stop):
    walk(session, qtbot)
    iteration = 100 if stop == "to_end" else session.playback.iteration
    with qtbot.waitSignal(session.playback.moved):
        getattr(session.playback, stop)()
    assert session.playback.position == iteration
    assert session.playback.seen == session.playback.row == session.runs.record[iteration]


def test_a_step_from_the_way_goes_to_the_next_row(session, qtbot):
    walk(session, qtbot)
    k = session.playback.iteration
    session.playback.step(1)
    assert session.playback.position == k + 1


@pytest.mark.parametrize("reason", ["reduced_motion", "guessing"])
def test_where_motion_is_unwanted_or_would_tell_too_much_it_jumps(session, qtbot, reason):
    walk(session, qtbot)
    setattr(session.playback, reason, True)
    assert session.playback.position == session.playback.iteration
    assert session.playback.seen == session.playback.row
    positions = []
    session.playback.moved.connect(lambda: positions.append(session.playback.position))
    qtbot.waitUntil(lambda: session.playback.iteration >= 2)
    assert {*positions} == {int(position) for position in positions}
    session.playback.pause()


def test_a_frame_that_shows_nothing_new_tells_nobody(session):
    playback, moves, began = session.playback, [], []
    playback.set_speed(WHOLE_RUN)
    playback.play_from_start()
    playback._timer.stop()
    playback.moved.connect(lambda: moves.append(playback.position))
    playback.frame_began.connect(lambda: began.append(len(moves)))
    for _ in range(100):
        playback.tick()
    assert moves == [*dict.fromkeys(moves)]
    assert began == [*range(len(moves))]
    playback.pause()


def test_with_reduced_motion_a_run_that_goes_on_is_drawn_seldom(start, qtbot, pizza):
    session = start(Experiment(pizza, LONG, 1e-9))
    session.playback.reduced_motion, clock, drawn = True, QElapsedTimer(), []
    session.playback.to_end()
    session.playback.moved.connect(lambda: drawn.append(clock.elapsed()))
    clock.start()
    qtbot.waitUntil(lambda: len(drawn) > 3)
    assert all(after - before > 300 for before, after in pairwise(drawn[1:]))
    session.runs.stop()
    qtbot.waitUntil(lambda: not session.playback._timer.isActive())
    session.close()


def test_with_reduced_motion_it_jumps_seldom_however_fast_it_plays(session, qtbot):
    playback, jumps, clock = session.playback, [], QElapsedTimer()
    playback.reduced_motion = True
    playback.set_speed(WHOLE_RUN)

    def note():
        if not jumps or jumps[-1][0] != playback.position:
            jumps.append((playback.position, clock.elapsed() / 1000))

    playback.moved.connect(note)
    clock.start()
    playback.toggle()
    qtbot.waitUntil(lambda: len(jumps) > 3)
    playback.pause()
    places, times = zip(*jumps[:4], strict=True)
    assert all(after - before > 0.3 for before, after in pairwise(times[1:]))
    assert all(place == int(place) for place in places)
    assert places[3] == pytest.approx(20 * times[3], abs=3)


def test_a_record_with_rows_left_out_is_not_walked(start, qtbot, pizza):
    session = start(Experiment(pizza, LONG, 1e-9))
    qtbot.waitUntil(lambda: session.runs.record.stride > 1)
    session.playback.set_speed(SLOW)
    session.playback.toggle()
    session.playback._playhead._fraction = 0.9
    assert session.playback.position == session.playback.iteration
    session.close()


def test_a_run_that_ends_meanwhile_stops_nobody_on_the_way(start, qtbot, pizza):
    session = start(Experiment(pizza, LONG, batch_size=5))
    qtbot.waitUntil(lambda: session.runs.record.newest > 100)
    walk(session, qtbot)
    position = session.playback.position
    session.runs.stop()
    with qtbot.waitSignal(session.runs.ended):
        pass
    assert session.playback.position >= position
    session.playback.pause()


# Other runs


def test_other_settings_keep_the_iteration(session, qtbot, pizza):
    session.playback.seek(37)
    experiment = Experiment(pizza, 500, 1e-4)
    finish(qtbot, session, experiment)
    assert iteration(session) == 37
    assert session.runs.experiment is experiment


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


def test_a_hidden_run_no_longer_holds_up_the_race(session, pizza, qtbot):
    session.undo.change(Experiment(pizza, 500))
    session.runs.keep()
    session.undo.change(Experiment(pizza, 10))
    qtbot.waitUntil(lambda: not session.runs.training)
    assert session.runs.length == 500
    session.runs.show(0, False)
    assert session.runs.length == 10
    session.runs.rename(0, "slow")
    assert (session.runs.kept[0].name, session.runs.kept[0].visible) == ("slow", False)
