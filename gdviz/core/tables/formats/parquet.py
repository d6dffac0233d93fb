"""Parquet, read by DuckDB: columns that know their names and types."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gdviz.core.tables.formats.cells import Columns
from gdviz.core.tables.formats.stream import damaged
from gdviz.core.tables.table import DataFileError, LargeTableError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


# What a type holds, and what makes numbers of it.
_KINDS = {
    ("TIMESTAMP", "DATE"): ("date", "epoch({}) / 86400"),
    ("TIME", "INTERVAL"): ("time", "epoch({})"),
    ("BOOLEAN", "FLOAT", "DOUBLE", "DECIMAL"): ("number", "{}::DOUBLE"),
    ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"): ("number", "{}::DOUBLE"),
    ("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"): ("number", "{}::DOUBLE"),
}
# Nothing is fetched from anywhere.
_ITSELF = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


def columns_of_parquet(path: Path, largest: int) -> Columns:
    """Return the columns of a file in Parquet.

    Raises
    ------
    LargeTableError
        If its numbers need more bytes than `largest`.
    DataFileError
        If it is damaged, holds no numbers, or DuckDB isn't installed.
    """
    try:
        # An extra: it is larger than all the rest.
        import duckdb
    except ImportError:
        needs = " is a Parquet file, which gdviz reads with DuckDB: pip install 'gdviz[big]'."
        raise DataFileError(path, f"{needs} Or save the table as CSV.") from None
    with duckdb.connect(":memory:", config={**_ITSELF}) as database:
        try:
            return _columns(database, path, largest)
        except duckdb.Error:
            raise damaged(path, "Parquet file") from None


def _columns(database: "DuckDBPyConnection", path: Path, largest: int) -> Columns:
    file = [str(path)]
    described = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", file).fetchall()
    counted = "SELECT num_rows FROM parquet_file_metadata(?)"
    (rows,) = database.execute(counted, file).fetchall()[0]
    names = [str(name) for name, *_ in described]
    kinds = [_kind(kind) for _, kind, *_ in described]
    sources = [
        f'{source.format(_quoted(name))} AS "{index}"'
        for index, (name, (_, source)) in enumerate(zip(names, kinds, strict=True))
        if source
    ]
    if not sources:
        raise DataFileError(path, " is a Parquet file without a column of numbers.")
    if rows * len(sources) * 8 > largest:
        raise LargeTableError(path, rows * len(sources) * 8)
    read = database.execute(f"SELECT {', '.join(sources)} FROM read_parquet(?)", file).fetchnumpy()
    values = tuple(_values(read.get(str(index)), rows) for index in range(len(names)))
    return Columns(tuple(names), values, tuple(kind for kind, _ in kinds))


def _kind(name: str) -> tuple[str, str]:
    if name.endswith("]"):  # an array of them
        return "text", ""
    fitting = (kind for starts, kind in _KINDS.items() if name.startswith(starts))
    return next(fitting, ("text", ""))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _values(read: object, rows: int) -> NDArray[np.float64]:
    """Return finite numbers, and NaN for what is missing or no number at all."""
    if read is None:
        return np.full(rows, np.nan)
    values = np.ma.filled(np.ma.asarray(read, dtype=np.float64), np.nan)
    values[~np.isfinite(values)] = np.nan
    return values
