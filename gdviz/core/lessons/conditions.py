"""Conditions: when a lesson's task is done, such as ``loss < 100 and stepped >= 3``; and amounts.

A tiny language over a fixed set of named facts. The text is parsed, checked and then walked; it is
never run as Python.
"""

import ast
import itertools
import math
import operator
import warnings
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import SETTINGS, Value
from gdviz.core.lessons.fields import did_you_mean

LONGEST = 300

NUMBER, YES_NO, TEXT = "number", "yes or no", "text"
KINDS: dict[type, str] = {bool: YES_NO, int: NUMBER, float: NUMBER, str: TEXT}
# What a chapter can show or open, and can ask about: what it is to see it.
SEEN = {
    "loss_curve": "the loss curve is shown",
    "landscape": "the landscape is shown",
    "surface": "the surface is shown",
    "along_bias": "the loss curve is that along the bias",
    "directions": "the landscape shows the directions of the valley",
    "equation": "the line's equation stands in the data",
    "fog": "fog hides the loss where the hiker hasn't stood",
    "above_minimum": "the loss history shows the loss above the minimum",
    "triangle": "the tangent has its rise and run",
    "past_steps": "the loss curve shows the steps so far",
    "guesses": "the loss curve shows a dot for each guess, rather than the curve",
    "curvature": "the loss curve says how it curves, and the limit that follows",
    "more_settings": "more settings are open",
    "sweep": "the sweep is open",
    "runs": "the table of runs is open",
    "explain": "the explanation of the step is open",
    "check": "the check of one's own loop is open",
}
# What a chapter can ask about: each fact's kind and meaning.
FACTS = {
    "weight": (NUMBER, "the weight at the iteration that is shown"),
    "bias": (NUMBER, "the bias there"),
    "loss": (NUMBER, "the loss there"),
    "slope": (NUMBER, "the slope along the weight there"),
    "iteration": (NUMBER, "the iteration that is shown"),
    "length": (NUMBER, "the last iteration of the run"),
    **{name: (KINDS[row.kind], row.usage) for name, row in SETTINGS.items()},
    "learning_rate_limit": (NUMBER, "the rate above which the run diverges"),
    "rows": (NUMBER, "how many rows the data have"),
    "best_loss": (NUMBER, "the lowest loss there is for these data and settings"),
    "distance": (NUMBER, "the weight minus the one of the best line"),
    "arrived": (NUMBER,
        "the first iteration of the run whose loss is within a thousandth of the best; infinite if "
        "there is none"),
    "final_loss": (NUMBER, "the loss of the run's last row; infinite until the run has ended"),
    "ended": (YES_NO, "the run is over"),
    "reached": (YES_NO, "it took all its steps"),
    "converged": (YES_NO, "it stopped because the slope was smaller than the tolerance"),
    "settled": (YES_NO, "it stopped because no step went lower"),
    "diverged": (YES_NO, "it ended farther up than it started, or left all bounds"),
    "playing": (YES_NO, "the run is being played"),
    **{name: (YES_NO, meaning) for name, meaning in SEEN.items()},
    "logarithmic": (YES_NO, "the loss history is logarithmic"),
    "kept": (NUMBER, "how many runs are kept"),
    "played": (NUMBER, "how often playing was started since the chapter began"),
    "stepped": (NUMBER, "how often one iteration forward was taken since then"),
    "start_moved": (NUMBER, "how often the start was moved since then"),
    "opened": (NUMBER, "how often other data were opened since then"),
    "edited": (NUMBER, "how often a row was moved, added or deleted since then"),
    "swept": (YES_NO, "a sweep was brought to its end since then"),
    "checked": (TEXT,
        "what the last check of the learner's own loop said since then: agrees, differs, or "
        "nothing"),
    "curvature": (NUMBER, "how strongly the loss curves, along its steepest direction"),
    "condition_number": (NUMBER, "how many times stronger than along the gentlest"),
    "plain_loss": (NUMBER,
        "the final loss of a kept run of plain gradient descent on these data with as many "
        "iterations, the lowest of several; infinite without one"),
    "predicted": (YES_NO, "all predictions of the chapter were made"),
    "given": (NUMBER, "the number that was last typed as an answer; 0 before"),
    "answered": (YES_NO, "a question of the chapter was answered"),
    "answered_right": (YES_NO, "and now all of them were answered right"),
    "solved": (NUMBER, "how many challenges of the chapter are solved"),
}  # fmt: skip
# What the facts of texts are called, and all that they can be.
VALUES: dict[str, tuple[str, Collection[str]]] = {
    "method": ("method", METHODS), "checked": ("result", ("agrees", "differs")),
}  # fmt: skip
Relation = Callable[[Any, Any], bool]
ORDER: dict[type, Relation] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
SAME: dict[type, Relation] = {ast.Eq: operator.eq, ast.NotEq: operator.ne}
ARITHMETIC: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
COMPARE = {**ORDER, **SAME}


class ConditionError(ValueError):
    """A condition that means nothing; the text says why and what would work."""


@dataclass(frozen=True)
class Condition:
    """A question about facts, such as ``abs(slope) < 1 or answered_right``.

    Raises
    ------
    ConditionError
        If the text isn't a condition over `FACTS`.
    """

    text: str
    _tree: ast.expr = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        tree = _parsed(self.text, "condition", "loss < 100 and iteration >= 10")
        if _kind(tree) != YES_NO:
            raise ConditionError(
                f"“{self.text}” is no question with yes or no: compare it with something, "
                "as in “loss < 100”."
            )
        object.__setattr__(self, "_tree", tree)

    @property
    def facts(self) -> set[str]:
        """The names of the facts it asks about."""
        names = {node.id for node in ast.walk(self._tree) if isinstance(node, ast.Name)}
        return names & FACTS.keys()

    def holds(self, fact: Callable[[str], Value]) -> bool:
        """Tell whether it is so; `fact` returns the value of a name in `FACTS`."""
        try:
            return bool(_value(self._tree, fact))
        except (OverflowError, ZeroDivisionError):
            return False


@dataclass(frozen=True)
class Amount:
    """A number made of facts, such as ``20 * weight``.

    Raises
    ------
    ConditionError
        If the text is no number over `FACTS`.
    """

    text: str
    _tree: ast.expr = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        tree = _parsed(self.text, "number", "20 * weight")
        if _kind(tree) != NUMBER:
            raise ConditionError(f"“{self.text}” is no number. One looks like: 20 * weight")
        object.__setattr__(self, "_tree", tree)

    def value(self, fact: Callable[[str], Value]) -> float:
        """Return it now; NaN where it can't be worked out."""
        try:
            return float(_value(self._tree, fact))
        except (OverflowError, ZeroDivisionError):
            return math.nan


def _parsed(text: str, kind: str, example: str) -> ast.expr:
    if len(text) > LONGEST:
        raise ConditionError(f"A {kind} is longer than {LONGEST} characters.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ConditionError(f"“{text}” is no {kind}. One looks like: {example}") from None


def _kind(node: ast.expr) -> str:
    """Return whether a part is a number, a text, or yes or no; raise if it is none of them."""
    match node:
        case ast.Name(id=name):
            return _fact(name)[0]
        case ast.Constant(value=value):
            return _constant_kind(value)
        case ast.BoolOp(values=parts):
            return _all(parts, YES_NO)
        case ast.UnaryOp(op=ast.Not(), operand=part):
            return _all([part], YES_NO)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=part):
            return _all([part], NUMBER)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            return _all([left, right], NUMBER)
        case ast.Call(func=ast.Name(id="abs"), args=[part], keywords=[]):
            return _all([part], NUMBER)
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _comparison_kind([left, *others], ops)
    raise ConditionError(
        f"“{ast.unparse(node)}” can't stand in a condition. What can: facts, numbers, "
        "< <= > >= == !=, and, or, not, + - * / and abs( )."
    )


def _fact(name: str) -> tuple[str, str]:
    if name in FACTS:
        return FACTS[name]
    raise ConditionError(f"There is no fact “{name}”. {did_you_mean(name, FACTS)}")


def _constant_kind(value: object) -> str:
    match value:
        case bool():
            return YES_NO
        case int() | float():
            try:
                if math.isfinite(float(value)):
                    return NUMBER
            except OverflowError:
                pass
            raise ConditionError("A number in the condition is too large.")
        case str():
            return TEXT
    raise ConditionError(f"“{value!r}” can't stand in a condition.")


def _all(parts: list[ast.expr], wanted: str) -> str:
    for part in parts:
        kind = _kind(part)
        if kind != wanted:
            raise ConditionError(f"“{ast.unparse(part)}” is {kind}; here belongs {wanted}.")
    return wanted


def _comparison_kind(parts: list[ast.expr], ops: list[ast.cmpop]) -> str:
    for op in ops:
        if type(op) not in COMPARE:
            raise ConditionError("Compare with < <= > >= == or !=.")
    kind = NUMBER if any(type(op) in ORDER for op in ops) else _kind(parts[0])
    _all(parts, kind)
    if kind == TEXT:
        _all_known(parts)
    return YES_NO


def _all_known(parts: list[ast.expr]) -> None:
    """See that texts are among those that the facts beside them can be."""
    facts = [part.id for part in parts if isinstance(part, ast.Name)] or ["method"]
    for part in parts:
        for what, known in (VALUES[fact] for fact in facts):
            if isinstance(part, ast.Constant) and part.value not in known:
                raise ConditionError(
                    f"There is no {what} “{ast.unparse(part)}”. There are: {', '.join(known)}."
                )


def _value(node: ast.expr, fact: Callable[[str], Value]) -> Value:
    match node:
        case ast.Name(id=name):
            return fact(name)
        case ast.Constant(value=value):
            return float(value) if type(value) is int else value  # type: ignore[return-value]
        case ast.BoolOp(op=op, values=parts):
            values = (_value(part, fact) for part in parts)
            return any(values) if isinstance(op, ast.Or) else all(values)
        case ast.UnaryOp(op=ast.Not(), operand=part):
            return not _value(part, fact)
        case ast.UnaryOp(op=op, operand=part):
            return float(_value(part, fact)) * (-1 if isinstance(op, ast.USub) else 1)
        case ast.BinOp(left=left, op=op, right=right):
            return ARITHMETIC[type(op)](float(_value(left, fact)), float(_value(right, fact)))
        case ast.Call(args=[part]):
            return abs(float(_value(part, fact)))
        case ast.Compare(left=left, ops=ops, comparators=others):
            values = (_value(part, fact) for part in (left, *others))
            # One by one: what comes after the first that isn't so doesn't matter.
            pairs = zip(ops, itertools.pairwise(values), strict=True)
            return all(COMPARE[type(op)](*pair) for op, pair in pairs)
    raise AssertionError(node)  # __post_init__ has refused everything else
