# ruff: noqa: RUF002  (signs as axes show them)
"""Tick labels: the numbers along an axis, short, and each unlike the others.

Where they would be long, they leave to the axis what they have in common: a factor such as
``× 10⁹``, an offset such as ``+ 1.617 × 10¹²``, or both.
"""

from collections.abc import Sequence
from typing import NamedTuple

from gdviz.core.words.numbers import MINUS, in_superscript, number_text, text_in_steps

TIMES = "\N{MULTIPLICATION SIGN}"
# How many characters a label has at most: -8,888 or 0.0005.
ROOM = 6
# Powers of ten up to this one, and down to its inverse, are written out where they stand alone.
WRITTEN_OUT = 4
# A comma stands between thousands from so many digits on: 1984 is a year.
GROUPED_DIGITS = 5


class Labels(NamedTuple):
    """What is written along an axis.

    Attributes
    ----------
    texts : list of str
    common : str
        What to do with each of them for its value: ``× 10³ + 1.6 × 10¹²``, or nothing.
    """

    texts: list[str]
    common: str = ""


def labels_of(counts: Sequence[int], power: int, *, padded: bool = True) -> Labels:
    """Return the labels of round numbers.

    Whole numbers tell any two of them apart, however far from zero they are.

    Parameters
    ----------
    counts : sequence of int
        The numbers, in units of ten to the power of `power`.
    padded : bool
        Whether all have the same number of decimals.
    """
    largest = max(map(abs, counts), default=0)
    thousands = 3 * ((len(str(largest)) - 1 + power) // 3)
    texts: list[str] = []
    for factor in (0, thousands):
        texts = _written(counts, power - factor, padded)
        if all(len(text) <= ROOM for text in texts):
            return Labels(texts, _times(factor))
    unit = 10 ** len(str(max(counts) - min(counts)))
    offset = min(counts) // unit * unit
    if offset in (0, -unit):
        return Labels(texts, _times(thousands))
    rest = labels_of([count - offset for count in counts], power, padded=padded)
    return Labels(rest.texts, f"{rest.common} {_added(offset, power)}".strip())


def labels_of_decades(exponents: Sequence[int]) -> Labels:
    """Return the labels of powers of ten: 10⁻⁷, 0.01, 100."""
    return Labels([_decade(exponent) for exponent in exponents])


def level_text(value: float, step: float, spare: int = 0) -> str:
    """Return a number that stands alone, unlike one a step away: 0.25, 4 × 10⁹."""
    return with_power(text_in_steps(value, step, spare))


def with_power(text: str) -> str:
    """Return a number's text with its power of ten as axes have it."""
    mantissa, _, power = text.partition("e")
    return f"{mantissa} {TIMES} 10{in_superscript(power)}" if power else mantissa


def _decade(exponent: int) -> str:
    if abs(exponent) <= WRITTEN_OUT:
        return _written([1], exponent, padded=True)[0]
    return f"10{in_superscript(exponent)}"


def _times(factor: int) -> str:
    return f"{TIMES} 10{in_superscript(factor)}" if factor else ""


def _added(offset: int, power: int) -> str:
    digits = str(abs(offset)).rstrip("0")
    value = float(f"{abs(offset)}e{power}")
    text = with_power(number_text(value, len(digits), grouped=True))
    return f"{MINUS if offset < 0 else '+'} {text.removeprefix(f'1 {TIMES} ')}"


def _written(counts: Sequence[int], power: int, padded: bool) -> list[str]:
    """Return numbers written out."""
    decimals = max(0, -power)
    wholes = [abs(count) * 10 ** max(0, power) for count in counts]
    comma = "," * any(len(str(whole)) - decimals >= GROUPED_DIGITS for whole in wholes)
    texts = []
    for count, whole in zip(counts, wholes, strict=True):
        before, after = divmod(whole, 10**decimals)
        text = f"{before:{comma}}" + (f".{after:0{decimals}}" if decimals and count else "")
        if not padded and decimals:
            text = text.rstrip("0").rstrip(".") if "." in text else text
        texts.append(MINUS * (count < 0) + text)
    return texts
