"""Packed files: recognised by how they begin, and unpacked as they are read."""

import bz2
import gzip
import lzma
import zipfile
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import IO, cast

from gdviz.core.tables.formats.stream import Source, damaged
from gdviz.core.tables.table import DataFileError, LargeTableError

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
NESTED = " is an archive in an archive. Unpack it, and open the table in it."

_GZIP, _XZ = b"\x1f\x8b\x08", b"\xfd7zXZ\0"
# “BZh9” alone could begin a text; a block follows, or the end.
_BZIP2 = tuple(b"BZh%d" % n + next_ for n in range(1, 10) for next_ in (b"1AY&SY", b"\x17rE8P\x90"))
_IS_LOCKED = 1
# In an archive with notes and pictures, the ends of names that tables have; the likeliest first.
_TABLES = (
    *(".csv", ".tsv", ".xlsx", ".ods", ".xls", ".dat", ".txt", ".tab", ".data", ".asc", ".prn"),
    *(".json", ".jsonl", ".ndjson", ".arff", ".npy", ".npz", ".log"),
)
_NOTES = ("readme", "license", "licence", "copying", "notice", "changelog")


def unpacking(head: bytes, disk: BufferedReader) -> Source | None:
    """Return what unpacks a file that begins so; None if it isn't one packed stream."""
    if head.startswith(_GZIP):
        return gzip.GzipFile(fileobj=disk)
    if head.startswith(_XZ):
        return lzma.LZMAFile(disk, format=lzma.FORMAT_XZ)
    return bz2.BZ2File(disk) if head.startswith(_BZIP2) else None


def is_packed(head: bytes) -> bool:
    """Return whether something begins as an archive does."""
    return head.startswith((_GZIP, _XZ, *ZIP, *_BZIP2))


def archive_in(file: IO[bytes], path: Path) -> zipfile.ZipFile:
    """Return the files of a zip archive.

    Raises
    ------
    DataFileError
        If it is damaged.
    """
    try:
        return zipfile.ZipFile(file)
    except Exception:  # of many kinds: whatever stands there is taken for numbers and names
        raise damaged(path, "archive") from None


def files_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files that could be tables, the likeliest first."""
    files = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info)]
    return sorted(files, key=_unlikeliness)


def member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, largest: int
) -> zipfile.ZipExtFile:
    """Return what unpacks one file of an archive.

    Raises
    ------
    LargeTableError
        If it unpacks to more bytes than `largest`.
    DataFileError
        If it is locked or damaged.
    """
    if info.flag_bits & _IS_LOCKED:
        raise DataFileError(path, " is locked by a password. Unpack it, and open the table in it.")
    if info.file_size > largest:
        raise LargeTableError(path, info.file_size)
    try:
        return cast(zipfile.ZipExtFile, archive.open(info))
    except NotImplementedError:
        reason = " is packed in a way that gdviz can't unpack. Unpack it, and open the table in it."
        raise DataFileError(path, reason) from None
    except Exception:
        raise damaged(path, "archive") from None


def _is_hidden(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(info.filename).parts
    return any(part.startswith((".", "__MACOSX")) for part in parts)


def _unlikeliness(info: zipfile.ZipInfo) -> tuple[bool, int]:
    name = PurePosixPath(info.filename).name.lower()
    ends = [place for place, end in enumerate(_TABLES) if name.endswith((end, end + ".gz"))]
    return name.startswith(_NOTES), min(ends, default=len(_TABLES))
