"""Date ticks: where years, months, days, hours and seconds begin along an axis, and their names."""

import math
from datetime import date
from typing import NamedTuple

import numpy as np

from gdviz.core.geometry.ranges import nice_step
from gdviz.core.tables.calendar import DAY_S, Calendar, day_of, days_of, is_in_calendar
from gdviz.core.words.numbers import MINUS
from gdviz.core.words.tick_labels import Labels

MONTHS = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
MONTH_S, YEAR_S = 2_629_746, 31_556_952
# Steps of a clock, in seconds; days and weeks; months, quarters and half years.
CLOCK = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200)
DAYS, SOME_MONTHS = (1, 2, 7, 14), (1, 3, 6)
# Weeks begin on it; and how near a double can tell moments apart today, in seconds.
MONDAY, NEAREST = days_of(1970, 1, 5), 1e-6


class _Step(NamedTuple):
    """So many units, and about how many seconds they are."""

    unit: str
    every: float
    size: float


_STEPS = (
    *(_Step("clock", count, count) for count in CLOCK),
    *(_Step("day", count, count * DAY_S) for count in DAYS),
    *(_Step("month", count, count * MONTH_S) for count in SOME_MONTHS),
)


def date_ticks(
    calendar: Calendar, low: float, high: float, about: float
) -> tuple[list[float], Labels] | None:
    """Return about so many places between two numbers, and what is written there.

    None where they are too far from today, or too near to each other, for a calendar.
    """
    to_seconds = DAY_S if calendar.kind == "date" else 1
    start, end = (calendar.moments([low, high]) * to_seconds).tolist()
    step = _step(calendar.kind, (end - start) / about)
    known = calendar.kind == "time" or all(is_in_calendar(s / DAY_S) for s in (start, end))
    if step.size < NEAREST or not known:
        return None
    seconds = _places(step, start, end)
    places = calendar.counted(np.array(seconds) / to_seconds).tolist()
    if calendar.kind == "time":
        return places, Labels([_clock_text(second, step.every) for second in seconds])
    return places, _labels(step, seconds)


def _step(kind: str, wanted: float) -> _Step:
    """Return the step that is nearest to what is wanted."""
    part = min(nice_step(wanted), 0.5)
    possible = [_Step("clock", part, part)]
    if kind == "date":
        years = max(nice_step(wanted / YEAR_S), 1)
        possible += [*_STEPS, _Step("year", years, years * YEAR_S)]
    else:  # it goes on counting hours
        days = max(nice_step(wanted / DAY_S), 1) * DAY_S
        possible += [*(step for step in _STEPS if step.unit == "clock"), _Step("clock", days, days)]
    return min(possible, key=lambda step: abs(math.log(step.size / wanted)))


def _places(step: _Step, start: float, end: float) -> list[float]:
    """Return the moments between two, in seconds since 1970-01-01, or of a time."""
    if step.unit == "clock":
        return _multiples(step.every, start, end)
    if step.unit == "day":
        shift = MONDAY * DAY_S * (step.every % 7 == 0)
        size = step.every * DAY_S
        return [shift + at for at in _multiples(size, start - shift, end - shift)]
    months = int(step.every) * (12 if step.unit == "year" else 1)
    first, last = (12 * day.year + day.month - 1 for day in map(_day, (start, end)))
    firsts = (divmod(month, 12) for month in range(-(-first // months) * months, last + 1, months))
    seconds = [days_of(year, month + 1) * DAY_S for year, month in firsts if year]
    return [float(second) for second in seconds if start <= second <= end]


def _multiples(size: float, start: float, end: float) -> list[float]:
    first, last = math.ceil(start / size - 1e-9), math.floor(end / size + 1e-9)
    return [count * size for count in range(first, last + 1)]


def _labels(step: _Step, seconds: list[float]) -> Labels:
    """Return what is written at some moments, and the day or the year that they share."""
    days = [_day(second) for second in seconds]
    if step.unit == "year" or not days:
        return Labels([str(day.year) for day in days])
    one_year, years = days[0].year == days[-1].year, str(days[0].year)
    if not one_year:
        years += f"\N{EN DASH}{days[-1].year}"
    months = [MONTHS[day.month - 1] for day in days]
    if step.unit == "month":
        # In January the year is said.
        both = zip(months, days, strict=True)
        texts = [str(day.year) if month == "Jan" else month for month, day in both]
        return Labels(months if one_year else texts, years)
    dates = [f"{day.day} {month}" for month, day in zip(months, days, strict=True)]
    if step.unit == "day":
        return Labels(dates, years)
    times = [_clock_text(second % DAY_S, step.every) for second in seconds]
    if days[0] == days[-1]:
        return Labels(times, f"{dates[0]} {years}")
    # At midnight the day is said.
    all_three = zip(seconds, times, dates, strict=True)
    return Labels([time if second % DAY_S else day for second, time, day in all_three], years)


def _clock_text(second: float, step: float) -> str:
    """Return a time, with seconds and their decimals where the step has some."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    minutes, rest = divmod(round(abs(second), decimals), 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{MINUS * (second < 0)}{hours:02.0f}:{minutes:02.0f}"
    width = 3 + decimals if decimals else 2
    return text if step % 60 == 0 else f"{text}:{rest:0{width}.{decimals}f}"


def _day(second: float) -> date:
    return day_of(math.floor(second / DAY_S))
