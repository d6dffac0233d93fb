"""KeptRun: what the plots draw of a run that stays while the next one moves."""

from dataclasses import dataclass

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Record
from gdviz.ui.plots.drawing.legend import Entry

SHAPES = ("square", "triangle", "diamond")
DASHES = ([6.0, 2.0], [2.0, 2.0], [8.0, 2.0, 2.0, 2.0])


@dataclass(frozen=True, eq=False)
class KeptRun:
    """A run as the plots see it: its colour, dash and marker come from its number.

    Attributes
    ----------
    number : int
        Counted from 0, in the order in which runs were kept.
    name : str
    experiment : Experiment
    record : Record
    """

    number: int
    name: str
    experiment: Experiment
    record: Record

    @property
    def colour(self) -> str:
        """The name of its colour in a theme."""
        return f"kept {self.number}"

    @property
    def shape(self) -> str:
        """The shape of its marker."""
        return SHAPES[self.number % len(SHAPES)]

    @property
    def dashes(self) -> list[float]:
        """On and off, in widths of the pen."""
        return DASHES[self.number % len(DASHES)]

    @property
    def entry(self) -> Entry:
        """What a legend says of it."""
        return Entry(self.shape, self.colour, self.name)
