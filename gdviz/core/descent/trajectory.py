"""Trajectory: the record of a run, one row for each iteration, that only ever grows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.highlights import Highlights


class Row(NamedTuple):
    """The state before update number `iteration`, or a place on the way from there to the next.

    Attributes
    ----------
    loss : float
        Of all rows of the data, batches or not.
    weight_gradient, bias_gradient : float
        Its partial derivatives; 0 for a parameter that is fixed.
    weight_step, bias_step : float
        What the update adds; on the way, what is left of it.
    weight_slope, bias_slope : float or None
        The derivatives that the step follows, in the units descent runs in, where they are those
        of a batch.
    walked : float
        How much of the step is behind, of 1; nothing in a record.
    """

    iteration: int
    weight: float
    bias: float
    loss: float
    weight_gradient: float
    bias_gradient: float
    weight_step: float
    bias_step: float
    weight_slope: float | None = None
    bias_slope: float | None = None
    walked: float = 0.0

    @property
    def position(self) -> float:
        """Where it is in the run: its iteration, or so far beyond as it has walked."""
        return self.iteration + self.walked


# Without those of a batch.
COLUMNS = Row._fields[1:8]
# So many of the newest rows are kept one by one, but no more than a quarter of what there is room
# for.
NEWEST = 1024
# The place of the losses among them.
LOSS = COLUMNS.index("loss")


@dataclass(frozen=True, eq=False)
class Record:
    """What a trajectory held at one moment; it never changes, whatever the trainer appends.

    Attributes
    ----------
    rows : ndarray of shape (n_kept, 7), read-only
        The columns of a row at the iterations 0, `stride`, 2 `stride`, …; 9 in a run of batches.
    stride : int
        1 until the memory budget is reached, then 2, 4, ….
    last : Row or None
        The newest row, kept even where it isn't a multiple of the stride.
    uneven : ndarray of int of shape (n_kept,), or None
        The iterations of the rows where they are in no equal strides, as in a log.
    between : ndarray of int, or None
        The numbers of the rows that are kept though they lie between the strides.
    """

    rows: NDArray[np.float64]
    stride: int
    last: Row | None
    uneven: NDArray[np.int64] | None = None
    between: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        """Return how many rows can be looked at, the newest included."""
        return len(self.rows) + self._newest_is_extra

    def __getitem__(self, index: int) -> Row:
        """Return row number `index` of those kept."""
        index = range(len(self))[index]
        if index == len(self.rows):
            assert self.last is not None
            return self.last
        return Row(int(self.iterations_of(index)), *self.rows[index].tolist())

    @property
    def weight(self) -> NDArray[np.float64]:
        """Weights of the kept rows, of shape (n_kept,)."""
        return self.rows[:, 0]

    @property
    def bias(self) -> NDArray[np.float64]:
        """Biases of the kept rows, of shape (n_kept,)."""
        return self.rows[:, 1]

    @property
    def loss(self) -> NDArray[np.float64]:
        """Losses of the kept rows, of shape (n_kept,)."""
        return self.rows[:, 2]

    @property
    def newest(self) -> int:
        """The newest iteration; -1 before the first row."""
        return self.last.iteration if self.last else -1

    def iterations_of(self, indices: Any) -> Any:  # noqa: ANN401  (one, or an array of them)
        """Return the iterations of kept rows, by their numbers."""
        return indices * self.stride if self.uneven is None else self.uneven[indices]

    def index(self, iteration: int) -> int:
        """Return the number of the last kept row at or before `iteration`, or of the first one."""
        if iteration >= self.newest:
            return len(self) - 1
        if self.uneven is not None:
            return max(0, int(np.searchsorted(self.uneven, iteration, side="right")) - 1)
        return max(0, iteration) // self.stride

    def thinned(self, most_rows: int) -> "Record":
        """Return a record of every 2nd, 3rd, … kept row, at most about `most_rows`."""
        return self.at_each(-(-len(self.rows) // most_rows))

    def at_each(self, every: int) -> "Record":
        """Return a record of every 2nd, 3rd, … kept row, and of none between these."""
        if every <= 1:
            return self
        whole = self.in_strides()
        # Copied, for views read the columns several times, and far apart they are slow to read.
        rows = whole.rows[::every].copy(order="F")
        rows.flags.writeable = False
        uneven = None if whole.uneven is None else whole.uneven[::every]
        return Record(rows, self.stride * every, self.last, uneven)

    def in_strides(self) -> "Record":
        """Return a record without the rows that lie between the strides."""
        if self.between is None:
            return self
        rows = np.asfortranarray(np.delete(self.rows, self.between, axis=0))
        rows.flags.writeable = False
        return Record(rows, self.stride, self.last)

    def with_rows(self, iterations: NDArray[np.int64], rows: NDArray[np.float64]) -> "Record":
        """Return a record in strides with some rows between these.

        Parameters
        ----------
        iterations : ndarray of int of shape (n,)
            Where they belong; they grow.
        rows : ndarray of shape (n, n_columns)
        """
        kept = np.arange(len(self.rows)) * self.stride
        new = iterations % self.stride > 0
        places = iterations[new] // self.stride + 1
        if not len(places):
            return self
        uneven, between = np.insert(kept, places, iterations[new]), places + np.arange(len(places))
        all_rows = _empty(len(uneven), self.rows.shape[1])
        for column in range(self.rows.shape[1]):
            all_rows[:, column] = np.insert(self.rows[:, column], places, rows[new, column])
        all_rows.flags.writeable = False
        return Record(all_rows, self.stride, self.last, uneven, between)

    def at(self, iteration: int) -> Row:
        """Return the last kept row at or before `iteration`."""
        return self[self.index(iteration)]

    @property
    def _newest_is_extra(self) -> bool:
        last = self.last
        return last is not None and last.iteration != self.iterations_of(len(self.rows) - 1)


def last_recorded(records: Sequence[Record], position: int) -> int:
    """Return the last iteration up to a position that any of some records holds; 0 if none does."""
    known = [record.at(position).iteration for record in records]
    return max((each for each in known if each <= position), default=0)


def recorded_beside(records: Sequence[Record], position: int, direction: int) -> int:
    """Return the next (1) iteration that any of them holds, or the last (-1); else the position."""
    if direction < 0:
        before = [record.at(position - 1).iteration for record in records]
        return max((each for each in before if each < position), default=position)
    # One that begins later has its first row at any place before it.
    rows = [record.at(position) for record in records]
    after = [record[min(record.index(position) + 1, len(record) - 1)] for record in records]
    found = [row.iteration for row in (*rows, *after) if row.iteration > position]
    return min(found, default=position)


class Trajectory:
    """An append-only record that one thread writes and any thread reads.

    It grows by doubling. When `max_rows` are full it keeps every second row and goes on with
    twice the stride, so a run of 10⁹ iterations needs no more memory than one of `max_rows`. What
    is worth keeping of those between, such as the newest rows, is in the record when it rests.

    Parameters
    ----------
    max_rows : int, even
        The memory budget of the rows in strides, of 56 bytes each: 2²⁰ take 59 MB. Another one
        counts from the next block on.
    expected_rows : int
        For how many rows to make room at once.

    Attributes
    ----------
    record : Record
        What has been written so far: replaced as a whole, so a reader never sees half a row.
    """

    def __init__(self, max_rows: int = 2**20, expected_rows: int = 1024) -> None:
        self.max_rows = max_rows
        self._kept = _empty(min(expected_rows, max_rows), len(COLUMNS))
        self.record = self._growing = Record(self._kept[:0], stride=1, last=None)
        self._highlights: Highlights | None = None

    def append(self, block: NDArray[np.float64]) -> None:
        """Add the rows of the next iterations, of shape (n, 7), or (n, 9) with batches."""
        if not len(block):
            return
        record = self._growing
        if record.last is None and block.shape[1] != self._kept.shape[1]:
            self._kept = _empty(len(self._kept), block.shape[1])
        first, last = record.newest + 1, record.newest + len(block)
        length, stride = self._make_room(last)
        if self._highlights is not None:
            self._highlights.add(np.arange(first, last + 1), block)
        new = block[-first % stride :: stride]
        self._reserve(length, length + len(new))
        self._kept[length : length + len(new)] = new
        rows = self._kept[: length + len(new)]
        rows.flags.writeable = False
        self.record = self._growing = Record(rows, stride, Row(last, *block[-1].tolist()))

    def rest(self) -> None:
        """Show what is worth keeping between the strides, too, until the next block comes."""
        if self._highlights is not None:
            self.record = self._growing.with_rows(*self._highlights.rows())

    def fit(self) -> None:
        """Rest, and keep within the budget, now that nobody writes any more."""
        self.rest()
        record, every = self.record, 1
        n_strides = len(record.rows) - (0 if record.between is None else len(record.between))
        while n_strides > every * self.max_rows:
            every *= 2
        if every > 1:
            thinned = record.at_each(every)
            if record.uneven is None or record.between is not None:
                thinned = thinned.with_rows(*self._highlights_of(record).rows())
            record = thinned
        self.record = self._growing = record
        self._kept, self._highlights = record.rows, None

    def _make_room(self, last: int) -> tuple[int, int]:
        """Thin the rows until the iteration `last` has a place; return their number and stride."""
        length, stride = len(self._growing.rows), self._growing.stride
        most, every = self.max_rows, 1  # the former may be changed by another thread
        while last // (every * stride) >= most:
            every *= 2
        if every > 1:
            if self._highlights is None:
                self._highlights = self._highlights_of(self._growing)
            thinned = self._kept[:length:every]
            self._kept = _empty(most, self._kept.shape[1])
            self._kept[: len(thinned)] = thinned
            length = len(thinned)
        return length, every * stride

    def _highlights_of(self, record: Record) -> Highlights:
        """Return what is worth keeping of a record, if rows of it are left out."""
        highlights = Highlights(max(1, min(NEWEST, self.max_rows // 4)))
        highlights.add(record.iterations_of(np.arange(len(record.rows))), record.rows)
        return highlights

    def _reserve(self, used: int, needed: int) -> None:
        """Make room; readers of the old array keep it."""
        capacity = len(self._kept)
        if needed <= capacity:
            return
        room = max(needed, min(2 * capacity, self.max_rows))
        grown = _empty(room, self._kept.shape[1])
        grown[:used] = self._kept[:used]
        self._kept = grown


def _empty(rows: int, columns: int) -> NDArray[np.float64]:
    """Return room for rows, each column in one piece: views read columns."""
    return np.empty((rows, columns), order="F")
