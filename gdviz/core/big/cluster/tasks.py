"""Tasks: what the workers of a cluster run: find a table's parts, sum up one, add up sums."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from distributed import get_worker

from gdviz.core.big.messages import RefusedError
from gdviz.core.big.parts import PART_BYTES, Part, parts_of, summary_of
from gdviz.core.big.sources import is_several, sources_of
from gdviz.core.big.written import begun
from gdviz.core.summary.summary import Summary
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.table import DataFileError, Table

# The scheduler minds each: of a larger table parts are larger.
MOST_PARTS = 4096


class Plan(NamedTuple):
    """The parts of a table, and what its first rows were read as."""

    sources: tuple[Path, ...]
    first: Table
    parts: list[Part]


def plan(names: Sequence[str], choices: Choices, x: str | int | None, y: str | int | None) -> Plan:
    """Find the parts of a table.

    Raises
    ------
    RefusedError
        If it can't be read here.
    """
    with _in_sentences():
        sources = sources_of(names)
        beginning = begun(sources[0], choices)
        part_bytes = max(PART_BYTES, sum(map(_size, sources)) // MOST_PARTS)
        parts = parts_of(sources, choices, x, y, part_bytes, beginning)
    return Plan(sources, beginning.table, parts)


def sum_of_part(part: Part, seed: int) -> Summary:
    """Sum up a part.

    Raises
    ------
    RefusedError
        If it can't be read here.
    """
    with _in_sentences():
        return summary_of(part, seed=seed)


def sum_of_sums(sums: Sequence[Summary]) -> Summary:
    """Add up what parts have given, in their order."""
    return sum(sums, Summary())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # who opens it says what is wrong
        return 0


@contextmanager
def _in_sentences() -> Iterator[None]:
    try:
        yield
    except DataFileError as error:
        refused = RefusedError.of(error)
        reason = refused.reason + _here(error)
        raise RefusedError(refused.path, reason, refused.cell) from None


def _here(error: DataFileError) -> str:
    """Say which worker it is, where it may be otherwise on another one."""
    if not _is_there(error.path):
        advice = "all workers need the files, in a folder of the same name."
    elif "pip install" in str(error):
        advice = "do so where the workers run."
    else:
        return ""
    return f" So says the worker {get_worker().address}: {advice}"


def _is_there(path: Path) -> bool:
    try:
        return path.exists() or (is_several(path) and bool(sources_of(path)))
    except (DataFileError, OSError, ValueError):
        return False
