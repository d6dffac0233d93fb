"""CurveAids: what can be drawn into the loss curve to make an answer obvious."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gdviz.core.descent.quadratic import Quadratic
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.geometry.ranges import Box
from gdviz.core.geometry.section import Section
from gdviz.core.geometry.tangents import Place
from gdviz.ui.plots.drawing.curvature import Curvature
from gdviz.ui.plots.drawing.guesses import Guesses
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.past_steps import PastSteps
from gdviz.ui.plots.drawing.slope_triangle import SlopeTriangle

AIDS = ("triangle", "past_steps", "curvature", "guesses")


class Sight(NamedTuple):
    """What the loss curve shows.

    Attributes
    ----------
    place : tuple of float or None
        Where the hiker is, if it is seen.
    reached : float or None
        To which value its arrow leads, if that is seen.
    highest : float
        The highest loss that is seen.
    """

    section: Section
    curve: Quadratic
    record: Record
    row: Row
    place: Place | None
    reached: float | None
    highest: float


class CurveAids:
    """Rise and run, the past steps, curvature, the guesses: each is shown or not.

    Parameters
    ----------
    words_end : callable
        Returns how far down words at the top reach, in pixels.

    Attributes
    ----------
    shown : set of str
        Names of `AIDS`.
    """

    def __init__(self, words_end: Callable[[], float]) -> None:
        self.triangle, self.past_steps = SlopeTriangle(), PastSteps(words_end)
        self.curvature, self.guesses = Curvature(), Guesses()
        self.shown: set[str] = set()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the legend says of them."""
        own = {
            "triangle": self.triangle.entries, "past_steps": self.past_steps.entries,
            "curvature": self.curvature.entries,
        }  # fmt: skip
        shown = (entry for name, entries in own.items() if name in self.shown for entry in entries)
        return (*shown, *self.guesses.entries)

    def set_shown(self, name: str, shown: bool) -> None:
        """Show one of them, or don't."""
        self.shown = self.shown | {name} if shown else self.shown - {name}
        match name:
            case "triangle":
                self.triangle.set_visible(shown)
            case "past_steps":
                self.past_steps.set_visible(shown)
            case "curvature":
                self.curvature.set_shown(shown)
            case "guesses":
                self.guesses.set_collecting(shown)

    def take_after(self, others: "CurveAids") -> None:
        """Show what others show, with all that was collected for it."""
        for name in others.shown:
            self.set_shown(name, True)
        self.curvature.take_after(others.curvature)
        self.guesses.take_after(others.guesses)

    def take(self, section: Section, axes: Box) -> None:
        """Show them of an experiment, cut along a parameter, in the axes as they are."""
        self.guesses.take(section)
        if "curvature" in self.shown:
            self.curvature.take(section.experiment, axes)

    def show(self, sight: Sight) -> None:
        """Show what belongs to the place of the hiker."""
        section, row = sight.section, sight.row
        with np.errstate(over="ignore", invalid="ignore"):
            lands = section.experiment.bowl.loss(
                row.weight + row.weight_step, row.bias + row.bias_step
            )
        if "triangle" in self.shown:
            self.triangle.show(sight.place, section.motion(row)[1], sight.curve)
        if "past_steps" in self.shown:
            began = sight.record.at(row.iteration).loss if row.walked else row.loss
            occupied = () if sight.place is None else (began, lands)
            self.past_steps.show(sight.record, section, row.iteration, occupied)
        if "curvature" in self.shown:
            reached = sight.reached if lands <= sight.highest else None
            self.curvature.show_landing(reached, row.loss, lands)
