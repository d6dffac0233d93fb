"""Density: how many rows lie where, in cells that grow with the data and add up."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.summary.sums import UNIT, units_of

Values = NDArray[np.float64]
Counts = NDArray[np.int64]
Range = tuple[float, float]

# At most so many cells lie along an axis.
CELLS = 512
# Rows whose cells are told at once stay in the processor's cache; more are counted at once.
PIECE = 2**13
ROWS_AT_ONCE = 2**17


class Axis(NamedTuple):
    """The cells along one axis: cell `i` holds the values from ``i * size`` to below the next.

    The size is the least power of two of which at most `CELLS` cells hold all values, and no
    smaller than the doubles there: it depends on the range alone, so that parts agree in any order.

    Attributes
    ----------
    low, high : float
        The least and the largest value.
    power : int
        The size of a cell is ``2**power``.
    first, last : int
        The numbers of the cells of `low` and `high`.
    """

    low: float
    high: float
    power: int
    first: int
    last: int

    @classmethod
    def over(cls, low: float, high: float) -> "Axis":
        """Return the cells of a range."""
        # Cells of numbers that a double can hold.
        size = max(-low, high)
        finest = max(math.frexp(size)[1] - 52, -UNIT) if size else -UNIT
        # Exact; the next power of two may be needed, for where the cells begin.
        width = (units_of(high) - units_of(low)).bit_length() - UNIT
        power = max(finest, width - CELLS.bit_length())
        while _cell(high, power) - _cell(low, power) >= CELLS:
            power += 1
        return cls(low, high, power, _cell(low, power), _cell(high, power))

    @property
    def length(self) -> int:
        """How many cells there are."""
        return self.last - self.first + 1

    def cells(self, values: Values) -> Values:
        """Return in which cell each value lies, counted from 0, as whole floats."""
        if -1000 < self.power < 1000:
            cells = values * 2.0**-self.power
        else:
            cells = np.ldexp(values, -self.power)
        np.floor(cells, out=cells)
        if self.power > 0 > self.low:
            # What scaling down makes a zero lies below it, nevertheless.
            cells[(cells == 0) & (values < 0)] = -1.0
        cells -= self.first
        return cells

    def joined(self, other: "Axis") -> "Axis":
        """Return the cells of both ranges."""
        return Axis.over(min(self.low, other.low), max(self.high, other.high))

    def shares(self, low: float, high: float, bins: int) -> Values:
        """Return which share of each cell lies in each bin between two ends.

        What is in a cell is taken to be spread evenly over the part of it that holds data.

        Returns
        -------
        ndarray of shape (bins, length)
        """
        starts = np.ldexp(np.arange(self.first, self.last + 1, dtype=float), self.power)
        ends = np.minimum(starts + math.ldexp(1.0, self.power), self.high)
        starts = np.maximum(starts, self.low)
        edges = np.linspace(low, high, bins + 1)[:, np.newaxis]
        overlap = np.minimum(ends, edges[1:]) - np.maximum(starts, edges[:-1])
        widths = ends - starts
        shares: Values = np.maximum(overlap, 0.0) / np.where(widths > 0, widths, 1.0)
        # The last cell may hold the largest value alone, which has a place but no width.
        for cell in np.flatnonzero(widths <= 0).tolist():
            bin_ = int(np.searchsorted(edges[:, 0], starts[cell], side="right")) - 1
            bin_ -= bool(bin_ == bins and starts[cell] == high)
            if 0 <= bin_ < bins:
                shares[bin_, cell] = 1.0
        return shares


@dataclass(frozen=True, eq=False)
class Density:
    """How many rows lie in each cell of a grid.

    Attributes
    ----------
    x, y : Axis
        The cells along both axes.
    counts : ndarray of int64, shape (y.length, x.length)
        How many rows lie in each.
    """

    x: Axis
    y: Axis
    counts: Counts

    @classmethod
    def of(cls, x: Values, y: Values, ranges: tuple[Range, Range] | None = None) -> "Density":
        """Return where rows lie.

        Parameters
        ----------
        x, y : ndarray of shape (n_rows,)
            Finite, and not empty.
        ranges : tuple of Range, optional
            The least and the largest value of both, where they are known.
        """
        x_range, y_range = ranges or (range_of(x), range_of(y))
        across, up = Axis.over(*x_range), Axis.over(*y_range)
        counts = np.zeros(up.length * across.length, dtype=np.int64)
        for first in range(0, len(x), ROWS_AT_ONCE):
            last = min(first + ROWS_AT_ONCE, len(x))
            cells = np.empty(last - first, dtype=np.intp)
            for start in range(first, last, PIECE):
                rows = slice(start, min(start + PIECE, last))
                places = up.cells(y[rows])
                places *= across.length
                places += across.cells(x[rows])
                cells[rows.start - first : rows.stop - first] = places
            counts += np.bincount(cells, minlength=len(counts))
        return cls(across, up, counts.reshape(up.length, -1))

    def __add__(self, other: "Density") -> "Density":
        across, up = self.x.joined(other.x), self.y.joined(other.y)
        counts = np.zeros((up.length, across.length), dtype=np.int64)
        for part in (self, other):
            lines, columns = _places(part.y, up), _places(part.x, across)
            counts[lines, columns] += _merged(
                _merged(part.counts, part.y, up, 0), part.x, across, 1
            )
        return Density(across, up, counts)

    def picture(self, box: tuple[Range, Range], columns: int, rows: int) -> Values:
        """Count the rows in each cell of a picture of a box.

        A cell of the grid that lies in several of the picture is shared by its parts.

        Parameters
        ----------
        box : tuple of Range
            The ends of x and of y.
        columns, rows : int
            How many cells the picture has along x and along y.

        Returns
        -------
        ndarray of shape (rows, columns)
            y first, as `gdviz.core.geometry.thinning.density`.
        """
        across, up = self.x.shares(*box[0], columns), self.y.shares(*box[1], rows)
        counts: Values = up @ self.counts.astype(float) @ across.T
        return counts


def range_of(values: Values) -> Range:
    """Return the least and the largest value of a column that isn't empty."""
    # No zero has a sign: which of two is the lower one would depend on the order of rows.
    return float(values.min()) + 0.0, float(values.max()) + 0.0


def _cell(value: float, power: int) -> int:
    """Return the number of the cell of a value: exact, whatever their sizes."""
    numerator, denominator = value.as_integer_ratio()
    return (
        (numerator << -power) // denominator if power < 0 else numerator // (denominator << power)
    )


def _places(part: Axis, whole: Axis) -> slice:
    """Return which cells of a whole a part has."""
    shift = whole.power - part.power
    return slice((part.first >> shift) - whole.first, (part.last >> shift) - whole.first + 1)


def _merged(counts: Counts, part: Axis, whole: Axis, along: int) -> Counts:
    """Return the counts of a part in the larger cells of a whole."""
    shift = whole.power - part.power
    if shift == 0:
        return counts
    cells = np.arange(part.first, part.last + 1, dtype=np.int64) >> shift
    starts = np.flatnonzero(np.diff(cells, prepend=cells[0] - 1))
    merged: Counts = np.add.reduceat(counts, starts, axis=along)
    return merged
