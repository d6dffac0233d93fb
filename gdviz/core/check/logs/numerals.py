"""Numerals: the numbers in a text as they were printed, and the text without them."""

import re
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.logs.log import Printed

# What stands in a text for a number, and for a date or time.
NUMBER, STAMP = "\x00", "\x01"
_MINUS = "\N{MINUS SIGN}"
# So many letters are searched at once.
PIECE = 50_000

# Dates, times and a notebook's prompts: their numbers are no columns.
_STAMP = re.compile(
    r"(?<![\w.,])(?:"
    r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?:[T_ ](?=[0-9]{1,2}:[0-9]))?"
    r"|[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{4}"
    r"|[0-9]{1,2}:[0-5][0-9]:[0-5][0-9](?:[.,][0-9]{1,9})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
    r"|[0-9]{2}:[0-5][0-9]"
    r")(?![\w.,]?[0-9])|^(?:In|Out) ?\[[0-9]{1,9}\]:?",
    re.MULTILINE,
)
# A scalar's type around it, as the newer NumPy and PyTorch print it.
_WRAPPED = re.compile(
    r"\b(?:np\.|numpy\.|torch\.|tf\.|jnp\.)?(?:float|int|uint|[tT]ensor|[aA]rray)[0-9_]{0,3}"
    r"\(([^()\[\],\n]{1,60})(?:,[^()\n]{0,200})?\)"
)
# One of a vector's: the bias and the weight.
_ELEMENT = re.compile(r"\b(w|weights?|theta|beta|coef_?|params?|θ|β)\[([01])\]", re.IGNORECASE)
# The sign between the terms of ``y = 2.5 x - 3.1``.
_TERM = re.compile(r"(?<=[xX]) ([-+\u2212]) (?=[0-9.])")
# What would be one number with a comma in it, or with a point.
_COMMA = re.compile(r"(?<![\w.,])[0-9]{1,20},[0-9]{1,40}(?![.,]?[0-9])")
_POINT = re.compile(r"(?<![\w.])[0-9]{0,20}\.[0-9]{1,40}(?![.,]?[0-9])")


_LETTER = re.compile("[a-zA-Z]")
# Half a unit of so many decimals.
_HALVES = [float(f"0.5e-{decimals}") for decimals in range(401)]


def _pattern(whole: str, decimal: str) -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.])((?:(?<![\w.)\]])[+\-\u2212])?"
        rf"(?:(?:{whole}|[0-9]{{1,400}})(?:{decimal}[0-9]{{0,400}})?|{decimal}[0-9]{{1,400}})"
        rf"(?:[eE][+\-\u2212]?[0-9]{{1,4}})?(?!{decimal}?[0-9])"
        r"|(?:(?<!\w)[+\-\u2212])?(?:[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])(?!\w))"
    )


# Thousands are grouped only where nothing else can be meant.
_WITH_POINT = _pattern(r"(?<=[=:] )[1-9][0-9]{0,2}(?:,[0-9]{3}){1,9}(?=\.[0-9])", r"\.")
_WITH_COMMA = _pattern(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,9}(?=,[0-9])", ",")


def taken_apart(text: str) -> tuple[str, list[str]]:
    """Return a text with a `NUMBER` for each number, and the numbers, with a decimal point."""
    is_long = "[2]" in text
    pieces = [_plain(piece, is_long) for piece in _pieces(text)]
    commas = sum(len(_COMMA.findall(piece)) for piece in pieces)
    has_comma = commas > sum(len(_POINT.findall(piece)) for piece in pieces)
    pattern = _WITH_COMMA if has_comma else _WITH_POINT
    shapes, numbers = list[str](), list[str]()
    for piece in pieces:
        parts = pattern.split(piece)
        shapes.append(NUMBER.join(parts[::2]))
        numbers += parts[1::2]
    plain = "\n".join(numbers).replace(_MINUS, "-")
    plain = plain.replace(".", "").replace(",", ".") if has_comma else plain.replace(",", "")
    return "".join(shapes), plain.split("\n") if numbers else []


def _plain(text: str, is_long: bool) -> str:
    """Return a text without what is no number, though it has digits."""
    text = text if is_long else _ELEMENT.sub(r"\1\2", text)
    return _STAMP.sub(STAMP, _WRAPPED.sub(r"\1", _TERM.sub(r" \1", text)))


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in whole lines, a few at a time: a thread that does all at once lets none in."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + PIECE) + 1 or len(text)
        yield text[start:end]
        start = end


def printed(numbers: Iterable[str]) -> Printed:
    """Return numbers with their precision; an empty text is one that isn't said."""
    texts = list(numbers)
    values = np.fromiter((float(text or "nan") for text in texts), float, len(texts))
    if _LETTER.search("".join(texts)):
        halves = [_half_unit(text) for text in texts]
    else:  # as nearly always, and faster
        halves = [_HALVES[len(text) - (text.find(".") + 1 or len(text))] for text in texts]
    said = np.fromiter(map(bool, texts), bool, len(texts))
    return Printed(values, np.array(halves, dtype=float) * said, said)


def _half_unit(text: str) -> float:
    """Return half a unit of a number's last digit."""
    mantissa, _, power = text.lower().partition("e")
    if not mantissa or mantissa[-1].isalpha():
        return 0.0
    decimals = len(mantissa) - (mantissa.find(".") + 1 or len(mantissa))
    return float(f"0.5e{int(power or 0) - decimals}")


def can_count(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which numbers are whole, and not below 0."""
    counts: NDArray[np.bool_] = (values >= 0) & (values == np.floor(values)) & (values < 2**53)
    return counts
