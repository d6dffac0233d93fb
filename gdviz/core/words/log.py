"""The lines that the lesson's loop prints, for a run of any length."""

from collections.abc import Callable
from dataclasses import dataclass

from gdviz.core.descent.descent import Ending, Experiment, Outcome
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.words.numbers import in_decimals, typed_number

# How numbers are written: in the form of the lesson, told with how many decimals, or in full.
Digits = Callable[[float, int], str]


def in_full(value: float, _: int = 0) -> str:
    """Return all digits of a number."""
    return repr(float(value))


def iteration_line(row: Row, digits: Digits = in_decimals) -> str:
    """Return what the lesson prints before update number ``row.iteration``."""
    return loss_line(row.iteration, row.loss, digits)


def loss_line(iteration: int, loss: float, digits: Digits = in_decimals) -> str:
    """Return the same of an iteration and its loss."""
    return f"Iteration {iteration:4d} => Loss: {digits(loss, 10)}"


def result_line(row: Row, with_bias: bool, digits: Digits = in_decimals) -> str:
    """Return what the lesson prints at the end."""
    bias = f", b={digits(row.bias, 10)}" if with_bias else ""
    return f"w={digits(row.weight, 10)}{bias}"


def scaled_line(experiment: Experiment, row: Row, digits: Digits = in_decimals) -> str:
    """Return the line that descent found on standardised x."""
    scale = experiment.scale
    weight, bias = scale.scaled(row)
    line = f"w={digits(weight, 10)}, b={digits(bias, 10)}"
    return f"On z = (x - {scale.mean:.6g}) / {scale.sd:.6g}: {line}; in units of x:"


def prediction_line(x: float, y: float, digits: Digits = in_decimals) -> str:
    """Return what the lesson prints of a prediction."""
    return f"Prediction: x={typed_number(x)} => y={digits(y, 2)}"


@dataclass(frozen=True, eq=False)
class Log:
    """The lines of a record, made when they are asked for.

    Parameters
    ----------
    experiment : Experiment
        What was asked for: the state after its last iteration is the result, not a line.
    outcome : Outcome or None
        How the run ended; None while it goes on. A divergent run has no result.
    """

    record: Record
    experiment: Experiment
    outcome: Outcome | None

    def __len__(self) -> int:
        return self._n_iterations + self._has_result

    def __getitem__(self, index: int) -> str:
        if index < self._n_iterations:
            return iteration_line(self.record[index])
        return result_line(self.record[-1], self.experiment.with_bias)

    def index(self, iteration: int) -> int:
        """Return the line that belongs to an iteration."""
        return min(self.record.index(iteration), len(self) - 1)

    def iteration(self, index: int) -> int:
        """Return the iteration that a line belongs to."""
        return self.record[min(index, len(self.record) - 1)].iteration

    @property
    def _n_iterations(self) -> int:
        return len(self.record) - (self.record.newest == self.experiment.iterations)

    @property
    def _has_result(self) -> bool:
        return self.outcome is not None and self.outcome.ending is not Ending.DIVERGED
