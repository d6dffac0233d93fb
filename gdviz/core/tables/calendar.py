"""Calendar: what the numbers of a column of dates or times count, and from when."""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

DAY_S = 86_400
# How many seconds each has; a year as the Gregorian calendar has it in the mean.
UNITS = {
    "seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86_400.0, "weeks": 604_800.0,
    "years": 365.2425 * DAY_S,
}  # fmt: skip
# The days of the calendar that Python has, since 1970-01-01.
FIRST_DAY, LAST_DAY = date.min.toordinal() - 719_163, date.max.toordinal() - 719_163
# As many of a second as a double can tell apart today.
MOST_DECIMALS = 9


@dataclass(frozen=True)
class Calendar:
    """What the numbers of a column mean that stand for dates, or for times without a date.

    Attributes
    ----------
    kind : {"date", "time"}
    origin : float
        Where they begin to count, in days since 1970-01-01, or in seconds of a time.
    unit : str
        What they count: one of `UNITS`.
    """

    kind: str
    origin: float
    unit: str

    @classmethod
    def since(cls, kind: str, origin: float) -> "Calendar":
        """Return the usual one: days, or seconds of times."""
        return cls(kind, origin, "days" if kind == "date" else "seconds")

    def counted(self, moments: ArrayLike) -> NDArray[np.float64]:
        """Return the numbers that stand for days since 1970-01-01, or for seconds of a time."""
        return (np.asarray(moments, dtype=np.float64) - self.origin) / self._size

    def moments(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return days since 1970-01-01, or seconds of a time, for the numbers."""
        return np.asarray(x, dtype=np.float64) * self._size + self.origin

    def text(self, x: float, step: float = 0.0) -> str:
        """Return the date or time of a number for reading: 2024-02-03 10:00.

        Parameters
        ----------
        step : float
            It is as exact as tells it from a number so far away; by default to a thousandth of a
            second.
        """
        step_s = step * UNITS[self.unit]
        grain = next((each for each in (DAY_S, 60) if step_s >= each), 0)
        if not grain:
            decimals = MOST_DECIMALS - 6
            if step_s > 0:
                decimals = min(max(0, math.ceil(-math.log10(step_s))), MOST_DECIMALS)
            return self._rounded(x, decimals)[0]
        moment = float(self.moments(x))
        seconds = moment * DAY_S if self.kind == "date" else moment
        rounded = round(seconds / grain) * grain
        if self.kind == "time":
            return _time(rounded, 0)
        day, rest = divmod(rounded, DAY_S)
        return _date(day) if grain == DAY_S else f"{_date(day)} {_time(rest, 0)[:5]}"

    def iso(self, x: float) -> str:
        """Return it as files have it, without blanks; it is read as the same number again."""
        text = ""
        for decimals in range(0, MOST_DECIMALS + 1, 3):
            text, moment = self._rounded(x, decimals)
            if float(self.counted(moment)) == x:
                break
        return text.replace(" ", "T")

    @property
    def counts(self) -> str:
        """What is counted, such as ``days since 2024-01-01``."""
        return f"{self.unit} since {self.text(0.0)}"

    @property
    def _size(self) -> float:
        """One unit, in days or in seconds of a time."""
        return UNITS[self.unit] / (DAY_S if self.kind == "date" else 1.0)

    def _rounded(self, x: float, decimals: int) -> tuple[str, float]:
        """Return the text with so many decimals of its seconds, and what it is read as."""
        moment = float(self.moments(x))
        if self.kind == "time":
            seconds = round(moment, decimals)
            return _time(seconds, decimals), seconds
        day = math.floor(moment)
        seconds = round((moment - day) * DAY_S, decimals)
        if seconds >= DAY_S:
            day, seconds = day + 1, 0.0
        text = _time(seconds, decimals).removesuffix(":00") if seconds else ""
        return f"{_date(day)} {text}".strip(), day + seconds / DAY_S


def is_in_calendar(days: float) -> bool:
    """Tell whether Python's calendar reaches so far from 1970-01-01."""
    return FIRST_DAY <= days <= LAST_DAY


def day_of(days: float) -> date:
    """Return the date of a whole number of days since 1970-01-01."""
    return date.fromordinal(int(days) + 719_163)


def days_of(year: int, month: int = 1, day: int = 1) -> int:
    """Return the days since 1970-01-01 of a date."""
    return date(year, month, day).toordinal() - 719_163


def _date(days: float) -> str:
    return day_of(days).isoformat() if is_in_calendar(days) else f"day {days:.6g}"


def _time(seconds: float, decimals: int) -> str:
    """Return hours, minutes and seconds with at most so many decimals."""
    whole, sign = abs(seconds), "-" * (seconds < 0)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    width = 3 + decimals if decimals else 2
    text = f"{rest:0{width}.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if decimals else text
    return f"{sign}{hours:02.0f}:{minutes:02.0f}:{text}"
