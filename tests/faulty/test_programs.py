"""The programs themselves: what is right is the textbook's, in every style; what is wrong shows."""

import re
from itertools import product

import numpy as np
import pytest

from faulty.correct import correct_run
from faulty.loop import FRAMES, SUMS, Loop, Style, program
from faulty.mistakes import MISTAKES
from faulty.printing import FORMATS, a_printing
from faulty.rows import DATA
from faulty.running import printed
from faulty.runs import faulty_run
from gdviz.core.descent.textbook import gradients, loss

X, Y = np.loadtxt(DATA / "pizza.txt", skiprows=1, unpack=True)
RNG = np.random.default_rng(1)
COLUMNS = FORMATS["columns"](RNG, True, ".4f")


@pytest.mark.parametrize("style", list(product(SUMS, FRAMES)), ids="-".join)
def test_right_loop_is_the_textbooks_in_every_style(style):
    text = program(Loop(20, 0.001), Style(*style, "lr"), COLUMNS)
    rows = np.array([line.split() for line in printed(text, X, Y).splitlines()], dtype=float)
    w = b = 0.0
    for i, row in enumerate(rows):
        assert row == pytest.approx([i, w, b, loss(X, Y, w, b)], rel=1e-12)
        w_slope, b_slope = gradients(X, Y, w, b)
        w, b = w - 0.001 * w_slope, b - 0.001 * b_slope
    assert len(rows) == 20


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("with_bias", [True, False])
def test_every_format_prints_the_last_loss_or_weight(name, with_bias):
    printing = a_printing(np.random.default_rng(3), with_bias, name)
    text = program(Loop(201, 0.001, with_bias), Style("mean", "for", "lr"), printing)
    out = printed(text, X, Y)
    assert "Traceback" not in out
    assert re.search(r"\d", out)


@pytest.mark.parametrize("kind", [one.name for one in MISTAKES])
def test_every_mistake_can_be_made_and_is_the_same_again(kind):
    run = faulty_run(5, (kind,))
    assert run.causes == (kind,)
    assert faulty_run(5, (kind,)).text == run.text


def test_right_runs_are_the_same_again():
    assert all(correct_run(seed).text == correct_run(seed).text for seed in range(5))
