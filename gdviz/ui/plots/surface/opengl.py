"""OpenGL: whether this display offers it, and a place off screen to draw with it."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Optional

from PySide6.QtCore import QCoreApplication, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext

if TYPE_CHECKING:
    from gdviz.ui.plots.surface.opengl_scene import Scene

# What pyqtgraph draws with.
OLDEST_VERSION = (2, 1)
# Platforms without a screen. One of them has some OpenGL where an X server happens to be near.
SCREENLESS = ("offscreen", "minimal")


class Context:
    """What has to be current while anything of OpenGL is touched: ``with context: …``.

    Attributes
    ----------
    gl : QOpenGLContext
    usable : bool
        Whether there is an OpenGL, and one that will do.
    """

    def __init__(self) -> None:
        # They have to end before the application does.
        application = QCoreApplication.instance()
        self.gl = QOpenGLContext(application)
        self._target = QOffscreenSurface(None, application)
        self.usable = self.gl.create() and self._is_recent()

    def __enter__(self) -> None:
        if not self.gl.makeCurrent(self._target):
            raise OSError("OpenGL has gone.")

    def __exit__(self, *_: object) -> None:
        self.gl.doneCurrent()

    def _is_recent(self) -> bool:
        self._target.setFormat(self.gl.format())
        self._target.create()
        if not self.gl.makeCurrent(self._target):
            return False
        self.gl.doneCurrent()
        return self.gl.format().version() >= OLDEST_VERSION


def open_scene() -> Optional["Scene"]:
    """Return something to draw on, or None where there is no OpenGL."""
    context = _shared_context()
    if context is None:
        return None
    try:
        from gdviz.ui.plots.surface.opengl_scene import Scene
    except (ImportError, AttributeError, OSError):
        return None  # so PyOpenGL fails where it finds no library
    return Scene(context)


@cache
def _shared_context() -> Context | None:
    """Return the context of all scenes: pyqtgraph compiles its shaders only once."""
    if QGuiApplication.platformName() in SCREENLESS:
        return None
    with _silence():
        context = Context()
    if not context.usable:
        return None
    with context:
        _name_way()
    return context


def _name_way() -> None:
    """Tell PyOpenGL how Qt has reached OpenGL: on Linux there are two ways, and it would guess."""
    if sys.platform == "linux":
        egl = ctypes.CDLL("libEGL.so.1")
        egl.eglGetCurrentContext.restype = ctypes.c_void_p
        way = "egl" if egl.eglGetCurrentContext() else "glx"
        os.environ.setdefault("PYOPENGL_PLATFORM", way)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep Qt from complaining of what the surface says in a sentence of its own."""
    before = qInstallMessageHandler(lambda *_: None)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
