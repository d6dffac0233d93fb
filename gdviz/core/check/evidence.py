"""Evidence: what a log says, number by number, and whether a loop would have printed it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.logs.log import Log, Printed
from gdviz.core.check.loop import Data, Loop
from gdviz.core.check.replay import LOOSE, SINGLE_EPSILON, UNSURE, Prints, Steps, is_linear, replay

QUANTITIES = ("weight", "bias", "loss")
Marks = NDArray[np.bool_]
# Where a loss leaves the numbers, depends on how it is written.
HUGE = 1e150
# Every so many iterations beginners print a line, if not each one.
STRIDES = (1, 10, 100, 5, 20, 50, 2, 1000, 25, 200, 500, 4, 3)
# A log of one line that doesn't say its iteration can be of any of these.
MOST_STEPS = 20_000
ROUND_STEPS = np.array(sorted(
    {*range(1, 11), *(d * 10**k for k in (1, 2, 3) for d in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9))}
)).astype(np.int64)  # fmt: skip
# What isn't linear is looked at so far first, then further.
FURTHER = (2, 10, 60, 400, 2_500)
# So seldom is a number one of 32 bits by chance.
CHANCE, UNTOLD = 1e-6, 0.5
SINGLE_MAX = float(np.finfo(np.float32).max)

# Is called again and again while loops are compared; what it raises ends that.
Tick = Callable[[], None]


def unwatched() -> None:
    """Go on in any case."""


@dataclass(frozen=True, eq=False)
class Counting:
    """Which iterations the rows of a log are.

    Attributes
    ----------
    iterations : ndarray of int
        Of each row; or of the only row, any of them.
    from_one : bool
        Whether the log counts from 1: then some print before the update, and others after it.
    """

    iterations: Steps
    from_one: bool = False
    any_of: bool = False

    def rounded(self) -> "Counting":
        """Return the same with round numbers only, if it can be any."""
        if not self.any_of or len(self.iterations) < MOST_STEPS:
            return self
        return replace(self, iterations=ROUND_STEPS)

    def rights(self, loop: Loop) -> Iterator[Loop]:
        """Yield a right loop as it can print rightly."""
        yield loop
        if self.from_one:
            yield replace(loop, weights_after=True, loss_after=True)
            yield replace(loop, weights_after=True)


def countings(log: Log, n_rows: int) -> list[Counting]:
    """Return the ways of counting the lines of a log, the likeliest first."""
    known = log.iterations
    if known is not None and len(known) and (known >= 0).all():
        if len(known) == 1:
            return [Counting(np.array([known[0], known[0] + 1]), any_of=True)]
        if known[0] == 0:
            return [Counting(known)]
        found = [Counting(known - 1, from_one=True)]
        # Some programs count the rows of the data that they have seen.
        if n_rows > 1 and np.array_equal(known, n_rows * np.arange(1, len(known) + 1)):
            found.insert(0, Counting(np.arange(len(known)), from_one=True))
        return found
    if len(log) == 1:
        return [Counting(np.arange(MOST_STEPS + 1), any_of=True)]
    rows = np.arange(len(log))
    found = [Counting(rows)]
    for stride in STRIDES[1:]:
        found += [Counting(stride * rows), Counting(stride * (rows + 1) - 1, from_one=True)]
    return found


class Evidence:
    """The numbers of a log, to compare with what loops print."""

    def __init__(self, log: Log, data: Data, tick: Tick) -> None:
        self.log, self.data, self.tick = log, data, tick
        self.said: dict[str, Printed] = {
            name: printed for name in QUANTITIES if (printed := getattr(log, name)) is not None
        }
        n = len(log)
        self.finite: Marks = np.ones(n, dtype=bool)
        for printed in self.said.values():
            with np.errstate(invalid="ignore"):
                self.finite &= ~printed.said | (np.abs(printed.values) < HUGE)

    def fits(self, prints: Prints, rows: Sequence[int] | slice) -> Marks:
        """Return whether prints are those of some rows, of shape (n_loops, n_rows)."""
        fits: Marks = np.ones(prints.weight.shape, dtype=bool)
        for name, printed in self.said.items():
            expected, noise = getattr(prints, name), getattr(prints, name + "_noise")
            fits &= _close(printed, expected, noise, rows)
        return fits

    def agreeing(self, loop: Loop, counting: Counting) -> Marks:
        """Return which rows a loop explains, of shape (n_rows,).

        What isn't linear is followed as far as it explains them, and not looked at any further.
        """
        if self.data.rows(loop.columns) is None:
            return np.zeros(len(self.log), dtype=bool)
        if counting.any_of:
            return np.array([self._fitting(loop, counting.iterations, [0]).any()])
        if is_linear(loop):
            return self._fitting(loop, counting.iterations, slice(None))
        return self._followed(loop, counting.iterations)

    def _followed(self, loop: Loop, iterations: Steps) -> Marks:
        marks = np.zeros(len(iterations), dtype=bool)
        unsure: float | None = 0.0
        looks: list[int | None] = [end for end in FURTHER if end < len(marks)]
        looks.append(None)
        while looks:
            end = looks[0]
            fits = self._fitting(loop, iterations[:end], slice(end), unsure)
            marks[:end] = fits
            if fits.all():
                del looks[0]
            elif unsure is None:
                looks.clear()
            else:
                # How far roundings have moved it takes longer to say, and is seldom asked.
                unsure = None
                looks.insert(0, int(np.argmin(fits)) + 1)
        return marks

    def _fitting(
        self, loop: Loop, iterations: Steps, rows: list[int] | slice, unsure: float | None = None
    ) -> Marks:
        self.tick()
        with np.errstate(all="ignore"):
            fits = self.fits(replay([loop], self.data, iterations, unsure), rows)
        return np.asarray(fits[0])

    def could_be(self, loops: Sequence[Loop], counting: Counting, rows: list[int]) -> Marks:
        """Return which loops explain some rows, at a first look."""
        self.tick()
        can_run = [self.data.rows(loop.columns) is not None for loop in loops]
        if not all(can_run):
            marks = np.zeros(len(loops), dtype=bool)
            these = [loop for loop, can in zip(loops, can_run, strict=True) if can]
            marks[can_run] = self.could_be(these, counting, rows)
            return marks
        if not loops:
            return np.zeros(0, dtype=bool)
        at = counting.iterations if counting.any_of else counting.iterations[rows]
        with np.errstate(all="ignore"):
            prints = replay(loops, self.data, at, UNSURE)
            fits = self.fits(prints, [0] if counting.any_of else rows)
        return np.asarray(fits.any(axis=1) if counting.any_of else fits.all(axis=1))

    @cached_property
    def single(self) -> float:
        """Return how seldom chance makes all numbers some that 32 bits hold; 1 if they aren't."""
        chance = 1.0
        for printed in self.said.values():
            some = printed.said & np.isfinite(printed.values)
            if (np.abs(printed.values[some]) > SINGLE_MAX).any():
                return 1.0
            values, precision = printed.values[some][:50], printed.precision[some][:50]
            with np.errstate(over="ignore"):
                near = np.abs(values - values.astype(np.float32).astype(np.float64))
            spacing = SINGLE_EPSILON * np.abs(values)
            told = precision < spacing / 8
            if (near[told] > precision[told] * 1.001 + 1e-15 * np.abs(values[told])).any():
                return 1.0
            told &= spacing > 0
            chance *= float(np.prod(np.minimum(1, 4 * precision[told] / spacing[told] + 1e-8)))
        return min(chance, UNTOLD)


def _close(
    printed: Printed, expected: NDArray[np.float64], noise: NDArray[np.float64],
    rows: Sequence[int] | slice,
) -> Marks:  # fmt: skip
    values, precision = printed.values[rows], printed.precision[rows]
    near = np.abs(values - expected) <= precision * (1 + 1e-9) + noise
    near &= np.isfinite(expected) & (np.isfinite(noise) | (np.abs(values) > LOOSE))
    beyond = ~np.isfinite(values) & ~(np.abs(expected) < HUGE)
    close: Marks = ~printed.said[rows] | near | beyond
    return close
