"""Contours: where the loss of a bowl has one level, exactly, and which levels to show."""

import math

import numpy as np
from numpy.typing import NDArray

from gdviz.core.bowl import Bowl

MOST_LEVELS = 14
FEWEST_POINTS, MOST_POINTS = 64, 2048
# How far a chord may lie from its arc, in pixels.
SAGITTA_PX = 0.1

Box = tuple[tuple[float, float], tuple[float, float]]


def levels(highest: float) -> list[float]:
    """Return heights above the minimum, from `highest` down: 1, 3, 10, 30, … of any magnitude.

    They are all but equal steps of log(loss - minimum): far walls and valley floor can both be
    read, where equal steps of the loss would show the walls alone.
    """
    if not 0 < highest < math.inf:
        return []
    decade = math.floor(math.log10(highest))
    steps = [m * 10.0**power for power in range(decade, decade - MOST_LEVELS, -1) for m in (3, 1)]
    return [step for step in steps if 0 < step <= highest][:MOST_LEVELS]


def highest_in(bowl: Bowl, box: Box) -> float:
    """Return the largest height above the minimum in a box: it is that of a corner."""
    (left, right), (bottom, top) = box
    weight, bias = np.array([(w, b) for w in (left, right) for b in (bottom, top)]).T
    return float((bowl.loss(weight, bias) - bowl.minimum).max())


def contour(
    bowl: Bowl, height: float, box: Box, px_per_unit: tuple[float, float]
) -> NDArray[np.float64]:
    """Return the outline of all lines whose loss is at most `height` above the minimum.

    Parameters
    ----------
    bowl : Bowl
    height : float
        Above the minimum, in units of loss.
    box : tuple
        The lowest and highest weight and bias that are looked at.
    px_per_unit : tuple of float
        Pixels of a unit of weight and of bias: more points are needed the larger it looks.

    Returns
    -------
    ndarray of shape (n, 2)
        Weights and biases on the level: an ellipse; where a valley is level, the corners of a
        strip that ends outside the box.
    """
    centre, (first, second) = np.array(bowl.optimum), bowl.axes
    radius = math.sqrt(height)
    short = radius / first.steepness * np.array([first.weight, first.bias])
    along = np.array([second.weight, second.bias])
    if second.steepness == 0:
        reach = _reach(centre, box)
        ends = [short + reach * along, short - reach * along]
        return np.array([*(centre + end for end in ends), *(centre - end for end in ends)])
    long = radius / second.steepness * along
    size_px = max(float(np.hypot(*(axis * np.array(px_per_unit)))) for axis in (short, long))
    count = 2 * math.pi / math.sqrt(8 * SAGITTA_PX / max(size_px, 1.0))
    angles = np.linspace(0, 2 * math.pi, int(np.clip(count, FEWEST_POINTS, MOST_POINTS)), False)
    across, lengthwise = np.outer(np.cos(angles), short), np.outer(np.sin(angles), long)
    outline: NDArray[np.float64] = centre + across + lengthwise
    return outline


def clip(polygon: NDArray[np.float64], box: Box) -> NDArray[np.float64]:
    """Return the part of a convex polygon inside a box (Sutherland and Hodgman 1974)."""
    for axis, (low, high) in enumerate(box):
        for sign, bound in ((1.0, high), (-1.0, -low)):
            if not len(polygon):
                return polygon
            outside = sign * polygon[:, axis] - bound
            following, next_outside = np.roll(polygon, -1, axis=0), np.roll(outside, -1)
            inside = outside <= 0
            crosses = inside != (next_outside <= 0)
            with np.errstate(divide="ignore", invalid="ignore"):
                share = np.where(crosses, outside / (outside - next_outside), 0.0)
            cut = polygon + share[:, np.newaxis] * (following - polygon)
            both = np.stack((polygon, cut), axis=1).reshape(-1, 2)
            polygon = both[np.stack((inside, crosses), axis=1).ravel()]
    return polygon


def level_text(loss: float, height: float) -> str:
    """Return a loss with as many digits as tell it from the minimum `height` below."""
    if not 1e-3 <= abs(loss) < 1e6:
        return f"{loss:.3g}"
    return f"{loss:.{min(max(0, 1 - math.floor(math.log10(height))), 12)}f}"


def _reach(centre: NDArray[np.float64], box: Box) -> float:
    """Return a length that leads out of the box from the centre, whichever way."""
    corners = np.array([(w, b) for w in box[0] for b in box[1]])
    return float(2 * np.hypot(*(corners - centre).T).max())
