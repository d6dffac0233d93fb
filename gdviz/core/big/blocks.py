"""Blocks: the bytes of a text in pieces of whole lines, the same wherever reading begins."""

import codecs
import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

from gdviz.core.big.gunzip import Gunzip
from gdviz.core.files import FileError, megabytes, opened
from gdviz.core.tables.formats import packed
from gdviz.core.tables.formats.stream import Source, Stream, unwatched
from gdviz.core.tables.layouts.layout import Layout
from gdviz.core.tables.layouts.quotes import MOST_QUOTED_LINES
from gdviz.core.tables.table import DataFileError

# What is read at once; of the sizes that were tried the quickest.
BLOCK = 1 << 19
# A longer line is none of a table.
LONGEST_LINE = 1 << 24


class Block(NamedTuple):
    """Some lines of a text.

    Attributes
    ----------
    start : int
        Where the first of them begins, in bytes of the text; as a number of its first row it is
        the same in every run, and no other row has it.
    done : int
        How many bytes of the file had been read with it.
    """

    start: int
    content: bytes
    done: int


class Recoded(io.RawIOBase):
    """A text in another encoding, or with other ends of lines, as UTF-8 with newlines."""

    def __init__(self, source: Source, encoding: str) -> None:
        super().__init__()
        self._source = source
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._decoder, self._rest = io.IncrementalNewlineDecoder(decoder, True), b""

    def read1(self, size: int = -1, /) -> bytes:
        """Return some bytes, or none at the end."""
        while not self._rest:
            read = self._source.read1(max(size, 1))
            self._rest = self._decoder.decode(read, final=not read).encode()
            if not read:
                break
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go back to the start."""
        if offset or whence:
            raise io.UnsupportedOperation("it can only begin again")
        self._source.seek(0)
        self._decoder.reset()
        self._rest = b""
        return 0


@contextmanager
def streamed_bytes(path: Path, recoded: str = "") -> Iterator[Stream]:
    """Give the bytes of a file, unpacked.

    Parameters
    ----------
    recoded : str
        The encoding, where they are to be made UTF-8.

    Raises
    ------
    DataFileError
        If it can't be read.
    """
    try:
        disk = cast(io.BufferedReader, opened(path))
    except FileError as error:
        raise DataFileError(path, f" {error.reason}") from None
    with disk:
        stream = Stream(path, disk, unwatched)
        source = packed.unpacking(stream.head(), disk)
        if isinstance(source, gzip.GzipFile):
            source = Gunzip(disk)
        if source is not None:
            stream.unpack(source)
        if recoded:
            stream.unpack(Recoded(source or disk, recoded))
        yield stream


def blocks(stream: Stream, start: int, stop: int | None, layout: Layout) -> Iterator[Block]:
    """Yield the lines that begin within some bytes of a text.

    Each block holds those that begin between two multiples of `BLOCK`, so that parts of a file
    have the same ones as the file; a row in quotes that goes on behind it is added.

    Parameters
    ----------
    start, stop : int
        Multiples of `BLOCK`; None for the end.
    """
    # The line that this is within belongs to the part before.
    at = stream.seek(max(0, start - 1))
    with _Buffered(stream) as file:
        if start:
            at += len(_line(file, stream.path))
        while stop is None or at < stop:
            content = file.read((at // BLOCK + 1) * BLOCK - at)
            if not content:
                return
            if not content.endswith(b"\n"):
                content += _line(file, stream.path)
            if layout.quote and layout.quote.encode() in content:
                content = _finished(content, file, stream.path, layout)
            start, at = at, at + len(content)
            yield Block(start, content, stream.position() if stream.is_packed else at)


def _finished(content: bytes, file: IO[bytes], path: Path, layout: Layout) -> bytes:
    """Return lines with those behind them that belong to a cell that isn't closed yet."""
    for _ in range(MOST_QUOTED_LINES):
        # What is no ASCII stands in no quote, and in no delimiter.
        last = content.removesuffix(b"\n").rsplit(b"\n", MOST_QUOTED_LINES)[-MOST_QUOTED_LINES:]
        lines = [line.decode("latin-1").rstrip("\r") for line in last]
        more = _line(file, path) if layout.unfinished(lines) else b""
        if not more:
            break
        content += more
    return content


def _line(file: IO[bytes], path: Path) -> bytes:
    line = file.readline(LONGEST_LINE)
    if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
        size = megabytes(LONGEST_LINE)
        raise DataFileError(path, f" has a line of more than {size}: that is no table of rows.")
    return line


class _Buffered(io.BufferedReader):
    """Reads lines of a stream, and leaves it open."""

    def __exit__(self, *_: object) -> None:
        self.detach()
