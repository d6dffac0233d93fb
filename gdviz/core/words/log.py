"""The lines that the lesson's loop prints, for a run of any length."""

from dataclasses import dataclass

from gdviz.core.descent.descent import Ending, Experiment, Outcome
from gdviz.core.descent.trajectory import Record, Row


def iteration_line(row: Row) -> str:
    """Return what the lesson prints before update number ``row.iteration``."""
    return f"Iteration {row.iteration:4d} => Loss: {row.loss:.10f}"


def result_line(row: Row, with_bias: bool) -> str:
    """Return what the lesson prints at the end."""
    return f"w={row.weight:.10f}" + f", b={row.bias:.10f}" * with_bias


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
