"""Sums: of two columns, their squares and products, exact: any split, any order, the same.

Merging means and centred squares (Chan, Golub and LeVeque, "Updating Formulae and a Pairwise
Algorithm for Computing Sample Variances", 1979) rounds at each merge, so that it depends on how the
rows were split, and loses digits where x varies little around a large mean. A long accumulator
(Kulisch and Miranker, "The Arithmetic of the Digital Computer: A New Approach", SIAM Review 28,
1986) never rounds: a sum is an integer that counts the smallest double, or its square. To be quick,
values are split into digits so short that a dot product of a whole piece is exact in a double (the
splitting is that of Ozaki, Ogita, Oishi and Rump, "Error-free transformations of matrix
multiplication", Numerical Algorithms 59, 2012).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

# A sum of x or y counts 2**-UNIT, the smallest double; one of squares or products its square.
UNIT = 1074
# Rounded to the nearest, a digit is at most 2**20, and 2**13 products of two sum up to 2**53.
DIGIT = 21
PIECE = 2**13
# Rows that reach far below the largest value are summed in another way, which takes ten times as
# long: another digit is cheaper than many of them, up to so many.
MOST_DIGITS = 8
FEW = 1 / 128
LOOK = 128
# The sums of so many pieces are whole numbers of 63 bits.
MOST_PIECES = 2**9
# For those, digits so short that three hold a double and two multiply to less.
FAR_DIGIT = 18
# Below this, a value that was scaled down may have lost bits.
SAFE = 2.0**-900


@dataclass(frozen=True)
class Sums:
    """Exact sums over rows, of every finite double down to the smallest; false without any.

    Attributes
    ----------
    rows : int
        How many there are.
    x, y : int
        The sums of the columns, in units of ``2**-1074``.
    xx, xy, yy : int
        The sums of squares and products, in units of ``2**-2148``.
    """

    rows: int = 0
    x: int = 0
    y: int = 0
    xx: int = 0
    xy: int = 0
    yy: int = 0

    @classmethod
    def of(cls, x: Values, y: Values) -> "Sums":
        """Return the sums over finite columns, both of shape (n_rows,)."""
        totals, far = [0] * 5, [(np.empty(0), np.empty(0))]
        for first in range(0, len(x), MOST_PIECES * PIECE):
            rows = slice(first, first + MOST_PIECES * PIECE)
            totals = _added(totals, _near(x[rows], y[rows], far))
        x_far, y_far = map(np.concatenate, zip(*far, strict=True))
        for first in range(0, len(x_far), PIECE):
            rows = slice(first, first + PIECE)
            totals = _added(totals, _far(x_far[rows], y_far[rows]))
        return cls(len(x), *totals)

    def __bool__(self) -> bool:
        return self.rows > 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.rows + other.rows,
            self.x + other.x,
            self.y + other.y,
            self.xx + other.xx,
            self.xy + other.xy,
            self.yy + other.yy,
        )

    def minus(self, bias: float) -> "Sums":
        """Return the sums of the same rows with `bias` taken from each y."""
        shift = units_of(bias)
        return Sums(
            self.rows,
            self.x,
            self.y - self.rows * shift,
            self.xx,
            self.xy - shift * self.x,
            self.yy - 2 * shift * self.y + self.rows * shift * shift,
        )


def _added(totals: list[int], parts: list[int]) -> list[int]:
    return [total + part for total, part in zip(totals, parts, strict=True)]


def _near(x: Values, y: Values, far: list[tuple[Values, Values]]) -> list[int]:
    """Return the sums of x, y, xx, xy and yy over at most `MOST_PIECES`.

    All rows of a piece have digits at the same places: what reaches far below them is put into
    `far` instead.
    """
    matrix = np.empty((1 + 2 * MOST_DIGITS, min(PIECE, len(x))))
    # A first row of ones: a product with it is a sum.
    matrix[0] = 1.0
    sums: dict[tuple[int, int, int], NDArray[np.int64]] = {}
    for first in range(0, len(x), PIECE):
        x_piece, y_piece = x[first : first + PIECE], y[first : first + PIECE]
        digits = matrix[:, : len(x_piece)]
        places, left = _split(x_piece, y_piece, digits)
        if left is not None:
            digits[1:, left] = 0.0
            far.append((x_piece[left], y_piece[left]))
        used = digits[: 1 + 2 * places[0]]
        products = (used @ used[1:].T).astype(np.int64)
        sums[places] = sums[places] + products if places in sums else products
    totals = [0] * 5
    for (_, x_unit, y_unit), products in sums.items():
        totals = _added(totals, _whole_sums(products, x_unit, y_unit))
    return totals


def _split(
    x: Values, y: Values, digits: Values
) -> tuple[tuple[int, int, int], NDArray[np.bool_] | None]:
    """Split a piece of both columns into digits, whole numbers, the highest first.

    Parameters
    ----------
    digits : ndarray of shape (1 + 2 * MOST_DIGITS, n_rows)
        Takes those of x and y in turns, behind its first row.

    Returns
    -------
    count, x_unit, y_unit : tuple of int
        How many digits there are, and that the last ones count ``2**x_unit`` and ``2**y_unit``.
    left : ndarray of bool, optional
        Which rows, few, have bits that no digit holds.
    """
    rest = np.empty((2, len(x)))
    x_unit, x_lost = _scaled(x, rest[0])
    y_unit, y_lost = _scaled(y, rest[1])
    for count in range(1, MOST_DIGITS + 1):
        highest = digits[2 * count - 1 : 2 * count + 1]
        np.rint(rest, out=highest)
        rest -= highest
        # Most often a look at some of them tells that many have more digits.
        if count == MOST_DIGITS or np.count_nonzero(rest[:, :LOOK]) <= FEW * LOOK:
            more = rest != 0
            left = more[0] | more[1]
            if np.count_nonzero(left) <= FEW * len(x):
                break
        rest *= 2.0**DIGIT
    for lost in (x_lost, y_lost):
        if lost is not None:
            left |= lost
    lower = DIGIT * (count - 1)
    return (count, x_unit - lower, y_unit - lower), left if left.any() else None


def _scaled(values: Values, out: Values) -> tuple[int, NDArray[np.bool_] | None]:
    """Scale values so that the highest digit counts 1.

    Returns
    -------
    unit : int
        A 1 stands for ``2**unit``.
    lost : ndarray of bool, optional
        Which values may have lost bits.
    """
    size = max(float(values.max()), -float(values.min()))
    unit = int(np.frexp(size)[1]) - DIGIT + 1
    if unit > -1000:
        np.multiply(values, 2.0**-unit, out=out)
    else:
        np.ldexp(values, -unit, out=out)
    # Scaling up is exact; down, it isn't for what lies at the other end of the doubles.
    return unit, (np.abs(out) < SAFE) & (values != 0) if unit > 0 else None


def _whole_sums(products: NDArray[np.int64], x_unit: int, y_unit: int) -> list[int]:
    """Return the sums whose digits, those of x and y in turns, were multiplied and summed."""
    x, y, x_unit, y_unit = slice(0, None, 2), slice(1, None, 2), x_unit + UNIT, y_unit + UNIT
    alone, by_x, by_y = products[:1], products[1::2], products[2::2]
    return [
        _whole(alone[:, x], x_unit),
        _whole(alone[:, y], y_unit),
        _whole(by_x[:, x], 2 * x_unit),
        _whole(by_x[:, y], x_unit + y_unit),
        _whole(by_y[:, y], 2 * y_unit),
    ]


def _whole(sums: NDArray[np.int64], unit: int) -> int:
    """Return the number whose digits were summed, of which the last one counts ``2**unit``."""
    last = sum(sums.shape) - 2
    total = 0
    for row, values in enumerate(sums.tolist()):
        for column, value in enumerate(values):
            total += value << DIGIT * (last - row - column)
    # Where the last digit reaches below the smallest double, zeros stand there.
    return total << unit if unit >= 0 else total >> -unit


def _far(x: Values, y: Values) -> list[int]:
    """Return the sums of x, y, xx, xy and yy over at most a piece of rows of any sizes."""
    (a, a_powers), (b, b_powers) = _mantissa(x), _mantissa(y)
    return [
        _by_power([a[0], a[1], a[2]], a_powers + UNIT),
        _by_power([b[0], b[1], b[2]], b_powers + UNIT),
        _by_power(_product(a, a), 2 * a_powers + 2 * UNIT),
        _by_power(_product(a, b), a_powers + b_powers + 2 * UNIT),
        _by_power(_product(b, b), 2 * b_powers + 2 * UNIT),
    ]


def _mantissa(values: Values) -> tuple[list[Values], NDArray[np.int64]]:
    """Return three digits of each value, and which power of two the last of them counts."""
    rest, powers = np.frexp(values)
    digits = []
    for _ in range(3):
        rest = rest * 2.0**FAR_DIGIT
        digits.append(np.trunc(rest))
        rest -= digits[-1]
    return digits, powers.astype(np.int64) - 3 * FAR_DIGIT


def _product(a: list[Values], b: list[Values]) -> list[Values]:
    """Return the five digits of the products of numbers of three."""
    return [
        a[0] * b[0],
        a[0] * b[1] + a[1] * b[0],
        a[0] * b[2] + a[1] * b[1] + a[2] * b[0],
        a[1] * b[2] + a[2] * b[1],
        a[2] * b[2],
    ]


def _by_power(digits: list[Values], powers: NDArray[np.int64]) -> int:
    """Return the sum of numbers, of which the last digit counts a power of two of its own."""
    least, total = int(powers.min()), 0
    for digit in digits:
        sums = np.bincount(powers - least, digit)
        filled = np.flatnonzero(sums)
        total <<= FAR_DIGIT
        for power, value in zip(filled.tolist(), sums[filled].tolist(), strict=True):
            total += int(value) << power
    return total << least if least >= 0 else total >> -least


def units_of(value: float) -> int:
    """Return how many of the smallest double a double is."""
    numerator, denominator = value.as_integer_ratio()
    return numerator << UNIT + 1 - denominator.bit_length()
