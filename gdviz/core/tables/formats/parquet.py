"""Parquet, read by PyArrow: columns that know their names and types."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.tables.calendar import DAY_S
from gdviz.core.tables.formats.cells import Columns
from gdviz.core.tables.formats.stream import damaged
from gdviz.core.tables.table import DataFileError, LargeTableError

if TYPE_CHECKING:
    from pyarrow import Array, ChunkedArray, DataType
    from pyarrow.parquet import ParquetFile

_PER_S = {"s": 1, "ms": 1e3, "us": 1e6, "ns": 1e9}
_NUMBERS = ("int", "uint", "float", "double", "halffloat", "decimal", "bool")


# As they stand in the file: months, days and milliseconds, and how many seconds each has.
_SPAN_S = np.array([30 * DAY_S, DAY_S, 1e-3])


class Kind(NamedTuple):
    """What a type holds, and how many of its units make a day or a second.

    Attributes
    ----------
    name : {"number", "date", "time", "text"}
    """

    name: str
    per: float = 1.0


TEXT, SPAN = Kind("text"), Kind("time", 1e3)


def columns_of_parquet(path: Path, largest: int) -> Columns:
    """Return the columns of a file in Parquet.

    Raises
    ------
    LargeTableError
        If its numbers need more bytes than `largest`.
    DataFileError
        If it is damaged, holds no numbers, or PyArrow isn't installed.
    """
    with parquet_file(path) as file:
        names, kinds = file.schema_arrow.names, kinds_of(file)
        rows, used = file.metadata.num_rows, [kind is not TEXT for kind in kinds]
        if not any(used):
            raise DataFileError(path, " is a Parquet file without a column of numbers.")
        if rows * sum(used) * 8 > largest:
            raise LargeTableError(path, rows * sum(used) * 8)
        values = tuple(
            # One after the other: of a wide table only one stands in memory twice.
            values_of(file.read(columns=paths_of(file, [index])).column(0), kind)
            if kind is not TEXT
            else np.full(rows, np.nan)
            for index, kind in enumerate(kinds)
        )
    return Columns(tuple(map(str, names)), values, tuple(kind.name for kind in kinds))


@contextmanager
def parquet_file(path: Path) -> Iterator["ParquetFile"]:
    """Open a file in Parquet; what is wrong with it becomes a sentence.

    Raises
    ------
    DataFileError
        If it is damaged, or PyArrow isn't installed.
    """
    try:
        # An extra: it is larger than all the rest.
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        needs = ' is a Parquet file, which gdviz reads with PyArrow: pip install "gdviz[big]".'
        raise DataFileError(path, f"{needs} Or save the table as CSV.") from None
    try:
        # A path that looks like an address is one: a file of its name is opened here.
        with path.open("rb") as opened, pq.ParquetFile(opened, pre_buffer=False) as file:
            yield file
    except (pa.ArrowException, OSError):
        raise damaged(path, "Parquet file") from None


def kinds_of(file: "ParquetFile") -> list[Kind]:
    """Return what each column of the file holds."""
    return [
        SPAN if file.schema.column(leaf).converted_type == "INTERVAL" else _kind(str(field.type))
        for field, leaf in zip(file.schema_arrow, _leaves(file), strict=True)
    ]


def paths_of(file: "ParquetFile", columns: Iterable[int]) -> list[str]:
    """Return by which names the file gives some of its columns, counted from 0."""
    leaves = _leaves(file)
    return [file.schema.column(leaves[index]).path for index in columns]


def _kind(type_: str) -> Kind:
    """Return what a type holds, by its name as PyArrow says it."""
    name, _, rest = type_.partition("[")
    unit = rest.rstrip("]").split(",")[0]
    if name in ("date32", "date64"):
        return Kind("date", 1 if unit == "day" else DAY_S * 1e3)
    if name == "timestamp":
        return Kind("date", DAY_S * _PER_S[unit])
    if name in ("time32", "time64", "duration"):
        return Kind("time", _PER_S[unit])
    return Kind("number") if name.startswith(_NUMBERS) and not rest else TEXT


def _leaves(file: "ParquetFile") -> list[int]:
    """Return where each column begins in the file: records in records have several."""
    counts = [_count(field.type) for field in file.schema_arrow]
    return [sum(counts[:index]) for index in range(len(counts))]


def _count(type_: "DataType") -> int:
    inner = (type_.field(index).type for index in range(type_.num_fields))
    return sum(map(_count, inner)) or 1


def floats(column: "Array") -> NDArray[np.float64]:
    """Return doubles, and NaN for what is missing: Arrow's way to NumPy imports all of pandas."""
    if not len(column):
        return np.empty(0)
    is_there, data = column.buffers()
    rows = slice(column.offset, column.offset + len(column))
    values: NDArray[np.float64] = np.frombuffer(data, np.float64)[rows]
    if column.null_count:
        bits = np.unpackbits(np.frombuffer(is_there, np.uint8), bitorder="little")
        values = np.where(bits[rows], values, np.nan)
    return values


def values_of(column: "Array | ChunkedArray", kind: Kind) -> NDArray[np.float64]:
    """Return finite numbers, and NaN for what is missing or no number at all."""
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if kind is SPAN:
        return _seconds(column)
    if kind.name != "number":
        column = column.cast(pa.int32() if column.type.bit_width == 32 else pa.int64())
    if column.type != pa.float64():
        column = column.cast(pa.float64(), safe=False)
    values = floats(column)
    if kind.per != 1:
        values = values / kind.per
    bad = ~np.isfinite(values)
    return np.where(bad, np.nan, values) if bad.any() else values


def _seconds(spans: "Array") -> NDArray[np.float64]:
    """Return how long spans of time are, a month of 30 days."""
    read = (np.frombuffer(span, "<u4") @ _SPAN_S if span else np.nan for span in spans.to_pylist())
    return np.fromiter(read, np.float64, len(spans))
