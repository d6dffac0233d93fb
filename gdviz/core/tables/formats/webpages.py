"""Web pages: the tables in one, as many programs export them, and call them spreadsheets."""

import html
import re
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.formats.cells import Cells, Rows, sheet_of
from gdviz.core.tables.formats.stream import Tick, all_of, ticking
from gdviz.core.tables.table import DataFileError

# One cell may say that it takes the room of thousands.
WIDEST = 20
BEGINNING = 4000
# Of more, the rest is no table for people.
MOST_TABLES = 1000
# Between < and > there is no other <: no letter is looked at twice.
_TAG = re.compile(
    r"<(/?)(table|tr|row|td|th|cell|br|script|style)\b"
    r"((?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*|[^<>]*)>|<!--",
    re.IGNORECASE,
)
_OTHER_TAG = re.compile(r"<[^<>]*>")
_WIDE = re.compile(r"\bcolspan\s*=\s*[\"']?(\d{1,9})", re.IGNORECASE)
_PLACE = re.compile(r"\bss:index\s*=\s*[\"']?(\d{1,9})", re.IGNORECASE)
_NUMBER = re.compile(r"\W{0,3}\d")
# HTML's, and those of the XML that spreadsheets were written in before they were packed.
_ROWS = ("tr", "row")
_CELLS = ("td", "th", "cell")
_HIDDEN = ("script", "style")


def cells_of_webpage(file: TextIO, path: Path, choices: Choices, tick: Tick) -> Cells:
    """Return the table that was chosen, or the first with numbers.

    Raises
    ------
    DataFileError
        If there is none.
    """
    text = all_of(file, tick)
    tables = [table for table in _Page(text, tick).tables if table.with_numbers > 1]
    if not tables:
        is_page = "<html" in text[:BEGINNING].lower() or not text.lstrip().startswith("<?xml")
        what = "a web page (HTML)" if is_page else "XML"
        advice = "Get the data file itself, or save the table as CSV."
        raise DataFileError(path, f" is {what} without a table of numbers. {advice}")
    sheets = tuple(f"table {number}" for number in range(1, len(tables) + 1))
    sheet, remarks = sheet_of(path, choices, sheets, sheets[0], "table")
    table = tables[sheets.index(sheet)]
    if len(tables) == 1:
        return Cells(table.rows, table.lines)
    return Cells(table.rows, table.lines, None, Choices(sheet=sheet), remarks, sheets)


class _Table:
    """A table as it grows."""

    def __init__(self) -> None:
        self.rows, self.lines, self.with_numbers = Rows(), array("q"), 0
        # The row and the cell that are open; the columns that the cell takes.
        self._row: list[str] | None = None
        self.pieces: list[str] | None = None
        self._width = 1

    def begin_row(self, line: int) -> None:
        self.end_row()
        self._row = []
        self.lines.append(line)

    def begin_cell(self, attributes: str) -> None:
        self.end_cell()
        if self._row is not None:
            self.pieces, self._width = [], 1
            if attributes and (wide := _WIDE.search(attributes)):
                self._width = min(int(wide[1]), WIDEST)
            if attributes and (place := _PLACE.search(attributes)):
                self._row += [""] * min(int(place[1]) - 1 - len(self._row), WIDEST)

    def end_cell(self) -> None:
        if self.pieces is not None and self._row is not None:
            text = html.unescape(_OTHER_TAG.sub("", "".join(self.pieces)))
            self._row += [" ".join(text.split()), *[""] * (self._width - 1)]
            self.pieces = None

    def end_row(self) -> None:
        self.end_cell()
        if self._row is not None:
            self.rows.append(self._row)
            self.with_numbers += any(map(_NUMBER.match, self._row))
            self._row = None


class _Tag(NamedTuple):
    """A tag that makes tables, and the text before it."""

    before: str
    name: str
    is_end: bool
    attributes: str
    line: int


class _Page:
    """All tables of a page, in the order in which they begin."""

    def __init__(self, text: str, tick: Tick) -> None:
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        for tag in ticking(_tags(text), tick):
            if tag.before and self._open and (pieces := self._open[-1].pieces) is not None:
                pieces.append(tag.before)
            if tag.is_end:
                self._ends(tag.name)
            else:
                self._begins(tag.name, tag.attributes, tag.line)
        for table in self._open:
            table.end_row()

    def _begins(self, name: str, attributes: str, line: int) -> None:
        if name == "table" and len(self.tables) < MOST_TABLES:
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        if not self._open:
            return
        table = self._open[-1]
        if name in _ROWS:
            table.begin_row(line)
        elif name in _CELLS:
            table.begin_cell(attributes)
        elif name == "br" and table.pieces is not None:
            table.pieces.append(" ")

    def _ends(self, name: str) -> None:
        if not self._open:
            return
        table = self._open[-1]
        if name in _CELLS:
            table.end_cell()
        elif name in _ROWS:
            table.end_row()
        elif name == "table":
            table.end_row()
            self._open.pop()


def _tags(text: str) -> Iterator[_Tag]:
    """Yield the tags that make tables, and none that isn't shown."""
    at, line = 0, 1
    while tag := _TAG.search(text, at):
        before, name, end = text[at : tag.start()], (tag[2] or "").lower(), tag.end()
        if not name:
            end = _after(text, "-->", end)
        elif name in _HIDDEN and not tag[1]:
            end = _after(text, f"</{name}", end)
        line += text.count("\n", at, end)
        at = end
        yield _Tag(before, name, bool(tag[1]), tag[3] or "", line)


def _after(text: str, end: str, start: int) -> int:
    """Return where the text goes on after what isn't shown: at its end, if that never ends."""
    found = text.find(end, start)
    return len(text) if found < 0 else found + len(end)
