"""Updates: how each method's step is explained, and how to know what the method remembers.

To explain a new method, give it a row in `UPDATES`.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.methods import (
    AdaGrad,
    Adam,
    GradientDescent,
    Method,
    Momentum,
    Nesterov,
    RMSProp,
    StepSearch,
)
from gdviz.core.explain.formulas import Constant, Equation, Expression, Root, Symbol

ONE = Constant(1)
RATE = Symbol("learning_rate", "η", setting=True)
COUNT = Symbol("count", "t", setting=True)
MOMENTUM = Symbol("momentum", "μ", setting=True)
ALPHA = Symbol("alpha", "\N{GREEK SMALL LETTER ALPHA}", setting=True)
BETA1 = Symbol("beta1", "β", "1", setting=True)
BETA2 = Symbol("beta2", "β", "2", setting=True)
EPSILON = Symbol("epsilon", "ε", setting=True)
HYPERPARAMETERS = {s.key: s for s in (MOMENTUM, ALPHA, BETA1, BETA2, EPSILON)}
# What a memory has forgotten by this factor is no part of any figure any more.
FORGOTTEN = 1e-18


class Parameter(NamedTuple):
    """The letters of a parameter: of its value, its slope and its next value.

    Attributes
    ----------
    name : {"w", "b"}
    value, slope, new : Symbol
    """

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

    def old(self, memory: "Memory") -> Symbol:
        """Return what the method remembered before this step."""
        return Symbol(memory.key, memory.letter, f"{self.name}, old")

    def now(self, memory: "Memory") -> Symbol:
        """Return what it remembers after it."""
        return Symbol(memory.key, memory.letter, self.name)


class Memory(NamedTuple):
    """A sum of the slopes felt, or of their squares, of which each step keeps a share.

    Attributes
    ----------
    key, letter : str
    power : int
        1 for slopes, 2 for their squares.
    keep, gain : str or None
        Names of hyperparameters: of the old sum `keep` stays, or all; the new slope counts as 1
        minus `gain`, or whole.
    """

    key: str
    letter: str
    power: int
    keep: str | None = None
    gain: str | None = None

    def after(self, method: Method, slopes: NDArray[np.float64]) -> float:
        """Return what is remembered after these slopes, of shape (n,), the first one first."""
        keep = 1.0 if self.keep is None else getattr(method, self.keep)
        gain = 1.0 if self.gain is None else 1.0 - getattr(method, self.gain)
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            if keep < 1:
                slopes = slopes[-_reach(keep) :]
                weights = _weights(keep, 1 << len(slopes).bit_length())[-len(slopes) :]
            else:
                weights = np.ones(len(slopes))
            return float(gain * np.sum(weights * slopes**self.power))


@lru_cache(maxsize=4)
def _weights(keep: float, length: int) -> NDArray[np.float64]:
    """Return how much slopes still count, of shape (length,), the oldest one first."""
    weights: NDArray[np.float64] = keep ** np.arange(length - 1, -1, -1, dtype=np.float64)
    return weights


def _reach(keep: float) -> int:
    """Return how many of the latest slopes still count."""
    return 1 if keep == 0 else int(np.log(FORGOTTEN) / np.log(keep)) + 1


@dataclass(frozen=True)
class Update:
    """How a method's step is explained.

    Attributes
    ----------
    words : str
        The rule in a few sentences.
    equations : callable
        Its equations for a parameter; the last one gives the new value.
    memories : tuple of Memory
        What the method keeps from step to step.
    """

    words: str
    equations: Callable[[Parameter], tuple[Equation, ...]]
    memories: tuple[Memory, ...] = ()


def _plain(p: Parameter) -> tuple[Equation, ...]:
    return (Equation(p.new, p.value - RATE * p.slope),)


VELOCITY = Memory("velocity", "v", 1, keep="momentum")
SUM = Memory("square", "s", 2)
MEAN_SQUARE = Memory("square", "s", 2, keep="alpha", gain="alpha")
ADAM_MEAN = Memory("mean_slope", "m", 1, keep="beta1", gain="beta1")
ADAM_SQUARE = Memory("square", "s", 2, keep="beta2", gain="beta2")


def _momentum(p: Parameter) -> tuple[Equation, ...]:
    velocity = p.now(VELOCITY)
    return (
        Equation(velocity, MOMENTUM * p.old(VELOCITY) + p.slope),
        Equation(p.new, p.value - RATE * velocity),
    )


def _nesterov(p: Parameter) -> tuple[Equation, ...]:
    velocity = p.now(VELOCITY)
    return (
        Equation(velocity, MOMENTUM * p.old(VELOCITY) + p.slope),
        Equation(p.new, p.value - RATE * (p.slope + MOMENTUM * velocity)),
    )


def _squared(expression: Expression) -> Expression:
    return expression ** Constant(2)


def _adagrad(p: Parameter) -> tuple[Equation, ...]:
    square = p.now(SUM)
    return (
        Equation(square, p.old(SUM) + _squared(p.slope)),
        Equation(p.new, p.value - RATE * (p.slope / (Root(square) + EPSILON))),
    )


def _rmsprop(p: Parameter) -> tuple[Equation, ...]:
    square = p.now(MEAN_SQUARE)
    return (
        Equation(square, ALPHA * p.old(MEAN_SQUARE) + (ONE - ALPHA) * _squared(p.slope)),
        Equation(p.new, p.value - RATE * (p.slope / (Root(square) + EPSILON))),
    )


def _adam(p: Parameter) -> tuple[Equation, ...]:
    mean, square = p.now(ADAM_MEAN), p.now(ADAM_SQUARE)
    fair_mean = Symbol("corrected_mean", "m", p.name, hat=True)
    fair_square = Symbol("corrected_square", "s", p.name, hat=True)
    return (
        Equation(mean, BETA1 * p.old(ADAM_MEAN) + (ONE - BETA1) * p.slope),
        Equation(square, BETA2 * p.old(ADAM_SQUARE) + (ONE - BETA2) * _squared(p.slope)),
        Equation(fair_mean, mean / (ONE - BETA1**COUNT)),
        Equation(fair_square, square / (ONE - BETA2**COUNT)),
        Equation(p.new, p.value - RATE * (fair_mean / (Root(fair_square) + EPSILON))),
    )


def _search(p: Parameter) -> tuple[Equation, ...]:
    del p
    return ()


RATE_WORDS = "η (“eta”) is the learning rate: how far to step for each unit of slope."
UPDATES: dict[type[Method], Update] = {
    GradientDescent: Update(
        f"Step against the slope: downhill. {RATE_WORDS}",
        _plain,
    ),
    Momentum: Update(
        "The hiker is a heavy ball. Its velocity v keeps the share μ (“mu”) of what it was, and "
        f"adds the slope. The step follows the velocity. {RATE_WORDS}",
        _momentum,
        (VELOCITY,),
    ),
    Nesterov: Update(
        "As with momentum, a velocity v keeps the share μ (“mu”) of what it was and adds the "
        "slope. The step looks ahead: it counts the slope once more, beside what will be left "
        f"of the velocity. {RATE_WORDS}",
        _nesterov,
        (VELOCITY,),
    ),
    AdaGrad: Update(
        "s adds up the squares of all slopes felt so far. The step is divided by its root, so "
        f"steps shrink. ε (“epsilon”) keeps a division by zero away. {RATE_WORDS}",
        _adagrad,
        (SUM,),
    ),
    RMSProp: Update(
        "s is a mean of the squared slopes: it keeps the share "
        "\N{GREEK SMALL LETTER ALPHA} (“alpha”) of what it was. The step is "
        "divided by its root, so steps are of about one size, whatever the slope. ε "
        f"(“epsilon”) keeps a division by zero away. {RATE_WORDS}",
        _rmsprop,
        (MEAN_SQUARE,),
    ),
    Adam: Update(
        "m is a mean of the slopes and s one of their squares: each keeps a share β (“beta”) of "
        "what it was. Both started at 0; the hats correct that by the step number t. ε "
        f"(“epsilon”) keeps a division by zero away. {RATE_WORDS}",
        _adam,
        (ADAM_MEAN, ADAM_SQUARE),
    ),
    StepSearch: Update(
        "Nothing is calculated from the slope. A step of fixed size h is tried each way, and the "
        "first try with a lower loss is taken.",
        _search,
    ),
}


def hyperparameters(method: Method) -> dict[Symbol, float]:
    """Return the letters of a method's hyperparameters and what they are set to."""
    known: Any = [(HYPERPARAMETERS[one.name], getattr(method, one.name)) for one in fields(method)]
    return dict(known)
