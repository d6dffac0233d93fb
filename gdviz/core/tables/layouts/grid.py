"""Grid: lines cut in one way, which of them are rows of a table, and how much that explains."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gdviz.core.tables.layouts.cutting import MOST_COLUMNS
from gdviz.core.tables.layouts.kinds import MISSING, NUMERIC, WORD, kind_of

# What a cell is worth where a number, a missing value and a word belong; a number's own is up to 1.
_WORD_IN_NUMBERS, _NUMBER_IN_WORDS = -1.0, 0.2
_NO_ROW, _SHORT_ROW, _NAMES = -1.0, -0.5, -4.0


@dataclass(frozen=True)
class Grid:
    """The cells of a sample's lines, some of which are the rows of a table so wide.

    Attributes
    ----------
    rows : sequence of list of str
        The cells of each line, none where it holds none.
    width : int
        How many cells a row has.
    """

    rows: Sequence[list[str]]
    width: int

    @cached_property
    def kinds(self) -> list[list[tuple[str, float]]]:
        """What each cell looks like; of none beyond the last column."""
        return [[kind_of(cell) for cell in row[: self.width]] for row in self.rows]

    @cached_property
    def fits(self) -> list[bool]:
        """Which lines have as many cells as there are columns, not counting empty ends."""
        return [used(row) <= self.width <= len(row) for row in self.rows]

    @cached_property
    def numeric(self) -> list[bool]:
        """Which columns hold numbers, going by the later rows: settings may stand above them."""
        fitting = [
            kinds
            for kinds, fits in zip(self.kinds, self.fits, strict=True)
            if fits and any(kind in NUMERIC for kind, _ in kinds)
        ]
        later = fitting[len(fitting) // 2 :]
        columns = []
        for index in range(self.width):
            for rows in (later, fitting):
                counts = Counter(row[index][0] for row in rows)
                if len(counts) > (MISSING in counts):
                    break
            numbers = sum(counts[kind] for kind in NUMERIC)
            columns.append(numbers > 0 and numbers >= counts[WORD])
        return columns

    @cached_property
    def main_kinds(self) -> list[str]:
        """The kind that most cells of each column are of."""
        columns = []
        for index in range(self.width):
            counts = Counter(
                row[index][0]
                for row, fits in zip(self.kinds, self.fits, strict=True)
                if fits and row[index][0] != MISSING
            )
            columns.append(counts.most_common(1)[0][0] if counts else MISSING)
        return columns

    @cached_property
    def _words(self) -> list[Counter[str]]:
        """How often each cell stands in its column."""
        return [
            Counter(row[index] for row, fits in zip(self.rows, self.fits, strict=True) if fits)
            for index in range(self.width)
        ]

    def words(self, line: int) -> list[str]:
        """Return the cells of a line that are words where numbers belong."""
        return [
            self.rows[line][index]
            for index, (kind, _) in enumerate(self.kinds[line])
            if kind == WORD and self.numeric[index]
        ]

    def numbers(self, line: int) -> int:
        """Return how many cells of a line are like most of their column of numbers."""
        return sum(
            self.numeric[index] and kind in NUMERIC and kind == self.main_kinds[index]
            for index, (kind, _) in enumerate(self.kinds[line])
        )

    def is_unique(self, line: int) -> bool:
        """Whether no word of a line that stands among numbers comes again in its column."""
        return all(
            self._words[index][self.rows[line][index]] == 1
            for index, (kind, _) in enumerate(self.kinds[line])
            if kind == WORD and self.numeric[index]
        )

    def _gain(self, line: int) -> float:
        """Return how much a line speaks for being a row, from -1 to 1; names speak against it."""
        row = self.rows[line]
        if not row:
            return 0.0
        if not self.fits[line]:
            return _SHORT_ROW if len(row) < self.width else _NO_ROW
        words = self.words(line)
        if words and len(words) == sum(self.numeric) and self.is_unique(line):
            return _NAMES
        return sum(map(self._worth, self.kinds[line], self.numeric)) / self.width

    def _worth(self, cell: tuple[str, float], is_numeric: bool) -> float:
        kind, plainness = cell
        if kind == MISSING:
            return plainness
        if not is_numeric:
            return plainness if kind == WORD else _NUMBER_IN_WORDS
        return _WORD_IN_NUMBERS if kind == WORD else plainness

    @cached_property
    def _best(self) -> tuple[float, int]:
        """The sum over the best run of lines, the longest of several, and where it starts."""
        best, best_start, total, start = 0.0, 0, 0.0, 0
        for line in range(len(self.rows)):
            if total < 0:
                total, start = 0.0, line
            total += self._gain(line)
            if total > best:
                best, best_start = total, start
        while best and not self.rows[best_start]:
            best_start += 1
        return best, best_start

    @property
    def start(self) -> int:
        """The first row."""
        return self._best[1]

    @property
    def share(self) -> float:
        """How much of the lines it explains, from 0 to 1."""
        # Words between any signs are no table.
        total = self._best[0] if any(self.numeric) else self._best[0] / 100
        return total / max(1, sum(map(bool, self.rows)))

    def is_row(self, line: int) -> bool:
        """Whether a line is as wide as the table and has a number where one belongs."""
        return self.fits[line] and any(
            kind in NUMERIC and self.numeric[index]
            for index, (kind, _) in enumerate(self.kinds[line])
        )


def used(row: Sequence[str]) -> int:
    """Return how many cells a row has up to the last that isn't empty."""
    count = len(row)
    while count and not row[count - 1]:
        count -= 1
    return count


def widths(rows: Sequence[list[str]]) -> list[int]:
    """Return how wide a table of these rows may be, going by those with numbers."""
    numbered = [row for row in rows if any(kind_of(cell)[0] in NUMERIC for cell in row)]
    counts = Counter(map(len, numbered or filter(None, rows)))
    found = sorted(counts, key=lambda width: (counts[width], width), reverse=True)[:2]
    # A row may end in missing values, and every row may end in a delimiter.
    most = (max(used(row) for row in rows if len(row) == width) for width in found)
    return list(dict.fromkeys(min(width, MOST_COLUMNS + 1) for width in most if width))
