"""Moments: the loss of all rows from their exact sums, each number of it rounded once."""

import math

from gdviz.core.descent.bowl import Bowl, Point
from gdviz.core.descent.quadratic import Quadratic
from gdviz.core.summary.sums import UNIT, Sums

# Binary digits of a root before it is rounded to the 53 of a double.
ROOT_DIGITS = 128


def quadratic_of(sums: Sums) -> Quadratic:
    """Return the loss over the weight, the bias fixed at 0: `Quadratic.of` all rows.

    Raises
    ------
    ValueError
        If there are no rows.
    """
    _check(sums)
    rows, xx, xy, yy = sums.rows, sums.xx, sums.xy, sums.yy
    if xx == 0:
        return Quadratic(0.0, yy / (rows << 2 * UNIT), 0.0)
    minimum = (yy * xx - xy * xy) / (rows * xx << 2 * UNIT)
    return Quadratic(xy / xx, minimum, _root(xx, rows << 2 * UNIT))


def bowl_of(sums: Sums) -> Bowl:
    """Return the loss over weight and bias: `Bowl.of` all rows.

    Raises
    ------
    ValueError
        If there are no rows.
    """
    _check(sums)
    rows, mean_x = sums.rows, _mean(sums.x, sums.rows)
    # The sums of centred squares, times the number of rows.
    xx = rows * sums.xx - sums.x * sums.x
    xy = rows * sums.xy - sums.x * sums.y
    yy = rows * sums.yy - sums.y * sums.y
    if xx == 0:
        # A valley: every line through (x, mean y).
        mean_y, size = _mean(sums.y, rows), math.hypot(mean_x, 1)
        lowest = Point(mean_x / size * mean_y / size, mean_y / size / size)
        return Bowl(lowest, yy / (rows * rows << 2 * UNIT), 0.0, mean_x)
    bias = (sums.y * xx - xy * sums.x) / (rows * xx << UNIT)
    return Bowl(
        optimum=Point(xy / xx, bias),
        minimum=(yy * xx - xy * xy) / (rows * rows * xx << 2 * UNIT),
        sd_x=_root(xx, rows * rows << 2 * UNIT),
        mean_x=mean_x,
    )


def standardised_bowl_of(sums: Sums) -> Bowl:
    """Return the loss over weight and bias with x as (x - mean) / standard deviation.

    Raises
    ------
    ValueError
        If there are no rows.
    """
    bowl, mean_y = bowl_of(sums), _mean(sums.y, sums.rows)
    sd = bowl.sd_x
    if sd == 0:
        return Bowl(Point(0.0, mean_y), bowl.minimum, 0.0, 0.0)
    # What is left of the mean of x was too small for its digits.
    rounded = Sums(y=sums.x, rows=sums.rows).minus(bowl.mean_x)
    mean_z, weight = _mean(rounded.y, sums.rows) / sd, bowl.optimum.weight * sd
    return Bowl(Point(weight, mean_y - weight * mean_z), bowl.minimum, 1.0, mean_z)


def _check(sums: Sums) -> None:
    if not sums:
        raise ValueError("There is no row to fit a line to: a summary needs at least one.")


def _mean(total: int, rows: int) -> float:
    # Python rounds the quotient of two integers of any size once.
    return total / (rows << UNIT)


def _root(numerator: int, denominator: int) -> float:
    """Return the square root of a quotient of positive integers."""
    shift = ROOT_DIGITS - (numerator.bit_length() - denominator.bit_length()) // 2
    squared = (
        (numerator << 2 * shift) // denominator
        if shift >= 0
        else (numerator // (denominator << -2 * shift))
    )
    root = math.isqrt(squared)
    return root / (1 << shift) if shift >= 0 else float(root << -shift)
