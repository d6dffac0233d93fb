"""NumPy's files: one array, or several by their names; objects in them are never unpickled."""

import ast
import math
import operator
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BufferedIOBase
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import shortened
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.formats import packed
from gdviz.core.tables.formats.beginnings import ARRAY
from gdviz.core.tables.formats.cells import Cells, Columns, offered, sheet_of
from gdviz.core.tables.formats.stream import damaged
from gdviz.core.tables.table import DataFileError, LargeTableError

MOST_COLUMNS = 20_000
# Of so few rows, and far more columns, each row is a variable: np.save(…, [x, y]).
MOST_VARIABLES, FAR_MORE = 4, 8
LONGEST_HEADER = 65_536
DAY = 86_400.0
# What a count of them is in seconds.
_SECONDS = {
    "W": 7 * DAY,
    "D": DAY,
    "h": 3600.0,
    "m": 60.0,
    "s": 1.0,
    "ms": 1e-3,
    "us": 1e-6,
    "ns": 1e-9,
    "ps": 1e-12,
}
_WHAT_WORKS = "Save two columns of numbers, as in np.savez(name, x=x, y=y)."

Array = NDArray[Any]


def content_of_array(file: BufferedIOBase, path: Path, largest: int) -> Columns | Cells:
    """Return the columns of one array.

    Raises
    ------
    LargeTableError
        If it needs more bytes than `largest`.
    DataFileError
        If it is damaged, or no table.
    """
    return _content(_array(file, path, largest), path)


def content_of_arrays(
    archive: zipfile.ZipFile, path: Path, choices: Choices, largest: int
) -> Columns | Cells:
    """Return the columns of the array that was chosen, or of those that belong together.

    Raises
    ------
    LargeTableError, DataFileError
        As for one array, and if there is none of the name that was chosen.
    """
    arrays: dict[str, Array] = {}
    for member in archive.infolist():
        left = largest - sum(array.nbytes for array in arrays.values())
        with packed.member(archive, member, path, left) as file:
            arrays[member.filename.removesuffix(".npy")] = _array(file, path, left)
    sheets = tuple(arrays)
    alike = _alike(arrays) if choices.sheet is None else {}
    if len(alike) > 1:
        text = f"The {len(alike):,} arrays of one length are read"
        remarks = offered(text, [name for name in sheets if name not in alike])
        return replace(
            _of_columns(list(alike), list(alike.values()), path), remarks=remarks, sheets=sheets
        )
    first = next((name for name in sheets if arrays[name].ndim == 2), sheets[0])
    sheet, remarks = sheet_of(path, choices, sheets, first, "array")
    content = _content(arrays[sheet], path, sheet)
    found = Choices(sheet=sheet).or_else(content.found)
    return replace(content, found=found, remarks=(*remarks, *content.remarks), sheets=sheets)


def _array(file: BufferedIOBase, path: Path, largest: int) -> Array:
    """Read an array as NumPy wrote it."""
    try:
        shape, is_fortran, dtype = _header(file)
    except Exception:  # of anything that stands there; SyntaxError, MemoryError, struct.error …
        raise damaged(path, "file of NumPy's") from None
    if dtype.hasobject:
        reason = " holds objects of Python's, which could do anything and are never read."
        raise DataFileError(path, f"{reason} {_WHAT_WORKS}")
    count = math.prod(shape)
    if count * dtype.itemsize > largest:
        raise LargeTableError(path, count * dtype.itemsize)
    array = np.empty(count, dtype)
    left = memoryview(array.view(np.uint8).data)
    while left and (read := file.readinto(left)):
        left = left[read:]
    if left:
        raise damaged(path, "file of NumPy's")
    return array.reshape(shape, order="F" if is_fortran else "C")


def _header(file: BufferedIOBase) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Return shape, order and type; NumPy's own reader warns of what is unusual."""
    start = file.read(8)
    if start[:6] != ARRAY:
        raise ValueError
    size = int.from_bytes(file.read(2 if start[6] == 1 else 4), "little")
    if size > LONGEST_HEADER:
        raise ValueError
    header = ast.literal_eval(file.read(size).decode("latin-1").strip())
    shape = tuple(map(operator.index, header["shape"]))
    if min(shape, default=0) < 0:
        raise ValueError
    return shape, bool(header["fortran_order"]), np.lib.format.descr_to_dtype(header["descr"])


def _content(array: Array, path: Path, name: str = "") -> Columns | Cells:
    """Return an array as columns: its fields, or what it has beside each other."""
    if array.dtype.names is not None and array.ndim == 1:
        return _of_columns(array.dtype.names, [array[name] for name in array.dtype.names], path)
    if array.ndim not in (1, 2) or not array.size:
        reason = f" holds an array of shape {array.shape}, which is no table."
        raise DataFileError(path, f"{reason} {_WHAT_WORKS}")
    if array.ndim == 1:
        return _of_columns([name], [array], path)
    remarks: tuple[Remark, ...] = ()
    rows, width = array.shape
    if 2 <= rows <= MOST_VARIABLES and width > FAR_MORE * rows:
        remarks = (Remark(f"Its {rows} rows of {width:,} values each are read as columns."),)
        array, width = array.T, rows
    if width > MOST_COLUMNS:
        reason = f" has more than {MOST_COLUMNS:,} columns. Keep the columns that you need."
        raise DataFileError(path, reason)
    if array.dtype.kind in "US":
        texts = _texts(array).tolist()
        return Cells(texts, range(1, len(texts) + 1), None, Choices(), remarks)
    return replace(_of_columns([""] * width, list(array.T), path), remarks=remarks)


def _texts(array: Array) -> Array:
    """Return texts, with a sign for what is no letter: Python stumbles over such."""
    if array.dtype.kind == "S":
        return np.char.decode(array, "utf-8", "replace")
    native = np.array(array, dtype=array.dtype.newbyteorder("="))
    if native.itemsize:
        letters = native.view(np.uint32)
        letters[letters > sys.maxunicode] = ord("\N{REPLACEMENT CHARACTER}")
    return native


def _alike(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Return the arrays in one dimension that are as long as most of them."""
    rows = {name: array for name, array in arrays.items() if array.ndim == 1 and len(array) > 1}
    lengths = Counter(map(len, rows.values())).most_common(1)
    return {name: array for name, array in rows.items() if len(array) == lengths[0][0]}


def _of_columns(names: Sequence[str], columns: Sequence[Array], path: Path) -> Columns:
    read = [_numbers(column) for column in columns]
    if all(kind == "text" for kind, _ in read):
        types = ", ".join(dict.fromkeys(str(column.dtype) for column in columns))
        raise DataFileError(path, f" holds no numbers, but {shortened(types)}. {_WHAT_WORKS}")
    kinds, values = zip(*read, strict=True)
    return Columns(tuple(names), values, kinds)


def _numbers(column: Array) -> tuple[str, NDArray[np.float64]]:
    """Return what a column holds, and its numbers: days of dates, seconds of durations."""
    kind = column.dtype.kind
    if column.ndim != 1 or kind not in "biufMm":
        return "text", np.full(len(column), math.nan)
    if kind not in "Mm":
        with np.errstate(all="ignore"):  # what has more digits may be too large
            values = column.astype(np.float64)
        values[~np.isfinite(values)] = math.nan
        return "number", values
    unit, step = np.datetime_data(column.dtype)
    if kind == "M" and unit in ("Y", "M"):
        column, unit, step = column.astype("M8[D]"), "D", 1
    if unit not in _SECONDS:
        return "text", np.full(len(column), math.nan)
    values = column.astype(np.int64).astype(np.float64)
    values *= step * _SECONDS[unit] / (DAY if kind == "M" else 1)
    values[np.isnat(column)] = math.nan
    return ("date" if kind == "M" else "time"), values
