"""What numbers of dates and times mean, and how that is said."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdviz.core.tables.calendar import UNITS, Calendar, day_of, days_of
from gdviz.core.tables.notations.dates import DateNotation

NEW_YEAR = days_of(2024)
DATES, TIMES = Calendar.since("date", NEW_YEAR), Calendar.since("time", 36_000.0)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))


def number(calendar, text):
    """Return what is read of a text, as a calendar counts it."""
    notation = DateNotation("ymd" if calendar.kind == "date" else "clock")
    return float(calendar.counted(notation.values([text])[0]))


def test_days_are_counted_from_the_first_row_and_seconds_of_times():
    assert DATES.counted([NEW_YEAR, NEW_YEAR + 31]).tolist() == [0, 31]
    assert DATES.counts == "days since 2024-01-01"
    assert TIMES.counted([36_000, 36_060]).tolist() == [0, 60]
    assert TIMES.counts == "seconds since 10:00:00"


@pytest.mark.parametrize(
    ("unit", "x"), [("hours", 336), ("weeks", 2), ("seconds", 1_209_600), ("years", 0.03833)]
)
def test_other_units(unit, x):
    calendar = Calendar("date", NEW_YEAR, unit)
    assert calendar.counted(NEW_YEAR + 14) == pytest.approx(x, rel=1e-4)
    assert calendar.moments(calendar.counted(NEW_YEAR + 14)) == pytest.approx(NEW_YEAR + 14)


@pytest.mark.parametrize(
    ("calendar", "x", "step", "text"),
    [
        (DATES, 31, 0, "2024-02-01"), (DATES, -1, 0, "2023-12-31"),
        (DATES, 0.5, 0, "2024-01-01 12:00"),
        (DATES, 30.6, 1, "2024-02-01"), (DATES, 0.501, 0.01, "2024-01-01 12:01"),
        (DATES, 0.5, 1e-5, "2024-01-01 12:00"), (DATES, 0.50001, 1e-5, "2024-01-01 12:00:00.9"),
        (DATES, 0.9999999999, 0, "2024-01-02"), (TIMES, 0.25, 0, "10:00:00.25"),
        (TIMES, 60, 0, "10:01:00"), (TIMES, 59.9996, 0, "10:01:00"), (TIMES, 86_400, 0, "34:00:00"),
        (TIMES, -36_600, 0, "-00:10:00"), (TIMES, 100, 60, "10:02:00"),
        (DATES, 1e12, 0, "day 1e+12"), (DATES, -1e7, 1, "day -9.98028e+06"),
    ],
)  # fmt: skip
def test_a_number_is_said_as_exactly_as_is_asked(calendar, x, step, text):
    assert calendar.text(x, step) == text


@given(MOMENTS, MOMENTS, st.sampled_from(["days", "seconds", "weeks"]))
@example(datetime(2024, 6, 12, 9, 54, 17), datetime(2024, 2, 3), "days")
def test_what_files_have_is_read_as_the_same_moment(origin, moment, unit):
    epoch, day = datetime(1970, 1, 1), timedelta(days=1)
    calendar = Calendar("date", (origin - epoch) / day, unit)
    x = float(calendar.counted((moment - epoch) / day))
    text = calendar.iso(x)
    assert " " not in text
    # A double counts days no nearer than to a millionth of a second.
    assert abs(datetime.fromisoformat(text[:26]) - moment) <= timedelta(microseconds=2)
    assert number(calendar, text) == pytest.approx(x, rel=1e-12, abs=2e-6 / UNITS[unit])


@given(st.integers(0, 40_000), st.integers(0, 86_399))
def test_whole_seconds_come_back_exactly_and_without_decimals(day, second):
    calendar = Calendar.since("date", days_of(2024, 6, 12) + 35_657 / 86_400)
    x = float(calendar.counted(day + second / 86_400))
    text = calendar.iso(x)
    assert "." not in text
    assert number(calendar, text) == x


@given(st.floats(0, 1e6))
def test_times_come_back(seconds):
    x = float(TIMES.counted(round(seconds, 3)))
    assert number(TIMES, TIMES.iso(x)) == pytest.approx(x, abs=1e-9)


@given(st.integers(-600_000, 2_900_000))
def test_days_are_those_of_python(days):
    day = day_of(days)
    assert days_of(day.year, day.month, day.day) == days
    assert np.datetime64(day).astype(int) == days
