"""Free places: where words cover least of a picture. All places are in its pixels."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF

from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.sheet import Points

# A dot below words is as bad as so many pixels between them and what they speak of.
PER_DOT_PX = 40.0
# Worse than anything: other words below, or what they speak of.
NEVER = 1e9
# How far words keep from edges and from each other, and into what dots a line is cut.
GAP_PX, LINE_STEP_PX = 4.0, 10.0
# So many places are looked at in a picture.
COLUMNS, ROWS = 25, 21


def box_of(note: Note) -> QRectF:
    """Return where words stand."""
    return QRectF(note.textItem.sceneBoundingRect())


def stand_freely(
    note: Note, places: Points, seen: Points, taken: Sequence[QRectF], near: Points
) -> None:
    """Put words where they cover least, unless that is hardly better than where they are.

    Parameters
    ----------
    places : ndarray of shape (n, 2)
        Where their top left corner can be.
    seen : ndarray of shape (m, 2)
        What had better be seen.
    taken : sequence of QRectF
        What must be seen.
    near : ndarray of shape (2,)
        What they speak of.
    """
    view, box = note.getViewBox(), box_of(note)
    room = view.sceneBoundingRect()
    # Words that stand within cover nothing else: of a step that leads far out few dots count.
    seen = within(seen, room, QSizeF(GAP_PX, GAP_PX))
    here = moved_into(room, box.size(), np.array([box.topLeft().toTuple()]))
    cost = _costs(here, box.size(), seen, taken, near)[0]
    if cost > PER_DOT_PX:
        there = moved_into(room, box.size(), places)
        costs = _costs(there, box.size(), seen, taken, near)
        if costs.min() < cost - PER_DOT_PX:
            here = there[[costs.argmin()]]
    note.setAnchor((0, 0))
    note.setPos(view.mapSceneToView(QPointF(*here[0])))


def all_over(room: QRectF) -> Points:
    """Return places all over a room."""
    x = np.linspace(room.left(), room.right(), COLUMNS)
    y = np.linspace(room.top(), room.bottom(), ROWS)
    return np.array(np.meshgrid(x, y)).reshape(2, -1).T


def moved_into(room: QRectF, size: QSizeF, corners: Points) -> Points:
    """Return the top left corners of boxes that are moved no farther than into a room."""
    first = np.array((room.left(), room.top())) + GAP_PX
    last = np.array((room.right() - size.width(), room.bottom() - size.height())) - GAP_PX
    return np.clip(corners, first, np.maximum(first, last))


def along(ends: Points) -> Points:
    """Return dots along lines, of which each two of `ends` are one."""
    pieces = []
    for start, end in ends.reshape(-1, 2, 2):
        shares = np.linspace(0, 1, 2 + int(np.hypot(*(end - start)) / LINE_STEP_PX))
        pieces.append(start + shares[:, np.newaxis] * (end - start))
    return np.concatenate(pieces) if pieces else np.empty((0, 2))


def within(places: Points, room: QRectF, beyond: QSizeF) -> Points:
    """Return those of some places that are in a room, or not farther out than so much."""
    out = np.array(beyond.toTuple())
    first, last = room.topLeft().toTuple() - out, room.bottomRight().toTuple() + out
    (left, top), (right, bottom), (x, y) = first, last, places.T
    inside: Points = places[(x >= left) & (x <= right) & (y >= top) & (y <= bottom)]
    return inside


def _costs(
    corners: Points, size: QSizeF, seen: Points, taken: Sequence[QRectF], near: Points
) -> Points:
    """Return how bad it is for a box to have its top left corner at each of some places."""
    low = corners - GAP_PX
    high = corners + np.array(size.toTuple()) + GAP_PX
    apart = np.maximum(np.maximum(low - near, near - high), 0.0)
    costs: Points = np.hypot(*apart.T) + PER_DOT_PX * _covered(low, high, seen)
    for box in taken:
        first, last = (box.left(), box.top()), (box.right(), box.bottom())
        costs += NEVER * ((low < last) & (high > first)).all(axis=1)
    return costs


def _covered(low: Points, high: Points, seen: Points) -> NDArray[np.intp]:
    """Return how many dots lie in each of some boxes."""
    covers = np.ones((len(low), len(seen)), bool)
    # One coordinate after the other: NumPy takes ten times as long to join two that lie together.
    for first, last, dots in zip(low.T, high.T, seen.T, strict=True):
        covers &= (dots >= first[:, np.newaxis]) & (dots <= last[:, np.newaxis])
    counts: NDArray[np.intp] = np.count_nonzero(covers, axis=1)
    return counts
