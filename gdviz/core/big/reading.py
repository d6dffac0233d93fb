"""Reading: from lines of a text, or batches of Parquet, to rows of two columns and what is bad."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.big.engine import engine_of
from gdviz.core.big.written import Written
from gdviz.core.tables.body import Body
from gdviz.core.tables.calendar import DAY_S
from gdviz.core.tables.faults import SHOWN_CELLS, BadCell, LeftOut
from gdviz.core.tables.formats.parquet import Kind, values_of
from gdviz.core.tables.layouts.layout import Layout
from gdviz.core.tables.rows import whole_rows

if TYPE_CHECKING:
    from pyarrow import RecordBatch

Values = NDArray[np.float64]
_NONE = LeftOut()


class Rows(NamedTuple):
    """Some rows of two columns.

    Attributes
    ----------
    x, y : ndarray of shape (n_rows,)
        Finite numbers.
    left_out : LeftOut
        What isn't among them; lines are counted from 1 where these began.
    lines : int
        How many lines were read.
    """

    x: Values
    y: Values
    left_out: LeftOut
    lines: int


@dataclass
class Listed:
    """Whether so many faults have been listed that more are only counted."""

    is_full: bool = False

    def note(self, left_out: LeftOut) -> None:
        """Look at all that was left out so far."""
        self.is_full = len(left_out.first) >= SHOWN_CELLS


class TextReader:
    """Reads lines, with the engine where it can; used by several threads at once.

    Parameters
    ----------
    listed : Listed
        Until it is full, lines with faults are read by gdviz's own reader, which names them.
    """

    def __init__(self, written: Written, layout: Layout, listed: Listed) -> None:
        self._written, self._layout, self._listed = written, layout, listed
        self._engine = engine_of(written)

    def rows(self, block: bytes) -> Rows:
        """Return the rows of some lines."""
        written, lines = self._written, _count_lines(block)
        columns = self._engine.columns(block) if self._engine else None
        if columns is not None:
            missing = [
                len(column) - int(np.count_nonzero(np.isfinite(column))) for column in columns
            ]
            if self._listed.is_full or not any(missing):
                by_column = dict(zip(written.columns, columns, strict=True))
                x, y, left = _usable(written, by_column)
                return Rows(x, y, LeftOut(left, sum(missing)) if left else _NONE, lines)
        return self._own(block, lines)

    def _own(self, block: bytes, lines: int) -> Rows:
        """Return them as gdviz's own reader reads them."""
        written, layout = self._written, self._layout
        text = io.StringIO(block.decode(written.encoding, "replace"), newline=None)
        body, line = Body(layout, written.notations), 1
        for piece in whole_rows(text, layout, len(block) // max(1, lines)):
            line += body.add_text(piece, line)
        _, values, _, faults = body.read()
        needed = written.columns
        x, y, left = _usable(written, {index: values[:, index] for index in needed})
        if not left:
            return Rows(x, y, _NONE, lines)
        missing = {index: int(np.isnan(values[:, index]).sum()) for index in needed}
        left_out = faults.left_out(left, sum(missing.values()), missing)
        if self._engine:
            self._engine.learn(cell.text for cell in left_out.first if cell.name)
        return Rows(x, y, left_out, lines)


def rows_of_batch(
    batch: "RecordBatch", kinds: Sequence[Kind], written: Written, listed: Listed, first: int
) -> Rows:
    """Return the rows of a batch of Parquet, whose columns are those that are needed."""
    read = map(values_of, batch.columns, kinds)
    columns = dict(zip(written.columns, read, strict=True))
    x, y, left = _usable(written, columns)
    if not left:
        return Rows(x, y, _NONE, 0)
    bad = {index: np.flatnonzero(np.isnan(values)) for index, values in columns.items()}
    cells = [] if listed.is_full else [
        BadCell(first + row + 1, index + 1, written.names[index], "", "the value is missing")
        for index, rows in bad.items()
        for row in rows[:SHOWN_CELLS].tolist()
    ]  # fmt: skip
    cells.sort(key=lambda cell: (cell.line, cell.column))
    # Their lines are numbers of rows in the file.
    left_out = LeftOut(left, sum(map(len, bad.values())), tuple(cells[:SHOWN_CELLS]))
    return Rows(x, y, left_out, 0)


def placed(left_out: LeftOut, lines: int, source: str) -> LeftOut:
    """Return the same, so many lines further down in some file."""
    if not left_out.first:
        return left_out
    first = (replace(cell, line=cell.line + lines, source=source) for cell in left_out.first)
    return replace(left_out, first=tuple(first))


def _usable(written: Written, columns: dict[int, Values]) -> tuple[Values, Values, int]:
    """Return x and y of the rows that have both, and how many have not."""
    y = columns[written.y_column]
    x = columns[written.x_columns[0]]
    for time in written.x_columns[1:]:
        x = x + columns[time] / DAY_S
    usable = np.isfinite(x)
    usable &= np.isfinite(y)
    left = len(usable) - int(np.count_nonzero(usable))
    if left:
        x, y = x[usable], y[usable]
    if written.calendar is not None:
        x = written.calendar.counted(x)
    return np.ascontiguousarray(x), np.ascontiguousarray(y), left


def _count_lines(block: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(block, np.uint8) == ord("\n")))
