"""Above: the lines over the rows of a table, which may be cut in another way than these."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from gdviz.core.tables.layouts.cutting import BLANKS, FIXED, Layout
from gdviz.core.tables.layouts.grid import used
from gdviz.core.tables.layouts.units import are_units, with_unit

# Of a line that isn't cut as the rows are, longer pieces are prose.
_MOST_WORDS = 3

_LAST_ROWS = 3
_LABEL = re.compile(r"\s*+\w[\w ]{0,30}:\s+")
_RULE = "|+-=:_* "


class Above:
    """Lines that may hold names.

    Parameters
    ----------
    rows : sequence of list of str
        The cells of each line, cut as the rows of the table are.
    width : int
        How many names are wanted.
    lines : sequence of str or None
        The lines themselves; None if there are only cells.
    """

    def __init__(
        self, rows: Sequence[list[str]], width: int, lines: Sequence[str] | None, layout: Layout
    ) -> None:
        self._rows, self._width, self._lines, self._layout = rows, width, lines, layout
        # Within a name nothing begins a comment.
        self._form = replace(layout, comment="", names=(), is_paired=False)

    @property
    def is_of_words(self) -> bool:
        """Whether any blank separates cells."""
        return self._layout.delimiter == " " and self._lines is not None

    def raw(self, line: int) -> str:
        """Return a line as it stands in the text."""
        return self._lines[line] if self._lines is not None else ""

    def is_comment(self, line: int) -> bool:
        """Whether a line is a comment."""
        return self._layout.is_comment(self.raw(line))

    def is_quoted(self, line: int) -> bool:
        """Whether a line begins with a quote."""
        return self.raw(line).lstrip().startswith(self._layout.quote)

    def holds(self, line: int) -> bool:
        """Whether there is more in a line than blanks and rules."""
        return self.is_comment(line) or any(cell.strip(_RULE) for cell in self._rows[line])

    def own(self, line: int) -> list[str]:
        """Return the cells of a line, cut as the rows are."""
        row = self._rows[line]
        is_cut = self._lines is None or any("\n" in cell for cell in row)
        return self._trimmed(row if is_cut else self._cut(self._text(line)))

    def cuts(self, line: int) -> Iterator[list[str]]:
        """Yield the cells of a line, cut as the rows are and then in other ways."""
        yield self.own(line)
        if self._lines is not None:
            for text in self._texts(line):
                yield from map(self._trimmed, self._cuts(text, line))

    def _trimmed(self, cells: list[str]) -> list[str]:
        return cells[: max(used(cells), min(len(cells), self._width))]

    def _cut(self, text: str) -> list[str]:
        return text.split() if self._form.delimiter == FIXED else self._form.rows([text])[0]

    def _text(self, line: int) -> str:
        """Return a line without the sign of a comment."""
        text = self.raw(line).strip("\0\r\n")
        sign = self._layout.comment
        is_comment = self._layout.is_comment(text)
        return text.lstrip().removeprefix(sign).lstrip(sign) if is_comment else text

    def _texts(self, line: int) -> Iterator[str]:
        """Yield a line, and without what introduces or follows the names in it."""
        text = self._text(line)
        yield text
        if self.is_comment(line):
            yield self.raw(line).strip()
        if match := _LABEL.match(text):
            yield text[match.end() :]
        if self._layout.comment and self._layout.comment in text:
            yield text.partition(self._layout.comment)[0]

    def _cuts(self, text: str, line: int) -> Iterator[list[str]]:
        yield self._cut(text)
        if self._form.delimiter in (" ", BLANKS, FIXED):
            yield re.split(r"\t\s*| {2,}", text.strip())
            words = text.split()
            yield [" ".join(group) for group in _with_brackets(words)]
            if len(words) == 2 * self._width and are_units(words[1::2]):
                yield [with_unit(*pair) for pair in zip(words[::2], words[1::2], strict=True)]
        below = "".join(chain.from_iterable(self._rows[line + 1 :][-_LAST_ROWS:]))
        for delimiter in "\t,;|":
            if delimiter in below and not self.is_comment(line):
                continue
            cells = [cell.strip() for cell in text.split(delimiter)]
            are_short = all(len(cell.split()) <= _MOST_WORDS for cell in cells)
            if ":" not in text and len(cells) > 1 and are_short:
                yield cells


def _with_brackets(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield words, each with what follows it in brackets."""
    group: list[str] = []
    for word in words:
        if group and not word.startswith(("(", "[")):
            yield group
            group = []
        group.append(word)
    if group:
        yield group
