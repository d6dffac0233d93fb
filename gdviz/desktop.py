"""Whether a window can open here; Qt itself would only abort."""

import ctypes
import os
import re
import sys
from pathlib import Path

HEADLESS = "“gdviz train FILE” and “gdviz export FILE OUT” work without one."

# Debian's packages, by the library that Qt misses.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
}


def missing_library(error: Exception) -> str | None:
    """Return a sentence that names the package for a library that couldn't be loaded, or None."""
    found = re.search(r"([\w.+-]+\.so[.\d]*): cannot open shared object", str(error))
    if found is None:
        return None
    library = found[1]
    package = PACKAGES.get(library)
    how = f"apt install {package}" if package else "with your system's package manager"
    return f"Qt needs the system library {library}, which is missing; install it: {how}."


def why_no_window() -> str | None:
    """Return a sentence that says why no window can open here, or None if one can.

    Only Linux needs asking, and only where Qt would choose X11.
    """
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "xcb") != "xcb":
        return None
    if os.environ.get("WAYLAND_DISPLAY") and "QT_QPA_PLATFORM" not in os.environ:
        return None
    if not os.environ.get("DISPLAY"):
        return f"There is no display to open a window on. {HEADLESS}"
    try:
        ctypes.CDLL(str(_xcb_plugin()))
        reachable = _can_connect()
    except OSError as error:
        return missing_library(error) or f"Qt can't open a window: {error}. {HEADLESS}"
    if not reachable:
        return f"The display {os.environ['DISPLAY']} does not answer. {HEADLESS}"
    return None


def _xcb_plugin() -> Path:
    """Return the file of the part of Qt that talks to X11."""
    from PySide6.QtCore import QLibraryInfo

    plugins = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    return Path(plugins) / "platforms" / "libqxcb.so"


def _can_connect() -> bool:
    """Tell whether the X server answers."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
