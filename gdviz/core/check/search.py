"""Search: the right loop, or the simplest wrong ones, that would have printed a log."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from gdviz.core.check import differing, solving
from gdviz.core.check.causes import USUAL
from gdviz.core.check.ensemble import Ensemble
from gdviz.core.check.evidence import CHANCE, Counting, Evidence, Marks, Tick, countings
from gdviz.core.check.glance import Glance
from gdviz.core.check.logs.log import Log
from gdviz.core.check.loop import Data, Loop
from gdviz.core.check.orders import SEEDS
from gdviz.core.check.replay import UNSURE, is_linear, replay
from gdviz.core.check.rights import UNKNOWN, found_out, meant, rarely, rights, starts
from gdviz.core.check.unlisted import Unlisted
from gdviz.core.check.verdict import Difference, Explanation, Given
from gdviz.core.check.ways import Mistake, Way, Wrong, alters, changed, combinations
from gdviz.core.tables.dataset import Dataset

MOST_EXPLANATIONS = 3
# So many loops are followed together.
TOGETHER = 512
# What isn't linear is followed for so many updates in all, at a first look.
MOST_UPDATES = 150_000
LONGEST_LOOK = 2_000
# More of it is put off until nothing else is found.
MOST_LATE, LATE_UPDATES = 12_000, 400_000
# And what is left of it, for so many rows.
SECOND_LOOK = 8
# Of a longer run only the beginning is drawn.
LONGEST_WALK = 200_000
# Rates are solved for so many variations of a right loop, at most.
MOST_SOLVED = 60


class Search:
    """One log, compared with all loops that could have printed it."""

    def __init__(self, log: Log, dataset: Dataset, given: Given, tick: Tick) -> None:
        self._log, self._given = log, given
        self.more = False  # whether there are more explanations than were given
        self._data = Data(dataset)
        self._evidence = Evidence(log, self._data, tick)
        self._countings = countings(log, len(dataset))
        self._nearest: tuple[int, Loop, Counting] | None = None
        self._late: list[Wrong] | None = None

    def right(self) -> Loop | None:
        """Return a right loop that explains every digit, if there is one."""
        for counting in self._countings:
            usual = counting is self._countings[0]
            found = self._right(rights(self._given, self._evidence, counting), counting, usual)
            if found is not None:
                return found
        first = self._countings[0]
        if first.any_of or self._given.learning_rate is None:
            return None
        return self._right(rarely(self._given, self._evidence, first), first, False)

    def nearest(self) -> tuple[Loop, Marks]:
        """Return the right loop that explains the most rows from the first on, and which."""
        if self._nearest is None:
            counting = self._countings[0]
            loop = next(rights(self._given, self._evidence, counting))
            self._remember(loop, counting, self._evidence.agreeing(loop, counting))
        assert self._nearest is not None
        _, loop, counting = self._nearest
        return loop, self._evidence.agreeing(loop, counting)

    def _right(self, loops: Iterator[Loop], counting: Counting, usual: bool) -> Loop | None:
        for one in loops:
            simple = is_linear(one) and not one.unscaled
            if self._given.learning_rate is None and not (usual or simple):
                continue
            for loop in counting.rights(one):
                found = self._agreeing(loop, counting)
                if found is not None:
                    return found
        return None

    def _agreeing(self, loop: Loop, counting: Counting) -> Loop | None:
        if counting.any_of and not is_linear(loop):
            counting = replace(counting, iterations=counting.iterations[: LONGEST_LOOK + 1])
        for solved in self._solved(loop, counting):
            # What isn't linear can be moved by roundings further than a first look allows.
            sure = not is_linear(solved) and self._given.method is not None and not solved.batch
            if not (sure or self._could_be([solved], counting, is_linear(solved))[0]):
                self._remember(solved, counting, None)
                continue
            marks = self._evidence.agreeing(solved, counting)
            if marks.all():
                return solved
            self._remember(solved, counting, marks)
        return None

    def _remember(self, loop: Loop, counting: Counting, marks: Marks | None) -> None:
        """Keep the right loop that goes along with the log for longest."""
        if (self._nearest and marks is None) or counting is not self._countings[0]:
            return
        marks = self._evidence.agreeing(loop, counting) if marks is None else marks
        far = int(np.argmin(marks)) if not marks.all() else len(marks)
        if self._nearest is None or far > self._nearest[0]:
            self._nearest = far, loop, counting

    def _solved(self, loop: Loop, counting: Counting) -> Iterator[Loop]:
        """Yield a loop with each rate that it can have."""
        if self._given.learning_rate is not None and loop.learning_rate != math.inf:
            yield loop
            return
        if not self._begins(loop, counting):
            return
        for rate in solving.rates(loop, self._evidence, counting):
            yield loop.at_rate(rate)

    def _begins(self, loop: Loop, counting: Counting) -> bool:
        """Tell whether a loop prints the rows before its first update, whatever its rate."""
        if counting.any_of or loop.weights_after or loop.loss_after or counting.iterations[0] > 0:
            return True
        loop = loop.at_rate(UNKNOWN)
        return bool(self._evidence.could_be([loop], counting, [0])[0])

    # --- what is wrong

    def explanations(self) -> Iterator[Explanation]:
        """Yield the simplest wrong loops that explain every digit, the likeliest first."""
        counting = self._countings[0].rounded()
        matching = (self._matching(one, counting) for one in self._stages(counting))
        found = next(filter(None, matching), [])
        self.more = len(found) > MOST_EXPLANATIONS
        yield from (self._explanation(one, counting) for one in found[:MOST_EXPLANATIONS])

    def _stages(self, counting: Counting) -> Iterator[Iterator[Wrong]]:
        """Yield what is tried next where nothing before it explains the log."""
        for several in (1, 2):
            late = self._late = []
            yield self._wrongs(several, counting)
            self._late = None
            yield iter(late)
            if several > 1:
                yield self._in_batches(counting)
            yield self._unlisted(several, counting, solved=True)
            yield self._unlisted(several, counting, solved=False)

    def _wrongs(self, several: int, counting: Counting) -> Iterator[Wrong]:
        blind = self._given.learning_rate is None
        for right in self._bases(counting):
            known = [
                one for one in self._known(right, several)
                if several == 1 or "batch" not in one[1].changes
            ]  # fmt: skip
            ways = [way for _, way in known]
            glance = Glance(self._evidence, counting, right)
            ensemble = Ensemble(self._evidence, counting, right, ways, only_start=blind)
            made = combinations(several, known)
            for numbers in made[ensemble.printing(made)].tolist():
                some = [ways[at] for at in numbers]
                if not self._tells_single(glance, some):
                    continue
                if blind or ensemble.takes[numbers].all() or glance.goes_on(*some):
                    yield Wrong(changed(right, *some), right, tuple(known[at] for at in numbers))

    def _in_batches(self, counting: Counting) -> Iterator[Wrong]:
        """Yield loops in batches with another mistake, as far as there is time."""
        for right in self._bases(counting):
            known = self._known(right, 2)
            glance = Glance(self._evidence, counting, right)
            batched = [one for one in known if "batch" in one[1].changes]
            for one, other in product(known, batched):
                ways = one[1], other[1]
                if (
                    one[0] is not other[0] and one[1].changes.keys().isdisjoint(other[1].changes)
                    and glance.begins(*ways) and self._tells_single(glance, ways)
                    and (self._given.learning_rate is None or glance.goes_on(*ways))
                ):  # fmt: skip
                    yield Wrong(changed(right, *ways), right, (one, other))

    def _unlisted(self, several: int, counting: Counting, solved: bool) -> Iterator[Wrong]:
        """Yield loops with a number that is in no list, and with another mistake if several."""
        if self._given.learning_rate is None or counting.any_of:
            return
        unlisted = Unlisted(self._evidence, counting)
        for right in self._bases(counting):
            known = [
                one for one in (self._known(right, several) if several > 1 else ())
                if "single" not in one[1].changes or self._evidence.single < CHANCE
            ]  # fmt: skip
            for made in unlisted.made(right, known, solved):
                yield Wrong(changed(right, *(way for _, way in made)), right, made)

    def _known(self, right: Loop, several: int) -> list[tuple[Mistake, Way]]:
        """Return the mistakes that a loop can have and this log can show."""
        unseen = {"loss", "loss_bias", "loss_after"} if "loss" not in self._evidence.said else set()
        # What only scales the steps is another rate.
        unsolved = (
            {"rate_factor", "w_scale", "b_scale"} if self._given.learning_rate is None else set()
        )
        return [
            (mistake, way)
            for mistake in USUAL if right.with_bias or not mistake.needs_bias
            for way in (*mistake.ways, *self._read_starts(mistake))
            if (several == 1 or not way.seldom) and not way.changes.keys() <= unseen
            and way.changes.get("batch", 0) < len(self._data) and alters(way, right)
            and not (way.changes.keys() <= unsolved)
            and ("single" not in way.changes or self._evidence.single < 1)
        ]  # fmt: skip

    def _tells_single(self, glance: Glance, ways: Sequence[Way]) -> bool:
        """Tell whether rounding to 32 bits is more than what makes another mistake fit."""
        others = [way for way in ways if "single" not in way.changes]
        if len(others) in (0, len(ways)) or self._evidence.single < CHANCE:
            return True
        return glance.goes_on(*others)

    def _read_starts(self, mistake: Mistake) -> list[Way]:
        """Return the start that the log itself says, of who starts elsewhere."""
        usual, (weight, bias) = mistake.ways[0], self._begun
        begun = {"start_weight": weight, "start_bias": bias}
        if len(usual.changes) > 1 or not usual.changes.keys() <= begun.keys():
            return []
        return [replace(usual, changes={name: begun[name] for name in usual.changes})]

    @cached_property
    def _begun(self) -> tuple[float, float]:
        return starts(Given(), self._evidence, self._countings[0])[:2][-1]

    def _bases(self, counting: Counting) -> Iterator[Loop]:
        given = replace(self._given, method=meant(self._given.method), standardise=(
            bool(self._given.standardise)))  # fmt: skip
        # When weights are printed matters only where they are.
        only_losses = self._evidence.said.keys() == {"loss"}
        for loop in rights(given, self._evidence, counting):
            for right in counting.rights(loop):
                unseen = only_losses and right.weights_after != right.loss_after
                if right.seed in SEEDS[:3] and not unseen:
                    yield right

    def _matching(self, wrongs: Iterator[Wrong], counting: Counting) -> list[Wrong]:
        found: dict[tuple[str, ...], Wrong] = {}
        for wrong in self._likely(wrongs, counting):
            if wrong.name in found or not self._looks_right(wrong.loop, counting):
                continue
            if self._evidence.agreeing(wrong.loop, counting).all():
                found[wrong.name] = wrong
                if len(found) > MOST_EXPLANATIONS:
                    break
        return list(found.values())

    def _likely(self, wrongs: Iterator[Wrong], counting: Counting) -> Iterator[Wrong]:
        """Yield those that print a few of the rows."""
        most = LATE_UPDATES if self._late is None else MOST_UPDATES
        # There are more ways to take batches than all else: they have their own share.
        left = {False: most, True: most // 2}
        solved: Counter[Any] = Counter()
        some: list[Wrong] = []
        for wrong in wrongs:
            if self._given.learning_rate is None:
                if not is_linear(wrong.loop) or not self._begins(wrong.loop, counting):
                    continue
                # What is printed before the first update has told enough; it has its own share.
                share = id(wrong.right), wrong.loop.weights_after, wrong.loop.loss_after
                solved[share] += 1
                if solved[share] > MOST_SOLVED:
                    continue
                some += (replace(wrong, loop=loop) for loop in self._solved(wrong.loop, counting))
            else:
                if not is_linear(wrong.loop):
                    batched = wrong.loop.batch > 0
                    left[batched] -= self._cost(wrong.loop, counting)
                    if left[batched] < 0:
                        if self._late is not None and len(self._late) < MOST_LATE:
                            self._late.append(wrong)
                        continue
                some.append(wrong)
            if len(some) >= TOGETHER:
                yield from self._looked_at(some, counting)
                some = []
        yield from self._looked_at(some, counting)

    def _looks_right(self, loop: Loop, counting: Counting) -> bool:
        """Tell, of what isn't linear, whether it prints the first rows: to be sure takes longer."""
        if is_linear(loop) or counting.any_of:
            return True
        near = np.flatnonzero(counting.iterations <= LONGEST_LOOK)[:SECOND_LOOK].tolist()
        return not near or bool(self._evidence.could_be([loop], counting, near)[0])

    def _looked_at(self, some: list[Wrong], counting: Counting) -> Iterator[Wrong]:
        for linear in (True, False):
            these = [one for one in some if is_linear(one.loop) == linear]
            marks = self._could_be([one.loop for one in these], counting, linear)
            yield from (one for one, fits in zip(these, marks, strict=True) if fits)

    def _could_be(
        self, loops: list[Loop], counting: Counting, linear: bool = True
    ) -> Marks:  # fmt: skip
        return self._evidence.could_be(loops, counting, self._places(counting, linear))

    def _places(self, counting: Counting, linear: bool) -> list[int]:
        if counting.any_of:
            return [0]
        n = len(self._log)
        picked = sorted({0, 1, 2, n // 2, n - 1} if linear else {0, 1})
        places = [at for at in picked if at < n]
        if linear:
            return places
        near = [at for at in places if counting.iterations[at] <= LONGEST_LOOK]
        return near or places[:1]

    def _cost(self, loop: Loop, counting: Counting) -> int:
        places: list[int] | slice = slice(None)
        if not counting.any_of:
            places = self._places(counting, False)
        updates = 1 + int(counting.iterations[places].max(initial=0))
        if loop.batch and loop.by_epoch:
            updates *= -(-len(self._data) // loop.batch)
        return updates + 40

    def _explanation(self, wrong: Wrong, counting: Counting) -> Explanation:
        last = min(int(counting.iterations.max(initial=0)), LONGEST_WALK)
        plain = replace(wrong.loop, weights_after=False, loss_after=False)
        if counting.any_of:
            last = min(last, 1000)
        prints = replay([plain], self._data, np.arange(last + 1), UNSURE)
        return Explanation(
            tuple(mistake.cause(way, wrong.right) for mistake, way in wrong.made),
            wrong.loop.rates[0], np.column_stack((prints.weight[0], prints.bias[0])),
        )  # fmt: skip

    # --- what is said of it

    def found_out(self, loop: Loop) -> Given:
        """Return the settings that weren't given."""
        return found_out(self._given, loop)

    def digits(self, agreeing: Marks | None = None) -> int:
        """Return how many digits after the point all numbers of some rows have at least."""
        rows = np.ones(len(self._log), dtype=bool) if agreeing is None else agreeing
        return differing.digits(self._evidence, rows)

    def difference(self, loop: Loop, agreeing: Marks) -> Difference | None:
        """Return the first number that a right loop wouldn't have printed."""
        _, _, counting = self._nearest or (0, loop, self._countings[0])
        return differing.difference(self._evidence, counting, loop, agreeing)
