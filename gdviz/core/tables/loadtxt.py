"""How NumPy alone reads the two columns of a data set from its file, where it can."""

import codecs
import io
import itertools
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np

from gdviz.core.files import FileError, opened
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.table import Table

MOST_HEADER_LINES, FIRST_LINES = 100, 256
DELIMITERS = (None, ",", ";", "\t")
# NumPy would unpack these, gdviz reads them as they are.
PACKED = (".gz", ".bz2", ".xz", ".lzma")


# Says how many lines were tried, takes how many to try next, and returns the call.
Steps = Generator[int, int | None, str | None]


def find_loadtxt_call(table: Table, dataset: Dataset) -> Steps:
    """Return the call of `numpy.loadtxt` that gives exactly the columns of a data set.

    It is tried out before it is recommended: the file is read, some lines at a time, and every
    number compared. None if `numpy.loadtxt` alone can't read the file so.
    """
    names = (dataset.x_name, dataset.y_name)
    path = table.path.absolute()
    if path.suffix.lower() in PACKED or not set(names) <= set(table.names):
        return None
    columns = tuple(map(table.names.index, names))
    for delimiter in DELIMITERS:
        options = _options(path, delimiter, columns, len(dataset))
        if options is not None and (yield from _reads(path, options, dataset)):
            return _written(path, options)
    return None


def _options(
    path: Path, delimiter: str | None, columns: tuple[int, ...], rows: int
) -> dict[str, Any] | None:
    """Return the arguments that fit the first lines; None if there are no numbers in sight."""
    try:
        with io.TextIOWrapper(opened(path), encoding="utf-8-sig") as file:
            lines = list(itertools.islice(file, MOST_HEADER_LINES))
    except (FileError, OSError, ValueError):
        return None
    numbers = (index for index, line in enumerate(lines) if _has_numbers(line, delimiter, columns))
    skipped = next(numbers, None)
    if skipped is None:
        return None
    options: dict[str, Any] = {"usecols": columns, "unpack": True}
    if delimiter is not None:
        options["delimiter"] = delimiter
    if skipped:
        options["skiprows"] = skipped
    if rows == 1:
        options["ndmin"] = 2
    return options


def _has_numbers(line: str, delimiter: str | None, columns: tuple[int, ...]) -> bool:
    cells = line.split("#")[0].split(delimiter)
    try:
        return all(float(cells[column]) is not None for column in columns)
    except (IndexError, ValueError):
        return False


def _reads(
    path: Path, options: dict[str, Any], dataset: Dataset
) -> Generator[int, int | None, bool]:
    """Tell whether NumPy reads just these numbers; note the encoding where that matters."""
    given = {name: options[name] for name in ("usecols", "delimiter") if name in options}
    done, most = 0, FIRST_LINES
    try:
        with opened(path) as file:
            is_ascii = not file.read(3).startswith(codecs.BOM_UTF8)
        with io.TextIOWrapper(opened(path), encoding="utf-8-sig") as text:
            head = list(itertools.islice(text, options.get("skiprows", 0)))
            is_ascii &= all(map(str.isascii, head))
            while lines := list(itertools.islice(text, most)):
                is_ascii &= all(map(str.isascii, lines))
                # Of lines without any data NumPy would warn.
                if any(line.split("#")[0].strip() for line in lines):
                    x, y = np.loadtxt(lines, **given, unpack=True, ndmin=2)
                    now, done = slice(done, done + len(x)), done + len(x)
                    if not (
                        np.array_equal(x, dataset.x[now]) and np.array_equal(y, dataset.y[now])
                    ):
                        return False
                most = (yield len(lines)) or most
    except (FileError, OSError, ValueError):
        return False
    if not is_ascii:
        options["encoding"] = "utf-8-sig"
    return done == len(dataset)


def _written(path: Path, options: dict[str, Any]) -> str:
    arguments = ", ".join(f"{name}={value!r}" for name, value in options.items())
    return f"np.loadtxt(\n    {str(path)!r},\n    {arguments},\n)"
