"""What a bug report has to name: the versions that run here."""

import platform

from gdviz.core import __version__

PARTS = {"Qt": "PySide6-Essentials", "NumPy": "numpy", "pyqtgraph": "pyqtgraph"}


def versions() -> str:
    """Return one line, such as ``gdviz 0.1.0 (Python 3.13.0, Qt 6.12.0, …, Linux x86_64)``."""
    parts = [f"Python {platform.python_version()}"]
    parts += [f"{name} {_installed(distribution)}" for name, distribution in PARTS.items()]
    parts.append(f"{platform.system()} {platform.machine()}")
    return f"gdviz {__version__} ({', '.join(parts)})"


def _installed(distribution: str) -> str:
    # Nobody who only opens a window need wait for it.
    from importlib.metadata import PackageNotFoundError, version

    # From what pip wrote down: to import Qt would fail just where a bug report is needed.
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "missing"
