"""Parts: a big table in pieces that can be read independently, by anyone, in any order."""

from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gdviz.core.big.ahead import in_order, made_ahead
from gdviz.core.big.blocks import BLOCK, blocks, streamed_bytes
from gdviz.core.big.reading import Listed, Rows, TextReader, placed, rows_of_batch
from gdviz.core.big.written import Beginning, Written, begun, first_lines
from gdviz.core.files import named
from gdviz.core.summary.summary import Summary
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.faults import LeftOut
from gdviz.core.tables.formats.parquet import Kind, kinds_of, parquet_file, paths_of
from gdviz.core.tables.formats.stream import Progress, unwatched
from gdviz.core.tables.reading import AS_FOUND, in_sentences
from gdviz.core.tables.table import DataFileError

if TYPE_CHECKING:
    from pyarrow import RecordBatch

# What is summed up at once: more takes more memory, less more time.
GROUP = 32 * BLOCK
BATCH_ROWS, GROUP_BATCHES = 1 << 16, 16
# What a part has, unless it is asked for in others.
PART_BYTES = 8 * GROUP
# Rows are numbered by file, and within it by where they stand.
FILE_ROWS = 1 << 40
# More threads than this wait for the disk.
MOST_THREADS = 8
# For each thread so much waits to be summed up, so that none is idle meanwhile.
AHEAD = 16
# And so much waits to be given to them.
READ_AHEAD = 8


@dataclass(frozen=True, eq=False)
class Part:
    """A piece of a big table, which can be read without the others.

    Attributes
    ----------
    path : Path
    file : int
        Which of the files of the table it is in, counted from 0.
    written : Written
        How its columns are written.
    start, stop : int
        The bytes of a text in which its lines begin, or the row groups of Parquet; a stop of None
        is the end.
    first_lines : int
        So many lines of the file stand above its first row.
    size : int
        How many bytes of the file it stands for.
    source : str
        What to call the file where a line of it is named; empty if there is only one.
    """

    path: Path
    file: int
    written: Written
    start: int = 0
    stop: int | None = None
    first_lines: int = 0
    size: int = 0
    source: str = ""

    @property
    def first_row(self) -> int:
        """The number that comes before those of all its file's rows, the same however it is cut."""
        return self.file * FILE_ROWS


class Chunk(NamedTuple):
    """Some rows of a part.

    Attributes
    ----------
    group : hashable
        What is summed up at once has the same, whichever part of its file it is read with.
    first_row : int
        The number of its first row in the file.
    done : int
        How many bytes of the part have been read with it.
    """

    group: Hashable
    first_row: int
    rows: Rows
    done: int


class Piece(NamedTuple):
    """Some rows of a part, summed up.

    Attributes
    ----------
    done : int
        How many bytes of the part have been read with it.
    """

    summary: Summary
    left_out: LeftOut
    lines: int
    done: int


def parts_of(
    sources: Sequence[Path],
    choices: Choices = AS_FOUND,
    x: str | int | None = None,
    y: str | int | None = None,
    part_bytes: int = PART_BYTES,
    beginning: Beginning | None = None,
) -> list[Part]:
    """Return the parts of a table.

    All together have the same rows, with the same numbers, however large they are: what adds up
    their summaries gets the same one.

    Parameters
    ----------
    sources : sequence of Path
        Its files: see `sources_of`.
    x, y : str or int, optional
        A column's name, or its number counted from 1; by default those suggested.
    beginning : Beginning, optional
        The first rows of the first file, if they were read before.

    Raises
    ------
    DataFileError
        If a file is no table, lacks a column, or has other columns than the first one.
    """
    beginning = beginning or begun(sources[0], choices)
    written = beginning.written(x, y)
    step = max(1, part_bytes // GROUP) * GROUP
    parts: list[Part] = []
    for number, path in enumerate(sources):
        source = named(path) if len(sources) > 1 else ""
        part = Part(path, number, written, size=_size(path), source=source)
        parts += (
            _parts_of_text(part, beginning, sources[0], step)
            if written.layout
            else _parts_of_parquet(part, sources[0], step)
        )
    return parts


def _parts_of_text(part: Part, beginning: Beginning, first: Path, step: int) -> Iterator[Part]:
    above = beginning.layout.first if beginning.layout else 0
    if part.file:
        above = first_lines(part.path, part.written, beginning.table.found, first)
    if not part.written.is_cut:
        yield replace(part, first_lines=above)
        return
    for start in range(0, max(1, part.size), step):
        stop, size = start + step, min(step, part.size - start)
        yield replace(
            part, start=start, stop=stop if stop < part.size else None, size=size,
            first_lines=above if not start else 0,
        )  # fmt: skip


def _parts_of_parquet(part: Part, first: Path, step: int) -> Iterator[Part]:
    with parquet_file(part.path) as file:
        names, count = tuple(map(str, file.schema_arrow.names)), file.num_row_groups
        if part.file and names != part.written.names:
            reason = f" has other columns than {named(first)}: {', '.join(names[:20])}."
            raise DataFileError(part.path, reason)
        sizes = [file.metadata.row_group(index).total_byte_size for index in range(count)]
    whole, start, size = max(1, sum(sizes)), 0, 0
    for index, each in enumerate(sizes):
        size += each
        if size >= step or index == count - 1:
            share = part.size * size // whole
            yield replace(part, start=start, stop=index + 1, size=share)
            start, size = index + 1, 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def summary_of(
    part: Part, progress: Progress = unwatched, seed: int = 0, threads: int = 1
) -> Summary:
    """Return the summary of a part.

    Lines of what is left out are counted from the start of the part, which is named with its file:
    how many stand before it isn't known to who reads only this.

    Parameters
    ----------
    progress : callable, optional
        Is told how many bytes of how many have been read; what it raises ends it.

    Raises
    ------
    DataFileError
        If it can't be read.
    """
    total, lines, source = Summary(), 0, part.source
    if part.start and part.written.layout:
        source = f"{named(part.path)} from byte {part.start:,}"
    listed = Listed()
    for piece in pieces_of(part, listed, seed, threads, lambda done: progress(done, part.size)):
        total = total + with_left_out(piece, lines, source)
        listed.note(total.left_out)
        lines += piece.lines
    return total


def with_left_out(piece: Piece, lines: int, source: str) -> Summary:
    """Return the summary of a piece with what it lacks, so many lines down in its file."""
    return replace(piece.summary, left_out=placed(piece.left_out, lines, source))


def pieces_of(
    part: Part, listed: Listed, seed: int, threads: int, tick: Callable[[int], None]
) -> Iterator[Piece]:
    """Yield what is summed up of a part, in the order of its rows.

    Now and then `tick` is told how many bytes have been read. Threads read and sum what comes next
    meanwhile.
    """
    tasks = _tasks_of_text if part.written.layout else _tasks_of_parquet
    with in_sentences(part.path), ThreadPoolExecutor(max(1, threads), "summing") as threads_:
        pool = threads_ if threads > 1 else None
        made = tasks(part, listed)
        # What unpacks a text never waits for what is summed up; with Parquet it takes longer so.
        read = made_ahead(made, READ_AHEAD) if pool and part.written.layout else made
        chunks = in_order(read, pool, AHEAD * threads)
        groups = groupby(_ticking(chunks, tick), lambda chunk: chunk.group)
        sums = (partial(_piece, list(group), part, seed) for _, group in groups)
        yield from in_order(sums, pool, 1)


def _ticking(chunks: Iterable[Chunk], tick: Callable[[int], None]) -> Iterator[Chunk]:
    for chunk in chunks:
        tick(chunk.done)
        yield chunk


def _piece(chunks: Sequence[Chunk], part: Part, seed: int) -> Piece:
    lines, left_out = 0, LeftOut()
    for chunk in chunks:
        if chunk.rows.left_out:
            left_out = left_out + placed(chunk.rows.left_out, lines, "")
        lines += chunk.rows.lines
    x, y = (np.concatenate([chunk.rows[place] for chunk in chunks]) for place in (0, 1))
    try:
        summary = Summary.of(x, y, part.first_row + chunks[0].first_row, seed)
    except ValueError as error:
        raise DataFileError(part.path, f": {error}") from None
    return Piece(summary, left_out, lines, chunks[-1].done)


def _tasks_of_text(part: Part, listed: Listed) -> Generator[Callable[[], Chunk], None, None]:
    written, above = part.written, part.first_lines
    assert written.layout is not None
    reader = TextReader(written, written.layout, listed)
    with streamed_bytes(part.path, written.recoded) as stream:
        for block in blocks(stream, part.start, part.stop, written.layout):
            content, cut = _below(block.content, above)
            above -= cut
            done = block.done - part.start
            yield partial(_chunk_of_text, reader, content, cut, block.start, done)


def _below(content: bytes, above: int) -> tuple[bytes, int]:
    """Return lines without some above them, and how many of these there were."""
    cut = 0
    while cut < above and content:
        content, cut = content.partition(b"\n")[2], cut + 1
    return content, cut


def _chunk_of_text(reader: TextReader, content: bytes, cut: int, start: int, done: int) -> Chunk:
    rows = reader.rows(content)
    rows = rows._replace(left_out=placed(rows.left_out, cut, ""), lines=cut + rows.lines)
    return Chunk(start // GROUP, start, rows, done)


def _tasks_of_parquet(part: Part, listed: Listed) -> Generator[Callable[[], Chunk], None, None]:
    written = part.written
    with parquet_file(part.path) as file:
        kinds, names = kinds_of(file), paths_of(file, written.columns)
        kinds = [kinds[column] for column in written.columns]
        counts = [file.metadata.row_group(index).num_rows for index in range(file.num_row_groups)]
        stop = len(counts) if part.stop is None else part.stop
        first, begin, rows = sum(counts[: part.start]), 0, max(1, sum(counts[part.start : stop]))
        for group in range(part.start, stop):
            batches = file.iter_batches(BATCH_ROWS, row_groups=[group], columns=names)
            for number, batch in enumerate(batches):
                key, at = (group, number // GROUP_BATCHES), first + begin
                begin += len(batch)
                done = part.size * begin // rows
                yield partial(_chunk_of_parquet, key, batch, kinds, written, listed, at, done)


def _chunk_of_parquet(
    key: tuple[int, int], batch: "RecordBatch", kinds: Sequence[Kind], written: Written,
    listed: Listed, row: int, done: int,
) -> Chunk:  # fmt: skip
    return Chunk(key, row, rows_of_batch(batch, kinds, written, listed, row), done)
