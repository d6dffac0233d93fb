"""Unrolled: the lines of a method, for weight and bias, as one loop over local floats.

They are the lines that the program shows; nothing of a rule is written here. To run them faster,
what is the same in all steps is computed before the loop, and what is the same for weight and bias
once in a step. Every operation stays where it stood, so the digits are those of `Method.walk`.
"""

import ast
import textwrap
from array import array
from collections.abc import Callable, Generator, Iterator
from dataclasses import fields
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Bowl, Point
from gdviz.core.descent.method import FUNCTIONS, Method

# Takes how many steps to take, and gives the states before them, four numbers each; `next` starts
# it.
Walk = Generator[list[float], int, None]
# The slopes are those of `Bowl.gradient`. No line of a method has names that begin so.
TEMPLATE = """\
def walk(_w, _b, learning_rate{known}):
{before}
    _taken = []
    while True:
        _count = yield _taken
        _taken = []
        _take = _taken.extend
        for _ in range(_count):
            _shift = _w - _optimum_weight
            _across = _sd_x * _shift
            _along = _mean_x * _shift + _unit * (_b - _optimum_bias)
            slope_w = 2 * (_sd_x * _across + _mean_x * _along)
{slope_b}
{update}
            _take((_w, _b, step_w, step_b))
            _w += step_w
{next_b}
"""


def unrolled(
    method: Method, bowl: Bowl, start: Point, learning_rate: float, with_bias: bool
) -> Callable[[int], NDArray[np.float64]]:
    """Return what gives the next states of a run on the whole data, of shape (n, 4).

    The columns are weight and bias before an update, and the step from there along both.
    """
    kind: Any = type(method)
    known = {one.name: getattr(method, one.name) for one in fields(method)}
    ground = {
        "_optimum_weight": bowl.optimum.weight, "_optimum_bias": bowl.optimum.bias,
        "_sd_x": bowl.sd_x, "_mean_x": bowl.mean_x, "_unit": bowl.unit,
    }  # fmt: skip
    walk: Walk = _compiled(kind, with_bias)(*start, learning_rate, **known, **ground)
    next(walk)

    def states(count: int) -> NDArray[np.float64]:
        return np.frombuffer(array("d", walk.send(count)), dtype=np.float64).reshape(-1, 4)

    return states


def source(kind: type[Method], with_bias: bool) -> str:
    """Return the loop as Python."""
    memory, update = (ast.parse(text).body for text in kind.lines(with_bias))
    hyperparameters = [one.name for one in fields(kind)]
    lines = _Lines(memory, update, {"learning_rate", *hyperparameters})
    parameters = "wb" if with_bias else "w"
    before = [*lines.once, *lines.shared_memory]
    before += [line for each in parameters for line in lines.own(lines.memory, each)]
    in_step = lines.in_step
    in_step += [line for each in parameters for line in lines.own(lines.update, each)]
    names = [*hyperparameters, "_optimum_weight", "_optimum_bias", "_sd_x", "_mean_x", "_unit"]
    if not with_bias:
        before.append("step_b = 0.0")
    return TEMPLATE.format(
        known="".join(f", {name}" for name in names),
        before=textwrap.indent("\n".join(before), " " * 4),
        slope_b=" " * 12 + ("slope_b = 2 * _unit * _along" if with_bias else "pass"),
        update=textwrap.indent("\n".join(in_step), " " * 12),
        next_b=" " * 12 + ("_b += step_b" if with_bias else "pass"),
    )


@cache
def _compiled(kind: type[Method], with_bias: bool) -> Callable[..., Walk]:
    names: dict[str, Any] = dict(FUNCTIONS)
    exec(compile(source(kind, with_bias), f"<{kind.__name__} unrolled>", "exec"), names)
    walk: Callable[..., Walk] = names["walk"]
    return walk


class _Lines:
    """The lines of a method, sorted by how often they have to run.

    Attributes
    ----------
    once, shared_memory, in_step : list of str
        Lines before the loop: what no step changes, and what steps change but for all parameters
        alike; and those that a step runs for all parameters at once.
    memory, update : list of ast.stmt
        Lines for each parameter, before the loop and in a step.
    """

    def __init__(self, memory: list[ast.stmt], update: list[ast.stmt], constant: set[str]) -> None:
        self._constant, self._taken = constant, dict[str, str]()
        self._own = _depending([*memory, *update], {"slope", "step"})
        self.once: list[str] = []
        self.in_step: list[str] = []
        self.shared_memory = [ast.unparse(line) for line in memory if not self._own & _names(line)]
        self.memory = [line for line in memory if self._own & _names(line)]
        self.update: list[ast.stmt] = []
        for line in update:
            if not self._own & _names(line):
                self.in_step.append(ast.unparse(_Lifted(None).visit(line)))
            else:
                # What depends on a condition isn't computed before it.
                lift = self._lift if isinstance(line, ast.Assign) else None
                self.update.append(_Lifted(lift).visit(line))

    def own(self, lines: list[ast.stmt], parameter: str) -> Iterator[str]:
        """Yield lines of one parameter, whose names end in it."""
        for line in lines:
            copied = ast.parse(ast.unparse(line)).body[0]
            for node in ast.walk(copied):
                if isinstance(node, ast.Name) and node.id in self._own:
                    node.id = f"{node.id}_{parameter}"
            yield ast.unparse(copied)

    def _lift(self, node: ast.expr) -> ast.expr:
        """Return the name of what has been computed before, if it can be."""
        names = _names(node)
        if not names or names & self._own:
            return node
        where = self.once if names <= self._constant else self.in_step
        text = ast.unparse(node)
        # What a step has changed since is another value.
        if text not in self._taken or where is self.in_step:
            self._taken[text] = f"_known_{len(self.once) + len(self.in_step)}"
            where.append(f"{self._taken[text]} = {text}")
        return ast.Name(self._taken[text], ast.Load())


class _Lifted(ast.NodeTransformer):
    """Replaces the largest operations that can be computed before."""

    def __init__(self, lift: Callable[[ast.expr], ast.expr] | None) -> None:
        self._lift = lift

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Look at a sum, a product or the like."""
        return self._lifted(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        """Look at a sign."""
        return self._lifted(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Call a function by its own name: ``np.sqrt`` is one of `FUNCTIONS`."""
        return ast.Name(node.attr, ast.Load())

    def _lifted(self, node: ast.expr) -> ast.AST:
        lifted = self._lift(node) if self._lift else node
        return lifted if lifted is not node else self.generic_visit(node)


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _depending(lines: list[ast.stmt], own: set[str]) -> set[str]:
    """Return the names whose values differ between parameters: they come of the slope."""
    known = set(own)
    while True:
        more = {
            node.id for line in lines if known & _names(line) for node in ast.walk(line)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }  # fmt: skip
        if more <= known:
            return known
        known |= more
