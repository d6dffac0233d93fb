"""Sums are those of exact fractions, whatever the sizes of the values."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdviz.core.summary.sums import MOST_PIECES, PIECE, UNIT, Sums

quickly = settings(derandomize=True, deadline=None, max_examples=100)
value = st.floats(-1e140, 1e140)
rows = st.lists(st.tuples(value, value), min_size=1, max_size=40)


def exact(x, y):
    """Return the sums of fractions, in units of the smallest double and its square."""
    x, y = ([Fraction(value) for value in column.tolist()] for column in (x, y))
    unit = Fraction(2) ** UNIT
    pairs = list(zip(x, y, strict=True))
    squares = [sum(a * a for a in x), sum(a * b for a, b in pairs), sum(b * b for b in y)]
    return Sums(len(x), sum(x) * unit, sum(y) * unit, *(each * unit**2 for each in squares))


@quickly
@given(rows)
@example([(1e140, 5e-324), (5e-324, 1e140), (-1e-300, 1e-300), (1e140, -1e140)])
@example([(0.0, -0.0)])
@example([(5e-324, 2e-323)])
def test_sums_are_those_of_fractions(rows):
    x, y = np.array(rows).T
    assert Sums.of(x, y) == exact(x, y)


@pytest.mark.parametrize(
    "x",
    [
        np.random.default_rng(0).normal(size=3 * PIECE + 5),
        1e8 + 1e-8 * np.random.default_rng(1).normal(size=PIECE),
        10 ** np.random.default_rng(2).uniform(-3, 3, PIECE),
        10 ** np.random.default_rng(2).uniform(-300, 140, 500),
        # The largest digits there are, all of one sign: their products fill a double.
        np.full(PIECE, 2.0**53 - 1),
        np.full(PIECE, float(int("5" * 13, 16))),
        np.full(PIECE, 1 - 2.0**-53),
        -np.full(PIECE, float(2**20 * (1 + 2**21) + 2**20 - 2**42)),
        np.append(np.zeros(PIECE - 1), 5e-324),
        # Too far apart for digits at the same places.
        np.append(1.0, np.full(PIECE - 1, np.ldexp(2.0**53 - 1, -400))),
    ],
    ids=range(10),
)
def test_whole_pieces_are_exact(x):
    y = x[::-1]
    assert Sums.of(x, y) == exact(x, y)
    assert Sums.of(x, -x) == exact(x, -x)


def test_no_number_of_pieces_is_too_large():
    largest, n = int("5" * 13, 16), MOST_PIECES * PIECE + 3
    values = np.full(n, float(largest))
    whole, square = n * largest << UNIT, n * largest**2 << 2 * UNIT
    assert Sums.of(values, -values) == Sums(n, whole, -whole, square, -square, square)


@quickly
@given(rows, value)
def test_a_bias_is_taken_from_each_label(rows, bias):
    x, y = np.array(rows).T
    n, unit = len(rows), Fraction(2) ** UNIT
    taken = [Fraction(label) - Fraction(bias) for label in y.tolist()]
    sums = Sums.of(x, y).minus(bias)
    assert (sums.rows, sums.x, sums.y) == (n, Sums.of(x, y).x, sum(taken) * unit)
    assert sums.yy == sum(each * each for each in taken) * unit**2
    products = (Fraction(a) * b for a, b in zip(x.tolist(), taken, strict=True))
    assert sums.xy == sum(products) * unit**2


def test_columns_between_others_are_summed_too():
    table = np.random.default_rng(0).normal(size=(PIECE + 3, 5))
    assert Sums.of(table[:, 1], table[:, 3]) == exact(table[:, 1], table[:, 3])


def test_no_rows_have_no_sums():
    assert Sums.of(np.empty(0), np.empty(0)) == Sums()
    assert not Sums()
