"""A log in a file, as text."""

import codecs
from pathlib import Path

from gdviz.core.check.logs.log import LogError
from gdviz.core.files import FileError, content

# Longer texts aren't logs.
MOST_BYTES = 50_000_000
# What files with logs are called.
LOG_SUFFIXES = ".txt", ".log", ".csv", ".tsv", ".out"
WIDE = codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE


def log_text(path: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    LogError
        If it can't be read.
    """
    try:
        return decoded(content(path, MOST_BYTES))
    except FileError as error:
        raise LogError(str(error)) from None


def decoded(read: bytes) -> str:
    """Return bytes as text; letters that can't be read are no numbers."""
    return read.decode("utf-16" if read.startswith(WIDE) else "utf-8-sig", errors="replace")
