"""The playhead moves by the time it is told, and nothing else."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.descent.playhead import DEFAULT_SPEED, REST, SPEEDS, Playhead

FRAME_S = 1 / 60
SPEED = {speed.label: speed for speed in SPEEDS}
TEN_PER_SECOND = SPEED["10 per second"]
STEADY = [speed for speed in SPEEDS if speed is not DEFAULT_SPEED]
ALL_IN = [speed for speed in STEADY if speed.whole_run_s]


@pytest.fixture
def playhead():
    """Return a playhead that plays ten iterations a second."""
    playhead = Playhead()
    playhead.speed = TEN_PER_SECOND
    playhead.play()
    return playhead


def advance(playhead, elapsed_s, newest=1000, length=1000, live=False):
    """Advance within a finished run of 1000 iterations, unless told otherwise."""
    playhead.advance(elapsed_s, newest, length, live)


def promised(speed, length):
    """Return how many iterations a second the label of a speed promises."""
    words = speed.label.split()
    return length / int(words[2]) if words[0] == "all" else int(words[0])


def test_it_starts_at_the_first_row_and_waits_to_be_played():
    playhead = Playhead()
    assert playhead.speed is DEFAULT_SPEED
    advance(playhead, 10)
    assert (playhead.position, playhead.playing) == (0, False)


@pytest.mark.parametrize("steps", [1, 2, 8, 64, 1024])
def test_many_small_steps_are_one_large_step(playhead, steps):
    for _ in range(steps):
        advance(playhead, 4 / steps)
    assert playhead.position == 40


@pytest.mark.parametrize("speed", STEADY, ids=lambda speed: speed.label)
@pytest.mark.parametrize("frame_s", [1 / 30, 1 / 60, 1 / 144])
def test_frames_add_up_to_the_speed_on_the_label(playhead, speed, frame_s):
    playhead.speed = speed
    for _ in range(round(4 / frame_s)):
        advance(playhead, frame_s, newest=10**9, length=10**9)
    assert abs(playhead.position - 4 * promised(speed, 10**9)) <= 1


def test_a_late_frame_skips_to_where_it_should_be(playhead):
    advance(playhead, FRAME_S)
    advance(playhead, 3)
    assert playhead.position == 30
    advance(playhead, FRAME_S)
    assert playhead.position == 30


def test_at_the_end_of_a_live_record_it_waits_for_more(playhead):
    advance(playhead, 2, newest=15, live=True)
    assert (playhead.position, playhead.playing) == (15, True)
    advance(playhead, 2, newest=15, live=True)
    advance(playhead, 1, newest=1000, live=True)
    assert (playhead.position, playhead.playing) == (25, True)


def test_after_waiting_it_goes_on_with_a_whole_interval(playhead):
    advance(playhead, 0.09, newest=0, live=True)
    advance(playhead, 0.09, newest=1000, live=True)
    assert playhead.position == 0
    advance(playhead, 0.02, newest=1000, live=True)
    assert playhead.position == 1


def test_before_the_first_row_of_a_live_record_it_waits(playhead):
    advance(playhead, 2, newest=-1, live=True)
    assert (playhead.position, playhead.playing) == (0, True)


def test_at_the_end_of_a_finished_record_it_pauses(playhead):
    advance(playhead, 2, newest=15)
    assert (playhead.position, playhead.playing) == (15, False)


def test_it_pauses_on_arrival_not_a_frame_later(playhead):
    advance(playhead, 1.5, newest=15)
    assert (playhead.position, playhead.playing) == (15, False)


def test_a_run_without_iterations_ends_at_once(playhead):
    playhead.speed = ALL_IN[0]
    advance(playhead, FRAME_S, newest=0, length=0)
    assert (playhead.position, playhead.playing) == (0, False)


@pytest.mark.parametrize("speed", STEADY, ids=lambda speed: speed.label)
@pytest.mark.parametrize("length", [1, 100, 10**9])
def test_every_steady_speed_reaches_the_end(playhead, speed, length):
    playhead.speed = speed
    step_s = length / promised(speed, length) / 7.5
    for _ in range(7):
        advance(playhead, step_s, length, length)
        assert playhead.playing
        assert 0 <= playhead.position < length
    advance(playhead, step_s, length, length)
    assert (playhead.position, playhead.playing) == (length, False)


@pytest.mark.parametrize("speed", ALL_IN, ids=lambda speed: speed.label)
@pytest.mark.parametrize("length", [1, 7, 100, 12345, 10**9])
@pytest.mark.parametrize("frame_s", [1 / 30, 1 / 60, 1 / 144])
def test_all_in_so_many_seconds_takes_so_many_seconds(playhead, speed, length, frame_s):
    playhead.speed, frames = speed, 0
    while playhead.playing:
        advance(playhead, frame_s, length, length)
        frames += 1
    whole_run_s = length / promised(speed, length)
    assert frames * frame_s == pytest.approx(whole_run_s, abs=1.001 * frame_s)


@pytest.mark.parametrize(("wish", "position"), [(-3, 0), (0, 0), (7, 7), (20, 20), (21, 20)])
def test_seek_goes_to_the_nearest_row_there_is(playhead, wish, position):
    playhead.seek(wish, newest=20)
    assert playhead.position == position


def test_seek_in_an_empty_record_stays_at_the_start(playhead):
    playhead.seek(5, newest=-1)
    assert playhead.position == 0


def test_seek_plays_on_with_a_whole_interval(playhead):
    advance(playhead, 0.09)
    playhead.seek(50, newest=1000)
    advance(playhead, 0.09)
    assert (playhead.position, playhead.playing) == (50, True)
    advance(playhead, 0.02)
    assert playhead.position == 51


def test_pause_keeps_the_position(playhead):
    advance(playhead, 1)
    playhead.pause()
    advance(playhead, 1)
    assert (playhead.position, playhead.playing) == (10, False)


def test_play_after_a_pause_goes_on_with_a_whole_interval(playhead):
    advance(playhead, 0.09)
    playhead.pause()
    playhead.play()
    advance(playhead, 0.09)
    assert playhead.position == 0
    advance(playhead, 0.02)
    assert playhead.position == 1


def test_a_new_speed_holds_from_the_next_frame(playhead):
    advance(playhead, 1)
    playhead.speed = SPEED["1 per second"]
    advance(playhead, 2)
    assert playhead.position == 12


# Slow, then faster


def seconds_to(iteration, length, frame_s=FRAME_S, stride=1):
    """Return after how many seconds of the default speed an iteration is reached."""
    playhead, frames = Playhead(), 0
    playhead.play()
    while playhead.position < iteration:
        playhead.advance(frame_s, length, length, live=False, stride=stride)
        frames += 1
    return frames * frame_s


@pytest.mark.parametrize("length", [30, 100, 20_000, 10**6, 10**9])
@pytest.mark.parametrize("frame_s", [1 / 30, 1 / 60, 1 / 144])
def test_by_default_a_run_of_any_length_takes_under_half_a_minute(length, frame_s):
    assert seconds_to(length, length, frame_s) == pytest.approx(24, abs=2 * frame_s)


@pytest.mark.parametrize("length", [1, 3, 10, 20])
def test_a_short_run_is_slow_throughout(length):
    assert seconds_to(length, length) == pytest.approx(length, abs=2 * FRAME_S)


@pytest.mark.parametrize("length", [30, 100, 20_000, 10**9])
def test_the_first_steps_take_a_second_each_then_it_speeds_up_steadily(length):
    first = [seconds_to(iteration, length) for iteration in range(5)]
    assert first == pytest.approx(range(5), abs=2 * FRAME_S)
    rates = [DEFAULT_SPEED.rate(place / 10, length) for place in range(10 * 30)]
    assert rates == sorted(rates)
    assert max(after / before for before, after in pairwise(rates)) < 1.2


def test_pizza_is_not_over_at_once():
    """At its tenth iteration nothing moves any more."""
    assert 8 < seconds_to(10, 100) < 9


@given(
    st.lists(st.floats(0, 3), min_size=1, max_size=40),
    st.integers(1, 10**9),
    st.sampled_from([1, 2, 1024]),
)
def test_where_it_is_depends_on_the_time_not_on_the_frames(slices, length, stride):
    sliced, whole = Playhead(), Playhead()
    for playhead, times in ((sliced, slices), (whole, [sum(slices)])):
        playhead.play()
        for elapsed_s in times:
            playhead.advance(elapsed_s, length, length, live=False, stride=stride)
    places = [playhead.position + playhead._fraction for playhead in (sliced, whole)]
    assert places[0] == pytest.approx(places[1], rel=1e-6, abs=1e-9 * stride)


def test_where_rows_are_left_out_the_recorded_ones_are_slow():
    assert seconds_to(3 * 1024, 10**9, stride=1024) == pytest.approx(3, abs=2 * FRAME_S)
    assert seconds_to(10**9, 10**9, stride=1024) == pytest.approx(24, abs=2 * FRAME_S)


def test_after_a_night_asleep_it_is_at_the_end():
    playhead = Playhead()
    playhead.play()
    advance(playhead, 1e6, newest=10**9, length=10**9)
    assert (playhead.position, playhead.playing) == (10**9, False)


# On the way to the next iteration

THREE_PER_SECOND = SPEED["3 per second"]
FAST = [speed for speed in SPEEDS if speed.iterations_per_s > 12]


def test_it_stands_a_while_then_walks_gently_to_the_next_iteration(playhead):
    walked = []
    for _ in range(100):
        walked.append(playhead.walked(1000))
        advance(playhead, 0.001)
    assert playhead.position == 1
    resting = [share for share in walked if share == 0]
    assert len(resting) == pytest.approx(100 * REST, abs=2)
    assert walked == sorted(walked)
    assert walked[-1] == pytest.approx(1, abs=0.002)
    steps = [after - before for before, after in pairwise(walked)]
    assert steps[-1] < max(steps) / 5
    assert max(steps) < 0.03


def test_on_arrival_it_stands_again(playhead):
    advance(playhead, 0.09)
    assert playhead.walked(1000) > 0.5
    advance(playhead, 0.011)
    assert (playhead.position, playhead.walked(1000)) == (1, 0)


@pytest.mark.parametrize("speed", FAST, ids=lambda speed: speed.label)
def test_at_speeds_that_nobody_can_follow_it_jumps(playhead, speed):
    playhead.speed = speed
    for _ in range(50):
        advance(playhead, 0.19 / speed.iterations_per_s)
        assert playhead.walked(1000) == 0


@pytest.mark.parametrize(("length", "walks"), [(1, True), (100, True), (1000, False)])
def test_all_in_so_many_seconds_walks_a_short_run(playhead, length, walks):
    playhead.speed = ALL_IN[0]
    advance(playhead, 0.8 * ALL_IN[0].whole_run_s / length, length, length)
    assert (playhead.walked(length) > 0) is walks


def test_by_default_it_walks_the_slow_steps_and_jumps_the_fast_ones():
    playhead, walked = Playhead(), {}
    playhead.play()
    while playhead.playing:
        walks = playhead.walked(1000) > 0
        walked[playhead.position] = walked.get(playhead.position, False) or walks
        advance(playhead, 1 / 120)
    first_jump = min(position for position, walks in walked.items() if not walks)
    assert 10 < first_jump < 1000
    assert not any(walks for position, walks in walked.items() if position > first_jump)


def test_who_pauses_or_goes_elsewhere_stands(playhead):
    advance(playhead, 0.08)
    playhead.seek(7, newest=1000)
    assert playhead.walked(1000) == 0
    advance(playhead, 0.08)
    assert playhead.walked(1000) > 0
    playhead.pause()
    assert playhead.walked(1000) == 0
    playhead.play()
    assert playhead.walked(1000) == 0


@pytest.mark.parametrize("live", [True, False])
def test_at_the_newest_row_it_stands(playhead, live):
    advance(playhead, 0.58, newest=5, live=live)
    advance(playhead, 0.08, newest=5, live=live)
    assert (playhead.position, playhead.walked(1000)) == (5, 0)


def test_at_another_speed_it_walks_on(playhead):
    advance(playhead, 0.08)
    share = playhead.walked(1000)
    playhead.speed = THREE_PER_SECOND
    assert playhead.walked(1000) == share
    advance(playhead, 0.03)
    assert share < playhead.walked(1000) < 1
