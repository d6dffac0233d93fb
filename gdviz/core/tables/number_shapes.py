"""Shapes of cells, their texts with zeros for digits, and the number that is written in each.

A column of a million cells has a few dozen shapes, so each is looked at closely, and only once.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

SPACES, APOSTROPHES = " \xa0\u2009\u202f", "'\u2019"
# These are decimal marks in one country and mean thousands in another.
EITHER = ".,"
ARABIC_DECIMAL, ARABIC_THOUSANDS = "\u066b", "\u066c"
# In a class of letters "-" must come last.
DASHES = "\N{MINUS SIGN}\u2010\u2011\u2013\ufe63\uff0d-"
# Longer than any number in full: 1.8e308 with decimals.
LONGEST = 400
MOST_KNOWN, MOST_NEW, CELLS_FOR_ONE_MORE = 4096, 2000, 32

_ZEROS = (
    "0\u0660\u06f0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0e50\u0ed0\u1040\uff10"
)
DIGITS = {ord(zero) + digit: "0" for zero in _ZEROS for digit in range(10)}

_MONEY = (
    "(?:[A-Z]{0,3}[$\xa2-\xa5\u0e3f\u20a0-\u20bf]"
    "|(?:USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|TRY|RUB|UAH|BRL|MXN"
    r"|ZAR|KRW|SGD|HKD|THB|IDR|MYR|PHP|ILS|AED|SAR)|Rs\.?|[Kk]r\.?|S?Fr\.?|z\u0142|K\u010d)"
)
_BODY = rf"[{EITHER}{ARABIC_DECIMAL}]?0+(?:[{EITHER}{SPACES}{APOSTROPHES}\u066b\u066c]0+)*\.?"
_EXPONENT = rf"[eEdDqQ][+{DASHES}]?0+"
# No part of it can match in more ways than one, so it takes no time to fail.
_CELL = re.compile(
    rf"""
    \s*(?P<open>\()?\s?(?P<money>{_MONEY})?\s?(?P<sign>[+{DASHES}]\s?)?
    (?P<later_money>{_MONEY}\s?)?(?P<later_open>\()?
    (?P<body>{_BODY})(?P<exponent>{_EXPONENT})?
    (?P<uncertainty>\s?(?:\xb1|\+/?[{DASHES}])\s?(?P<error>{_BODY})(?:{_EXPONENT})?|\(0{{1,3}}\))?
    (?P<behind>[{DASHES}])?(?P<close>\))?
    \s*(?P<unit>(?:[^\W\d_]|[%\u2030\xb0\u2032\u2033'"/$\xa2-\xa5\u20a0-\u20bf])
        (?:[^\W_]|[%\u2030\xb0/.^\xb7\u22c5\u207b]|[{SPACES}{DASHES}](?=[^\W_]))*)?
    (?P<later_close>\))?
    (?P<note>(?:\s?(?:[*\u2020\u2021\xa7\xb6\#]|\[[^\W_]{{1,3}}\]|\([^\W\d_]\)))+)?\s*
    """,
    re.VERBOSE,
)
# ="2.5" and '2.5 keep a spreadsheet from changing what stands in a cell.
_FORMULA = re.compile(
    r"""\s*(?:=\s*"(?P<text>[^"]*)"|=(?P<value>[^"]*)|'(?P<kept>[^']*)'?|"(?P<quoted>[^"]*)")\s*"""
)
_UNIT = re.compile(r"(?:\D|(?<=[^\WxX])0(?!0)|(?<=[\^-])0(?!0))*")
_GROUPS = re.compile("0{1,3}(?: 000)+|0{1,2}(?: 00)+ 000")  # the second in India
_ORDINALS = {"st": "th", "nd": "th", "rd": "th"}
_NOTE_LETTERS = frozenset("\u1d43\u1d47\u1d9c\u1d48\u1d49")
_SAME = {**dict.fromkeys(SPACES, " "), **dict.fromkeys(APOSTROPHES, "'")}


class Marks(NamedTuple):
    """The marks between the digits of a number.

    Attributes
    ----------
    thousands, decimal : str
        Those that can be nothing else, the first as ``,.``, a plain space or apostrophe.
    either : str
        One with three digits behind it that can be one or the other.
    """

    thousands: str = ""
    decimal: str = ""
    either: str = ""


class Written(NamedTuple):
    """How cells of some shape write their number.

    Attributes
    ----------
    start, stop : int
        Where its digits stand, with the exponent.
    affix : str
        Currency and unit.
    is_negative : bool
        Whether a sign, or parentheses, say so.
    traits : tuple of (str, str)
        What this shape is evidence of, each with a mark or an affix.
    changes : tuple of (str, str)
        What makes it a number for Python, besides its marks.
    """

    start: int
    stop: int
    marks: Marks
    affix: str
    is_negative: bool
    traits: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str], ...]


def shapes_of(cells: Sequence[str]) -> list[str]:
    """Return the cells with a zero for each digit."""
    shapes = "\n".join(cells).translate(DIGITS).split("\n")
    if len(shapes) == len(cells):
        return shapes
    # A cell with a line break in it.
    return [cell.translate(DIGITS) for cell in cells]


def written(shape: str) -> Written | None:
    """Return how cells of a shape write their number; None if they hold none."""
    return _written(shape) if "0" in shape and len(shape) <= LONGEST else None


class Patience:
    """How many shapes that nobody has met are looked at in a column: numbers have few."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = MOST_NEW

    def written(self, shape: str) -> Written | None:
        """Return what `written` does; once the patience is over, only for shapes that are known."""
        if shape not in _KNOWN and "0" in shape:
            if self._left <= 0:
                return None
            self._left -= 1
        return written(shape)

    def rise(self, cells: int) -> None:
        """Gain some for more cells."""
        self._left += cells // CELLS_FOR_ONE_MORE


_KNOWN: dict[str, Written | None] = {}


def _written(shape: str) -> Written | None:
    try:
        return _KNOWN[shape]
    except KeyError:
        pass
    if len(_KNOWN) >= MOST_KNOWN:
        _KNOWN.clear()
    how = _KNOWN[shape] = _parsed(shape)
    return how


def _parsed(shape: str) -> Written | None:
    formula = _FORMULA.fullmatch(shape)
    span = formula.span(formula.lastgroup or 0) if formula else (0, len(shape))
    match = _CELL.fullmatch(shape, *span)
    marks = _marks(match["body"]) if match else None
    if match is None or marks is None:
        return None
    unit = (match["unit"] or "").strip()
    opened, closed = match["open"] or match["later_open"], match["close"] or match["later_close"]
    if bool(opened) != bool(closed) or not _is_unit(unit):
        return None
    exponent, uncertainty = match["exponent"] or "", match["uncertainty"]
    if exponent and marks.either:
        marks = Marks(decimal=marks.either)
    money = (match["money"] or match["later_money"] or "").strip()
    is_loss, is_note = bool(opened) and not uncertainty, unit in _NOTE_LETTERS
    affix = money + ("" if is_note else _ORDINALS.get(unit, unit))
    has_dash = (match["sign"] or "+")[0] != "+" or bool(match["behind"])
    traits = [
        *_shown(marks), *_shown(_marks(match["error"] or "") or Marks()),
        ("money", marks.either if money or re.fullmatch(_MONEY, unit) else ""),
        ("loss", is_loss and "("), ("uncertainty", uncertainty and "\xb1"),
        ("note", (match["note"] or "").strip() or (is_note and unit)),
        ("behind", match["behind"]), ("affix", affix),
    ]  # fmt: skip
    kept = tuple((name, what) for name, what in traits if what)
    if not any(marks) and not exponent:
        kept += (("whole", "short" if len(match["body"]) <= 3 else "long"),)
    stop = match.end("exponent" if exponent else "body")
    sign_and_letter = {mark: "-" for mark in exponent if mark in DASHES} | {
        letter: "e" for letter in exponent if letter in "dDqQ"
    }
    changes = tuple(sign_and_letter.items())
    return Written(match.start("body"), stop, marks, affix, has_dash or is_loss, kept, changes)


def _shown(marks: Marks) -> list[tuple[str, str]]:
    return list(zip(Marks._fields, marks, strict=True))


def _marks(body: str) -> Marks | None:
    """Return what the marks between digits mean; None if they can't be those of a number."""
    marks = [_SAME.get(mark, mark) for mark in body if mark != "0"]
    if not marks:
        return Marks()
    last = marks[-1]
    is_decimal = marks.count(last) == 1 and last in EITHER + ARABIC_DECIMAL
    whole, _, fraction = body.rpartition(last) if is_decimal else (body, "", "")
    between = marks[:-1] if is_decimal else marks
    if not between:
        can_be_either = last in EITHER and 1 <= len(whole) <= 3 and len(fraction) == 3
        return Marks(either=last) if can_be_either else Marks(decimal=last)
    grouped = "".join(letter if letter == "0" else " " for letter in whole)
    if len(set(between)) > 1 or between[0] == ARABIC_DECIMAL or not _GROUPS.fullmatch(grouped):
        return None
    return Marks(between[0], last if is_decimal else "")


def _is_unit(unit: str) -> bool:
    """Return whether this can be a unit: some letters, and digits only as powers."""
    is_quantity = unit[:1].isnumeric()  # as the ½ in 1½, the ² in 10², the 万 in 5万
    return not is_quantity and len(unit) <= 24 and bool(_UNIT.fullmatch(unit))
