"""Recurrence: many steps at once of a rule that is linear in what it remembers and in the slope.

Along an axis of the loss the slope is the curvature times the distance to the optimum. So what a
step makes of distance and memory is a matrix of 2 by 2, always the same (Goh, "Why Momentum Really
Works", Distill 2017), and its powers give all steps to come.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Bowl, Direction, Point
from gdviz.core.descent.method import Method

Values = NDArray[np.float64]

# So many powers of the matrix are known; then the steps begin anew from where these lead.
POWERS = 1024
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
    """Stretches of a run, each as long as powers are known.

    Of each axis it knows the distance to the optimum and what the rule remembers, as the step that
    this causes, where the stretch begins; and how far it is from the start by then.
    """

    def __init__(self, method: Method, bowl: Bowl, start: Point, learning_rate: float) -> None:
        shift = start.weight - bowl.optimum.weight, start.bias - bowl.optimum.bias
        # Nothing moves along a level valley, or from the best place.
        self._axes: list[Direction] = [
            axis for axis in bowl.axes if axis.steepness > 0 and axis.distance(*shift) != 0
        ]
        self._start, self._minimum = start, bowl.minimum
        response = Response.of(method, learning_rate)
        curvatures = np.array([axis.curvature for axis in self._axes])
        self._powers = Powers(response, curvatures)
        self._direct = response.step * curvatures
        distances = [axis.distance(*shift) for axis in self._axes]
        self._state: Values = np.array([distances, [0.0] * len(distances)])
        self._moved: Values = np.zeros(len(distances))
        self._first = 0

    def go_to(self, iteration: int) -> None:
        """Begin the next stretch, if this one doesn't reach so far."""
        length = self._powers.length
        if iteration < self._first + length:
            return
        assert iteration == self._first + length, "rows are asked for in their order"
        power, moved = self._powers.whole()
        self._moved = self._moved + _times(moved[0], self._state)
        self._state = np.array([_times(power[0], self._state), _times(power[1], self._state)])
        self._first = iteration

    def fill(self, block: Values, first: int) -> int:
        """Write rows from one of this stretch on into columns; return how many there were."""
        begin = first - self._first
        power, moved = self._powers.between(begin, begin + block.shape[1])
        count = power.shape[-1]
        distance, memory = _times(power[0], self._state), _times(power[1], self._state)
        gone = _times(moved[0], self._state)
        gone += self._moved[:, np.newaxis]
        weight, bias, loss, weight_slope, bias_slope, weight_step, bias_step = block[:, :count]
        weight[:], bias[:], loss[:] = *self._start, self._minimum
        block[3:, :count] = 0.0
        for index, axis in enumerate(self._axes):
            step = self._direct[index] * distance[index]
            step += memory[index]
            root = axis.steepness * distance[index]
            loss += root * root
            root *= 2 * axis.steepness
            for part, columns in ((axis.weight, (weight, weight_slope, weight_step)),
                                  (axis.bias, (bias, bias_slope, bias_step))):  # fmt: skip
                if part:
                    for column, values in zip(columns, (gone[index], root, step), strict=True):
                        column += part * values
        return count


class Powers:
    """The powers of the matrices that a step multiplies distance and remembered step by.

    Each is known as it is and less 1: near 0 the one keeps all its digits, near 1 the other. There
    are as many as are asked for; more come by doubling, ``A^(n + j) = A^n A^j``.

    A stretch has fewer steps where they grow beyond measure.
    """

    def __init__(self, response: Response, curvatures: Values) -> None:
        one = np.ones(len(curvatures))
        step = [
            [response.step * curvatures, one],
            [response.kept_step * response.memory * curvatures, (response.kept - 1) * one],
        ]
        # The first two: no step at all, and one; of shape (2, 2, n_axes, n_powers).
        self._less_one: Values = np.stack((np.zeros((2, 2, len(one))), np.array(step)), axis=-1)
        self._less_one = self._less_one.reshape(2, 2, -1, 2)
        self._powers = self._less_one + np.eye(2)[:, :, np.newaxis, np.newaxis]
        self._length = POWERS
        self._measure()

    def whole(self) -> tuple[Values, Values]:
        """Return the power that leads to the next stretch, and the same less 1: (2, 2, n_axes)."""
        self._know(self._length)
        return self._powers[..., self._length], self._less_one[..., self._length]

    def between(self, begin: int, end: int) -> tuple[Values, Values]:
        """Return powers from `begin` to before `end`, and the same less 1: (2, 2, n_axes, n)."""
        self._know(end)
        end = min(end, self._length)
        return self._powers[..., begin:end], self._less_one[..., begin:end]

    @property
    def length(self) -> int:
        """How many steps a stretch has, as far as it is known."""
        return self._length

    def _know(self, power: int) -> None:
        while self._powers.shape[-1] <= min(power, self._length):
            last = self._powers[..., -1], self._less_one[..., -1]
            powers, less_one = self._powers[..., 1:], self._less_one[..., 1:]
            more = _product(last[0], powers)
            more_less_one = _product(last[1], less_one)
            more_less_one += last[1][..., np.newaxis] + less_one
            self._powers = np.concatenate((self._powers, more), axis=-1)
            self._less_one = np.concatenate((self._less_one, more_less_one), axis=-1)
            self._measure()

    def _measure(self) -> None:
        """End stretches before a power that is too large, but after one step at least."""
        large = ~(np.abs(self._powers) < LARGEST_POWER).all(axis=(0, 1, 2))
        if large.any():
            self._length = min(self._length, int(large.argmax()))


def _product(left: Values, right: Values) -> Values:
    """Return one matrix, of shape (2, 2, n_axes), times several: (2, 2, n_axes, n)."""
    left = left[..., np.newaxis]
    product: Values = left[:, :1] * right[0] + left[:, 1:] * right[1]
    return product


def _times(row: Values, state: Values) -> Values:
    """Return a row of matrices, of shape (2, n_axes) or (2, n_axes, n), times a state."""
    if row.ndim > state.ndim:
        state = state[..., np.newaxis]
    product: Values = row[0] * state[0] + row[1] * state[1]
    return product
