"""Streaming: a table of any size, read once from beginning to end and summed up as it passes."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gdviz.core.big.parts import MOST_THREADS, parts_of, pieces_of, with_left_out
from gdviz.core.big.reading import Listed
from gdviz.core.big.written import Written, begun
from gdviz.core.files import named, quoted
from gdviz.core.summary.summary import Summary
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.faults import LeftOut
from gdviz.core.tables.formats.stream import Progress, unwatched
from gdviz.core.tables.reading import AS_FOUND
from gdviz.core.tables.table import DataFileError, Table

# Is given what was summed up so far.
Shown = Callable[["BigTable"], None]
# So many times in all, so that a picture fills in.
SHOWN_TIMES = 50


def unshown(table: "BigTable") -> None:
    """Show nobody what was summed up so far."""


@dataclass(frozen=True, eq=False)
class BigTable:
    """Two columns of a table that was summed up in one pass, and not kept.

    Attributes
    ----------
    sources : tuple of Path
        Its files.
    first : Table
        What the first rows of the first file were read as: all columns, and how they are written.
    written : Written
        How the two columns are written, their names, and what x counts.
    """

    sources: tuple[Path, ...]
    first: Table
    written: Written
    summary: Summary

    @property
    def title(self) -> str:
        """What the table is called: its file, or the first of them and how many more."""
        title, more = named(self.sources[0]), len(self.sources) - 1
        return f"{title} and {more:,} more file{'s' * (more > 1)}" if more else title

    def dataset(self, source: str = "") -> Dataset:
        """Return its data: the rows are a sample, the sums those of all rows.

        Of few rows all are in the sample, and they are a data set like any other.

        Parameters
        ----------
        source : str
            What to call where they come from; by default the title.
        """
        sample, written = self.summary.sample, self.written
        names = written.x_name, written.y_name, source or self.title
        whole = self.summary if self.summary.rows > len(sample) else None
        return Dataset(sample.x, sample.y, *names, written.calendar, whole)

    @property
    def left_out(self) -> LeftOut:
        """What its data lack."""
        return self.summary.left_out


def streamed(
    sources: Sequence[Path],
    choices: Choices = AS_FOUND,
    x: str | int | None = None,
    y: str | int | None = None,
    progress: Progress = unwatched,
    shown: Shown = unshown,
    seed: int = 0,
    begin: Shown = unshown,
) -> BigTable:
    """Read a table once, and sum it up.

    Parameters
    ----------
    sources : sequence of Path
        Its files: see `sources_of`.
    x, y : str or int, optional
        A column's name, or its number counted from 1; by default those suggested.
    progress : callable, optional
        Is told how many bytes of how many have been read; what it raises ends it.
    shown : callable, optional
        Is given what was summed up so far, now and then.
    begin : callable, optional
        Is given the table before anything is summed up.

    Raises
    ------
    DataFileError
        If a file is no table, or can't be read in pieces; if a column can't be used, files differ,
        or no row is left.
    """
    beginning = begun(sources[0], choices)
    parts = parts_of(sources, choices, x, y, beginning=beginning)
    table = BigTable(tuple(sources), beginning.table, parts[0].written, Summary())
    begin(table)
    size, before = sum(part.size for part in parts), 0
    total, lines, next_shown = Summary(), 0, 0
    threads = thread_count()
    for part in parts:
        listed, in_part = Listed(), LeftOut()
        lines = 0 if not part.start else lines

        def tick(done: int, before: int = before) -> None:
            progress(before + done, size)

        for piece in pieces_of(part, listed, seed, threads, tick):
            total = total + with_left_out(piece, lines, part.source)
            in_part = in_part + piece.left_out
            listed.note(in_part)
            lines += piece.lines
            done = before + piece.done
            if done >= next_shown and total:
                shown(replace(table, summary=total))
                next_shown = done + size // SHOWN_TIMES
        before += part.size
    return checked(replace(table, summary=total))


def thread_count() -> int:
    """Return how many threads to read with: one for each processor that may be used."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(usable or 1, MOST_THREADS)


def checked(table: BigTable) -> BigTable:
    """Return a table that was summed up whole, if it can be a data set.

    Raises
    ------
    DataFileError
        If no row is left, or a column is too small to be squared.
    """
    if not table.summary:
        raise _without_rows(table.sources[0], table.written, table.left_out)
    try:
        table.summary.check(table.written.x_name, table.written.y_name)
    except ValueError as error:
        raise DataFileError(table.sources[0], f": {error}") from None
    return table


def _without_rows(path: Path, written: Written, left_out: LeftOut) -> DataFileError:
    both = f"{quoted(written.x_name)} and {quoted(written.y_name)}"
    bad = left_out.first[0] if left_out.first else None
    reason = f" has no row with a number in both {both}{f': {bad}' if bad else ''}."
    return DataFileError(path, reason, bad)
