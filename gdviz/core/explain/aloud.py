# ruff: noqa: RUF001, RUF002  (signs as the explanations show them)
"""Formulas read aloud: what a screen reader says of one, in words for every sign."""

import re

from gdviz.core.explain.pieces import (
    DOT,
    Fenced,
    Fraction,
    Hat,
    Piece,
    Pieces,
    Radical,
    Script,
    Series,
    Word,
)
from gdviz.core.words.numbers import MINUS

# Screen readers leave out most signs, and read others each in its own way.
SIGNS = {
    "=": "equals", "+": "plus", MINUS: "minus", DOT: "times", "\N{MULTIPLICATION SIGN}": "times",
    "…": "and so on", "∂": "d", "α": "alpha", "β": "beta", "ε": "epsilon", "η": "eta", "μ": "mu",
    "(": "open,", ")": ", close", "∞": "infinity", "?": "unknown",
}  # fmt: skip
POWERS = {"2": "squared", "3": "cubed"}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", f"0123456789{MINUS}")
_PARTS = re.compile(r"[0-9][0-9.,]*[0-9]|[^\W_]+|[^\w\s]|_")


def aloud(pieces: Pieces) -> str:
    """Return a formula as a person reads it to another."""
    said = " ".join(filter(None, map(_said, pieces))).replace(" ,", ",")
    # Between a fraction and what it multiplies there is no sign.
    return re.sub(r"(over \w+) (?=open,|the sum)", r"\1 times ", said)


def signs_aloud(text: str) -> str:
    """Return text with words for its signs: −1.2e−7 is minus 1.2 times 10 to the minus 7."""
    text = re.sub(r"(?<=\d)(?:e|×10)([−\d⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", _power_of_ten, text)
    return " ".join(SIGNS.get(part, part) for part in _PARTS.findall(text))


def _power_of_ten(found: re.Match[str]) -> str:
    return f" times 10 to the {found[1].translate(_RAISED)}"


def _said(piece: Piece) -> str:
    match piece:
        case Word():
            return signs_aloud(piece.text)
        case Hat():
            return f"{_said(piece.base)} hat"
        case Script():
            base, below, above = (aloud(part) for part in (piece.base, piece.below, piece.above))
            raised = POWERS.get(above, f"to the {above}") if above else ""
            if raised and isinstance(piece.base[0], Fenced):
                base = f"{base},"
            return " ".join(filter(None, (base, below.lstrip(", "), raised)))
        case Fraction():
            return f"{_grouped(piece.over)} over {_grouped(piece.under)}"
        case Radical():
            return f"the square root of {_grouped(piece.inside)}"
        case Fenced():
            return _grouped(piece.inside)
        case Series():
            below = re.sub(r"^(\w+) equals", r"\1 from", aloud(piece.below))
            above = f" to {aloud(piece.above)}" if piece.above else ""
            return f"the sum over {below}{above} of"


def _grouped(pieces: Pieces) -> str:
    """Return what belongs together: spoken as such, unless nothing can be taken apart."""
    text = aloud(pieces)
    alone = len(pieces) == 1 or " " not in text
    return text if alone or text.startswith("d ") else f"open, {text}, close"
