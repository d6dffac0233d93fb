"""What formats hold besides text: rows of cells, and columns of numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import quoted
from gdviz.core.tables.choices import Choices, Remark
from gdviz.core.tables.table import DataFileError

# A format that knows numbers from texts leaves nothing to find out about how they are written.
AS_PYTHON = Choices(decimal=".", thousands="")
# Of a hundred sheets the rest can be chosen in the dialog.
MOST_OFFERED, MOST_LISTED = 5, 20

# A sign that separates units of data, and is no part of any.
_BETWEEN = "\x1f"
_COMMA = re.compile(r"\d,\d")


class Rows(Sequence[list[str]]):
    """Rows of cells, each kept as one text: that takes a third of the memory."""

    def __init__(self) -> None:
        self._texts = list[str]()

    def append(self, row: list[str]) -> None:
        """Add a row; one without cells becomes one with an empty cell."""
        text = _BETWEEN.join(row)
        if text.count(_BETWEEN) >= max(len(row), 1):
            text = _BETWEEN.join(cell.replace(_BETWEEN, " ") for cell in row)
        self._texts.append(text)

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> list[str]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[str]]: ...
    def __getitem__(self, index: int | slice) -> list[str] | list[list[str]]:
        if isinstance(index, slice):
            return [text.split(_BETWEEN) for text in self._texts[index]]
        return self._texts[index].split(_BETWEEN)

    def have(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern is found in any of them."""
        return any(map(pattern.search, self._texts))


@dataclass(frozen=True, eq=False)
class Cells:
    """Rows of cells as texts: a spreadsheet, JSON, a web page.

    Attributes
    ----------
    rows : sequence of list of str
        Rows that hold something; they need not be equally long.
    lines : sequence of int
        The number of each row in its file or sheet, counted from 1.
    names : tuple of str or None
        What the format itself calls the columns; None if that can only stand among the rows.
    found : Choices
        What was found out: the sheet, and how numbers are written if the format says so.
    remarks : tuple of Remark
        What was decided.
    sheets : tuple of str
        What can be chosen as `Choices.sheet`; empty if there is nothing to choose.
    """

    rows: Sequence[list[str]]
    lines: Sequence[int]
    names: tuple[str, ...] | None = None
    found: Choices = field(default_factory=Choices)
    remarks: tuple[Remark, ...] = ()
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Columns:
    """Columns that are numbers already: NumPy's arrays, Parquet.

    Attributes
    ----------
    names : tuple of str
        Empty where the format gives none.
    values : tuple of ndarray of shape (n_rows,)
        Floating-point numbers, NaN where there is none: of dates the days since 1970-01-01, of
        times and durations seconds.
    kinds : tuple of str
        ``"number"``, ``"date"``, ``"time"``, or ``"text"`` for a column without any.
    found, remarks, sheets
        As in `Cells`.
    """

    names: tuple[str, ...]
    values: tuple[NDArray[np.float64], ...]
    kinds: tuple[str, ...]
    found: Choices = field(default_factory=Choices)
    remarks: tuple[Remark, ...] = ()
    sheets: tuple[str, ...] = ()


def sheet_of(
    path: Path, choices: Choices, sheets: Sequence[str], first: str, what: str
) -> tuple[str, tuple[Remark, ...]]:
    """Return which of several sheets to read, and what to tell if nobody chose it.

    Raises
    ------
    DataFileError
        If there is none of the name that was chosen.
    """
    if choices.sheet is None:
        others = [sheet for sheet in sheets if sheet != first]
        return first, offered(f"It has {len(sheets):,} {what}s: {quoted(first)} is read", others)
    if choices.sheet not in sheets:
        known = ", ".join(map(quoted, sheets[:MOST_LISTED]))
        reason = f" has no {what} {quoted(choices.sheet)}. There is: {known}."
        raise DataFileError(path, reason)
    return choices.sheet, ()


def offered(text: str, others: Sequence[str]) -> tuple[Remark, ...]:
    """Return remarks that one thing was read, and each of the first of the others was not."""
    names = [quoted(other) for other in others[:MOST_OFFERED]]
    said = [f"{text}, not {name}." for name in names[:1]]
    said += [f"{name} isn't read, either." for name in names[1:]]
    return tuple(
        Remark(words, f"Read {name}", Choices(sheet=other))
        for words, name, other in zip(said, names, others, strict=False)
    )


def numbers_as_python(rows: Rows) -> Choices:
    """Return that numbers are written with a point, unless a text says otherwise."""
    return Choices() if rows.have(_COMMA) else AS_PYTHON
