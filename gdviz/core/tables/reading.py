"""Reading tables: any usual encoding, delimiter and decimal sign, and what is wrong by its line."""

import codecs
import csv
import io
import math
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import TOO_LITTLE_MEMORY, FileError, LargeFileError, content, quoted
from gdviz.core.tables.cutting import MOST_COLUMNS
from gdviz.core.tables.faults import Faults
from gdviz.core.tables.form import MINUS, NUMBERS, Form, recognised, without_empty_end
from gdviz.core.tables.table import DataFileError, LargeTableError, Table

# What is read unasked; to read more takes a while, and gigabytes of memory.
LARGEST_BYTES = 500_000_000
SAMPLE_LINES = 50
# No more of them than two that hold so much: what separates the cells of long lines is plain.
SAMPLE_LETTERS = 250_000
# Letters that are read at once; what is read of them stays in the processor's cache.
PIECE_LETTERS = 16_000
PIECE_CELLS = 100_000
# NumPy takes four bytes for each letter of a line, and more for its cells.
MOST_AT_ONCE = 200_000
# Lines that are shorter than they should be take more memory than the file.
MOST_PADDED = 8_000_000
WHAT_WORKS = "gdviz needs two columns of numbers, such as “13 33” on each line."

_QUOTED_OR_COMMENT = re.compile(r'"[^"]*"|(#.*)')
# What NumPy would take for a number once its commas are points, and we don't.
_NO_DECIMAL_COMMA = re.compile(r"\.|,(?!\d)|(?<!\d),")
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1b]")
_SPACES = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_WORDS = re.compile(r"\S+")


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
    return _parsed(_decoded(path, _bytes(path, largest)), path)


def parsed_table(text: str, path: Path) -> Table:
    """Read a text of columns as `read_table` does; its messages begin with the name of `path`.

    Raises
    ------
    DataFileError
        If it is no table, or it lacks two columns of numbers.
    """
    return _parsed(io.StringIO(text, newline=None), path)


def _parsed(file: TextIO, path: Path) -> Table:
    rows, sample, letters = _data_lines(file), [], 0
    for row in rows:
        sample.append(row)
        letters += len(row[1])
        if len(sample) >= SAMPLE_LINES or (letters > SAMPLE_LETTERS and len(sample) > 1):
            break
    if not sample:
        file.seek(0)
        is_blank = all(line.isspace() for line in file)
        holds = " is empty." if is_blank else " holds nothing but comments and blank lines."
        raise DataFileError(path, f"{holds} {WHAT_WORKS}")
    first_line, first_text = sample[0]
    form, names, has_header = recognised([row for _, row in sample])
    if len(names) == 1:
        line = f"line {first_line} is {quoted(first_text.strip())}"
        raise DataFileError(path, f" has only one column: {line}. {WHAT_WORKS}")
    if len(names) > MOST_COLUMNS:
        advice = "Keep the columns that you need, and open those."
        raise DataFileError(path, f" has more than {MOST_COLUMNS:,} columns. {advice}")
    file.seek(0)
    try:
        return _Body(form, names, path).table(file, first_line if has_header else 0)
    except MemoryError:
        raise DataFileError(path, f" {TOO_LITTLE_MEMORY}") from None


class _Body:
    """The rows below the header: numbers, and what stands in the way of being one."""

    def __init__(self, form: Form, names: tuple[str, ...], path: Path) -> None:
        self.form, self.names, self.path = form, names, path
        self._faults = Faults(form, names)
        self._blank = _SPACES + form.delimiter

    def table(self, file: TextIO, skipped: int) -> Table:
        """Return the table of all lines but so many."""
        for _ in range(skipped):
            file.readline()
        values = self._values(file, skipped + 1)
        if not len(values):
            raise DataFileError(self.path, f" has names but no rows below them. {WHAT_WORKS}")
        counts = np.isfinite(values).sum(axis=0)
        # At least half of what stands in them are numbers.
        is_numeric = (counts > 0) & (counts >= self._faults.texts)
        numeric = tuple(np.flatnonzero(is_numeric).tolist())
        if len(numeric) < 2:
            others = map(self._faults.of, np.flatnonzero(~is_numeric).tolist())
            wrong = [*filter(None, others), *self._faults.first(numeric)]
            cell = min(wrong, key=lambda cell: (not cell.text, cell.line))
            raise DataFileError(self.path, f", {cell}. {WHAT_WORKS}", cell)
        return Table(self.path, self.names, values, numeric, self._faults)

    def _values(self, file: TextIO, line: int) -> NDArray[np.float64]:
        """Return all rows; they grow in one place, so that nothing stands in memory twice."""
        grown, letters, width = array("d"), 0, len(self.names)
        for lines in _pieces(file, width):
            values = self._read_at_once(lines)
            if values is None:
                values = self._read_cells(lines, line)
            grown.frombytes(values.tobytes())
            line += len(lines)
            letters += sum(map(len, lines))
            if len(grown) > max(MOST_PADDED, letters):
                reason = f"most lines hold far less than the {width:,} values of the first ones."
                raise DataFileError(self.path, f" can't be read: {reason} {WHAT_WORKS}")
        return np.frombuffer(grown).reshape(-1, width)

    def _read_at_once(self, lines: Sequence[str]) -> NDArray[np.float64] | None:
        """Return rows read by NumPy, or None if anything in them is unusual."""
        text = "".join(lines)
        if len(text) > MOST_AT_ONCE:
            return None
        if self.form.decimal == ",":
            if self.form.delimiter == "," or _NO_DECIMAL_COMMA.search(text):
                return None
            lines = text.replace(",", ".").split("\n")
        if text.isspace() or next(_data_lines(lines), None) is None:  # of which NumPy warns
            return np.empty((0, len(self.names)))
        try:
            values = np.loadtxt(lines, delimiter=self.form.loadtxt_delimiter, ndmin=2)
        except ValueError:
            return None
        as_expected = values.shape[1] == len(self.names) and np.isfinite(values).all()
        return values if as_expected else None

    def _read_cells(self, lines: Sequence[str], first_line: int) -> NDArray[np.float64]:
        """Return rows read cell by cell, noting what can't be used in them."""
        numbers: Sequence[int] = range(first_line, first_line + len(lines))
        texts = lines
        if any(map(str.isspace, lines)) or any("#" in line for line in lines):
            data = list(_data_lines(lines, first_line))
            numbers, texts = [number for number, _ in data], [text for _, text in data]
        rows, width = self._rows(texts), len(self.names)
        if set(map(len, rows)) != {width}:
            self._fit(rows, numbers, texts)
        used = [index for index, row in enumerate(rows) if row]
        cells = list(chain.from_iterable(rows))
        read = np.empty(len(cells))
        # Column by column where that makes long ones: most are free of faults.
        step = width if len(used) > width else 1
        for first in range(step):
            read[first::step] = self._numbers(cells[first::step])
        bad = np.flatnonzero(np.isnan(read))
        if len(bad):
            self._faults.add_cells(bad, cells, [numbers[index] for index in used])
        values = np.full((len(rows), width), math.nan)
        values[used] = read.reshape(-1, width)
        return values

    def _rows(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the cells of each line, and what is left of it after as many as expected."""
        width, delimiter = len(self.names), self.form.loadtxt_delimiter
        if not any('"' in text for text in texts):
            return [text.split(delimiter, width) for text in texts]
        if delimiter is not None:
            reader = csv.reader(texts, delimiter=delimiter, skipinitialspace=True)
            with suppress(csv.Error):
                rows = list(reader)
                if len(rows) == len(texts):  # else a quote stays open beyond its line
                    return rows
        return [self.form.split(text, width) for text in texts]

    def _fit(self, rows: list[list[str]], numbers: Sequence[int], texts: Sequence[str]) -> None:
        """Give each row as many cells as there are columns, or none if its line has more."""
        width, faults, blank = len(self.names), self._faults, self._blank
        for index, row in enumerate(rows):
            if len(row) < width:
                rows[index] = row + [""] * (width - len(row))
            elif len(row) > width:
                is_quoted = '"' in texts[index]
                if is_quoted or faults.lists_more:
                    cell, count = self._too_many(row[width:], is_quoted)
                else:  # nobody is told how many
                    cell, count = "", len(row[width].strip(blank))
                rows[index] = [] if count else row[:width]
                if count:
                    faults.add_too_long(numbers[index], cell, width + count)

    def _too_many(self, left: list[str], is_quoted: bool) -> tuple[str, int]:
        """Return the first cell beyond the last column, and how many; 0 if all are empty."""
        if is_quoted:
            left = without_empty_end([cell.strip() for cell in left], 0)
            return (left[0], len(left)) if left else ("", 0)
        delimiter = self.form.loadtxt_delimiter
        rest = left[0].rstrip(self._blank)  # one piece, which can be very long
        if not rest:
            return "", 0
        count = rest.count(delimiter) + 1 if delimiter else sum(1 for _ in _WORDS.finditer(rest))
        return rest.split(delimiter, 1)[0].strip(), count

    def _numbers(self, cells: Sequence[str]) -> NDArray[np.float64]:
        """Return the numbers in cells; NaN where there is none."""
        text, has_commas = "\n".join(cells), self.form.decimal == ","
        if text.isspace():
            return np.full(len(cells), math.nan)
        if MINUS in text or "_" in text or (has_commas and _NO_DECIMAL_COMMA.search(text)):
            return np.array([self.form.number(cell) for cell in cells])
        if has_commas:
            cells = [cell.replace(",", ".") for cell in cells]
        values, rest, fits = array("d"), iter(cells), NUMBERS["."].fullmatch
        # A fault now and then is met as an exception; where there are many, they are looked for.
        for _ in range(1 + len(cells) // 16):
            try:
                values.extend(map(float, rest))
                break
            except ValueError:
                cell = cells[len(values)].strip()
                values.append(float(cell) if fits(cell) else math.nan)
        else:
            values.extend(float(cell.strip()) if fits(cell) else math.nan for cell in rest)
        read = np.array(values)
        read[~np.isfinite(read)] = math.nan
        return read


def _pieces(file: TextIO, width: int) -> Iterator[list[str]]:
    """Yield some lines after some others, with not too many cells in them."""
    most = max(1, PIECE_CELLS // width)
    while lines := file.readlines(PIECE_LETTERS):
        for first in range(0, len(lines), most):
            yield lines[first : first + most]


def _bytes(path: Path, largest: int) -> bytes:
    try:
        return content(path, largest)
    except LargeFileError as error:
        raise LargeTableError(path, error.size) from None
    except FileError as error:
        raise DataFileError(path, f" {error.reason}") from None


def _decoded(path: Path, content: bytes) -> TextIO:
    """Return the text of a file in UTF-16, UTF-8 or, failing these, Windows' western letters."""
    encoding = _encoding(content)
    if not _decodes(content, encoding):
        encoding = "cp1252"
    # Piece by piece: as a whole, with one rare letter in it, a text takes four times its bytes.
    file = io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace")
    if _CONTROL.search(file.read(4000)):
        advice = "Save the table as CSV or plain text, and open that."
        raise DataFileError(path, f" is not a text file. {advice}")
    file.seek(0)
    return file


def _decodes(content: bytes, encoding: str) -> bool:
    if encoding == "utf-8-sig" and content.isascii():
        return True
    decoder, piece = codecs.getincrementaldecoder(encoding)(), 1 << 20
    try:
        for first in range(0, len(content), piece):
            decoder.decode(content[first : first + piece])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Without a mark, nearly every second byte of a table in UTF-16 is zero.
    start = content[:1000]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if 4 * max(even, odd) <= len(start):
        return "utf-8-sig"
    return "utf-16-le" if odd > even else "utf-16-be"


def _data_lines(lines: Iterable[str], first: int = 1) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines that hold something besides comments."""
    for number, line in enumerate(lines, first):
        text = _without_comment(line) if "#" in line else line
        if text and not text.isspace():
            yield number, text


def _without_comment(line: str) -> str:
    return _QUOTED_OR_COMMENT.sub(lambda match: "" if match[1] else match[0], line)
