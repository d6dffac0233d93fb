"""Method: what every way down has, and how its few lines of Python become what runs."""

import math
import re
import textwrap
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from types import SimpleNamespace
from typing import Any, ClassVar, NamedTuple

from gdviz.core.descent.bowl import Point

# Takes what a step looks at, and gives the step; `next` starts it.
Rule = Generator[Any, Any, None]
# Weight and bias, and the step from there along both.
State = tuple[float, float, float, float]
# The functions of NumPy that an update can use. On single floats Python's own give the same bits
# in a fraction of the time.
FUNCTIONS: dict[str, Callable[..., float]] = {"sqrt": math.sqrt, "maximum": max}
# What formulas call what was remembered before the step.
OLD = "_old"
TEMPLATE = """\
def rule(learning_rate, loss{hyperparameters}):
{memory}
    step = 0.0
    while True:
        {seen} = yield {gives}
{update}
"""


class Letter(NamedTuple):
    """How something is written in formulas, what it is called, and a sentence for a beginner.

    Attributes
    ----------
    key : str
        What rule and formula call it.
    letter, below : str
        What is written, and what is small below its right side.
    """

    key: str
    letter: str
    name: str
    sentence: str
    below: str = ""
    hat: bool = False


def hyperparameter(default: float, low: float, high: float, letter: Letter) -> Any:  # noqa: ANN401
    """Return a field of a method: a number from `low` to just below `high`."""
    meaning = letter.sentence[0].lower() + letter.sentence[1:].rstrip(".")
    known = {"low": low, "high": high, "letter": letter, "meaning": meaning}
    return field(default=default, metadata=known)


@dataclass(frozen=True)
class Method:
    """A way down that looks at each parameter by itself. Its fields are its hyperparameters.

    Attributes
    ----------
    label, source : str
        What it is called, and where it comes from.
    update : str
        The rule: lines that make ``step`` of ``slope``, of ``learning_rate`` and of the
        hyperparameters. They run as they stand, and the program shows them: there slope and step
        can be arrays of one for weight and bias.
    memory : str
        Lines before the loop, for what the update remembers.
    formula : str
        The rule as a textbook writes it, a line for each equation: it makes the ``new`` value of
        a parameter of its ``old`` one. ``t`` counts the steps, and what ends in ``_old`` was
        remembered before this one.
    letters : tuple of Letter
        Of the names in the formula, but for hyperparameters and those just named.
    words : str
        The formula in a few sentences.

    Raises
    ------
    ValueError
        If a hyperparameter is out of its range.
    """

    label: ClassVar[str]
    source: ClassVar[str]
    published_rate: ClassVar[float] = 0.001
    takes_batches: ClassVar[bool] = True
    follows_slope: ClassVar[bool] = True
    memory: ClassVar[str] = ""
    update: ClassVar[str]
    formula: ClassVar[str] = ""
    letters: ClassVar[tuple[Letter, ...]] = ()
    words: ClassVar[str]

    def __post_init__(self) -> None:
        for known in fields(self):
            value = getattr(self, known.name)
            low, high = known.metadata["low"], known.metadata["high"]
            if not low <= value < high:
                raise ValueError(
                    f"{known.name} must be at least {low:g} and less than {high:g}: {value:g}."
                )

    @classmethod
    def remembered(cls) -> tuple[str, ...]:
        """Return the names of what the rule remembers from step to step."""
        names = re.findall(r"\w+", cls.formula)
        return tuple(one.key for one in cls.letters if one.key + OLD in names)

    @classmethod
    def lines(cls, with_bias: bool) -> tuple[str, str]:
        """Return `memory` and `update`; the same with bias and without, where they can be."""
        del with_bias
        return cls.memory, cls.update

    def rule(
        self,
        learning_rate: float,
        with_bias: bool = False,
        loss: Callable[..., float] | None = None,
        gives: str = "step",
    ) -> Rule:
        """Return the update as it runs: of one parameter, or of the line if it follows no slope.

        `gives` says which of its names it gives, from the first `next` on; commas make a tuple.
        """
        known = {one.name: getattr(self, one.name) for one in fields(self)}
        kind: Any = type(self)  # which has a hash, whatever mypy makes of dataclasses
        return _compiled(kind, with_bias, gives)(learning_rate, loss, **known)

    def limit(self, curvature: float) -> float:
        """Return the learning rate at which a run starts to diverge; inf if there is none."""
        del curvature
        return math.inf

    def walk(
        self, learning_rate: float, start: Point, with_bias: bool, look: Callable[..., Any]
    ) -> Iterator[State]:
        """Yield the state before each update, without end, in the units descent runs in.

        Parameters
        ----------
        with_bias : bool
            Whether the bias may change, or only the weight.
        look : callable
            What the method sees at a weight and a bias: the slopes along both that the step from
            there follows, those of the next batch if there are batches; or else the loss.
        """
        weight, bias = start
        weight_rule, bias_rule = self.rule(learning_rate), self.rule(learning_rate)
        next(weight_rule)
        next(bias_rule)
        bias_step = 0.0
        while True:
            weight_slope, bias_slope = look(weight, bias)
            weight_step = weight_rule.send(weight_slope)
            if with_bias:
                bias_step = bias_rule.send(bias_slope)
            yield weight, bias, weight_step, bias_step
            weight += weight_step
            bias += bias_step


@cache
def _compiled(kind: type[Method], with_bias: bool, gives: str) -> Callable[..., Rule]:
    """Return the lines of a method as a function, whose arguments are what the lines name."""
    memory, update = kind.lines(with_bias)
    text = TEMPLATE.format(
        hyperparameters="".join(f", {one.name}" for one in fields(kind)),
        memory=textwrap.indent(memory, " " * 4),
        seen="slope" if kind.follows_slope else "here, w, b",
        gives=gives,
        update=textwrap.indent(update, " " * 8),
    )
    # The rows X and Y are known to the loss itself.
    names: dict[str, Any] = {"np": SimpleNamespace(**FUNCTIONS), "X": None, "Y": None}
    exec(compile(text, f"<{kind.__name__}>", "exec"), names)
    rule: Callable[..., Rule] = names["rule"]
    return rule
