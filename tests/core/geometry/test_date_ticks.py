# ruff: noqa: RUF001  (signs as axes show them)
"""Ticks of dates and times: where those begin, with room for each, and what it says."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdviz.core.geometry.ticks import Edge, fitting_ticks
from gdviz.core.tables.calendar import UNITS, Calendar, days_of

DAY = days_of(2023, 12, 25)


def room(length):
    return Edge(length, 80.0, lambda text: 7.0 * len(text), 15.0, 11.0)


def dates(first, span, length=320):
    found = fitting_ticks((0.0, span), False, room(length), Calendar.since("date", first))
    return " ".join(found.texts), found.common


@pytest.mark.parametrize(
    ("first", "span", "texts", "common"),
    [
        (DAY, 4000, "2024 2026 2028 2030 2032 2034", ""),
        (DAY, 400, "2024 Apr Jul Oct 2025", "2024–2025"),
        (days_of(2024, 2), 120, "Feb Mar Apr May", "2024"),
        (DAY, 30, "1 Jan 8 Jan 15 Jan 22 Jan", "2023–2024"),
        (DAY, 3, "26 Dec 27 Dec", "2023"),
        (DAY + 0.7, 1, "18:00 26 Dec 06:00 12:00", "2023"),
        (DAY + 0.4, 0.1, "10:00 10:30 11:00 11:30", "25 Dec 2023"),
        (DAY, 0.1, "00:30 01:00 01:30 02:00", "25 Dec 2023"),
        (DAY + 0.4, 1 / 4320, "09:36:05 09:36:10 09:36:15", "25 Dec 2023"),
        (DAY, 1e9, "0 0.2 0.4 0.6 0.8 1.0", "× 10⁹"),
    ],
)  # fmt: skip
def test_what_is_said_of_dates(first, span, texts, common):
    assert dates(first, span) == (texts, common)


def test_weeks_begin_on_a_monday():
    found = fitting_ticks((0.0, 30.0), False, room(320), Calendar.since("date", DAY + 3))
    assert [(place + DAY + 3 - days_of(2024)) % 7 for place in found.places] == [0.0] * 4


@pytest.mark.parametrize(
    ("span", "texts"),
    [
        (1.2, "10:00:00.5 10:00:01.0"), (100, "10:00:30 10:01:00 10:01:30"),
        (5000, "10:15 10:30 10:45 11:00 11:15"), (1e5, "12:00 18:00 24:00 30:00 36:00"),
    ],
)  # fmt: skip
def test_times_without_a_date(span, texts):
    found = fitting_ticks((0.0, span), False, room(320), Calendar.since("time", 36_000.0))
    assert (" ".join(found.texts), found.common) == (texts, "")


@given(
    st.sampled_from(["date", "time"]), st.sampled_from(list(UNITS)), st.floats(-20_000, 40_000),
    st.floats(-4, 12).map(lambda power: 10.0**power), st.floats(200, 1500),
)  # fmt: skip
@example("date", "years", 0.0, 1e12, 200.0)
def test_ticks_of_any_span_have_room(kind, unit, origin, span_s, length):
    calendar = Calendar(kind, origin, unit)
    span, edge = span_s / UNITS[unit], room(length)
    found = fitting_ticks((-0.1 * span, span), False, edge, calendar)
    assert len(found.places) == len(found.texts) >= 1
    scale = length / (1.1 * span)
    boxes = []
    for place, text in zip(found.places, found.texts, strict=True):
        middle, half = (place + 0.1 * span) * scale, edge.extent(text) / 2
        assert -0.1 <= middle <= length + 0.1
        boxes.append((middle - half, middle + half))
    assert boxes[0][0] >= -edge.before
    assert boxes[-1][1] <= edge.length + edge.after
    assert all(end < start for (_, end), (start, _) in pairwise(boxes))
    # Two neighbours never say the same.
    assert all(one != other for one, other in pairwise(found.texts))
