"""The lines that are shown are lines that run: each wrong line does what its cause says."""

import io
import textwrap

import numpy as np
import pytest

from gdviz.core.check.causes import USUAL
from gdviz.core.check.families import STEP
from gdviz.core.check.loop import Data, Loop
from gdviz.core.check.replay import replay
from gdviz.core.check.ways import (
    B_SLOPE,
    B_UPDATE,
    COUNT,
    ERROR,
    LOSS,
    METHOD,
    PRINT,
    RATE,
    READ,
    START,
    W_SLOPE,
    W_UPDATE,
    changed,
)  # fmt: skip
from gdviz.core.tables.dataset import Dataset

X, Y = np.array([1.5, 2.0, 4.0, 5.5, 7.0]), np.array([2.0, 3.5, 3.0, 6.0, 8.5])
RIGHT = Loop(0.01, with_bias=True)
BEFORE, INSIDE = [READ, COUNT, START], [
    RATE, ERROR, LOSS, W_SLOPE, B_SLOPE, PRINT, W_UPDATE, B_UPDATE,
]  # fmt: skip
ITERATIONS = 6
NAMES = [mistake.name for mistake in USUAL]


def _shown_whole(mistake):
    """Yield the ways whose lines say everything: no order of rows, no counted step, no search."""
    for way in mistake.ways:
        fields = way.changes.keys()
        whole = way.right != STEP and not fields & {"batch", "single"}
        if whole and (way.right != METHOD or changed(RIGHT, way) != RIGHT):
            yield way


def _program(wrong, right):
    """Return the right program with lines replaced where the last of them stood."""
    gone = right.split("\n")
    wrong = wrong.removeprefix(READ + "\n") if right == READ and "=2" not in wrong else wrong
    known = [line for line in BEFORE + INSIDE if line in gone]
    place = known[-1]
    lines = []
    for line in (*BEFORE, "for i in range(ITERATIONS):", *INSIDE):
        indent = "    " if line in INSIDE else ""
        if line == place:
            kept = [line] if right == READ and "=2" not in wrong else []
            lines += [indent + one for one in [*kept, *wrong.split("\n")]]
        elif line not in gone:
            lines.append(indent + line)
    return "\n".join(lines)


def _run(program, memory=""):
    text = "x y\n" + "".join(f"{x} {y}\n" for x, y in zip(X, Y, strict=True))
    printed = []
    names = {
        "np": np, "file": io.StringIO(text), "ITERATIONS": ITERATIONS, "learning_rate": 0.01,
        "print": lambda *values: printed.append(values),
    }  # fmt: skip
    exec(textwrap.dedent(memory) + "\n" + program, names)
    return np.array(printed)


@pytest.mark.parametrize("mistake", USUAL, ids=NAMES)
def test_wrong_lines_do_what_the_loop_does(mistake):
    for way in _shown_whole(mistake):
        loop = changed(RIGHT, way)
        data = Data(Dataset(X, Y))
        if data.rows(loop.columns) is None or "StepSearch" in type(loop.method).__name__:
            continue
        cause = mistake.cause(way, RIGHT)
        ran = _run(_program(cause.wrong, cause.right), loop.method.memory)
        prints = replay([loop], data, np.arange(ITERATIONS))
        for at, values in enumerate((prints.weight, prints.bias, prints.loss), 1):
            assert ran[:, at] == pytest.approx(values[0], rel=1e-9, abs=1e-12), (way, loop)


def test_names_are_told_apart():
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("mistake", [m for m in USUAL if not m.needs_bias], ids=lambda m: m.name)
def test_who_has_no_bias_is_shown_no_line_of_it(mistake):
    cause = mistake.cause(mistake.ways[0], Loop(0.01))
    assert "b_slope" not in cause.wrong + cause.right or "slope = np.array" in cause.wrong
