"""Shapes of dates and times: which digits of a cell are its year, its month, its hour.

The shape of a cell is its text with a 0 for every digit. Cells of one shape are read alike, and all
at once, so that only a few shapes have to be understood, however long a column is.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.tables.calendar import DAY_S

# Nobody writes a date that is longer.
LONGEST = 60
# From this one on, two digits of a year belong to the last century, as POSIX has it.
PIVOT = 69
# Of a number of a month and one of a year; others, such as 12-3456, are of something else.
MONTHS_YEARS = (1500, 2500)
MOST_SHAPES = 4096
MINUS = "\N{MINUS SIGN}"

# English, German, French, Spanish, Italian, Portuguese; three letters of a name are enough.
_MONTHS = (
    "january januar janvier enero gennaio janeiro",
    "february februar fevrier febrero febbraio fevereiro",
    "march maerz marz mrz mars marzo marco",
    "april avril abril aprile",
    "may mai mayo maggio maio",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto",
    "september septembre septiembre setiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
)
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag "
    "freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes "
    "martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi "
    "sabato domenica segunda terca quarta quinta sexta"
)

_WORD, _YEAR, _SHORT_YEAR = r"(?P<word>[a-z]{3,12})", "(?P<year>0000)", "'?(?P<year>0000|00)"
_DAY = r"(?P<day>00?)(?:st|nd|rd|th|er|[oaº.])?"
_DATES = (
    r"(?P<year>0000)(?P<mark>[-/.])\s?(?P<month>00?)(?P=mark)\s?(?P<day>00?)\.?",
    r"(?P<year>0000)[-/](?P<month>00?)",
    r"(?P<month>00?)[-/](?P<year>0000)",
    r"(?P<one>00?)(?P<mark>[-/.])\s?(?P<two>00?)(?P=mark)\s?(?P<three>0000|00)",
    r"(?P<year>0000)\s?年\s?(?P<month>00?)\s?月\s?(?:(?P<day>00?)\s?日)?",
    rf"{_DAY}[-/\s]*(?:(?:de|of)\s+)?{_WORD}\.?,?[-/\s]*(?:del?\s+)?{_SHORT_YEAR}",
    rf"{_WORD}\.?[-/\s]*{_DAY},?[-/\s]+{_SHORT_YEAR}",
    rf"{_WORD}\.?,?[-/\s]*(?:de\s+)?{_SHORT_YEAR}",
    rf"{_YEAR}[-/.\s]*{_WORD}\.?(?:[-/.\s]*{_DAY})?",
    rf"{_YEAR}[-\s]?q(?P<quarter>0)",
    rf"q(?P<quarter>0)[-/\s]*{_YEAR}",
)
_COMPACT = "(?P<year>0000)(?P<month>00)(?P<day>00)"
_FRACTION = r"(?:[.,](?P<fraction>0{1,12}))?"
_CLOCK = (
    rf"(?P<hour>00?)(?:[:h](?P<minute>00)(?::(?P<second>00))?{_FRACTION})?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
)
_COMPACT_CLOCK = rf"(?P<hour>00)(?P<minute>00)(?:(?P<second>00){_FRACTION})?"
_ZONE = rf"(?:\s?(?:z|utc|gmt)?(?:(?P<sign>[-+{MINUS}])(?P<zone_hour>00):?(?P<zone_minute>00)?)?)"
_SPAN = (
    rf"(?P<minus>[-{MINUS}])?(?:(?P<days>0{{1,6}})\s?d(?:ays?)?,?\s+)?"
    rf"(?P<hour>0{{1,6}}):(?P<minute>00)(?::(?P<second>00))?{_FRACTION}"
)

_FORMS = (
    *_DATES,
    *(rf"{date}(?:\s*,\s*|\s+|t|:){_CLOCK}{_ZONE}" for date in (*_DATES, _COMPACT)),
    rf"{_COMPACT}[t\s]{_COMPACT_CLOCK}{_ZONE}",
    rf"{_WORD}\s+{_DAY}\s+{_CLOCK}\s+(?:(?:utc|gmt)\s+)?{_YEAR}",
    *(rf"{_CLOCK},?\s+{date}" for date in _DATES),
    rf"{_CLOCK}(?:\s?(?:z|utc|gmt))?",
    _SPAN,
)
_NUMBERS = {
    "digits": re.compile(rf"{_COMPACT}(?:{_COMPACT_CLOCK})?"),
    "s": re.compile(r"(?P<unix>0{9,10})(?:\.(?P<fraction>0{1,12}))?"),
    "ms": re.compile(r"(?P<unix>0{12,13})(?:\.(?P<fraction>0{1,12}))?"),
}
_ORDERS = {
    "mdy": ("three", "one", "two"), "dmy": ("three", "two", "one"), "ymd": ("one", "two", "three"),
}  # fmt: skip
# What no date has, so that most other texts are soon done with.
_SHORTEST = 4
_NO_DATE = re.compile(r"[-:/]{2}|[.,:][-:/]|,[.,]|\.\.|(?:0+\D+){10}|[_;<>|=&%$€#@!?*()\[\]{}]")
_LETTERS = re.compile("[a-z]{3,}")
_OTHER_WORDS = " day days del utc gmt feira "
_DIGITS = str.maketrans("123456789", "000000000")


class Places(NamedTuple):
    """Where the parts of a date or time stand in all cells of a shape, and what it says itself.

    Attributes
    ----------
    digits : dict of str to slice
        Of ``year``, ``month`` and so on; those that aren't there are missing.
    month : int
        The one that is named, or 0.
    half : str
        ``a`` before noon, ``p`` after it, or nothing.
    zone, sign : int
        Whether the offset of a time zone, or all of a time, counts as negative: -1, else 1.
    unix : int
        How many of what is counted since 1970 make a second.
    """

    digits: dict[str, slice]
    month: int = 0
    half: str = ""
    zone: int = 1
    sign: int = 1
    unix: int = 1

    @property
    def is_date(self) -> bool:
        """Whether they are of a day, not only of a time."""
        return "year" in self.digits or "unix" in self.digits

    def width(self, name: str) -> int:
        """Return how many digits there are."""
        return int(self.digits[name].stop - self.digits[name].start)

    def values(self, cells: Sequence[str]) -> NDArray[np.float64]:
        """Return days since 1970-01-01, or seconds of a time without a date; NaN where is none."""
        text = "".join(cells).encode("utf-32-le", "surrogatepass")
        signs = np.frombuffer(text, np.uint32).reshape(len(cells), -1)
        parts = {name: _number(signs[:, place]) for name, place in self.digits.items()}
        if "unix" in parts:
            whole = parts["unix"] / self.unix
            return np.asarray((whole + self._fraction(parts) / self.unix) / DAY_S)
        seconds = self._seconds(parts)
        return self._days(parts) + seconds / DAY_S if self.is_date else self.sign * seconds

    def _days(self, parts: dict[str, NDArray[np.int64]]) -> NDArray[np.float64]:
        year, one = parts["year"], np.ones_like(parts["year"])
        if self.width("year") == 2:
            year = year + np.where(year < PIVOT, 2000, 1900)
        month = parts.get("month", one * self.month)
        if "quarter" in parts:
            month = 3 * parts["quarter"] - 2
        day = parts.get("day", one)
        first = 12 * (year - 1970) + month - 1
        start, end = (
            months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
            for months in (first, first + 1)
        )
        years = (1, 9999) if "day" in parts or self.month else MONTHS_YEARS
        is_one = (month >= 1) & (month <= 12) & (day >= 1) & (day <= end - start)
        is_one &= (year >= years[0]) & (year <= years[1])
        return np.where(is_one, start + day - 1, np.nan)

    def _seconds(self, parts: dict[str, NDArray[np.int64]]) -> NDArray[np.float64]:
        """Return seconds since midnight, in UTC where there is an offset."""
        none = np.zeros_like(next(iter(parts.values())))
        hour, minute, second, zone_hour, zone_minute, days = (
            parts.get(name, none)
            for name in ("hour", "minute", "second", "zone_hour", "zone_minute", "days")
        )
        is_one = (second < 60) & ((minute < 60) | ("hour" not in parts))
        if self.half:
            is_one &= (hour >= 1) & (hour <= 12)
            hour = hour % 12 + 12 * (self.half == "p")
        seconds = 3600 * hour + 60 * minute + second + self._fraction(parts)
        if self.is_date or self.half:
            is_one &= seconds <= DAY_S  # 24:00 is the end of a day
        seconds = seconds + DAY_S * days - self.zone * (3600 * zone_hour + 60 * zone_minute)
        return np.where(is_one, seconds, np.nan)

    def _fraction(self, parts: dict[str, NDArray[np.int64]]) -> NDArray[np.float64] | float:
        if "fraction" not in parts:
            return 0.0
        return np.asarray(parts["fraction"] / 10.0 ** self.width("fraction"))


def shape_of(cell: str) -> str:
    """Return what all cells have in common that are read alike."""
    return cell.translate(_DIGITS)


def shapes_of(cells: Sequence[str]) -> list[str]:
    """Return the shape of each cell."""
    shapes = shape_of("\n".join(cells)).split("\n")
    return shapes if len(shapes) == len(cells) else list(map(shape_of, cells))


@lru_cache(MOST_SHAPES)
def readings_of(shape: str) -> dict[str, Places]:
    """Return how cells of a shape can be read, the usual way first; nothing if they are no dates.

    Dates have the readings ``any``, where the order of their parts is clear, or some of ``mdy``,
    ``dmy`` and ``ymd``; months with two digits for the year ``month``. Times have ``clock``, and
    where they may be minutes and seconds ``minutes``. Plain numbers have ``digits``, ``s`` or
    ``ms``.
    """
    if len(shape) > LONGEST or "0" not in shape or _NO_DATE.search(shape):
        return {}
    if len(shape) < _SHORTEST and shape.isdigit():
        return {}  # most cells are such numbers: the patterns needn't be made for them
    # A letter for each letter: places in the one are places in the other.
    plain = shape.lower() if shape.isascii() else "".join(map(_plain, shape))
    if len(plain) != len(shape) or not all(map(_is_known, _LETTERS.findall(plain))):
        return {}
    numbers = dict(_numbers(plain))
    if numbers:
        return numbers
    start, end = len(plain) - len(plain.lstrip()), len(plain.rstrip())
    for pattern in _patterns():
        match = pattern.fullmatch(plain, start, end)
        readings = _readings(match) if match else {}
        if readings:
            return readings
    return {}


@cache
def _patterns() -> list[re.Pattern[str]]:
    """Return what dates look like; only when the first is looked for, for it takes its time."""
    weekday = r"(?:(?P<weekday>[a-z]{2,12})(?:-feira)?\.?,?\s+)?"
    return [re.compile(weekday + form) for form in _FORMS]


def _numbers(shape: str) -> Iterator[tuple[str, Places]]:
    for name, pattern in _NUMBERS.items():
        if match := pattern.fullmatch(shape):
            yield name, Places(_digits(match), unix=1000 if name == "ms" else 1)


def _readings(match: re.Match[str]) -> dict[str, Places]:
    """Return what a match can mean; nothing if its words are no names of months or weekdays."""
    groups, digits = match.groupdict(), _digits(match)
    month = _month(groups["word"]) if "word" in digits else 0
    if month is None or (groups["weekday"] and not _begins_one(groups["weekday"], _WEEKDAYS)):
        return {}
    digits.pop("word", None)
    places = Places(
        digits, month, groups.get("half") or "",
        zone=-1 if groups.get("sign") in ("-", MINUS) else 1,
        sign=-1 if groups.get("minus") else 1,
    )  # fmt: skip
    if "hour" in digits and "minute" not in digits and not places.half:
        return {}  # only a number
    if "one" in digits:
        return dict(_ordered(places, match["mark"] == "."))
    if not places.is_date:
        return _times(places)
    if month and "day" not in digits and places.width("year") == 2:
        return {"month": places}
    return {"any": places}


def _ordered(places: Places, day_first: bool) -> Iterator[tuple[str, Places]]:
    digits = places.digits
    year_first = places.width("one") == places.width("three") == 2
    for order in ("dmy", "mdy", "ymd") if day_first else ("mdy", "dmy", "ymd"):
        year, month, day = _ORDERS[order]
        if year == "three" or year_first:
            parts = {"year": digits[year], "month": digits[month], "day": digits[day]}
            others = {name: place for name, place in digits.items() if name not in _ORDERS["ymd"]}
            yield order, places._replace(digits=others | parts)


def _times(places: Places) -> dict[str, Places]:
    digits = places.digits
    if "second" in digits or "minute" not in digits or places.half:
        return {"clock": places}
    parts = dict(digits)
    parts["minute"], parts["second"] = parts.pop("hour"), parts.pop("minute")
    minutes = places._replace(digits=parts)
    return {"minutes": minutes} if "fraction" in digits else {"clock": places, "minutes": minutes}


def _digits(match: re.Match[str]) -> dict[str, slice]:
    """Return where the groups of digits are, and the name of a month."""
    left_out = {"mark", "weekday", "half", "sign", "minus"}
    return {
        name: slice(*match.span(name))
        for name, text in match.groupdict().items()
        if text is not None and name not in left_out
    }


def _month(word: str) -> int | None:
    """Return the number of a month, by its name or at least three letters of it."""
    return next((n for n, names in enumerate(_MONTHS, 1) if _begins_one(word, names)), None)


def _is_known(word: str) -> bool:
    return any(_begins_one(word, names) for names in (*_MONTHS, _WEEKDAYS, _OTHER_WORDS))


def _begins_one(word: str, names: str) -> bool:
    return f" {word}" in f" {names}"


def _plain(sign: str) -> str:
    """Return a letter in lower case and without its accent."""
    lower = sign.lower()
    return lower if lower.isascii() else unicodedata.normalize("NFD", lower)[:1]


def _number(signs: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the numbers that digits make, each row one."""
    powers = 10 ** np.arange(signs.shape[1] - 1, -1, -1, dtype=np.int64)
    return np.asarray((signs.astype(np.int64) - ord("0")) @ powers)
