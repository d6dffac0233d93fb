"""Written: how the rows of a big table are written; found out from the first ones, then fixed."""

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np

from gdviz.core.big.blocks import streamed_bytes
from gdviz.core.files import named, quoted
from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.formats import packed
from gdviz.core.tables.formats.beginnings import (
    ARRAY,
    OLD_SPREADSHEET,
    PARQUET,
    is_webpage,
    may_be_json,
)
from gdviz.core.tables.formats.cells import Columns
from gdviz.core.tables.formats.encodings import TextContent, text_of
from gdviz.core.tables.formats.foreign import foreign
from gdviz.core.tables.formats.parquet import TEXT, kinds_of, parquet_file, paths_of, values_of
from gdviz.core.tables.formats.stream import HEAD, Stream, unwatched
from gdviz.core.tables.layouts.layout import Layout
from gdviz.core.tables.notations.columns import Notation
from gdviz.core.tables.reading import in_sentences, table_of, table_of_columns
from gdviz.core.tables.rows import TextRows
from gdviz.core.tables.table import DataFileError, Table

# So much tells how columns are written; of long lines there are fewer.
FIRST_ROWS, FIRST_BYTES = 50_000, 1 << 22
WHAT_WORKS = "Save the table as CSV or Parquet, which are read in pieces."
# Encodings in which the bytes of digits and newlines aren't ASCII's.
_WIDE = ("utf-16", "utf-32", "utf_16", "utf_32")


@dataclass(frozen=True, eq=False)
class Written:
    """How two columns are written, the same in all files of a table.

    Attributes
    ----------
    names : tuple of str
        Of all columns of a file.
    x_columns : tuple of int
        The columns, counted from 0, that make x: a date and its time, or one.
    y_column : int
    x_name, y_name : str
    calendar : Calendar or None
        What x counts.
    notations : tuple of Notation
        How each column of a text is written.
    layout : Layout or None
        How cells stand in lines; None for Parquet.
    encoding : str
    recoded : str
        The encoding, where a text is to be made UTF-8 before lines can be found in it.
    is_cut : bool
        Whether a text can be read from within: it isn't packed, and no row has several lines.
    """

    names: tuple[str, ...]
    x_columns: tuple[int, ...]
    y_column: int
    x_name: str
    y_name: str
    calendar: Calendar | None = None
    notations: tuple[Notation, ...] = ()
    layout: Layout | None = None
    encoding: str = "utf-8"
    recoded: str = ""
    is_cut: bool = True

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns of the file that are needed, in their order."""
        return tuple(sorted({*self.x_columns, self.y_column}))


@dataclass(frozen=True, eq=False)
class Beginning:
    """The first rows of a file.

    Attributes
    ----------
    table : Table
        What these rows alone are read as.
    """

    table: Table
    layout: Layout | None = None
    encoding: str = "utf-8"
    recoded: str = ""
    is_cut: bool = True

    def written(self, x: str | int | None, y: str | int | None) -> Written:
        """Return how the columns that were asked for are written.

        Raises
        ------
        DataFileError
            If one can't be used.
        """
        table = self.table
        x_column, y_column = table.columns(x, y)
        for column in (x_column, y_column):
            if table.made.get(column) == ():
                reason = (
                    " has only one column of numbers, and too many rows to number them. "
                    "Add a column for x."
                )
                raise DataFileError(table.path, reason)
        if y_column in table.made:
            raise DataFileError(table.path, f" has a date as y. {WHAT_WORKS}")
        kind = table.kinds[x_column] if table.kinds else "number"
        calendar = None
        if kind != "number":
            known = table.values[:, x_column]
            known = known[np.isfinite(known)]
            calendar = Calendar.since(kind, float(known[0]) if len(known) else 0.0)
        return Written(
            table.names[: len(table.names) - len(table.made)],
            table.made.get(x_column, (x_column,)),
            y_column,
            table.names[x_column],
            table.names[y_column],
            calendar,
            tuple(table.faults.notations),
            self.layout,
            self.encoding,
            self.recoded,
            self.is_cut,
        )


def begun(path: Path, choices: Choices) -> Beginning:
    """Read the first rows of a file.

    Raises
    ------
    DataFileError
        If it is no table, or of a kind that can't be read in pieces.
    """
    with in_sentences(path):
        with streamed_bytes(path) as stream:
            head = stream.head()
            if head.startswith(PARQUET):
                if stream.is_packed:
                    reason = " is a Parquet file in an archive. Unpack it, and open that."
                    raise DataFileError(path, reason)
                return Beginning(table_of_columns(_first_columns(path), path, choices))
            if what := _whole(head):
                raise DataFileError(path, f" is {what}, too large for the memory. {WHAT_WORKS}")
            content = _first_bytes(stream)
            is_packed = stream.is_packed
        return _begun_text(path, content, is_packed, choices)


def _whole(head: bytes) -> str:
    """Return what a file is that is read as a whole, or can't be; empty for a text."""
    if head.startswith(packed.ZIP):
        return "a zip archive or a spreadsheet"
    if packed.is_packed(head):
        return "an archive in an archive"
    if head.startswith(OLD_SPREADSHEET):
        return "a spreadsheet"
    if head.startswith(ARRAY):
        return "an array of NumPy"
    return foreign(head)


def _first_bytes(stream: Stream) -> bytes:
    """Return the first lines of a text."""
    stream.seek(0)
    read = bytearray()
    while len(read) < FIRST_BYTES and (piece := stream.read(FIRST_BYTES - len(read))):
        read += piece
    return bytes(read)


def _first_columns(path: Path) -> Columns:
    with parquet_file(path) as file:
        kinds = kinds_of(file)
        used = [index for index, kind in enumerate(kinds) if kind is not TEXT]
        if not used:
            raise DataFileError(path, " is a Parquet file without a column of numbers.")
        batches = file.iter_batches(FIRST_ROWS, columns=paths_of(file, used), use_threads=False)
        batch = next(batches, None)
        if batch is None:
            raise DataFileError(path, " is a Parquet file without a row.")
        values = [np.full(len(batch), np.nan)] * len(kinds)
        for place, index in enumerate(used):
            values[index] = values_of(batch.column(place), kinds[index])
        names = tuple(map(str, file.schema_arrow.names))
    return Columns(names, tuple(values), tuple(kind.name for kind in kinds))


def _begun_text(path: Path, content: bytes, is_packed: bool, choices: Choices) -> Beginning:
    is_whole = len(content) < FIRST_BYTES
    text = _content(path, content, choices)
    start = text.file.read(HEAD)
    if is_webpage(start) or may_be_json(start):
        what = "a web page" if is_webpage(start) else "JSON"
        raise DataFileError(path, f" is {what}, too large for the memory. {WHAT_WORKS}")
    text.file.seek(0)
    lines = list(islice(text.file, FIRST_ROWS))
    if len(lines) < FIRST_ROWS and len(lines) > 1 and not is_whole:
        lines.pop()  # which may be cut
    first = replace(text, file=io.StringIO("".join(lines)))
    rows = TextRows(first, choices)
    if rows.layout.is_transposed:
        reason = f" has a variable in each line, too large for the memory. {WHAT_WORKS}"
        raise DataFileError(path, reason)
    table = table_of(rows, path, choices)
    encoding = text.found.encoding or "utf-8"
    is_wide = encoding.lower().startswith(_WIDE)
    # Lines are told apart by newlines.
    recoded = encoding if is_wide or b"\r" in content.replace(b"\r\n", b"") else ""
    quote = rows.layout.quote
    has_long_rows = any(line.count(quote) % 2 for line in lines)
    return Beginning(
        table,
        rows.layout,
        "utf-8" if recoded else encoding,
        recoded,
        not (is_packed or recoded or has_long_rows),
    )


def _content(path: Path, content: bytes, choices: Choices) -> TextContent:
    """Return the text that some bytes hold."""
    with streamed_bytes(path) as file:
        stream = Stream(path, file.disk, unwatched)
        stream.unpack(io.BytesIO(content))
        text = text_of(stream, choices, sys.maxsize)
        read = io.StringIO(text.file.read())
    return replace(text, file=read)


def first_lines(path: Path, written: Written, found: Choices, first: Path) -> int:
    """Return how many lines stand above the first row of a file of the table.

    Raises
    ------
    DataFileError
        If its columns have other names than those of the table.
    """
    with in_sentences(path):
        with streamed_bytes(path) as stream:
            content = _first_bytes(stream)[: 1 << 16]
        text = _content(path, content, replace(found, encoding=written.recoded or written.encoding))
        rows = TextRows(text, found)
    _check_names(path, rows.layout.names, written.names, first)
    return rows.layout.first


def _check_names(path: Path, names: Sequence[str], known: Sequence[str], first: Path) -> None:
    if tuple(names) == tuple(known):
        return
    if len(names) != len(known):
        reason = f" has {len(names):,} columns, where {named(first)} has {len(known):,}"
    else:
        other = next(pair for pair in zip(names, known, strict=True) if pair[0] != pair[1])
        reason = f" has a column {quoted(other[0])} where {named(first)} has {quoted(other[1])}"
    raise DataFileError(path, f"{reason}: all files need the same first line.")
