"""Mesh painting: a curved mesh as strips of flowing colour, painted from back to front.

A polygon of one colour for each cell would take three times as long and still show its facets. A
gradient shades a whole piece of a strip between two rows, along it and, as it may run aslant,
across it as well.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QLinearGradient, QPolygonF

from gdviz.ui.plots.drawing.marks import polygon
from gdviz.ui.plots.drawing.sheet import Paper

Points = NDArray[np.float64]
Pair = tuple[float, float]

# How many columns lie between two colours of a gradient.
STOP_COLUMNS = 4
# How much lighter, of 3 * 255, the next column has to be to count as lighter.
LIGHTER = 1e-3
# How many rows and columns a piece reaches towards the eye, its own included.
REACH = 4
# How little the light of a piece may change to be painted in one colour.
EVEN = 4.0
# Of a narrower strip, in pixels, nobody sees how the colours run across it.
NARROW = 1.0


class Strip(NamedTuple):
    """What lies between two rows of a mesh, column by column, in pixels and colours.

    Attributes
    ----------
    middles, widths : list of pairs of float
        The points between the two rows, and the ways from one row to the other.
    shades, changes : list of triples of float
        The colours of the middles, and by how much the two rows differ.
    """

    middles: list[list[float]]
    widths: list[list[float]]
    shades: list[list[float]]
    changes: list[list[float]]


def mesh_painting(
    paper: Paper, places: Points, ground: Points, colours: Points, eye: Points
) -> Iterator[None]:
    """Paint a surface that stands above a plane, strip by strip: nothing of it overhangs.

    Between two strips the painter may have been ended and begun again.

    Parameters
    ----------
    paper : Paper
    places : ndarray of shape (rows, columns, 2)
        Where the mesh is seen, in pixels.
    ground : ndarray of shape (rows, columns, 2)
        Above which places of the plane it stands. All of a row have the same first coordinate,
        which grows from row to row, as the second one does along each row.
    colours : ndarray of shape (rows, columns, 3)
        Red, green and blue, from 0 to 255.
    eye : ndarray of shape (2,)
        Above which place of the plane the eye is.
    """
    centres, shades = ((rows[:-1] + rows[1:]) / 2 for rows in (places, colours))
    widths, changes = (np.diff(rows, axis=0) for rows in (places, colours))
    strips = list(map(Strip, *(each.tolist() for each in (centres, widths, shades, changes))))
    sides = _sides(ground, eye)
    breaks = _breaks(centres, shades, sides)
    for index, rows in _strips(ground[:, 0, 0], eye[0]):
        strip, side, edges = strips[index], sides[index], places[rows]
        paper.painter.setPen(Qt.PenStyle.NoPen)
        for first, last in _pieces(breaks[index], side):
            paper.painter.setBrush(_brush(strip, first, last))
            low, high = _reach(first, last, breaks[index], side)
            ends = edges[1:-1, high], edges[-2:0:-1, low]
            far, near = edges[0, low : high + 1], edges[-1, low : high + 1][::-1]
            outline = np.concatenate((far, ends[0], near, ends[1]))
            _draw(paper, polygon(outline))
        yield


def _draw(paper: Paper, outline: QPolygonF) -> None:
    """Draw a piece, cut to what is seen where it would show outside of that."""
    if not (paper.clips or paper.box.contains(outline.boundingRect())):
        outline = outline.intersected(QPolygonF(paper.box))
    paper.painter.drawPolygon(outline, Qt.FillRule.WindingFill)


def _strips(across: Points, eye: float) -> Iterator[tuple[int, list[int]]]:
    """Return the strips from back to front, each with its rows and some more towards the eye.

    These will be painted over by the next strips. Without them the background would shine through
    where edges are smoothed.
    """
    middles, under_eye = (across[:-1] + across[1:]) / 2, int(np.searchsorted(across, eye))
    for index in np.argsort(-np.abs(middles - eye), kind="stable").tolist():
        if index < under_eye:
            yield index, list(range(index, min(index + REACH, under_eye, len(middles)) + 1))
        else:
            yield index, list(range(index + 1, max(index + 1 - REACH, under_eye - 1, 0) - 1, -1))


def _sides(ground: Points, eye: Points) -> Points:
    """Return on which side of each line from row to row the eye is: 1, -1; (rows - 1, columns)."""
    start, way = ground[:-1], np.diff(ground, axis=0)
    x, y = np.moveaxis(eye - start, -1, 0)
    sides: Points = np.sign(way[..., 0] * y - way[..., 1] * x)
    return sides


def _breaks(middles: Points, shades: Points, sides: Points) -> list[list[int]]:
    """Return, for each strip, the columns at which a piece ends and another begins.

    Within a piece the strip runs into one quadrant of the picture, and gets ever lighter or ever
    darker, so that a gradient along it passes all its columns in their order; and no part of it
    hides another one.
    """
    right, down = np.moveaxis(np.diff(middles, axis=1) > 0, -1, 0)
    lighter = np.diff(shades.sum(axis=2), axis=1) > LIGHTER
    turns = sides[:, 1:-1] != sides[:, :-2]
    for way in (right, down, lighter):
        turns |= way[:, 1:] != way[:, :-1]
    last = middles.shape[1] - 1
    return [[0, *(np.flatnonzero(turn) + 1).tolist(), last] for turn in turns]


def _pieces(breaks: list[int], side: Points) -> list[tuple[int, int]]:
    """Return the first and last columns of the pieces of a strip, the hindmost piece first."""
    pieces = list(pairwise(breaks))
    # From one piece to the next it goes towards the eye, or away from it.
    depth = np.cumsum([0, *side[breaks[1:-1]]])
    return [pieces[index] for index in np.argsort(depth, kind="stable").tolist()]


def _reach(first: int, last: int, breaks: list[int], side: Points) -> tuple[int, int]:
    """Return the first and last columns of a piece with some more of the next ones to the eye."""
    place = breaks.index(first)
    low = max(first - REACH, breaks[place - 1]) if place > 0 and side[first] < 0 else first
    further = place + 2 < len(breaks) and side[last] > 0
    return low, min(last + REACH, breaks[place + 2]) if further else last


def _brush(strip: Strip, first: int, last: int) -> QColor | QLinearGradient:
    """Return the colours along a piece of a strip, and across it."""
    columns, middle = [*range(first, last, STOP_COLUMNS), last], (first + last) // 2
    shades = [strip.shades[column] for column in columns]
    change, width = strip.changes[middle], strip.widths[middle]
    light, light_across = sum(shades[-1]) - sum(shades[0]), sum(change)
    if max(abs(light), abs(light_across)) <= EVEN:
        return _colour(strip.shades[middle])
    (x, y), (end_x, end_y) = strip.middles[first], strip.middles[last]
    way = _way((end_x - x, end_y - y), width, light, light_across)
    at = _distances(strip, columns, way)
    if any(later < earlier for earlier, later in pairwise(at)):
        # It bends too much to run aslant.
        way, change = _unit(end_x - x, end_y - y), [0.0, 0.0, 0.0]
        at = _distances(strip, columns, way)
    # In the middle of the strip the colours are those of the columns; they go on to its edges.
    over = (width[0] * way[0] + width[1] * way[1]) / 2
    share = math.copysign(0.5, over)
    before = [one - share * more for one, more in zip(shades[0], change, strict=True)]
    beyond = [one + share * more for one, more in zip(shades[-1], change, strict=True)]
    at = [-abs(over), *at, at[-1] + abs(over)]
    return _gradient((x, y), way, at, [before, *shades, beyond])


def _gradient(
    start: Pair, way: Pair, at: list[float], shades: list[list[float]]
) -> QLinearGradient:
    """Return colours so far from a start in some direction, in pixels, in growing order."""
    (x, y), (across, down), length = start, way, max(at[-1] - at[0], 1e-9)
    ends = [(x + across * end, y + down * end) for end in (at[0], at[0] + length)]
    gradient = QLinearGradient(*ends[0], *ends[1])
    gradient.setStops([
        (min((each - at[0]) / length, 1.0), _colour(shade))
        for each, shade in zip(at, shades, strict=True)
    ])  # fmt: skip
    return gradient


def _colour(shade: list[float]) -> QColor:
    return QColor(*(min(max(round(part), 0), 255) for part in shade))


def _distances(strip: Strip, columns: list[int], way: Pair) -> list[float]:
    """Return how far the columns of a piece are from its first one, along a direction."""
    x, y = strip.middles[columns[0]]
    places = [strip.middles[column] for column in columns]
    return [(across - x) * way[0] + (down - y) * way[1] for across, down in places]


def _way(along: Pair, across: Sequence[float], light: float, light_across: float) -> Pair:
    """Return in which direction of the picture a piece gets lighter or darker, of length 1.

    Parameters
    ----------
    along, across : pair of float
        The ways from its first column to the last and from one of its rows to the other.
    light, light_across : float
        How much lighter it gets on them.
    """
    (x, y), (u, v) = along, across
    area = x * v - y * u
    if abs(area) <= NARROW * math.hypot(x, y):
        return _unit(x, y)
    way = (light * v - light_across * y) / area, (light_across * x - light * u) / area
    forwards = way[0] * x + way[1] * y
    return _unit(*way) if forwards >= 0 else _unit(-way[0], -way[1])


def _unit(x: float, y: float) -> Pair:
    length = math.hypot(x, y) or 1.0
    return x / length, y / length
