"""Curvature: how much the loss bends, the limit that this sets, and where a step lands."""

from dataclasses import replace

import numpy as np

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Row
from gdviz.core.geometry.ranges import Box, hull
from gdviz.core.geometry.section import Section
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.editing import CHANGED
from gdviz.core.words.curvature import curvature_text
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.marks import Curve, Dots
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.sheet import Points

LANDS = Entry("ring", "hiker", "where it lands", "next_step")
BEFORE = Entry("dashes", "muted", "curve before")


class Curvature:
    """A note of curvature and limit, the place where a step lands, and the curve of earlier data.

    Attributes
    ----------
    before : Dataset or None
        The data as they were when it was switched on, if they have been changed by hand.
    """

    def __init__(self) -> None:
        self.note = Note("text")
        self.note.setAnchor((0.5, 0.0))
        self.ghost = Curve("muted", 1.8, [3, 3])
        self.drop = Curve("hiker", 1.5, [2, 2])
        self.landing = Dots(18, "ring", "hiker")
        self.before: Dataset | None = None
        self._first: Dataset | None = None
        # As they were then.
        self._axes: Box | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the legend says of it."""
        return (LANDS,) if self.before is None else (LANDS, BEFORE)

    def set_shown(self, shown: bool) -> None:
        """Begin anew, or hide all of it."""
        self._first = self.before = self._axes = None
        for mark in (self.ghost, self.drop, self.landing):
            mark.set_visible(shown)
            mark.set_points([], [])
        if not shown:
            self.note.say("")

    def take_after(self, other: "Curvature") -> None:
        """Compare with the same earlier data as another one does."""
        self.before, self._first, self._axes = other.before, other._first, other._axes

    def take(self, experiment: Experiment, axes: Box) -> None:
        """Say it of an experiment, shown in some axes.

        Before data that were changed by hand were those as they were at first; to those of another
        table there is nothing to compare.
        """
        first, dataset = self._first, experiment.dataset
        if first is None or _table(first) != _table(dataset):
            first = self._first = dataset
        self.before = None if dataset is first else first
        if self.before is None:
            self.ghost.set_points([], [])
        self._axes = None if self.before is None else self._axes or axes
        self.note.say(curvature_text(experiment))

    def show_before(self, section: Section, row: Row, values: Points, highest: float) -> None:
        """Draw the curve of the data before along some values, through the place of a row."""
        if self.before is not None:
            experiment = replace(section.experiment, dataset=self.before)
            losses = Section(experiment, section.parameter).at(row).loss(values)
            self.ghost.set_points(values, np.minimum(losses, highest))

    def with_before(self, view: Box) -> Box:
        """Return a view that shows no less than before the data were changed: widths compare."""
        if self._axes is None:
            return view
        return hull(view[0], self._axes[0]), hull(view[1], self._axes[1])

    def show_landing(self, value: float | None, loss: float, lands: float) -> None:
        """Mark the loss where a step lands, below or above the tip of its arrow; None: neither."""
        values = [] if value is None else [value, value]
        self.drop.set_points(values, [loss, lands][: len(values)])
        self.landing.set_points(values[1:], [lands][: len(values)])


def _table(dataset: Dataset) -> tuple[str, str, str]:
    return dataset.source.removesuffix(CHANGED), dataset.x_name, dataset.y_name
