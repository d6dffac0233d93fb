"""Tries: the steps that step search tried before it took one, and the lines that show them."""

from contextlib import suppress
from typing import NamedTuple

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Row
from gdviz.core.explain.formulas import Line
from gdviz.core.explain.pieces import (
    EQUALS,
    LOSS,
    Fenced,
    Pieces,
    Word,
    as_number,
    exact,
    figure,
    listed,
    sign,
)
from gdviz.core.explain.updates import Parameter
from gdviz.core.words.numbers import MINUS

STEP_SIZE = Word("h", "step_size", "letter")


class Try(NamedTuple):
    """A step that step search tried.

    Attributes
    ----------
    name : {"w", "b"}
        The parameter that it moves.
    way : {1, -1}
    helps : bool
        Whether that is lower.
    """

    name: str
    way: int
    loss: float
    helps: bool


def tries(experiment: Experiment, row: Row) -> tuple[Try, ...]:
    """Return the steps that step search tried at a row, up to the first that helps."""
    bowl, (weight, bias) = experiment.scaled_bowl, experiment.scale.scaled(row)
    here, losses = bowl.loss(weight, bias), list[float]()

    def loss(_x: object, _y: object, w: float, b: float = bias) -> float:
        losses.append(bowl.loss(w, b))
        return losses[-1]

    method, rate = experiment.method, experiment.learning_rate
    rule = method.rule(rate, experiment.with_bias, loss, gives="tries")
    shifts = [shift if experiment.with_bias else (shift, 0.0) for shift in next(rule)]
    with suppress(StopIteration):
        rule.send((here, weight, bias))
    return tuple(
        Try("b" if bias else "w", 1 if weight + bias > 0 else -1, loss, loss < here)
        for (weight, bias), loss in zip(shifts, losses, strict=False)
    )


def search_lines(
    experiment: Experiment, row: Row, parameters: tuple[Parameter, ...]
) -> tuple[Line, ...]:
    """Return a line for every try of step search, and where it leads."""
    here = experiment.scale.scaled(row)
    values = dict(zip("wb", here, strict=True))
    size = Word(exact(experiment.learning_rate), "step_size", "number")
    lines = []
    for one in tries(experiment, row):
        shift = sign(" + " if one.way > 0 else f" {MINUS} ")
        letters, numbers = list[Pieces](), list[Pieces]()
        for p in parameters:
            moves = p.name == one.name
            letters.append((*p.value.pieces(), *(shift, STEP_SIZE) * moves))
            numbers.append((as_number(values[p.name], p.name), *(shift, size) * moves))
        verdict = sign("  lower: taken" if one.helps else "  not lower")
        reached = Word(figure(one.loss), "loss", "result")
        lines.append(Line(
            (LOSS, Fenced(listed(letters))),
            (LOSS, Fenced(listed(numbers)), EQUALS, reached, verdict),
        ))  # fmt: skip
    return (*lines, *_search_results(experiment, row, parameters, here))


def _search_results(
    experiment: Experiment, row: Row, parameters: tuple[Parameter, ...], here: Point
) -> list[Line]:
    tried, lines = tries(experiment, row)[-1], []
    for p, value in zip(parameters, here, strict=False):
        way = tried.way if tried.helps and tried.name == p.name else 0
        moved = value + way * experiment.learning_rate
        shift = sign(f" {MINUS} " if way < 0 else " + ")
        size = exact(experiment.learning_rate) if way else "0"
        numbers = (as_number(value, p.name), shift, Word(size, "step_size", "number"))
        letter = STEP_SIZE if way else sign("0")
        lines.append(Line(
            (*p.new.pieces(), EQUALS, *p.value.pieces(), shift, letter),
            (*p.new.pieces(), EQUALS, *numbers, EQUALS, Word(figure(moved), p.new.key, "result")),
        ))  # fmt: skip
    return lines
