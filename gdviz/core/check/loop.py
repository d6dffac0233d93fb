"""Loop: a training loop as a choice of lines, each of which a beginner can write otherwise."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.method import Method
from gdviz.core.descent.methods import GradientDescent
from gdviz.core.tables.dataset import LARGEST, SMALLEST, Dataset

Values = NDArray[np.float64]
Columns = tuple[Values, Values]

# What stands before the mean over the rows in a gradient, by how many rows there are, and by how
# many a mean is divided.
SCALES: dict[str, Callable[[int, int], float]] = {
    "2 mean": lambda n, of: 2 * n / of,
    "mean": lambda n, of: n / of,
    "4 mean": lambda n, of: 4 * n / of,
    "half mean": lambda n, of: 0.5 * n / of,
    "2 sum": lambda n, _of: 2.0 * n,
    "sum": lambda n, _of: 1.0 * n,
    "mean / n": lambda n, of: n / of**2,
    "2 mean / n": lambda n, of: 2 * n / of**2,
}

# What is printed as the loss, of the mean squared error and the same numbers.
LOSSES: dict[str, Callable[[Values, int, int], Values]] = {
    "mean": lambda loss, n, of: loss * (n / of),
    "half": lambda loss, n, of: loss * (n / of / 2),
    "sum": lambda loss, n, _of: loss * n,
    "half sum": lambda loss, n, _of: loss * (n / 2),
    "root": lambda loss, n, of: np.sqrt(loss * (n / of)),
    "root of sum": lambda loss, n, _of: np.sqrt(loss * n),
    "root / n": lambda loss, n, of: np.sqrt(loss * n) / of,
    "half root": lambda loss, n, of: np.sqrt(loss * (n / of)) / 2,
    "n - 1": lambda loss, n, _of: loss * (n / np.maximum(n - 1, 1)),
    "n - 2": lambda loss, n, _of: loss * (n / np.maximum(n - 2, 1)),
    "double": lambda loss, n, of: loss * (2 * n / of),
    "floored": lambda loss, n, of: np.floor(loss * (n / of)),
    # These are `OF_SIZES`, of the mean absolute error.
    "absolute": lambda loss, n, of: loss * (n / of),
    "sum of absolutes": lambda loss, n, _of: loss * n,
    "half absolute": lambda loss, n, of: loss * (n / of / 2),
    # And these `OF_ERRORS`, of the mean error.
    "mean error": lambda loss, n, of: loss * (n / of),
    "square of the mean": lambda loss, n, of: (loss * (n / of)) ** 2,
}

OF_SIZES = frozenset(("absolute", "sum of absolutes", "half absolute"))
OF_ERRORS = frozenset(("mean error", "square of the mean"))


def _both(change: Callable[[Values], Values]) -> Callable[[Values, Values], Columns]:
    return lambda x, y: (change(x), change(y))


def _of_x(change: Callable[[Values], Values]) -> Callable[[Values, Values], Columns]:
    return lambda x, y: (change(x), y)


def _of_y(change: Callable[[Values], Values]) -> Callable[[Values, Values], Columns]:
    return lambda x, y: (x, change(y))


def standard(values: Values, ddof: int = 0) -> Values:
    """Return (values - mean) / standard deviation."""
    sd = float(np.std(values, ddof=min(ddof, len(values) - 1)))
    return (values - np.mean(values)) / (sd or 1.0)


def _sample_standard(values: Values) -> Values:
    return standard(values, 1)


def _to_one(values: Values) -> Values:
    shares: Values = (values - values.min()) / (float(np.ptp(values)) or 1.0)
    return shares


def _of_largest(values: Values) -> Values:
    shares: Values = values / (float(np.abs(values).max()) or 1.0)
    return shares


def _centred(values: Values) -> Values:
    return values - np.mean(values)


COLUMNS: dict[str, Callable[[Values, Values], Columns]] = {
    "as they are": lambda x, y: (x, y),
    "swapped": lambda x, y: (y, x),
    "first row lost": lambda x, y: (x[1:], y[1:]),
    "last row lost": lambda x, y: (x[:-1], y[:-1]),
    "header as a row": lambda x, y: (np.append(0.0, x), np.append(0.0, y)),
}
_CHANGES: dict[str, Callable[[Values], Values]] = {
    "standardised": standard,
    "standardised by n - 1": _sample_standard,
    "normalised": _to_one,
    "of its largest": _of_largest,
    "centred": _centred,
    "cut to whole numbers": np.trunc,
}
for _factor in (10.0, 100.0, 1000.0):
    _CHANGES[f"* {_factor:g}"] = partial(np.multiply, _factor)
    _CHANGES[f"/ {_factor:g}"] = partial(np.multiply, 1 / _factor)
    _CHANGES[f"// {_factor:g}"] = lambda values, by=_factor: values // by  # type: ignore[misc]
for _name, _change in _CHANGES.items():
    COLUMNS[f"x {_name}"] = _of_x(_change)
    COLUMNS[f"both {_name}"] = _both(_change)
    COLUMNS[f"y {_name}"] = _of_y(_change)


def _changing(columns: str) -> Callable[[Values, Values], Columns]:
    """Return one of `COLUMNS`, or what scales x or y by any factor: "x * 3.7"."""
    if columns in COLUMNS:
        return COLUMNS[columns]
    which, sign, by = columns.split()
    factor = float(by) if sign == "*" else 1 / float(by)
    change = partial(np.multiply, factor)
    return _of_x(change) if which == "x" else _of_y(change)


@dataclass(frozen=True)
class Loop:
    """What a loop does; the defaults are right. Equal loops print the same.

    Attributes
    ----------
    rate_factor, bias_rate_factor : of the rate that was meant, and of the bias's beside it
    schedule, decay, every : of `SCHEDULES`: how the rate changes, how much, and how seldom
    columns : of `COLUMNS`: what it takes for the data
    w_scale, b_scale : of `SCALES`: what stands before the sums of the gradient
    w_sign, b_sign : 1, or -1 for a step uphill
    w_by_x, b_by_x : whether the errors are multiplied by x
    gradient_bias, loss_bias : whether the line has its bias where gradient and loss are taken
    new_weight : whether the bias's gradient is taken with the updated weight
    errors : "squared", or "absolute" for a gradient of the absolute errors
    loss : of `LOSSES`
    weights_after, loss_after : whether it prints them after the update
    times : how many updates an iteration makes
    skipped, doubled : the iteration whose update is left out, or made twice; -1: none
    single : float32
    weight_digits, gradient_digits : to how many digits after the point these are rounded
    floored : "mean" or "slope": what of the gradient is divided in whole numbers
    largest : no slope is larger; inf: any
    counted : by how many more than the rows there are a mean is divided
    batch : rows of a batch; 0: all
    order : how an epoch orders the rows; see `batches`
    by_epoch : whether an iteration is an epoch, not a step
    batch_loss : whether it prints the loss of the batch
    unscaled : whether weights are printed in the units of x when x is standardised
    """

    learning_rate: float
    with_bias: bool = False
    start_weight: float = 0.0
    start_bias: float = 0.0
    method: Method = field(default_factory=GradientDescent)
    rate_factor: float = 1.0
    bias_rate_factor: float = 1.0
    schedule: str = ""
    decay: float = 0.0
    every: int = 1
    columns: str = "as they are"
    w_scale: str = "2 mean"
    b_scale: str = "2 mean"
    w_sign: int = 1
    b_sign: int = 1
    w_by_x: bool = True
    b_by_x: bool = False
    gradient_bias: bool = True
    loss_bias: bool = True
    new_weight: bool = False
    errors: str = "squared"
    loss: str = "mean"
    weights_after: bool = False
    loss_after: bool = False
    times: int = 1
    skipped: int = -1
    doubled: int = -1
    single: bool = False
    weight_digits: int | None = None
    gradient_digits: int | None = None
    floored: str = ""
    largest: float = np.inf
    counted: int = 0
    batch: int = 0
    order: str = ""
    seed: int = 0
    by_epoch: bool = True
    batch_loss: bool = False
    unscaled: bool = False

    def scales(self, n_rows: int) -> tuple[float, float]:
        """Return what the means in the gradient are multiplied by, with their signs."""
        of = max(n_rows + self.counted, 1)
        return (
            self.w_sign * SCALES[self.w_scale](n_rows, of),
            self.b_sign * SCALES[self.b_scale](n_rows, of),
        )

    def at_rate(self, learning_rate: float) -> "Loop":
        """Return the same loop at another rate, as there are many to try: copied as it is."""
        new: Loop = object.__new__(Loop)
        vars(new).update(vars(self), learning_rate=learning_rate)
        return new

    @property
    def rates(self) -> tuple[float, float]:
        """The learning rates of weight and bias at first; 0 for a bias that stays."""
        rate = self.learning_rate * self.rate_factor
        return rate, rate * self.bias_rate_factor if self.with_bias else 0.0

    def updates(self, iterations: NDArray[np.int64], after: bool) -> NDArray[np.int64]:
        """Return how many updates have been made when an iteration prints something."""
        made = iterations + after
        if self.skipped >= 0:
            made = made - (made > self.skipped)
        if self.doubled >= 0:
            made = made + (made > self.doubled)
        return np.maximum(made, 0) * self.times


class Means(NamedTuple):
    """Means over the rows that an update looks at.

    Of x², of x, and of what the best line leaves of y: times x, as it is, and squared.
    """

    xx: float
    x: float
    x_left: float
    left: float
    square: float

    def loss(self, weight: float, bias: float) -> float:
        """Return the mean squared error of these rows, of shifts from the best line."""
        return (
            weight * weight * self.xx + bias * bias + self.square
            + 2 * (weight * bias * self.x - weight * self.x_left - bias * self.left)
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Rows:
    """What a loop takes for the data, and the sums over it."""

    x: Values
    y: Values

    def __len__(self) -> int:
        return len(self.x)

    @cached_property
    def bowl(self) -> Bowl:
        """The loss of all lines."""
        return Bowl.of(self.x, self.y)

    @cached_property
    def mean_x(self) -> float:
        """Mean of x."""
        return float(np.mean(self.x))

    @cached_property
    def mean_xx(self) -> float:
        """Mean of x²."""
        return float(np.mean(self.x * self.x))

    @cached_property
    def whole(self) -> Means:
        """The means over all rows."""
        return Means(self.mean_xx, self.mean_x, 0.0, 0.0, self.bowl.minimum)

    @cached_property
    def epochs(self) -> dict[Any, list[Means]]:
        """The batches of first epochs, by order, seed and size; kept by who makes them."""
        return {}

    @cached_property
    def columns(self) -> Values:
        """Those of each row, of shape (n_rows, 5)."""
        best = self.bowl.optimum
        left = self.y - best.weight * self.x - best.bias
        return np.column_stack((self.x * self.x, self.x, self.x * left, left, left * left))

    @cached_property
    def rms_y(self) -> float:
        """Root mean square of y."""
        return float(np.sqrt(np.mean(self.y * self.y)))

    @cached_property
    def largest(self) -> tuple[float, float]:
        """The largest magnitudes of x and y."""
        return float(np.abs(self.x).max()), float(np.abs(self.y).max())


class Data:
    """The rows as they are, and as mistakes change them, each summed up on first use."""

    def __init__(self, dataset: Dataset) -> None:
        self.x, self.y = dataset.x, dataset.y
        self._known: dict[str, Rows | None] = {}

    def __len__(self) -> int:
        return len(self.x)

    def rows(self, columns: str) -> Rows | None:
        """Return what a loop takes for the data; None if there is nothing to descend on."""
        if columns not in self._known:
            self._known[columns] = self._changed(columns)
        return self._known[columns]

    def _changed(self, columns: str) -> Rows | None:
        with np.errstate(all="ignore"):
            x, y = (np.asarray(c, dtype=np.float64) for c in _changing(columns)(self.x, self.y))
        if not len(x) or not _usable(x) or not _usable(y):
            return None
        unchanged: Any = np.array_equal(x, self.x) and np.array_equal(y, self.y)
        return None if unchanged and columns != "as they are" else Rows(x, y)


def _usable(values: Values) -> bool:
    sizes = np.abs(values)
    return bool(np.isfinite(values).all() and sizes.max() < LARGEST
                and sizes[sizes > 0].min(initial=1.0) > SMALLEST)  # fmt: skip
