"""Reading tables: what a file holds, where its rows are, how they are written; and then these."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

import numpy as np

from gdviz.core.files import TOO_LITTLE_MEMORY, FileError, LargeFileError
from gdviz.core.tables.body import Body, MostlyShortError, Read
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.choosing import chosen
from gdviz.core.tables.faults import Faults
from gdviz.core.tables.formats.content import Cells, Columns, TextContent, content_of
from gdviz.core.tables.formats.stream import Progress, unwatched
from gdviz.core.tables.names import column_names
from gdviz.core.tables.notations.columns import Evidence, as_found, notations
from gdviz.core.tables.notations.numerals import NumberNotation
from gdviz.core.tables.notations.sentinels import sentinels
from gdviz.core.tables.rows import CellRows, TextRows
from gdviz.core.tables.table import DataFileError, LargeTableError, Table

# What is read unasked; to read more takes a while.
LARGEST_BYTES = 500_000_000
# More are a table of another kind, or none; spreadsheets have 16,384.
MOST_COLUMNS = 20_000
WHAT_WORKS = "gdviz needs two columns of numbers, such as “13 33” on each line."
AS_FOUND = Choices()
# Of arrays so many rows are looked at for what can't be used.
PIECE_ROWS = 4_000


def read_table(
    path: str | Path,
    choices: Choices = AS_FOUND,
    largest: int = LARGEST_BYTES,
    progress: Progress = unwatched,
) -> Table:
    """Read a file of columns; how, is found out where it isn't chosen.

    Parameters
    ----------
    progress : callable, optional
        Is told again and again how many bytes of how many have been read; what it raises ends it.

    Raises
    ------
    LargeTableError
        If it has more bytes than `largest`.
    DataFileError
        If there is no such file, it is no table, or it lacks a column of numbers.
    """
    path = Path(path)
    with in_sentences(path):
        content = content_of(path, choices, largest, progress)
        if isinstance(content, Columns):
            return table_of_columns(content, path, choices)
        with rows_of(content, choices) as rows:
            return table_of(rows, path, choices, progress)


def parsed_table(
    text: str, path: Path, choices: Choices = AS_FOUND, progress: Progress = unwatched
) -> Table:
    """Read a text of columns as `read_table` does; its messages begin with the name of `path`.

    Raises
    ------
    DataFileError
        If it is no table, or it lacks a column of numbers.
    """
    with in_sentences(path), rows_of(text_content(text), choices) as rows:
        return table_of(rows, path, choices, progress)


def text_content(text: str) -> TextContent:
    """Return a text as if it came from a file."""
    file = io.StringIO(text, newline=None)
    return TextContent(file, len(text), file.tell)


@contextmanager
def rows_of(content: TextContent | Cells, choices: Choices) -> Iterator[TextRows | CellRows]:
    """Give the rows of a file, and close it."""
    if isinstance(content, Cells):
        yield CellRows(content, choices)
        return
    with content.file:
        yield TextRows(content, choices)


@contextmanager
def in_sentences(path: Path) -> Iterator[None]:
    """Make what is wrong with a file, or with the memory for it, a sentence about it."""
    try:
        yield
    except LargeFileError as error:
        raise LargeTableError(path, error.size) from None
    except FileError as error:
        raise DataFileError(path, f" {error.reason}") from None
    except MemoryError:
        raise DataFileError(path, f" {TOO_LITTLE_MEMORY}") from None


def table_of(
    rows: TextRows | CellRows, path: Path, choices: Choices, progress: Progress = unwatched
) -> Table:
    """Read all rows: as the first ones are written, and once more if others tell otherwise."""
    names, is_comma_file = rows.layout.names, rows.layout.delimiter == ","
    if len(names) > MOST_COLUMNS:
        advice = "Keep the columns that you need, and open those."
        raise DataFileError(path, f" has more than {MOST_COLUMNS:,} columns. {advice}")
    if not rows.first or not names:
        raise _without_rows(rows, path)
    seen = [Evidence() for _ in names]
    for evidence, cells in zip(seen, zip_longest(*rows.first, fillvalue=""), strict=False):
        evidence.add(cells)
    first, _ = notations(seen, names, choices, is_comma_file)
    body = Body(rows.layout, first, seen, len(rows.first))
    try:
        rows.fill(body, progress)
        read = body.read()
        decided, remarks = notations(seen, names, choices, is_comma_file)
        if decided != first:
            body = Body(rows.layout, decided)
            rows.fill(body, progress)
            read = body.read()
    except MostlyShortError:
        width = f"{len(names):,} values of the first ones"
        reason = f"most lines hold far less than the {width}. {WHAT_WORKS}"
        raise DataFileError(path, f" can't be read: {reason}") from None
    found = as_found(decided).or_else(rows.found)
    return _table(read, path, choices, found, [*rows.remarks, *remarks])


def _table(
    read: Read, path: Path, choices: Choices, found: Choices, remarks: Sequence[Remark]
) -> Table:
    """Return the table of what was read, with the columns to begin with."""
    names, values, kinds, faults = read
    counts = len(values) - faults.too_long - faults.counts
    # At least half of what stands in them are numbers.
    numeric = np.flatnonzero((counts > 0) & (counts >= faults.texts)).tolist()
    if not any(kinds[index] == "number" for index in numeric):
        raise _without_numbers(read, path)
    offered = sentinels(names, values, choices)
    shown = chosen(names, values, kinds, numeric)
    return Table(
        path, shown.names, shown.values, shown.numeric, faults, choices, choices.or_else(found),
        (*remarks, *offered, *shown.remarks), shown.columns, shown.why, shown.kinds, shown.made,
    )  # fmt: skip


def table_of_columns(columns: Columns, path: Path, choices: Choices) -> Table:
    """Return the table of columns that are numbers already."""
    names = column_names(columns.names, len(columns.values))
    values = np.column_stack(columns.values)
    faults = Faults([NumberNotation()] * len(names), names)
    for first in range(0, len(values), PIECE_ROWS):
        piece = values[first : first + PIECE_ROWS]
        bad = np.flatnonzero(~np.isfinite(piece))
        if len(bad):
            cells = ["" if np.isnan(value) else str(value) for value in piece.flat]
            faults.add_cells(bad, cells, range(first + 1, first + 1 + len(piece)))
            piece[~np.isfinite(piece)] = np.nan
    read = Read(names, values, columns.kinds, faults)
    return _table(read, path, choices, columns.found, columns.remarks)


def _without_rows(rows: TextRows | CellRows, path: Path) -> DataFileError:
    """Return what to say of a file without any row below its names."""
    if rows.layout.names:
        holds = "has names but no rows below them"
    else:
        holds = "is empty" if rows.is_blank() else "holds nothing but comments and blank lines"
    return DataFileError(path, f" {holds}. {WHAT_WORKS}")


def _without_numbers(read: Read, path: Path) -> DataFileError:
    """Return what to say of a table without a column of numbers: what is almost one."""
    cell = read.faults.nearest(range(len(read.names)))
    if cell is None:
        kind = f"{read.kinds[0]}s"
        return DataFileError(path, f" has {kind}, but no numbers beside them. {WHAT_WORKS}")
    return DataFileError(path, f", {cell}. {WHAT_WORKS}", cell)
