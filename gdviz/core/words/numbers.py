"""Numbers as they are read: one function writes them, and is told how much room there is."""

import math
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

MINUS = "\N{MINUS SIGN}"
UNKNOWN, INFINITE, MORE = "?", "∞", "…"
# Numbers from the first power of ten up to the second are written out.
LOWEST, HIGHEST = -4, 6
# With so many digits a power of ten is written among numbers with four decimals.
POWER_DIGITS = 4
# From here on there are only whole numbers, and not all of them.
WHOLE = 2.0**53

_NUMBER = re.compile(r"\d*\.?\d*(?:e[+-]?\d+)?", re.IGNORECASE)
# The decimal marks of all languages.
_MARKS = str.maketrans(",\N{ARABIC DECIMAL SEPARATOR}", "..")
_RAISED = str.maketrans(f"0123456789{MINUS}", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def number_text(
    value: float,
    digits: int = 6,
    *,
    decimals: int | None = None,
    room: float | None = None,
    measure: Callable[[str], float] = len,
    padded: bool = False,
    grouped: bool = False,
) -> str:
    """Return a number for reading, such as 12.5 or 1.25e7.

    Sign, point and whole digits are never left out: where there is no room, there are fewer
    decimals, or a power of ten.

    Parameters
    ----------
    digits : int
        To how many significant ones it is rounded; before the point none are rounded away.
    decimals : int, optional
        So many instead, for numbers that change in one place; a power of ten where they say little.
    room : float, optional
        How many characters there is room for; seven are enough for any number.
    measure : callable
        How much room a text takes, where that isn't its characters.
    padded : bool
        Whether zeros at the end stay.
    grouped : bool
        Whether a comma stands between thousands.
    """
    if not math.isfinite(value):
        return UNKNOWN if math.isnan(value) else f"{MINUS * (value < 0)}{INFINITE}"
    value, lowest, padded = value + 0.0, LOWEST, padded and value != 0
    rounded = value
    if decimals is not None:
        lowest, padded = min(0, 1 - decimals), True
        rounded, digits = _to_decimals(value, decimals, 10.0**lowest)
    shortest = ""
    for kept in range(digits, 0, -1):
        # Not rounded twice: that isn't the nearest number.
        number = rounded if kept == digits else value
        for text in _forms(number, kept, lowest, padded, grouped):
            if room is None or measure(text) <= room:
                return text
            shortest = min(shortest or text, text, key=measure)
    return shortest


def text_in_steps(value: float, step: float, spare: int = 0) -> str:
    """Return a number with as many digits as tell it from one a step away, and `spare` more.

    Without a step, as in a picture that has no room, they are all that count.
    """
    if not step > 0:
        return number_text(value, 15)
    digits = 1 + spare + _power(value or step) - _power(step)
    return number_text(value, min(max(digits, 1), 15), padded=True)


def number_in_steps(value: float, step: float) -> float:
    """Return a number with no more digits than a step is worth: the text of it has them all."""
    return round(value, -_power(step)) + 0.0 if step > 0 else value


def short_number(value: float) -> str:
    """Return the shortest text for reading that is this number and no other."""
    return typed_number(value).replace("-", MINUS)


def typed_number(value: float) -> str:
    """Return the same as a user types it, and as machines read it: with a hyphen for the minus."""
    mantissa, _, power = repr(float(value)).partition("e")
    return mantissa.removesuffix(".0") + (f"e{int(power)}" if power else "")


def in_decimals(value: float, decimals: int) -> str:
    """Return a number with so many decimals, as the lesson prints it, where they can say it.

    With a power of ten where most of them would be zeros, and beyond what a number has digits for.
    """
    says_it = 10.0 ** -(decimals // 2) <= abs(value) < WHOLE
    if says_it or value == 0 or not math.isfinite(value):
        return f"{value:.{decimals}f}"
    mantissa, _, power = f"{value:.{decimals}e}".partition("e")
    return f"{mantissa}e{int(power)}"


def in_plain_digits(text: str) -> str:
    """Return what was typed with the digits and the minus of Python, whoever's they were.

    Marks that only say which way a text runs, as beside the minus in Arabic, are gone.
    """
    if text.isascii():
        return text.strip()
    seen = (sign for sign in text if unicodedata.category(sign) != "Cf")
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in seen)
    return plain.strip().replace(MINUS, "-")


def with_point(text: str) -> str:
    """Return a number as Python reads it, from how it is written in any language."""
    return in_plain_digits(text).translate(_MARKS).removeprefix("+")


def number_typed(text: str) -> float | None:
    """Return the number that was typed in any language, or None if the text is no complete one."""
    plain = with_point(text)
    if not _NUMBER.fullmatch(plain.removeprefix("-")) or not plain.strip(".eE"):
        return None
    try:
        return float(plain)
    except ValueError:
        return None


def typed_in_room(value: float, fits: Callable[[str], bool]) -> str:
    """Return a number as a user types it, in a form that fits, or else as far as that fits.

    Digits that are left out are never rounded away: dots stand for them, as in 0.1428… and
    1.428…e-300.
    """
    plain = typed_number(value)
    sign, numerals, least = Decimal(plain).normalize().as_tuple()
    digits, minus = "".join(map(str, numerals)), "-" * sign
    power = len(digits) - 1 + int(least)
    texts = [plain, minus + _typed_power(digits, power)]
    for kept in range(len(digits) - 1, 0, -1):
        # Before the point nothing is left out, or the number would look like another.
        if "." in plain and "e" not in plain and kept > power + 1:
            texts.append(plain[: sign + 1 + max(0, -power) + kept] + MORE)
        texts.append(minus + _typed_power(digits[:kept], power, MORE))
    return next(filter(fits, texts), texts[-1])


def count_text(number: float) -> str:
    """Return a count of three digits or more for reading, from a million on in words."""
    if number >= 1e12:
        return number_text(number, 2)
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if number >= size:
            return f"{number_text(number / size, 3)} {word}"
    return f"{number:,.0f}"


def raised(text: str) -> str:
    """Return a number's text with its power of ten as a formula has it."""
    mantissa, _, power = text.partition("e")
    return f"{mantissa}\N{MULTIPLICATION SIGN}10{in_superscript(power)}" if power else mantissa


def in_superscript(power: int | str) -> str:
    """Return a whole number as an exponent."""
    return str(power).replace("-", MINUS).translate(_RAISED)


def _power(value: float) -> int:
    """Return the power of ten of a number's first digit."""
    return math.floor(math.log10(abs(value)) + 1e-9)


def _typed_power(digits: str, power: int, more: str = "") -> str:
    """Return a number with a power of ten, and `more` in place of further digits."""
    point = "." * (len(digits) > 1)
    return f"{digits[0]}{point}{digits[1:]}{more}e{power}"


def _to_decimals(value: float, decimals: int, least: float) -> tuple[float, int]:
    """Return a number rounded to so many decimals, and how many digits it then has."""
    rounded = float(f"{value:.{decimals}f}")
    if value == 0 or (least <= abs(value) and abs(rounded) < 10**HIGHEST):
        return rounded, decimals + 1 + int(f"{rounded:e}".partition("e")[2])
    return value, POWER_DIGITS


def _forms(value: float, digits: int, lowest: int, padded: bool, grouped: bool) -> list[str]:
    """Return a number with so many digits written out, if it can be, and with a power of ten."""
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    exponent = int(power)
    forms = [(mantissa, f"e{exponent}")]
    if lowest <= exponent < HIGHEST:
        decimals = max(0, digits - 1 - exponent)
        forms.insert(0, (f"{value:{',' * grouped}.{decimals}f}", ""))
    if not padded:
        forms = [(_trimmed(number), power) for number, power in forms]
    return ["".join(form).replace("-", MINUS) for form in forms]


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
