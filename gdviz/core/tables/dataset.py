"""Dataset: two columns of numbers, their names, and where they came from.

Of more rows than memory has room for, it holds a sample and the summary of all: the loss and its
slopes count every row, and what has to look at single ones looks at those of the sample.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdviz.core.descent.bowl import Bowl, Point
from gdviz.core.descent.quadratic import PIECE, Quadratic
from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.names import shown_name

if TYPE_CHECKING:
    from gdviz.core.summary.summary import Summary

LARGEST = 1e140
SMALLEST = 1e-140


class Names(NamedTuple):
    """What is shown of the names of columns and source, which can be long and hold anything."""

    x: str
    y: str
    source: str


@dataclass(frozen=True, eq=False)
class Dataset:
    """The rows a line is fitted to; immutable.

    Parameters
    ----------
    x, y : array-like of shape (n_rows,)
        Inputs and labels: finite, and of a size whose square is still a number. They are copied,
        unless nobody can change them.
    x_name, y_name : str
        What the columns are called; `shown` is what becomes axis titles.
    source : str
        Where the rows came from, for titles and messages.
    calendar : Calendar, optional
        What x counts, where it stands for dates or times.
    whole : Summary, optional
        Of all rows, where `x` and `y` are a sample of them.

    Raises
    ------
    ValueError
        If the columns differ in length, are empty, or hold a value that can't be squared.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    x_name: str = "x"
    y_name: str = "y"
    source: str = "data"
    calendar: Calendar | None = None
    whole: "Summary | None" = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "x", _column(self.x, self.x_name))
        object.__setattr__(self, "y", _column(self.y, self.y_name))
        if len(self.x) != len(self.y):
            raise ValueError(
                f"“{self.shown.x}” has {len(self.x)} values and “{self.shown.y}” has "
                f"{len(self.y)}: each x needs one y."
            )

    def __len__(self) -> int:
        """Return how many rows are at hand: of a sample, those that are in it."""
        return len(self.x)

    @property
    def n_rows(self) -> int:
        """How many rows the loss counts."""
        return len(self) if self.whole is None else self.whole.rows

    @cached_property
    def x_range(self) -> tuple[float, float]:
        """The least and the largest x of all rows."""
        return _ends(self.x) if self.whole is None else self.whole.x_range

    @cached_property
    def y_range(self) -> tuple[float, float]:
        """The least and the largest y of all rows."""
        return _ends(self.y) if self.whole is None else self.whole.y_range

    @cached_property
    def shown(self) -> Names:
        """The names as they are shown."""
        return Names(*map(shown_name, (self.x_name, self.y_name, self.source)))

    @property
    def x_counts(self) -> str:
        """What a number of x is: ``date in days since 2024-01-01``, or only the name."""
        name = self.shown.x
        return name if self.calendar is None else f"{name} in {self.calendar.counts}"

    @cached_property
    def quadratic(self) -> Quadratic:
        """The loss over the weight, the bias fixed at 0; summed up once, on first use."""
        return Quadratic.of(self.x, self.y) if self.whole is None else self.whole.quadratic

    @cached_property
    def bowl(self) -> Bowl:
        """The loss over weight and bias; summed up once, on first use."""
        return Bowl.of(self.x, self.y) if self.whole is None else self.whole.bowl

    def bowl_at(self, bias: float) -> Bowl:
        """Return the loss over the weight, the bias fixed; summed up once for each bias."""
        if bias not in self._bowls:
            self._bowls[bias] = self._bowl_at(bias)
        return self._bowls[bias]

    def _bowl_at(self, bias: float) -> Bowl:
        if self.whole is not None:
            return self.whole.bowl_at(bias)
        along = Quadratic.of(self.x, self.y - bias) if bias else self.quadratic
        return Bowl.of_weight(along, bias)

    @cached_property
    def _bowls(self) -> dict[float, Bowl]:
        return {}

    @cached_property
    def fingerprint(self) -> int:
        """The same for the same rows, opened again, for as long as the program runs.

        Where all sums over them are the same, descent is, too; to read all bytes takes longer.
        """
        return hash((self.n_rows, self.bowl))

    @cached_property
    def standardised(self) -> "Dataset":
        """The same rows with x on a scale of its own: (x - mean) / standard deviation."""
        z = self.x - self.bowl.mean_x if self.bowl.sd_x else np.zeros_like(self.x)
        z /= self.bowl.sd_x or 1.0
        z.flags.writeable = False
        return Dataset(z, self.y, f"{self.x_name} (standardised)", self.y_name, self.source)

    @cached_property
    def standardised_bowl(self) -> Bowl:
        """The loss over weight and bias on that scale, told from the one that is summed up."""
        if self.whole is not None:
            return self.whole.standardised_bowl
        sd, mean_y = self.bowl.sd_x, float(np.mean(self.y))
        if sd == 0:
            return Bowl(Point(0.0, mean_y), self.bowl.minimum, 0.0, 0.0)
        # What is left of the mean of x was too small for its digits; a few rows stay in the cache.
        pieces = (self.x[first : first + PIECE] for first in range(0, len(self), PIECE))
        mean_z = sum(float(np.sum(piece - self.bowl.mean_x)) for piece in pieces) / len(self) / sd
        weight = self.bowl.optimum.weight * sd
        return Bowl(Point(weight, mean_y - weight * mean_z), self.bowl.minimum, 1.0, mean_z)


def _ends(column: NDArray[np.float64]) -> tuple[float, float]:
    return float(column.min()), float(column.max())


def _column(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return one column, read-only, or say what is wrong with it."""
    column = np.asarray(values, dtype=np.float64)
    if column.flags.writeable or column.base is not None:
        column = column.copy()
    if column.ndim != 1:
        raise ValueError(
            f"“{shown_name(name)}” must be one column, not an array of shape {column.shape}."
        )
    if column.size == 0:
        raise ValueError(f"“{shown_name(name)}” needs at least one row of numbers.")
    largest = max(float(column.max()), -float(column.min()))
    if not math.isfinite(largest):
        raise ValueError(f"“{shown_name(name)}” holds a value that is no number, or infinite.")
    if not (largest == 0 or SMALLEST <= largest <= LARGEST):
        raise ValueError(
            f"“{shown_name(name)}” reaches {largest:g}; its squares leave the range of floating "
            f"point. Give it another unit, between {SMALLEST:g} and {LARGEST:g}."
        )
    column.flags.writeable = False
    return column
