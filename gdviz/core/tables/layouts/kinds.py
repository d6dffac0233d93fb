"""Kinds: what a cell looks like at a glance, before anyone knows how this file writes numbers."""

import math
import re
from functools import lru_cache

NUMBER, MEASURE, DATE, MISSING, WORD = "number", "measure", "date", "missing", "word"
NUMERIC = (NUMBER, MEASURE, DATE)

# No number that people write is longer.
_LONGEST = 64
_MISSING = re.compile(
    r"n/?a|n\.a\.?|nan|null|none|nil|-{1,3}|\.{1,3}|…|\?|\*{1,3}|:|\\N|#n/?a|#(?:ref|div/0|value|num|null)!|#name\?",
    re.IGNORECASE,
)
_SPACES = " \u00a0\u2007\u2009\u202f"
_DIGITS = (
    rf"(?:\d{{1,3}}(?:[{_SPACES}'\u2019.,]\d{{2,3}})+(?:[.,]\d+)?|\d+(?:\.|[.,]\d+)?|[.,]\d+)"
    r"(?:[eEdD][+\-\u2212]?\d+)?"
)
_SIGN = r"[+\-\u2212\u2013]?"
# Without a space, letters before digits are names: SO2, PM10.
_MONEY = r"(?:[$€£¥₹]|USD|EUR|GBP|CHF|[A-Z]{3}(?=\s)|Fr\.|kr)?"
_NUMBER = re.compile(rf"{_SIGN}{_DIGITS}")
_MEASURE = re.compile(
    rf"[<>~≈≤≥]?\s?{_SIGN}{_MONEY}\s?{_SIGN}{_DIGITS}"
    r"(?:\s?(?:±|\+/?-)\s?[\d.,eE]+|\(\d+\))?"
    # One word: a unit, a currency, a percent sign, the mark of a footnote.
    r"(?:\s?(?P<unit>(?!['\u2019]\d)[^\s\d.,;:#()\-+/_=<>|\[\]{}][^\s,;:#()|\[\]{}]{0,7}))?"
)
_TIME = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_ZONE = r"(?:\s?(?:Z|UTC|GMT|[+\-]\d{2}:?\d{2}))?"
_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}-?[QW]\d{1,2}"
    r"|\d{1,2}[. \-/]{1,2}(?P<day>[^\W\d_]{3,9})\.?[, \-/]{1,2}\d{2,4}"
    r"|(?P<month>[^\W\d_]{3,9})\.?[ \-/](?:\d{1,2},? )?(?:\d{4}|\d{2}))"
    rf"(?:(?:T|,? +){_TIME}{_ZONE})?|{_TIME}{_ZONE}"
)
# The first letters of months, in English and the languages around it.
_MONTHS = re.compile(
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|jän|mär|mrz|mai|okt|dez|fév|fev|avr|jui|aoû"
    "|aou|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|out|maa|mei|maj",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 15)
def kind_of(cell: str) -> tuple[str, float]:
    """Return what a cell seems to hold, and how plain that is: 1 for what Python reads."""
    cell = cell.strip()
    if not cell or _MISSING.fullmatch(cell):
        return MISSING, 0.5
    if len(cell) > _LONGEST:
        return WORD, _plainness(cell)
    try:
        is_finite = "_" not in cell and math.isfinite(float(cell))
    except ValueError:
        is_finite = False
    return (NUMBER, 1.0) if is_finite else _loose_kind(cell)


def _loose_kind(cell: str) -> tuple[str, float]:
    if cell[0] == "(" and cell[-1] == ")":
        cell = cell[1:-1].strip()
    if _NUMBER.fullmatch(cell):
        return NUMBER, 0.8 if any(space in cell for space in _SPACES) else 0.95
    date = _DATE.fullmatch(cell)
    if date:
        month = date["day"] or date["month"]
        if month is None or _MONTHS.match(month):
            return DATE, 0.95
    measure = _MEASURE.fullmatch(cell)
    unit = measure["unit"] if measure else None
    is_word = measure is None or (unit and unit.isalpha() and _MISSING.fullmatch(unit))
    return (WORD, _plainness(cell)) if is_word else (MEASURE, 0.8)


def _plainness(word: str) -> float:
    """Return less for a word with what separates cells in other tables."""
    if any(sign in word for sign in ("\t", ";", "|", "  ")):
        return -0.2
    return 0.1 if _NUMBER.fullmatch(word[-_LONGEST:].rpartition(" ")[2]) else 0.2
