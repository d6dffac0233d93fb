"""Glance: the rows before and after the first update, which most mistakes don't survive."""

import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from gdviz.core.check.evidence import HUGE, Counting, Evidence
from gdviz.core.check.loop import LOSSES, OF_ERRORS, OF_SIZES, Loop, Rows
from gdviz.core.check.walking import SCHEDULES, descent, first_epoch, first_step, slopes
from gdviz.core.check.ways import Way, changed

# What is this much of the numbers that went into it is rounding, for a first look.
ROUNDING = 1e-7
# So many steps of batches are gone through, where setting one up is as good as some.
MOST_BATCHES, LOOKING = 300_000, 10


class Glance:
    """Looks at one right loop's variations."""

    def __init__(self, evidence: Evidence, counting: Counting, right: Loop) -> None:
        self._evidence, self._data = evidence, evidence.data
        self._right = right
        self.left = MOST_BATCHES
        self._begun: dict[tuple[frozenset[Any], ...], bool] = {}
        self._gone_on: dict[tuple[frozenset[Any], ...], bool] = {}
        self._printed: list[tuple[int, list[tuple[str, float, float]]]] = []
        for row in range(0 if counting.any_of else min(2, len(counting.iterations))):
            iteration = int(counting.iterations[row])
            if iteration <= 1 and evidence.finite[row]:
                said = [
                    (name, float(printed.values[row]), float(printed.precision[row]))
                    for name, printed in evidence.said.items() if printed.said[row]
                ]  # fmt: skip
                self._printed.append((iteration, said))

    def begins(self, *ways: Way) -> bool:
        """Tell whether a loop with these mistakes prints the row before the first update."""
        key = tuple(way.at_start for way in ways)
        if key not in self._begun:
            self._begun[key] = self._begins(changed(self._right, *ways))
        return self._begun[key]

    def goes_on(self, *ways: Way) -> bool:
        """Tell whether it prints the row after it, too, as far as is known at a glance."""
        # Ways that begin alike don't end an epoch of batches alike.
        in_batches = self._right.batch or any("batch" in way.changes for way in ways)
        key = tuple(
            frozenset(way.changes.items()) if in_batches and "method" in way.changes
            else way.at_first for way in ways
        )  # fmt: skip
        if key not in self._gone_on:
            self._evidence.tick()
            self._gone_on[key] = self._goes_on(changed(self._right, *ways))
        return self._gone_on[key]

    def between(self, loops: Sequence[Loop]) -> bool:
        """Tell whether something between two loops, ordered by a number, could go on so."""
        sides = [self._sides(loop) for loop in loops]
        return any(
            all(
                low is None or high is None or low * high <= 0
                for low, high in zip(*two, strict=True)
            )
            for two in itertools.pairwise(sides)
        )

    def _sides(self, loop: Loop) -> list[float | None]:
        """Return on which side each number of a loop is of the printed one; None if unknown."""
        rows = self._data.rows(loop.columns)
        found: list[float | None] = []
        for iteration, said in self._printed:
            for one in said:
                after = loop.loss_after if one[0] == "loss" else loop.weights_after
                line = None
                if rows is not None and not loop.batch:
                    line = self._line(loop, rows, _updates(loop, iteration + after))
                if rows is None or line is None:
                    found.append(None)
                    continue
                expected, size = _expected(loop, rows, line, one[0])
                off = expected - one[1]
                near = abs(off) <= one[2] * 1.001 + _rounding(loop) * size
                found.append(0.0 if near or not math.isfinite(off) else math.copysign(1, off))
        return found

    def _goes_on(self, loop: Loop) -> bool:
        if loop.batch and (loop.times > 1 or not loop.method.takes_batches):
            return False
        if not self._printed or loop.batch_loss:
            return True
        rows = self._data.rows(loop.columns)
        if rows is None:
            return False
        lines: dict[int, tuple[float, float] | None] = {}
        for iteration, said in self._printed:
            for one in said:
                after = loop.loss_after if one[0] == "loss" else loop.weights_after
                updates = _updates(loop, iteration + after)
                if updates not in lines:
                    lines[updates] = self._line(loop, rows, updates)
                line = lines[updates]
                if line is not None and not self._near(loop, rows, line, one):
                    return False
        return True

    def _begins(self, loop: Loop) -> bool:
        rows = self._data.rows(loop.columns)
        if rows is None:
            return False
        line = loop.start_weight, loop.start_bias
        after = loop.weights_after, loop.loss_after or loop.batch_loss
        return all(
            after[one[0] == "loss"] or self._near(loop, rows, line, one)
            for iteration, said in self._printed if iteration == 0 for one in said
        )  # fmt: skip

    def _line(self, loop: Loop, rows: Rows, updates: int) -> tuple[float, float] | None:
        """Return the line after so many updates, or epochs; None if it isn't known at a glance."""
        if updates > 1:
            return None
        if not updates:
            return loop.start_weight, loop.start_bias
        if not loop.batch:
            return _updated(loop, rows)
        steps = -(-len(rows) // loop.batch)
        if (loop.order, loop.seed, loop.batch) not in rows.epochs:
            self.left -= len(rows) // LOOKING
        self.left -= steps + LOOKING
        if self.left < 0:
            return math.inf, math.inf  # no more of them are looked at
        batches = first_epoch(loop, rows)[: steps if loop.by_epoch else 1]
        *_, line = descent(loop, rows, iter((*batches, rows.whole)))
        return line

    def _near(
        self, loop: Loop, rows: Rows, line: tuple[float, float], one: tuple[str, float, float]
    ) -> bool:
        name, value, precision = one
        if loop.unscaled and name != "loss":
            return True
        expected, size = _expected(loop, rows, line, name)
        if not abs(expected) < HUGE:
            return math.isnan(expected) or loop.batch == 0
        return abs(value - expected) <= precision * 1.001 + _rounding(loop) * size


def _rounding(loop: Loop) -> float:
    return 1e-4 if loop.single else ROUNDING


def _expected(
    loop: Loop, rows: Rows, line: tuple[float, float], name: str
) -> tuple[float, float]:  # fmt: skip
    """Return what is printed of a line, and how large what it is made of is."""
    if name == "loss":
        return _loss(loop, rows, line)
    expected = line[name == "bias"]
    of_x = 1.0 if name == "bias" else rows.mean_xx**0.5 or 1.0
    return expected, abs(expected) + abs(rows.bowl.optimum[name == "bias"]) + rows.rms_y / of_x


def _updates(loop: Loop, made: int) -> int:
    made -= made > loop.skipped >= 0
    made += made > loop.doubled >= 0
    return int(max(made, 0) * loop.times)


def _updated(loop: Loop, rows: Rows) -> tuple[float, float] | None:
    """Return the line after one update; None if only a walk knows."""
    step = first_step(loop.method)
    if step is None:
        return None
    weight, bias = loop.start_weight, loop.start_bias
    slope, (rate, bias_rate) = slopes(loop, rows), loop.rates
    if loop.schedule:
        factor = SCHEDULES[loop.schedule](0, loop.decay, loop.every)
        rate, bias_rate = rate * factor, bias_rate * factor
    new_weight = weight + rate * step(slope(0, rows.whole, weight, bias))
    if bias_rate:
        seen = new_weight if loop.new_weight else weight
        bias += bias_rate * step(slope(1, rows.whole, seen, bias))
    digits = loop.weight_digits
    return (
        (new_weight, bias) if digits is None else (round(new_weight, digits), round(bias, digits))
    )


def _loss(loop: Loop, rows: Rows, line: tuple[float, float]) -> tuple[float, float]:
    """Return what is printed as the loss of a line, and how large what it is made of is."""
    weight, bias = line
    best = rows.bowl.optimum
    shift, height = weight - best.weight, (bias if loop.loss_bias else 0.0) - best.bias
    error = rows.bowl.mean_x * shift + rows.bowl.unit * height
    square = rows.bowl.minimum + rows.bowl.sd_x * shift * (rows.bowl.sd_x * shift) + error * error
    size = square + rows.rms_y**2
    taken = square
    if loop.loss in OF_ERRORS:
        taken = error
    elif loop.loss in OF_SIZES:
        taken = float(np.mean(np.abs(weight * rows.x + best.bias + height - rows.y)))
    if taken is not square:
        size = math.sqrt(size)
    n, of = len(rows), max(len(rows) + loop.counted, 1)
    change: Any = LOSSES[loop.loss]
    return float(change(taken, n, of)), float(abs(change(size, n, of)))
