"""Summarising: which tables the command line reads once and sums up, and what it says meanwhile."""

import argparse
import sys

from gdviz.cli.options import choices
from gdviz.core.big.memory import is_big
from gdviz.core.big.sources import is_several, sources_of
from gdviz.core.big.streaming import BigTable, streamed
from gdviz.core.files import megabytes

WHAT_THEN = "Add --large to read it all the same, or --summary to sum it up in one pass."
# A line for each tenth.
TOLD_TIMES = 10


def summarised(options: argparse.Namespace) -> BigTable | None:
    """Return a table that is summed up in one pass; None for one that is read as it is.

    Raises
    ------
    DataFileError
        If it can't be read.
    """
    is_asked = options.summary or is_several(options.file)
    if not is_asked and (options.large or not is_big(options.file)):
        return None
    sources, told = sources_of(options.file), _Told()
    progress = told.progress if sys.stderr is not None and sys.stderr.isatty() else _untold
    return streamed(sources, choices(options), options.x, options.y, progress)


def _untold(done: int, size: int) -> None:
    """Say nothing: who keeps what is said doesn't want to read it."""


class _Told:
    """Says to who waits how far reading is."""

    def __init__(self) -> None:
        self._tenths = 0

    def progress(self, done: int, size: int) -> None:
        tenths = TOLD_TIMES * done // max(1, size)
        if tenths > self._tenths:
            self._tenths = tenths
            print(f"{megabytes(done)} of {megabytes(size)} read", file=sys.stderr)
