"""Sample: some rows of a table, each as likely as any other, the same however it was split."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Keys = NDArray[np.uint64]

SAMPLE_ROWS = 10_000
PIECE = 2**13
# The constants of SplitMix64.
GAMMA, FIRST_MIX, SECOND_MIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
MASK = 2**64 - 1
# The last step of it leaves the bits above these as they are.
LOW_BITS = 2**33 - 1


def _no_values() -> Values:
    return np.empty(0)


def _no_keys() -> Keys:
    return np.empty(0, dtype=np.uint64)


@dataclass(frozen=True, eq=False)
class Sample:
    """The rows with the least keys, where each row's key is a random number of its own.

    The key is what SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
    Generators", OOPSLA 2014) makes of the number of a row and a seed: no two rows share one.

    Attributes
    ----------
    x, y : ndarray of shape (n,)
        The rows, at most `SAMPLE_ROWS`, in the order of the table.
    rows : ndarray of int64, shape (n,)
        Their numbers in the table.
    seed : int
        What the keys are made with.
    """

    x: Values = field(default_factory=_no_values)
    y: Values = field(default_factory=_no_values)
    rows: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    seed: int = 0
    _keys: Keys = field(default_factory=_no_keys, repr=False)

    @classmethod
    def of(cls, x: Values, y: Values, first_row: int = 0, seed: int = 0) -> "Sample":
        """Return a sample of consecutive rows, `x` and `y` both of shape (n_rows,)."""
        least, limit = _Least(), np.uint64(MASK)
        steps = np.arange(1, PIECE + 1, dtype=np.uint64) * np.uint64(GAMMA)
        for first in range(0, len(x), PIECE):
            start = np.uint64((seed + (first_row + first) * GAMMA) & MASK)
            keys = mixed(steps[: len(x) - first] + start)
            # Of most rows it is told before the last step that their key is too large.
            near = np.flatnonzero(keys <= (limit | np.uint64(LOW_BITS)))
            if len(near):
                limit = least.add(near + first, finished(keys[near]))
        rows, keys = least.found
        return cls(x[rows], y[rows], rows + first_row, seed, keys)._least()

    def __len__(self) -> int:
        return len(self.rows)

    def __add__(self, other: "Sample") -> "Sample":
        if not len(other):
            return self
        if not len(self):
            return other
        if self.seed != other.seed:
            raise ValueError(
                f"Two samples were drawn with different seeds, {self.seed} and {other.seed}: "
                "sum up all parts of a table with the same."
            )
        return Sample(
            np.concatenate((self.x, other.x)),
            np.concatenate((self.y, other.y)),
            np.concatenate((self.rows, other.rows)),
            self.seed,
            np.concatenate((self._keys, other._keys)),
        )._least()

    def _least(self) -> "Sample":
        """Return the rows with the least keys, in the order of the table."""
        order = np.argsort(self.rows, kind="stable")
        if (np.diff(self.rows[order]) == 0).any():
            # Of a row that is given twice with different values, none is the first in any order.
            order = np.lexsort((self.y, self.x, self.rows))
        if len(order) > SAMPLE_ROWS:
            keys = self._keys[order]
            limit = np.partition(keys, SAMPLE_ROWS - 1)[SAMPLE_ROWS - 1]
            below, equal = np.flatnonzero(keys < limit), np.flatnonzero(keys == limit)
            order = order[np.sort(np.append(below, equal[: SAMPLE_ROWS - len(below)]))]
        x, y, rows = self.x[order], self.y[order], self.rows[order]
        return Sample(x, y, rows, self.seed, self._keys[order])


class _Least:
    """The least keys so far, and some that may be among them."""

    def __init__(self) -> None:
        self._parts: list[tuple[NDArray[np.int64], Keys]] = []
        self._count, self._limit = 0, np.uint64(MASK)

    def add(self, rows: NDArray[np.int64], keys: Keys) -> np.uint64:
        """Add rows; return the key above which none is among the least."""
        self._parts.append((rows, keys))
        self._count += len(rows)
        # Seldom: picking them costs as much as the keys of many rows.
        if self._count > 2 * SAMPLE_ROWS:
            rows, keys = self.found
            kept = np.argpartition(keys, SAMPLE_ROWS - 1)[:SAMPLE_ROWS]
            self._parts, self._count = [(rows[kept], keys[kept])], SAMPLE_ROWS
            self._limit = keys[kept].max()
        return self._limit

    @property
    def found(self) -> tuple[NDArray[np.int64], Keys]:
        """The rows and their keys."""
        if not self._parts:
            return np.empty(0, dtype=np.int64), _no_keys()
        rows, keys = zip(*self._parts, strict=True)
        return np.concatenate(rows), np.concatenate(keys)


def mixed(keys: Keys) -> Keys:
    """Return keys but for the last step, made in place."""
    for shift, factor in ((30, FIRST_MIX), (27, SECOND_MIX)):
        keys ^= keys >> np.uint64(shift)
        keys *= np.uint64(factor)
    return keys


def finished(keys: Keys) -> Keys:
    """Return keys after the last step."""
    last: Keys = keys ^ (keys >> np.uint64(31))
    return last
