"""Incoming: what is pasted or dropped, as a table to read, or why it is none."""

from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QMimeData

from gdviz.core.tables.choices import Remark
from gdviz.ui.features.data.raw_table import RawTable

# What the messages about it begin with.
PASTED = Path("Pasted text")
CLIPBOARD, DROP = "The clipboard holds", "What was dropped is"
NOTHING = {
    CLIPBOARD: "The clipboard is empty. Copy two columns of numbers, then paste them here.",
    DROP: "What was dropped is empty. Drop a file, or two columns of numbers.",
}
UNKNOWN = {
    CLIPBOARD: "The clipboard holds no text and no file. Copy two columns of numbers, or a file.",
    DROP: "What was dropped is neither a text nor a file. Drop a file, or two columns of numbers.",
}


def incoming(data: QMimeData, where: str) -> RawTable | str:
    """Return the table that data hold, or what they hold instead, in a sentence."""
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    if files:
        return RawTable(Path(files[0]))
    text = data.text().strip() if data.hasText() else ""
    # What a browser copies with an image is its address.
    if data.hasImage() and (not text or _is_address(text)):
        return f"{where} an image. Copy the cells of a table, or the numbers as text."
    if _is_address(text):
        return f"{where} a web address. Download the table that it leads to, and open that file."
    if not text:
        is_other = any(not kind.startswith("text/") for kind in data.formats())
        return UNKNOWN[where] if is_other else NOTHING[where]
    return RawTable(PASTED, data.text())


def further_files(data: QMimeData) -> int:
    """Return how many files there are besides the one that is opened."""
    return max(sum(url.isLocalFile() for url in data.urls()) - 1, 0)


def not_opened(further: int) -> tuple[Remark, ...]:
    """Say that other files stay closed, if there are any."""
    if not further:
        return ()
    files = "1 other file is" if further == 1 else f"{further:,} other files are"
    return (Remark(f"{files} not opened: one table is shown at a time."),)


def _is_address(text: str) -> bool:
    """Tell whether a text is nothing but the address of a page."""
    if len(text.split()) != 1:
        return False
    try:
        return urlsplit(text).scheme in ("http", "https", "ftp")
    except ValueError:
        return False
