"""Sources: the files of a table that was named as a file, a folder or a pattern."""

import glob
from collections.abc import Iterable, Sequence
from pathlib import Path

from gdviz.core.files import named
from gdviz.core.tables.table import DataFileError

# What stands for letters in a pattern.
WILD = "*?["
# Ends of names that say how a file is packed, and not what is in it.
PACKED = (".gz", ".bz2", ".xz")


def is_several(name: str | Path) -> bool:
    """Tell whether a name stands for files, not for one: a folder, or a pattern."""
    path = Path(name)
    try:
        return path.is_dir() or (any(sign in str(name) for sign in WILD) and not path.exists())
    except (OSError, ValueError):
        return False


def sources_of(name: str | Path | Sequence[str | Path]) -> tuple[Path, ...]:
    """Return the files of a table, sorted by their names.

    Parameters
    ----------
    name : str, Path or sequence of them
        A file, a folder, a pattern such as ``part-*.csv``, or several of these.

    Raises
    ------
    DataFileError
        If there is no file, or they are of several kinds.
    """
    names = [name] if isinstance(name, str | Path) else list(name)
    files = [file for each in names for file in _files(each)]
    if len(files) > 1:
        _check_kinds(files)
    return tuple(files)


def _files(name: str | Path) -> Iterable[Path]:
    path = Path(name)
    if not is_several(name):
        return [path]
    if path.is_dir():
        found, where = [each for each in path.iterdir() if _is_shown(each)], "no file in it"
    else:
        matches = map(Path, glob.glob(str(name), recursive=True))  # noqa: PTH207  (of any path)
        found, where = [each for each in matches if _is_shown(each)], "no file that fits it"
    if not found:
        raise DataFileError(path, f" has {where}. Check how it is written.")
    return sorted(found, key=_order)


def _is_shown(path: Path) -> bool:
    """Tell whether it is a file, and not one that other programs left, such as _SUCCESS."""
    return not path.name.startswith((".", "_")) and path.is_file()


def _order(path: Path) -> list[tuple[int, str]]:
    """Return what to sort by: part-2 stands before part-10."""
    parts, digits = list[tuple[int, str]](), ""
    for letter in f"{path}\0":
        if letter.isdecimal() and letter.isascii():
            digits += letter
            continue
        parts += [(int(digits), digits)] if digits else []
        parts, digits = [*parts, (-1, letter)], ""
    return parts


def _check_kinds(files: Sequence[Path]) -> None:
    """Say which file is of another kind than the first."""
    first = _kind(files[0])
    for file in files[1:]:
        if _kind(file) != first:
            other = f"{named(file)} is {_said(_kind(file))}"
            reason = f" is {_said(first)}, but {other}: name files of one kind, as in *{first}."
            raise DataFileError(files[0], reason)


def _kind(path: Path) -> str:
    suffixes = path.name.lower()
    for end in PACKED:
        suffixes = suffixes.removesuffix(end)
    return Path(suffixes).suffix


def _said(kind: str) -> str:
    return f"a {kind} file" if kind else "a file without an ending"
