"""Quadratic: the mean squared error of a line along one parameter, as what it is: a parabola.

One pass over the rows gives everything about the loss: where its bottom is, how high that lies,
and how it curves. From then on a loss or a gradient costs the same for thirty rows and for
thirty million.
"""

import math
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])
# How many rows are looked at together.
PIECE = 8192


@dataclass(frozen=True)
class Quadratic:
    """The loss along one parameter, with the other one fixed: ``y ≈ weight * x`` over all weights.

    ``loss(w) = minimum + (steepness * (w - optimum))²``: it never subtracts large equal numbers
    and can't fall below its minimum, however the data lie.

    Attributes
    ----------
    optimum : float
        The value with the least loss; for the weight alone ``mean(x y) / mean(x²)``; 0 where
        every value is as good.
    minimum : float
        The loss there, in squared units of y.
    steepness : float
        The root of half the curvature: for the weight the root mean square of x, for the bias 1.
    """

    optimum: float
    minimum: float
    steepness: float

    @classmethod
    def of(cls, x: NDArray[np.float64], y: NDArray[np.float64]) -> "Quadratic":
        """Return the loss of ``y ≈ weight * x`` for the rows `x`, `y`, both of shape (n_rows,).

        Powers of two bring the columns near 1 first: exact, and no square over- or underflows.
        """
        x_exponent, y_exponent = exponent(x), exponent(y)
        u, v = np.ldexp(x, -x_exponent), np.ldexp(y, -y_exponent)
        mean_uu = float(np.mean(u * u))
        optimum = 0.0
        if mean_uu > 0:
            optimum = float(np.mean(u * v)) / mean_uu
            # The first quotient has lost digits to the size of y; what is left of y has not.
            optimum += float(np.mean(u * residuals(u, v, optimum))) / mean_uu
        minimum = float(np.mean(residuals(u, v, optimum) ** 2))
        return cls(
            optimum=math.ldexp(optimum, y_exponent - x_exponent),
            minimum=math.ldexp(minimum, 2 * y_exponent),
            steepness=math.ldexp(math.sqrt(mean_uu), x_exponent),
        )

    @property
    def curvature(self) -> float:
        """The second derivative λ of the loss, in units of loss per squared unit of parameter."""
        return 2 * self.steepness**2

    @property
    def learning_rate_limit(self) -> float:
        """The rate 2/λ: descent converges below it and diverges above; infinite on flat ground."""
        return 2 / self.curvature if self.curvature > 0 else math.inf

    def loss(self, value: Number) -> Number:
        """Return the mean squared error at each value of the parameter."""
        with np.errstate(over="ignore", under="ignore"):
            root = self.steepness * (value - self.optimum)
            return self.minimum + root * root

    def gradient(self, value: Number) -> Number:
        """Return the derivative of the loss with respect to the parameter, at each value."""
        with np.errstate(over="ignore", under="ignore"):
            return 2 * self.steepness * (self.steepness * (value - self.optimum))


def safe_learning_rate(limit: float) -> float:
    """Return a rate that works and is worth watching: a quarter of a limit, in one round digit."""
    if not math.isfinite(limit):
        return 1.0
    mantissa, power = f"{limit / 4:.12e}".split("e")
    return float(f"{int(mantissa[0])}e{power}")


def exponent(values: NDArray[np.float64]) -> int:
    """Return the power of two just above the largest magnitude."""
    return math.frexp(float(np.abs(values).max()))[1]


def residuals(x: NDArray[np.float64], y: NDArray[np.float64], weight: float) -> NDArray[np.float64]:
    """Return ``y - weight * x``, adding back what rounding took from the product.

    Halves of 26 digits multiply exactly (Dekker 1971). Without this, rows far from the origin
    that lie close to the line would lose their residuals to the size of y.
    """
    left = np.empty(len(x))
    weight_high, weight_low = _halves(weight)
    # A few at a time: what lies between x and what is left never leaves the processor's cache.
    for first in range(0, len(x), PIECE):
        rows = slice(first, first + PIECE)
        product = weight * x[rows]
        high, low = _halves(x[rows])
        lost = (
            high * weight_high - product + high * weight_low + low * weight_high + low * weight_low
        )
        left[rows] = y[rows] - product - lost
    return left


def _halves(number: Number) -> tuple[Number, Number]:
    """Return two numbers of at most 26 binary digits whose sum is `number`."""
    shifted = (2.0**27 + 1) * number
    high = shifted - (shifted - number)
    return high, number - high
