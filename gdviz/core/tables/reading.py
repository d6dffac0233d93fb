"""Reading tables: any usual encoding, delimiter and decimal sign, and what is wrong by its line."""

import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import FileError, LargeFileError, content, quoted
from gdviz.core.tables.form import Form, recognised, without_empty_end
from gdviz.core.tables.table import BadCell, DataFileError, LargeTableError, Table

# What is read unasked; to read more takes a while, and gigabytes of memory.
LARGEST_BYTES = 500_000_000
SAMPLE_LINES = 50
# Lines handed to NumPy at once; one bad cell makes only its own piece slow.
PIECE_LINES = 5_000
# They make no column of numbers a column of text.
MISSING = ("", "na", "n/a", "nan", "null")
WHAT_WORKS = "gdviz needs two columns of numbers, such as “13 33” on each line."

_QUOTED_OR_COMMENT = re.compile(r'"[^"]*"|(#.*)')
# What NumPy would take for a number once its commas are points, and we don't.
_NO_DECIMAL_COMMA = re.compile(r"\.|,(?!\d)|(?<!\d),")
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1b]")


def read_table(path: str | Path, largest: int = LARGEST_BYTES) -> Table:
    """Read a file of columns: text of any usual encoding, delimiter and decimal sign.

    Raises
    ------
    LargeTableError
        If it has more bytes than `largest`.
    DataFileError
        If there is no such file, it is no table, or it lacks two columns of numbers.
    """
    path = Path(path)
    return parsed_table(_decoded(path, _bytes(path, largest)), path)


def parsed_table(text: str, path: Path) -> Table:
    """Read a text of columns as `read_table` does; its messages begin with the name of `path`.

    Raises
    ------
    DataFileError
        If it is no table, or it lacks two columns of numbers.
    """
    # Not `splitlines`, which also splits at form feeds and other signs no editor counts as lines.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = _data_lines(lines)
    sample = [row for row, _ in zip(rows, range(SAMPLE_LINES), strict=False)]
    if not sample:
        holds = " holds nothing but comments and blank lines." if text.strip() else " is empty."
        raise DataFileError(path, f"{holds} {WHAT_WORKS}")
    first_line, first_text = sample[0]
    form, names, has_header = recognised([row for _, row in sample])
    if len(names) == 1:
        row = f"line {first_line} is {quoted(first_text.strip())}"
        raise DataFileError(path, f" has only one column: {row}. {WHAT_WORKS}")
    return _Body(form, names).table(path, lines, first_line if has_header else 0)


class _Body:
    """The rows below the header: numbers, and what stands in the way of being one."""

    def __init__(self, form: Form, names: tuple[str, ...]) -> None:
        self.form, self.names = form, names
        self._faults: list[list[tuple[int, str]]] = [[] for _ in names]
        self._too_long: list[BadCell] = []

    def table(self, path: Path, lines: Sequence[str], start: int) -> Table:
        """Return the table of all lines from `start` on, counted from 0."""
        pieces = [np.empty((0, len(self.names)))]
        for first in range(start, len(lines), PIECE_LINES):
            piece = lines[first : first + PIECE_LINES]
            values = self._read_at_once(piece)
            pieces.append(self._read_cells(piece, first + 1) if values is None else values)
        values = np.concatenate(pieces)
        if not len(values):
            raise DataFileError(path, f" has names but no rows below them. {WHAT_WORKS}")
        numeric = self._numeric(values)
        bad, text = self._bad(numeric), self._text(numeric)
        if len(numeric) < 2:
            wrong = sorted([*text.values(), *bad], key=lambda cell: (not cell.text, cell.line))
            raise DataFileError(path, f", {wrong[0]}. {WHAT_WORKS}", wrong[0])
        return Table(path, self.names, values, numeric, bad, text)

    def _read_at_once(self, lines: Sequence[str]) -> NDArray[np.float64] | None:
        """Return rows read by NumPy, or None if anything in them is unusual."""
        if self.form.decimal == ",":
            text = "\n".join(lines)
            if self.form.delimiter == "," or _NO_DECIMAL_COMMA.search(text):
                return None
            lines = text.replace(",", ".").split("\n")
        if next(_data_lines(lines), None) is None:  # of which NumPy warns
            return np.empty((0, len(self.names)))
        delimiter = None if self.form.delimiter == " " else self.form.delimiter
        try:
            values = np.loadtxt(lines, delimiter=delimiter, ndmin=2)
        except ValueError:
            return None
        as_expected = values.shape[1] == len(self.names) and np.isfinite(values).all()
        return values if as_expected else None

    def _read_cells(self, lines: Sequence[str], first_line: int) -> NDArray[np.float64]:
        """Return rows read cell by cell, noting what can't be used in them."""
        rows = [self._row(*row) for row in _data_lines(lines, first_line)]
        return np.array(rows, dtype=np.float64).reshape(-1, len(self.names))

    def _row(self, line: int, text: str) -> list[float]:
        width = len(self.names)
        cells = without_empty_end(self.form.split(text), width)
        if len(cells) > width:
            problem = f"{len(cells)} values where {width} were expected"
            self._too_long.append(BadCell(line, width + 1, "", cells[width], problem))
            return [math.nan] * width
        cells += [""] * (width - len(cells))
        row = [self.form.number(cell) for cell in cells]
        for faults, cell, value in zip(self._faults, cells, row, strict=True):
            if math.isnan(value):
                faults.append((line, cell))
        return row

    def _numeric(self, values: NDArray[np.float64]) -> tuple[int, ...]:
        """Return the columns of which at least half of what stands there are numbers."""
        texts = [sum(cell.lower() not in MISSING for _, cell in faults) for faults in self._faults]
        counts = np.isfinite(values).sum(axis=0).tolist()
        return tuple(index for index, count in enumerate(counts) if count and count >= texts[index])

    def _bad(self, numeric: Sequence[int]) -> tuple[BadCell, ...]:
        cells = self._too_long.copy()
        for index in numeric:
            cells += [self._bad_cell(index, *fault) for fault in self._faults[index]]
        return tuple(sorted(cells, key=lambda cell: (cell.line, cell.column)))

    def _text(self, numeric: Sequence[int]) -> dict[int, BadCell]:
        """Return the first fault of each other column: a text, if there is one."""
        return {
            index: self._bad_cell(index, *next((f for f in faults if f[1]), faults[0]))
            for index, faults in enumerate(self._faults)
            if faults and index not in numeric
        }

    def _bad_cell(self, index: int, line: int, cell: str) -> BadCell:
        return BadCell(line, index + 1, self.names[index], cell, self.form.problem(cell))


def _bytes(path: Path, largest: int) -> bytes:
    try:
        return content(path, largest)
    except LargeFileError as error:
        raise LargeTableError(path, error.size) from None
    except FileError as error:
        raise DataFileError(path, f" {error.reason}") from None


def _decoded(path: Path, content: bytes) -> str:
    """Return the text of a file in UTF-16, UTF-8 or, failing these, Windows' western letters."""
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if _CONTROL.search(text[:4000]):
        advice = "Save the table as CSV or plain text, and open that."
        raise DataFileError(path, f" is not a text file. {advice}")
    return text


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Without a mark, nearly every second byte of a table in UTF-16 is zero.
    start = content[:1000]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if 4 * max(even, odd) <= len(start):
        return "utf-8-sig"
    return "utf-16-le" if odd > even else "utf-16-be"


def _data_lines(lines: Sequence[str], first: int = 1) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines that hold something besides comments."""
    for number, line in enumerate(lines, first):
        text = _without_comment(line) if "#" in line else line
        if text and not text.isspace():
            yield number, text


def _without_comment(line: str) -> str:
    return _QUOTED_OR_COMMENT.sub(lambda match: "" if match[1] else match[0], line)
