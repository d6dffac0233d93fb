"""Reading tables: what people bring, and sentences for what can't be used.

A clean file goes through NumPy's own reader. A file with anything unusual in it is read again,
cell by cell, so that every row that can't be used is named by line, column and text.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.dataset import Dataset

SAMPLE_LINES = 50
LONGEST_QUOTE = 40
SHOWN_CELLS = 20
WHAT_WORKS = "gdviz needs two columns of numbers, such as “13 33” on each line."

_LINE_END = re.compile(r"\r\n|\r|\n")


class DataFileError(Exception):
    """A file, or a part of it, that can't be used; the text is a sentence a user can act on.

    Attributes
    ----------
    path : Path
    line, column : int or None
        Where, counted from 1.
    text : str or None
        What stands there.
    """

    def __init__(
        self,
        path: Path,
        reason: str,
        *,
        line: int | None = None,
        column: int | None = None,
        text: str | None = None,
    ) -> None:
        super().__init__(f"{path.name or path}{reason}")
        self.path, self.line, self.column, self.text = path, line, column, text


@dataclass(frozen=True)
class BadCell:
    """A cell, or the end of a row, that can't be used.

    Attributes
    ----------
    line, column : int
        Where, counted from 1.
    name : str
        The column's name.
    text : str
        What stands there; empty where the value is missing.
    reason : str
        What is wrong with it, as the rest of a sentence.
    """

    line: int
    column: int
    name: str
    text: str
    reason: str

    def __str__(self) -> str:
        what = f"{_quoted(self.text)} {self.reason}" if self.text else self.reason
        return f"line {self.line}, column {self.column} ({self.name}): {what}"


@dataclass(frozen=True, eq=False)
class Table:
    """All columns of a file.

    Attributes
    ----------
    path : Path
    names : tuple of str
        A name for every column, from the header or made up.
    values : ndarray of shape (n_rows, n_columns)
        NaN where there is no usable number.
    lines : ndarray of shape (n_rows,)
        The line of each row, counted from 1.
    numeric : tuple of int
        The columns, counted from 0, that hold numbers: at least half of what stands in them.
    bad : tuple of BadCell
        What can't be used in those columns, in the order of lines.
    """

    path: Path
    names: tuple[str, ...]
    values: NDArray[np.float64]
    lines: NDArray[np.int64]
    numeric: tuple[int, ...]
    bad: tuple[BadCell, ...]

    def column(self, which: str | int) -> int:
        """Return the column, counted from 0, of a name or of a number counted from 1.

        Raises
        ------
        DataFileError
            If there is none, or it holds no numbers.
        """
        index = self._find(str(which))
        if index is None:
            known = ", ".join(f"{n} {_quoted(name)}" for n, name in enumerate(self.names, 1))
            raise DataFileError(
                self.path, f" has no column {_quoted(str(which))}. Its columns are: {known}."
            )
        if index not in self.numeric:
            raise DataFileError(
                self.path,
                f": column {index + 1} ({self.names[index]}) holds text, not numbers. "
                f"Columns of numbers are: {self._numeric_names()}.",
                column=index + 1,
            )
        return index

    def dataset(
        self, x: str | int | None = None, y: str | int | None = None
    ) -> tuple[Dataset, tuple[BadCell, ...]]:
        """Return two columns as a data set, and the cells that cost it a row.

        Parameters
        ----------
        x, y : str or int, optional
            A column's name, or its number counted from 1; by default the first columns of numbers.

        Raises
        ------
        DataFileError
            If a column can't be used, or no row is left.
        """
        x_column, y_column = self._chosen(x, y)
        chosen = self.values[:, [x_column, y_column]]
        usable = np.isfinite(chosen).all(axis=1)
        columns = {x_column + 1, y_column + 1}
        lost = set(self.lines[~usable].tolist())
        bad = tuple(cell for cell in self.bad if cell.line in lost and cell.column in columns)
        bad += tuple(cell for cell in self.bad if cell.column > len(self.names))
        bad = tuple(sorted(bad, key=lambda cell: (cell.line, cell.column)))
        if not usable.any():
            raise _unusable(self.path, bad)
        try:
            x_values, y_values = chosen[usable].T
            x_name, y_name = self.names[x_column], self.names[y_column]
            return Dataset(x_values, y_values, x_name, y_name, self.path.name), bad
        except ValueError as error:
            raise DataFileError(self.path, f": {error}") from None

    def _chosen(self, x: str | int | None, y: str | int | None) -> tuple[int, int]:
        """Return the columns asked for; what isn't asked for is the first that is left."""
        asked_x = None if x is None else self.column(x)
        asked_y = None if y is None else self.column(y)
        free = iter([index for index in self.numeric if index not in (asked_x, asked_y)])
        first = asked_x if asked_x is not None else next(free)
        return first, asked_y if asked_y is not None else next(free)

    def _find(self, which: str) -> int | None:
        for names, name in (
            (self.names, which),
            ([known.casefold() for known in self.names], which.casefold()),
        ):
            if name in names:
                return list(names).index(name)
        if which.isdecimal() and 1 <= int(which) <= len(self.names):
            return int(which) - 1
        return None

    def _numeric_names(self) -> str:
        return ", ".join(f"{index + 1} {_quoted(self.names[index])}" for index in self.numeric)


def read_table(path: str | Path) -> Table:
    """Read a file of columns: text of any usual encoding, delimiter and decimal sign.

    Raises
    ------
    DataFileError
        If there is no such file, it is no table, or it lacks two columns of numbers.
    """
    path = Path(path)
    lines = _LINE_END.split(_decoded(path, _bytes(path)))
    rows = _data_lines(lines)
    sample = [text for _, text in _first(rows, SAMPLE_LINES)]
    if not sample:
        raise DataFileError(path, f" is empty. {WHAT_WORKS}")
    form = _detected(sample)
    header, width = form.header(sample), form.width(sample)
    names = _names(header, width)
    table = _read_clean(path, lines, form, header, names) or _read_careful(
        path, lines, form, header, names
    )
    return _checked(table)


def summary(cells: Sequence[BadCell], limit: int = SHOWN_CELLS) -> str:
    """Return the lines of a notice: how many rows were left out and, of the first, why."""
    rows = len({cell.line for cell in cells})
    count = f"{rows:,} row{'s were' if rows != 1 else ' was'} left out"
    listed = [str(cell) for cell in cells[:limit]]
    more = len(cells) - limit
    if more > 0:
        listed.append(f"… and {more:,} more, {len(cells):,} in all")
    return "\n".join([f"{count}:", *listed])


class _Form(NamedTuple):
    """How a file writes its rows."""

    delimiter: str  # a space stands for any white space
    decimal: str

    def split(self, line: str) -> list[str]:
        """Return the cells of a line."""
        if self.delimiter == " ":
            line = line.replace("\t", " ").strip()
        try:
            cells = next(csv.reader([line], delimiter=self.delimiter, skipinitialspace=True))
        except csv.Error:  # a field beyond csv's limit
            cells = line.split(self.delimiter)
        return [cell.strip() for cell in cells]

    def number(self, cell: str) -> float | None:
        """Return the number that a cell holds, or None; only finite ones count."""
        plain = cell.replace("\N{MINUS SIGN}", "-")
        whole, comma, part = plain.partition(",")
        if comma:
            if self.decimal != "," or not (whole[-1:].isdigit() and part[:1].isdigit()):
                return None
            plain = f"{whole}.{part}"
        try:
            value = float(plain)
        except ValueError:
            return None
        # Python also takes 1_000, which no table means as a number.
        return value if math.isfinite(value) and "_" not in plain else None

    def header(self, sample: Sequence[str]) -> list[str] | None:
        """Return the names in the first line, if none of its cells is a number."""
        cells = self.split(sample[0])
        return cells if all(self.number(cell) is None for cell in cells) else None

    def width(self, sample: Sequence[str]) -> int:
        """Return how many columns there are: as many as most lines have."""
        widths = [len(_without_empty_end(self.split(line))) for line in sample]
        return max(widths, key=lambda width: (widths.count(width), width))


# In the order in which ties are decided.
_FORMS = tuple(_Form(delimiter, decimal) for decimal in ".," for delimiter in "\t;, ")


def _detected(sample: Sequence[str]) -> _Form:
    """Return the form in which most lines have two numbers, and most cells are numbers."""

    def score(form: _Form) -> tuple[int, float]:
        rows = [[form.number(cell) is not None for cell in form.split(line)] for line in sample]
        cells = sum(map(len, rows))
        return sum(sum(row) >= 2 for row in rows), sum(map(sum, rows)) / cells

    return max(_FORMS, key=score)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DataFileError(path, f" doesn't exist (looked in {path.absolute().parent}).") from None
    except IsADirectoryError:
        raise DataFileError(path, " is a folder. Choose a file in it.") from None
    except OSError as error:
        hint = (
            " is a folder. Choose a file in it."
            if path.is_dir()
            else (f" can't be read: {error.strerror}.")
        )
        raise DataFileError(path, hint) from None


def _decoded(path: Path, content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or, failing these, Windows' western letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content[:1000]:
        # Spreadsheets may leave out the mark; then every second byte of plain text is zero.
        encoding = (
            "utf-16-le" if content[1:1000:2].count(0) > content[:1000:2].count(0) else "utf-16-be"
        )
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if re.search(r"[\0-\x08\x0e-\x1b]", text[:4000]):
        raise DataFileError(path, f" is not a text file. {WHAT_WORKS}")
    return text


def _data_lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines that hold something besides comments."""
    for number, line in enumerate(lines, 1):
        text = _without_comment(line)
        if text.strip():
            yield number, text


def _without_comment(line: str) -> str:
    """Return a line up to its first # outside of quotes."""
    if "#" not in line:
        return line
    quoted = False
    for place, letter in enumerate(line):
        quoted ^= letter == '"'
        if letter == "#" and not quoted:
            return line[:place]
    return line


def _first(rows: Iterator[tuple[int, str]], count: int) -> list[tuple[int, str]]:
    return [row for row, _ in zip(rows, range(count), strict=False)]


def _names(header: list[str] | None, width: int) -> tuple[str, ...]:
    """Return a name of its own for every column."""
    if header is None:
        return ("x", "y") if width == 2 else tuple(f"column {n}" for n in range(1, width + 1))
    header = _without_empty_end(header)
    header = header + [""] * (width - len(header))
    names: list[str] = []
    for number, name in enumerate(header, 1):
        name = name or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return tuple(names)


def _read_clean(
    path: Path, lines: list[str], form: _Form, header: list[str] | None, names: tuple[str, ...]
) -> Table | None:
    """Return a table by NumPy's reader, or None if anything in it is unusual."""
    skip = next(_data_lines(lines))[0] if header is not None else 0
    text = "\n".join(lines[skip:])
    if form.decimal == ",":
        if form.delimiter == ",":
            return None
        text = text.replace(",", ".")
    delimiter = None if form.delimiter == " " else form.delimiter
    try:
        # An empty body warns; a file without rows is the careful reader's to explain.
        values = (
            np.loadtxt(io.StringIO(text), delimiter=delimiter, ndmin=2) if text.strip() else None
        )
    except ValueError:
        return None
    if values is None or values.shape[1] != len(names) or not np.isfinite(values).all():
        return None
    no_lines = np.zeros(len(values), dtype=np.int64)
    return Table(path, names, values, no_lines, tuple(range(len(names))), ())


def _read_careful(
    path: Path, lines: list[str], form: _Form, header: list[str] | None, names: tuple[str, ...]
) -> Table:
    """Return a table read cell by cell, with all that can't be used in it."""
    rows = _data_lines(lines)
    if header is not None:
        next(rows)
    numbers, values, bad = [], [], []
    for line, text in rows:
        cells = _without_empty_end(form.split(text), len(names))
        row = [form.number(cell) for cell in cells[: len(names)]]
        row += [None] * (len(names) - len(row))
        if len(cells) > len(names):
            bad.append(_too_many(line, cells, len(names)))
            row = [None] * len(names)
        else:
            padded = cells + [""] * (len(names) - len(cells))
            bad += [
                BadCell(line, index + 1, names[index], padded[index], _fault(padded[index]))
                for index, value in enumerate(row) if value is None
            ]  # fmt: skip
        numbers.append(line)
        values.append([math.nan if value is None else value for value in row])
    array = np.array(values, dtype=np.float64).reshape(-1, len(names))
    numeric = _numeric(array, bad)
    kept = tuple(cell for cell in bad if cell.column - 1 in numeric or cell.column > len(names))
    return Table(path, names, array, np.array(numbers, dtype=np.int64), numeric, kept or tuple(bad))


def _numeric(values: NDArray[np.float64], bad: Sequence[BadCell]) -> tuple[int, ...]:
    """Return the columns of which at least half of what stands there are numbers."""
    texts = [0] * values.shape[1]
    for cell in bad:
        if cell.text and cell.column <= len(texts):
            texts[cell.column - 1] += 1
    counts = np.isfinite(values).sum(axis=0).tolist()
    return tuple(index for index, count in enumerate(counts) if count and count >= texts[index])


def _fault(text: str) -> str:
    """Return what is wrong with a cell, as the rest of a sentence."""
    if not text:
        return "the value is missing"
    if text.lower() in ("na", "n/a", "nan", "null", "none", "-", "?"):
        return "stands for a missing value"
    if text.lower().lstrip("+-") in ("inf", "infinity"):
        return "is not a finite number"
    return "is not a number"


def _too_many(line: int, cells: Sequence[str], expected: int) -> BadCell:
    reason = f"is one value too many: the row has {len(cells)} where {expected} were expected"
    return BadCell(line, expected + 1, "no name", cells[expected], reason)


def _without_empty_end(cells: list[str], width: int = 0) -> list[str]:
    """Return cells without the empty ones behind a delimiter at the end of the line."""
    while len(cells) > max(width, 1) and not cells[-1]:
        cells = cells[:-1]
    return cells


def _checked(table: Table) -> Table:
    """Return a table with at least two columns of numbers, or say what it lacks."""
    if len(table.numeric) >= 2:
        return table
    if len(table.values) == 0:
        raise DataFileError(table.path, f" has names but no rows. {WHAT_WORKS}")
    wrong = [cell for cell in table.bad if cell.text]
    if wrong:
        raise _unusable(table.path, wrong)
    only = (
        f"only one column, {_quoted(table.names[0])}"
        if len(table.names) == 1
        else ("fewer than two columns of numbers")
    )
    raise DataFileError(table.path, f" has {only}. {WHAT_WORKS}")


def _unusable(path: Path, bad: Sequence[BadCell]) -> DataFileError:
    """Return the error for a file without a usable row, with the first reason."""
    cell = bad[0]
    return DataFileError(
        path, f", {cell}. {WHAT_WORKS}", line=cell.line, column=cell.column, text=cell.text
    )


def _quoted(text: str) -> str:
    """Return a text as a sentence shows it: in quotes, short, without control characters."""
    shown = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)
    return f"“{shown if len(shown) <= LONGEST_QUOTE else shown[:LONGEST_QUOTE] + '…'}”"
