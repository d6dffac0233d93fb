"""What is left of a line lies in the box, and nothing that does is lost."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.geometry.clipping import chord, part_inside

BOX = ((-3.0, 3.0), (-2.0, 2.0))
quickly = settings(derandomize=True, deadline=None, max_examples=100)
places = st.tuples(st.floats(-9, 9), st.floats(-9, 9))


@quickly
@given(places, places)
def test_a_line_is_clipped_to_what_lies_in_the_box(start, end):
    start, way = np.array(start), np.array(end) - np.array(start)
    part = part_inside(start, way, BOX, 0.0, 1.0)
    line = start + np.linspace(0, 1, 101)[:, np.newaxis] * way
    inside = line[(np.abs(line[:, 0]) < 3) & (np.abs(line[:, 1]) < 2)]
    if part is None:
        assert len(inside) == 0
        return
    assert 0 <= part[0] < part[1] <= 1
    ends = np.array([start + share * way for share in part])
    assert (np.abs(ends) <= np.array([3, 2]) + 1e-9).all()
    if len(inside):
        assert (inside >= ends.min(axis=0) - 1e-9).all()
        assert (inside <= ends.max(axis=0) + 1e-9).all()


@pytest.mark.parametrize(
    ("place", "way", "ends"),
    [
        ((0, 0), (1, 0), [(-3, 0), (3, 0)]),
        ((5, 0), (1, 1), []),
        ((0, 9), (0, -1), [(0, 2), (0, -2)]),
        ((0, 9), (1, 0), []),
        ((1, 1), (1e-300, 1e-300), [(-2, -2), (2, 2)]),
        ((1, 1), (1e300, 1e300), [(-2, -2), (2, 2)]),
    ],
)
def test_a_chord_goes_from_edge_to_edge(place, way, ends):
    found = chord(np.array(place, dtype=float), np.array(way, dtype=float), BOX)
    np.testing.assert_allclose(found, np.array(ends, dtype=float).reshape(-1, 2), atol=1e-12)


def test_a_line_without_end_has_no_part_where_it_is_parallel_to_the_box_beside_it():
    assert part_inside(np.array([0.0, 2.5]), np.array([1.0, 0.0]), BOX) is None
    assert part_inside(np.array([0.0, 2.0]), np.array([1.0, 0.0]), BOX) == (-3.0, 3.0)
    assert part_inside(np.array([0.0, 0.0]), np.array([0.0, 0.0]), BOX) == (-math.inf, math.inf)
