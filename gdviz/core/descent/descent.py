"""One run: what is asked (Experiment), how it goes (descend) and how it ends (Outcome)."""

import enum
import itertools
import math
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.batches import AT_ONCE, Batches, Orders
from gdviz.core.descent.bowl import Bowl, Point
from gdviz.core.descent.method import Method, State
from gdviz.core.descent.methods import GradientDescent, Momentum, Nesterov
from gdviz.core.descent.quadratic import safe_learning_rate
from gdviz.core.descent.recurrence import linear_rows
from gdviz.core.descent.trajectory import Row, Trajectory
from gdviz.core.descent.unrolled import unrolled
from gdviz.core.tables.dataset import LARGEST, Dataset

DIVERGED_LOSS = 1e300
BLOCK_ROWS = 4096
MOST_ITERATIONS = 1_000_000_000
ORIGIN = Point(0.0, 0.0)
PLAIN = GradientDescent()


@dataclass(frozen=True, eq=False)
class Experiment:
    """Data and settings: everything that decides a run; immutable.

    What each setting means is written in the table `settings`. Without a tolerance a run takes
    all its steps, and without a batch size each step looks at all rows.

    Raises
    ------
    ValueError
        If a setting can't be run.
    """

    dataset: Dataset
    iterations: int = 100
    learning_rate: float = 0.001
    tolerance: float | None = None
    with_bias: bool = False
    start: Point = ORIGIN
    method: Method = PLAIN
    batch_size: int | None = None
    seed: int = 0
    standardise: bool = False

    def __post_init__(self) -> None:
        if self.iterations < 0:
            raise ValueError(f"Iterations can't be negative: {self.iterations}.")
        if not (0 < self.learning_rate < math.inf):
            raise ValueError(f"The learning rate must be above 0 and finite: {self.learning_rate}.")
        if self.tolerance is not None and not (0 < self.tolerance < math.inf):
            raise ValueError(f"The tolerance must be above 0 and finite: {self.tolerance}.")
        if not all(map(math.isfinite, self.start)):
            raise ValueError(f"The start must be finite: {self.start}.")
        # The weight is fitted to y - bias, whose squares have to be numbers like any column's.
        if not self.with_bias and abs(self.start.bias) > LARGEST:
            raise ValueError(
                f"A fixed bias must be between -{LARGEST:g} and {LARGEST:g}: {self.start.bias:g}."
            )
        if self.seed < 0:
            raise ValueError(f"A seed can't be negative: {self.seed}.")
        if self.batch_size is not None and self.batch_size < 1:
            raise ValueError(f"A batch needs at least one row: {self.batch_size}.")
        if self.in_batches and not self.method.takes_batches:
            raise ValueError(f"{self.method.label} looks at all rows: it has no batches.")
        if self.standardise and not self.with_bias:
            raise ValueError("Standardising x needs the bias.")

    @property
    def in_batches(self) -> bool:
        """Whether each step looks at a part of the rows only."""
        return self.batch_size is not None and self.batch_size < len(self.dataset)

    @property
    def scale(self) -> "Scale":
        """What lies between the user's units and those that descent runs in."""
        bowl = self.dataset.bowl
        return Scale(bowl.mean_x, bowl.sd_x or 1.0) if self.standardise else Scale()

    @property
    def bowl(self) -> Bowl:
        """The loss of the lines that the run can reach, in the user's units: what is drawn."""
        if self.with_bias:
            return self.dataset.bowl
        return self.dataset.bowl_at(self.start.bias)

    @property
    def scaled_bowl(self) -> Bowl:
        """The same loss in the units descent runs in.

        The slopes of it are those that steps follow, unless the run has `batches`.
        """
        return self.dataset.standardised_bowl if self.standardise else self.bowl

    @property
    def scaled_data(self) -> Dataset:
        """The rows in the units descent runs in."""
        return self.dataset.standardised if self.standardise else self.dataset

    @property
    def begins_slowly(self) -> bool:
        """Whether even the first step takes longer than a moment: a batch of so many rows."""
        return self.in_batches and len(self.dataset) > AT_ONCE

    def batches(self) -> Batches | None:
        """Return the batches of the run from its first step on; None if it takes all rows."""
        if not self.in_batches:
            return None
        data, near = self.scaled_data, self.scaled_bowl.optimum
        assert self.batch_size is not None
        return Batches(data, near, self.batch_size, self.seed, self._marks)

    def orders(self) -> Orders | None:
        """Return the order of the rows in every epoch; None if the run takes all of them at once.

        What the run itself went through need not be gone through again.
        """
        return Orders(len(self.dataset), self.seed, self._marks) if self.in_batches else None

    @cached_property
    def _marks(self) -> dict[int, Any]:
        return {}

    @property
    def learning_rate_limit(self) -> float:
        """The rate at which a run starts to diverge; inf if there is none to know."""
        return self.method.limit(self.scaled_bowl.curvature)

    @property
    def safe_learning_rate(self) -> float:
        """A rate that works and is worth watching."""
        limit = min(self.learning_rate_limit, PLAIN.limit(self.scaled_bowl.curvature))
        return safe_learning_rate(limit)


@dataclass(frozen=True)
class Scale:
    """z = (x - mean) / sd, both in units of x, and the other numbers the same line has then."""

    mean: float = 0.0
    sd: float = 1.0

    def scaled(self, line: Point | Row) -> Point:
        """Return the weight and bias on z of a line in the user's units."""
        return Point(line.weight * self.sd, line.bias + line.weight * self.mean)

    def unscaled(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return rows in the user's units, of rows on z.

        ``w = w_z / sd`` and ``b = b_z - w mean``; the chain rule gives the gradients.
        """
        if self == Scale():
            return rows
        weight, bias, loss, weight_gradient, bias_gradient, *steps_and_slopes = rows.T
        weight_step, bias_step, *slopes = steps_and_slopes
        # The step of the last row may have left the numbers.
        with np.errstate(over="ignore", invalid="ignore"):
            weight, weight_step = weight / self.sd, weight_step / self.sd
            columns = (
                weight, bias - weight * self.mean, loss,
                self.sd * weight_gradient + self.mean * bias_gradient, bias_gradient,
                weight_step, bias_step - weight_step * self.mean, *slopes,
            )  # fmt: skip
        return np.column_stack(columns)


class Ending(enum.Enum):
    """Why a run ended."""

    REACHED = "reached"
    CONVERGED = "converged"
    SETTLED = "settled"
    DIVERGED = "diverged"
    STOPPED = "stopped"
    LOGGED = "logged"


@dataclass(frozen=True)
class Outcome:
    """How a run ended, and its last recorded iteration, or the first that could not be."""

    ending: Ending
    iteration: int


# Gives rows in blocks, takes how many the next may have, and returns how the run ended.
Blocks = Generator[NDArray[np.float64], int | None, Outcome]


def descend(experiment: Experiment, block_rows: int = BLOCK_ROWS) -> Blocks:
    """Yield the rows of a run in blocks, and return how it ended.

    Row k is the state *before* update k, so a run of n iterations has rows 0 to n.

    Parameters
    ----------
    block_rows : int
        How many rows to compute at a time. Who needs blocks of another size, to share the
        processor fairly, sends it.

    Yields
    ------
    ndarray of shape (n, 7) or (n, 9)
        The columns of a trajectory for the next iterations, in the user's units; none at all where
        a batch is so large that it takes longer than a moment.
    """
    batches = experiment.batches()
    next_rows = _source(experiment, batches)
    first = 0
    while first <= experiment.iterations:
        count = min(max(block_rows, 1), experiment.iterations + 1 - first)
        if batches is not None:
            count = batches.look_ahead(count)
        rows = next_rows(first, count)
        end = _first_end(rows, experiment.tolerance)
        if end is not None:
            ending, kept = end
            yield experiment.scale.unscaled(rows[:kept])
            iteration = first + kept - (ending is Ending.CONVERGED)
            return Outcome(ending, iteration)
        block_rows = (yield experiment.scale.unscaled(rows)) or block_rows
        first += len(rows)
        if len(rows) < count:
            return Outcome(Ending.SETTLED, first - 1)
    return Outcome(Ending.REACHED, experiment.iterations)


def _source(
    experiment: Experiment, batches: Batches | None
) -> Callable[[int, int], NDArray[np.float64]]:
    """Return what gives the rows `first`, `first` + 1, …, so many of them, in descent's units."""
    method, bowl = experiment.method, experiment.scaled_bowl
    start = experiment.scale.scaled(experiment.start)
    if isinstance(method, GradientDescent) and batches is None:
        return partial(method.rows, bowl, start, experiment.learning_rate)
    if isinstance(method, Momentum | Nesterov) and batches is None:
        return linear_rows(method, bowl, start, experiment.learning_rate)
    if method.follows_slope and batches is None:
        states = unrolled(method, bowl, start, experiment.learning_rate, experiment.with_bias)
        return lambda _, count: _rows(bowl, states(count))
    look: Callable[..., Any] = bowl.loss if batches is None else batches.gradient
    walk = method.walk(experiment.learning_rate, start, experiment.with_bias, look)
    if batches is None:
        return lambda _, count: _rows(bowl, _taken(walk, count))
    return lambda _, count: np.hstack((_rows(bowl, _taken(walk, count)), batches.followed()))


def _taken(walk: Iterator[State], count: int) -> NDArray[np.float64]:
    """Return the next states of a walk, of shape (n, 4); fewer where it has ended."""
    states = list(itertools.islice(walk, count))
    return np.array(states, dtype=np.float64).reshape(-1, 4)


def _rows(bowl: Bowl, states: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rows of some states.

    Loss and slopes are those of all rows of the data, whatever the steps follow.
    """
    rows = np.empty((len(states), 7), order="F")
    rows[:, :2], rows[:, 5:] = states[:, :2], states[:, 2:]
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        rows[:, 2] = bowl.loss(rows[:, 0], rows[:, 1])
        rows[:, 3], rows[:, 4] = bowl.gradient(rows[:, 0], rows[:, 1])
    return rows


def _first_end(rows: NDArray[np.float64], tolerance: float | None) -> tuple[Ending, int] | None:
    """Return how a run ends within these rows and how many of them belong to it."""
    # The step that leaves the numbers still belongs to a row within them.
    diverged = ~((rows[:, 2] <= DIVERGED_LOSS) & np.isfinite(rows[:, :5]).all(axis=1))
    ended = diverged
    if tolerance is not None:
        with np.errstate(over="ignore"):
            ended = diverged | (np.hypot(rows[:, 3], rows[:, 4]) < tolerance)
    if not ended.any():
        return None
    index = int(ended.argmax())
    if diverged[index]:
        return Ending.DIVERGED, index
    return Ending.CONVERGED, index + 1


def run(experiment: Experiment) -> tuple[Trajectory, Outcome]:
    """Run an experiment to its end in this thread."""
    trajectory = Trajectory()
    blocks = descend(experiment)
    while True:
        try:
            trajectory.append(next(blocks))
        except StopIteration as end:
            trajectory.fit()
            return trajectory, end.value
