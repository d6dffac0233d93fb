"""Guesses: every start that was tried, as a dot; what lies between them is left to the learner."""

import numpy as np

from gdviz.core.geometry.section import Section
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.marks import Dots
from gdviz.ui.plots.drawing.sheet import Points

# How far a guess is from those before it: what a drag leaves is a row of dots, no line.
APART_PX = 10.0


class Guesses(Dots):
    """The starts that were tried since they are collected; they stay when that ends.

    Attributes
    ----------
    collecting : bool
        Whether further ones are wanted.
    tried : ndarray of shape (n, 3)
        Weight, bias and loss of each.
    """

    def __init__(self) -> None:
        super().__init__(9, colour="hiker")
        self.collecting = False
        self.tried: Points = np.empty((0, 3))
        self._dataset: Dataset | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the legend says of them, if there are any."""
        return (Entry("dot", "hiker", "guesses"),) if len(self.tried) else ()

    def set_collecting(self, collecting: bool) -> None:
        """Begin anew, or want no more of them."""
        self.collecting = collecting
        if collecting:
            self.forget()

    def take_after(self, other: "Guesses") -> None:
        """Show those of another one."""
        self.tried, self._dataset = other.tried, other._dataset

    def forget(self) -> None:
        """Show none of those that there were."""
        self.tried = np.empty((0, 3))

    def take(self, section: Section) -> None:
        """Show the guesses along a parameter, the start of the experiment among them.

        With other data all losses are others.
        """
        experiment = section.experiment
        if experiment.dataset is not self._dataset:
            self._dataset = experiment.dataset
            self.forget()
        guess = np.array([[*experiment.start, experiment.bowl.loss(*experiment.start)]])
        columns = [int(section.parameter == "bias"), 2]
        if self.collecting and np.isfinite(guess).all():
            ways = self.in_pixels(self.tried[:, columns]) - self.in_pixels(guess[:, columns])
            if np.hypot(*ways.T).min(initial=APART_PX) >= APART_PX:
                self.tried = np.concatenate((self.tried, guess))
        self.set_points(*self.tried[:, columns].T)
