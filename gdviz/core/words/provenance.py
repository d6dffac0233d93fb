"""Provenance: what an export tells of the run that it shows, for whoever finds it again."""

import json
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from gdviz.core import __version__
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.quadratic import PIECE
from gdviz.core.descent.settings import values
from gdviz.core.tables.dataset import Dataset

# How what an export tells begins, in a text and in XML; it isn't longer.
BEGIN, BEGIN_IN_XML, MOST_BYTES = b'{"gdviz": "', b"{&quot;gdviz&quot;: &quot;", 2**16
# Where a PNG and a PDF hold it compressed.
_PACKED = re.compile(rb"zTXtgdviz\0\0|(?<!end)stream\r?\n")
_COMMENT = re.compile(rb"!\xfe(?=." + re.escape(BEGIN) + rb")", re.DOTALL)
_KINDS = (".png", ".svg", ".pdf", ".html", ".gif", ".webp", ".apng", ".webm", ".mp4", ".npz")
# Of a larger file the rest is passed over. A file that only seems to tell of runs is given up soon.
MOST_READ, MOST_TEXTS, MOST_PACKED = 2**25, 20, 500


def told_by_file(path: Path) -> Any:  # noqa: ANN401
    """Return what a file tells of a run, which may be anything; None: nothing."""
    with suppress(OSError):
        if path.suffix.lower() in _KINDS and path.is_file():
            with path.open("rb") as file:
                return told_by(file.read(MOST_READ))
    return None


def told_by(content: bytes) -> Any:  # noqa: ANN401
    """Return what the content of a file tells of a run, which may be anything; None: nothing."""
    for text in islice(_texts(content), MOST_TEXTS):
        with suppress(ValueError, RecursionError):
            return json.JSONDecoder().raw_decode(text[:MOST_BYTES].decode("ascii", "replace"))[0]
    return None


def _texts(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"GIF"):
        yield from (_joined(content, match.end()) for match in _COMMENT.finditer(content))
        return
    for match in re.finditer(re.escape(BEGIN), content):
        yield content[match.start() : match.start() + MOST_BYTES]
    for match in re.finditer(re.escape(BEGIN_IN_XML), content):
        part = content[match.start() : match.start() + MOST_BYTES]
        yield unescape(part.decode("ascii", "replace")).encode()
    for match in islice(_PACKED.finditer(content), MOST_PACKED):
        with suppress(zlib.error):
            text = zlib.decompressobj().decompress(
                content[match.end() : match.end() + MOST_BYTES], MOST_BYTES
            )
            if text.startswith(BEGIN):
                yield text


def _joined(content: bytes, at: int) -> bytes:
    """Return a comment of a GIF, whose parts stand behind their lengths, up to one of 0."""
    text = b""
    while len(text) < MOST_BYTES and any(length := content[at : at + 1]):
        text += content[at + 1 : at + 1 + length[0]]
        at += 1 + length[0]
    return text


def provenance(experiment: Experiment, iteration: int | None = None) -> str:
    """Return program, data and settings as JSON in ASCII, the same for the same run.

    Parameters
    ----------
    iteration : int, optional
        The one that is shown.
    """
    dataset = experiment.dataset
    told = {
        "gdviz": __version__,
        "source": dataset.source,
        "x": dataset.x_name,
        "y": dataset.y_name,
        "rows": dataset.n_rows,
        "sha256": digest(dataset),
        "settings": values(experiment),
    }
    return json.dumps(told if iteration is None else {**told, "iteration": iteration})


def digest(dataset: Dataset) -> str:
    """Return the SHA-256 of the rows: all x, then all y, as little-endian doubles."""
    import hashlib  # loaded with the first export: a start does without

    found = hashlib.sha256()
    for column in (dataset.x, dataset.y):
        # Piece by piece: a column needn't lie in one piece of memory, and a copy takes as much.
        for first in range(0, len(column), PIECE):
            found.update(np.ascontiguousarray(column[first : first + PIECE], "<f8").data)
    return found.hexdigest()
