"""Rows: which lines of a text are the log, and which numbers in them belong together."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.logs.log import LogError
from gdviz.core.check.logs.numerals import NUMBER
from gdviz.core.check.logs.roles import FEWEST, is_other, role_of
from gdviz.core.check.logs.shapes import names_above, names_in

# More kinds of lines are prose.
MOST_SHAPES = 20_000
Rows = NDArray[np.int64]
Names = tuple[str, ...]

_SPACE = re.compile(r"[ \t\xa0]{3,}")
# Between two rows that one line holds: ``[(0, 71.4), (1, 60.3)]``.
_ROW_END = re.compile(r"[\])}] ?,? ?(?=[\[({])")
_LIST = re.compile(rf"[\[(]([{NUMBER},;\s]*)[\])]")
_SAYS = re.compile(rf"[\w#{NUMBER}]")
_ELLIPSIS = re.compile(r"\.{3}|…")


@dataclass(frozen=True, eq=False)
class Cells:
    """Columns of numbers as printed, empty where a row has none, and the line of each row."""

    names: Names
    columns: list[list[str]]
    lines: Rows


@dataclass(frozen=True, eq=False)
class _Text:
    """A text's rows: what stands in them, where their numbers begin, in which line they are."""

    shapes: list[str]
    firsts: Rows
    lines: Rows
    numbers: list[str]

    def column(self, rows: Rows, place: int) -> list[str]:
        return [self.numbers[first + place] for first in self.firsts[rows].tolist()]


@dataclass(frozen=True)
class _List:
    """Numbers that follow one another as a column does."""

    name: str
    first: int
    count: int


def cells_of(shape: str, numbers: list[str]) -> Cells | None:
    """Return the columns of a text that was taken apart; None if it has none."""
    lists = _lists(shape, len(numbers))
    if lists:
        return _side_by_side(lists, shape, numbers)
    text = _text(shape, numbers)
    groups = _groups(text)
    if not groups:
        return None
    names, rows = _commonest(groups, text)
    if len(rows) < FEWEST <= len(names) and not any(names[1:]):
        if any(_ELLIPSIS.search(text.shapes[row]) for row in rows):
            raise LogError(
                f"Line {int(text.lines[rows[0]]) + 1} leaves numbers out (…): print all of them, "
                "such as with print(list(losses))."
            )
        lists = [_List(names[0], int(text.firsts[row]), len(names)) for row in rows]
        return _side_by_side(lists, shape, numbers)
    return _records(names, rows, groups, text)


def _lists(shape: str, count: int) -> list[_List]:
    """Return the lists that hold most of a text's numbers; none if its rows do."""
    found, first, end = [], 0, 0
    for match in _LIST.finditer(shape):
        first += shape.count(NUMBER, end, match.start())
        end = match.start()
        n = match[1].count(NUMBER)
        if n >= FEWEST:
            before = shape[max(0, end - 80) : end].rpartition("\n")[2].rpartition(NUMBER)[2]
            found.append(_List((names_in(before + NUMBER) or ("",))[0], first, n))
    is_table = len(found) >= FEWEST and len({each.name for each in found}) < len(found)
    return [] if is_table or 2 * sum(each.count for each in found) <= count else found


def _side_by_side(lists: list[_List], shape: str, numbers: list[str]) -> Cells:
    """Return lists that are equally long as columns."""
    lengths = Counter(each.count for each in lists)
    longest = max(lengths, key=lambda length: (lengths[length], length))
    lists = [each for each in lists if each.count == longest]
    codes = np.frombuffer(shape.encode("utf-32-le", "replace"), dtype=np.uint32)
    places = np.flatnonzero(codes == ord(NUMBER))[lists[0].first :][:longest]
    ends = np.flatnonzero(codes == ord("\n"))
    columns = [numbers[each.first : each.first + longest] for each in lists]
    return Cells(tuple(each.name for each in lists), columns, np.searchsorted(ends, places))


def _text(shape: str, numbers: list[str]) -> _Text:
    lines = _SPACE.sub("  ", shape).split("\n")
    shapes, numbered = lines, np.arange(len(lines))
    if len(_ROW_END.findall(shape)) >= FEWEST:
        split = [_rows_in(line) for line in lines]
        shapes = [row for rows in split for row in rows]
        numbered = np.repeat(numbered, [len(rows) for rows in split])
    counts = np.array([row.count(NUMBER) for row in shapes])
    return _Text(shapes, np.cumsum(counts) - counts, numbered, numbers)


def _rows_in(line: str) -> list[str]:
    rows = _ROW_END.split(line)
    return rows if len(rows) > FEWEST else [line]


def _groups(text: _Text) -> dict[Names, Rows]:
    """Return which rows have the same names, in the order of their first row."""
    common = Counter(text.shapes)
    named = {shape: names_in(shape) for shape, _ in common.most_common(MOST_SHAPES)}
    numbers: dict[Names | None, int] = {}
    kinds = {shape: numbers.setdefault(names, len(numbers)) for shape, names in named.items()}
    of_rows = np.array([kinds.get(shape, -1) for shape in text.shapes])
    groups = {
        names: np.flatnonzero(of_rows == kind) for names, kind in numbers.items() if names
    } if len(numbers) < 50 else _sorted_out(of_rows, numbers)  # fmt: skip
    return dict(sorted(groups.items(), key=lambda item: int(item[1][0])))


def _sorted_out(of_rows: Rows, numbers: dict[Names | None, int]) -> dict[Names, Rows]:
    order = np.argsort(of_rows, kind="stable")
    starts = np.searchsorted(of_rows[order], np.arange(len(numbers) + 1))
    return {
        names: order[starts[kind] : starts[kind + 1]]
        for names, kind in numbers.items() if names
    }  # fmt: skip


def _commonest(groups: dict[Names, Rows], text: _Text) -> tuple[Names, Rows]:
    """Return the kind of row that is the log: there are many, and their names say something."""

    def weight(names: Names) -> int:
        told = _named(names, int(groups[names][0]), text)
        known = sum(map(bool, map(role_of, told)))
        return 0 if not known and any(map(is_other, told)) else len(groups[names]) * (1 + known)

    names = max(groups, key=weight)
    return names, groups[names]


def _named(names: Names, first: int, text: _Text) -> Names:
    """Return the names of columns, taken from above their first row if no number has one."""
    if any(names):
        return names
    line = first - 1
    while line >= 0 and not _SAYS.search(text.shapes[line]):
        line -= 1
    above = text.shapes[line] if line >= 0 and NUMBER not in text.shapes[line] else ""
    return names_above(above, len(names)) or names


def _records(names: Names, rows: Rows, groups: dict[Names, Rows], text: _Text) -> Cells:
    """Return the log's columns, with those of lines that are alike, or go with it."""
    alike = {other for other in groups if other != names and _is_alike(names, other)}
    rows = np.sort(np.concatenate([groups[each] for each in (names, *alike)])) if alike else rows
    columns: dict[tuple[str, int], list[str]] = {}
    given: list[str] = []

    def place(source: Names, found: Rows, records: Rows) -> None:
        for column, key in enumerate(_keys(source)):
            if key not in columns:
                columns[key] = [""] * len(rows)
                given.append(source[column])
            values = columns[key]
            for record, number in zip(records.tolist(), text.column(found, column), strict=True):
                values[record] = number

    for each in (names, *sorted(alike)):
        place(each, groups[each], np.searchsorted(rows, groups[each]))
    for each, found in groups.items():
        roles = set(map(role_of, each)) - {""}
        known = {role_of(name) for name in given}
        if (
            each == names
            or each in alike
            or not roles
            or (roles <= known and abs(len(found) - len(rows)) > 1)
        ):
            continue
        records = _beside(rows, found)
        if records is not None:
            place(each, found[: len(records)], records)
    told = _named(tuple(given), int(rows[0]), text)
    return Cells(told, list(columns.values()), text.lines[rows])


def _is_alike(names: Names, other: Names) -> bool:
    """Return whether lines begin alike, and one says what the other says and more."""
    fewer, more = sorted((set(_keys(names)), set(_keys(other))), key=len)
    return bool(names[0]) and names[0] == other[0] and len(fewer) > 1 and fewer <= more


def _beside(rows: Rows, found: Rows) -> Rows | None:
    """Return the record that each line of another kind belongs to; None if they are no part."""
    if len(found) == 1 < len(rows):
        return None
    before = found[0] < rows[0]
    records = np.searchsorted(rows, found) if before else np.searchsorted(rows, found) - 1
    records = records[records < len(rows)]
    return records if len(np.unique(records)) == len(records) else None


def _keys(names: Sequence[str]) -> list[tuple[str, int]]:
    """Return names that are told apart: each with how often it came before."""
    seen: Counter[str] = Counter()
    keys = []
    for name in names:
        keys.append((name.casefold(), seen[name.casefold()]))
        seen[name.casefold()] += 1
    return keys
