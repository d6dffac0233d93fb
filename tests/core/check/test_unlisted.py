"""Mistakes with a number that no list holds: it is solved for, out of the first rows."""

import numpy as np
import pytest

from gdviz.core.check.diagnosis import Given, diagnose
from gdviz.core.check.logs.reading import read_sheet
from gdviz.core.descent.methods import GradientDescent
from gdviz.core.tables.dataset import Dataset

RNG = np.random.default_rng(3)
X = RNG.normal(2, 3, 30).round(3)
Y = (3 * X + 1 + RNG.normal(size=30)).round(3)
RATE = 0.01
TOLD = Given(RATE, True, GradientDescent(), 0.0, 0.0)


def printed(
    count=60, start=(0.0, 0.0), x=X, y=Y, rate=lambda _: RATE, times=lambda _: 1, size=30,
    kind=np.float64, shows="wbl", every=1, digits=10,
):  # fmt: skip
    """Return what a beginner's loop prints, with something done otherwise."""
    x, y, (w, b), lines = x.astype(kind), y.astype(kind), map(kind, start), []
    for i in range(count):
        loss = np.mean((w * x + b - y) ** 2)
        if i % every == 0:
            said = zip("wbl", ("w", "b", "loss"), (w, b, loss), strict=True)
            parts = (f"{name} {value:.{digits}f}" for sign, name, value in said if sign in shows)
            lines.append(f"epoch {i} {' '.join(parts)}")
        for first in [*range(0, 30, size)] * times(i):
            rows = slice(first, first + size)
            error = w * x[rows] + b - y[rows]
            w_slope, b_slope = 2 * np.mean(error * x[rows]), 2 * np.mean(error)
            w, b = w - kind(rate(i)) * w_slope, b - kind(rate(i)) * b_slope
    return "\n".join(lines)


@pytest.mark.parametrize(("loop", "name", "line"), [
    ({"start": (-3.37, 0.0), "shows": "l"}, "start elsewhere", "-3.37"),
    ({"start": (0.0, 41.9), "shows": "l", "digits": 4}, "bias started elsewhere", "41.9"),
    ({"rate": lambda i: RATE * 0.87**i}, "rate changing", "0.87"),
    ({"rate": lambda i: RATE * 0.87**i, "shows": "l", "digits": 5}, "rate changing", "0.87"),
    ({"rate": lambda i: RATE / (1 + 0.037 * i)}, "rate changing", "0.037"),
    ({"rate": lambda i: RATE * 0.5 ** (i // 17)}, "rate changing", "17"),
    ({"x": X / 3.7}, "column scaled", "3.7"),
    ({"y": Y * 5.5, "shows": "l"}, "column scaled", "5.5"),
    ({"times": lambda i: i != 37}, "step missing", "37"),
    ({"times": lambda i: 1 + (i == 41), "shows": "w"}, "step doubled", "41"),
    ({"size": 13}, "in batches", "13"),
    ({"size": 13, "every": 10}, "in batches", "13"),
])  # fmt: skip
def test_number_is_found(loop, name, line):
    (found,) = diagnose(read_sheet(printed(**loop)).log(), Dataset(X, Y), TOLD).explanations
    assert [cause.name for cause in found.causes] == [name]
    assert line in found.causes[0].wrong


@pytest.mark.parametrize(("loop", "names"), [
    ({"x": X / 3.7, "times": lambda _: 2}, {"column scaled", "step doubled"}),
    ({"rate": lambda i: RATE * 5 * 0.87**i / 50}, {"rate ten times too small", "rate changing"}),
    ({"start": (-3.37, 0.0), "size": 10, "shows": "l"}, {"start elsewhere", "in batches"}),
])  # fmt: skip
def test_number_is_found_beside_another_mistake(loop, names):
    answer = diagnose(read_sheet(printed(**loop)).log(), Dataset(X, Y), TOLD)
    assert names in [{cause.name for cause in one.causes} for one in answer.explanations]


def test_float32_leaves_its_numbers_before_others_do():
    with np.errstate(all="ignore"):
        text = printed(rate=lambda _: 1.0, kind=np.float32)
    assert "inf" in text
    told = Given(1.0, True, GradientDescent(), 0.0, 0.0)
    (found,) = diagnose(read_sheet(text).log(), Dataset(X, Y), told).explanations
    assert [cause.name for cause in found.causes] == ["float32"]
