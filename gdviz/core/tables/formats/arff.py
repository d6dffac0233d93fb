"""ARFF, Weka's format: names in lines of their own, values between commas, ? where none is."""

import csv
import re
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from gdviz.core.tables.formats.cells import AS_PYTHON, Cells, Rows
from gdviz.core.tables.formats.stream import Tick, ticking
from gdviz.core.tables.table import DataFileError

_NAME = re.compile(r"'([^']*)'|\"([^\"]*)\"|(\S+)")


def is_arff(start: str) -> bool:
    """Return whether a text begins as ARFF does."""
    lines = (line.strip() for line in start.split("\n"))
    first = next((line for line in lines if line and not line.startswith("%")), "")
    return first.lower().startswith("@relation")


def cells_of_arff(file: TextIO, path: Path, tick: Tick) -> Cells:
    """Return the rows of an ARFF file.

    Raises
    ------
    DataFileError
        If there is no data section, or its rows are sparse.
    """
    numbered = _lines(ticking(file, tick))
    names = []
    for _, line in numbered:
        word, _, rest = line.partition(" ") if " " in line else line.partition("\t")
        if word.lower() == "@data":
            break
        if word.lower() == "@attribute" and (name := _NAME.match(rest.strip())):
            names.append(name[1] or name[2] or name[3] or "")
    else:
        raise DataFileError(path, " is an ARFF file without rows: it has no line “@data”.")
    rows, lines = Rows(), array("q")
    for number, line in numbered:
        if line.startswith("{"):
            reason = f" is a sparse ARFF file (line {number}). Save it with all values, or as CSV."
            raise DataFileError(path, reason)
        rows.append(_row(line))
        lines.append(number)
    return Cells(rows, lines, tuple(names), AS_PYTHON)


def _lines(file: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines that hold something."""
    for number, line in enumerate(file, 1):
        text = line.strip()
        if text and not text.startswith("%"):
            yield number, text


def _row(line: str) -> list[str]:
    if "'" not in line and '"' not in line:
        return [cell.strip() for cell in line.split(",")]
    quote = "'" if "'" in line else '"'
    with suppress(csv.Error):
        for row in csv.reader([line], quotechar=quote, escapechar="\\", skipinitialspace=True):
            return [cell.strip() for cell in row]
    return [cell.strip() for cell in line.split(",")]
