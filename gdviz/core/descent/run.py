"""Run: an experiment and what has come of it so far."""

import math
from dataclasses import dataclass

from gdviz.core.descent.bowl import Bowl
from gdviz.core.descent.descent import Experiment, Outcome
from gdviz.core.descent.trajectory import Record, Row

# A kept run has a number below this: there are as many looks.
MOST_KEPT = 6


@dataclass(frozen=True)
class Run:
    """A run at one moment, as pictures, tables and files take it.

    Attributes
    ----------
    outcome : Outcome or None
        How it ended; None while it goes on.
    number : int or None
        Of a kept run: the smallest that was free, from 0, which decides its looks. The current
        run has none.
    """

    experiment: Experiment
    record: Record
    outcome: Outcome | None = None
    name: str = "current"
    number: int | None = None
    visible: bool = True

    @property
    def kept(self) -> bool:
        """Whether it stays while the next one moves."""
        return self.number is not None

    def at(self, position: float) -> Row:
        """Return the last row at or before a position, or what is on the way to the next one.

        It is the same for the same position, however one comes there. A step can be walked only
        where both its ends are recorded; elsewhere the row stays until the next one.
        """
        iteration = math.floor(position)
        row, after = self.record.at(iteration), self.record.at(iteration + 1)
        share = position - iteration
        if share == 0 or (row.iteration, after.iteration) != (iteration, iteration + 1):
            return row
        return _between(row, after, share, self.experiment.bowl)


def _between(row: Row, after: Row, share: float, bowl: Bowl) -> Row:
    """Return the place on the straight line from one row to the next, and the loss there."""
    left = 1 - share
    weight = left * row.weight + share * after.weight
    bias = left * row.bias + share * after.bias
    return Row(
        row.iteration, weight, bias, bowl.loss(weight, bias), *bowl.gradient(weight, bias),
        left * row.weight_step, left * row.bias_step,
        row.weight_slope, row.bias_slope, share,
    )  # fmt: skip
