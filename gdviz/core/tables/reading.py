"""Reading tables: what people bring, and sentences for what can't be used."""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.tables.dataset import Dataset

SAMPLE_LINES = 50
# Lines handed to NumPy at once; one bad cell makes only its own piece slow.
PIECE_LINES = 5_000
LONGEST_QUOTE = 40
SHOWN_CELLS = 20
# They make no column of numbers a column of text.
MISSING = ("", "na", "n/a", "nan", "null")
WHAT_WORKS = "gdviz needs two columns of numbers, such as “13 33” on each line."

_QUOTED_OR_COMMENT = re.compile(r'"[^"]*"|(#.*)')
_DECIMAL_COMMA = re.compile(r"[+-]?\d+(,\d+)?([eE][+-]?\d+)?")
# What NumPy would take for a number once its commas are points, and we don't.
_NO_DECIMAL_COMMA = re.compile(r"\.|,(?!\d)|(?<!\d),")
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1b]")


@dataclass(frozen=True)
class BadCell:
    """A cell, or a row with too many of them, that can't be used.

    Attributes
    ----------
    line, column : int
        Where, counted from 1.
    name : str
        The column's name; empty for a row with more cells than there are columns.
    text : str
        What stands there; empty where the value is missing.
    problem : str
        What is wrong, as the rest of a sentence.
    """

    line: int
    column: int
    name: str
    text: str
    problem: str

    def __str__(self) -> str:
        column = f", column {self.column} ({_shown(self.name)})" if self.name else ""
        return f"line {self.line}{column}: {self.problem}"


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

    def __init__(self, path: Path, reason: str, cell: BadCell | None = None) -> None:
        super().__init__(f"{_escaped(path.name or str(path))}{reason}")
        self.path = path
        self.line = cell.line if cell else None
        self.column = cell.column if cell else None
        self.text = cell.text if cell else None


@dataclass(frozen=True, eq=False)
class Table:
    """All columns of a file.

    Attributes
    ----------
    path : Path
    names : tuple of str
        A name of its own for every column, from the header or made up.
    values : ndarray of shape (n_rows, n_columns)
        NaN where there is no usable number.
    numeric : tuple of int
        The columns, counted from 0, that hold numbers: at least half of what stands in them.
    bad : tuple of BadCell
        What can't be used in those columns, and rows with too many cells, in the order of lines.
    text : mapping of int to BadCell
        For every other column, counted from 0, the first cell that is no number.
    """

    path: Path
    names: tuple[str, ...]
    values: NDArray[np.float64]
    numeric: tuple[int, ...]
    bad: tuple[BadCell, ...]
    text: Mapping[int, BadCell]

    def column(self, which: str | int) -> int:
        """Return the column, counted from 0, of a name or of a number counted from 1.

        Raises
        ------
        DataFileError
            If there is none, or it holds no numbers.
        """
        index = self._find(which)
        if index is None:
            known = self._listed(range(len(self.names)))
            reason = f" has no column {_quoted(str(which))}. Its columns are: {known}."
            raise DataFileError(self.path, reason)
        if index not in self.numeric:
            cell, known = self.text[index], self._listed(self.numeric)
            raise DataFileError(self.path, f", {cell}. Its columns of numbers are: {known}.", cell)
        return index

    def dataset(
        self, x: str | int | None = None, y: str | int | None = None
    ) -> tuple[Dataset, tuple[BadCell, ...]]:
        """Return two columns as a data set, and what cost it a row, in the order of lines.

        Parameters
        ----------
        x, y : str or int, optional
            A column's name, or its number counted from 1; by default the first columns of numbers.

        Raises
        ------
        DataFileError
            If a column can't be used, or no row is left.
        """
        columns = self._chosen(x, y)
        chosen = self.values[:, columns]
        usable = chosen[np.isfinite(chosen).all(axis=1)]
        bad = tuple(cell for cell in self.bad if not cell.name or cell.column - 1 in columns)
        x_name, y_name = (self.names[index] for index in columns)
        if not len(usable):
            both = f"{_quoted(x_name)} and {_quoted(y_name)}"
            reason = f" has no row with a number in both {both}: {bad[0]}."
            raise DataFileError(self.path, reason, bad[0])
        try:
            return Dataset(usable[:, 0], usable[:, 1], x_name, y_name, self.path.name), bad
        except ValueError as error:
            raise DataFileError(self.path, f": {error}") from None

    def _chosen(self, x: str | int | None, y: str | int | None) -> list[int]:
        """Return the columns asked for; what isn't asked for is the first that is left."""
        asked = [None if which is None else self.column(which) for which in (x, y)]
        free = iter([index for index in self.numeric if index not in asked])
        return [next(free) if index is None else index for index in asked]

    def _find(self, which: str | int) -> int | None:
        name = str(which)
        if isinstance(which, str):
            folded = [known.casefold() for known in self.names]
            for names, wanted in ((list(self.names), name), (folded, name.casefold())):
                if wanted in names:
                    return names.index(wanted)
        known = {str(number): number - 1 for number in range(1, len(self.names) + 1)}
        return known.get(name)

    def _listed(self, columns: Sequence[int]) -> str:
        return ", ".join(f"{index + 1} {_quoted(self.names[index])}" for index in columns)


def read_table(path: str | Path) -> Table:
    """Read a file of columns: text of any usual encoding, delimiter and decimal sign.

    Raises
    ------
    DataFileError
        If there is no such file, it is no table, or it lacks two columns of numbers.
    """
    path = Path(path)
    return parsed_table(_decoded(path, _bytes(path)), path)


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
    body = _Body.below([row for _, row in sample])
    if len(body.names) == 1:
        row = f"line {first_line} is {_quoted(first_text.strip())}"
        raise DataFileError(path, f" has only one column: {row}. {WHAT_WORKS}")
    return body.table(path, lines, first_line if body.has_header else 0)


def summary(cells: Sequence[BadCell], limit: int = SHOWN_CELLS) -> str:
    """Return the lines of a notice: how many rows were left out and, of the first, why."""
    rows = len({cell.line for cell in cells})
    count = f"{rows:,} row{' was' if rows == 1 else 's were'} left out"
    listed = [str(cell) for cell in cells[:limit]]
    more = len(cells) - len(listed)
    if more:
        listed.append(f"… and {more:,} more, {len(cells):,} in all")
    return "\n".join([f"{count}:", *listed] if cells else [f"{count}."])


class _Form(NamedTuple):
    """How a file writes its rows."""

    delimiter: str  # a space stands for any white space
    decimal: str

    def split(self, line: str) -> list[str]:
        """Return the cells of a line."""
        if '"' in line:
            return [cell.strip() for cell in self._split_quoted(line)]
        if self.delimiter == " ":
            return line.split()
        return [cell.strip() for cell in line.split(self.delimiter)]

    def _split_quoted(self, line: str) -> list[str]:
        if self.delimiter == " ":
            line = re.sub(r"\s+", " ", line).strip()
        # One line at a time: a quote that is never closed ends with its line.
        reader = csv.reader([line], delimiter=self.delimiter, skipinitialspace=True)
        try:
            return next(reader)
        except csv.Error:  # a field beyond csv's limit
            return line.split(self.delimiter)

    def number(self, cell: str) -> float:
        """Return the number that a cell holds, or NaN; only finite ones count."""
        plain = cell.replace("\N{MINUS SIGN}", "-")
        if self.decimal == ",":
            # No points: in such a file 1.234 may well be a thousand.
            plain = plain.replace(",", ".") if _DECIMAL_COMMA.fullmatch(plain) else ""
        value = _float(plain)
        return value if math.isfinite(value) else math.nan

    def problem(self, cell: str) -> str:
        """Return what is wrong with a cell that holds no number."""
        if not cell:
            return "the value is missing"
        if math.isfinite(_float(cell)):
            return f"{_quoted(cell)} has a decimal point in a file with decimal commas"
        if math.isinf(_float(cell)) or cell.lower().lstrip("+-") == "nan":
            return f"{_quoted(cell)} is not a finite number"
        return f"{_quoted(cell)} is not a number"


# In the order in which ties are decided.
_FORMS = tuple(_Form(delimiter, decimal) for decimal in ".," for delimiter in "\t;, ")


class _Fit(NamedTuple):
    """How well a form explains a sample of lines; the greatest is the best."""

    rows: int  # lines of the expected width with two numbers or more
    lines: int  # lines of the expected width
    share: float  # of the cells, those that are numbers
    width: int

    @classmethod
    def of(cls, form: _Form, sample: Sequence[str]) -> "_Fit":
        rows = [form.split(line) for line in sample]
        used = [len(_without_empty_end(cells)) for cells in rows]
        # A row may end in missing values, and every row may end in a delimiter.
        most, _ = max(Counter(map(len, rows)).items(), key=lambda item: (item[1], item[0]))
        width = min(most, max(used))
        fits = [least <= width <= len(cells) for least, cells in zip(used, rows, strict=True)]
        numbers = [sum(not math.isnan(form.number(cell)) for cell in cells) for cells in rows]
        pairs = sum(fit and count >= 2 for fit, count in zip(fits, numbers, strict=True))
        return cls(pairs, sum(fits), sum(numbers) / sum(map(len, rows)), width)


class _Body:
    """The rows below the header: numbers, and what stands in the way of being one."""

    def __init__(self, form: _Form, names: tuple[str, ...], has_header: bool) -> None:
        self.form, self.names, self.has_header = form, names, has_header
        self._faults: list[list[tuple[int, str]]] = [[] for _ in names]
        self._too_long: list[BadCell] = []

    @classmethod
    def below(cls, sample: Sequence[str]) -> "_Body":
        """Return an empty body in the form and with the columns that a sample shows."""
        fits = {form: _Fit.of(form, sample) for form in _FORMS}
        form = max(_FORMS, key=fits.__getitem__)
        first = form.split(sample[0])
        has_header = all(math.isnan(form.number(cell)) for cell in first)
        return cls(form, _names(first if has_header else None, fits[form].width), has_header)

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
        cells = _without_empty_end(self.form.split(text), width)
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


def _bytes(path: Path) -> bytes:
    try:
        # Asked first: opening a folder is another error on every system.
        if not path.is_dir():
            return path.read_bytes()
        reason = " is a folder. Choose a file in it."
    except FileNotFoundError:
        reason = f" doesn't exist (looked in {_escaped(str(path.absolute().parent))})."
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        reason = f" can't be read: {getattr(error, 'strerror', None) or error}."
    raise DataFileError(path, reason)


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


def _names(header: list[str] | None, width: int) -> tuple[str, ...]:
    """Return a name of its own for every column."""
    if header is None and width == 2:
        return "x", "y"
    header = _without_empty_end(header or [], width)
    header += [""] * (width - len(header))
    names: list[str] = []
    for number, given in enumerate(header, 1):
        name = given or f"column {number}"
        while name in names or (name != given and name in header):
            name += f" ({number})"
        names.append(name)
    return tuple(names)


def _without_empty_end(cells: list[str], least: int = 1) -> list[str]:
    """Return at least so many cells, without the empty ones at the end of the line."""
    used = len(cells)
    while used > least and not cells[used - 1]:
        used -= 1
    return cells[:used]


def _float(text: str) -> float:
    """Return a number, or NaN; Python would also take 1_000, which no table means as one."""
    try:
        return math.nan if "_" in text else float(text)
    except ValueError:
        return math.nan


def _quoted(text: str) -> str:
    return f"“{_shown(text)}”"


def _shown(text: str) -> str:
    """Return a text as a sentence shows it: short, without control characters."""
    # Cut first: a cell can be megabytes long.
    shown = _escaped(text[: LONGEST_QUOTE + 1])
    return shown if len(shown) <= LONGEST_QUOTE else f"{shown[:LONGEST_QUOTE]}…"


def _escaped(text: str) -> str:
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)
