"""Headings: the line that names the columns of a table, wherever above its rows that stands."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from gdviz.core.files import escaped
from gdviz.core.tables.cutting import BLANKS, COMMENT_SIGNS, FIXED, Layout
from gdviz.core.tables.form import as_text
from gdviz.core.tables.grid import Grid, used
from gdviz.core.tables.kinds import DATE, MEASURE, MISSING, NUMBER, NUMERIC, WORD, kind_of

# So many lines may stand between the names and the rows.
_REACH = 8
# Of a line that isn't cut as the rows are, longer pieces are prose.
_MOST_WORDS = 3

_SI = "m|s|g|A|K|mol|cd|Hz|N|Pa|J|W|C|V|F|Ω|ohm|S|Wb|T|H|lm|lx|Bq|Gy|Sv|bar|l|L|t|eV|b|B|bit|Wh|rad|sr"
_UNIT = rf"(?:[YZEPTGMkhdcmuµμnpfa]?(?:{_SI})|°[CF]?|%|‰|deg|min|h|hr|hrs|d|day|days|yr|a|sec|ms|mmHg|ppm|ppb|psi|rpm|in|ft|mi|lb|lbs|oz|kcal|cal|px|pcs|USD|EUR|units?|dB|pH)"
_UNITS = re.compile(
    rf"\(.*\)|\[.*\]|-|1|{_UNIT}(?:[\^*]*[-\u2212]?\d|[²³⁻¹])*(?:[/·*. ]{_UNIT}(?:[\^*]*[-\u2212]?\d|[²³⁻¹])*)*"
)
_TYPES = re.compile(
    r"<?(?:int|integer|int64|float|float64|double|dbl|real|numeric|number|num|decimal|string|str|text|char|chr|"
    r"character|object|varchar|date|datetime|dttm|timestamp|bool|boolean|lgl|logical|factor|fct|nominal|"
    r"continuous|categorical)>?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*+\w[\w ]{0,30}:\s+")
_BRACKETED = re.compile(r"\s+(?=[(\[])")
_INTRODUCES = ("=", ":", "[", "{", "(")


@dataclass(frozen=True)
class Heading:
    """The names of columns, and the lines in which they stand.

    Attributes
    ----------
    names : tuple of str
        As they are given; empty where a column has none. There may be more or less than columns.
    start, end : int
        The first of its lines, and the one behind the last; units and types follow after.
    count : int
        How many lines of names it has.
    """

    names: tuple[str, ...]
    start: int
    end: int
    count: int = 1


class Headings:
    """Looks for the names above the rows of a grid.

    Parameters
    ----------
    lines : sequence of str or None
        The lines themselves, which may be cut in another way than the rows; None for cells.
    """

    def __init__(self, grid: Grid, lines: Sequence[str] | None, layout: Layout) -> None:
        self._grid, self._lines = grid, lines
        self._width = grid.width
        self._layout = replace(layout, comment="", names=(), is_paired=False)
        self._sign = layout.comment

    def found(self) -> Heading | None:
        """Return the heading that fits best; None if there seems to be none."""
        top = self._top()
        above = [line for line in range(top - 1, -1, -1) if self._holds(line)][:_REACH]
        exact = self._exact(above)
        if exact or not above:
            return exact
        nearest = next((line for line in above if not self._is_kind_of_row(line)), above[0])
        if self._is_comment(nearest):
            return None
        cells = self._own(nearest)
        if not self._are_names(cells, nearest):
            return None
        is_only = nearest == above[-1]
        if len(cells) == self._width - 1 and (self._has_row_names(top) or (is_only and len(cells) > 1)):
            return Heading(("", *cells), nearest, nearest + 1)
        if len(cells) > 1 and is_only and (self._cuts_words is False or len(cells) < self._width):
            return Heading(tuple(cells), nearest, nearest + 1)
        return None

    def at(self, start: int, count: int) -> Heading:
        """Return the heading of so many lines from one on."""
        lines: list[int] = []
        for line in range(start, self._grid_length):
            if len(lines) < count and (self._holds(line)):
                lines.append(line)
        if not lines:
            return Heading((), start, start + count, count)
        rows = [self._names_in(line) or self._own(line) for line in lines]
        names = rows[-1]
        for row in reversed(rows[:-1]):
            names = _joined(row, names)
        if len(names) == self._width - 1 and self._has_row_names(lines[-1] + 1):
            names = ["", *names]
        return Heading(tuple(names), lines[0], lines[-1] + 1, count)

    def first_row(self, start: int) -> int:
        """Return the first line from one on that is a row, past units, types and rules."""
        for line in range(start, self._grid_length):
            if self._grid.is_row(line):
                return line
        return max(start, self._grid.start) if any(self._grid.numeric) else start

    @property
    def _grid_length(self) -> int:
        return len(self._grid.rows)

    @property
    def _cuts_words(self) -> bool:
        return self._layout.delimiter == " "

    def _exact(self, above: list[int]) -> Heading | None:
        """Return the nearest line with as many names as there are columns, and what is above it."""
        below: tuple[int, list[str]] | None = None
        for line in above:
            cells = self._names_in(line)
            if cells is None:
                continue
            if below is None and _are_units(cells):
                below = line, cells
                continue
            if below is not None:
                if not _are_types(below[1]):
                    cells = [_with_unit(*pair) for pair in zip(cells, below[1], strict=True)]
                return Heading(tuple(cells), line, line + 1)
            upper = self._upper(line)
            if upper is None:
                return Heading(tuple(cells), line, line + 1)
            return Heading(tuple(_joined(upper[1], cells)), upper[0], line + 1, 2)
        if below is None:
            return None
        shorter = self._shorter(above, below[0])
        return shorter or Heading(tuple(below[1]), below[0], below[0] + 1)

    def _shorter(self, above: list[int], units: int) -> Heading | None:
        return None

    def _upper(self, line: int) -> tuple[int, list[str]] | None:
        """Return the line above the names that tells what several of them share."""
        line -= 1
        if line < 0 or not self._holds(line) or self._is_comment(line):
            return None
        cells = self._own(line)
        given = [cell for cell in cells if cell]
        cells += [""] * (self._width - len(cells))
        if len(cells) != self._width or len(given) < 2 or not self._are_names(given, line):
            return None
        is_shared = len(set(given)) < len(given) or (len(given) < len(cells) and not self._cuts_words)
        return (line, cells) if is_shared else None

    def _top(self) -> int:
        """Return the first line of rows; the best run may begin with one that holds names."""
        grid = self._grid
        line = grid.start
        if line >= self._grid_length:
            return line
        above = any(self._holds(index) and not self._is_comment(index) for index in range(line))
        words, numbers = len(grid.words(line)), grid.numbers(line)
        if words and words >= numbers and grid.is_unique(line) and (words > numbers or not above):
            return line + 1
        return line + 1 if not above and self._counts_up(line) else line

    def _counts_up(self, line: int) -> bool:
        """Whether a row's numbers are names: years, or 1, 2, 3 above other numbers, beside a word."""
        grid = self._grid
        row = grid.rows[line]
        cells = [row[index] for index in range(self._width) if grid.numeric[index] and index < len(row)]
        given = [cell for cell in cells if cell]
        if len(given) < len(cells) - 1 or len(given) == len(cells) == self._width:
            return False
        if row[0] and kind_of(row[0])[0] != WORD:
            return False
        below = [
            grid.rows[other][index]
            for other in range(line + 1, self._grid_length)
            if grid.fits[other]
            for index in range(self._width)
            if grid.numeric[index]
        ]
        if not below or len(set(given)) < len(given):
            return False
        if all(map(_is_year, given)):
            return 2 * sum(map(_is_year, below)) < len(below)
        whole = [int(cell) for cell in given if cell.isascii() and cell.isdigit()]
        counts = [range(start, start + len(given)) for start in (0, 1)]
        least = 1 if not row[0] else 3
        return len(given) >= least and any(whole == list(count) for count in counts)

    def _holds(self, line: int) -> bool:
        if self._lines is None:
            return bool(self._grid.rows[line])
        return bool(self._lines[line].strip(" \t\r\n|+-=:_*,;\0"))

    def _is_comment(self, line: int) -> bool:
        if self._lines is None:
            return False
        text = self._lines[line].lstrip()
        return bool(self._sign) and text.startswith(self._sign) and not self._grid.rows[line]

    def _is_kind_of_row(self, line: int) -> bool:
        cells = self._own(line)
        return _are_units(cells) or self._is_comment(line)

    def _text(self, line: int) -> str:
        """Return a line without the sign of a comment."""
        assert self._lines is not None
        text = self._lines[line].strip("\0\r\n")
        return text.lstrip()[len(self._sign) :].lstrip(self._sign) if self._is_comment(line) else text

    def _own(self, line: int) -> list[str]:
        """Return the cells of a line, cut as the rows are."""
        if self._lines is None:
            row = self._grid.rows[line]
            return row[: max(used(row), min(len(row), self._width))]
        return self._trimmed(self._layout_cut(self._text(line)))

    def _layout_cut(self, text: str) -> list[str]:
        if self._layout.delimiter == FIXED:
            return text.split()
        rows = self._layout.rows([text])
        return rows[0] if rows else []

    def _trimmed(self, cells: list[str]) -> list[str]:
        return cells[: max(used(cells), min(len(cells), self._width))]

    def _names_in(self, line: int) -> list[str] | None:
        """Return as many names as there are columns, if the line can be cut into so many."""
        if self._lines is None:
            cuts = iter([self._own(line)])
        else:
            cuts = (cells for text in self._texts(line) for cells in self._cuts(text))
        for cells in map(self._trimmed, cuts):
            if len(cells) == self._width and self._are_names(cells, line):
                return cells
        return None

    def _texts(self, line: int) -> Iterator[str]:
        """Yield a line, and without what introduces or follows the names in it."""
        assert self._lines is not None
        text = self._text(line)
        yield text
        if self._is_comment(line):
            yield self._lines[line].strip()
        yield _LABEL.sub("", text, count=1)
        if self._sign and self._sign in text:
            yield text.partition(self._sign)[0]

    def _cuts(self, text: str) -> Iterator[list[str]]:
        yield self._layout_cut(text)
        if self._layout.delimiter in (" ", BLANKS, FIXED):
            yield re.split(r"\t\s*| {2,}", text.strip())
            words = _BRACKETED.sub("\u00a0", text.strip()).split(" ")
            yield [word.replace("\u00a0", " ") for word in words if word]
            words = text.split()
            if len(words) == 2 * self._width and _are_units(words[1::2]):
                yield [_with_unit(*pair) for pair in zip(words[::2], words[1::2], strict=True)]
        for delimiter in "\t,;|":
            cells = [cell.strip() for cell in text.split(delimiter)]
            if all(len(cell.split()) <= _MOST_WORDS for cell in cells):
                yield cells

    def _are_names(self, cells: list[str], line: int) -> bool:
        """Whether cells may be names: words, but for a number now and then."""
        given = [cell for cell in cells if cell]
        if not given or 2 * len(given) < len(cells) or (len(cells) > len(given) and cells[0] and len(given) < 2):
            return False
        last = given[-1]
        if last in _INTRODUCES or len({cell.endswith(_INTRODUCES) for cell in given}) > 1:
            return False
        kinds = [kind_of(cell)[0] for cell in given]
        words = kinds.count(WORD) + kinds.count(MEASURE) * (MEASURE not in self._grid.main_kinds)
        words += kinds.count(MISSING)
        numbers = kinds.count(NUMBER) + kinds.count(DATE)
        is_first = not any(map(self._holds, range(line)))
        if self._is_comment(line):
            return words > numbers and not numbers
        return words > numbers or (words == numbers and is_first) or (is_first and line == self._grid.start and words + numbers > 0 and self._counts_up(line))

    def _has_row_names(self, line: int) -> bool:
        """Whether the first column has words, or numbers that count up, as R writes row names."""
        rows = [
            self._grid.rows[index]
            for index in range(line, self._grid_length)
            if self._grid.fits[index]
        ]
        first = [row[0] for row in rows]
        if not self._grid.numeric or not self._grid.numeric[0]:
            return True
        if self._lines is not None and self._layout.quote in self._lines[self._grid.start].lstrip()[:1]:
            return True
        whole = [int(cell) for cell in first if cell.isascii() and cell.isdigit()]
        return len(whole) > 1 and whole == list(range(whole[0], whole[0] + len(first))) and whole[0] < 2


def _are_units(cells: Sequence[str]) -> bool:
    """Whether a row holds units or types, and so no names."""
    given = [cell for cell in cells if cell]
    return bool(given) and (
        all(_UNITS.fullmatch(cell) for cell in given) or _are_types(cells)
    )


def _are_types(cells: Sequence[str]) -> bool:
    return all(_TYPES.fullmatch(cell) for cell in cells if cell)


def _with_unit(name: str, unit: str) -> str:
    if unit in ("", "-", "1", name):
        return name
    return f"{name} {unit}" if unit[0] in "([" else f"{name} ({unit})"


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return names in two lines as one; what isn't given above is as it was before."""
    names, shared = [], ""
    for index, name in enumerate(lower):
        shared = (upper[index] if index < len(upper) else "") or shared
        names.append(" ".join(dict.fromkeys([shared, name])).strip())
    return names


def _is_year(cell: str) -> bool:
    kind, _ = kind_of(cell)
    return kind == DATE or (len(cell) == 4 and cell.isdigit() and 1000 <= int(cell) < 3000)


def column_names(given: Sequence[str], width: int) -> tuple[str, ...]:
    """Return a name of its own for every column; made up where none is given."""
    if not given and width == 2:
        return "x", "y"
    header = [_name(cell) for cell in given[: max(width, used(given))]]
    header += [""] * (width - len(header))
    names: dict[str, None] = {}
    taken = set(header)
    for number, wanted in enumerate(header, 1):
        name = wanted or f"column {number}"
        while name in names or (name != wanted and name in taken):
            name += f" ({number})"
        names[name] = None
    return tuple(names)


def _name(cell: str) -> str:
    """Return what a cell calls its column: in one line, and fit to be shown."""
    name = cell[1:] if cell.startswith("'") and as_text(cell[1:]) != cell[1:] else cell
    return escaped(" ".join(name.split()))
