"""Head: the first lines of a table, each with what it will be, for whoever chooses how to read it.

A thin one on today's recognition, until reading itself takes choices.
"""

import io
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.form import Form, recognised
from gdviz.core.tables.reading import (
    LARGEST_BYTES,
    WHAT_WORKS,
    _Body,
    _bytes,
    _data_lines,
    _decoded,
    parsed_table,
    read_table,
)
from gdviz.core.tables.table import DataFileError, Table

HEAD_LINES = 100


class HeadLine(NamedTuple):
    """A line of the head.

    Attributes
    ----------
    kind : str
        ``"skipped"``, ``"comment"``, ``"names"``, ``"row"`` or ``"left out"``.
    cells : tuple of str
        A single one, the whole line, where it has none.
    """

    number: int
    kind: str
    cells: tuple[str, ...]


class Head(NamedTuple):
    """What the first lines of a table will be.

    Attributes
    ----------
    table : Table or None
        What these lines alone are read as.
    error : str
        Why they are no table; empty if they are one.
    sheets : tuple of str
        What can be chosen as `Choices.sheet`, if there is more than one.
    """

    lines: tuple[HeadLine, ...] = ()
    table: Table | None = None
    error: str = ""
    sheets: tuple[str, ...] = ()


def read_head(path: Path, choices: Choices) -> Head:
    """Return what the first lines of a file will be if it is read in some way; never raises."""
    try:
        return _head(_decoded(path, _bytes(path, LARGEST_BYTES)), path, choices)
    except DataFileError as error:
        return Head(error=str(error))


def parsed_head(text: str, path: Path, choices: Choices) -> Head:
    """Return the same of a text."""
    return _head(io.StringIO(text, newline=None), path, choices)


def read_with(path: Path, choices: Choices, largest: int = LARGEST_BYTES) -> Table:
    """Read a whole file in some way."""
    if choices == Choices():
        return read_table(path, largest)
    return _table(_decoded(path, _bytes(path, largest)), path, choices)


def parsed_with(text: str, path: Path, choices: Choices) -> Table:
    """Read a whole text in some way."""
    if choices == Choices():
        return parsed_table(text, path)
    return _table(io.StringIO(text, newline=None), path, choices)


def _head(file: TextIO, path: Path, choices: Choices) -> Head:
    lines = list(islice(file, HEAD_LINES))
    table, error = None, ""
    try:
        table = _table(io.StringIO("".join(lines)), path, choices)
        split: Callable[[str], list[str]]
        split = Form(table.found.delimiter or " ", table.found.decimal or ".").split
    except DataFileError as fault:
        error, split = str(fault), (lambda line: [line.strip()])
    skip = choices.skip or 0
    data = {number for number, _ in _data_lines(lines, 1) if number > skip}
    names = sorted(data)[: 0 if table is None else table.found.header]
    kinds = dict.fromkeys(data, "row") | dict.fromkeys(names, "names")
    return Head(
        tuple(
            HeadLine(number, kind, tuple(split(line) if kind in ("row", "names") else [line]))
            for number, line in enumerate(lines, 1)
            for kind in [kinds.get(number, "skipped" if number <= skip else "comment")]
        ),
        table,
        error,
    )


def _table(file: TextIO, path: Path, choices: Choices) -> Table:
    for _ in range(choices.skip or 0):
        file.readline()
    text = io.StringIO(file.read())
    sample = list(islice(_data_lines(text), 50))
    if not sample:
        raise DataFileError(path, f" is empty. {WHAT_WORKS}")
    form, names, has_header = recognised([row for _, row in sample])
    if len(names) < 2 and not choices.delimiter:
        raise DataFileError(path, f" has only one column. {WHAT_WORKS}")
    form = Form(choices.delimiter or form.delimiter, choices.decimal or form.decimal)
    if choices.header is not None:
        has_header = choices.header > 0
    if choices != Choices():
        cells = form.split(sample[0][1])
        if len(cells) < 2:
            raise DataFileError(path, f" has only one column. {WHAT_WORKS}")
        given = [cell for cell in cells if has_header]
        names = tuple(given) or tuple(f"column {i + 1}" for i in range(len(cells)))
    text.seek(0)
    table = _Body(form, names, path).table(text, sample[0][0] if has_header else 0)
    found = Choices(
        encoding="utf-8", skip=0, header=int(has_header), comment="#", delimiter=form.delimiter,
        decimal=form.decimal, thousands="", dates="none",
    )  # fmt: skip
    return Table(
        path, table.names, table.values, table.numeric, table.faults,
        asked=choices, found=choices.or_else(found),
    )  # fmt: skip
