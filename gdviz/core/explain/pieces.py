"""Pieces: what a formula is made of where it is typeset, and how numbers stand in it."""

from dataclasses import dataclass

from gdviz.core.words.numbers import MINUS, number_text, raised

DOT, THIN = "\N{DOT OPERATOR}", "\N{THIN SPACE}"


@dataclass(frozen=True, slots=True)
class Word:
    """A letter, a number or a sign.

    Attributes
    ----------
    symbol : str
        The key of what it stands for in `SYMBOLS`; empty for signs.
    style : {"letter", "number", "plain", "result"}
        Letters are italic; numbers keep their place while they change.
    """

    text: str
    symbol: str = ""
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class Script:
    """A base with something small below or above its right side."""

    base: "Pieces"
    below: "Pieces" = ()
    above: "Pieces" = ()


@dataclass(frozen=True, slots=True)
class Hat:
    """A letter that wears a hat: ŷ."""

    base: Word


@dataclass(frozen=True, slots=True)
class Fraction:
    """One thing over another."""

    over: "Pieces"
    under: "Pieces"


@dataclass(frozen=True, slots=True)
class Radical:
    """A square root."""

    inside: "Pieces"


@dataclass(frozen=True, slots=True)
class Fenced:
    """Parentheses as tall as what is in them."""

    inside: "Pieces"


@dataclass(frozen=True, slots=True)
class Series:
    """A large sigma with its limits."""

    below: "Pieces"
    above: "Pieces" = ()


Piece = Word | Script | Hat | Fraction | Radical | Fenced | Series
Pieces = tuple[Piece, ...]


def figure(value: float) -> str:
    """Return a number as the explanations show it: five digits, as a textbook writes it."""
    return raised(number_text(value, 5, padded=True))


def exact(value: float) -> str:
    """Return a setting, or a value of the data, in as few digits as say it."""
    return raised(number_text(value))


def sign(text: str) -> Word:
    """Return a sign with its room."""
    return Word(text)


LOSS, EQUALS = Word("L", "loss", "letter"), sign(" = ")


def listed(parts: list[Pieces]) -> Pieces:
    """Return parts with commas between them."""
    return sum(((sign(", "), *part) for part in parts[1:]), parts[0])


def indexed(letter: Piece, index: str) -> Script:
    """Return a letter with the number of a row below, or the letter i for any row."""
    word = letter.base if isinstance(letter, Hat) else letter
    assert isinstance(word, Word)
    style = "letter" if index == "i" else "plain"
    return Script((letter,), (Word(index, word.symbol, style),))


def as_number(value: float, symbol: str) -> Word:
    """Return the value of a symbol."""
    return Word(figure(value), symbol, "number")


def as_factor(value: float, symbol: str, data: bool = False) -> Pieces:
    """Return a number as part of a sum or product: a negative one in parentheses."""
    standardised = symbol == "z"
    text = exact(value) if data and not standardised else figure(value)
    word = Word(text, symbol, "number")
    return (Fenced((word,)),) if text.startswith(MINUS) else (word,)


def sum_of(terms: list[Pieces], count: int) -> Pieces:
    """Return a sum of which only the first two terms and the last are written.

    Its parentheses are signs of their own, so that it can go over to a second line.
    """
    pieces: Pieces = (sign("("), *terms[0])
    for place, term in enumerate(terms[1:], 1):
        if place == 2 and count > 3:
            pieces += (sign(" + …"),)
        pieces += (sign(" + "), *term)
    return (*pieces, sign(")"))
