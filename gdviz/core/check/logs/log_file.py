"""A log in a file, as text."""

import codecs
from pathlib import Path

from gdviz.core.check.logs.log import LogError
from gdviz.core.check.logs.reading import MOST_BYTES
from gdviz.core.files import FileError, content

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
