"""ContourMap: the filled and labelled contours of a bowl, exact at every zoom."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from gdviz.core.bowl import Bowl
from gdviz.core.contours import Box, Contour, contour, levels_in
from gdviz.ui.plots.marks import polygon
from gdviz.ui.plots.sheet import Mark, Paper, Points
from gdviz.ui.theme import LIGHT, Theme, mixed, plot_font

# How much of the grid's colour the highest ground takes on.
STRONGEST = 0.5
# How far labels stay from each other, from other marks and from the edge, in pixels.
LABEL_GAP, EDGE_GAP = 12.0, 8.0
# How many places of a level are tried for its label.
MOST_PLACES = 60
# How far one sees in the fog, in pixels, and how much of the text's colour the fog has.
SIGHT_PX, FOG = 26.0, 0.3
# Into how many cells a side of the view is cut, of which a label avoids those with marks.
CELLS = 14


class ContourMap(Mark):
    """Ground that grows darker (on dark ground, lighter) with the loss, and its levels."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._contours: list[Contour] = []
        self._labels: list[str] = []
        self._avoided = np.empty((0, 2))
        self._openings: Points | None = None
        self._ground_shown: tuple[Bowl, Box, tuple[float, float]] | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def set_bowl(
        self, bowl: Bowl, box: Box, px_per_unit: tuple[float, float], avoided: Points
    ) -> None:
        """Show a part of the ground, at some scale, with labels away from some places.

        Parameters
        ----------
        bowl : Bowl
        box : tuple
            The lowest and highest weight and bias that are shown.
        px_per_unit : tuple of float
            Pixels of a unit of weight and of bias.
        avoided : ndarray of shape (n, 2)
            Weights and biases that other marks occupy.
        """
        if (bowl, box, px_per_unit) != self._ground_shown:
            self._ground_shown = bowl, box, px_per_unit
            levels = levels_in(bowl, box)
            self._contours = [contour(bowl, level.height, box, px_per_unit) for level in levels]
            self._labels = [level.text for level in levels]
            self.set_points(*box)
            self.update()
        avoided = np.vstack((bowl.optimum, avoided))
        if not np.array_equal(avoided, self._avoided):
            self._avoided = avoided
            self.update()

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
        painter.fillRect(box, mixed(self._theme.muted, self._theme.plot, FOG))
        # An SVG can't be clipped: there the fog is everywhere.
        if paper.clips:
            painter.save()
            painter.setClipPath(self._discs(paper), Qt.ClipOperation.IntersectClip)
            self._paint_ground(paper, box)
            painter.restore()

    def _paint_ground(self, paper: Paper, box: QRectF) -> None:
        painter = paper.painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(box, self._ground(0))
        for index, level in enumerate(self._contours, 1):
            if len(level.area):
                painter.setBrush(self._ground(index))
                painter.drawPolygon(polygon(paper.pixels(level.area)))
        levels = [[paper.pixels(line) for line in c.lines] for c in self._contours]
        painter.setPen(QPen(QColor(self._theme.grid), 0.8))
        for lines in levels:
            for line in lines:
                painter.drawPolyline(polygon(line))
        self._paint_labels(painter, levels, paper.pixels(self._avoided), box)

    def _discs(self, paper: Paper) -> QPainterPath:
        """Return what a hiker sees from the places that are open, in pixels."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        assert self._openings is not None
        for x, y in paper.pixels(self._openings).tolist():
            path.addEllipse(QPointF(x, y), SIGHT_PX, SIGHT_PX)
        return path

    def _ground(self, index: int) -> QColor:
        """Return the colour between two levels; 0 is the highest ground."""
        share = STRONGEST * (1 - index / max(len(self._contours), 1)) ** 1.2
        return mixed(self._theme.grid, self._theme.plot, share)

    def _paint_labels(
        self, painter: QPainter, levels: list[list[Points]], taken: Points, box: QRectF
    ) -> None:
        font = plot_font(self._theme)
        font.setPixelSize(font.pixelSize() - 1)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        for lines, text in zip(levels, self._labels, strict=True):
            size = np.array([metrics.horizontalAdvance(text), metrics.height()])
            place = _label_place(lines, size, taken, box)
            if place is None:
                continue
            taken = np.vstack((taken, place))
            rect = QRectF(*(place - size / 2), *size)
            painter.setPen(QPen(QColor(self._theme.plot), 1))
            for shift in ((-1, 0), (1, 0), (0, -1), (0, 1)):
                painter.drawText(rect.translated(*shift), Qt.AlignmentFlag.AlignCenter, text)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def cells_of(places: Points, box: Box) -> Points:
    """Return the middles of the cells that places are in: they stay if a path shifts a little."""
    low, high = np.array(box).T
    size = (high - low) / CELLS
    seen = places[((places >= low) & (places <= high)).all(axis=1)]
    cells: Points = low + (np.unique(np.floor((seen - low) / size), axis=0) + 0.5) * size
    return cells


def _label_place(lines: list[Points], size: Points, taken: Points, box: QRectF) -> Points | None:
    """Return the place on lines that is farthest from what is there, if far enough."""
    if not lines:
        return None
    places = np.concatenate(lines)
    room = size / 2 + EDGE_GAP
    low = np.array([box.left(), box.top()]) + room
    high = np.array([box.right(), box.bottom()]) - room
    inside = places[((places >= low) & (places <= high)).all(axis=1)]
    inside = inside[:: 1 + len(inside) // MOST_PLACES]
    if not len(inside):
        return None
    # As multiples of what two labels of this size take up side by side, or one above the other.
    across, up = (
        np.abs(np.subtract.outer(places, others)) / length
        for places, others, length in zip(inside.T, taken.T, size + LABEL_GAP, strict=True)
    )
    distance = np.maximum(across, up).min(axis=1)
    best = int(distance.argmax())
    return inside[best] if distance[best] >= 1 else None
