"""Updates: the equations of a method's step, for one parameter."""

from dataclasses import fields
from functools import partial
from typing import Any, NamedTuple

from gdviz.core.descent.method import FUNCTIONS, OLD, Letter, Method
from gdviz.core.explain.formulas import Applied, Equation, Symbol

RATE = Symbol("learning_rate", "η", setting=True)
RATE_WORDS = "η (“eta”) is the learning rate: how far to step for each unit of slope."
COUNT = Symbol("count", "t", setting=True)


class Parameter(NamedTuple):
    """The letters of the parameter w or b: of its value, its slope and its next value."""

    name: str
    value: Symbol
    slope: Symbol
    new: Symbol

    @classmethod
    def of(cls, name: str, scaled: bool = False) -> "Parameter":
        """Return the letters of ``w`` or ``b``; those of a line on z are marked."""
        z = "z" if scaled else ""
        return cls(
            name,
            Symbol(name, name, z),
            Symbol(f"slope_{name}", "g", name),
            Symbol(f"step_{name}", name, f"{z}, new" if z else "new"),
        )


class Update(NamedTuple):
    """A step along one parameter.

    Attributes
    ----------
    equations : tuple of Equation
        The last one gives the new value.
    old : tuple of Symbol
        The letters of what was remembered before the step, in the order of the method's.
    """

    parameter: Parameter
    equations: tuple[Equation, ...]
    old: tuple[Symbol, ...]

    @classmethod
    def of(cls, method: Method, parameter: Parameter) -> "Update":
        """Return the step of a method: its formula, read with symbols for names."""
        names: dict[str, Any] = {
            "old": parameter.value, "new": parameter.new, "slope": parameter.slope,
            "learning_rate": RATE, "t": COUNT,
        }  # fmt: skip
        names |= {symbol.key: symbol for symbol in hyperparameters(method)}
        names |= {name: partial(Applied, name) for name in FUNCTIONS}
        for letter in method.letters:
            names[letter.key] = _symbol(letter, parameter.name)
            names[letter.key + OLD] = _symbol(letter, f"{parameter.name}, old")
        sides = [line.split(" = ") for line in method.formula.splitlines()]
        equations = (Equation(names[left], eval(right, names)) for left, right in sides)
        old = (names[name + OLD] for name in method.remembered())
        return cls(parameter, tuple(equations), tuple(old))


def hyperparameters(method: Method) -> dict[Symbol, float]:
    """Return the letters of a method's hyperparameters and what they are set to."""
    letters: list[Letter] = [one.metadata["letter"] for one in fields(method)]
    return {
        Symbol(one.key, one.letter, one.below, setting=True): getattr(method, one.key)
        for one in letters
    }


def rule_in_words(method: Method) -> str:
    """Return the formula in sentences, with what they all say of the learning rate."""
    return f"{method.words} {RATE_WORDS}" if method.follows_slope else method.words


def _symbol(letter: Letter, below: str) -> Symbol:
    return Symbol(letter.key, letter.letter, below, letter.hat)
