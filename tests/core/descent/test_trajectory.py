"""A record never changes, stays within its budget, and can be read while it is written."""

import itertools
import sys
from threading import Thread

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.descent.trajectory import Row, Trajectory

ROW_BYTES = 56


def rows_at(iterations):
    """Return rows that tell their iteration: k, 2 k, k², -k, ….."""
    k = np.asarray(iterations, dtype=float)
    return np.column_stack((k, 2 * k, k**2, -k, 3 * k, k + 1, k - 1))


def row_at(k):
    """Return the same as one row."""
    return Row(k, k, 2 * k, k**2, -k, 3 * k, k + 1, k - 1)


def trajectory_of(length, max_rows, block_rows=1000):
    """Return a trajectory of the rows 0 to `length` - 1."""
    trajectory = Trajectory(max_rows)
    for first in range(0, length, block_rows):
        trajectory.append(rows_at(range(first, min(length, first + block_rows))))
    return trajectory


def iterations_of(record):
    """Return which iterations can be looked at."""
    kept = list(range(0, record.newest + 1, record.stride))
    return kept if record.newest in kept else [*kept, record.newest]


budgets = st.sampled_from([2, 4, 10, 64, 300])
blocks = st.lists(st.integers(0, 50) | st.integers(0, 1000), min_size=1, max_size=30)


@settings(derandomize=True, deadline=None)
@given(budgets, blocks)
def test_rows_never_change_once_written(max_rows, sizes):
    trajectory, taken = Trajectory(max_rows), []
    for size in sizes:
        first = trajectory.record.newest + 1
        trajectory.append(rows_at(range(first, first + size)))
        record = trajectory.record
        taken.append((record, record.rows.tobytes(), record.stride, record.last))
    for record, rows, stride, last in taken:
        assert (record.rows.tobytes(), record.stride, record.last) == (rows, stride, last)


@settings(derandomize=True, deadline=None)
@given(budgets, blocks)
def test_every_stride_th_row_and_the_newest_are_kept_within_the_budget(max_rows, sizes):
    trajectory = Trajectory(max_rows)
    for length in np.cumsum(sizes).tolist():
        trajectory.append(rows_at(range(trajectory.record.newest + 1, length)))
        record = trajectory.record
        kept = range(0, length, record.stride)
        assert np.array_equal(record.rows, rows_at(kept))
        assert record.newest == length - 1
        assert record.last == (row_at(length - 1) if length else None)
        assert len(record.rows) <= max_rows
        assert record.rows.base.nbytes <= max_rows * ROW_BYTES
        thinnest = length <= max_rows or len(range(0, length, record.stride // 2)) > max_rows
        assert thinnest, "no row is dropped before the budget is full"


@settings(derandomize=True, deadline=None, max_examples=50)
@given(budgets, st.integers(1, 2000))
def test_length_items_and_iteration_agree(max_rows, length):
    record = trajectory_of(length, max_rows).record
    rows = [row_at(k) for k in iterations_of(record)]
    assert list(record) == rows
    assert len(record) == len(rows)
    assert [record[i - len(rows)] for i in range(len(rows))] == rows
    for outside in (len(rows), -len(rows) - 1):
        with pytest.raises(IndexError):
            record[outside]


@settings(derandomize=True, deadline=None, max_examples=50)
@given(budgets, st.integers(1, 500))
def test_at_gives_the_last_kept_row_at_or_before_an_iteration(max_rows, length):
    record = trajectory_of(length, max_rows).record
    kept = np.array(iterations_of(record))
    for k in range(length + 3):
        assert record.at(k) == row_at(int(kept[kept <= k][-1]))
        assert record[record.index(k)] == record.at(k)
    assert record.at(-5) == row_at(0)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(budgets, st.integers(1, 2000), st.integers(1, 100))
def test_a_thinned_record_has_fewer_rows_and_the_same_ends(max_rows, length, most_rows):
    record = trajectory_of(length, max_rows).record
    thinned = record.thinned(most_rows)
    assert list(thinned) == [row_at(k) for k in iterations_of(thinned)]
    assert len(thinned.rows) <= most_rows
    assert (thinned[0], thinned[-1]) == (record[0], record[-1])
    assert thinned.stride % record.stride == 0
    assert not thinned.rows.flags.writeable


def test_a_record_that_is_short_enough_is_not_thinned():
    record = trajectory_of(10, max_rows=100).record
    assert record.thinned(10) is record
    assert Trajectory().record.thinned(10).newest == -1


def test_blocks_of_any_size_leave_the_same_record():
    whole = trajectory_of(5000, max_rows=100, block_rows=5000).record
    parts = trajectory_of(5000, max_rows=100, block_rows=7).record
    assert (parts.rows.tobytes(), parts.stride, parts.last) == (
        whole.rows.tobytes(),
        whole.stride,
        whole.last,
    )


def test_before_the_first_row_there_is_nothing():
    trajectory = Trajectory()
    trajectory.append(np.empty((0, 7)))
    record = trajectory.record
    assert (len(record), record.newest, record.last, list(record)) == (0, -1, None, [])


def test_columns_have_the_names_of_a_row():
    record = trajectory_of(10, max_rows=20).record
    for column in ("weight", "bias", "loss"):
        assert getattr(record, column).tolist() == [getattr(row, column) for row in record]


@pytest.mark.parametrize("length", [10, 5000, 50_000])
def test_a_column_lies_in_one_piece_however_often_the_record_grew(length):
    record = trajectory_of(length, max_rows=10_000).record
    assert record.weight.flags.c_contiguous
    assert record.bias.flags.c_contiguous
    assert record.loss.flags.c_contiguous


@pytest.mark.parametrize("column", ["rows", "weight", "bias", "loss"])
@pytest.mark.parametrize("length", [10, 5000])
def test_views_are_read_only(column, length):
    record = trajectory_of(length, max_rows=100).record
    with pytest.raises(ValueError, match="read-only"):
        getattr(record, column)[0] = 7


def test_a_block_can_be_reused_by_its_writer():
    trajectory, block = Trajectory(), rows_at([0, 1])
    trajectory.append(block)
    block[:] = np.nan
    assert np.array_equal(trajectory.record.rows, rows_at([0, 1]))


def test_a_block_that_cannot_be_written_is_not_published():
    trajectory = trajectory_of(10, max_rows=100)
    record = trajectory.record
    with pytest.raises(ValueError, match="could not convert"):
        trajectory.append(np.array([["no number"] * 7]))
    assert trajectory.record is record


@pytest.fixture
def _hasty_threads():
    """Switch between threads often."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("_hasty_threads")
def test_a_record_read_while_a_million_rows_are_written_is_consistent():
    trajectory, rows = Trajectory(max_rows=4096), rows_at(range(10**6))

    def write():
        for first in range(0, len(rows), 10):
            trajectory.append(rows[first : first + 10])

    writer, newest = Thread(target=write), -1
    writer.start()
    while newest < len(rows) - 1:
        running, record = writer.is_alive(), trajectory.record
        assert np.array_equal(record.rows, rows[: record.newest + 1 : record.stride])
        assert record.newest >= newest
        if record.newest >= 0:
            assert record.last == row_at(record.newest)
        newest = record.newest
        assert running or newest == len(rows) - 1, "the writer has ended early"
    writer.join()


@pytest.mark.parametrize("room", [4, 64, 256, 512])
def test_with_less_room_every_2nd_4th_row_stays(room):
    trajectory = trajectory_of(1000, 1024)
    before = trajectory.record
    trajectory.max_rows = room
    trajectory.fit()
    record = trajectory.record
    strides = record.in_strides()
    assert np.array_equal(strides.rows, before.rows[:: record.stride])
    assert room / 2 < len(strides.rows) <= room
    assert len(record.rows) <= room + room // 4 + HIGHLIGHTED
    assert record.last == before.last == row_at(999)
    assert list(record) == [row_at(k) for k in record.iterations_of(np.arange(len(record)))]


# What is worth keeping between the strides

HIGHLIGHTED = 6


def wild_rows(length, seed):
    """Return rows of values without any order; the bias tells the iteration."""
    rows = np.random.default_rng(seed).normal(size=(length, 7))
    rows[:, 1] = np.arange(length)
    return rows


def written(rows, max_rows, sizes):
    """Return a trajectory of those rows, written in blocks of some sizes in turn."""
    trajectory, first = Trajectory(max_rows), 0
    for size in itertools.cycle(sizes):
        if first >= len(rows):
            return trajectory
        trajectory.append(rows[first : first + size])
        first += size
    raise AssertionError("there are sizes")


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.sampled_from([4, 64, 300, 4096]), st.integers(1, 6000),
    st.lists(st.integers(1, 3000), min_size=1, max_size=5), st.integers(0, 100),
)  # fmt: skip
def test_a_run_at_rest_keeps_both_ends_the_newest_rows_and_the_extremes(
    max_rows, length, sizes, seed
):
    rows = wild_rows(length, seed)
    trajectory = written(rows, max_rows, sizes)
    trajectory.fit()
    record = trajectory.record
    at = record.iterations_of(np.arange(len(record.rows)))
    assert (np.diff(at) > 0).all()
    np.testing.assert_array_equal(record.rows, rows[at])
    newest = range(max(0, length - min(1024, max_rows // 4)), length)
    extremes = [*rows[:, :3].argmin(axis=0), *rows[:, :3].argmax(axis=0)]
    strides = range(0, length, record.stride)
    assert set(at) == {*strides, *newest, *map(int, extremes)}
    assert (record.newest, record[-1]) == (length - 1, record.last)
    for k in {0, length // 3, length - 1, length + 7}:
        assert record.at(k).iteration == at[at <= k][-1]
    whole = record.in_strides()
    np.testing.assert_array_equal(whole.rows, rows[:: record.stride])
    assert whole.last == record.last
    assert not record.rows.flags.writeable
    assert record.rows[:, 2].flags.c_contiguous


@pytest.mark.parametrize("sizes", [[1000], [7, 300]])
def test_it_goes_on_after_a_rest_as_if_it_had_had_none(sizes):
    rows = wild_rows(9000, 1)
    trajectory = written(rows[:5000], 512, sizes)
    growing = trajectory.record
    trajectory.rest()
    resting = trajectory.record
    assert resting[-2].iteration == 4998, "one can step back from its end"
    assert growing[-2].iteration < 4998
    for first in range(5000, 9000, 400):
        trajectory.append(rows[first : first + 400])
    assert trajectory.record.between is None
    trajectory.fit()
    other = written(rows, 512, [900])
    other.fit()
    assert trajectory.record.rows.tobytes() == other.record.rows.tobytes()
    assert np.array_equal(trajectory.record.uneven, other.record.uneven)
    assert resting.iterations_of(len(resting) - 1) == 4999, "what was taken before stays"


def test_the_extremes_outlast_less_and_less_room():
    rows = wild_rows(5000, 3)
    trajectory = written(rows, 4096, [512])
    trajectory.fit()
    for room in (1024, 64, 16):
        trajectory.max_rows = room
        trajectory.fit()
        record = trajectory.record
        assert len(record.in_strides().rows) <= room
        for column in range(3):
            assert record.rows[:, column].min() == rows[:, column].min()
            assert record.rows[:, column].max() == rows[:, column].max()


def test_a_thinned_record_of_one_at_rest_lies_in_strides():
    trajectory = trajectory_of(5000, 512)
    trajectory.fit()
    thinned = trajectory.record.thinned(50)
    assert thinned.between is thinned.uneven is None
    assert list(thinned) == [row_at(k) for k in iterations_of(thinned)]


def test_rows_that_a_writer_changes_later_are_kept_as_they_were():
    trajectory, block = Trajectory(8), rows_at(range(100))
    trajectory.append(block)
    block[:] = np.nan
    trajectory.fit()
    assert np.isfinite(trajectory.record.rows).all()


def test_a_trajectory_that_gets_less_room_while_it_is_written_thins_itself():
    trajectory = trajectory_of(1000, 1024)
    trajectory.max_rows = 128
    assert trajectory.record.stride == 1, "who reads it has seen nothing yet"
    trajectory.append(rows_at(range(1000, 1001)))
    assert (trajectory.record.stride, len(trajectory.record.rows)) == (8, 126)
    assert np.array_equal(trajectory.record.rows, rows_at(range(0, 1001, 8)))
