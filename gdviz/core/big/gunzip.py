"""Gunzip: what a file packed with gzip holds, in large pieces.

Python's own reader takes half as long again: it copies what it unpacks, and checks it once more.
"""

import io
import zlib
from typing import Any

# Of an extra, where it is installed: it needs hardly more than half the time.
inflate: Any
try:
    from isal import isal_zlib as inflate
except ImportError:
    inflate = zlib

# What is unpacked at once; not much more comes of it than is asked for.
PACKED = 1 << 16
_BEGIN = b"\x1f\x8b\x08"
# It expects a header of gzip, and checks what it unpacked.
_GZIP = 16 + zlib.MAX_WBITS


class Gunzip:
    """Unpacks one archive after another, until something else follows.

    Parameters
    ----------
    disk : BufferedReader
        The file; it isn't closed.
    """

    def __init__(self, disk: io.BufferedReader) -> None:
        self._disk, self._packed = disk, b""
        self._archive = inflate.decompressobj(_GZIP)

    def read1(self, size: int = -1, /) -> bytes:
        """Return some bytes, or none at the end.

        Raises
        ------
        zlib.error, EOFError
            If the file is damaged, or ends too early.
        """
        while not self._archive.eof or self._begin_next():
            read = self._packed or self._disk.read(PACKED)
            if not read:
                raise EOFError("the archive ends too early")
            try:
                piece: bytes = self._archive.decompress(read, max(size, 1))
            except inflate.error as error:
                raise zlib.error(str(error)) from None
            self._packed = self._archive.unconsumed_tail
            if piece:
                return piece
        return b""

    def seek(self, offset: int, /) -> int:
        """Go back to the start."""
        if offset:
            raise io.UnsupportedOperation("it can only begin again")
        self._disk.seek(0)
        self._packed, self._archive = b"", inflate.decompressobj(_GZIP)
        return 0

    def close(self) -> None:
        """Let go of what is needed to read it: nothing but the file."""

    def _begin_next(self) -> bool:
        """Tell whether another archive follows, behind zeros that may fill up the file."""
        rest = self._archive.unused_data.lstrip(b"\0")
        while len(rest) < len(_BEGIN) and (more := self._disk.read(PACKED)):
            rest = (rest + more).lstrip(b"\0")
        self._packed = rest
        if rest.startswith(_BEGIN):
            self._archive = inflate.decompressobj(_GZIP)
            return True
        return False
