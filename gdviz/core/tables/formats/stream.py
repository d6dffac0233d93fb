"""Stream: the bytes of a file, unpacked as they are read; what is wrong becomes a sentence."""

import gzip
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO, TypeVar

from gdviz.core.tables.table import DataFileError, LargeTableError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 4096
PIECE = 1 << 18

# What the modules that unpack raise besides OSError: they are not of one mind.
_FAULTS = (EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)

# What takes longer for each is done for so many at once.
AT_ONCE = 100
LETTERS_AT_ONCE = 1 << 16

Item = TypeVar("Item")
# Gives others a turn; what it raises ends the reading.
Tick = Callable[[], None]
# Is told how many bytes of how many have been looked at; what it raises ends the reading.
Progress = Callable[[int, int], None]


def unwatched(done: int, size: int) -> None:
    """Tell nobody how far reading is."""


class Source(Protocol):
    """What bytes are read from: a file, or what unpacks it."""

    def read1(self, size: int, /) -> bytes:
        """Return some bytes, or none at the end."""

    def seek(self, offset: int, /) -> int:
        """Go to a byte."""

    def close(self) -> None:
        """Let go of what is needed to read it."""


def ticking(items: Iterable[Item], tick: Tick) -> Iterator[Item]:
    """Yield what there is, and give others a turn now and then."""
    for count, item in enumerate(items):
        if count % AT_ONCE == 0:
            tick()
        yield item


def all_of(file: TextIO, tick: Tick) -> str:
    """Return the rest of a text."""
    return "".join(ticking(iter(lambda: file.read(LETTERS_AT_ONCE), ""), tick))


def damaged(path: Path, what: str) -> DataFileError:
    """Return the error for a file of some kind that can't be understood."""
    return DataFileError(path, f" is a damaged {what}. Get it again, or save the table as CSV.")


class Stream(io.RawIOBase):
    """The bytes that a file holds, one after another.

    Attributes
    ----------
    path : Path
        The file, to name it.
    disk : BufferedReader
        The file itself; it is closed with the stream.
    size : int
        How many bytes it has on the disk.
    is_packed : bool
        Whether it has other bytes on the disk.
    stray : bytes
        Bytes that are passed over.
    """

    def __init__(self, path: Path, disk: BufferedReader, progress: Progress) -> None:
        super().__init__()
        self.path, self.disk, self.is_packed, self.stray = path, disk, False, b""
        self.size = os.fstat(disk.fileno()).st_size
        self._source: Source = disk
        self._progress, self._at = progress, 0

    def position(self) -> int:
        """Return how many of them have been read."""
        return self.size if self.disk.closed else os.lseek(self.disk.fileno(), 0, os.SEEK_CUR)

    def tick(self) -> None:
        """Tell how far it has been read."""
        self._progress(self.position(), self.size)

    def unpack(self, source: Source) -> None:
        """Go on with what this unpacks."""
        self._source, self.is_packed, self._at = source, True, 0
        self._source.seek(0)

    def head(self) -> bytes:
        """Return the first bytes; the next to be read are the first again."""
        self.seek(0)
        head = bytearray()
        while len(head) < HEAD and (piece := self.read(HEAD - len(head))):
            head += piece
        self.seek(0)
        return bytes(head)

    def pieces(self, largest: int) -> Iterator[bytes]:
        """Yield all bytes, piece by piece, until there are more than allowed."""
        self.seek(0)
        count = 0
        while piece := self.read(PIECE):
            count += len(piece)
            if count > largest:
                raise LargeTableError(self.path, count)
            self.tick()
            yield piece

    def readable(self) -> bool:
        """Return whether it can be read."""
        return True

    def seekable(self) -> bool:
        """Return whether it can go back."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read some bytes into a buffer; return how many, or 0 at the end."""
        view = memoryview(buffer).cast("B")
        while piece := self._read(len(view)):
            # Nothing is left of a piece of stray bytes, which isn't the end.
            if kept := piece.translate(None, self.stray) if self.stray else piece:
                view[: len(kept)] = kept
                self._at += len(kept)
                return len(kept)
        return 0

    def _read(self, most: int) -> bytes:
        try:
            return self._source.read1(most)
        except OSError as error:
            if isinstance(error, gzip.BadGzipFile) and self._at and "Not a gzipped" in str(error):
                return b""  # what follows the archive is none; the others stop there by themselves
            if error.errno is None:  # what the modules that unpack call a fault in the file
                raise damaged(self.path, "archive") from None
            reason = f" can't be read: {error.strerror}. Copy it to this computer, and try again."
            raise DataFileError(self.path, reason) from None
        except _FAULTS:
            raise damaged(self.path, "archive") from None

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a byte; of those that are read, which aren't those on the disk."""
        if whence == os.SEEK_END:
            raise io.UnsupportedOperation("the end is found only by reading")
        offset += self._at if whence == os.SEEK_CUR else 0
        if not (self.is_packed or self.stray):
            self._at = self._source.seek(min(offset, self.size))
            return self._at
        if offset < self._at:
            self._source.seek(0)
            self._at = 0
        while self._at < offset and self.read(min(PIECE, offset - self._at)):
            pass
        return self._at

    def tell(self) -> int:
        """Return how many bytes have been read."""
        return self._at

    def close(self) -> None:
        """Close the file, too."""
        if not self.closed:
            super().close()
            self._source.close()
            self.disk.close()
