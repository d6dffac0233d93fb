"""Scene: what OpenGL draws of a surface, as an image.

It is drawn off screen, once for each place to look from: with a widget of OpenGL's own, Qt would
put the whole window together by OpenGL, and every frame of every plot would cost more. Import this
module only to draw: it loads PyOpenGL, which takes longer than many frames.
"""

import numpy as np
import pyqtgraph.opengl as gl
from numpy.typing import NDArray
from OpenGL.GL import GL_MULTISAMPLE, GL_POLYGON_OFFSET_FILL, glEnable, glViewport
from pyqtgraph.opengl.GLGraphicsItem import GLOptions
from pyqtgraph.opengl.GLViewWidget import GLViewMixin
from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMatrix4x4, QOpenGLContext
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLFramebufferObjectFormat

from gdviz.ui.plots.surface.opengl import Context

# Samples of each pixel, for smooth edges.
SAMPLES = 4
# The longest side of a picture that OpenGL of any age can draw.
LONGEST_SIDE = 4096
# The surface lies a little behind the lines that are drawn on it.
BEHIND = GLOptions["opaque"] | {GL_POLYGON_OFFSET_FILL: True, "glPolygonOffset": (1.0, 1.0)}


class Scene(GLViewMixin, QObject):
    """A surface of triangles, and lines: what pyqtgraph calls a view, without a widget.

    Parameters
    ----------
    context : Context
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._projection = QMatrix4x4()
        super().__init__()
        self._surface = gl.GLMeshItem(computeNormals=False, glOptions=BEHIND)
        self._lines = gl.GLLinePlotItem(mode="lines", glOptions="opaque")
        with context:
            self.initializeGL()
        self.addItem(self._surface)
        self.addItem(self._lines)

    def set_surface(
        self,
        vertices: NDArray[np.float64],
        faces: NDArray[np.uint32],
        colours: NDArray[np.float64],
    ) -> None:
        """Show triangles.

        Parameters
        ----------
        vertices : ndarray of shape (n, 3)
        faces : ndarray of shape (m, 3)
            Indices of vertices.
        colours : ndarray of shape (n, 4)
            Red, green, blue and opacity of each vertex, from 0 to 1.
        """
        self._surface.setMeshData(
            vertexes=vertices.astype(np.float32),
            faces=faces,
            vertexColors=colours.astype(np.float32),
        )

    def set_lines(self, points: NDArray[np.float64], colours: NDArray[np.float64]) -> None:
        """Show lines, each from one point to the next but none from there to the third.

        Parameters
        ----------
        points : ndarray of shape (2 n, 3)
        colours : ndarray of shape (2 n, 4)
        """
        self._lines.setData(pos=points, color=colours)

    def image(
        self, matrix: NDArray[np.float64], size: QSize, background: QColor, line_width: float
    ) -> QImage:
        """Return what is seen.

        Parameters
        ----------
        matrix : ndarray of shape (4, 4)
            Leads from the points to OpenGL's clip space.
        size : QSize
            In pixels; what is larger than OpenGL can draw is drawn smaller.
        background : QColor
        line_width : float
            In pixels.
        """
        self._projection = QMatrix4x4(*matrix.ravel().tolist())
        self.setBackgroundColor(background)
        self._lines.setData(width=line_width)
        if max(size.width(), size.height()) > LONGEST_SIDE:
            size = size.scaled(LONGEST_SIDE, LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        with self._context:
            buffer = _buffer(size)
            buffer.bind()
            glViewport(0, 0, size.width(), size.height())
            glEnable(GL_MULTISAMPLE)
            whole = (0, 0, size.width(), size.height())
            self.paint(region=whole, viewport=whole)
            image = buffer.toImage()
            buffer.release()
        return image

    def context(self) -> QOpenGLContext:
        """Return what pyqtgraph asks for the version of OpenGL."""
        return self._context.gl

    def isValid(self) -> bool:
        """Tell pyqtgraph that its items can make themselves ready."""
        return True

    def update(self) -> None:
        """Do nothing: who wants an image asks for it."""

    def projectionMatrix(self, *_: object) -> QMatrix4x4:
        """Return the matrix given, whatever part of the view is drawn."""
        return self._projection

    def viewMatrix(self) -> QMatrix4x4:
        """Return nothing more to do: the matrix given holds all of it."""
        return QMatrix4x4()


def _buffer(size: QSize) -> QOpenGLFramebufferObject:
    form = QOpenGLFramebufferObjectFormat()
    form.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
    form.setSamples(SAMPLES)
    return QOpenGLFramebufferObject(size, form)
