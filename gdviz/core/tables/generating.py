"""Generated data: rows with a known secret, to see what a line makes of them."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gdviz.core.tables.dataset import Dataset

MOST_ROWS = 1_000_000
MOST_NOISE = 1e6

# About as large as the numbers of pizza.txt.
LOW_X, HIGH_X = 2.0, 26.0
BIAS, WEIGHT = 8.0, 1.5
CURVATURE = 0.07
# One row in so many is an outlier, and lies so much too high.
ROWS_FOR_AN_OUTLIER = 20
OUTLIER_HEIGHT = 30.0
# Each of two groups falls, and the higher one lies further right: together they rise.
GROUPS = ((2.0, 12.0, 24.0), (16.0, 26.0, 44.0))
GROUP_WEIGHT = -0.8

Numbers = NDArray[np.float64]
Rows = tuple[Numbers, Numbers]


def generate(kind: str, rows: int, noise: float, seed: int) -> Dataset:
    """Return made-up data; the same arguments give the same rows.

    With x even in 2 … 26 and e normal with the standard deviation `noise`:

    - clean: y = 8 + 1.5 x
    - noisy: y = 8 + 1.5 x + e
    - outlier: the same, but one row in 20, at least one, lies 30 + 5 `noise` higher
    - curved: y = 8 + 0.07 x² + e
    - unequal variance: y = 8 + 1.5 x + e x / 14; 14 is the middle of x
    - two groups: x even in 2 … 12 and y = 24 - 0.8 (x - 7) + e for the first half of the rows,
      x even in 16 … 26 and y = 44 - 0.8 (x - 21) + e for the rest

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    rows : int
        How many, from 1.
    noise : float
        The standard deviation of y around what the kind says, in units of y.
    seed : int
        Decides what chance does, from 0.

    Raises
    ------
    ValueError
        If there is no such kind, or a number is out of its range.
    """
    if kind not in _KINDS:
        raise ValueError(f"There is no kind of data “{kind}”. Choose one of {', '.join(KINDS)}.")
    if not 1 <= rows <= MOST_ROWS:
        raise ValueError(f"The number of rows must be between 1 and {MOST_ROWS:,}: {rows}.")
    if not 0 <= noise <= MOST_NOISE:
        raise ValueError(f"The noise must be between 0 and {MOST_NOISE:,.0f}: {noise}.")
    if seed < 0:
        raise ValueError(f"A seed can't be negative: {seed}.")
    x, y = _KINDS[kind](np.random.default_rng(seed), rows, noise)
    return Dataset(x, y, source=kind.capitalize())


def _clean(rng: np.random.Generator, rows: int, noise: float) -> Rows:
    del noise
    x = rng.uniform(LOW_X, HIGH_X, rows)
    return x, BIAS + WEIGHT * x


def _noisy(rng: np.random.Generator, rows: int, noise: float) -> Rows:
    x, y = _clean(rng, rows, noise)
    return x, y + rng.normal(0, noise, rows)


def _outlier(rng: np.random.Generator, rows: int, noise: float) -> Rows:
    x, y = _noisy(rng, rows, noise)
    count = max(1, rows // ROWS_FOR_AN_OUTLIER)
    y[rng.choice(rows, count, replace=False)] += OUTLIER_HEIGHT + 5 * noise
    return x, y


def _curved(rng: np.random.Generator, rows: int, noise: float) -> Rows:
    x = rng.uniform(LOW_X, HIGH_X, rows)
    return x, BIAS + CURVATURE * x**2 + rng.normal(0, noise, rows)


def _unequal(rng: np.random.Generator, rows: int, noise: float) -> Rows:
    x, y = _clean(rng, rows, noise)
    middle = (LOW_X + HIGH_X) / 2
    return x, y + rng.normal(0, noise, rows) * x / middle


def _groups(rng: np.random.Generator, rows: int, noise: float) -> Rows:
    half = math.ceil(rows / 2)
    groups = []
    for (low, high, height), count in zip(GROUPS, (half, rows - half), strict=True):
        x = rng.uniform(low, high, count)
        groups.append((x, height + GROUP_WEIGHT * (x - (low + high) / 2)))
    x, y = np.hstack(groups)
    return x, y + rng.normal(0, noise, rows)


_KINDS: dict[str, Callable[[np.random.Generator, int, float], Rows]] = {
    "clean": _clean,
    "noisy": _noisy,
    "outlier": _outlier,
    "curved": _curved,
    "unequal variance": _unequal,
    "two groups": _groups,
}
KINDS = tuple(_KINDS)
