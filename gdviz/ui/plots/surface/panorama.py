"""Panorama: a relief seen from one place: its picture, and where its points lie in that."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMargins, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPen

from gdviz.core.descent.bowl import Point
from gdviz.core.geometry.relief import HALF_HEIGHT, Points
from gdviz.core.geometry.relief_lines import ReliefLines
from gdviz.core.geometry.sightlines import hidden, struck
from gdviz.core.words.numbers import number_in_steps
from gdviz.ui.plots.drawing.marks import draw_within
from gdviz.ui.plots.drawing.sheet import Mark, Paper
from gdviz.ui.plots.surface.box import Box
from gdviz.ui.plots.surface.camera import Camera, Sight
from gdviz.ui.plots.surface.mesh_painting import mesh_painting
from gdviz.ui.theme import Theme, mixed

# Room for the numbers around the box.
MARGINS = QMargins(52, 26, 52, 46)
# How much of a theme's colour goes into the plot's background.
LOWEST, HIGHEST, CONTOURS, GRID = 0.62, 0.16, 0.55, 0.3
# How much is left of lines and marks behind the relief.
FAINT, FAINT_MARK = 0.28, 0.5
# Where light comes from, and how much of it comes from everywhere.
LIGHT = np.array([-0.5, -0.35, 0.8])
AMBIENT = 0.7
# How far from a pixel what is seen there may lie.
BESIDE_PX = 1.5
# What a pixel is worth is seen this share of a side of the box aside; each side has at least 100.
ASIDE = 0.001
LEAST_PX = 100 * ASIDE
# Of how many rows and columns of the mesh one is enough for a coarse picture.
COARSE = 4


class Trace(NamedTuple):
    """Points of a relief as they are seen.

    Attributes
    ----------
    places : ndarray of shape (n, 2)
        In pixels.
    hidden : ndarray of shape (n,)
        Whether the relief hides them.
    """

    places: NDArray[np.float64]
    hidden: NDArray[np.bool_]

    def at(self, indices: NDArray[np.int64]) -> "Trace":
        """Return only some of the points."""
        return Trace(self.places[indices], self.hidden[indices])

    def then(self, other: "Trace") -> "Trace":
        """Return these points and others."""
        return Trace(*(np.concatenate(both) for both in zip(self, other, strict=True)))

    def pairs(self) -> "Trace":
        """Return the line through the points as lines of two points each."""
        places = np.stack((self.places[:-1], self.places[1:]), axis=1)
        return Trace(places.reshape(-1, 2), np.repeat(self.hidden[:-1], 2))


class View(NamedTuple):
    """From where, in which colours and in how much room a relief is seen.

    Attributes
    ----------
    camera : Camera
    theme : Theme
    size : QSize
        Of the whole picture.
    top, bottom : int
        What is left free for a legend, and for a switch.
    """

    camera: Camera
    theme: Theme
    size: QSize
    top: int
    bottom: int

    @property
    def room(self) -> QRectF:
        """Where names can stand."""
        return QRectF(0, self.top, self.size.width(), self.size.height() - self.top - self.bottom)

    @property
    def sight(self) -> Sight:
        """What is seen where."""
        room = QRect(0, self.top, self.size.width(), self.size.height() - self.top)
        return self.camera.sight(QRectF(room.marginsRemoved(MARGINS)), HALF_HEIGHT)


class Panorama:
    """A relief in its box, and where to paint marks onto it.

    Parameters
    ----------
    lines : ReliefLines
    view : View

    Attributes
    ----------
    lines, view
        As given: a panorama of the same ones looks the same.
    relief : Relief
    """

    def __init__(self, lines: ReliefLines, view: View) -> None:
        self.lines, self.relief, self.view = lines, lines.relief, view
        self._sight = view.sight

    def trace(self, points: Points) -> Trace:
        """Return how points of the relief are seen."""
        return Trace(self._sight.pixels(points), hidden(self.relief, points, self._sight.eye))

    def traces(self, *parts: Points) -> list[Trace]:
        """Return how several lines are seen: faster than one after the other."""
        whole = self.trace(np.vstack(parts))
        ends = np.cumsum([len(part) for part in parts])[:-1]
        both = zip(*(np.split(each, ends) for each in whole), strict=True)
        return [Trace(*each) for each in both]

    def shows(self, lines: ReliefLines, view: View) -> bool:
        """Tell whether it is this relief that is seen, and from there."""
        return lines is self.lines and view == self.view

    def seen_at(self, pixel: QPointF) -> Point | None:
        """Return the point of the relief that is seen at a pixel, if any."""
        places = struck(self.relief, self._sight.eye, self._sight.way(pixel))[:1]
        if not len(places):
            return None
        # A line of sight that misses the relief leads to what is beside it.
        away = self._sight.pixels(self.relief.place(*places.T)) - pixel.toTuple()
        return Point(*places[0].tolist()) if np.abs(away).max() < BESIDE_PX else None

    def nearest_struck(self, pixel: QPointF, near: Point) -> Point | None:
        """Return the point of the relief at a pixel; of several the one nearest to another one."""
        places = struck(self.relief, self._sight.eye, self._sight.way(pixel))
        if not len(places):
            return None
        away = self.relief.place(*places.T) - self.relief.place(*near)
        return Point(*places[np.square(away[:, :2]).sum(axis=1).argmin()].tolist())

    def nearest_along_weight(self, pixel: QPointF, bias: float) -> Point | None:
        """Return the point of one bias that is seen nearest to a pixel."""
        points = self.lines.along_weight(bias)
        if not len(points):
            return None
        line = self._sight.pixels(points)
        starts, ways = line[:-1], np.diff(line, axis=0)
        with np.errstate(invalid="ignore"):
            along = ((pixel.toTuple() - starts) * ways).sum(axis=1) / np.square(ways).sum(axis=1)
        along = np.clip(np.nan_to_num(along), 0, 1)
        away = starts + along[:, np.newaxis] * ways - pixel.toTuple()
        piece = np.square(away).sum(axis=1).argmin()
        point = points[piece] + along[piece] * (points[piece + 1] - points[piece])
        return Point(float(self.relief.ground(point[np.newaxis])[0, 0]), bias)

    def rounded(self, point: Point) -> Point:
        """Return a point of the relief with no more digits than a pixel is worth there."""
        aside = np.diag(np.ptp(self.relief.sides, axis=1) * ASIDE)
        places = np.vstack((point, point + aside))
        here, *there = self._sight.pixels(self.relief.place(*places.T))
        moved = np.maximum(np.abs(np.array(there) - here).max(axis=1), LEAST_PX)
        steps = aside.diagonal() / moved
        return Point(*map(number_in_steps, point, steps.tolist()))

    def painting(self, paper: Paper, *, coarse: bool) -> Iterator[None]:
        """Paint the relief in its box, with contours and numbers, in some hundred small steps.

        Between two steps of a picture that isn't coarse the painter may have been ended and begun
        again, with smooth edges.
        """
        box = Box(self.relief, self.view.camera)
        self._paint_lines(paper, self._sight.pixels(box.lines()), "grid", GRID)
        # Smooth edges take half of the time.
        paper.painter.setRenderHint(QPainter.RenderHint.Antialiasing, not coarse)
        yield from self._painting_relief(paper, COARSE if coarse else 1)
        paper.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        contours = self.trace(self.lines.contours)
        # Each two points are a line; where one of them is hidden, so is the line.
        shown = np.repeat(~contours.hidden.reshape(-1, 2).any(axis=1), 2)
        self._paint_lines(paper, contours.places[shown], "text", CONTOURS)
        yield
        box.draw_numbers(paper, self._sight, self.view.theme, self.view.room)

    def _painting_relief(self, paper: Paper, step: int) -> Iterator[None]:
        vertices, normals = (each[::step, ::step] for each in self.lines.mesh)
        shades, eye = self._shades(vertices, normals), self._sight.eye
        yield
        places = self._sight.pixels(vertices)
        yield from mesh_painting(paper, places, vertices[..., :2], shades, eye[:2])

    def _shades(self, vertices: Points, normals: Points) -> Points:
        """Return colours that pale with height, and darken away from the light."""
        accent, background = (
            np.array(QColor(name).getRgb())[:3]
            for name in (self.view.theme.accent, self.view.theme.plot)
        )
        height = (vertices[..., 2:] / HALF_HEIGHT + 1) / 2
        colours = background + (accent - background) * (LOWEST + (HIGHEST - LOWEST) * height)
        light = np.abs(normals @ (LIGHT / np.linalg.norm(LIGHT)))[..., np.newaxis]
        shades: Points = colours * (AMBIENT + (1 - AMBIENT) * light)
        return shades

    def _paint_lines(self, paper: Paper, places: Points, colour: str, share: float) -> None:
        """Paint a line for each two places."""
        theme = self.view.theme
        paper.painter.setPen(QPen(mixed(theme.colour(colour), theme.plot, share), 1.0))
        draw_within(paper, places, pairs=True)


def paint_veiled(paper: Paper, mark: Mark, trace: Trace, faint: float = FAINT) -> None:
    """Paint a mark at the places of a trace, faint where the relief hides them."""
    painter = paper.painter
    for chosen, opacity in ((trace.hidden, faint), (~trace.hidden, 1.0)):
        if chosen.any():
            painter.setOpacity(opacity)
            mark.points = trace.places[chosen]
            mark.paint(paper)
    painter.setOpacity(1.0)
    mark.points = trace.places


def draw_veiled(paper: Paper, trace: Trace, pen: QPen) -> None:
    """Draw one line, dashed or not, faint where the relief hides it."""
    places, painter = trace.places, paper.painter
    ends = [0, *(np.flatnonzero(np.diff(trace.hidden)) + 1).tolist(), len(places)]
    for first, last in pairwise(ends):
        # To the first point of the next piece, so that none is left out.
        painter.setPen(pen)
        painter.setOpacity(FAINT if trace.hidden[first] else 1.0)
        draw_within(paper, places[first : last + 1])
    painter.setOpacity(1.0)
