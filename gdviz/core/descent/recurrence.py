"""Recurrence: many steps at once of a rule that is linear in what it remembers and in the slope.

Along an axis of the loss the slope is the curvature times the distance to the optimum. So what a
step makes of distance and memory is a matrix of 2 by 2, always the same (Goh, "Why Momentum Really
Works", Distill 2017), and its powers give all steps to come.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Bowl, Direction, Point
from gdviz.core.descent.method import Method

Values = NDArray[np.float64]
Matrix = tuple[tuple[float, float], tuple[float, float]]

# So many powers of the matrix are known; then the steps begin anew from where these lead.
POWERS = 4096
# None of them may come near the largest number: a distance can be as small as the smallest.
LARGEST_POWER = 1e100


class Response(NamedTuple):
    """What a linear rule makes of a slope and of what it remembers, at a learning rate.

    Attributes
    ----------
    step, kept_step : float
        The step that a slope of 1 causes, and the one that a memory of 1 does.
    memory, kept : float
        What of a slope of 1, and of a memory of 1, is remembered.
    """

    step: float
    kept_step: float
    memory: float
    kept: float

    @classmethod
    def of(cls, method: Method, learning_rate: float) -> "Response":
        """Ask the rule itself: what it makes of a slope of 1, and then of none."""
        (name,) = method.remembered()
        rule = method.rule(learning_rate, gives=f"{name}, step")
        next(rule)
        memory, step = rule.send(1.0)
        assert memory == 1, "the second answer would be that of another memory"
        kept, kept_step = rule.send(0.0)
        return cls(step, kept_step, memory, kept)


def linear_rows(
    method: Method, bowl: Bowl, start: Point, learning_rate: float
) -> Callable[[int, int], Values]:
    """Return what gives the rows `first`, `first` + 1, …, so many, of a run on the whole data.

    They have to be asked for in their order. Whatever the size of the blocks, the rows have the
    same bits; they are as close to the exact ones as those of the loop.

    Returns
    -------
    callable
        It gives the columns of a trajectory, of shape (count, 7); not finite where a divergent run
        has left the numbers.
    """
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        stretches = _Stretches(method, bowl, start, learning_rate)

    def rows(first: int, count: int) -> Values:
        block: Values = np.empty((7, count))
        done = 0
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            while done < count:
                stretches.go_to(first + done)
                done += stretches.fill(block[:, done:], first + done)
        return block.T

    return rows


class _Stretches:
    """Stretches of a run, each as long as powers are known; see `linear_rows`."""

    def __init__(self, method: Method, bowl: Bowl, start: Point, learning_rate: float) -> None:
        shift = start.weight - bowl.optimum.weight, start.bias - bowl.optimum.bias
        response = Response.of(method, learning_rate)
        self._start, self._minimum = start, bowl.minimum
        # Nothing moves along a level valley, or from the best place.
        self._along = [
            _Along(axis, response, axis.distance(*shift))
            for axis in bowl.axes if axis.steepness > 0 and axis.distance(*shift) != 0
        ]  # fmt: skip
        self._first = 0
        self._length = POWERS

    def go_to(self, iteration: int) -> None:
        """Begin the next stretch, if this one doesn't reach so far."""
        if iteration == self._first + self._length:
            for along in self._along:
                along.go_on(self._length)
            self._first = iteration

    def fill(self, block: Values, first: int) -> int:
        """Write rows from one of this stretch on into columns; return how many there were."""
        begin = first - self._first
        wanted: int = begin + block.shape[1]
        lengths = (along.powers.length(wanted) for along in self._along)
        self._length = min(lengths, default=POWERS)
        end = min(wanted, self._length)
        block = block[:, : end - begin]
        block[:2].T[:] = self._start
        block[2], block[3:] = self._minimum, 0.0
        for along in self._along:
            along.add_to(block, begin, end)
        return end - begin


class _Along:
    """What goes on along one axis of the loss.

    Attributes
    ----------
    powers : Powers
    """

    def __init__(self, axis: Direction, response: Response, distance: float) -> None:
        self._axis = axis
        self.powers = Powers(response, axis.steepness)
        self._direct = response.step * axis.curvature
        # Where the stretch begins: the distance to the optimum, and how far that is from the start.
        self._distance, self._remembered, self._moved = distance, 0.0, 0.0

    def go_on(self, length: int) -> None:
        """Begin a stretch where one of so many steps has led."""
        (of_one, less_one, of_other), (distance, remembered) = self._terms(length, length + 1)
        self._moved += (less_one * self._distance + of_other * distance).item()
        self._distance = (of_one * self._distance + of_other * distance).item()
        self._remembered = (of_one * self._remembered + of_other * remembered).item()

    def add_to(self, block: Values, begin: int, end: int) -> None:
        """Add the axis's share to rows of the stretch, given in columns."""
        (of_one, less_one, of_other), (other, other_remembered) = self._terms(begin, end)
        distance = of_one * self._distance + of_other * other
        step = of_one * self._remembered + of_other * other_remembered
        moved = less_one * self._distance + of_other * other
        if begin == 0:
            # No step has been taken, even where the next one is too large for a number.
            distance[0], step[0], moved[0] = self._distance, self._remembered, 0.0
        step += self._direct * distance
        moved += self._moved
        root = self._axis.steepness * distance
        block[2] += root * root
        root *= 2 * self._axis.steepness
        for parameter, part in enumerate(self._axis[:2]):
            if part:
                block[parameter] += part * moved
                block[parameter + 3] += part * root
                block[parameter + 5] += part * step

    def _terms(self, begin: int, end: int) -> tuple[Values, tuple[float, float]]:
        """Return factors of the state where the stretch begins, and what the others multiply."""
        return self.powers.between(begin, end), self.powers.other(self._distance, self._remembered)


class Powers:
    """The powers of the matrix A that a step multiplies distance and remembered step by.

    ``A^n = f_n + g_n (A - c)``: where the roots r and s of A are numbers, c is the one nearer to 1,
    ``f_n = c^n`` and ``g_n = (r^n - s^n) / (r - s)`` (Newton's form); else c is their mean and both
    follow from ``(A - c)² = d``, a negative number. In both forms no digits are lost where roots
    are nearly equal, and next to 1 none of ``f_n - 1``. There are as many as are asked for; more
    come by doubling.

    Parameters
    ----------
    steepness : float
        Of the axis, whose slope at a distance is ``2 steepness² distance``.
    """

    def __init__(self, response: Response, steepness: float) -> None:
        centre, other, self._square, self._beside = _form(response, steepness)
        # The factors f and f - 1, and g, first of A^0 and A^1; and what g of the last is
        # multiplied by.
        self._terms: Values = np.empty((3, POWERS + 1))
        self._terms[:, :2] = (1.0, 1 + centre), (0.0, centre), (0.0, 1.0)
        self._last = other
        self._count, self._length = 2, POWERS
        self._measure(1)

    def length(self, wanted: int) -> int:
        """Return how many steps a stretch has, if so many are wanted.

        There are fewer where powers grow beyond measure.
        """
        self._know(wanted)
        return self._length

    def between(self, begin: int, end: int) -> Values:
        """Return f, f - 1 and g of the powers from `begin` to before `end`, of shape (3, n)."""
        self._know(end)
        return self._terms[:, begin:end]

    def other(self, distance: float, remembered: float) -> tuple[float, float]:
        """Return what g multiplies: A - c times a state."""
        (a, b), (c, d) = self._beside
        return a * distance + b * remembered, c * distance + d * remembered

    def _know(self, count: int) -> None:
        while self._count < min(count, self._length + 1):
            known = self._count
            self._count = 2 * known - 1
            f, f_less_one, g = self._terms[:, 1:known]
            last_f, last_less_one, last_g = self._terms[:, known - 1].tolist()
            more, more_less_one, more_g = self._terms[:, known : self._count]
            np.multiply(last_f, f, out=more)
            np.multiply(last_less_one + 1, f_less_one, out=more_less_one)
            more_less_one += last_less_one
            np.multiply(last_g, f, out=more_g)
            more_g += self._last * g
            if self._square:
                square = (self._square * last_g) * g
                more += square
                more_less_one += square
                self._last = more[-1].item()
            else:
                self._last *= self._last
            self._measure(known)

    def _measure(self, first: int) -> None:
        """End stretches before a power that is too large, but after one step at least."""
        size = np.abs(self._terms[:, first : self._count]).max(axis=0)
        if not size.max() < LARGEST_POWER:
            large = first + int((~(size < LARGEST_POWER)).argmax())
            self._length = min(self._length, large)


def _form(response: Response, steepness: float) -> tuple[float, float, float, Matrix]:
    """Return c less 1, what g grows by, d, and A - c; see `Powers`.

    Near the limit and where roots are nearly equal, a rounding here would be one of all steps at
    once: exact numbers are rounded at the end.
    """
    if not all(map(math.isfinite, response)):
        return math.nan, math.nan, 0.0, ((math.nan, math.nan), (math.nan, math.nan))
    step, kept_step, memory, kept = map(Fraction, response)
    curvature = 2 * Fraction(steepness) ** 2
    # A less 1; what is remembered counts as the step that it causes.
    (a, b), (c, d) = (step * curvature, Fraction(1)), (kept_step * memory * curvature, kept - 1)
    half, determinant = (a + d) / 2, a * d - b * c
    square = half * half - determinant
    if square < 0:
        beside = (_float((a - d) / 2), 1.0), (_float(c), _float((d - a) / 2))
        return _float(half), 1 + _float(half), _float(square), beside
    share = 1 + math.sqrt(square / (half * half))
    near = _float(determinant / half) / share
    beside = (_float(a - Fraction(near)), 1.0), (_float(c), _float(d - Fraction(near)))
    return near, 1 + _float(half) * share, 0.0, beside


def _float(number: Fraction) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf
