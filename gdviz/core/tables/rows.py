"""Rows: where in a text or a sheet the rows of a table are, and a way to go over all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TextIO

from gdviz.core.tables.body import Body
from gdviz.core.tables.choices import Choices
from gdviz.core.tables.formats.content import Cells, TextContent
from gdviz.core.tables.formats.stream import Progress
from gdviz.core.tables.layouts.cutting import Layout
from gdviz.core.tables.layouts.layout import recognised, recognised_cells
from gdviz.core.tables.layouts.quotes import MOST_QUOTED_LINES
from gdviz.core.tables.names import column_names

# Names may stand far down. No more lines than two that hold so much: what separates the cells of
# long lines is plain.
SAMPLE_LINES, SAMPLE_LETTERS, LONGEST_LINE = 300, 250_000, 1_000_000
# Comments and blank lines count for nothing: a table may begin below them.
MOST_LINES_ABOVE, ABOVE = 20_000, ("#", "%", "//")
# Letters that are read at once: what is read of them stays in the processor's cache, and others
# get their turn. Of long lines there are some, for columns are looked at one by one.
PIECE_LETTERS, PIECE_LINES, LONG_PIECE = 64_000, 64, 400_000
PIECE_ROWS = 1_000

FirstLine = tuple[int, str, list[str]]


class TextRows:
    """The rows of a text.

    Attributes
    ----------
    lines : list of str
        The first lines.
    layout : Layout
        How cells stand in lines.
    first : list of list of str
        The cells of the first rows.
    found : Choices
        How the text is read.
    remarks : list of Remark
        What had to be decided for that.
    """

    def __init__(self, content: TextContent, choices: Choices) -> None:
        self._content = content
        self.lines = _sample(content.file)
        self.layout, remarks = recognised(self.lines, choices)
        self.first = [row for row in self.layout.rows(self.lines[self.layout.first :]) if row]
        self.found = content.found.or_else(self.layout.found)
        self.remarks = [*content.remarks, *remarks]

    def fill(self, body: Body, progress: Progress) -> None:
        """Have all rows read."""
        content, line = self._content, self.layout.first + 1
        content.file.seek(0)
        for _ in range(self.layout.first):
            content.file.readline()
        mean = sum(map(len, self.lines)) // len(self.lines)
        for text in whole_rows(content.file, self.layout, mean):
            line += body.add_text(text, line)
            progress(content.position(), content.size)

    def told(self) -> list[FirstLine]:
        """Return number, text and cells of the first lines; none where they are no row or names."""
        layout = replace(self.layout, is_transposed=False)
        cells = [_names(layout, line) for line in self.lines[: layout.first]]
        cells += layout.rows(self.lines[layout.first :])
        texts = [line.rstrip("\n") for line in self.lines]
        return list(zip(range(1, len(texts) + 1), texts, cells, strict=True))

    def is_blank(self) -> bool:
        """Tell whether there is nothing at all."""
        self._content.file.seek(0)
        return all(line.isspace() for line in self._content.file)


def whole_rows(file: TextIO, layout: Layout, mean: int) -> Iterator[str]:
    """Yield whole rows after whole rows, as they stand in a text.

    Parameters
    ----------
    mean : int
        How many letters a line has.
    """
    if layout.is_transposed:
        yield file.read()
    rest, letters = "", min(max(PIECE_LETTERS, PIECE_LINES * mean), LONG_PIECE)
    while text := file.read(letters):
        text = rest + text + ("" if text.endswith("\n") else file.readline())
        rest = _unfinished(layout, text) if layout.quote in text else ""
        yield text[: len(text) - len(rest)]
    if rest:
        yield rest


class CellRows:
    """The rows of a sheet; its attributes are those of `TextRows`."""

    def __init__(self, cells: Cells, choices: Choices) -> None:
        self._cells, sample = cells, _rectangular(cells.rows[:SAMPLE_LINES])
        self.lines: Sequence[Sequence[str]] = sample
        if cells.names is None:
            self.layout, remarks = recognised_cells(sample, choices)
        else:
            width = max(map(len, sample), default=len(cells.names))
            self.layout, remarks = Layout(names=column_names(cells.names, width)), []
        self.first = [row for row in self.layout.arranged(sample[self.layout.first :]) if row]
        self.found = cells.found.or_else(self.layout.found)
        self.remarks = [*cells.remarks, *remarks]

    def fill(self, body: Body, progress: Progress) -> None:
        """Have all rows read."""
        rows, lines, layout = self._cells.rows, self._cells.lines, self.layout
        step = len(rows) if layout.is_transposed else PIECE_ROWS
        for first in range(layout.first, len(rows), step):
            piece = layout.arranged(list(rows[first : first + step]))
            body.add_rows(piece, lines[first : first + len(piece)])
            progress(first, len(rows))

    def told(self) -> list[FirstLine]:
        """Return number, text and cells of the first lines."""
        numbers = self._cells.lines[: len(self.lines)]
        return [
            (number, " ".join(row), list(row))
            for number, row in zip(numbers, self.lines, strict=True)
        ]

    def is_blank(self) -> bool:
        """Tell whether there is nothing at all."""
        return not any(map(any, self._cells.rows))


def _rectangular(rows: Sequence[list[str]]) -> list[list[str]]:
    """Return rows as a sheet has them, all equally wide."""
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _sample(file: TextIO) -> list[str]:
    """Return the first lines."""
    file.seek(0)
    lines, rows, letters = list[str](), 0, 0
    while rows < SAMPLE_LINES and len(lines) < MOST_LINES_ABOVE and (line := _line(file)):
        lines.append(line)
        if not line.isspace() and not line.startswith(ABOVE):
            rows += 1
            letters += len(line)
            if letters > SAMPLE_LETTERS and rows > 1:
                break
    return lines


def _line(file: TextIO) -> str:
    """Return a line, or the beginning of one that is longer than any of a table."""
    line = piece = file.readline(LONGEST_LINE)
    while len(piece) == LONGEST_LINE:
        piece = file.readline(LONGEST_LINE)
    return line


def _names(layout: Layout, line: str) -> list[str]:
    """Return the cells of a line above the rows, which can be a comment."""
    text = line.strip()
    return layout.rows([text.removeprefix(layout.comment) if layout.comment else text])[0]


def _unfinished(layout: Layout, text: str) -> str:
    """Return the end of a text that may belong to a cell that goes on behind it."""
    lines = text.removesuffix("\n").rsplit("\n", MOST_QUOTED_LINES)
    count = layout.unfinished(lines)
    return "\n".join(lines[len(lines) - count :]) + "\n" if count else ""
