"""Quadratic: the mean squared error of a line, as what it is: a parabola.

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


@dataclass(frozen=True)
class Quadratic:
    """The loss of ``y ≈ weight * x`` over all weights.

    ``loss(w) = minimum + (rms_x * (w - optimum))²``: it never subtracts large equal numbers and
    can't fall below its minimum, however the data lie.

    Attributes
    ----------
    optimum : float
        The weight with the least loss, ``mean(x y) / mean(x²)``; 0 where every weight is as good.
    minimum : float
        The loss there, in squared units of y.
    rms_x : float
        The root mean square of x. The parabola's curvature is ``2 * rms_x²``.
    """

    optimum: float
    minimum: float
    rms_x: float

    @classmethod
    def of(cls, x: NDArray[np.float64], y: NDArray[np.float64]) -> "Quadratic":
        """Return the loss of the rows `x`, `y`, both of shape (n_rows,).

        Powers of two bring the columns near 1 first: exact, and no square over- or underflows.
        """
        x_exponent, y_exponent = _exponent(x), _exponent(y)
        u, v = np.ldexp(x, -x_exponent), np.ldexp(y, -y_exponent)
        mean_uu = float(np.mean(u * u))
        optimum = 0.0
        if mean_uu > 0:
            optimum = float(np.mean(u * v)) / mean_uu
            # The first quotient has lost digits to the size of y; what is left of y has not.
            optimum += float(np.mean(u * _residuals(u, v, optimum))) / mean_uu
        minimum = float(np.mean(_residuals(u, v, optimum) ** 2))
        return cls(
            optimum=math.ldexp(optimum, y_exponent - x_exponent),
            minimum=math.ldexp(minimum, 2 * y_exponent),
            rms_x=math.ldexp(math.sqrt(mean_uu), x_exponent),
        )

    @property
    def curvature(self) -> float:
        """The second derivative λ of the loss, in squared units of x."""
        return 2 * self.rms_x**2

    @property
    def learning_rate_limit(self) -> float:
        """The rate 2/λ: descent converges below it and diverges above; infinite on flat ground."""
        return 2 / self.curvature if self.curvature > 0 else math.inf

    @property
    def safe_learning_rate(self) -> float:
        """A rate that works and is worth watching: a quarter of the limit, in one round digit."""
        if not math.isfinite(self.learning_rate_limit):
            return 1.0
        mantissa, exponent = f"{self.learning_rate_limit / 4:.15e}".split("e")
        return float(f"{int(mantissa[0])}e{exponent}")

    def loss(self, weight: Number) -> Number:
        """Return the mean squared error at each weight."""
        return self.loss_at(weight - self.optimum)

    def gradient(self, weight: Number) -> Number:
        """Return the derivative of the loss with respect to the weight, at each weight."""
        return self.gradient_at(weight - self.optimum)

    def loss_at(self, distance: Number) -> Number:
        """Return the loss at a signed distance, in units of weight, from the optimum."""
        with np.errstate(over="ignore", under="ignore"):
            root = self.rms_x * distance
            return self.minimum + root * root

    def gradient_at(self, distance: Number) -> Number:
        """Return the slope at a signed distance, in units of weight, from the optimum."""
        with np.errstate(over="ignore", under="ignore"):
            return 2 * self.rms_x * (self.rms_x * distance)


def _exponent(values: NDArray[np.float64]) -> int:
    """Return the power of two just above the largest magnitude."""
    return math.frexp(float(np.abs(values).max()))[1]


def _residuals(
    x: NDArray[np.float64], y: NDArray[np.float64], weight: float
) -> NDArray[np.float64]:
    """Return ``y - weight * x``, adding back what rounding took from the product.

    Halves of 26 digits multiply exactly (Dekker 1971). Without this, rows far from the origin
    that lie close to the line would lose their residuals to the size of y.
    """
    product = weight * x
    (high, low), (weight_high, weight_low) = _halves(x), _halves(weight)
    lost = high * weight_high - product + high * weight_low + low * weight_high + low * weight_low
    return y - product - lost


def _halves(number: Number) -> tuple[Number, Number]:
    """Return two numbers of at most 26 binary digits whose sum is `number`."""
    shifted = (2.0**27 + 1) * number
    high = shifted - (shifted - number)
    return high, number - high
