"""Body: the rows of a table, read piece by piece, and what was seen of each column."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain, compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.tables.fast import FastLines
from gdviz.core.tables.faults import Faults
from gdviz.core.tables.layouts.layout import Layout
from gdviz.core.tables.notations.columns import Evidence, Notation
from gdviz.core.tables.notations.number_shapes import shape_of

# Lines that are shorter than they should be take more memory than the file.
MOST_PADDED, MOST_CELLS = 6_000_000, 300_000
# Of rows that NumPy reads, one in so many is looked at for how it is written.
LOOKS = 512


class Read(NamedTuple):
    """What was read.

    Attributes
    ----------
    values : ndarray of shape (n_rows, n_columns)
        NaN where there is none.
    kinds : sequence of {"number", "date", "time", "text"}
        What the values of each column are.
    faults : Faults
        What can't be used.
    """

    names: tuple[str, ...]
    values: NDArray[np.float64]
    kinds: Sequence[str]
    faults: Faults


class MostlyShortError(Exception):
    """Most rows hold far less than the first ones."""


class Body:
    """The rows of one pass over a table.

    Parameters
    ----------
    evidences : list of Evidence, optional
        What was seen of each column in the first rows, and what is seen of them is added to.
    looked_at : int
        How many rows that were.
    """

    def __init__(
        self,
        layout: Layout,
        notations: Sequence[Notation],
        evidences: Sequence[Evidence] = (),
        looked_at: int = 0,
    ) -> None:
        self._layout, self._notations, self._names = layout, notations, layout.names
        self._evidences, self._looked_at = evidences, looked_at
        self._faults = Faults(notations, self._names)
        self._fast = FastLines(layout, notations, self._faults)
        # They grow in one place, so that nothing stands in memory twice.
        self._grown = array("d")
        self._letters = self._unseen = 0
        self._some: list[list[str]] = []

    def read(self) -> Read:
        """Return what was read so far."""
        self._look_at(self._some)
        values = np.frombuffer(self._grown).reshape(-1, len(self._names))
        kinds = [notation.kind for notation in self._notations]
        return Read(self._names, values, kinds, self._faults)

    def add_text(self, text: str, first_line: int) -> int:
        """Read some lines, and return how many."""
        if not text or text.isspace():
            return text.count("\n")
        self._letters += len(text)
        values = self._fast.values(text)
        if values is not None:
            self._note_some(text, len(values))
            self._grow(values)
            return self._fast.lines
        lines = text.removesuffix("\n").split("\n")
        if not self._add_mixed(lines, text, first_line):
            rows = self._layout.rows(lines)
            # Turned by a quarter, there are more rows than lines.
            self._add(rows, range(first_line, first_line + len(rows)))
        return text.count("\n")

    def _add_mixed(self, lines: list[str], text: str, first_line: int) -> bool:
        """Read most lines with NumPy and the odd ones cell by cell, if that can be."""
        parted = None if self._looked_at else self._fast.rows_of_numbers(text)
        if parted is None:
            return False
        plain, odd = parted[0], ~parted[1]
        if odd.all() or odd.sum() * len(self._names) > MOST_CELLS:
            return False
        values = self._fast.values(plain)
        if values is None:
            return False
        self._note_some(plain, len(values))
        rows = self._layout.rows(list(compress(lines, odd)))
        used = np.flatnonzero(odd)[[bool(row) for row in rows]]
        read = self._read_cells([row for row in rows if row], (used + first_line).tolist())
        order = np.argsort(np.concatenate((np.flatnonzero(~odd), used)))
        self._grow(np.concatenate((values, read))[order])
        return True

    def add_rows(self, rows: list[list[str]], numbers: Sequence[int]) -> None:
        """Read some rows of cells, and the numbers of their lines."""
        self._letters += sum(len(cell) + 1 for row in rows for cell in row)
        self._add(rows, numbers)

    def _add(self, rows: list[list[str]], numbers: Sequence[int]) -> None:
        """Read rows, some after some others: short ones take more room than their lines."""
        step = max(1, MOST_CELLS // len(self._names))
        for first in range(0, len(rows), step):
            some = slice(first, first + step)
            self._grow(self._read_cells(rows[some], numbers[some]))

    def _grow(self, values: NDArray[np.float64]) -> None:
        if not len(values):
            return
        self._grown.frombytes(np.ascontiguousarray(values).data.cast("B"))
        if len(self._grown) > max(MOST_PADDED, self._letters):
            raise MostlyShortError

    def _note_some(self, text: str, count: int) -> None:
        """Keep a few rows that NumPy has read, to see how they are written."""
        if not self._evidences:
            return
        self._unseen += max(0, count - self._looked_at)
        self._looked_at = max(0, self._looked_at - count)
        looks, self._unseen = divmod(self._unseen, LOOKS)
        self._some += filter(None, self._layout.rows(text.split("\n", looks)[:looks]))
        if len(self._some) > LOOKS:
            self._look_at(self._some)
            self._some.clear()

    def _look_at(self, rows: Sequence[list[str]]) -> None:
        for evidence, *cells in zip(self._evidences, *rows, strict=True) if rows else ():
            evidence.add(cells, LOOKS)

    def _read_cells(self, rows: list[list[str]], numbers: Sequence[int]) -> NDArray[np.float64]:
        """Return rows read cell by cell, noting what can't be used in them."""
        width = len(self._names)
        if not all(rows):
            numbers = [number for number, row in zip(numbers, rows, strict=True) if row]
            rows = [row for row in rows if row]
        if set(map(len, rows)) - {width}:
            rows = self._fitted(rows, numbers)
        used = [index for index, row in enumerate(rows) if row]
        news = bisect_left(used, self._looked_at)
        self._looked_at = max(0, self._looked_at - len(rows))
        cells = list(chain.from_iterable(rows))
        read = np.full(len(cells), np.nan)
        for index, notation in enumerate(self._notations):
            column = cells[index::width]
            # Without digits there is no number and no date.
            is_read = "0" in shape_of("".join(column))
            if is_read:
                read[index::width] = notation.values(column)
            if self._evidences and news < len(column):
                seen = self._evidences[index]
                (seen.add if is_read else seen.add_words)(column[news:])
        bad = np.flatnonzero(np.isnan(read))
        if len(bad):
            self._faults.add_cells(bad, cells, [numbers[index] for index in used])
            self._fast.note_missing(bad, cells)
        values = np.full((len(rows), width), np.nan)
        values[used] = read.reshape(-1, width)
        return values

    def _fitted(self, rows: list[list[str]], numbers: Sequence[int]) -> list[list[str]]:
        """Return rows of as many cells as there are columns, or none for a row that has more."""
        width, fitted = len(self._names), []
        for number, row in zip(numbers, rows, strict=True):
            if len(row) < width:
                fitted.append(row + [""] * (width - len(row)))
                continue
            used = len(row)
            while used > width and not row[used - 1].strip():
                used -= 1
            fitted.append(row[:width] if used == width else [])
            if used > width:
                self._faults.add_too_long(number, row[width].strip(), used)
        return fitted
