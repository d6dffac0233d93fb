"""Headings: the line that names the columns of a table, wherever above its rows that stands."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from gdviz.core.tables.layouts.above import Above
from gdviz.core.tables.layouts.cutting import Layout
from gdviz.core.tables.layouts.grid import Grid
from gdviz.core.tables.layouts.kinds import DATE, MEASURE, NUMBER, NUMERIC, WORD, kind_of
from gdviz.core.tables.layouts.units import are_types, are_units, with_unit

# So many lines may stand between the names and the rows.
_REACH = 8
# How pandas calls a column without a name.
_PANDAS = re.compile(r"Unnamed: \d+")
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
    is_padded : bool
        Whether they are one less than columns, so that the first has none.
    is_near : bool
        Whether nothing but comments, units and types stands between them and the rows.
    """

    names: tuple[str, ...]
    start: int
    end: int
    n_lines: int = 1
    is_padded: bool = False
    is_near: bool = True


class Headings:
    """Looks for names above the rows of a grid.

    Parameters
    ----------
    lines : sequence of str or None
        The lines themselves, which may be cut in another way than the rows; None for cells.
    """

    def __init__(self, grid: Grid, lines: Sequence[str] | None, layout: Layout) -> None:
        self._grid, self._width = grid, grid.width
        self._above = Above(grid.rows, grid.width, lines, layout)

    def found(self) -> Heading | None:
        """Return the heading that fits best; None if there seems to be none."""
        held = [line for line in range(self._top()) if self._above.holds(line)]
        near = held[: -_REACH - 1 : -1]
        if near and len(self._above.own(near[0])) > self._width and not self._above.is_of_words:
            near = near[:1]  # columns in which nothing stands have names, too
        for count, line in enumerate(near):
            if self._names_in(line):
                is_near = all(map(self._above.is_comment, near[:count]))
                return self._heading(self._highest(line))._replace(is_near=is_near)
        own = [self._above.own(line) for line in near[:2]]
        if len(own) == 2 and are_units(own[0]) and len(own[0]) == len(own[1]):
            near = near[1:]
        return self._misfit(near[0], is_only=len(near) == 1) if near else None

    def at(self, start: int, count: int) -> Heading:
        """Return the heading of so many lines from one on."""
        held = (line for line in range(start, len(self._grid.rows)) if self._above.holds(line))
        lines = [line for line, _ in zip(held, range(count), strict=False)]
        if not lines:
            return Heading((), start, start + count, count)
        names, *uppers = (self._names_in(line) or self._above.own(line) for line in lines[::-1])
        for upper in uppers:
            names = _joined(upper, names)
        padded = self._padded(self._known(names))
        is_padded = len(padded) > len(names)
        padded = self._with_units(padded, lines[-1] + 1)
        return Heading(tuple(padded), lines[0], lines[-1] + 1, count, is_padded)

    def first_row(self, start: int) -> int:
        """Return the first line from one on that is a row, past rules, comments and units."""
        for line in range(start, len(self._grid.rows)):
            is_unit = not self._grid.is_row(line) and are_units(self._above.own(line))
            if self._above.holds(line) and not self._above.is_comment(line) and not is_unit:
                return line
        return len(self._grid.rows)

    def have_commas(self, heading: Heading | None, count: int) -> bool:
        """Whether there is a heading, with so many commas."""
        return heading is not None and self._above.raw(heading.end - 1).count(",") == count

    def _names_in(self, line: int) -> list[str]:
        """Return as many names as there are columns; none if a line can't be cut into so many."""
        for cells in self._above.cuts(line):
            if len(cells) == self._width and self._are_names(cells, line):
                return cells
        return []

    def _highest(self, line: int) -> int:
        """Return the line of names, where one below it fits as well: units, or a row of words."""
        names, before = self._names_in(line), self._before(line)
        while upper := self._fitting(before):
            is_whole = all(upper) and len(set(upper)) == len(upper)
            is_row = not all(names[1:]) or (self._width > 2 and not self._above.is_of_words)
            if not (are_units(names) or (is_whole and is_row)):
                break
            names, line, before = upper, before, self._before(before)
        return line

    def _before(self, line: int) -> int:
        """Return the line before one, or before rules that stand between them; -1 if none does."""
        line -= 1
        while line >= 0 and not self._above.holds(line) and self._above.raw(line).strip():
            line -= 1
        return line

    def _fitting(self, line: int) -> list[str]:
        """Return the cells of a line that has as many, cut as the rows are, if they are names."""
        cells = self._above.own(line) if line >= 0 and self._above.holds(line) else []
        return cells if len(cells) == self._width and self._are_names(cells, line) else []

    def _heading(self, line: int) -> Heading:
        """Return the heading of a line that fits, with what several columns share above it."""
        names, start, before = self._names_in(line), line, self._before(line)
        upper = self._fitting(before)
        given = [cell for cell in upper if cell]
        if len(given) > 1 and (
            len(set(given)) < len(given) or (len(given) < len(upper) and upper[-1])
        ):
            names, start = _joined(upper, names), before
        names = self._with_units(names, line + 1)
        return Heading(tuple(names), start, line + 1, 1 + (start < line))

    def _with_units(self, names: list[str], below: int) -> list[str]:
        """Return names with the units that stand below them."""
        count = len(self._grid.rows)
        while below < count and not self._above.holds(below) and self._above.raw(below).strip():
            below += 1
        is_row = below >= count or self._grid.is_row(below)
        units = [] if is_row or not self._above.holds(below) else self._names_in(below)
        if len(units) != len(names) or not are_units(units) or are_types(units):
            return names
        return [with_unit(*pair) for pair in zip(names, units, strict=True)]

    def _misfit(self, line: int, *, is_only: bool) -> Heading | None:
        """Return the heading of a line that has more or less names than there are columns."""
        names = self._above.own(line)
        if self._above.is_comment(line) or not self._are_names(names, line):
            return None
        padded = self._padded(names)
        if len(padded) > len(names):
            return Heading(tuple(padded), line, line + 1, is_padded=True)
        # A single word may be a name, several are a title; and of more words than columns nobody
        # knows which belong together.
        is_title = len(names) == 1 and " " in names[0]
        is_prose = self._above.is_of_words and len(names) > 2 * self._width
        fits = is_only and not is_title and not is_prose
        return Heading(tuple(self._known(names)), line, line + 1) if fits else None

    def _known(self, names: list[str]) -> list[str]:
        """Return names, none where there are more words than columns."""
        return [] if self._above.is_of_words and len(names) > self._width else names

    def _padded(self, names: list[str]) -> list[str]:
        """Return names with none for the first column, where R leaves it out above row names."""
        is_shorter = len(names) == self._width - 1 and (len(names) > 1 or self._has_row_names())
        return ["", *names] if is_shorter else names

    def _has_row_names(self) -> bool:
        """Whether the first column has words, quotes, or numbers that count up."""
        grid = self._grid
        lines = [line for line in range(grid.start, len(grid.rows)) if grid.is_row(line)]
        first = [grid.rows[line][0] for line in lines]
        if not grid.numeric[0] or (lines and self._above.is_quoted(lines[0])):
            return True
        return len(first) > 1 and (_count_up(first, 0) or _count_up(first, 1))

    def _top(self) -> int:
        """Return the first line of rows; the best run may begin with one that holds names."""
        grid, line = self._grid, self._grid.start
        if line >= len(grid.rows) or not grid.fits[line]:
            return line
        is_above = any(
            self._above.holds(other) and not self._above.is_comment(other) for other in range(line)
        )
        has_numbers = any(kind in NUMERIC for kind, _ in grid.kinds[line])
        is_each = len({*grid.rows[line], ""}) > self._width
        if not is_above and not has_numbers and is_each and all(grid.rows[line][1:]):
            return line + 1
        words, numbers = len(grid.words(line)), grid.numbers(line)
        is_names = words > numbers or (words == numbers and not is_above)
        if words and is_names and grid.is_unique(line):
            return line + 1
        return line + self._are_numbers_names(line)

    def _are_numbers_names(self, line: int) -> bool:
        """Whether a row's numbers are names beside a word: years, or a count, above others."""
        grid, row = self._grid, self._grid.rows[line]
        if not grid.fits[line]:
            return False
        numeric = [index for index in range(self._width) if grid.numeric[index]]
        given = [row[index] for index in numeric if row[index]]
        has_word = any(kind == WORD for kind, _ in grid.kinds[line])
        if not (has_word and grid.is_unique(line)) and row[0]:
            return False
        rows = [grid.rows[other] for other in range(line + 1, len(grid.rows)) if grid.fits[other]]
        if not rows or len(set(given)) < len(given):
            return False
        if all(map(_is_year, given)):
            below = [_is_year(other[index]) for other in rows for index in numeric]
            return 2 * sum(below) < len(below)
        return len(given) > 2 * bool(row[0]) and (_count_up(given, 0) or _count_up(given, 1))

    def _are_names(self, cells: list[str], line: int) -> bool:
        """Whether cells may be names: words, but for a number now and then."""
        given = [cell for cell in cells if cell]
        is_first = not any(map(self._above.holds, range(line)))
        is_title = len(given) == 1 < len(cells) and cells[0] and (" " in cells[0] or not is_first)
        if not given or 2 * len(given) < len(cells) or is_title:
            return False
        # “data =” introduces rows, “type: matrix” describes them, and prose has commas.
        if given[-1] in _INTRODUCES or len({cell.endswith(_INTRODUCES) for cell in given}) > 1:
            return False
        if any(cell.endswith((",", ";")) for cell in given):
            return False
        labels = [": " in _PANDAS.sub("", cell) for cell in given]
        if labels[0] and not all(labels):
            return False
        number_kinds = [NUMBER, DATE, *({MEASURE} & set(self._grid.main_kinds))]
        numbers = sum(kind_of(cell)[0] in number_kinds for cell in given)
        words = len(given) - numbers
        if self._above.is_comment(line):
            return not numbers
        if line == self._grid.start and self._are_numbers_names(line):
            return True
        return words > numbers or (words == numbers and is_first)


def _count_up(cells: Sequence[str], start: int) -> bool:
    """Whether cells count up by one from a start."""
    return all(cell == str(number) for number, cell in enumerate(cells, start))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return names in two lines as one; what isn't given above is as it was before."""
    names, shared = [], ""
    for index, name in enumerate(lower):
        shared = (upper[index] if index < len(upper) else "") or shared
        names.append(" ".join(dict.fromkeys([shared, name])).strip())
    return names


def _is_year(cell: str) -> bool:
    kind, _ = kind_of(cell)
    return kind == DATE or (len(cell) == 4 and cell.isdigit() and 1700 <= int(cell) < 2200)
