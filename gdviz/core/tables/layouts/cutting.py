"""Cutting lines of text into the cells of a table, once it is known how they stand in it."""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.layouts.kinds import WORD, kind_of
from gdviz.core.tables.layouts.quotes import MOST_QUOTED_LINES, records

# More are a table of another kind, or none; spreadsheets have 16,384.
MOST_COLUMNS = 20_000
BLANKS, FIXED = "  ", "fixed"
BARS, BRACKETS = "|", "[](){};,"

_TWO_BLANKS = re.compile(r" *\t\s*| {2,}")
# Spaces that don't break stand within numbers.
_BLANK = re.compile(r"(?:(?![\u00a0\u202f]\d{3}(?!\d))\s)++")
# Lines that are drawn around cells.
_FRAME = str.maketrans(
    dict.fromkeys("│┃║┆", "|") | dict.fromkeys("─━═╞╪╡┌┬┐├┼┤└┴┘╭╮╰╯╔╦╗╠╬╣╚╩╝", "-")
)
# As Python, MATLAB or R write a variable: “x = np.array([1, 2])”, “x <- c(1, 2)”.
_VECTOR = re.compile(r"([^\W\d][\w.]*+)\s*+(?:=|<-)\s*+[\w.]*+\(?\[?([^\[\]()]*+)[\])]++[;,]?")
_QUOTED = re.compile(r'"[^"]*"')
_PLUS_MINUS = re.compile(r"(?<!\s)\s*+(±|\+/-)\s*+")
# What begins with a sign for comments and is a cell all the same: an error, a colour, a name.
NO_COMMENT = re.compile(
    r"#(?:(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|[0-9A-Fa-f]{6}(?=[\s,;|])|[,;|\t])"
    r"|%[,;|\t]"
)


@dataclass(frozen=True)
class Layout:
    """How a table stands in a text.

    Attributes
    ----------
    first : int
        So many lines stand above the first row.
    names : tuple of str
        A name of its own for every column, given or made up.
    delimiter : str
        What stands between cells; a space for any white space, two for two or more of them,
        ``"fixed"`` for columns of fixed width, a colon where there are labels.
    comment : str
        What begins a comment, at the start of a line or after a whole row; empty for nothing.
    quote : str
        What stands around cells in which anything may stand.
    around : str
        Signs that stand around rows, bars or brackets, and are no part of them.
    places : tuple of int
        Where columns of fixed width begin, but for the first.
    labels : tuple of str
        What every line says before each of its values.
    is_paired : bool
        Whether commas stand for the decimal sign as well, so that two cells are one number.
    is_transposed : bool
        Whether each line holds one column: `rows` then takes all lines at once.
    found : Choices
        What leads to this layout.
    """

    first: int = 0
    names: tuple[str, ...] = ()
    delimiter: str = " "
    comment: str = "#"
    quote: str = '"'
    around: str = ""
    places: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    is_paired: bool = False
    is_transposed: bool = False
    found: Choices = field(default_factory=Choices)

    @property
    def plain(self) -> bool:
        """Whether `numpy.loadtxt`, with delimiter and comment, reads such lines alike."""
        special = self.around or self.places or self.labels or self.is_paired or self.is_transposed
        return not special and len(self.delimiter) == 1

    def rows(self, lines: Sequence[str]) -> list[list[str]]:
        """Return the cells of each line, none for a line that holds no data.

        A row that goes over several lines belongs to the first. Rows may have more cells than
        there are columns, or less.
        """
        text, width = "".join(lines), len(self.names)
        lines = [line.rstrip("\n") for line in lines]
        if "\0" in text:
            lines = [line.replace("\0", "") for line in lines]
        is_commented = bool(self.comment) and self.comment in text
        if is_commented:
            lines = ["" if self.is_comment(line) else line for line in lines]
        if self.around:
            lines = [self._inside(line) for line in lines]
        rows = self._cells(lines, text)
        if is_commented and width:
            rows = [
                self._without_comment(row) if self._may_end_in_comment(line) else row
                for row, line in zip(rows, lines, strict=True)
            ]
        rows = [row if row and (row[0] or any(row)) else [] for row in rows]
        return self.arranged(rows)

    def arranged(self, rows: list[list[str]]) -> list[list[str]]:
        """Return rows as they are meant, from those that stand in the file."""
        if self.is_paired:
            rows = [_paired(row) for row in rows]
        if self.is_transposed:
            used = [row[1:] for row in rows if row][: len(self.names)]
            length = max(map(len, used), default=0)
            rows = [[row[i] if i < len(row) else "" for row in used] for i in range(length)]
        return rows

    def unfinished(self, lines: Sequence[str]) -> int:
        """Return how many lines at the end may belong to a cell that isn't closed yet."""
        last = lines[-MOST_QUOTED_LINES:]
        if not self._can_quote or not any(self.quote in line for line in last):
            return 0
        for start, _, is_closed in records(last, self.quote, self.delimiter):
            if is_closed is None:
                return len(last) - start
        return 0

    def is_comment(self, line: str) -> bool:
        """Whether a whole line is nothing but a comment."""
        text = line.lstrip()
        return bool(self.comment) and text.startswith(self.comment) and not NO_COMMENT.match(text)

    @property
    def _can_quote(self) -> bool:
        return len(self.delimiter) == 1 and not self.labels

    def _cells(self, lines: list[str], text: str) -> list[list[str]]:
        """Return the cells of lines; of the text that they make together, rare signs are told."""
        if self.labels:
            return [self._labelled(line) for line in lines]
        if self.delimiter == FIXED:
            return [self._placed(line) for line in lines]
        if self.delimiter == BLANKS:
            return [
                _TWO_BLANKS.split(stripped) if (stripped := line.strip()) else [] for line in lines
            ]
        if self.delimiter == " " and ("±" in text or "+/-" in text):
            lines = [_PLUS_MINUS.sub(r"\1", line) for line in lines]
        is_formula = '="' in text
        if is_formula:
            lines = [_with_texts(line, self.delimiter) for line in lines]
        if self.quote in text and self._can_quote:
            rows = self._quoted(lines)
        elif self.delimiter != " ":
            rows = [line.split(self.delimiter, MOST_COLUMNS) for line in lines]
        elif "\u00a0" in text or "\u202f" in text:
            rows = [_BLANK.split(line, MOST_COLUMNS) for line in map(str.strip, lines)]
        else:
            return [line.split(None, MOST_COLUMNS) for line in lines]
        if is_formula:
            rows = [[_without_formula(cell) for cell in row] for row in rows]
        if " " in text or "\t" in text:
            return [[cell.strip() for cell in row] for row in rows]
        return rows

    def _quoted(self, lines: list[str]) -> list[list[str]]:
        """Return the cells of lines with quotes in them, which may hold delimiters and lines."""
        if self.delimiter == " ":
            lines = [" ".join(line.split()) for line in lines]
        with suppress(csv.Error):  # a field beyond csv's limit
            rows = list(self._reader(lines))
            if len(rows) == len(lines):
                return rows
        texts, counts = [], []
        for start, count, is_closed in records(lines, self.quote, self.delimiter):
            text = "\n".join(lines[start : start + count])
            texts.append(text if is_closed else text + self.quote)
            counts.append(count)
        with suppress(csv.Error):
            rows = list(self._reader(texts))
            if len(rows) == len(texts):
                spans = zip(rows, counts, strict=True)
                return [part for row, count in spans for part in (row, *[[]] * (count - 1))]
        return [line.split(self.delimiter, MOST_COLUMNS) for line in lines]

    def _reader(self, lines: list[str]) -> Iterator[list[str]]:
        return csv.reader(
            lines, delimiter=self.delimiter, quotechar=self.quote, skipinitialspace=True
        )

    def _labelled(self, line: str) -> list[str]:
        """Return the values behind labels, and before them what has none, such as a time."""
        cells = []
        for label in self.labels:
            before, found, line = line.partition(label)
            if not found:
                return [before.strip()]
            cells.append(before)
        values = [cell.strip(" \t,;|") for cell in [*cells[1:], line]]
        before = cells[0].strip(" \t,;|->")
        return [before, *values] if len(self.names) != len(self.labels) else values

    def _placed(self, line: str) -> list[str]:
        """Return the cells of a line by their place; its words, if they don't keep to it."""
        if any(
            line[place : place + 1].strip() and line[place - 1].strip()
            for place in self.places
            if place < len(line)
        ):
            return line.split()
        ends = [*self.places, None]
        starts = [0, *self.places]
        return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]

    def _inside(self, line: str) -> str:
        """Return a line without the bars or brackets around it, nothing if it is a rule."""
        line = line.strip()
        if self.around == BARS:
            line = line.translate(_FRAME)
            is_rule = not line.strip("|+-=: \t")
            return "" if is_rule else line.removeprefix("|").removesuffix("|")
        vector = _VECTOR.fullmatch(line)
        if vector:
            return f"{vector[1]}{self.delimiter}{vector[2]}"
        return line.rpartition("[")[2].strip(" \t" + BRACKETS)

    def _may_end_in_comment(self, line: str) -> bool:
        if self.comment not in line:
            return False
        return self.quote not in line or self.comment in _QUOTED.sub("", line)

    def _without_comment(self, row: list[str]) -> list[str]:
        """Return a row without the comment that follows its last cell."""
        width = len(self.names)
        if len(row) > width:
            behind = row[width]
            if behind == self.comment or self.is_comment(f"{behind},"):
                return row[:width]
        if len(row) >= width:
            last, sign, rest = row[width - 1].partition(self.comment)
            if sign and (rest or len(row) > width) and _is_value(last):
                return [*row[: width - 1], last.strip()]
        return row


def _paired(row: list[str]) -> list[str]:
    """Return a row with every two cells as one number."""
    if len(row) % 2:
        return row
    return [
        f"{whole},{part}" if part else whole
        for whole, part in zip(row[::2], row[1::2], strict=True)
    ]


def _is_value(cell: str) -> bool:
    """Whether a cell is more than words, in which a sign may stand that begins comments."""
    try:
        float(cell)
    except ValueError:
        return bool(cell.strip()) and kind_of(cell)[0] != WORD
    return True


def _with_texts(line: str, delimiter: str) -> str:
    """Return a line with cells such as ="1" as quoted cells."""
    line = line.removeprefix("=") if line.startswith('="') else line
    return line.replace(f'{delimiter}="', f'{delimiter}"')


def _without_formula(cell: str) -> str:
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell
