"""Tables of a lesson: whoever wrote it is not known, so what is read of them is bounded."""

from collections.abc import Callable
from pathlib import Path

from gdviz.core.files import megabytes, stamp
from gdviz.core.tables.table import DataFileError, LargeTableError, Table

MOST_BYTES, MOST_UNPACKED, MOST_ROWS = 2_000_000, 5_000_000, 100_000
ADVICE = "Give the lesson a part of it."


def bounded_table(path: Path, read: Callable[[int], Table]) -> Table:
    """Return the table that `read` gives, which is told how many bytes it may take.

    Raises
    ------
    DataFileError
        If it is too large for a lesson, or can't be read.
    """
    _, size, _ = stamp(path) or (0, 0, 0)
    if size > MOST_BYTES:
        raise _too_large(path, f"{megabytes(size)}, where {megabytes(MOST_BYTES)} do")
    try:
        table = read(MOST_UNPACKED)
    except LargeTableError:
        raise _too_large(path, f"more than {megabytes(MOST_UNPACKED)} when unpacked") from None
    if len(table.values) > MOST_ROWS:
        raise _too_large(path, f"{len(table.values):,} rows, where {MOST_ROWS:,} do")
    return table


def _too_large(path: Path, reason: str) -> DataFileError:
    return DataFileError(path, f" is too large for a lesson: {reason}. {ADVICE}")
