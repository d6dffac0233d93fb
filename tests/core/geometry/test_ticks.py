"""Ticks of any axis: at least two, unlike each other, none over another or cut off."""

import math
from itertools import pairwise

from hypothesis import assume, example, given
from hypothesis import strategies as st

from gdviz.core.geometry.ticks import Edge, fitting_ticks

LEFT, BOTTOM = "left", "bottom"
# The shortest there are.
SIDES = st.sampled_from(((LEFT, 60.0), (BOTTOM, 200.0)))
sizes = st.floats(-290, 290).map(lambda power: 10.0**power)


def edge(side, length):
    if side == LEFT:
        return Edge(length, 45.0, lambda _: 10.0, 5.0, 1.0)
    return Edge(length, 80.0, lambda text: 8.0 * len(text), 15.0, 11.0)


def assert_readable(ticks, ends, edge):
    low, scale = ends[0], edge.length / (ends[1] - ends[0])
    assert len(ticks.places) == len(ticks.texts) >= 2
    assert len(set(ticks.texts)) == len(ticks.texts)
    boxes = []
    for place, text in zip(ticks.places, ticks.texts, strict=True):
        middle, half = (place - low) * scale, edge.extent(text) / 2
        assert -0.1 <= middle <= edge.length + 0.1
        boxes.append((middle - half, middle + half))
    assert boxes[0][0] >= -edge.before
    assert boxes[-1][1] <= edge.length + edge.after
    assert all(end < start for (_, end), (start, _) in pairwise(boxes))


@given(SIDES, st.floats(0, 1300), sizes, st.floats(-1e9, 1e9))
@example((BOTTOM, 300.0), 0.0, 4e4, 1.61698e12 / 4e4)
@example((LEFT, 60.0), 0.0, 1.0, 0.0)
def test_an_axis_of_any_values(side, longer, span, offset):
    ends = (offset * span, offset * span + span)
    room = edge(side[0], side[1] + longer)
    assert_readable(fitting_ticks(ends, False, room), ends, room)


@given(SIDES, st.floats(0, 1300), st.floats(-300, 300), st.floats(0.001, 600) | st.floats(0.001, 2))
@example((LEFT, 400.0), 0.0, 0.1, 0.6)
@example((BOTTOM, 400.0), 0.0, -308.0, 310.0)
def test_a_logarithmic_axis_of_any_decades(side, longer, low, span):
    assume(low + span < 308)
    ends, room = (low, low + span), edge(side[0], side[1] + longer)
    assert_readable(fitting_ticks(ends, True, room), ends, room)


def test_an_axis_of_nothing_has_no_ticks():
    for ends in ((1.0, 1.0), (2.0, 1.0), (0.0, math.inf)):
        assert fitting_ticks(ends, False, edge(LEFT, 300.0)).places == []
    assert fitting_ticks((0.0, 1.0), False, edge(LEFT, 0.0)).places == []
