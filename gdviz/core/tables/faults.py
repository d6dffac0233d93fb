"""Faults: what can't be used in the rows of a table, all of it counted and the first of it kept."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import shortened
from gdviz.core.tables.notations.columns import Notation
from gdviz.core.tables.notations.missing import USUAL_MISSING, distance
from gdviz.core.tables.notations.numerals import NumberNotation

# Of each column so many are kept: a notice lists no more.
SHOWN_CELLS = 20
# Of thousands of columns fewer, or they would take more memory than their table.
MOST_KEPT = 20_000


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
    source : str
        The file, if there are several.
    """

    line: int
    column: int
    name: str
    text: str
    problem: str
    source: str = ""

    def __str__(self) -> str:
        column = f", column {self.column}" if self.name else ""
        if self.name not in ("", f"column {self.column}"):
            column += f" ({shortened(self.name)})"
        where = f"{self.source}, " if self.source else ""
        return f"{where}line {self.line}{column}: {self.problem}"


@dataclass(frozen=True)
class LeftOut:
    """What of a table its data lack; false if that is nothing.

    Attributes
    ----------
    rows, cells : int
        How many rows, and how many faults they have.
    first : tuple of BadCell
        The first of them, in the order of lines.
    """

    rows: int = 0
    cells: int = 0
    first: tuple[BadCell, ...] = ()

    def __bool__(self) -> bool:
        return self.rows > 0

    def __add__(self, other: "LeftOut") -> "LeftOut":
        """Return what two parts of a table lack: any order of parts gives the same."""
        first = sorted(self.first + other.first, key=astuple)[:SHOWN_CELLS]
        return LeftOut(self.rows + other.rows, self.cells + other.cells, tuple(first))


class Faults:
    """Collects what can't be used; takes no more room for a million of them than for some.

    Parameters
    ----------
    notations : sequence of Notation
        How each column is written.
    """

    def __init__(self, notations: Sequence[Notation], names: Sequence[str]) -> None:
        self.notations, self._names = notations, names
        chosen = (each.missing for each in notations if isinstance(each, NumberNotation))
        # They make no column of numbers a column of text.
        self.missing = next(chosen, USUAL_MISSING)
        width = len(names)
        self._shown = max(1, min(SHOWN_CELLS, MOST_KEPT // width))
        # By column: how many there are, and how many of them are texts where a number belongs.
        self.counts = np.zeros(width, dtype=np.int64)
        self.texts = np.zeros(width, dtype=np.int64)
        self._has_given = np.zeros(width, dtype=bool)
        self._kept: dict[int, list[tuple[int, str]]] = {}
        self.too_long = 0
        # Whether another row that is too long would still be listed.
        self.lists_more = True
        self._first_too_long: list[BadCell] = []

    def add_cells(self, bad: NDArray[np.int64], cells: Sequence[str], lines: Sequence[int]) -> None:
        """Note which cells, of whole rows one after the other, hold no number."""
        width = len(self._names)
        columns = bad % width
        news = [bad[self.counts[columns] < self._shown]]
        self.counts += np.bincount(columns, minlength=width)
        found = [cells[index] for index in bad.tolist()]
        missing = {word for word in set(found) if word in self.missing}
        blank = {word for word in missing if not word.strip()}
        given = np.array([word not in blank for word in found])
        if given.any():
            is_text = [word not in missing for word in found]
            self.texts += np.bincount(columns[is_text], minlength=width)
            news.append(bad[given & ~self._has_given[columns]])
            self._has_given[columns[given]] = True
        for index in np.unique(np.concatenate(news)).tolist():
            row, column = divmod(index, width)
            self._keep(column, lines[row], cells[index].strip())

    def add_missing(self, columns: NDArray[np.int64]) -> None:
        """Note missing values, the columns of which list no more of them."""
        self.counts += np.bincount(columns, minlength=len(self._names))

    def would_list(self, columns: NDArray[np.int64]) -> bool:
        """Tell whether another fault in any of some columns would be listed."""
        return bool((self.counts[columns] < self._shown).any())

    def _keep(self, column: int, line: int, cell: str) -> None:
        """Keep the first faults of a column, and of those with a text at least one."""
        kept = self._kept.setdefault(column, [])
        if len(kept) < self._shown or (cell and not any(text for _, text in kept)):
            kept.append((line, cell))

    def add_too_long(self, line: int, cell: str, count: int) -> None:
        """Note a row with more cells than there are columns, and the first that is too much."""
        self.too_long += 1
        if self.lists_more:
            width = len(self._names)
            problem = f"{count} values where {width} were expected"
            self._first_too_long.append(BadCell(line, width + 1, "", cell, problem))
            self.lists_more = len(self._first_too_long) < SHOWN_CELLS

    def first(self, columns: Iterable[int]) -> tuple[BadCell, ...]:
        """Return the first faults of some columns, in the order of lines."""
        cells = self._first_too_long.copy()
        for index in columns:
            cells += [self._bad_cell(index, *fault) for fault in self._kept.get(index, ())]
        return tuple(sorted(cells, key=lambda cell: (cell.line, cell.column)))

    def of(self, column: int) -> BadCell | None:
        """Return the first fault of a column: a text, if there is one."""
        kept = self._kept.get(column)
        if kept is None:
            return None
        return self._bad_cell(column, *next((fault for fault in kept if fault[1]), kept[0]))

    def nearest(self, columns: Iterable[int]) -> BadCell | None:
        """Return the fault that is almost a number, or at least more than a missing value."""
        kept = [(index, *fault) for index in columns for fault in self._kept.get(index, ())]

        def order(fault: tuple[int, int, str]) -> tuple[int, ...]:
            column, line, cell = fault
            return distance(cell), int(self.texts[column]), line, column

        return self._bad_cell(*min(kept, key=order)) if kept else None

    def left_out(self, rows: int, missing: int, columns: Collection[int]) -> LeftOut:
        """Return what was left out: so many rows, with so many cells that are no number."""
        # In a row that is too long no cell counts; the row does, once.
        cells = missing - self.too_long * len(columns) + self.too_long
        return LeftOut(rows, cells, self.first(columns)[:SHOWN_CELLS])

    def _bad_cell(self, index: int, line: int, cell: str) -> BadCell:
        problem = self.notations[index].problem(cell)
        return BadCell(line, index + 1, self._names[index], cell, problem)
