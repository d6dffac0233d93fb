"""Choosing: which two columns of a table to begin with, and why."""

import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import quoted
from gdviz.core.tables.choices import Remark
from gdviz.core.tables.made import made_column
from gdviz.core.tables.notations.columns import listed

# So many rows, here and there, tell what a column is like; what is said of it is looked up in all.
SAMPLE_ROWS = 1_000
FEWEST_COUNTED = 3
# A name that is longer is no id's.
LONGEST_ID = 60

_NO_NAME = re.compile(r"((column|unnamed:)[ _]?|\.\.\.)[\d.]+|", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = re.compile(r"[^\W_]+|[#№]")
_IDS = {"id", "ids", "uid", "uuid", "guid"}
_NUMBERS = {"no", "nr", "num", "idx", "sno", "№", "#"}
_ROWS = {
    "rownames", "row names", "rowname", "row name", "index", "row", "rows", "line", "n°", "nº",
    "serial", "serial number", "record", "record number", "obs", "observation", "case", "key",
    "sample", "sample number", "subject", "participant", "respondent", "nummer", "lfd nummer",
    "row number", "rank",
}  # fmt: skip


class Flaw(enum.IntEnum):
    """What speaks against a column, the least first: with it one may begin if nothing is better."""

    NONE = 0
    NUMBERS_ROWS = 1
    MISSING = 2
    CONSTANT = 3


# One column, several of them.
_SAYS = {
    Flaw.NUMBERS_ROWS: ("looks like an id or a row number",
                        "look like ids or row numbers"),
    Flaw.MISSING: ("is mostly missing", "are mostly missing"),
    Flaw.CONSTANT: ("never changes", "never change"),
}  # fmt: skip


class Chosen(NamedTuple):
    """The columns of a table, with those made for it, and the two to begin with.

    Attributes
    ----------
    numeric : tuple of int
        The columns to choose from, in the order in which to offer them.
    made : dict of int to tuple of int
        The columns that aren't the file's, and which of the file's they are made of.
    columns : tuple of int
        x and y.
    why : str
        Why these, in one line.
    """

    names: tuple[str, ...]
    values: NDArray[np.float64]
    kinds: tuple[str, ...]
    numeric: tuple[int, ...]
    made: Mapping[int, tuple[int, ...]]
    columns: tuple[int, int]
    why: str
    remarks: list[Remark]


def chosen(
    names: Sequence[str],
    values: NDArray[np.float64],
    kinds: Sequence[str],
    numeric: Sequence[int],
) -> Chosen:
    """Return the columns to begin with, x and y.

    Those named so, or else the first two, but for numbers of rows, ids and columns without much to
    see, where there are better ones. A date is x, never y. What has only one column of numbers gets
    one more, the number of the row, and a date with the time beside it one of both.

    Parameters
    ----------
    values : ndarray of shape (n_rows, n_columns)
        NaN where there is none.
    kinds : sequence of {"number", "date", "time"}
        Of every column.
    numeric : sequence of int
        Those that can be used, in their order; there is one of kind "number".
    """
    names, kinds, numeric = tuple(names), tuple(kinds), tuple(numeric)
    new = made_column(names, values, kinds, numeric)
    made = {len(names): new.of} if new else {}
    if new:
        numeric = (len(names), *numeric)
        names, kinds = (*names, new.name), (*kinds, new.kind)
        values = np.column_stack((values, new.values))
    columns, why, remarks = _Choice(names, values, kinds, numeric, made).told()
    said = [Remark(new.remark)] if new else []
    return Chosen(names, values, kinds, numeric, made, columns, why, said + remarks)


def no_best_line(x_name: str) -> str:
    """Say what becomes of a line over a column of equal numbers."""
    return f"{quoted(x_name)} is the same in every row: with a bias, many lines fit equally well."


class _Choice:
    """Looks at as few columns as it needs, and at as little of them."""

    def __init__(
        self,
        names: tuple[str, ...],
        values: NDArray[np.float64],
        kinds: tuple[str, ...],
        numeric: tuple[int, ...],
        made: Mapping[int, tuple[int, ...]],
    ) -> None:
        self.names, self.values, self.kinds, self.numeric = names, values, kinds, numeric
        self.made, self._flaws, self._counted = made, dict[int, Flaw](), set[int]()
        # In no step, which a table might share; the golden ratio spreads them evenly.
        spread = np.arange(SAMPLE_ROWS) * 0.6180339887498949 % 1 * len(values)
        few = len(values) <= SAMPLE_ROWS
        self._rows = np.arange(len(values)) if few else np.unique(spread.astype(np.intp))

    def told(self) -> tuple[tuple[int, int], str, list[Remark]]:
        """Return x and y, why these, and what there is to say of it."""
        named = self._named()
        x, y = columns = named or self._best()
        passed = {} if named else self._passed_over(columns)
        remarks = [
            Remark(
                f"{listed(names)} {_SAYS[flaw][len(names) > 1]}, so other columns are shown first."
            )
            for flaw, names in self._told_of(passed).items()
        ]
        if x not in self.made and self.flaw(x) is Flaw.CONSTANT:
            remarks.append(Remark(no_best_line(self.names[x])))
        return columns, self._why(x, passed, named is not None), remarks + self._other_wish(x, y)

    def flaw(self, column: int) -> Flaw:
        """Return what speaks most against a column."""
        if column not in self._flaws:
            self._flaws[column] = Flaw.NONE if column in self.made else self._flaw(column)
        return self._flaws[column]

    def _flaw(self, column: int) -> Flaw:
        sample = self.values[self._rows, column]
        known = np.isfinite(sample)
        if 2 * np.count_nonzero(known) < len(sample):
            return Flaw.MISSING
        if self._is_constant(column, sample[known]):
            return Flaw.CONSTANT
        if self.kinds[column] == "number" and self._numbers_rows(column, sample[known], known):
            return Flaw.NUMBERS_ROWS
        return Flaw.NONE

    def _is_constant(self, column: int, sample: NDArray[np.float64]) -> bool:
        if len(self.values) < 2 or (sample != sample[:1]).any():
            return False
        known = self.values[:, column]
        known = known[np.isfinite(known)]
        return bool((known == known[:1]).all())

    def _numbers_rows(
        self, column: int, numbers: NDArray[np.float64], known: NDArray[np.bool_]
    ) -> bool:
        """Tell whether a column tells rows apart, and nothing else."""
        if (numbers != np.floor(numbers)).any():
            return False
        name = self.names[column]
        begins = numbers - self._rows[known]
        if len(begins) >= FEWEST_COUNTED and begins[0] in (0, 1) and np.ptp(begins) == 0:
            self._counted.add(column)
        if says_id(name):
            return True
        has_no_name = _NO_NAME.fullmatch(name) is not None
        if says_number(name) or (has_no_name and self._others_have_names):
            return len(np.unique(numbers)) == len(numbers)
        return has_no_name and column in self._counted

    @cached_property
    def _others_have_names(self) -> bool:
        return not all(map(_NO_NAME.fullmatch, self.names))

    def _named(self) -> tuple[int, int] | None:
        """Return the columns named x and y, if there are two that can be."""
        known = {self.names[index].strip().casefold(): index for index in reversed(self.numeric)}
        x, y = known.get("x"), known.get("y")
        return None if x is None or y is None or self.kinds[y] != "number" else (x, y)

    def _best(self) -> tuple[int, int]:
        """Return the first two columns with the least flaws."""
        for worst in Flaw:
            pair = self._pair(index for index in self.numeric if self.flaw(index) <= worst)
            if pair:
                return pair
        raise ValueError("there is no column of numbers, or only one column")

    def _pair(self, columns: Iterable[int]) -> tuple[int, int] | None:
        """Return the first column and the next one for y; or the second, if only the first is."""
        seen: list[int] = []
        for index in columns:
            if seen and self.kinds[index] == "number":
                return seen[0], index
            seen.append(index)
        return (seen[1], seen[0]) if len(seen) > 1 and self.kinds[seen[0]] == "number" else None

    def _passed_over(self, columns: tuple[int, int]) -> dict[int, Flaw]:
        """Return the columns that would have been taken but for a flaw."""
        before = self.numeric[: max(map(self.numeric.index, columns))]
        flaws = {index: self.flaw(index) for index in before if index not in columns}
        return {index: flaw for index, flaw in flaws.items() if flaw}

    def _told_of(self, passed: Mapping[int, Flaw]) -> dict[Flaw, list[str]]:
        """Return the names by flaw; that the number of a row is passed over needs no word."""
        told: dict[Flaw, list[str]] = {}
        for index, flaw in passed.items():
            if flaw is not Flaw.NUMBERS_ROWS or index not in self._counted:
                told.setdefault(flaw, []).append(self.names[index])
        return told

    def _why(self, x: int, passed: Mapping[int, Flaw], are_named: bool) -> str:
        """Say in one line why these columns were taken."""
        if self.made.get(x) == ():
            return "Row number and only column of numbers."
        if self.kinds[x] != "number":
            first = f"{self.kinds[x].capitalize()} and first column of numbers"
        elif len(self.numeric) == 2:
            first = "Two columns of numbers"
        elif are_named:
            first = "Columns named x and y"
        else:
            first = "First two columns of numbers"
        names = [self.names[index] for index in passed]
        return f"{first}{f', but for {listed(names)}' if names else ''}."

    def _other_wish(self, x: int, y: int) -> list[Remark]:
        """Return a word on two columns of numbers beside a date."""
        if self.kinds[x] == "number":
            return []
        others = (index for index in self.numeric if index != y and self.kinds[index] == "number")
        other = next((index for index in others if not self.flaw(index)), None)
        if other is None:
            return []
        wish = f"{quoted(self.names[other])} over {quoted(self.names[y])}"
        return [Remark(f"A {self.kinds[x]} is taken as x; {wish} is possible, too.")]


def says_id(name: str) -> bool:
    """Tell whether a name says that what it names is an id, such as customer_id or PassengerId."""
    words = _words(name)
    return bool(words) and (words[0] in _IDS or words[-1] in _IDS)


def says_number(name: str) -> bool:
    """Tell whether a name says that what it names only counts, such as no, index or Sample #."""
    words = _words(name)
    return bool(words) and (words[-1] in _NUMBERS or " ".join(words) in _ROWS)


def _words(name: str) -> list[str]:
    """Return the words of a short name."""
    spaced = _CAPITAL.sub(" ", name) if len(name) <= LONGEST_ID else ""
    return _WORDS.findall(spaced.casefold())
