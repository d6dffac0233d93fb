"""Formulas: expressions that can be worked out, and typeset with letters or with numbers."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gdviz.core.words.numbers import MINUS, number_text, raised

DOT, THIN = "\N{DOT OPERATOR}", "\N{THIN SPACE}"


@dataclass(frozen=True, slots=True)
class Word:
    """A letter, a number or a sign.

    Attributes
    ----------
    text : str
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
Values = Mapping["Symbol", float]


def figure(value: float) -> str:
    """Return a number as the explanations show it: five digits, as a textbook writes it."""
    return raised(number_text(value, 5, padded=True))


def exact(value: float) -> str:
    """Return a setting, or a value of the data, in as few digits as say it."""
    return raised(number_text(value))


def sign(text: str) -> Word:
    """Return a sign with its room."""
    return Word(text)


class Expression:
    """Something that has a value and can be typeset; written with Python's own signs."""

    binding = 3

    def value(self, values: Values) -> float:
        """Return what it comes to; not a number where something isn't known."""
        raise NotImplementedError

    def pieces(self, values: Values | None = None) -> Pieces:
        """Return it typeset, with numbers where `values` are given."""
        raise NotImplementedError

    def inside(self, values: Values | None, binding: int) -> Pieces:
        """Return it typeset, in parentheses where a sign beside it would take it apart."""
        pieces = self.pieces(values)
        negative = isinstance(pieces[0], Word) and pieces[0].text.startswith(MINUS)
        return (Fenced(pieces),) if self.binding < binding or negative else pieces

    def __add__(self, other: "Expression") -> "Total":
        return Total(self, "+", other)

    def __sub__(self, other: "Expression") -> "Total":
        return Total(self, MINUS, other)

    def __mul__(self, other: "Expression") -> "Product":
        return Product(self, other)

    def __truediv__(self, other: "Expression") -> "Quotient":
        return Quotient(self, other)

    def __pow__(self, exponent: "Expression") -> "Power":
        return Power(self, exponent)


@dataclass(frozen=True)
class Symbol(Expression):
    """A letter with a name.

    Attributes
    ----------
    key : str
        What it stands for: a key of `SYMBOLS`.
    letter, below : str
        The letter, and what is written small below its right side.
    hat : bool
    setting : bool
        Whether its value was chosen by somebody, and is shown as it was chosen.
    """

    key: str
    letter: str
    below: str = ""
    hat: bool = False
    setting: bool = False

    def value(self, values: Values) -> float:
        """Return its value."""
        return values.get(self, math.nan)

    def pieces(self, values: Values | None = None) -> Pieces:
        """Return the letter, or its number."""
        if values is not None:
            known = self.value(values)
            text = exact(known) if self.setting and math.isfinite(known) else figure(known)
            return (Word(text, self.key, "number"),)
        style = "letter" if len(self.letter) == 1 else "plain"
        letter: Piece = Word(self.letter, self.key, style)
        if self.hat:
            letter = Hat(Word(self.letter, self.key, "letter"))
        if not self.below:
            return (letter,)
        return (Script((letter,), self._index()),)

    def _index(self) -> Pieces:
        """Return what is written below: letters italic, words upright."""
        first, comma, rest = self.below.partition(",")
        style = "letter" if len(first) == 1 else "plain"
        pieces: Pieces = (Word(first, self.key, style),)
        return (*pieces, Word(comma + rest, self.key)) if comma else pieces


@dataclass(frozen=True)
class Constant(Expression):
    """A number that belongs to the formula, such as the 1 of 1 - β."""

    number: int

    def value(self, values: Values) -> float:
        """Return it."""
        del values
        return float(self.number)

    def pieces(self, values: Values | None = None) -> Pieces:
        """Return it."""
        del values
        return (Word(str(self.number)),)


@dataclass(frozen=True)
class Total(Expression):
    """A sum or a difference."""

    left: Expression
    sign: str
    right: Expression
    binding = 1

    def value(self, values: Values) -> float:
        """Return the sum."""
        left, right = self.left.value(values), self.right.value(values)
        return left - right if self.sign == MINUS else left + right

    def pieces(self, values: Values | None = None) -> Pieces:
        """Return both sides and the sign between."""
        right = self.right.inside(values, 2)
        return (*self.left.pieces(values), sign(f" {self.sign} "), *right)


@dataclass(frozen=True)
class Product(Expression):
    """Two factors: letters stand side by side, numbers have a dot between them."""

    left: Expression
    right: Expression
    binding = 2

    def value(self, values: Values) -> float:
        """Return the product."""
        return self.left.value(values) * self.right.value(values)

    def pieces(self, values: Values | None = None) -> Pieces:
        """Return both factors."""
        between = sign(THIN if values is None else f" {DOT} ")
        return (*self.left.inside(values, 2), between, *self.right.inside(values, 2))


@dataclass(frozen=True)
class Quotient(Expression):
    """A fraction."""

    over: Expression
    under: Expression

    def value(self, values: Values) -> float:
        """Return the quotient; not a number where the divisor is 0."""
        under = self.under.value(values)
        return self.over.value(values) / under if under else math.nan

    def pieces(self, values: Values | None = None) -> Pieces:
        """Return one over the other."""
        return (Fraction(self.over.pieces(values), self.under.pieces(values)),)


@dataclass(frozen=True)
class Root(Expression):
    """A square root."""

    under: Expression

    def value(self, values: Values) -> float:
        """Return the root."""
        under = self.under.value(values)
        return math.sqrt(under) if under >= 0 else math.nan

    def pieces(self, values: Values | None = None) -> Pieces:
        """Return it under its sign."""
        return (Radical(self.under.pieces(values)),)


@dataclass(frozen=True)
class Power(Expression):
    """A base and its exponent."""

    base: Expression
    exponent: Expression

    def value(self, values: Values) -> float:
        """Return the power; infinite where it leaves the numbers."""
        try:
            return float(self.base.value(values) ** self.exponent.value(values))
        except OverflowError:
            return math.inf

    def pieces(self, values: Values | None = None) -> Pieces:
        """Return the exponent small and raised."""
        return (Script(self.base.inside(values, 3), (), self.exponent.pieces(values)),)


class Line(NamedTuple):
    """A formula, and the same with the numbers of one step; none where it has no numbers."""

    formula: Pieces
    numbers: Pieces = ()


class Equation(NamedTuple):
    """What something is worth."""

    left: Symbol
    right: Expression

    def line(self, values: Values) -> Line:
        """Return it with letters and with numbers, which end in the left side's value."""
        left, equals = self.left.pieces(), sign(" = ")
        (result,) = self.left.pieces(values)
        assert isinstance(result, Word)
        ending = Word(result.text, result.symbol, "result")
        return Line(
            (*left, equals, *self.right.pieces()),
            (*left, equals, *self.right.pieces(values), equals, ending),
        )
