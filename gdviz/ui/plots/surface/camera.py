"""Camera: from where a box is seen, and where its points then lie in a picture."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

Matrix = NDArray[np.float64]

# How far away the eye is; nearer, the box would look bent.
DISTANCE = 8.0
MIN_ZOOM, MAX_ZOOM = 0.5, 10.0


@dataclass(frozen=True)
class Camera:
    """A place to look from, at the middle of a box.

    Attributes
    ----------
    azimuth : float
        Where the eye stands, in degrees from the first axis towards the second.
    elevation : float
        How high it stands, in degrees: 0 to 90.
    zoom : float
        1: the box just fits, however it is turned.
    """

    azimuth: float = -62.0
    elevation: float = 30.0
    zoom: float = 1.0

    def turned(self, azimuth: float, elevation: float) -> "Camera":
        """Return a camera that has gone round by so many degrees."""
        elevation = min(max(self.elevation + elevation, 0.0), 90.0)
        return replace(self, azimuth=(self.azimuth + azimuth) % 360, elevation=elevation)

    def zoomed(self, factor: float) -> "Camera":
        """Return a camera that sees everything larger by a factor."""
        return replace(self, zoom=min(max(self.zoom * factor, MIN_ZOOM), MAX_ZOOM))

    def sight(self, target: QRectF, half_height: float) -> "Sight":
        """Return what a picture shows.

        Parameters
        ----------
        target : QRectF
            Where in it the box has to fit.
        half_height : float
            Of the box, that reaches from -1 to 1 along its other axes.
        """
        turned = self._turned()
        # The upright cylinder around the box: going round must not change the size of things.
        angle = np.linspace(0, 2 * math.pi, 73)
        rim = math.sqrt(2) * np.cos(angle), math.sqrt(2) * np.sin(angle)
        hull = np.vstack([
            np.column_stack((*rim, np.full_like(angle, end))) for end in (-half_height, half_height)
        ])  # fmt: skip
        seen = Sight(turned, self.eye).pixels(hull)
        low, high = seen.min(axis=0), seen.max(axis=0)
        room = np.array([target.width(), target.height()])
        scale = (room / (high - low)).min() * self.zoom
        shift = np.array(target.center().toTuple()) - scale * (low + high) / 2
        fit = np.array([[scale, 0, shift[0]], [0, scale, shift[1]], [0, 0, 1]])
        return Sight(fit @ turned, self.eye)

    @property
    def eye(self) -> Matrix:
        """Where the eye is, in units of the box: of shape (3,)."""
        azimuth, elevation = math.radians(self.azimuth), math.radians(self.elevation)
        out = math.cos(elevation)
        towards = (out * math.cos(azimuth), out * math.sin(azimuth), math.sin(elevation))
        return DISTANCE * np.array(towards)

    def _turned(self) -> Matrix:
        """Return the matrix of what is seen from there: to the right, down, and how far away."""
        azimuth, elevation = math.radians(self.azimuth), math.radians(self.elevation)
        cos_a, sin_a = math.cos(azimuth), math.sin(azimuth)
        cos_e, sin_e = math.cos(elevation), math.sin(elevation)
        return np.array([
            [-sin_a, cos_a, 0.0, 0.0],
            [sin_e * cos_a, sin_e * sin_a, -cos_e, 0.0],
            [*(-self.eye / DISTANCE**2), 1.0],
        ])  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sight:
    """A picture of the box, as seen by a camera.

    Attributes
    ----------
    matrix : ndarray of shape (3, 4)
        Leads from points in the box to pixels, times how far away they are, and to that.
    eye : ndarray of shape (3,)
        From where it is seen, in units of the box.
    """

    matrix: Matrix
    eye: Matrix

    def pixels(self, points: Matrix) -> Matrix:
        """Return where points, of shape (..., 3), are seen, in pixels from the top left."""
        seen = points @ self.matrix[:, :3].T + self.matrix[:, 3]
        flat: Matrix = seen[..., :2] / seen[..., 2:]
        return flat

    def way(self, pixel: QPointF) -> Matrix:
        """Return in which direction, of shape (3,), lies what is seen at a pixel."""
        way: Matrix = np.linalg.inv(self.matrix[:, :3]) @ np.array([pixel.x(), pixel.y(), 1.0])
        # Away from the eye, not behind it.
        return -way if way @ self.eye > 0 else way
