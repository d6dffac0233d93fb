"""Content: from a path to what is in the file: a text, rows of cells, or columns of numbers."""

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

from gdviz.core.files import TOO_LITTLE_MEMORY, FileError, opened
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.formats import packed
from gdviz.core.tables.formats.beginnings import (
    ARRAY,
    OLD_SPREADSHEET,
    PARQUET,
    is_webpage,
    may_be_json,
)
from gdviz.core.tables.formats.cells import Cells, Columns, sheet_of
from gdviz.core.tables.formats.encodings import TextContent, not_text, text_of
from gdviz.core.tables.formats.foreign import foreign, foreign_archive
from gdviz.core.tables.formats.stream import Progress, Stream, Tick, unwatched
from gdviz.core.tables.table import DataFileError, LargeTableError

__all__ = ["Cells", "Columns", "Content", "TextContent", "content_of"]

Content = TextContent | Cells | Columns

# By so much of a text its format is recognised.
START = 4000


def content_of(
    path: Path, choices: Choices, largest: int, progress: Progress = unwatched
) -> Content:
    """Return what is in a file; a text is read later, and its file is to be closed then.

    Parameters
    ----------
    progress : callable, optional
        Is told now and then how many bytes of how many were looked at; what it raises ends it.

    Raises
    ------
    LargeTableError
        If it has, or unpacks to, more bytes than `largest`.
    DataFileError
        If there is no such file, or none of a kind that gdviz reads.
    """
    try:
        disk = cast(BufferedReader, opened(path))
        try:
            content = _content(Stream(path, disk, progress), choices, largest)
        except BaseException:
            disk.close()
            raise
    except FileError as error:
        raise DataFileError(path, f" {error.reason}") from None
    except OSError as error:
        raise DataFileError(path, f" can't be read: {error.strerror}.") from None
    except MemoryError:
        raise DataFileError(path, f" {TOO_LITTLE_MEMORY}") from None
    if not isinstance(content, TextContent):
        disk.close()
    return content


def _content(stream: Stream, choices: Choices, largest: int) -> Content:
    if stream.size > largest:
        raise LargeTableError(stream.path, stream.size)
    source = packed.unpacking(stream.head(), stream.disk)
    if source is not None:
        stream.unpack(source)
    return _of(stream, choices, largest)


def _of(stream: Stream, choices: Choices, largest: int) -> Content:
    """Return what a stream holds, which may be unpacked, but is not packed again."""
    head, path = stream.head(), stream.path
    if head.startswith(packed.ZIP):
        with _seekable(stream, largest) as file:
            return _of_archive(file, head, stream, choices, largest)
    if packed.is_packed(head):
        raise DataFileError(path, packed.NESTED)
    if head.startswith(OLD_SPREADSHEET):
        from gdviz.core.tables.formats.spreadsheets import cells_of_spreadsheet

        with _seekable(stream, largest) as file:
            size = os.fstat(file.fileno()).st_size
            return cells_of_spreadsheet(file, size, path, choices, stream.tick)
    if head.startswith(ARRAY):
        from gdviz.core.tables.formats.arrays import content_of_array

        return content_of_array(io.BufferedReader(stream), path, largest)
    if head.startswith(PARQUET):
        if stream.is_packed:
            raise DataFileError(path, " is a Parquet file in an archive. Unpack it, and open that.")
        from gdviz.core.tables.formats.parquet import columns_of_parquet

        return columns_of_parquet(path, largest)
    if what := foreign(head):
        raise not_text(path, what)
    return _of_text(text_of(stream, choices, largest), path, choices, stream.tick)


def _of_archive(
    file: IO[bytes], head: bytes, stream: Stream, choices: Choices, largest: int
) -> Content:
    """Return what a zip archive holds, which may be a spreadsheet, arrays, or files."""
    from gdviz.core.tables.formats.arrays import content_of_arrays
    from gdviz.core.tables.formats.spreadsheets import cells_of_spreadsheet, is_spreadsheet

    path = stream.path
    archive = packed.archive_in(file, path)
    if is_spreadsheet(head, archive):
        size = sum(info.file_size for info in archive.infolist())
        if size > largest:
            raise LargeTableError(path, size)
        return cells_of_spreadsheet(file, size, path, choices, stream.tick)
    if what := foreign_archive(archive):
        raise not_text(path, what)
    files = packed.files_in(archive)
    if files and all(info.filename.endswith(".npy") for info in files):
        return content_of_arrays(archive, path, choices, largest)
    if stream.is_packed:
        raise DataFileError(path, packed.NESTED)
    if not files:
        raise DataFileError(path, " is an archive without a file in it.")
    names = tuple(info.filename for info in files)
    name, remarks, inner = names[0], tuple[Remark, ...](), choices
    if len(files) > 1:
        name, remarks = sheet_of(path, choices, names, name, "file")
        inner = replace(choices, sheet=None)
    stream.unpack(packed.member(archive, files[names.index(name)], path, largest))
    content = _of(stream, inner, largest)
    if len(files) == 1:
        return content
    found = replace(content.found, sheet=name)
    return replace(content, found=found, remarks=(*remarks, *content.remarks), sheets=names)


def _of_text(text: TextContent, path: Path, choices: Choices, tick: Tick) -> Content:
    """Return what a text holds: a table in another format, or itself."""
    start, cells = text.file.read(START), None
    text.file.seek(0)
    if is_webpage(start):
        from gdviz.core.tables.formats.webpages import cells_of_webpage

        cells = cells_of_webpage(text.file, path, choices, tick)
    elif may_be_json(start):
        from gdviz.core.tables.formats.records import cells_of_json

        cells = cells_of_json(text.file, path, tick)
    if cells is None:
        text.file.seek(0)
        return text
    text.file.close()
    found, remarks = cells.found.or_else(text.found), (*text.remarks, *cells.remarks)
    return replace(cells, found=found, remarks=remarks)


@contextmanager
def _seekable(stream: Stream, largest: int) -> Iterator[IO[bytes]]:
    """Give a file with all bytes of a stream, to what doesn't read them in their order."""
    if not stream.is_packed:
        yield stream.disk
        return
    with tempfile.TemporaryFile() as file:
        for piece in stream.pieces(largest):
            file.write(piece)
        file.flush()
        file.seek(0)
        yield file
