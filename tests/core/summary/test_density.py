"""Cells grow with the data, count every row, and are the same however the rows were split."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdviz.core.geometry import thinning
from gdviz.core.summary.density import CELLS, PIECE, ROWS_AT_ONCE, Axis, Density

quickly = settings(derandomize=True, deadline=None, max_examples=200)
value = st.one_of(st.floats(-1e140, 1e140), st.integers(-600, 600).map(float))


@quickly
@given(value, value)
@example(1e-10, 1e-10)
@example(5e-324, 1e-323)
@example(-1.0, np.nextafter(1.0, 2.0))
@example(0.0, 511.0)
@example(0.0, 512.0)
def test_the_cells_of_a_range_are_the_smallest_that_hold_it(low, high):
    low, high = sorted((low, high))
    axis = Axis.over(low, high)
    size = Fraction(2) ** axis.power
    assert (axis.first, axis.last) == (Fraction(low) // size, Fraction(high) // size)
    assert 1 <= axis.length <= CELLS
    finer = size / 2
    too_many = Fraction(high) // finer - Fraction(low) // finer >= CELLS
    largest = max(abs(low), abs(high))
    # A cell smaller than the digits of the largest value has no place in a double.
    assert too_many or largest / float(size) >= 2.0**51 or axis.power == -1074


@quickly
@given(st.lists(value, min_size=1, max_size=30))
@example([-1e-300, 1e140])
@example([-5e-324, -1e140, 0.0])
def test_each_value_is_in_its_cell(values):
    axis = Axis.over(min(values), max(values))
    expected = [Fraction(each) // Fraction(2) ** axis.power - axis.first for each in values]
    assert axis.cells(np.array(values)).tolist() == expected


@quickly
@given(st.lists(st.tuples(value, value), min_size=2, max_size=30), st.data())
@example([(1e-10, 1.0), (2e-10, 1.0), (-1e-300, 0.0), (1e140, 1.0)], None)
def test_parts_add_up_to_the_grid_of_the_whole(rows, data):
    x, y = np.array(rows).T
    whole = Density.of(x, y)
    parts = [Density.of(x[i : i + 1], y[i : i + 1]) for i in range(len(rows))]
    if data is not None:
        parts = data.draw(st.permutations(parts))
    while len(parts) > 1:
        pick = 0 if data is None else data.draw(st.integers(0, len(parts) - 2))
        parts[pick : pick + 2] = [parts[pick] + parts[pick + 1]]
    assert (whole.x, whole.y) == (parts[0].x, parts[0].y)
    assert whole.counts.tolist() == parts[0].counts.tolist()
    assert whole.counts.sum() == len(rows)


def test_many_rows_are_counted_as_numpy_counts_them():
    rng = np.random.default_rng(0)
    x, y = rng.normal(0, 1, (2, ROWS_AT_ONCE + PIECE + 7))
    grid = Density.of(x, y)
    edges = [np.arange(axis.first, axis.last + 2) * 2.0**axis.power for axis in (grid.y, grid.x)]
    assert grid.counts.tolist() == np.histogram2d(y, x, edges)[0].tolist()


def test_a_picture_of_whole_cells_counts_as_numpy_does():
    x, y = np.random.default_rng(1).uniform(-1, 1, (2, 50_000))
    grid, box = Density.of(x, y), ((-1.0, 1.0), (-0.5, 1.5))
    counts = grid.picture(box, 128, 64)
    expected = np.histogram2d(y, x, (64, 128), (box[1], box[0]))[0]
    np.testing.assert_allclose(counts, expected, rtol=0, atol=1e-9)


def test_a_picture_looks_like_one_of_all_rows():
    rng = np.random.default_rng(2)
    x, y = rng.normal(3, 2, (2, 200_000))
    box = ((x.min() - 1, x.max() + 0.3), (y.min() - 0.1, y.max() + 2))
    bins = thinning.DENSITY_BINS
    ours, theirs = Density.of(x, y).picture(box, bins, bins), thinning.density(x, y, box)
    assert ours.shape == theirs.shape
    assert ours.sum() == pytest.approx(len(x))
    # Blocks of cells hold the same rows but for some along their edges.
    blocks = [each.reshape(16, 16, 16, 16).sum(axis=(1, 3)) for each in (ours, theirs)]
    assert np.abs(blocks[0] - blocks[1]).sum() < 0.01 * len(x)


def test_a_value_that_repeats_is_in_the_picture_where_it_belongs():
    grid = Density.of(np.full(5, 0.1), np.full(5, 3.0))
    counts = grid.picture(((0.0, 1.0), (2.0, 4.0)), 10, 10)
    assert counts[5, 1] == 5
    assert counts.sum() == 5


def test_the_largest_value_is_in_the_last_cell():
    grid = Density.of(np.array([0.0, 1.0, 512.0]), np.array([0.0, 1.0, 512.0]))
    counts = grid.picture(((0.0, 512.0), (0.0, 512.0)), 512, 512)
    assert (counts[0, 0], counts[1, 1], counts[511, 511]) == (0.5, 0.5, 1.0)


def test_what_lies_outside_the_box_is_left_out():
    grid = Density.of(np.arange(100.0), np.zeros(100))
    assert grid.picture(((20.0, 30.0), (-1.0, 1.0)), 10, 2).sum() == pytest.approx(10)
