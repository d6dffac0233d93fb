"""Panorama: a relief seen from one place, and the marks that are painted onto it."""

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QMargins, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from gdviz.core.geometry.relief import HALF_HEIGHT, Points, Relief
from gdviz.ui.plots.drawing.shapes import corners
from gdviz.ui.plots.surface.box import Box
from gdviz.ui.plots.surface.camera import Camera
from gdviz.ui.theme import Theme

if TYPE_CHECKING:
    from gdviz.ui.plots.surface.opengl_scene import Scene

# Room for the numbers around the box.
MARGINS = QMargins(52, 26, 52, 46)
# How much of a theme's colour goes into the plot's background.
LOWEST, HIGHEST, CONTOURS, GRID = 0.62, 0.16, 0.55, 0.3
# How much is left of lines and marks behind the relief.
FAINT, FAINT_MARK = 0.28, 0.5
# Where light comes from, and how much of it comes from everywhere.
LIGHT = np.array([-0.5, -0.35, 0.8])
AMBIENT = 0.7


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

    def first(self, count: int) -> "Trace":
        """Return only the first points."""
        return Trace(self.places[:count], self.hidden[:count])

    def then(self, other: "Trace") -> "Trace":
        """Return these points and others."""
        places, hidden = (np.concatenate(both) for both in zip(self, other, strict=True))
        return Trace(places, hidden)


class Panorama:
    """A picture of a relief, drawn once; then marks can be painted where they lie in it.

    Parameters
    ----------
    scene : Scene
        Draws the relief.
    relief : Relief
    camera : Camera
        Where to look from.
    theme : Theme
    size : QSize
        Of the whole picture.
    top : int
        What is left free for a legend.
    scale : float
        Pixels of the picture for each pixel of `size`.

    Attributes
    ----------
    relief : Relief
    view : tuple
        The other parameters: a picture for the same ones looks the same.
    backdrop : QPixmap
        The relief in its box.
    """

    def __init__(
        self,
        scene: "Scene",
        relief: Relief,
        camera: Camera,
        theme: Theme,
        size: QSize,
        top: int,
        scale: float,
    ) -> None:
        self.relief = relief
        self.view = (camera, theme, size, top, scale)
        self._eye, self._theme = camera.eye, theme
        self._box = Box(relief, camera)
        room = QRect(0, top, size.width(), size.height() - top).marginsRemoved(MARGINS)
        self._sight = camera.sight(size, QRectF(room), HALF_HEIGHT)
        self.backdrop = self._painted(scene, scale)

    def trace(self, points: Points) -> Trace:
        """Return how points of the relief are seen."""
        return Trace(self._sight.pixels(points), self.relief.hidden(points, self._eye))

    def traces(self, *parts: Points) -> list[Trace]:
        """Return how several lines are seen: faster than one after the other."""
        places, hidden = self.trace(np.vstack(parts))
        ends = np.cumsum([len(part) for part in parts])[:-1]
        both = zip(np.split(places, ends), np.split(hidden, ends), strict=True)
        return [Trace(*each) for each in both]

    def draw_line(self, painter: QPainter, trace: Trace, pen: QPen) -> None:
        """Paint a line, faint where the relief hides it."""
        places, hidden = trace
        ends = [0, *(np.flatnonzero(np.diff(hidden)) + 1).tolist(), len(places)]
        painter.setPen(pen)
        for first, last in pairwise(ends):
            if first < last:
                # To the first point of the next piece, so that none is left out.
                painter.setOpacity(FAINT if hidden[first] else 1)
                painter.drawPolyline(_polygon(places[first : last + 1]))
        painter.setOpacity(1)

    def draw_steps(self, painter: QPainter, trace: Trace, pen: QPen) -> None:
        """Paint a line that may cross itself often, piece by piece: as a whole it takes long."""
        places, hidden = trace
        pieces = np.stack((places[:-1], places[1:]), axis=1)
        painter.setPen(pen)
        for chosen, opacity in ((hidden[:-1], FAINT), (~hidden[:-1], 1)):
            if chosen.any():
                painter.setOpacity(opacity)
                painter.drawLines(_polygon(pieces[chosen].reshape(-1, 2)).toList())
        painter.setOpacity(1)

    def draw_dots(self, painter: QPainter, trace: Trace, size: float, colour: str) -> None:
        """Paint a disc at every place, faint where the relief hides it."""
        places, hidden = trace
        for chosen, opacity in ((hidden, FAINT), (~hidden, 1)):
            if chosen.any():
                painter.setOpacity(opacity)
                self._draw_discs(painter, _polygon(places[chosen]), size, colour)
        painter.setOpacity(1)

    def draw_hiker(self, painter: QPainter, point: Points, size: float, colour: str) -> None:
        """Paint a disc that nothing hides."""
        self._draw_discs(painter, _polygon(self._sight.pixels(point)), size, colour)

    def draw_mark(
        self, painter: QPainter, shape: str, point: Points, size: float, colour: str
    ) -> None:
        """Paint a cross, square, triangle or diamond."""
        (place,), (hidden,) = self.trace(point)
        painter.setOpacity(FAINT_MARK if hidden else 1)
        if shape == "cross":
            self._draw_cross(painter, place, size / 2.8, colour)
        else:
            painter.setPen(QPen(QColor(self._theme.plot), 1))
            painter.setBrush(QColor(colour))
            painter.drawPolygon(corners(shape, size / 2).translated(*place.tolist()))
        painter.setOpacity(1)

    def _draw_discs(self, painter: QPainter, places: QPolygonF, size: float, colour: str) -> None:
        for name, width in ((self._theme.plot, size + 2), (colour, size)):
            painter.setPen(QPen(QColor(name), width, c=Qt.PenCapStyle.RoundCap))
            painter.drawPoints(places)

    def _draw_cross(
        self, painter: QPainter, place: NDArray[np.float64], arm: float, colour: str
    ) -> None:
        for name, width in ((self._theme.plot, 5.4), (colour, 3.4)):
            painter.setPen(QPen(QColor(name), width, c=Qt.PenCapStyle.RoundCap))
            for way in (1, -1):
                arms = np.array([(-arm, -way * arm), (arm, way * arm)])
                painter.drawLine(*(QPointF(*end) for end in (place + arms).tolist()))

    def _painted(self, scene: "Scene", scale: float) -> QPixmap:
        """Return the relief in its box with numbers."""
        vertices, faces, normals = self.relief.mesh
        scene.set_surface(vertices, faces, self._shades(vertices, normals))
        scene.set_lines(*self._lines())
        size = self._sight.size * scale
        image = scene.image(self._sight.matrix, size, QColor(self._theme.plot), scale)
        result = QPixmap.fromImage(image.scaled(size))
        result.setDevicePixelRatio(scale)
        painter = QPainter(result)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._box.draw_numbers(painter, self._sight, self._theme)
        painter.end()
        return result

    def _shades(self, vertices: Points, normals: Points) -> Points:
        """Return colours that pale with height, and darken away from the light."""
        height = (vertices[:, 2:] / HALF_HEIGHT + 1) / 2
        colours = self._mixed("accent", LOWEST + (HIGHEST - LOWEST) * height)
        light = np.abs(normals @ (LIGHT / np.linalg.norm(LIGHT)))[:, np.newaxis]
        colours[:, :3] *= AMBIENT + (1 - AMBIENT) * light
        return colours

    def _lines(self) -> tuple[Points, Points]:
        """Return contours and the grid of the box, and their colours."""
        contours, grid = self.relief.contours, self._box.lines()
        colours = (
            self._mixed("text", np.full((len(contours), 1), CONTOURS)),
            self._mixed("grid", np.full((len(grid), 1), GRID)),
        )
        return np.vstack((contours, grid)), np.vstack(colours)

    def _mixed(self, name: str, share: Points) -> Points:
        """Return one of the theme's colours mixed into its background, of shape (n, 4)."""
        colour, background = (
            np.array(QColor(self._theme.colour(each)).getRgbF()) for each in (name, "plot")
        )
        mixed: Points = background + (colour - background) * share
        return mixed


def _polygon(points: NDArray[np.float64]) -> QPolygonF:
    polygon: QPolygonF = pg.functions.arrayToQPolygonF(*points.T)
    return polygon
