"""Blocks: many steps of plain gradient descent at once, from the axes of the loss."""

import math

import numpy as np
from numpy.typing import NDArray

from gdviz.core.descent.bowl import Bowl, Point


def rows_at_once(
    bowl: Bowl, start: Point, learning_rate: float, first: int, count: int
) -> NDArray[np.float64]:
    """Return the states before the updates `first`, `first` + 1, … on the whole data.

    On a paraboloid every step multiplies the distance to the optimum along an axis of curvature λ
    by ``1 - learning_rate * λ``, so the state after t steps is known without the t - 1 before it
    (for example: Goh, "Why Momentum Really Works", Distill 2017), as close to the exact result as
    the loop.

    Returns
    -------
    ndarray of shape (count, 7)
        The columns of a trajectory; not finite where a divergent run has left the numbers.
    """
    rows = np.zeros((count, 7), order="F")
    weight, bias, loss, weight_gradient, bias_gradient, weight_step, bias_step = rows.T
    weight[:], bias[:], loss[:] = *start, bowl.minimum
    shift = start.weight - bowl.optimum.weight, start.bias - bowl.optimum.bias
    with np.errstate(over="ignore", invalid="ignore"):
        for axis in bowl.axes:
            start_distance = axis.distance(*shift)
            if axis.steepness == 0 or start_distance == 0:
                continue  # nothing moves along a level valley, or from the best place
            shrunk, moved = _powers(learning_rate * axis.curvature, first, count)
            root = (axis.steepness * start_distance) * shrunk
            loss += root * root
            weight += axis.weight * start_distance * moved
            bias += axis.bias * start_distance * moved
            weight_gradient += 2 * axis.steepness * axis.weight * root
            bias_gradient += 2 * axis.steepness * axis.bias * root
        weight_step -= learning_rate * weight_gradient
        bias_step -= learning_rate * bias_gradient
    return rows


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
