"""Whether a window can open here; Qt itself would only abort."""

import ctypes
import os
import re
import sys
from pathlib import Path
from typing import Any

HEADLESS = "“gdviz train FILE” and “gdviz export FILE OUT” work without one."

# Platforms that need nothing but Qt; and how long another one may take to start.
EVERYWHERE = {"offscreen", "minimal"}
LONGEST_S = 20

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

    Without `QT_QPA_PLATFORM` only Linux needs asking, and only where Qt would choose X11.
    """
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    if asked not in {"", "xcb"}:
        return None if asked in EVERYWHERE or _starts() else _not_on(asked)
    if sys.platform != "linux" or (os.environ.get("WAYLAND_DISPLAY") and not asked):
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


def _starts() -> bool:
    """Tell whether Qt starts as it is asked to; where it doesn't, it ends its process."""
    import subprocess  # hardly anybody needs it, and it takes 3 ms

    program = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    try:
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, timeout=LONGEST_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return True  # nothing is known against it
    return done.returncode == 0


def _not_on(asked: str) -> str:
    """Return a sentence that names the platforms there are in place of one that can't be used."""
    from PySide6.QtCore import QPluginLoader

    plugins: list[dict[str, Any]] = [
        QPluginLoader(str(file)).metaData() for file in sorted(_platforms().iterdir())
    ]
    known = [key for plugin in plugins for key in plugin.get("MetaData", {}).get("Keys", [])]
    fault = "can't start on the" if asked.partition(":")[0] in known else "has no"
    return (
        f"Qt {fault} platform “{asked}”, which QT_QPA_PLATFORM asks for. Unset it, or set it to "
        f"one of these: {', '.join(known)}. {HEADLESS}"
    )


def _platforms() -> Path:
    """Return the folder of those parts of Qt that open windows."""
    from PySide6.QtCore import QLibraryInfo

    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"


def _xcb_plugin() -> Path:
    """Return the file of the one that talks to X11."""
    return _platforms() / "libqxcb.so"


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
