"""Unlisted: mistakes with a number that can be any, solved for what the first rows print."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gdviz.core.check import solving
from gdviz.core.check.causes import USUAL
from gdviz.core.check.evidence import Counting, Evidence
from gdviz.core.check.glance import MOST_BATCHES, Glance
from gdviz.core.check.loop import Loop
from gdviz.core.check.replay import is_linear
from gdviz.core.check.ways import Mistake, Unknown, Way, changed

Made = tuple[tuple[Mistake, Way], ...]
# What isn't linear is followed for so many updates in all.
MOST_UPDATES = 120_000
# And so many numbers are solved for that the first rows alone don't tell.
MOST_SOLVED = 250
FIRST_ROWS = 3
FEW_DIGITS, MOST_DEPARTURES = 20, 130


class Unlisted:
    """Right loops' variations by numbers that nobody listed."""

    def __init__(self, evidence: Evidence, counting: Counting) -> None:
        self._evidence, self._counting = evidence, counting
        self._updates, self._solved, self._batches = MOST_UPDATES, MOST_SOLVED, MOST_BATCHES

    def made(self, right: Loop, known: list[tuple[Mistake, Way]], solved: bool) -> Iterator[Made]:
        """Yield what can have been made, with one of the mistakes known if any.

        Its number is solved for, or tried.
        """
        self._right = right
        self._glance = Glance(self._evidence, self._counting, right)
        self._glance.left = min(self._glance.left, max(self._batches, 0))
        self._at_first: dict[Any, list[float] | None] = {}
        self._departed: dict[Any, list[float]] = {}
        for mistake in USUAL:
            for unknown in mistake.unknowns:
                if (unknown.found != "at") != solved:
                    continue
                if (known and unknown.seldom) or (mistake.needs_bias and not self._right.with_bias):
                    continue
                for beside in _beside(mistake, unknown, known):
                    for number in self._numbers(unknown, [way for _, way in beside]):
                        yield (*beside, (mistake, unknown.way(number)))
        self._batches = self._glance.left

    def _numbers(self, unknown: Unknown, ways: list[Way]) -> Iterator[float]:
        """Yield the numbers with which a loop with these mistakes, too, prints the first rows."""

        def of(number: float) -> Loop:
            return changed(self._right, *ways, unknown.way(number))

        example = unknown.way(float(unknown.values[-1]))
        loop = changed(self._right, *ways, example)
        if unknown.found == "later":
            yield from self._departures(ways)
            return
        if unknown.found == "at":
            for number in unknown.values.tolist():
                fewer = of(number).batch < len(self._evidence.data)
                if fewer and self._glance.goes_on(*ways, unknown.way(number)):
                    yield number
            return
        if loop.batch and not is_linear(loop):
            return
        if not loop.weights_after and not loop.loss_after:
            key = (id(unknown), *(way.at_start for way in ways))
            if key not in self._at_first:
                self._at_first[key] = self._begun(of, unknown)
            begun = self._at_first[key]
            if begun is not None:
                yield from (one for one in begun if self._glance.goes_on(*ways, unknown.way(one)))
                return
        if example.begins_right and not self._glance.goes_on(*ways, example):
            return
        if not self._glance.between([of(number) for number in unknown.values.tolist()]):
            return
        places = self._places(loop)
        self._solved -= 1
        if not is_linear(loop) and places:
            last = int(self._counting.iterations[places[-1]])
            self._updates -= len(unknown.values) * (last + 20)
        if min(self._updates, self._solved) < 0:
            return
        yield from solving.numbers(of, unknown.values, self._evidence, self._counting, places)

    def _departures(self, ways: list[Way]) -> list[float]:
        """Return the updates by which a loop with these mistakes may leave the log."""
        key = tuple(id(way) for way in ways)
        if key not in self._departed:
            self._departed[key] = self._departing(changed(self._right, *ways), ways)
        return self._departed[key]

    def _departing(self, loop: Loop, ways: list[Way]) -> list[float]:
        if loop.batch or (ways and not self._glance.goes_on(*ways)):
            return []
        iterations = self._counting.iterations
        first_rows = list(range(len(iterations[:FIRST_ROWS])))
        if ways and not self._evidence.could_be([loop], self._counting, first_rows).all():
            return []
        if not is_linear(loop):
            self._updates -= int(iterations[-1])
            if self._updates < 0:
                return []
        marks = self._evidence.agreeing(loop, self._counting)
        row = int(np.argmin(marks))
        if marks.all() or row == 0:
            return []
        # A few updates before it, for digits too few to show it at once.
        last = int(iterations[row]) + 1
        first = max(int(iterations[row - 1]) - FEW_DIGITS, 0)
        return [float(at) for at in range(last, max(first, last - MOST_DEPARTURES) - 1, -1)]

    def _begun(self, of: Callable[[float], Loop], unknown: Unknown) -> list[float] | None:
        """Return the numbers that the row before the first update leaves; None if any."""
        if self._counting.iterations[0] != 0 or not self._evidence.finite[0]:
            return None
        at = self._evidence, self._counting, [0]
        whole = [(float(unknown.values[0]), float(unknown.values[-1]))]
        found = solving.brackets(of, unknown.values, *at)
        return None if found == whole else list(solving.numbers(of, unknown.values, *at))

    def _places(self, loop: Loop) -> list[int]:
        """Return the first rows, as far as they are soon reached."""
        iterations = self._counting.iterations
        places = np.flatnonzero(self._evidence.finite)[: solving.FEW]
        if not is_linear(loop):
            soon = iterations[places] <= solving.SOON
            places = places[soon & (np.arange(len(places)) <= 1 + (iterations[:2].max() < 2))]
        return [int(place) for place in places]


def _beside(mistake: Mistake, unknown: Unknown, known: list[tuple[Mistake, Way]]) -> Iterator[Made]:
    """Yield none, or each mistake that an unknown number has nothing to do with."""
    if not known:
        yield ()
    fields = unknown.way(float(unknown.values[0])).changes.keys()
    for one in known:
        if one[0] is not mistake and one[1].changes.keys().isdisjoint(fields):
            yield (one,)
