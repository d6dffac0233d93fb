"""Summary: everything the program needs of a table of any number of rows; it adds up."""

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.quadratic import Quadratic
from gdviz.core.summary.density import Density, range_of
from gdviz.core.summary.moments import bowl_of, quadratic_of, standardised_bowl_of
from gdviz.core.summary.sample import Sample
from gdviz.core.summary.sums import Sums
from gdviz.core.tables.dataset import LARGEST, SMALLEST
from gdviz.core.tables.faults import LeftOut
from gdviz.core.tables.names import shown_name

Values = NDArray[np.float64]
Range = tuple[float, float]


class FirstRow(NamedTuple):
    """The row with the smallest number."""

    row: int
    x: float
    y: float


@dataclass(frozen=True, eq=False)
class Summary:
    """Sums, ranges, a grid of counts and a sample of rows, none of which grows with the table.

    Those of parts add up to that of the whole, bit for bit the same however it was split and in
    whichever order; `Summary()`, of no rows, changes nothing.

    Attributes
    ----------
    sums : Sums
        What the loss is told from, exact.
    grid : Density, optional
        Where the rows lie; None without any.
    sample : Sample
        Up to 10,000 rows, each as likely as any other.
    first_row : FirstRow, optional
        The row with the smallest number.
    left_out : LeftOut
        What the table lacks; whoever reads sets it, with `dataclasses.replace`.
    """

    sums: Sums = field(default_factory=Sums)
    grid: Density | None = None
    sample: Sample = field(default_factory=Sample)
    first_row: FirstRow | None = None
    left_out: LeftOut = field(default_factory=LeftOut)

    @classmethod
    def of(cls, x: ArrayLike, y: ArrayLike, first_row: int = 0, seed: int = 0) -> "Summary":
        """Return the summary of consecutive rows; of many at once it takes less time than to add.

        Parameters
        ----------
        x, y : array-like of shape (n_rows,)
            Inputs and labels; there may be none.
        first_row : int
            The number of the first of them in the whole table: no two parts share a row.
        seed : int
            What the sample is drawn with, the same for all parts.

        Raises
        ------
        ValueError
            If the columns differ in length, or hold a value that can't be squared.
        """
        x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        if x.ndim != 1 or x.shape != y.shape:
            raise ValueError(
                f"x has the shape {x.shape} and y {y.shape}: a summary needs two columns, "
                "as long as each other."
            )
        if not len(x):
            return cls()
        ranges = _checked_range(x, "x"), _checked_range(y, "y")
        return cls(
            Sums.of(x, y),
            Density.of(x, y, ranges),
            Sample.of(x, y, first_row, seed),
            FirstRow(first_row, float(x[0]), float(y[0])),
        )

    @classmethod
    def empty(cls) -> "Summary":
        """Return the summary of no rows."""
        return cls()

    def check(self, x_name: str = "x", y_name: str = "y") -> None:
        """Tell whether the whole can be a data set: what a part can't know.

        Raises
        ------
        ValueError
            If there are no rows, or all values of a column are too small to be squared.
        """
        _check_size(self.x_range, shown_name(x_name), SMALLEST)
        _check_size(self.y_range, shown_name(y_name), SMALLEST)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.sums.rows

    def __len__(self) -> int:
        return self.rows

    def __bool__(self) -> bool:
        return self.rows > 0

    def __add__(self, other: "Summary") -> "Summary":
        left_out = self.left_out + other.left_out
        return Summary(
            self.sums + other.sums,
            self.grid + other.grid if self.grid and other.grid else self.grid or other.grid,
            self.sample + other.sample,
            min((each.first_row for each in (self, other) if each.first_row), default=None),
            left_out,
        )

    @cached_property
    def bowl(self) -> Bowl:
        """The loss over weight and bias."""
        return bowl_of(self.sums)

    @cached_property
    def quadratic(self) -> Quadratic:
        """The loss over the weight, the bias fixed at 0."""
        return quadratic_of(self.sums)

    def bowl_at(self, bias: float) -> Bowl:
        """Return the loss over the weight, the bias fixed."""
        along = quadratic_of(self.sums.minus(bias)) if bias else self.quadratic
        return Bowl.of_weight(along, bias)

    @cached_property
    def standardised_bowl(self) -> Bowl:
        """The loss over weight and bias with x on a scale of its own, as `Dataset` has it."""
        return standardised_bowl_of(self.sums)

    @cached_property
    def fingerprint(self) -> int:
        """The same for the same rows, for as long as the program runs: where sums are, descent is.

        It isn't that of a `Dataset` of the same rows, whose sums are rounded.
        """
        return hash(self.sums)

    @property
    def x_range(self) -> Range:
        """The least and the largest x."""
        axis = self._grid.x
        return axis.low, axis.high

    @property
    def y_range(self) -> Range:
        """The least and the largest y."""
        axis = self._grid.y
        return axis.low, axis.high

    @property
    def first(self) -> tuple[float, float] | None:
        """The x and y of the row with the smallest number, if there is any."""
        return None if self.first_row is None else self.first_row[1:]

    def density(self, box: tuple[Range, Range], columns: int, rows: int) -> Values:
        """Count the rows in each cell of a picture of a box, of shape (rows, columns), y first.

        Parameters
        ----------
        box : tuple of Range
            The ends of x and of y.
        columns, rows : int
            How many cells the picture has along x and along y: with more than the grid has, the
            rows of a cell of the grid are shared by several.
        """
        return np.zeros((rows, columns)) if not self.grid else self.grid.picture(box, columns, rows)

    @property
    def _grid(self) -> Density:
        if self.grid is None:
            raise ValueError("There are no rows: without any, there is no range.")
        return self.grid


def _checked_range(values: Values, name: str) -> Range:
    low, high = range_of(values)
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError(f"“{name}” holds a value that is no number, or infinite.")
    # Of a part no value is too small: others may be larger.
    _check_size((low, high), name, 0.0)
    return low, high


def _check_size(values: Range, name: str, smallest: float) -> None:
    largest = max(map(abs, values))
    if largest != 0 and not smallest <= largest <= LARGEST:
        raise ValueError(
            f"“{name}” reaches {largest:g}; its squares leave the range of floating point. Give "
            f"it another unit, between {SMALLEST:g} and {LARGEST:g}."
        )
