"""Looks: what tells runs apart in plots, legends and tables."""

from typing import NamedTuple

from gdviz.core.descent.run import Run
from gdviz.ui.plots.drawing.legend import Entry

# As many as there are colours: no two of six runs share one.
SHAPES = ("square", "triangle", "diamond", "wedge", "star", "hourglass")
DASHES = (
    [6.0, 2.0], [2.0, 2.0], [8.0, 2.0, 2.0, 2.0], [14.0, 3.0], [1.0, 1.5],
    [8.0, 2.0, 2.0, 2.0, 2.0, 2.0],
)  # fmt: skip


class Look(NamedTuple):
    """How a run is drawn.

    Attributes
    ----------
    colour : str
        The name of its colour in a theme.
    shape : str
        Its marker: a key of the legend's `SAMPLES`.
    dashes : list of float
        On and off, in widths of the pen; none for a line without gaps.
    """

    colour: str
    shape: str
    dashes: list[float]


def look_of(run: Run) -> Look:
    """Return the look that belongs to a run's number."""
    if run.number is None:
        return Look("hiker", "big dot", [])
    shape, dashes = SHAPES[run.number % len(SHAPES)], DASHES[run.number % len(DASHES)]
    return Look(f"kept {run.number}", shape, dashes)


def entry_of(run: Run) -> Entry:
    """Return what a legend says of a run."""
    look = look_of(run)
    return Entry(look.shape, look.colour, run.name)
