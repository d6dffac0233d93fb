"""Formulas: expressions that can be worked out, and typeset with letters or with numbers."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gdviz.core.descent.method import FUNCTIONS
from gdviz.core.explain.pieces import (
    DOT,
    THIN,
    Fenced,
    Fraction,
    Hat,
    Piece,
    Pieces,
    Radical,
    Script,
    Word,
    exact,
    figure,
    listed,
    sign,
)
from gdviz.core.words.numbers import MINUS

Values = Mapping["Symbol", float]


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

    def __add__(self, other: "Expression | int") -> "Total":
        return Total(self, "+", _expression(other))

    def __sub__(self, other: "Expression | int") -> "Total":
        return Total(self, MINUS, _expression(other))

    def __rsub__(self, other: int) -> "Total":
        return Total(Constant(other), MINUS, self)

    def __mul__(self, other: "Expression | int") -> "Product":
        return Product(self, _expression(other))

    def __truediv__(self, other: "Expression | int") -> "Quotient":
        return Quotient(self, _expression(other))

    def __pow__(self, exponent: "Expression | int") -> "Power":
        return Power(self, _expression(exponent))


def _expression(one: "Expression | int") -> Expression:
    return Constant(one) if isinstance(one, int) else one


@dataclass(frozen=True)
class Symbol(Expression):
    """A letter with a name.

    Attributes
    ----------
    key : str
        What it stands for: a key of `SYMBOLS`.
    letter, below : str
        The letter, and what is written small below its right side.
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


class Applied(Expression):
    """One of the `FUNCTIONS` of what stands in its parentheses; a root under its sign."""

    def __init__(self, function: str, *arguments: Expression) -> None:
        self._function, self._arguments = function, arguments

    def value(self, values: Values) -> float:
        """Return what the function makes of them; not a number where it makes nothing."""
        known = [one.value(values) for one in self._arguments]
        try:
            return math.nan if any(map(math.isnan, known)) else FUNCTIONS[self._function](*known)
        except ValueError:
            return math.nan

    def pieces(self, values: Values | None = None) -> Pieces:
        """Return the function's name or sign, and what it is applied to."""
        known = [one.pieces(values) for one in self._arguments]
        if self._function == "sqrt":
            return (Radical(known[0]),)
        return (sign(self._function[:3]), Fenced(listed(known)))


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
