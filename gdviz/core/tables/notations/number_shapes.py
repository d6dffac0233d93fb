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

_DIGITS = str.maketrans("123456789", "000000000")
_NATIVE_DIGIT = re.compile(r"(?![\0-\x7f])\d")

_MONEY = (
    "(?:[A-Z]{0,3}[$\xa2-\xa5\u0e3f\u20a0-\u20bf]"
    "|(?:USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|TRY|RUB|UAH|BRL|MXN"
    r"|ZAR|KRW|SGD|HKD|THB|IDR|MYR|PHP|ILS|AED|SAR)|Rs\.?|[Kk]r\.?|S?Fr\.?|z\u0142|K\u010d|\u5186|\u5143)"
)
_BODY = rf"[{EITHER}{ARABIC_DECIMAL}]?0+(?:[{EITHER}{SPACES}{APOSTROPHES}\u066b\u066c]0+)*\.?"
_TIMES = "\xd7x*\xb7\u22c5"
_RAISED = "\u2070\xb9\xb2\xb3\u2074\u2075\u2076\u2077\u2078\u2079\u207b\u207a"
_EXPONENT = (
    rf"(?:[eEdDqQ][+{DASHES}]?0+"
    rf"|\s?[{_TIMES}]\s?00(?:\^[+{DASHES}]?0{{1,3}}|[{_RAISED}]{{1,4}}))"
)
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
_EXPONENT_BEGIN = re.compile(rf"[dDqQ]|\s?[{_TIMES}]\s?00\^?")
_UNIT = re.compile(r"(?:\D|(?<=[^\WxX])0(?!0)|(?<=[\^-])0(?!0))*")
_GROUPS = re.compile("0{1,3}(?: 000)+|0{1,2}(?: 00)+ 000")  # the second in India
_ORDINALS = {"st": "th", "nd": "th", "rd": "th"}
_NOTE_LETTERS = frozenset("\u1d43\u1d47\u1d9c\u1d48\u1d49")
_SAME = {**dict.fromkeys(SPACES, " "), **dict.fromkeys(APOSTROPHES, "'")}
_LOWERED = str.maketrans(_RAISED, "0123456789-+")


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


_UNKNOWN = Written(0, 0, Marks(), "", False, (), ())
_KNOWN: dict[str, Written | None] = {}


def shape_of(text: str) -> str:
    """Return a text with a zero for each digit."""
    shape = text.translate(_DIGITS)
    return shape if shape.isascii() else _NATIVE_DIGIT.sub("0", shape)


def shapes_of(cells: Sequence[str]) -> list[str]:
    """Return the shape of each cell."""
    shapes = shape_of("\n".join(cells)).split("\n")
    if len(shapes) == len(cells):
        return shapes
    return list(map(shape_of, cells))  # there is a line break in one


def written(shape: str) -> Written | None:
    """Return how cells of a shape write their number; None if they hold none."""
    how = _KNOWN.get(shape, _UNKNOWN)
    if how is _UNKNOWN:
        if "0" not in shape or len(shape) > LONGEST:
            return None
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        how = _KNOWN[shape] = _parsed(shape)
    return how


class Patience:
    """How many shapes that nobody has met are looked at in a column: numbers have few."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = MOST_NEW

    def written(self, shape: str) -> Written | None:
        """Return what `written` does; once the patience is over, only for shapes that are known."""
        how = _KNOWN.get(shape, _UNKNOWN)
        if how is not _UNKNOWN:
            return how
        if self._left <= 0 or "0" not in shape:
            return None
        self._left -= 1
        return written(shape)

    def rise(self, cells: int) -> None:
        """Gain some for more cells."""
        self._left += cells // CELLS_FOR_ONE_MORE


def _parsed(shape: str) -> Written | None:
    formula = _FORMULA.fullmatch(shape)
    span = formula.span(formula.lastgroup or 0) if formula else (0, len(shape))
    match = _CELL.fullmatch(shape, *span)
    marks = _marks(match["body"]) if match else None
    if match is None or marks is None:
        return None
    # What isn't there is empty.
    parts = {name: (text or "").strip() for name, text in match.groupdict().items()}
    opened, closed = parts["open"] + parts["later_open"], parts["close"] + parts["later_close"]
    if not len(opened) == len(closed) <= 1 or not _is_unit(parts["unit"]):
        return None
    # Teachers give a 2- for what isn't quite a 2.
    if parts["behind"] and len(parts["body"]) == 1:
        return None
    if parts["unit"] in _NOTE_LETTERS:
        parts["note"], parts["unit"] = parts["unit"], ""
    parts["loss"] = "" if parts["uncertainty"] else opened
    if parts["exponent"] and marks.either:
        marks = Marks(decimal=marks.either)
    affix = parts["money"] + parts["later_money"] + _ORDINALS.get(parts["unit"], parts["unit"])
    is_negative = any(parts[name] not in ("", "+") for name in ("sign", "behind", "loss"))
    stop = match.end("exponent" if match["exponent"] else "body")
    return Written(
        match.start("body"), stop, marks, affix, is_negative, _traits(parts, marks, affix),
        _changes(match["exponent"] or ""),
    )  # fmt: skip


def _traits(parts: dict[str, str], marks: Marks, affix: str) -> tuple[tuple[str, str], ...]:
    of_error = _marks(parts["error"]) or Marks()
    is_money = parts["money"] or parts["later_money"] or re.fullmatch(_MONEY, parts["unit"])
    is_whole = not (any(marks) or parts["exponent"])
    traits = (
        *_shown(marks), *_shown(of_error), ("money", marks.either if is_money else ""),
        *((name, parts[name]) for name in ("loss", "behind")), ("note", parts["note"][:1]),
        ("uncertainty", "\xb1" if parts["uncertainty"] else ""), ("affix", affix),
        ("whole", ("short" if len(parts["body"]) <= 3 else "long") if is_whole else ""),
    )  # fmt: skip
    return tuple((name, what) for name, what in traits if what)


def _changes(exponent: str) -> tuple[tuple[str, str], ...]:
    """Return what makes an exponent one for Python: a D of Fortran, or ten to some power."""
    begin = _EXPONENT_BEGIN.match(exponent)
    changes = [(begin[0].replace("00", "10"), "e")] if begin else []
    changes += [(sign, sign.translate(_LOWERED)) for sign in exponent if sign in _RAISED]
    return (*changes, *((sign, "-") for sign in exponent if sign in DASHES[:-1]))


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
