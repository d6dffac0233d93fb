"""Goals: a loss worth reaching, when a run reached it, and how far it is from the best line."""

import math

import numpy as np

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import DIVERGED_LOSS, Ending, Experiment, Outcome
from gdviz.core.descent.trajectory import Record

# A goal worth reaching: this much of the way from the start down to the minimum is left.
GOAL_SHARE = 0.01
# What is less than this share of the loss of the line y = 0 is rounding.
ROUNDING = 1e-12


def iterations_to(record: Record, loss: float) -> int | None:
    """Return the first kept iteration whose loss is `loss` or less; None if there is none.

    Of a run so long that only every 2nd, 4th, … row is kept, the first one kept.
    """
    reached = record.loss <= loss
    index = int(np.argmax(reached)) if len(reached) else 0
    if len(reached) and reached[index]:
        return int(record.iterations_of(index))
    if record.last is not None and record.last.loss <= loss:
        return record.last.iteration
    return None


def distance_to_optimum(experiment: Experiment, line: Point) -> float:
    """Return how far a line is from the best one that the experiment can find.

    Both are in the units of the data, standardised or not. Where a level valley of lines is
    equally good, it is the distance to the nearest of them.
    """
    bowl = experiment.bowl
    shift = line.weight - bowl.optimum.weight, line.bias - bowl.optimum.bias
    return math.hypot(*(axis.distance(*shift) for axis in bowl.axes if axis.steepness > 0))


def start_loss(experiment: Experiment) -> float:
    """Return the loss at the start, or the largest that a run may have."""
    loss = experiment.scaled_bowl.loss(*experiment.scale.scaled(experiment.start))
    return min(loss, DIVERGED_LOSS)


def has_diverged(experiment: Experiment, outcome: Outcome, loss: float) -> bool:
    """Tell whether a run diverged, or ended at a loss above that of its start.

    A run of finite losses that grow to the end would leave all bounds if it were longer.
    """
    noise = ROUNDING * experiment.bowl.loss(0.0, 0.0)  # a start at the optimum is left by that
    return outcome.ending is Ending.DIVERGED or loss > start_loss(experiment) + noise


def goal_loss(experiment: Experiment, share: float = GOAL_SHARE) -> float:
    """Return a loss worth reaching: by default 1 % of the start's height above the minimum.

    It is rounded up to two digits of that height, to be short to read.
    """
    minimum, start = experiment.scaled_bowl.minimum, start_loss(experiment)
    height = share * (start - minimum)
    if height <= 0:
        return max(minimum, start)
    goal = minimum + height
    digits = 1 - math.floor(math.log10(height))
    rounded = round(goal, digits)
    return rounded if rounded >= goal else round(goal + 10.0**-digits, digits)
