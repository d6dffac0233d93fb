"""JSON: records in an array or on lines of their own, rows, or columns by their names."""

import json
import re
from array import array
from collections.abc import Iterator
from itertools import zip_longest
from json.decoder import JSONDecodeError
from pathlib import Path
from typing import Any, TextIO

from gdviz.core.tables.formats.beginnings import is_surely_json
from gdviz.core.tables.formats.cells import Cells, Rows, numbers_as_python
from gdviz.core.tables.formats.stream import Tick, all_of, ticking
from gdviz.core.tables.table import DataFileError

# Beyond these, records have so little in common that they are no rows of a table.
MOST_NAMES, MOST_EMPTY = 20_000, 1_000_000
# Lines that are no JSON are told of; but where they are the most, the file is another.
MOST_WRONG = 1000
WHAT_WORKS = "gdviz reads arrays of records, such as [{“x”: 13, “y”: 33}, …], and lines of them."

_NUMBER = re.compile(r"[+-]?\.?\d")
_GAP = re.compile(r"[\s,]*")
# Numbers stay as they are written.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda _: "")


def cells_of_json(file: TextIO, path: Path, tick: Tick) -> Cells | None:
    """Return the table that a text in JSON holds; None if it is no JSON after all.

    Raises
    ------
    DataFileError
        If it is JSON, but damaged or no table.
    """
    rows = _Rows(path)
    if _has_one_a_line(file):
        wrong = 0
        for number, line in enumerate(ticking(file, tick), 1):
            if not line.isspace():
                value = _value(line)
                wrong += isinstance(value, str)
                if wrong > max(MOST_WRONG, number / 2):
                    raise _wrong(path, f" at line {number}")
                rows.add(value, number)
        return rows.cells()
    text = all_of(file, tick)
    try:
        for value, number in ticking(_values(text), tick):
            rows.add(value, number)
    except (ValueError, RecursionError) as error:
        if not is_surely_json(text):
            return None
        where = f" at line {error.lineno}" if isinstance(error, JSONDecodeError) else ""
        raise _wrong(path, where) from None
    return rows.cells()


def _wrong(path: Path, where: str) -> DataFileError:
    reason = f" is JSON that is cut off, or written wrong{where}. {WHAT_WORKS}"
    return DataFileError(path, reason)


class _Rows:
    """The rows, and the names of their columns as far as they have been met."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names, self._order = dict[str, int](), list[str]()
        self._rows, self._lines = Rows(), array("q")
        self._numeric: set[int] = set()
        self._empty, self._is_nested = 0, False

    def add(self, value: object, line: int) -> None:
        """Add a record, or a row of values."""
        if isinstance(value, dict):
            row: list[Any] = list(value.values())
            if list(value) != self._order:
                row = self._in_order(list(value), row)
        else:
            row = value if isinstance(value, list) else [value]
        try:
            self._rows.append(row)
        except TypeError:  # not all are texts, which most are
            self._is_nested = self._is_nested or any(isinstance(cell, dict | list) for cell in row)
            row = list(map(_text, row))
            self._rows.append(row)
        self._lines.append(line)
        if len(self._numeric) < 2:
            self._numeric |= {index for index, cell in enumerate(row) if _NUMBER.match(cell)}

    def _in_order(self, names: list[str], cells: list[Any]) -> list[Any]:
        known = len(self._order)
        places = [self._names.setdefault(name, len(self._names)) for name in names]
        self._order += list(self._names)[known:]
        row = [""] * (1 + max(places, default=-1))
        for place, cell in zip(places, cells, strict=True):
            row[place] = cell
        self._empty += len(row) - len(cells)
        if len(self._names) > MOST_NAMES or self._empty > MOST_EMPTY:
            raise self._no_table("its records have different names")
        return row

    def cells(self) -> Cells:
        if not self._rows:
            raise self._no_table("it holds nothing")
        if not self._numeric or (self._is_nested and len(self._numeric) < 2):
            raise self._no_table(
                "its values are nested" if self._is_nested else "no values are numbers"
            )
        names = tuple(self._names) if self._names else None
        return Cells(self._rows, self._lines, names, numbers_as_python(self._rows))

    def _no_table(self, why: str) -> DataFileError:
        return DataFileError(self._path, f" is JSON, but no table: {why}. {WHAT_WORKS}")


def _has_one_a_line(file: TextIO) -> bool:
    """Return whether the first line is a whole record or row, and not the only one."""
    file.seek(0)
    lines = filter(str.strip, file)
    first, second = next(lines, ""), next(lines, "")
    file.seek(0)
    return bool(second) and isinstance(_value(first), dict | list)


def _value(line: str) -> object:
    """Return what a line holds: its text, where that is no JSON."""
    try:
        return _DECODER.decode(line)
    except (ValueError, RecursionError):
        return line.strip()


def _values(text: str) -> Iterator[tuple[Any, int]]:
    """Yield records or rows, and the line on which each begins."""
    at = _after_gap(text, 0)
    if not text.startswith("[", at):
        yield from zip_longest(_rows_of(_DECODER.decode(text)), (), fillvalue=1)
        return
    line, at, seen = 1, _after_gap(text, at + 1), 0
    if text[at : at + 1] not in ("{", "[", "]"):
        # One value a row: too many to be decoded one by one.
        yield from ((value, row) for row, value in enumerate(_DECODER.decode(text), 1))
        return
    while not text.startswith("]", at):
        line, seen = line + text.count("\n", seen, at), at
        value, at = _DECODER.raw_decode(text, at)
        yield value, line
        at = _after_gap(text, at)
    if text[at + 1 :].strip():
        raise ValueError


def _after_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _rows_of(value: dict[str, Any]) -> list[Any]:
    """Return the records or rows that one object holds, in any of the ways pandas writes them."""
    columns, data = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(data, list):
        return [
            dict(zip(map(_text, columns), row, strict=False)) if isinstance(row, list) else row
            for row in data
        ]
    kinds = {type(part) for part in value.values()}
    if kinds == {dict}:
        labels = dict.fromkeys(label for part in value.values() for label in part)
        if len(labels) * len(value) > MOST_EMPTY + 4 * sum(map(len, value.values())):
            return [value]
        if all(map(_NUMBER.match, labels)):
            named = {name: part.get for name, part in value.items()}
            return [
                {"": label, **{name: get(label) for name, get in named.items()}} for label in labels
            ]
        return [{"": label, **record} for label, record in value.items()]
    lists = [part for part in value.values() if isinstance(part, list) and part]
    tables = [part for part in lists if isinstance(part[0], dict | list)]
    if len(tables) == 1:
        return tables[0]
    longest = max(map(len, lists), default=0)
    if longest * len(value) > MOST_EMPTY + 4 * sum(map(len, lists)):
        return [value]
    if kinds == {list} and not tables:
        return [dict(zip(value, row, strict=True)) for row in zip_longest(*value.values())]
    return [value]


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return "" if value is None else str(value).lower()
