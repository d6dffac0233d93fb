"""Logged: a run that a log tells of, row by row. Nothing is run, and no rule is known of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import (
    DIVERGED_LOSS,
    MOST_ITERATIONS,
    Ending,
    Experiment,
    Outcome,
)
from gdviz.core.descent.method import Method
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.tables.dataset import Dataset

# A run is kept with no more rows of a log than these; a picture has no room for more.
MOST_LOGGED = 10_000

Place = tuple[int, float, float]


@dataclass(frozen=True)
class Logged(Method):
    """Where somebody's own program was, as far as that is known.

    It stands in no list of methods: a log says where a run went, not by which rule it goes on. So
    its run can be kept beside others, but never be the current one.

    Attributes
    ----------
    told : str
        Where it is from, such as ``as printed in log.txt``.
    rows : tuple of tuples of int, float and float
        Iteration, and weight and bias before the update of that number, which are finite.
        Iterations grow, from 0 or later; some may be left out.
    broke_off : int or None
        The iteration from which on weight or bias weren't finite any more.

    Raises
    ------
    ValueError
        If any of that isn't so.
    """

    told: str
    rows: tuple[Place, ...]
    broke_off: int | None = None

    label: ClassVar[str] = "From a log"
    source: ClassVar[str] = "a log"
    takes_batches: ClassVar[bool] = False
    words: ClassVar[str] = "No rule is known: these are the places that a log tells of."

    def __post_init__(self) -> None:
        if not 0 < len(self.rows) <= MOST_LOGGED:
            raise ValueError(
                f"A log has from 1 to {MOST_LOGGED:,} rows, and not {len(self.rows):,}."
            )
        at, *places = self._columns
        if at[0] < 0 or at[-1] > MOST_ITERATIONS or not (np.diff(at) > 0).all():
            raise ValueError(f"A log's iterations must grow, from 0 up to {MOST_ITERATIONS:,}.")
        if not np.isfinite(places).all():
            raise ValueError("A log's weights and biases must be finite.")
        if self.broke_off is not None and self.broke_off <= at[-1]:
            raise ValueError("A log can't break off before its last row.")

    @cached_property
    def _columns(self) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Iterations, weights and biases."""
        at, weight, bias = np.array(self.rows, dtype=np.float64).T
        return at.astype(np.int64), weight, bias

    def experiment(self, dataset: Dataset, with_bias: bool) -> Experiment:
        """Return this run on some data; without the bias all its biases are the same.

        Raises
        ------
        ValueError
            If that bias is too large for the data.
        """
        start, last = Point(*self.rows[0][1:]), self.rows[-1][0]
        return Experiment(dataset, last, with_bias=with_bias, start=start, method=self)

    def past(self, experiment: Experiment) -> tuple[Record, Outcome]:
        """Return the record of a run of this, its losses those of the data, and how it ended.

        A step is known where the next iteration is.
        """
        (at, weight, bias), bowl = self._columns, experiment.bowl
        after = np.append(np.diff(at) == 1, False)
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            loss, gradients = bowl.loss(weight, bias), bowl.gradient(weight, bias)
            steps = [np.where(after, np.diff(each, append=np.nan), np.nan) for each in
                     (weight, bias)]  # fmt: skip
        rows = np.column_stack((weight, bias, loss, *gradients, *steps))
        beyond = ~((loss <= DIVERGED_LOSS) & np.isfinite(rows[:, :5]).all(axis=1))
        count = int(beyond.argmax()) if beyond.any() else len(rows)
        rows, last = np.asfortranarray(rows[:count]), None
        rows.flags.writeable = False
        if count:
            last = Row(int(at[count - 1]), *rows[-1].tolist())
        diverged = self.broke_off if count == len(at) else int(at[count])
        outcome = Outcome(Ending.LOGGED, int(at[-1]))
        if diverged is not None:
            outcome = Outcome(Ending.DIVERGED, diverged)
        return Record(rows, 1, last, at[:count]), outcome
