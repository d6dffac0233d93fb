"""Dates and times of a column: how they are written is decided over all of it."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import quoted
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.notations.date_shapes import readings_of, shape_of, shapes_of
from gdviz.core.tables.notations.missing import USUAL_MISSING

DATES, TIMES = ("any", "month", "mdy", "dmy", "ymd"), ("clock", "minutes")
FIRST = {"mdy": "month", "dmy": "day", "ymd": "year"}
# Days since 1970 from 2000 to 2040, in which the numbers of clocks lie, and from 1900 to 2100.
CLOCK_DAYS, CALENDAR_DAYS = (10_957, 25_567), (-25_567, 47_482)
NUMBERS = {"digits": ("dates", CALENDAR_DAYS)} | {
    reading: (f"dates, in {unit} since 1970", CLOCK_DAYS)
    for reading, unit in (("s", "seconds"), ("ms", "milliseconds"))
}
AS_NUMBERS = "Read as numbers"
# What a name says of numbers that count time, or that leaves it open what they are.
_TIME_NAME = re.compile("time|date|epoch|unix|stamp|zeit|datum|fecha|heure|hora|data|tempo", re.I)
_NO_NAME = re.compile(r"\W*|.|column \d+|unnamed.*|_?time", re.I)
# A column of so many cells, none of which is a date, has none.
ENOUGH = 2000


@dataclass(frozen=True)
class DateNotation:
    """How the dates or times of a column are written.

    Attributes
    ----------
    reading : str
        Of those that a shape allows: see `readings_of`.
    """

    reading: str
    plain: ClassVar[bool] = False

    @property
    def kind(self) -> str:
        """``date`` or ``time``."""
        return "time" if self.reading in TIMES else "date"

    @property
    def found(self) -> Choices:
        """What leads to this reading of a file."""
        of_days = {"digits": "ymd"} | dict.fromkeys(TIMES)
        return Choices(dates=of_days.get(self.reading, self.reading))

    def values(self, cells: Sequence[str]) -> NDArray[np.float64]:
        """Return days since 1970-01-01, or the seconds of times; NaN where there is none."""
        values = np.full(len(cells), np.nan)
        for shape, rows in _by_shape(shapes_of(cells)).items():
            readings = readings_of(shape)
            chosen = self.among(tuple(readings))
            if chosen:
                values[rows] = readings[chosen].values([cells[row] for row in rows])
        return values

    def among(self, readings: tuple[str, ...]) -> str:
        """Return the reading of a shape that fits, or nothing."""
        family = next((each for each in (DATES, TIMES) if self.reading in each), ())
        if self.reading in readings or not readings:
            return self.reading * (self.reading in readings)
        return readings[0] * (readings[0] in family)

    def problem(self, cell: str) -> str:
        """Return what is wrong with a cell that holds no date or time."""
        if cell in USUAL_MISSING:
            return "the value is missing"
        if self.among(tuple(readings_of(shape_of(cell)))):
            return f"there is no {self.kind} {quoted(cell)}"
        return f"{quoted(cell)} is not a {self.kind}"


class DateEvidence:
    """What was seen of the dates and times in a column."""

    __slots__ = ("_cells", "_courses", "_example", "_undecided", "_valid", "_with_digits")

    def __init__(self) -> None:
        self._cells = self._with_digits = 0
        # How many cells of the shapes with these readings are dates in one of them.
        self._valid: Counter[tuple[tuple[str, ...], str]] = Counter()
        # A cell that is a date in either of two readings, and not the same.
        self._undecided: dict[frozenset[str], str] = {}
        self._example: dict[str, str] = {}
        self._courses: defaultdict[str, _Course] = defaultdict(_Course)

    def add(self, cells: Sequence[str], times: int = 1) -> None:
        """Look at more cells of the column, in their order; each stands for so many like it."""
        counting = set()
        if self._cells >= ENOUGH and not self._valid:
            self._cells += len(cells) * times
            return
        shapes = shapes_of(cells)
        for shape, count in Counter(shapes).items():
            self._cells += count * times * (shape not in USUAL_MISSING)
            self._with_digits += count * times * ("0" in shape)
        for shape, rows in _by_shape(shapes).items():
            readings = readings_of(shape)
            self._look_at(tuple(readings), shape, [cells[row] for row in rows], times)
            counting |= readings.keys() & NUMBERS
        for reading in counting:
            self._courses[reading].add(DateNotation(reading).values(cells))

    def pass_over(self, count: int) -> None:
        """Note that there are so many more cells, which are no dates."""
        self._cells += count

    def _look_at(self, readings: tuple[str, ...], shape: str, cells: list[str], times: int) -> None:
        values = [readings_of(shape)[reading].values(cells) for reading in readings]
        for reading, found in zip(readings, values, strict=True):
            count = int(np.count_nonzero(found == found))
            if count:
                self._valid[readings, reading] += count * times
                self._example.setdefault(reading, cells[int(np.argmax(found == found))])
        for one, first in enumerate(values):
            for other in range(one):
                differ = np.flatnonzero(np.abs(first - values[other]) > 0)
                if len(differ):
                    pair = frozenset((readings[one], readings[other]))
                    self._undecided.setdefault(pair, cells[differ[0]])

    def notation(
        self, choices: Choices, is_comma_file: bool, name: str = ""
    ) -> tuple[DateNotation | None, Remark | None]:
        """Return how the column's dates or times are written, and what was decided for them.

        Parameters
        ----------
        is_comma_file : bool
            Whether the file has decimal commas: then the day comes first where nothing decides.
        name : str
            What the column is called.

        Returns
        -------
        DateNotation or None
            None for a column of something else.
        Remark or None
            It can also say that the column could be read as dates.
        """
        if choices.dates == "none":
            return None, None
        for decide in (self._dates, self._times):
            reading, remark = decide(choices.dates, is_comma_file)
            if 2 * self._count(reading) >= self._cells and self._count(reading):
                return DateNotation(reading), remark
        return self._numbers(choices.dates, name)

    def _count(self, reading: str) -> int:
        """Return how many cells are dates if this is how those are read that allow it."""
        notation = DateNotation(reading)
        return sum(
            count for (readings, each), count in self._valid.items()
            if notation.among(readings) == each
        )  # fmt: skip

    def _dates(self, asked: str | None, is_comma_file: bool) -> tuple[str, Remark | None]:
        """Decide what comes first in dates of numbers: that which makes most of them dates."""
        possible = [order for readings, order in self._valid if order in FIRST]
        with_points = any(readings[0] == "dmy" for readings, _ in self._valid)
        if not possible:
            orders: tuple[str, ...] = ("ymd",)
        elif with_points or is_comma_file:
            orders = "dmy", "mdy", "ymd"
        else:
            orders = "mdy", "dmy", "ymd"
        order = asked if asked in possible else max(orders, key=self._count)
        if with_points or asked in possible:
            return order, None
        for other in orders:
            example = self._undecided.get(frozenset((order, other)))
            if example and self._count(other) == self._count(order):
                return order, Remark(
                    f"Dates such as {quoted(example)} are read with the {FIRST[order]} first; "
                    f"the {FIRST[other]} could as well come first.",
                    f"Read the {FIRST[other]} first",
                    Choices(dates=other),
                )
        if self._valid[("month",), "month"]:
            return order, Remark(
                f"{quoted(self._example['month'])} is read as a month and the last two digits "
                f"of its year."
            )
        return order, None

    def _times(self, asked: str | None, is_comma_file: bool) -> tuple[str, Remark | None]:
        """Decide whether two numbers are minutes and seconds, as where a third comes before."""
        del asked, is_comma_file
        two, three = (("clock", "minutes"), "minutes"), (("clock",), "clock")
        if self._valid[("minutes",), "minutes"] or (self._valid[two] and self._valid[three]):
            example = quoted(self._example.get("minutes", ""))
            return "minutes", Remark(f"Times such as {example} are read as minutes and seconds.")
        return "clock", None

    def _numbers(self, asked: str | None, name: str) -> tuple[DateNotation | None, Remark | None]:
        """Decide whether numbers of the size of dates are some."""
        for reading, (what, span) in NUMBERS.items():
            course, count = self._courses.get(reading), self._valid[(reading,), reading]
            if course is None or not 0 < count == self._with_digits or 2 * count < self._cells:
                continue
            example = quoted(self._example[reading])
            if asked == reading or (reading == "digits" and asked == "ymd"):
                return DateNotation(reading), None
            if not course.lies_in(span) or asked in NUMBERS:
                continue
            if (
                reading == "digits"
                or _TIME_NAME.search(name)
                or (course.has_one_way and _NO_NAME.fullmatch(name))
            ):
                remark = Remark(f"Numbers such as {example} are read as {what}.", AS_NUMBERS)
                return DateNotation(reading), remark._replace(choices=Choices(dates="none"))
            if course.has_one_way:
                return None, Remark(
                    f"Numbers such as {example} could be {what}.", "Read as dates",
                    Choices(dates=reading),
                )  # fmt: skip
        return None, None


class _Course:
    """Between which bounds values lie, and whether they only rise or only fall."""

    def __init__(self) -> None:
        self._low, self._high = math.inf, -math.inf
        self._last = math.nan
        self._rises = self._falls = True

    @property
    def has_one_way(self) -> bool:
        return self._rises is not self._falls

    def lies_in(self, bounds: tuple[float, float]) -> bool:
        return bounds[0] <= self._low and self._high <= bounds[1]

    def add(self, values: NDArray[np.float64]) -> None:
        """Go on with these, as far as they are numbers."""
        values = values[np.isfinite(values)]
        if len(values):
            steps = np.diff(values, prepend=self._last if self._last == self._last else values[0])
            self._rises &= bool(np.all(steps >= 0))
            self._falls &= bool(np.all(steps <= 0))
            self._low = min(self._low, float(values.min()))
            self._high = max(self._high, float(values.max()))
            self._last = float(values[-1])


def _by_shape(shapes: Sequence[str]) -> dict[str, list[int]]:
    """Return which cells have each of the shapes that can be read."""
    rows: dict[str, list[int]] = {
        shape: [] for shape in dict.fromkeys(shapes) if readings_of(shape)
    }
    for row, shape in enumerate(shapes if rows else ()):
        if shape in rows:
            rows[shape].append(row)
    return rows
