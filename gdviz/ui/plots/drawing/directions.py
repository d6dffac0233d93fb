"""Directions: the axes that descent has on the ground, and how fast it is along each."""

import numpy as np

from gdviz.core.descent.descent import Experiment
from gdviz.core.geometry.clipping import chord
from gdviz.core.geometry.ranges import Box
from gdviz.core.words.sentences import half_life_text
from gdviz.ui.plots.drawing.marks import Curve
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.sheet import Points


class Directions:
    """The directions in which the loss curves on its own, each with the half-life of its way."""

    def __init__(self) -> None:
        self.lines = Curve("slope", 1.5, [6, 3], pairs=True)
        self.notes = [Note("slope") for _ in range(2)]
        self.lines.visible = False

    def set_visible(self, visible: bool) -> None:
        """Show or hide them."""
        self.lines.set_visible(visible)
        for note in self.notes:
            note.say("")

    def lay_out(
        self, experiment: Experiment, start: Points, box: Box, px_per_unit: tuple[float, float]
    ) -> None:
        """Draw what crosses a box.

        Parameters
        ----------
        start : ndarray of shape (2,)
            Where the path comes from: there the notes would be in its way.
        box : tuple
            The lowest and highest weight and bias that are seen.
        px_per_unit : tuple of float
            Pixels of a unit of weight and of bias.
        """
        axes = [axis for axis in experiment.scaled_bowl.axes if axis.steepness > 0]
        optimum, scale = np.array(experiment.bowl.optimum), experiment.scale
        ends = [np.empty((0, 2))]
        for note, axis in zip(self.notes, axes, strict=False):
            weight = axis.weight / scale.sd
            line = chord(optimum, np.array([weight, axis.bias - weight * scale.mean]), box)
            ends.append(line)
            if len(line):
                note.say(half_life_text(axis, experiment))
                _place(note, line, optimum, start, box, np.array(px_per_unit))
        self.lines.set_points(*np.concatenate(ends).T)

    def note_places(self) -> list[Points]:
        """Return where notes are, for labels to keep away: three places along each."""
        boxes = [
            note.mapRectToParent(note.boundingRect()) for note in self.notes if note.isVisible()
        ]
        along = np.array([0.15, 0.5, 0.85])
        return [
            np.column_stack((box.left() + along * box.width(), np.full(3, box.center().y())))
            for box in boxes
        ]


def _place(
    note: Note, line: Points, optimum: Points, start: Points, box: Box, px_per_unit: Points
) -> None:
    """Put a note beside a line, on the side of the optimum to which the path doesn't come."""
    (left, right), (bottom, top) = box
    middle = np.clip(optimum, (left, bottom), (right, top))
    ways = (line - middle) * px_per_unit
    away, lengths = ways @ ((optimum - start) * px_per_unit), np.hypot(*ways.T)
    far = int(away.argmax()) if away.any() else 1
    if lengths[far] < note.boundingRect().width() / 2:
        far = int(lengths.argmax())
    place = middle + 0.6 * (line[far] - middle)
    run, rise = np.abs((line[1] - line[0]) * px_per_unit)
    # Above a line that is rather level, else to the right of it; and never beyond the edge.
    note.setAnchor((0.5, 1.2) if run > rise else (-0.08, 0.5))
    width = note.boundingRect().width() / px_per_unit[0]
    if run > rise:
        place[0] = np.clip(place[0], left + 0.55 * width, right - 0.55 * width)
    else:
        place[0] = min(place[0], right - 1.15 * width)
    note.setPos(*place)
