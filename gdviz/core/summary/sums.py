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

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

# A sum of x or y counts 2**-UNIT, the smallest double; one of squares or products its square.
UNIT = 1074
# Rounded to the nearest, a digit is at most 2**20, and 2**13 products of two sum up to 2**53.
DIGIT = 21
PIECE = 2**13
# With more of them, rows that reach far below the largest value are summed one by one, instead.
MOST_DIGITS = 12
# Such rows cost a thousand times what the others do: another digit is cheaper than many of them.
FEW = 8
# Below this, a value that was scaled down may have lost bits.
SAFE = 2.0**-900


@dataclass(frozen=True)
class Sums:
    """Exact sums over rows; false without any.

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
        totals = [0] * 5
        for first in range(0, len(x), PIECE):
            rows = slice(first, first + PIECE)
            for parts in _parts(x[rows], y[rows]):
                totals = [total + part for total, part in zip(totals, parts, strict=True)]
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


def _parts(x: Values, y: Values) -> Iterator[tuple[int, ...]]:
    """Yield sums of x, y, xx, xy and yy that add up to those of one piece."""
    matrix = np.empty((2 * MOST_DIGITS + 2, len(x)))
    # A first row of ones: a product with it is a sum.
    matrix[0] = 1.0
    x_count, x_unit, x_left = _split(x, matrix[1:])
    y_count, y_unit, y_left = _split(y, matrix[1 + x_count :])
    digits = matrix[: 1 + x_count + y_count]
    if x_left is not None or y_left is not None:
        left = sorted(set(_indices(x_left)) | set(_indices(y_left)))
        digits[:, left] = 0.0
        for row in left:
            a, b = units_of(float(x[row])), units_of(float(y[row]))
            yield a, b, a * a, a * b, b * b
    # Not of a matrix with itself: for that NumPy calls another routine, ten times as slow.
    x_sums = digits[: 1 + x_count] @ digits[1:].T
    y_sums = digits[1 + x_count :] @ digits[x_count:].T
    x_unit, y_unit = x_unit + UNIT, y_unit + UNIT
    yield (
        _whole(x_sums[:1, :x_count], x_unit),
        _whole(x_sums[:1, x_count:], y_unit),
        _whole(x_sums[1:, :x_count], 2 * x_unit),
        _whole(x_sums[1:, x_count:], x_unit + y_unit),
        _whole(y_sums[:, 1:], 2 * y_unit),
    )


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
        if left <= FEW or count == MOST_DIGITS:
            break
        rest *= 2.0**DIGIT
        unit -= DIGIT
    if lost is not None and lost.any():
        return count, unit, lost | (rest != 0)
    return count, unit, rest != 0 if left else None


def _indices(chosen: NDArray[np.bool_] | None) -> list[int]:
    return [] if chosen is None else np.flatnonzero(chosen).tolist()


def _whole(sums: Values, unit: int) -> int:
    """Return the number whose digits were summed, of which the last one counts ``2**unit``."""
    last = sum(sums.shape) - 2
    total = 0
    for row, values in enumerate(sums.tolist()):
        for column, value in enumerate(values):
            total += int(value) << DIGIT * (last - row - column)
    # Where the last digit reaches below the smallest double, zeros stand there.
    return total << unit if unit >= 0 else total >> -unit


def units_of(value: float) -> int:
    """Return how many of the smallest double a double is."""
    numerator, denominator = value.as_integer_ratio()
    return numerator << UNIT + 1 - denominator.bit_length()
