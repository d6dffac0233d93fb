"""Head: the first lines of a table, each with what it will be, for whom chooses how to read it."""

import io
import math
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from gdviz.core.files import Stamp, stamp
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.formats.content import Cells, Columns, Content, TextContent, content_of
from gdviz.core.tables.reading import (
    LARGEST_BYTES,
    in_sentences,
    rows_of,
    table_of,
    table_of_columns,
    text_content,
)
from gdviz.core.tables.rows import CellRows, TextRows
from gdviz.core.tables.table import DataFileError, Table

HEAD_LINES = 200
# The beginnings of so many files, or sheets, are kept.
KEPT = 4
# A line that is longer is shown in part.
MOST_LETTERS = 100_000


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
        with in_sentences(path):
            begun = _kept(path, stamp(path), choices.encoding, choices.sheet)
            return _head(begun, path, choices)
    except DataFileError as error:
        return Head(error=str(error))


def parsed_head(text: str, path: Path, choices: Choices) -> Head:
    """Return the same of a text."""
    return _head(_beginning(text_content(text)), path, choices)


def _head(begun: "_Beginning", path: Path, choices: Choices) -> Head:
    content = begun.content
    if isinstance(content, TextContent):
        file = io.StringIO(begun.text)
        content = replace(content, file=file, position=file.tell)
    lines, table, error = tuple[HeadLine, ...](), None, ""
    try:
        if isinstance(content, Columns):
            lines = _lines_of_columns(content)
            table = table_of_columns(content, path, choices)
        else:
            with rows_of(content, choices) as rows:
                lines = _lines(rows)
                if isinstance(content, Cells) and content.names:
                    lines = (HeadLine(0, "names", content.names), *lines)
                table = table_of(rows, path, choices)
    except DataFileError as fault:
        error = str(fault)
    sheets = content.sheets if len(content.sheets) > 1 else ()
    return Head(lines, table, error, sheets)


class _Beginning(NamedTuple):
    """As much of what is in a file as the head tells of; the lines of a text are its own."""

    content: Content
    text: str = ""


@lru_cache(KEPT)
def _kept(path: Path, now: Stamp, encoding: str | None, sheet: str | None) -> _Beginning:
    """Return the beginning of a file: who tries other choices doesn't want it read each time.

    The stamp of now tells it from one that has the same name later.
    """
    del now
    return _beginning(content_of(path, Choices(encoding=encoding, sheet=sheet), LARGEST_BYTES))


def _beginning(content: Content) -> _Beginning:
    if isinstance(content, Columns):
        values = tuple(column[:HEAD_LINES].copy() for column in content.values)
        return _Beginning(replace(content, values=values))
    if isinstance(content, Cells):
        rows, lines_of_rows = content.rows[:HEAD_LINES], content.lines[:HEAD_LINES]
        return _Beginning(replace(content, rows=rows, lines=lines_of_rows))
    lines, left = list[str](), MOST_LETTERS
    with content.file as file:
        while len(lines) < HEAD_LINES and left > 0 and (line := file.readline(left)):
            lines.append(line)
            left -= len(line)
    return _Beginning(content, "".join(lines))


def _lines(rows: TextRows | CellRows) -> tuple[HeadLine, ...]:
    """Return what each line is."""
    first, found = rows.layout.first, rows.layout.found
    above = ["skipped"] * (found.skip or 0) + ["names"] * (found.header or 0) + ["comment"] * first
    lines = []
    for index, (number, text, cells) in enumerate(rows.told()):
        kind = above[index] if index < first else "row" if cells else "comment"
        is_cut = cells and kind in ("names", "row")
        lines.append(HeadLine(number, kind, tuple(cells) if is_cut else (text,)))
    return tuple(lines)


def _lines_of_columns(columns: Columns) -> tuple[HeadLine, ...]:
    """Return the names and the rows of what has no lines."""
    names = [HeadLine(0, "names", columns.names)] if columns.names else []
    rows = enumerate(zip(*columns.values, strict=True), 1)
    return (*names, *(HeadLine(number, "row", tuple(map(_number, row))) for number, row in rows))


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.15g}"
