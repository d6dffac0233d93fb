"""Unlisted: mistakes with a number that can be any, solved for what the first rows print."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gdviz.core.check import solving
from gdviz.core.check.evidence import Counting, Evidence
from gdviz.core.check.glance import Glance
from gdviz.core.check.loop import Loop
from gdviz.core.check.replay import is_linear
from gdviz.core.check.ways import Mistake, Unknown, Way, changed

Made = tuple[tuple[Mistake, Way], ...]
# What isn't linear is followed for so many updates in all.
MOST_UPDATES = 120_000


class Unlisted:
    """One right loop's variations by numbers that nobody listed."""

    def __init__(self, evidence: Evidence, counting: Counting, right: Loop) -> None:
        self._evidence, self._counting, self._right = evidence, counting, right
        self._glance = Glance(evidence, counting, right)
        self._at_first: dict[Any, list[float] | None] = {}
        self._left = MOST_UPDATES

    def made(
        self, known: list[tuple[Mistake, Way]], mistakes: tuple[Mistake, ...]
    ) -> Iterator[Made]:
        """Yield what can have been made: one of the mistakes, with one of those known if any."""
        for mistake in mistakes:
            for unknown in mistake.unknowns:
                if (known and unknown.seldom) or (mistake.needs_bias and not self._right.with_bias):
                    continue
                for beside in _beside(mistake, unknown, known):
                    for number in self._numbers(unknown, [way for _, way in beside]):
                        yield (*beside, (mistake, unknown.way(number)))

    def _numbers(self, unknown: Unknown, ways: list[Way]) -> Iterator[float]:
        """Yield the numbers with which a loop with these mistakes, too, prints the first rows."""

        def of(number: float) -> Loop:
            return changed(self._right, *ways, unknown.way(number))

        example = unknown.way(float(unknown.values[-1]))
        loop = changed(self._right, *ways, example)
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
        places = self._places(loop)
        if not is_linear(loop) and places:
            self._left -= len(unknown.values) * (int(self._counting.iterations[places[-1]]) + 20)
            if self._left < 0:
                return
        yield from solving.numbers(of, unknown.values, self._evidence, self._counting, places)

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
