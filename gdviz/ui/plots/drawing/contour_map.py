"""ContourMap: the filled and labelled contours of a bowl, exact at every zoom."""

from dataclasses import dataclass, field
from itertools import compress

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen

from gdviz.core.descent.bowl import Bowl
from gdviz.core.geometry.contours import Contour, Level, contour, levels_in
from gdviz.core.geometry.ranges import Box
from gdviz.ui.plots.drawing.marks import polygon
from gdviz.ui.plots.drawing.ramp import grounds
from gdviz.ui.plots.drawing.sheet import Mark, Paper, Points
from gdviz.ui.plots.drawing.words import write
from gdviz.ui.theme import LIGHT, Theme, mixed, plot_font

# Inside of a level that is smaller, in pixels, all ground has one colour: more would take from the
# steps between what can be seen.
SMALLEST_PX = 12.0
# How much of the colour of muted text is in a line.
LINES = 0.6
# How far labels stay from each other, from other marks and from the edge, in pixels.
LABEL_GAP, EDGE_GAP = 12.0, 8.0
# How many places of a level are tried for its label.
MOST_PLACES = 60
# How far one sees in the fog, in pixels, and how much of the text's colour the fog has.
SIGHT_PX, FOG = 26.0, 0.3
# Into how many cells a side of the view is cut, of which a label avoids those with marks.
CELLS = 14


class ContourMap(Mark):
    """Ground that grows darker (in a dark theme, lighter) with the loss, and its levels."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._levels: list[Level] = []
        self._contours: list[Contour] = []
        self._labels: list[Label] = []
        self._avoided = np.empty((0, 2))
        self._openings: Points | None = None
        self._ground_shown: tuple[Bowl, Box, tuple[float, float]] | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        font, self._theme = self._font, theme
        # In another size of letters they need other room; else they stay where they are.
        if self._font != font:
            self._make_labels()
        self.update()

    def set_bowl(
        self, bowl: Bowl, box: Box, px_per_unit: tuple[float, float], avoided: Points
    ) -> None:
        """Show a part of the ground, at some scale, with labels away from some places.

        Parameters
        ----------
        box : tuple
            The lowest and highest weight and bias that are shown.
        px_per_unit : tuple of float
            Pixels of a unit of weight and of bias.
        avoided : ndarray of shape (n, 2)
            Weights and biases that other marks occupy.
        """
        avoided = np.vstack((bowl.optimum, avoided)) * px_per_unit
        if (bowl, box, px_per_unit) != self._ground_shown:
            self._ground_shown = bowl, box, px_per_unit
            self._levels = levels_in(bowl, box)
            self._contours = [
                contour(bowl, level.height, box, px_per_unit) for level in self._levels
            ]
            self.set_points(*box)
            self._avoided = avoided
            self._make_labels()
            self.update()
        elif not np.array_equal(avoided, self._avoided):
            self._avoided = avoided
            self._place_labels()

    def set_openings(self, places: Points | None) -> None:
        """Show the ground around some places only, as in fog; None: all of it."""
        self._openings = places
        self.update()

    def paint(self, paper: Paper) -> None:
        """Draw ground, lines and labels, from the highest level down."""
        painter, corners = paper.painter, paper.pixels(self.points)
        box = QRectF(QPointF(*corners[0]), QPointF(*corners[1])).normalized()
        if self._openings is None:
            self._paint_ground(paper, box)
            return
        fog = mixed(self._theme.muted, self._theme.plot, FOG)
        if paper.clips:
            painter.fillRect(box, fog)
            painter.save()
            painter.setClipPath(self._discs(paper), Qt.ClipOperation.IntersectClip)
            self._paint_ground(paper, box)
            painter.restore()
        else:
            # An SVG can't be clipped. A fog with holes looks the same, and takes longer to make.
            self._paint_ground(paper, box)
            painter.fillPath(self._around(box, self._discs(paper)), fog)

    def _paint_ground(self, paper: Paper, box: QRectF) -> None:
        painter = paper.painter
        painter.setPen(Qt.PenStyle.NoPen)
        highest, *lower = self._grounds()
        painter.fillRect(box, highest)
        for level, ground in zip(self._contours, lower, strict=True):
            if len(level.area):
                painter.setBrush(ground)
                painter.drawPolygon(polygon(paper.pixels(level.area)))
        painter.setPen(QPen(mixed(self._theme.muted, self._theme.ground[1], LINES), 0.8))
        for level in self._contours:
            for line in level.lines:
                painter.drawPolyline(polygon(paper.pixels(line)))
        self._paint_labels(paper)

    def _discs(self, paper: Paper) -> QPainterPath:
        """Return what a hiker sees from the places that are open, in pixels."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        assert self._openings is not None
        for x, y in paper.pixels(self._openings).tolist():
            path.addEllipse(QPointF(x, y), SIGHT_PX, SIGHT_PX)
        return path

    def _around(self, box: QRectF, holes: QPainterPath) -> QPainterPath:
        around = QPainterPath()
        around.addRect(box)
        return around.subtracted(holes)

    def _grounds(self) -> list[QColor]:
        """Return the colours above, between and below the levels, the highest first."""
        assert self._ground_shown is not None
        sizes = [
            (np.ptp(level.area, axis=0) * self._ground_shown[2]).min() if len(level.area) else 0.0
            for level in self._contours
        ]
        large = sum(size >= SMALLEST_PX for size in sizes)
        *rest, highest = grounds(self._theme, large + 1)
        lower = rest[::-1] + (rest or [highest])[:1] * (len(sizes) - large)
        return [highest, *lower]

    def _make_labels(self) -> None:
        """Write a label for every level that is seen, wherever it finds room."""
        if self._ground_shown is None:
            return
        _, box, px_per_unit = self._ground_shown
        metrics = QFontMetricsF(self._font)
        low, high = np.array(box).T * px_per_unit
        self._labels = []
        for level, lines in zip(self._levels, self._contours, strict=True):
            size = np.array([metrics.horizontalAdvance(level.text), metrics.height()])
            room = size / 2 + EDGE_GAP
            places = np.concatenate([np.empty((0, 2)), *lines.lines]) * px_per_unit
            places = places[((places >= low + room) & (places <= high - room)).all(axis=1)]
            if len(places):
                places = places[:: 1 + len(places) // MOST_PLACES]
                self._labels.append(Label(level.text, size, places))
        self._place_labels()

    def _place_labels(self) -> None:
        """Find a place for every label that stands in the way; the others don't jump about."""
        standing = self._standing()
        taken = np.concatenate([self._avoided, *(label.place for label in standing)])
        for label in self._labels:
            if label not in standing:
                if label.find_place(taken):
                    self.update()
                taken = np.concatenate((taken, label.place))

    def _standing(self) -> "list[Label]":
        """Return the labels that stand away from other marks."""
        placed = [label for label in self._labels if len(label.place)]
        if not placed:
            return []
        places = np.concatenate([label.place for label in placed])
        rooms = np.array([label.room for label in placed])
        return list(compress(placed, distances(places, self._avoided, rooms) >= 1))

    @property
    def _font(self) -> QFont:
        font = plot_font(self._theme)
        if self._theme.scale == 1:  # larger type is for far eyes
            font.setPixelSize(font.pixelSize() - 1)
        return font

    def _paint_labels(self, paper: Paper) -> None:
        assert self._ground_shown is not None
        painter, px_per_unit = paper.painter, self._ground_shown[2]
        painter.setFont(self._font)
        for label in self._labels:
            for centre in paper.pixels(label.place / px_per_unit):
                rect = QRectF(*(centre - label.size / 2), *label.size)
                write(painter, rect, label.text, self._theme)


@dataclass(eq=False)
class Label:
    """The loss of a level, written on its line.

    Attributes
    ----------
    size : ndarray of shape (2,)
        Width and height, in pixels.
    places : ndarray of shape (n, 2)
        Where it could stand, in units times the pixels of one.
    place : ndarray of shape (1, 2), or (0, 2)
        Where it stands, if there is room.
    """

    text: str
    size: Points
    places: Points
    place: Points = field(default_factory=lambda: np.empty((0, 2)))

    @property
    def room(self) -> Points:
        """How far other marks stay away, across and up."""
        return self.size + LABEL_GAP

    def find_place(self, taken: Points) -> bool:
        """Take the place that is farthest from some others, if far enough; tell if it moves."""
        before, free = self.place, distances(self.places, taken, self.room)
        best = int(free.argmax())
        self.place = self.places[best : best + (free[best] >= 1)]
        return not np.array_equal(self.place, before)


def distances(places: Points, taken: Points, room: Points) -> Points:
    """Return how far places are from the nearest of others.

    Parameters
    ----------
    places, taken : ndarray of shape (n, 2) and (m, 2)
    room : ndarray of shape (2,) or (n, 2)
        What a place needs across and up; the distances, of shape (n,), are multiples of it.
    """
    across, up = (
        np.abs(np.subtract.outer(places[:, axis], taken[:, axis])) / room[..., axis, np.newaxis]
        for axis in (0, 1)
    )
    nearest: Points = np.maximum(across, up).min(axis=1)
    return nearest


def cells_of(places: Points, box: Box) -> Points:
    """Return the middles of the cells that places are in: they stay if a path shifts a little."""
    low, high = np.array(box).T
    size = (high - low) / CELLS
    seen = places[((places >= low) & (places <= high)).all(axis=1)]
    cells: Points = low + (np.unique(np.floor((seen - low) / size), axis=0) + 0.5) * size
    return cells
