"""Camera: from where a box is seen, and where its points then lie in a picture."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize

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

    def sight(self, size: QSize, target: QRectF, half_height: float) -> "Sight":
        """Return what a picture shows.

        Parameters
        ----------
        size : QSize
            Of the picture, in pixels.
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
        seen = _flat(turned, hull)
        (left, bottom), (right, top) = seen.min(axis=0), seen.max(axis=0)
        scale = min(target.width() / (right - left), target.height() / (top - bottom)) * self.zoom
        x = target.center().x() - scale * (left + right) / 2
        y = size.height() - target.center().y() - scale * (bottom + top) / 2
        fit = np.diag([2 * scale / size.width(), 2 * scale / size.height(), 1.0, 1.0])
        fit[:2, 3] = 2 * x / size.width() - 1, 2 * y / size.height() - 1
        return Sight(fit @ turned, size)

    @property
    def eye(self) -> Matrix:
        """Where the eye is, in units of the box: of shape (3,)."""
        azimuth, elevation = math.radians(self.azimuth), math.radians(self.elevation)
        out = math.cos(elevation)
        towards = (out * math.cos(azimuth), out * math.sin(azimuth), math.sin(elevation))
        return DISTANCE * np.array(towards)

    def _turned(self) -> Matrix:
        """Return the matrix of what is seen from there, in units of the box."""
        azimuth, elevation = math.radians(self.azimuth), math.radians(self.elevation)
        cos_a, sin_a = math.cos(azimuth), math.sin(azimuth)
        cos_e, sin_e = math.cos(elevation), math.sin(elevation)
        to_eye = self.eye / DISTANCE
        right = np.array([-sin_a, cos_a, 0.0])
        up = np.array([-sin_e * cos_a, -sin_e * sin_a, cos_e])
        # Points at most 2 away from the middle are neither too near nor too far to be drawn.
        return DISTANCE * np.vstack((
            [*right, 0.0],
            [*up, 0.0],
            [*(-to_eye / 3), 0.0],
            [*(-to_eye / DISTANCE), 1.0],
        ))  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sight:
    """A picture of the box, as seen by a camera.

    Attributes
    ----------
    matrix : ndarray of shape (4, 4)
        Leads from points in the box to OpenGL's clip space.
    size : QSize
    """

    matrix: Matrix
    size: QSize

    def pixels(self, points: Matrix) -> Matrix:
        """Return where points of shape (n, 3) are seen, in pixels from the top left: (n, 2)."""
        flat = _flat(self.matrix, points)
        return (flat * (1, -1) + 1) / 2 * (self.size.width(), self.size.height())


def _flat(matrix: Matrix, points: Matrix) -> Matrix:
    seen = points @ matrix[:, :3].T + matrix[:, 3]
    flat: Matrix = seen[:, :2] / seen[:, 3:]
    return flat
