"""Section: the loss of an experiment along one of its parameters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.quadratic import Quadratic
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.geometry.ranges import Range, natural_excess
from gdviz.core.geometry.thinning import first_visits, near

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Section:
    """The bowl of an experiment, cut along one parameter through wherever a run is.

    Attributes
    ----------
    parameter : str
        ``weight`` or ``bias``.
    """

    experiment: Experiment
    parameter: str

    def values(self, record: Record) -> Values:
        """Return the values of the parameter in a run."""
        return record.weight if self.parameter == "weight" else record.bias

    def motion(self, row: Row) -> tuple[float, float, float]:
        """Return value, gradient and step along the parameter."""
        if self.parameter == "weight":
            return row.weight, row.weight_gradient, row.weight_step
        return row.bias, row.bias_gradient, row.bias_step

    def path(self, record: Record, seen: Range, most: int) -> tuple[NDArray[np.int64], Values]:
        """Return so many steps of a run as can be told apart: iterations, and places."""
        values = self.values(record)
        first = first_visits([values], [seen], most)
        return record.iterations_of(first), np.column_stack((values[first], record.loss[first]))

    def steps(self, rows: Values) -> Values:
        """Return from where to where steps went, of shape (n, 2), of the rows of a record."""
        value, step = (0, 5) if self.parameter == "weight" else (1, 6)
        with np.errstate(over="ignore", invalid="ignore"):
            ends: Values = np.column_stack((rows[:, value], rows[:, value] + rows[:, step]))
        return ends[np.isfinite(ends).all(axis=1)]

    def at(self, row: Row) -> Quadratic:
        """Return the loss along the parameter, through the place of a row."""
        dataset, start = self.experiment.dataset, self.experiment.start
        if not self.experiment.with_bias:
            return dataset.bowl.along_weight(start.bias) if start.bias else dataset.quadratic
        if self.parameter == "weight":
            return dataset.bowl.along_weight(row.bias)
        return dataset.bowl.along_bias(row.weight)

    def last_inside(self, record: Record, iteration: int, values: Range, highest: float) -> Row:
        """Return where a run last was among some values and below a loss; else its start."""
        come = slice(record.index(iteration) + 1)
        at, losses = self.values(record)[come], record.loss[come]
        low, high = values
        inside = np.flatnonzero((low <= at) & (at <= high) & (losses <= highest))
        return record[int(inside[-1])] if len(inside) else record[0]

    @property
    def natural(self) -> Quadratic:
        """The loss along the parameter, through the origin."""
        dataset = self.experiment.dataset
        return dataset.quadratic if self.parameter == "weight" else dataset.bowl.along_bias(0.0)

    def near(self, record: Record) -> tuple[Values, Values, Values]:
        """Return value, best value of its slice, and loss, where a run is worth showing."""
        reached, bowl = self.experiment.bowl, self.experiment.dataset.bowl
        rows = near(record, reached.minimum, natural_excess(reached, bowl.minimum))
        weight, bias, loss = rows[:, 0], rows[:, 1], rows[:, 2]
        value = weight if self.parameter == "weight" else bias
        if not self.experiment.with_bias:
            return value, np.full(len(rows), reached.optimum.weight), loss
        best, _ = bowl.best_weight(bias) if self.parameter == "weight" else bowl.best_bias(weight)
        return value, best, loss
