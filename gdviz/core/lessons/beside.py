"""Beside: the files that a chapter can name. They lie in the lesson's folder, or in gdviz's own."""

import posixpath
from contextlib import suppress
from pathlib import Path, PureWindowsPath

from gdviz.core.files import FileError


def beside(name: str, *folders: Path) -> Path:
    """Return the path of a name in the first of some folders that has it, or else in the first.

    Links are followed, but never out of the folder.

    Raises
    ------
    FileError
        If it lies outside.
    """
    paths = [_inside(folder, name) for folder in folders]
    return next((path for path in paths if path.exists()), paths[0])


def _inside(folder: Path, name: str) -> Path:
    outside = FileError(Path(name), "lies outside the lesson's folder. Copy it there.")
    # Before anything is looked at: where that is another computer, Windows tells it who asks.
    if _leads_out(name):
        raise outside
    try:
        path = (folder / name).resolve()
        with suppress(FileNotFoundError, NotADirectoryError):
            path.stat()  # refuses names that are too long, and links that lead to each other
        is_inside = path.is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links that lead to each other
        raise FileError(Path(name), "can't be found. Check how the name is written.") from None
    if not is_inside:
        raise outside
    return path


def _leads_out(name: str) -> bool:
    """Tell whether a name leads out of its folder by itself, on this system or on Windows."""
    path = PureWindowsPath(name)
    return bool(path.anchor) or posixpath.normpath(path.as_posix()).split("/")[0] == ".."
