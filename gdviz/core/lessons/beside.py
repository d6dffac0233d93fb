"""Beside: the files that a chapter can name. They lie in the lesson's folder, or in gdviz's own."""

from contextlib import suppress
from pathlib import Path

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
    try:
        path = (folder / name).resolve()
        with suppress(FileNotFoundError, NotADirectoryError):
            path.stat()  # refuses names that are too long, and links that lead to each other
        is_inside = path.is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links that lead to each other
        raise FileError(Path(name), "can't be found. Check how the name is written.") from None
    if not is_inside:
        raise FileError(
            Path(name), "lies outside the lesson's folder. Copy it there, beside the chapter."
        )
    return path
