"""Update rules: one small class for each way down."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.core.quadratic import Quadratic


@dataclass(frozen=True)
class GradientDescent:
    """The plain rule: ``weight -= learning_rate * gradient(weight)``.

    On a parabola of curvature λ every step multiplies the distance to the optimum by
    ``1 - learning_rate * λ``, so the state after t steps is known without the t - 1 before it
    (for example: Goh, "Why Momentum Really Works", Distill 2017). Whole blocks come from it at
    once, as close to the exact result as the loop.

    Parameters
    ----------
    learning_rate : float
        How far to step for each unit of slope.
    """

    learning_rate: float

    def rows(self, quadratic: Quadratic, first: int, count: int) -> NDArray[np.float64]:
        """Return the states before the updates `first`, `first` + 1, … from weight 0.

        Returns
        -------
        ndarray of shape (count, 3)
            Weight, loss and gradient; not finite where a divergent run has left the numbers.
        """
        shrunk, moved = _powers(self.learning_rate * quadratic.curvature, first, count)
        start_distance = -quadratic.optimum
        with np.errstate(over="ignore", invalid="ignore"):
            # Adding 0 keeps the start from being -0.
            weight, distance = start_distance * moved + 0.0, start_distance * shrunk
            loss, gradient = quadratic.loss_at(distance), quadratic.gradient_at(distance)
        return np.column_stack((weight, loss, gradient))

    def step(self, gradient: float) -> float:
        """Return what the update adds to the weight where the slope is `gradient`."""
        return -self.learning_rate * gradient


def _powers(rate: float, first: int, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return r^t and r^t - 1, both to full precision, with r = 1 - rate and t = first, ….

    ``log1p`` and ``expm1`` keep the digits that r itself would lose when the rate is tiny.
    """
    t = np.arange(first, first + count, dtype=np.float64)
    if rate == 1:
        power = np.where(t == 0, 1.0, 0.0)
        return power, power - 1
    log_r = math.log1p(-rate) if rate < 1 else math.log(rate - 1)
    # No step has been taken at 0, even where the rate is too large for a number.
    exponent = t * log_r if math.isfinite(log_r) else np.where(t == 0, 0.0, log_r)
    with np.errstate(over="ignore", under="ignore"):
        power, power_minus_one = np.exp(exponent), np.expm1(exponent)
    if rate > 1:
        odd = (t % 2).astype(bool)
        power_minus_one[odd] = -power[odd] - 1
        power[odd] *= -1
    return power, power_minus_one
