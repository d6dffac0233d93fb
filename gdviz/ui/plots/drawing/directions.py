"""Directions: the axes that descent has on the ground, and how fast it is along each."""

import numpy as np
from PySide6.QtCore import QRectF, QSizeF

from gdviz.core.descent.descent import Experiment
from gdviz.core.geometry.clipping import chord
from gdviz.core.geometry.ranges import Box
from gdviz.core.words.sentences import half_life_text
from gdviz.ui.plots.drawing.free_places import along, box_of, stand_freely, within
from gdviz.ui.plots.drawing.marks import Curve
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.sheet import Points

# How far words stand from the line that they speak of, and which share of its longer part is
# between them and the optimum.
BESIDE_PX, OUTWARDS = 8.0, 0.55
# How far around the start nothing is written: the hiker is there first, and its arrow begins there.
START_PX = 16.0


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

    def lay_out(self, experiment: Experiment, path: Points, box: Box) -> None:
        """Draw what crosses a box, and put the notes where they hide least of a path.

        Parameters
        ----------
        path : ndarray of shape (n, 2)
        box : tuple
            The lowest and highest weight and bias that are seen.
        """
        axes = [axis for axis in experiment.scaled_bowl.axes if axis.steepness > 0]
        optimum, scale = np.array(experiment.bowl.optimum), experiment.scale
        lines = []
        for axis in axes:
            weight = axis.weight / scale.sd
            lines.append(chord(optimum, np.array([weight, axis.bias - weight * scale.mean]), box))
        self.lines.set_points(*np.concatenate([np.empty((0, 2)), *lines]).T)
        seen = self._pixels(np.concatenate((path, [optimum])))
        first_step = seen[:2] if len(path) > 1 else seen[:0]
        seen = np.concatenate((seen, along(first_step), along(self._pixels(self.lines.points))))
        notes = zip(self.notes, axes, lines, strict=False)
        # Along the valley goes the path: its note has the choice.
        for note, axis, line in reversed([*notes]):
            if len(line):
                note.say(half_life_text(axis, experiment))
                self._place(note, self._pixels(line), self._pixels(optimum), seen)

    def note_places(self) -> list[Points]:
        """Return where notes are, for labels to keep away: three places along each."""
        boxes = [
            note.mapRectToParent(note.boundingRect()) for note in self.notes if note.isVisible()
        ]
        along_box = np.array([0.15, 0.5, 0.85])
        return [
            np.column_stack((box.left() + along_box * box.width(), np.full(3, box.center().y())))
            for box in boxes
        ]

    def _place(self, note: Note, line: Points, optimum: Points, seen: Points) -> None:
        """Put a note beside its line, rather outwards; all is in pixels."""
        taken = [box_of(other) for other in self.notes if other is not note and other.isVisible()]
        x, y = seen[0].tolist()
        taken.append(QRectF(x - START_PX, y - START_PX, 2 * START_PX, 2 * START_PX))
        ways = line - optimum
        outwards = optimum + OUTWARDS * ways[np.hypot(*ways.T).argmax()]
        size = np.array(box_of(note).size().toTuple())
        left, middle, right = -size - BESIDE_PX, -size / 2, np.full(2, BESIDE_PX)
        shifts = [(x[0], y[1]) for x in (left, middle, right) for y in (left, right)]
        shifts += [(x[0], middle[1]) for x in (left, right)]
        # Seen from near, most of a line is far away.
        dots = along(line)
        beside = within(dots, note.getViewBox().sceneBoundingRect(), QSizeF(*size + BESIDE_PX))
        beside = beside if len(beside) else dots[[0, -1]]
        places = (beside[:, np.newaxis] + shifts).reshape(-1, 2)
        stand_freely(note, places, seen, taken, outwards)

    def _pixels(self, places: Points) -> Points:
        return np.clip(self.lines.in_pixels(places), -1e6, 1e6)
