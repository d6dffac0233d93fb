"""Bowl: the mean squared error of a line over weight and bias, as what it is: a paraboloid."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.quadratic import Number, Quadratic, exponent, residuals


class Point(NamedTuple):
    """A line, as a place on the ground: its slope and its height at x = 0."""

    weight: float
    bias: float


class Direction(NamedTuple):
    """A direction in which the loss curves on its own: an eigenvector of the Hessian.

    Attributes
    ----------
    weight, bias : float
        A vector of length 1.
    steepness : float
        The loss grows by ``(steepness * distance)²``; 0 along a level valley.
    """

    weight: float
    bias: float
    steepness: float

    @property
    def curvature(self) -> float:
        """The eigenvalue λ of the Hessian."""
        return 2 * self.steepness**2

    def distance(self, weight: Number, bias: Number) -> Number:
        """Return how far a shift in weight and bias goes along this direction."""
        return self.weight * weight + self.bias * bias

    def half_life(self, learning_rate: float) -> float:
        """Return after how many steps of gradient descent half the way is left; inf: never."""
        rate = learning_rate * self.curvature
        if rate == 1:
            return 0.0
        decay = -math.log1p(-rate) if rate < 1 else -math.log(rate - 1)
        return math.log(2) / decay if decay > 0 else math.inf


@dataclass(frozen=True)
class Bowl:
    """The loss of ``y ≈ weight * x + bias`` over all weights and biases.

    With shifts dw and db from the optimum, ``loss = minimum + (sd_x dw)² + (mean_x dw + unit
    db)²``: the Cholesky factor of half the Hessian. It never subtracts large equal numbers and
    can't fall below its minimum.

    Attributes
    ----------
    optimum : Point
        The least-squares line; of several as good, the one nearest to weight 0, bias 0.
    minimum : float
        The loss there, in squared units of y.
    sd_x, mean_x : float
        Standard deviation and mean of x.
    unit : float
        1; or 0 where the bias is fixed: there `mean_x` is 0 and `sd_x` the root mean square.
    """

    optimum: Point
    minimum: float
    sd_x: float
    mean_x: float
    unit: float = 1.0

    @classmethod
    def of(cls, x: NDArray[np.float64], y: NDArray[np.float64]) -> "Bowl":
        """Return the loss over weight and bias of the rows `x`, `y`, both of shape (n_rows,)."""
        x_exponent, y_exponent = exponent(x), exponent(y)
        u, v = np.ldexp(x, -x_exponent), np.ldexp(y, -y_exponent)
        mean_u, mean_v = _mean(u), _mean(v)
        # Equal rows can have a mean that is not theirs by a rounding; they spread by nothing.
        u = u - mean_u if u.min() < u.max() else np.zeros_like(u)
        v = v - mean_v if v.min() < v.max() else np.zeros_like(v)
        variance = _mean(u * u)
        if variance == 0:
            return cls._flat(float(x[0]), y)
        weight = _mean(u * v) / variance
        # The first quotient has lost digits to the size of y; what is left of y has not.
        left = residuals(u, v, weight)
        weight += _mean(u * (left - _mean(left))) / variance
        left = residuals(u, v, weight)
        height = mean_v + _mean(left)
        return cls(
            optimum=Point(
                math.ldexp(weight, y_exponent - x_exponent),
                math.ldexp(height - weight * mean_u, y_exponent),
            ),
            minimum=math.ldexp(_mean((left - _mean(left)) ** 2), 2 * y_exponent),
            sd_x=math.ldexp(math.sqrt(variance), x_exponent),
            mean_x=math.ldexp(mean_u, x_exponent),
        )

    @classmethod
    def _flat(cls, x: float, y: NDArray[np.float64]) -> "Bowl":
        """Return the valley of data whose x are all equal: every line through (x, mean y)."""
        y_exponent = exponent(y)
        scaled = np.ldexp(y, -y_exponent)
        mean_y, size = math.ldexp(_mean(scaled), y_exponent), math.hypot(x, 1)
        spread = scaled - _mean(scaled) if scaled.min() < scaled.max() else np.zeros_like(scaled)
        minimum = math.ldexp(_mean(spread**2), 2 * y_exponent)
        return cls(Point(x / size * mean_y / size, mean_y / size / size), minimum, 0.0, x)

    @classmethod
    def of_weight(cls, along: Quadratic, bias: float) -> "Bowl":
        """Return the loss over the weight alone, the bias fixed: a valley that never leaves it."""
        return cls(Point(along.optimum, bias), along.minimum, along.steepness, 0.0, 0.0)

    @cached_property
    def axes(self) -> tuple[Direction, Direction]:
        """The steepest and the shallowest direction, at right angles."""
        # Brought near 1 first, so that no square over- or underflows.
        size = max(self.sd_x, abs(self.mean_x), self.unit) or 1.0
        sd, mean, unit = self.sd_x / size, self.mean_x / size, self.unit / size
        half_difference = (sd * sd + mean * mean - unit * unit) / 2
        half_sum = (sd * sd + mean * mean + unit * unit) / 2
        lean, radius = mean * unit, math.hypot(half_difference, mean * unit)
        steepest = math.sqrt(half_sum + radius)
        # The determinant, not a difference of nearly equal numbers.
        shallowest = sd * unit / steepest if steepest else 0.0
        # Of two ways to write the eigenvector the one that subtracts nothing.
        weight, bias = lean, radius - half_difference
        if half_difference >= 0:
            weight, bias = radius + half_difference or 1.0, lean
        length = math.hypot(weight, bias)
        weight, bias = weight / length, bias / length
        return Direction(weight, bias, steepest * size), Direction(-bias, weight, shallowest * size)

    @property
    def curvature(self) -> float:
        """The largest eigenvalue λ of the Hessian."""
        return self.axes[0].curvature

    @property
    def condition(self) -> float:
        """How many times steeper the steepest direction is: κ = λmax/λmin; infinite in a valley."""
        steepest, shallowest = (axis.curvature for axis in self.axes)
        return steepest / shallowest if shallowest > 0 else math.inf

    def loss(self, weight: Number, bias: Number) -> Number:
        """Return the mean squared error of each line."""
        across, along = self._roots(weight, bias)
        return self.minimum + across * across + along * along

    def gradient(self, weight: Number, bias: Number) -> tuple[Number, Number]:
        """Return the derivatives of the loss with respect to weight and bias, for each line."""
        across, along = self._roots(weight, bias)
        return 2 * (self.sd_x * across + self.mean_x * along), 2 * self.unit * along

    def best_weight(self, bias: Number) -> tuple[Number, Number]:
        """Return the weight with the least loss at each bias, and that loss."""
        size = math.hypot(self.sd_x, self.mean_x) or 1.0
        rise = self.unit * (bias - self.optimum.bias) / size
        # Where all x are 0, no weight changes anything.
        across = self.sd_x * rise if self.sd_x or self.mean_x else rise
        return self.optimum.weight - self.mean_x / size * rise, self.minimum + across * across

    def best_bias(self, weight: Number) -> tuple[Number, Number]:
        """Return the bias with the least loss at each weight, and that loss."""
        shift = weight - self.optimum.weight
        across = self.sd_x * shift
        return self.optimum.bias - self.mean_x * shift, self.minimum + across * across

    def determination(self, loss: float) -> float | None:
        """Return R², the share of the variance of y that a line of some loss explains.

        ``R² = 1 - loss / mean((y - mean(y))²)``: 1 for a line through all points, 0 for the best
        level one, whose loss that mean is, below 0 for worse (Kvålseth, "Cautionary Note about R²",
        The American Statistician 39, 1985). None where y is the same in all rows.
        """
        level = self.best_bias(0.0)[1]
        return 1 - loss / level if level > 0 else None

    def along_weight(self, bias: float) -> Quadratic:
        """Return the slice at one bias: the loss over all weights."""
        return Quadratic(*self.best_weight(bias), math.hypot(self.sd_x, self.mean_x))

    def along_bias(self, weight: float) -> Quadratic:
        """Return the slice at one weight: the loss over all biases."""
        return Quadratic(*self.best_bias(weight), self.unit)

    def _roots(self, weight: Number, bias: Number) -> tuple[Number, Number]:
        shift = weight - self.optimum.weight
        return self.sd_x * shift, self.mean_x * shift + self.unit * (bias - self.optimum.bias)


def _mean(values: NDArray[np.float64]) -> float:
    return float(np.mean(values))
