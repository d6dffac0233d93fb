"""Table: the columns of a file, and sentences for what can't be used in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import TOO_LITTLE_MEMORY, megabytes, named, quoted
from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.faults import BadCell, Faults, LeftOut

LISTED_COLUMNS = 20


class DataFileError(Exception):
    """A file, or a part of it, that can't be used; the text is a sentence a user can act on.

    Attributes
    ----------
    line, column : int or None
        Where, counted from 1.
    text : str or None
        What stands there.
    """

    def __init__(self, path: Path, reason: str, cell: BadCell | None = None) -> None:
        super().__init__(f"{named(path)}{reason}")
        self.path = path
        self.line = cell.line if cell else None
        self.column = cell.column if cell else None
        self.text = cell.text if cell else None


class LargeTableError(DataFileError):
    """A file that is so large that one should be asked before it is read.

    Attributes
    ----------
    size : int
        Its bytes.
    """

    def __init__(self, path: Path, size: int) -> None:
        super().__init__(path, f" is very large: {megabytes(size)}.")
        self.size = size


@dataclass(frozen=True, eq=False)
class Table:
    """All columns of a file.

    Attributes
    ----------
    names : tuple of str
        A name of its own for every column, from the header or made up.
    values : ndarray of shape (n_rows, n_columns)
        NaN where there is no usable number.
    numeric : tuple of int
        The columns, counted from 0, that hold numbers: at least half of what stands in them. They
        stand in the order in which to offer them.
    faults : Faults
        What can't be used.
    asked, found : Choices
        How it was to be read, and how it was.
    remarks : tuple of Remark
        What had to be decided, in the order in which to tell it.
    suggested : tuple of int
        The columns, counted from 0, to begin with as x and y; by default the first of numbers.
    why : str
        Why these, in one line.
    kinds : tuple of str
        What the values of each column are: ``number``; ``date``, in days since 1970-01-01; or
        ``time``, in seconds. All are numbers if it is empty.
    made : dict of int to tuple of int
        The columns that aren't the file's, and which of the file's they are made of.
    """

    path: Path
    names: tuple[str, ...]
    values: NDArray[np.float64]
    numeric: tuple[int, ...]
    faults: Faults
    asked: Choices = field(default_factory=Choices)
    found: Choices = field(default_factory=Choices)
    remarks: tuple[Remark, ...] = ()
    suggested: tuple[int, int] | None = None
    why: str = ""
    kinds: tuple[str, ...] = ()
    made: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name of the file, as it can be shown."""
        return named(self.path)

    def column(self, which: str | int) -> int:
        """Return the column, counted from 0, of a name or of a number counted from 1.

        Raises
        ------
        DataFileError
            If there is none, or it holds no numbers.
        """
        index = self._find(which)
        if index is None:
            known = self._listed(range(len(self.names)))
            reason = f" has no column {quoted(str(which))}. Its columns are: {known}."
            raise DataFileError(self.path, reason)
        if index not in self.numeric:
            cell, known = self.faults.of(index), self._listed(self.numeric)
            raise DataFileError(self.path, f", {cell}. Its columns of numbers are: {known}.", cell)
        return index

    def columns(self, x: str | int | None = None, y: str | int | None = None) -> tuple[int, int]:
        """Return the columns asked for, counted from 0; the other is suggested, or the first left.

        What is suggested as x may be a date, which is no y.

        Raises
        ------
        DataFileError
            If there is no such column, or it holds no numbers.
        """
        asked_x, asked_y = (None if which is None else self.column(which) for which in (x, y))
        first_x, first_y = self.suggested or self.numeric[:2]
        if asked_x is None:
            asked_x = next(index for index in (first_x, *self.numeric) if index != asked_y)
        if asked_y is None:
            others = (index for index in self.numeric if index != first_x)
            asked_y = next(index for index in (first_y, *others, first_x) if index != asked_x)
        return asked_x, asked_y

    def dataset(
        self, x: str | int | None = None, y: str | int | None = None
    ) -> tuple[Dataset, LeftOut]:
        """Return two columns as a data set, and what cost it rows.

        Parameters
        ----------
        x, y : str or int, optional
            A column's name, or its number counted from 1; by default those suggested.

        Raises
        ------
        DataFileError
            If a column can't be used, or no row is left.
        """
        columns = self.columns(x, y)
        finite = [np.isfinite(self.values[:, index]) for index in columns]
        usable = finite[0] & finite[1]
        count = int(np.count_nonzero(usable))
        left_out = LeftOut()
        if count < len(usable):
            own = dict.fromkeys(own for index in columns for own in self.made.get(index, (index,)))
            missing = {
                index: len(usable) - int(np.count_nonzero(np.isfinite(self.values[:, index])))
                for index in own
            }
            left_out = self.faults.left_out(len(usable) - count, sum(missing.values()), missing)
        x_name, y_name = (self.names[index] for index in columns)
        if not count:
            both, bad = f"{quoted(x_name)} and {quoted(y_name)}", left_out.first[0]
            raise DataFileError(self.path, f" has no row with a number in both {both}: {bad}.", bad)
        rows: slice | NDArray[np.bool_] = usable if left_out else slice(None)
        try:
            x_values, y_values = (self.values[rows, index] for index in columns)
            calendar = self._calendar(columns[0], float(x_values[0]))
            if calendar is not None:
                x_values = calendar.counted(x_values)
            return Dataset(x_values, y_values, x_name, y_name, self.title, calendar), left_out
        except ValueError as error:
            raise DataFileError(self.path, f": {error}") from None
        except MemoryError:
            raise DataFileError(self.path, f" {TOO_LITTLE_MEMORY}") from None

    def _calendar(self, column: int, first: float) -> Calendar | None:
        """Return how a column counts dates or times from the first row on, if it does."""
        kind = self.kinds[column] if self.kinds else "number"
        return None if kind == "number" else Calendar.since(kind, first)

    def _find(self, which: str | int) -> int | None:
        name = str(which)
        if isinstance(which, str):
            folded = [known.casefold() for known in self.names]
            for names, wanted in ((list(self.names), name), (folded, name.casefold())):
                if wanted in names:
                    return names.index(wanted)
        known = {str(number): number - 1 for number in range(1, len(self.names) + 1)}
        return known.get(name)

    def _listed(self, columns: Sequence[int]) -> str:
        listed = [f"{index + 1} {quoted(self.names[index])}" for index in columns[:LISTED_COLUMNS]]
        more = len(columns) - len(listed)
        return ", ".join([*listed, f"and {more:,} more"] if more else listed)


def summary(left_out: LeftOut) -> str:
    """Return the lines of a notice: how many rows were left out and, of the first, why."""
    rows, cells = left_out.rows, left_out.cells
    count = f"{rows:,} row{' was' if rows == 1 else 's were'} left out"
    listed = [str(cell) for cell in left_out.first]
    more = cells - len(listed)
    if more:
        listed.append(f"… and {more:,} more, {cells:,} in all")
    return "\n".join([f"{count}:", *listed] if cells else [f"{count}."])
