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
        for first in range(0, len(x), PIECE):
            rows = slice(first, first + PIECE)
            near, left = _near(x[rows], y[rows])
            totals = _added(totals, near)
            if left is not None:
                far.append((x[rows][left], y[rows][left]))
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


def _near(x: Values, y: Values) -> tuple[list[int], NDArray[np.bool_] | None]:
    """Return the sums of x, y, xx, xy and yy over one piece, and which of its rows they lack."""
    matrix = np.empty((2 * MOST_DIGITS + 1, len(x)))
    # A first row of ones: a product with it is a sum.
    matrix[0] = 1.0
    x_count, x_unit, x_left = _split(x, matrix[1:])
    y_count, y_unit, y_left = _split(y, matrix[1 + x_count :])
    digits, left = matrix[: 1 + x_count + y_count], x_left
    if y_left is not None:
        left = y_left if x_left is None else x_left | y_left
    if left is not None:
        digits[:, left] = 0.0
    # Not of a matrix with itself: for that NumPy calls another routine, several times as slow.
    x_sums = digits[: 1 + x_count] @ digits[1:].T
    y_sums = digits[1 + x_count :] @ digits[x_count:].T
    x_unit, y_unit = x_unit + UNIT, y_unit + UNIT
    sums = [
        _whole(x_sums[:1, :x_count], x_unit),
        _whole(x_sums[:1, x_count:], y_unit),
        _whole(x_sums[1:, :x_count], 2 * x_unit),
        _whole(x_sums[1:, x_count:], x_unit + y_unit),
        _whole(y_sums[:, 1:], 2 * y_unit),
    ]
    return sums, left


def _split(values: Values, digits: Values) -> tuple[int, int, NDArray[np.bool_] | None]:
    """Split values into digits, each a row of integers, the highest first.

    Returns
    -------
    count, unit : int
        How many digits there are, and that the last one counts ``2**unit``.
    left : ndarray of bool, optional
        Which values, few, have bits that no digit holds.
    """
    size = max(float(values.max()), -float(values.min()))
    unit = int(np.frexp(size)[1]) - DIGIT + 1
    # Scaling up is exact; down, it isn't for what lies at the other end of the doubles.
    rest = values * 2.0**-unit if unit > -1000 else np.ldexp(values, -unit)
    lost = None
    if unit > 0:
        lost = (np.abs(rest) < SAFE) & (values != 0)
    count = 0
    while True:
        np.rint(rest, out=digits[count])
        rest -= digits[count]
        count += 1
        left = np.count_nonzero(rest)
        if left <= FEW * len(values) or count == MOST_DIGITS:
            break
        rest *= 2.0**DIGIT
        unit -= DIGIT
    if lost is not None and lost.any():
        return count, unit, lost | (rest != 0)
    return count, unit, rest != 0 if left else None


def _whole(sums: Values, unit: int) -> int:
    """Return the number whose digits were summed, of which the last one counts ``2**unit``."""
    last = sum(sums.shape) - 2
    total = 0
    for row, values in enumerate(sums.tolist()):
        for column, value in enumerate(values):
            total += int(value) << DIGIT * (last - row - column)
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
