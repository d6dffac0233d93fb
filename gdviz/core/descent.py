"""One run: what is asked (Experiment), how it goes (descend) and how it ends (Outcome)."""

import enum
import math
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.core.dataset import Dataset
from gdviz.core.methods import GradientDescent
from gdviz.core.quadratic import Quadratic
from gdviz.core.trajectory import Trajectory

DIVERGED_LOSS = 1e300
BLOCK_ROWS = 4096
MOST_ITERATIONS = 1_000_000_000


@dataclass(frozen=True, eq=False)
class Experiment:
    """Data and settings: everything that decides a run; immutable.

    Parameters
    ----------
    dataset : Dataset
        The rows to fit.
    iterations : int
        How many steps to take at most; the run has one row more.
    learning_rate : float
        How far to step for each unit of slope.
    tolerance : float, optional
        Stop when the slope's magnitude is below this, in units of loss per unit of weight.

    Raises
    ------
    ValueError
        If a setting can't be run.
    """

    dataset: Dataset
    iterations: int = 100
    learning_rate: float = 0.001
    tolerance: float | None = None

    def __post_init__(self) -> None:
        if self.iterations < 0:
            raise ValueError(f"Iterations can't be negative: {self.iterations}.")
        if not (0 < self.learning_rate < math.inf):
            raise ValueError(f"The learning rate must be above 0 and finite: {self.learning_rate}.")
        if self.tolerance is not None and not (0 < self.tolerance < math.inf):
            raise ValueError(f"The tolerance must be above 0 and finite: {self.tolerance}.")

    @property
    def quadratic(self) -> Quadratic:
        """The loss as a parabola."""
        return self.dataset.quadratic

    @property
    def method(self) -> GradientDescent:
        """The update rule."""
        return GradientDescent(self.learning_rate)


class Ending(enum.Enum):
    """Why a run ended."""

    REACHED = "reached"
    CONVERGED = "converged"
    DIVERGED = "diverged"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Attributes
    ----------
    ending : Ending
    iteration : int
        The last recorded iteration; for a divergent run the first one that could not be recorded.
    """

    ending: Ending
    iteration: int


def descend(
    experiment: Experiment, block_rows: int = BLOCK_ROWS
) -> Generator[NDArray[np.float64], int | None, Outcome]:
    """Yield the rows of a run in blocks, and return how it ended.

    Row k is the state *before* update k, so a run of n iterations has rows 0 to n.

    Parameters
    ----------
    experiment : Experiment
        What to run.
    block_rows : int
        How many rows to compute at a time. Who needs blocks of another size, to share the
        processor fairly, sends it.

    Yields
    ------
    ndarray of shape (n, 3)
        Weight, loss and gradient of the next iterations.
    """
    method, quadratic = experiment.method, experiment.quadratic
    first = 0
    while first <= experiment.iterations:
        count = min(block_rows, experiment.iterations + 1 - first)
        rows = method.rows(quadratic, first, count)
        end = _first_end(rows, experiment.tolerance)
        if end is not None:
            ending, kept = end
            yield rows[:kept]
            iteration = first + kept - (ending is Ending.CONVERGED)
            return Outcome(ending, iteration)
        block_rows = (yield rows) or block_rows
        first += count
    return Outcome(Ending.REACHED, experiment.iterations)


def _first_end(rows: NDArray[np.float64], tolerance: float | None) -> tuple[Ending, int] | None:
    """Return how a run ends within these rows and how many of them belong to it."""
    weight, loss, gradient = rows.T
    diverged = ~((loss <= DIVERGED_LOSS) & np.isfinite(weight) & np.isfinite(gradient))
    converged = np.abs(gradient) < tolerance if tolerance is not None else np.zeros_like(diverged)
    ended = diverged | converged
    if not ended.any():
        return None
    index = int(ended.argmax())
    if diverged[index]:
        return Ending.DIVERGED, index
    return Ending.CONVERGED, index + 1


def run(experiment: Experiment) -> tuple[Trajectory, Outcome]:
    """Run an experiment to its end in this thread.

    Returns
    -------
    trajectory : Trajectory
    outcome : Outcome
    """
    trajectory = Trajectory()
    blocks = descend(experiment)
    while True:
        try:
            trajectory.append(next(blocks))
        except StopIteration as end:
            return trajectory, end.value
