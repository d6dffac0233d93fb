"""Thinning picks what can be told apart, and leaves out nothing that would be missed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gdviz.core.descent.trajectory import Trajectory
from gdviz.core.geometry.thinning import (
    CURVE_POINTS,
    DENSITY_BINS,
    apart,
    corners,
    density,
    envelope,
    first_visits,
    near,
    worth_showing,
)

quickly = settings(derandomize=True, deadline=None, max_examples=100)


def record_of(losses, max_rows=2**20):
    """Return a record with these losses."""
    trajectory = Trajectory(max_rows)
    trajectory.append(np.repeat(losses, 7).reshape(-1, 7))
    return trajectory.record


@quickly
@given(
    arrays(float, st.tuples(st.integers(1, 2), st.integers(0, 200)), elements=st.floats(-3, 3)),
    st.floats(-2, 0),
    st.floats(0.5, 2),
    st.integers(1, 50),
)
def test_first_visits_are_those_of_a_plain_loop(path, low, high, n_cells):
    seen, expected = set(), []
    for index, place in enumerate(path.T.tolist()):
        shares = [(value - low) / (high - low) for value in place]
        cell = tuple(min(int(share * n_cells), n_cells - 1) for share in shares)
        if all(low <= value <= high for value in place) and cell not in seen:
            seen.add(cell)
            expected.append(index)
    assert first_visits(path, [(low, high)] * len(path), n_cells).tolist() == expected


def test_a_long_path_keeps_its_zigzag_and_few_points():
    n = 100_000
    path = (-1.0) ** np.arange(n) * 0.9998 ** np.arange(n), np.linspace(0, 1, n)
    first = first_visits(path, ((-1.1, 1.1), (-0.1, 1.1)), 180, 500)
    assert len(first) <= 500
    assert first[0] == 0
    assert (np.diff(first) > 0).all()
    assert path[0][first].min() < -0.9
    assert path[0][first].max() > 0.9


def test_a_path_is_worth_showing_up_to_eight_times_as_far_out_as_its_start():
    excess = np.array([1.0, 63.0, 65.0, 0.0])
    assert worth_showing(excess, 0.5).tolist() == [True, True, False, True]
    assert worth_showing(excess, 0.5, reach=1).tolist() == [True, False, False, True]
    assert worth_showing(np.array([0.0, 1.0]), 0.0).tolist() == [True, False]


def test_a_path_from_next_to_the_minimum_is_followed_as_far_as_one_from_a_natural_start():
    assert worth_showing(np.array([0.0, 63.0, 65.0]), 1.0).tolist() == [True, True, False]


def test_of_a_record_the_near_rows_are_left():
    record = record_of(np.array([2.0, 1.0, 1e9, 3.0]))
    assert near(record, 1.0, 0.5)[:, 2].tolist() == [2.0, 1.0, 3.0]
    assert near(record_of(np.ones(3)), 0.0, 1.0).shape == (3, 7)


@pytest.mark.parametrize("length", [1, 2, 1997, 1998, 1999, 5000, 100_001, 2**20])
def test_an_envelope_is_short_and_keeps_ends_and_extremes(length):
    losses = np.random.default_rng(length).exponential(size=length)
    iterations, heights = envelope(record_of(losses))
    assert len(iterations) <= 1.01 * CURVE_POINTS
    assert (np.diff(iterations) > 0).all()
    assert (iterations[0], iterations[-1]) == (0, length - 1)
    assert (heights.min(), heights.max()) == (losses.min(), losses.max())
    np.testing.assert_array_equal(heights, losses[iterations.astype(int)])


def test_an_envelope_keeps_every_peak():
    losses = np.zeros(100_000)
    peaks = np.arange(500, 100_000, 1000)
    losses[peaks] = np.arange(1, 101)
    iterations, heights = envelope(record_of(losses))
    assert iterations[heights > 0].tolist() == peaks.tolist()


def test_an_envelope_of_a_thinned_record_ends_at_its_newest_row():
    record = record_of(np.arange(1000.0), max_rows=64)
    assert record.stride > 1
    iterations, heights = envelope(record)
    np.testing.assert_array_equal(iterations, heights)
    assert iterations[-1] == 999


@quickly
@given(arrays(float, st.tuples(st.just(2), st.integers(1, 50)), elements=st.floats(-3, 3)))
def test_a_density_counts_every_row_once(rows):
    counts = density(*rows, ((-3.0, 3.0), (-4.0, 3.0)))
    assert counts.shape == (DENSITY_BINS, DENSITY_BINS)
    assert counts.sum() == rows.shape[1]


def test_a_density_has_x_to_the_right_and_y_upwards():
    counts = density(np.array([0.0, 9.99]), np.array([0.0, 0.0]), ((0.0, 10.0), (0.0, 10.0)))
    assert (counts[0, 0], counts[0, -1]) == (1, 1)


# Places apart


def distance(place, start, end):
    """Return how far a place is from a line between two others."""
    shares = np.linspace(0, 1, 2001)[:, np.newaxis]
    return np.hypot(*(start + shares * (end - start) - place).T).min()


@quickly
@given(arrays(float, st.tuples(st.integers(1, 12), st.just(2)), elements=st.floats(0, 20)))
def test_places_apart_are_those_of_a_plain_loop(path):
    picked = [0]
    for index in range(1, len(path)):
        before = [distance(path[index], path[0], path[0])]
        before += [distance(path[index], path[k - 1], path[k]) for k in range(1, picked[-1] + 1)]
        if abs(min(before) - 3.0) < 0.02:
            return  # too near to tell by a loop
        if min(before) >= 3.0:
            picked.append(index)
    assert apart(path, 3.0).tolist() == picked


def test_of_a_path_that_swings_on_itself_few_places_are_left():
    swings = np.column_stack((100 * np.cos(np.arange(200)), 0.5 * np.arange(200)))
    picked = apart(swings, 9.0)
    assert 5 < len(picked) < 30
    assert apart(np.empty((0, 2)), 9.0).tolist() == []


def test_of_a_straight_path_all_places_are_left_that_have_room():
    path = np.column_stack((10.0 * np.arange(20), np.zeros(20)))
    assert apart(path, 9.0).tolist() == [*range(20)]
    assert apart(path, 11.0).tolist() == [*range(0, 20, 2)]


@quickly
@given(arrays(float, st.tuples(st.integers(0, 60), st.just(2)), elements=st.floats(0, 100)))
def test_the_corners_of_a_path_hold_its_ends(path):
    kept = corners(path, 0.5)
    assert (np.diff(kept) > 0).all()
    assert kept.tolist()[:1] == [*range(len(path))][:1]
    assert kept.tolist()[-1:] == [*range(len(path))][-1:]


def test_a_path_needs_its_corners_only():
    legs = np.array([(0.0, 0.0), (64.0, 0.0), (64.0, 64.0)])
    path = np.concatenate([np.linspace(legs[k], legs[k + 1], 64, endpoint=False) for k in (0, 1)])
    kept = path[corners(np.vstack((path, legs[-1:])), 0.7)[:-1]]
    assert len(kept) < 6
    assert [64.0, 0.0] in kept.tolist()
    zigzag = np.column_stack(((-10.0) ** (np.arange(40) % 2), np.arange(40)))
    assert len(corners(zigzag, 0.7)) == 40
