"""Tables: read as they are, or once and summed up, with what is said meanwhile."""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from gdviz.cli.options import CommandError, choices
from gdviz.core.big.memory import is_big
from gdviz.core.big.sources import is_several, sources_of
from gdviz.core.descent.descent import Experiment
from gdviz.core.files import megabytes
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import LARGEST_BYTES, read_table
from gdviz.core.tables.table import LargeTableError, Table

if TYPE_CHECKING:
    from gdviz.core.big.streaming import BigTable

WHAT_THEN = "Add --large to read it all the same, or --summary to sum it up in one pass."
# A line for each tenth.
TOLD_TIMES = 10


def summarised(options: argparse.Namespace) -> "BigTable | None":
    """Return a table that is summed up in one pass; None for one that is read as it is.

    Raises
    ------
    DataFileError
        If it can't be read.
    """
    if not is_summarised(options):
        return None
    # Not above: a start of the window does without.
    from gdviz.core.big.apart import summed_apart
    from gdviz.core.big.streaming import streamed

    x, y = options.x, options.y
    if options.scheduler:
        progress = _Told("{} of {} parts summed up".format).progress
        return summed_apart(options.file, options.scheduler, choices(options), x, y, progress)
    told = _Told(lambda done, size: f"{megabytes(done)} of {megabytes(size)} read")
    return streamed(sources_of(options.file), choices(options), x, y, told.progress)


def is_summarised(options: argparse.Namespace) -> bool:
    """Tell whether a table is to be summed up, or can't be kept."""
    if options.summary or options.scheduler or is_several(options.file):
        return True
    return not options.large and is_big(options.file)


class _Told:
    """Says to who waits how far it is; who keeps what is said doesn't want to read that."""

    def __init__(self, sentence: Callable[[int, int], str]) -> None:
        self._sentence, self._tenths = sentence, 0
        self._is_read = sys.stderr is not None and sys.stderr.isatty()

    def progress(self, done: int, size: int) -> None:
        tenths = TOLD_TIMES * done // max(1, size)
        if tenths > self._tenths and self._is_read:
            self._tenths = tenths
            print(self._sentence(done, size), file=sys.stderr)


def table_of(options: argparse.Namespace) -> Table:
    """Return a table that is read as it is, or tell what to do with one that is too large."""
    try:
        largest = sys.maxsize if options.large else LARGEST_BYTES
        return read_table(options.file, choices(options), largest)
    except LargeTableError as error:
        raise CommandError(f"{error} {WHAT_THEN}") from None


def experiment_on(dataset: Dataset, chosen: Mapping[str, Any]) -> Experiment:
    """Return data with settings, or say why these can't be."""
    try:
        return Experiment(dataset, **chosen)
    except ValueError as error:
        raise CommandError(str(error)) from None
