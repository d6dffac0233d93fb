"""Summaries of parts add up to that of the whole, to the last bit."""

import itertools
import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.summary.summary import Summary
from gdviz.core.tables.faults import BadCell, LeftOut

quickly = settings(derandomize=True, deadline=None, max_examples=60)
value = st.one_of(
    st.floats(-1e140, 1e140), st.integers(-40, 40).map(lambda step: 1e8 + step * 2.0**-26)
)


def summary_of(n_rows, first_row=0):
    x, y = np.random.default_rng(first_row).normal(size=(2, n_rows))
    return Summary.of(x, y, first_row)


@quickly
@given(st.lists(st.tuples(value, value), min_size=1, max_size=30), st.data())
def test_any_split_in_any_order_is_the_same_to_the_last_bit(told, rows, data):
    x, y = np.array(rows).T
    cuts = data.draw(st.sets(st.integers(0, len(rows))))
    ends = sorted({0, len(rows)} | cuts)
    parts = [
        Summary.of(x[first:last], y[first:last], first) for first, last in itertools.pairwise(ends)
    ]
    parts = data.draw(st.permutations([*parts, Summary()]))
    while len(parts) > 1:
        pick = data.draw(st.integers(0, len(parts) - 2))
        parts[pick : pick + 2] = [parts[pick] + parts[pick + 1]]
    whole = Summary.of(x, y)
    assert told(parts[0]) == told(whole)
    assert repr(parts[0].bowl) == repr(whole.bowl)
    assert parts[0].fingerprint == whole.fingerprint


def test_many_rows_are_the_same_in_pieces(told):
    x, y = np.random.default_rng(0).normal(size=(2, 70_000))
    ends = [0, 1, 40_000, 40_001, 70_000]
    parts = [
        Summary.of(x[first:last], y[first:last], first) for first, last in itertools.pairwise(ends)
    ]
    assert told(sum(reversed(parts), Summary.empty())) == told(Summary.of(x, y))


def test_it_tells_its_ranges_its_first_row_and_how_many_there_are():
    summary = Summary.of([3.0, -1.0, 2.0], [5.0, 7.0, 6.0], first_row=4)
    assert (summary.x_range, summary.y_range) == ((-1.0, 3.0), (5.0, 7.0))
    assert summary.first == (3.0, 5.0)
    assert (len(summary), summary.rows) == (3, 3)
    earlier = Summary.of([9.0], [8.0], first_row=3)
    assert (summary + earlier).first == (earlier + summary).first == (9.0, 8.0)


def test_a_zero_has_no_sign_in_a_range():
    one, other = Summary.of([-0.0], [0.0]), Summary.of([0.0], [-0.0], 1)
    assert repr((one + other).x_range) == repr((other + one).x_range) == "(0.0, 0.0)"


def test_no_rows_change_nothing(told):
    summary = summary_of(20)
    for none in (Summary(), Summary.empty(), Summary.of([], [], 7, 3)):
        assert told(summary + none) == told(none + summary) == told(summary)
        assert not none
        assert none.rows == 0
        assert none.first is None
        assert not none.density(((0.0, 1.0), (0.0, 1.0)), 3, 2).any()
        with pytest.raises(ValueError, match="no rows"):
            _ = none.x_range


def test_more_rows_than_a_length_can_tell_are_counted():
    summary = summary_of(3)
    many = replace(summary, sums=replace(summary.sums, rows=2**70))
    assert (many + many).rows == 2**71


def test_a_picture_has_the_rows_of_y_first():
    summary = Summary.of([0.0, 1.0], [5.0, 6.0])
    counts = summary.density(((-0.5, 1.5), (4.5, 6.5)), 2, 4)
    assert counts.shape == (4, 2)
    assert counts.tolist() == [[0, 0], [1, 0], [0, 0], [0, 1]]


def test_it_travels_between_processes(told):
    summary = replace(summary_of(300), left_out=LeftOut(1, 1, (BadCell(3, 1, "x", "?", "odd"),)))
    assert summary.bowl
    back = pickle.loads(pickle.dumps(summary))
    assert told(back) == told(summary)
    assert told(back + summary_of(9, 300)) == told(summary + summary_of(9, 300))


def test_what_was_left_out_adds_up():
    cells = [BadCell(line, 1, "x", "?", "is no number") for line in range(60)]
    even, odd = (LeftOut(30, 30, tuple(cells[first::2][:20])) for first in (0, 1))
    one, other = (replace(summary_of(2), left_out=each) for each in (even, odd))
    for both in (one + other, other + one):
        assert both.left_out == LeftOut(60, 60, tuple(cells[:20]))
    assert (one + Summary()).left_out == even


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_refused(bad):
    with pytest.raises(ValueError, match="“y” holds a value that is no number, or infinite"):
        Summary.of([1.0, 2.0], [1.0, bad])


def test_what_cannot_be_squared_is_refused():
    with pytest.raises(ValueError, match=r"“x” reaches 1e\+141"):
        Summary.of([1.0, -1e141], [1.0, 2.0])


def test_columns_must_be_as_long_as_each_other():
    with pytest.raises(ValueError, match=r"x has the shape \(2,\) and y \(1,\)"):
        Summary.of([1.0, 2.0], [1.0])


def test_a_column_that_is_too_small_is_refused_once_all_parts_are_there():
    small, large = Summary.of([1e-300], [1e-300]), Summary.of([1.0], [2.0], 1)
    with pytest.raises(ValueError, match=r"“size” reaches 1e-300.*between 1e-140 and 1e\+140"):
        small.check("size", "price")
    (small + large).check()
    Summary.of([0.0], [0.0]).check()
    with pytest.raises(ValueError, match="no rows"):
        Summary().check()
