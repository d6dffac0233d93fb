"""Headings: the line that names the columns of a table, wherever above its rows that stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from gdviz.core.files import escaped
from gdviz.core.tables.cutting import BLANKS, FIXED, Layout
from gdviz.core.tables.form import as_text
from gdviz.core.tables.grid import Grid, used
from gdviz.core.tables.kinds import DATE, MEASURE, NUMBER, NUMERIC, WORD, kind_of

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
_INTRODUCES = ("=", ":", "[", "{", "(")


class Heading(NamedTuple):
    """The names of columns, and the lines in which they stand.

    Attributes
    ----------
    names : tuple of str
        As they are given; empty where a column has none. There may be more or less than columns.
    start, end : int
        The first of its lines, and the one behind the last; units and types follow after.
    n_lines : int
        How many lines of names it has.
    """

    names: tuple[str, ...]
    start: int
    end: int
    n_lines: int = 1


class Headings:
    """Looks for names above the rows of a grid.

    Parameters
    ----------
    lines : sequence of str or None
        The lines themselves, which may be cut in another way than the rows; None for cells.
    """

    def __init__(self, grid: Grid, lines: Sequence[str] | None, layout: Layout) -> None:
        self._grid, self._lines, self._width = grid, lines, grid.width
        self._layout = replace(layout, comment="", names=(), is_paired=False)
        self._form = layout

    def found(self) -> Heading | None:
        """Return the heading that fits best; None if there seems to be none."""
        top = self._top()
        above = [line for line in range(top - 1, -1, -1) if self._holds(line)][:_REACH]
        for line in above:
            if names := self._names_in(line):
                is_unit = are_units(names) and self._are_names_above(line)
                return self._heading(line - 1 if is_unit else line)
        own = [self._own(line) for line in above[:2]]
        if len(own) == 2 and are_units(own[0]) and len(own[0]) == len(own[1]):
            above = above[1:]
        return self._misfit(above[0], is_only=len(above) == 1) if above else None

    def at(self, start: int, count: int) -> Heading:
        """Return the heading of so many lines from one on."""
        lines = [line for line in range(start, len(self._grid.rows)) if self._holds(line)][:count]
        if not lines:
            return Heading((), start, start + count, count)
        names, *uppers = (self._names_in(line) or self._own(line) for line in reversed(lines))
        for upper in uppers:
            names = _joined(upper, names)
        names = self._with_units(self._padded(names), lines[-1] + 1)
        return Heading(tuple(names), lines[0], lines[-1] + 1, count)

    def first_row(self, start: int) -> int:
        """Return the first line from one on that is a row, past units, types and rules."""
        rows = (
            line for line in range(start, len(self._grid.rows)) if not self._is_passed_over(line)
        )
        return next(rows, len(self._grid.rows))

    def _is_passed_over(self, line: int) -> bool:
        """Whether a line below the names is none of the rows."""
        if not self._holds(line) or self._form.is_comment(self._raw(line)):
            return True
        return not self._grid.is_row(line) and are_units(self._own(line))

    def _heading(self, line: int) -> Heading:
        """Return the heading of a line that fits, and of the one above that belongs to it."""
        names, start = self._names_in(line) or [], line
        upper = self._own(line - 1) if line and self._holds(line - 1) else []
        given = [cell for cell in upper if cell]
        is_shared = len(set(given)) < len(given) or (len(given) < len(upper) and bool(upper[-1:]))
        if (
            len(upper) == self._width
            and len(given) > 1
            and is_shared
            and self._are_names(given, line)
        ):
            names, start = _joined(upper, names), line - 1
        names = self._with_units(names, line + 1)
        return Heading(tuple(names), start, line + 1, 1 + line - start)

    def _are_names_above(self, line: int) -> bool:
        above = self._own(line - 1) if line and self._holds(line - 1) else []
        return len(above) == self._width and self._are_names(above, line - 1)

    def _with_units(self, names: list[str], below: int) -> list[str]:
        """Return names with the units that stand below them."""
        if below >= len(self._grid.rows) or not self._holds(below) or self._grid.is_row(below):
            return names
        units = self._names_in(below)
        if not units or not are_units(units) or _are_types(units) or len(names) != len(units):
            return names
        return [_with_unit(*pair) for pair in zip(names, units, strict=True)]

    def _misfit(self, line: int, *, is_only: bool) -> Heading | None:
        """Return the heading of a line that has more or less names than there are columns."""
        names = self._own(line)
        if self._form.is_comment(self._raw(line)) or not self._are_names(names, line):
            return None
        padded = self._padded(names)
        # A single word may be a name, several are a title.
        fits = len(padded) == self._width or (is_only and (len(names) > 1 or " " not in names[0]))
        # Of words between blanks nobody knows which belong together.
        is_prose = self._layout.delimiter == " " and len(names) > self._width
        return Heading(tuple(padded), line, line + 1) if fits and not is_prose else None

    def _padded(self, names: list[str]) -> list[str]:
        """Return names with none for the first column, as R leaves it out above row names."""
        is_shorter = len(names) == self._width - 1 and (len(names) > 1 or self._has_row_names())
        return ["", *names] if is_shorter else names

    def _has_row_names(self) -> bool:
        """Whether the first column has words, or numbers that count up, as R writes row names."""
        grid = self._grid
        lines = [line for line in range(grid.start, len(grid.rows)) if grid.is_row(line)]
        first = [grid.rows[line][0] for line in lines]
        is_quoted = bool(lines) and self._raw(lines[0]).lstrip().startswith(self._layout.quote)
        return is_quoted or not grid.numeric[0] or (len(first) > 1 and _count_up(first, 0, 1))

    def _top(self) -> int:
        """Return the first line of rows; the best run may begin with one that holds names."""
        grid, line = self._grid, self._grid.start
        above = [other for other in range(line) if self._holds(other)]
        if not any(grid.numeric):
            return line + (not above)
        words, numbers = len(grid.words(line)), grid.numbers(line)
        if not above and not any(kind in NUMERIC for kind, _ in grid.kinds[line]):
            return line + all(grid.rows[line])  # names like NA
        is_above = any(not self._form.is_comment(self._raw(other)) for other in above)
        is_names = words > numbers or (words == numbers and not is_above)
        if words and is_names and grid.is_unique(line):
            return line + 1
        return line + (not is_above and self._are_numbers_names(line))

    def _are_numbers_names(self, line: int) -> bool:
        """Whether a row's numbers are names beside a word: years, or a count, above others."""
        grid = self._grid
        row = grid.rows[line]
        numeric = [index for index in range(self._width) if grid.numeric[index]]
        given = [row[index] for index in numeric if row[index]]
        is_beside = len(numeric) < self._width or not row[0]
        if not is_beside or (row[0] and kind_of(row[0])[0] != WORD) or len(set(given)) < len(given):
            return False
        below = [
            grid.rows[other][index]
            for other in range(line + 1, len(grid.rows))
            if grid.fits[other]
            for index in numeric
        ]
        if all(map(_is_year, given)):
            return 2 * sum(map(_is_year, below)) < len(below)
        return (len(given) > 2 or not row[0]) and bool(below) and _count_up(given, 0, 1)

    def _raw(self, line: int) -> str:
        return self._lines[line] if self._lines is not None else ""

    def _holds(self, line: int) -> bool:
        """Whether there is more in a line than blanks and rules."""
        if self._form.is_comment(self._raw(line)):
            return True
        row = self._grid.rows[line]
        return any(cell.strip("|+-=:_* ") for cell in row)

    def _own(self, line: int) -> list[str]:
        """Return the cells of a line, cut as the rows are."""
        row = self._grid.rows[line]
        is_cut = self._lines is None or any("\n" in cell for cell in row)
        return self._trimmed(row if is_cut else self._cut(self._text(line)))

    def _text(self, line: int) -> str:
        """Return a line without the sign of a comment."""
        text = self._raw(line).strip("\0\r\n")
        if not self._form.is_comment(text):
            return text
        sign = self._form.comment
        return text.lstrip().removeprefix(sign).lstrip(sign)

    def _cut(self, text: str) -> list[str]:
        if self._layout.delimiter == FIXED:
            return text.split()
        return self._layout.rows([text])[0]

    def _trimmed(self, cells: list[str]) -> list[str]:
        return cells[: max(used(cells), min(len(cells), self._width))]

    def _names_in(self, line: int) -> list[str]:
        """Return as many names as there are columns; none if the line can't be cut into so many."""
        cuts: Iterable[list[str]] = [self._own(line)]
        if self._lines is not None:
            cuts = chain(cuts, (cut for text in self._texts(line) for cut in self._cuts(text)))
        for cells in map(self._trimmed, cuts):
            if len(cells) == self._width and self._are_names(cells, line):
                return cells
        return []

    def _texts(self, line: int) -> Iterator[str]:
        """Yield a line, and without what introduces or follows the names in it."""
        text = self._text(line)
        yield text
        if self._form.is_comment(self._raw(line)):
            yield self._raw(line).strip()
        if match := _LABEL.match(text):
            yield text[match.end() :]
        if self._form.comment and self._form.comment in text:
            yield text.partition(self._form.comment)[0]

    def _cuts(self, text: str) -> Iterator[list[str]]:
        """Yield the cells of a line, also cut in other ways than the rows are."""
        yield self._cut(text)
        if self._layout.delimiter in (" ", BLANKS, FIXED):
            yield re.split(r"\t\s*| {2,}", text.strip())
            words = text.split()
            yield [" ".join(words) for words in _with_brackets(words)]
            if len(words) == 2 * self._width and are_units(words[1::2]):
                yield [_with_unit(*pair) for pair in zip(words[::2], words[1::2], strict=True)]
        for delimiter in "\t,;|":
            cells = [cell.strip() for cell in text.split(delimiter)]
            if ":" not in text and len(cells) > 1 and all(len(cell.split()) <= _MOST_WORDS for cell in cells):
                yield cells

    def _are_names(self, cells: list[str], line: int) -> bool:
        """Whether cells may be names: words, but for a number now and then."""
        given = [cell for cell in cells if cell]
        is_title = len(given) == 1 < len(cells) and " " in cells[0]
        if 2 * len(given) < len(cells) or not given or is_title:
            return False
        # “data =” introduces rows, “type: matrix” describes them.
        if given[-1] in _INTRODUCES or len({cell.endswith(_INTRODUCES) for cell in given}) > 1:
            return False
        if any(cell.endswith((",", ";")) or ": " in cell for cell in given):
            return False
        kinds = [kind_of(cell)[0] for cell in given]
        numbers = kinds.count(NUMBER) + kinds.count(DATE)
        if MEASURE in self._grid.main_kinds:
            numbers += kinds.count(MEASURE)
        words = len(kinds) - numbers
        if self._form.is_comment(self._raw(line)):
            return not numbers
        is_first = not any(map(self._holds, range(line)))
        if is_first and line == self._grid.start and self._are_numbers_names(line):
            return True
        return words > numbers or (words == numbers and is_first)


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


def _count_up(cells: Sequence[str], *starts: int) -> bool:
    """Whether cells count up by one from a start."""
    return any(
        all(cell == str(number) for number, cell in enumerate(cells, start)) for start in starts
    )


def are_units(cells: Sequence[str]) -> bool:
    """Whether a row holds units or types, and so no names."""
    given = [cell for cell in cells if cell]
    return bool(given) and (all(_UNITS.fullmatch(cell) for cell in given) or _are_types(cells))


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
