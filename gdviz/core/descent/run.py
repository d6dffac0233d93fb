"""Run: an experiment and what has come of it so far."""

from dataclasses import dataclass

from gdviz.core.descent.descent import Experiment, Outcome
from gdviz.core.descent.trajectory import Record


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
