"""Box: the frame around a relief: where its grid runs, and the numbers along its edges."""

import math

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from gdviz.core.geometry.relief import HALF_HEIGHT, Marks, Points, Relief
from gdviz.ui.plots.drawing.sheet import Paper
from gdviz.ui.plots.surface.camera import Camera, Sight
from gdviz.ui.theme import Theme, plot_font

# How far numbers stay from their edge, and names from the numbers, in pixels.
NUMBER_GAP = 7.0
# An edge that is looked at from its end has no room for numbers.
SHORTEST_EDGE = 50.0
LOSS_NAMES = {False: "loss", True: "loss above minimum"}

LEFTWARDS, UPWARDS = np.array([-1.0, 0.0]), np.array([0.0, -1.0])


class Box:
    """Floor, far walls, and three edges with numbers, chosen so that nothing is hidden.

    Parameters
    ----------
    relief : Relief
        What stands in it.
    camera : Camera
    """

    def __init__(self, relief: Relief, camera: Camera) -> None:
        self._marks, self._logarithmic = relief.marks, relief.logarithmic
        azimuth = math.radians(camera.azimuth)
        # The sides that the camera is on.
        self._x = 1.0 if math.cos(azimuth) > 0 else -1.0
        self._y = 1.0 if math.sin(azimuth) > 0 else -1.0

    def lines(self) -> Points:
        """Return the grid of floor and far walls: a line from every second point to the next."""
        weights, biases, losses = self._marks
        low, high = -HALF_HEIGHT, HALF_HEIGHT
        far_x, far_y = -self._x, -self._y
        lines = [((x, -1.0, low), (x, 1.0, low)) for x in (-1.0, 1.0, *_at(weights))]
        lines += [((-1.0, y, low), (1.0, y, low)) for y in (-1.0, 1.0, *_at(biases))]
        for z in (high, *_at(losses)):
            lines += [((-1.0, far_y, z), (1.0, far_y, z)), ((far_x, -1.0, z), (far_x, 1.0, z))]
        corners = ((far_x, far_y), (far_x, -far_y), (-far_x, far_y))
        lines += [((x, y, low), (x, y, high)) for x, y in corners]
        return np.array(lines, dtype=np.float64).reshape(-1, 3)

    def draw_numbers(self, paper: Paper, sight: Sight, theme: Theme, room: QRectF) -> None:
        """Write numbers and names along the edges in front, and up the leftmost one.

        Where the edges come near the ends of the room, the names stay inside.
        """
        weights, biases, losses = self._marks
        paper.painter.setFont(plot_font(theme))
        corners = np.array([(x, y, 0.0) for x in (-1.0, 1.0) for y in (-1.0, 1.0)])
        upright = _along(corners[sight.pixels(corners)[:, 0].argmin()], 2, HALF_HEIGHT, losses)
        bottom, top, *places = sight.pixels(upright)
        if np.hypot(*(top - bottom)) > SHORTEST_EDGE:
            _draw_numbers(paper, theme, np.array(places), losses, LEFTWARDS)
            _draw_name(paper, theme, LOSS_NAMES[self._logarithmic], top, UPWARDS, room)
        for axis, marks, name in ((0, weights, "weight w"), (1, biases, "bias b")):
            edge = np.array([self._x, self._y, -HALF_HEIGHT])
            first, last, *places = sight.pixels(_along(edge, axis, 1.0, marks))
            if np.hypot(*(last - first)) > SHORTEST_EDGE:
                outwards = self._outwards(sight, axis)
                widest = _draw_numbers(paper, theme, np.array(places), marks, outwards)
                middle = (first + last) / 2 + (NUMBER_GAP + widest) * outwards
                _draw_name(paper, theme, name, middle, outwards, room)

    def _outwards(self, sight: Sight, axis: int) -> Points:
        """Return in which direction of the picture it goes away from an edge in front."""
        edge = np.array([self._x, self._y, -HALF_HEIGHT])
        edge[axis] = 0.0
        near, far = sight.pixels(np.array([edge, edge * (1.2, 1.2, 1.0)]))
        away: Points = far - near
        return away / max(float(np.hypot(*away)), 1e-9)


def _along(edge: Points, axis: int, half: float, marks: Marks) -> Points:
    """Return the ends of an edge, and the places of its marks."""
    places = np.tile(edge, (len(marks) + 2, 1))
    places[:, axis] = (-half, half, *_at(marks))
    return places


def _at(marks: Marks) -> list[float]:
    return [at for at, _ in marks]


def _draw_numbers(
    paper: Paper, theme: Theme, places: Points, marks: Marks, outwards: Points
) -> float:
    """Write numbers beside their places, none over the one before; return how far they reach."""
    paper.painter.setPen(QColor(theme.muted))
    last, reach = QRectF(), 0.0
    for place, (_, text) in zip(places, marks, strict=True):
        box = _box_beside(paper.painter, text, place, outwards)
        if not box.adjusted(-4, 0, 4, 0).intersects(last):
            _write(paper, box, text)
            last = box
            size = box.width(), box.height()
            reach = max(reach, float(np.abs(outwards) @ size))
    return reach


def _draw_name(
    paper: Paper, theme: Theme, text: str, place: Points, outwards: Points, room: QRectF
) -> None:
    paper.painter.setPen(QColor(theme.text))
    box = _box_beside(paper.painter, text, place, outwards)
    box.moveRight(min(box.right(), room.right() - NUMBER_GAP))
    box.moveLeft(max(box.left(), room.left() + NUMBER_GAP))
    box.moveBottom(min(box.bottom(), room.bottom()))
    _write(paper, box, text)


def _write(paper: Paper, box: QRectF, text: str) -> None:
    """Write a text in its box, unless it would show outside of what is seen."""
    if paper.clips or paper.box.contains(box):
        paper.painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _box_beside(painter: QPainter, text: str, place: Points, outwards: Points) -> QRectF:
    """Return where a text stands that touches a place from outside."""
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(text) + 1, metrics.height()
    half = np.array([width, height]) / 2
    x, y = place + outwards * (NUMBER_GAP + half)
    return QRectF(x - half[0], y - half[1], width, height)
