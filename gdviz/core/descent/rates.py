"""Learning rates: which creep, which are fast, which diverge, and how many steps they need.

On a paraboloid plain gradient descent multiplies the distance to the optimum along a direction of
curvature λ by ``1 - rate λ`` with every step; momentum and Nesterov's method by the larger root of
a quadratic (Goh, "Why Momentum Really Works", Distill 2017). Zones and forecasts follow from that
factor.
"""

import enum
import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from gdviz.core.descent.bowl import Direction
from gdviz.core.descent.descent import Ending, Experiment, Outcome
from gdviz.core.descent.methods import GradientDescent, Momentum, Nesterov
from gdviz.core.descent.trajectory import Record, Row

# A direction is done when what is left of it is a million times smaller.
GOAL = 1e-6
# On the gentle slopes twice the rate is half the iterations: below a tenth of the best rate a run
# takes ten times as long as it need.
CREEPING_SHARE = 0.1
# A component of the start this much smaller than the whole way is rounding.
ROUNDING = 1e-12
# The loss looks flat if in the last tenth of the iterations it fell by less than a hundredth of
# all it has fallen: less than the curve is thick. And a parameter is far from its goal below 95 %.
RECENT, FLAT, ARRIVED = 0.1, 0.01, 0.95
FEWEST_FLAT = 20
# A run that takes more than so many times the steps it takes at the safe rate isn't worth watching.
PATIENCE = 10
# A valley that takes more steps than this is too long to walk; on standardised x it is offered
# where it takes fewer than that.
TOO_FAR, NEAR = 100_000, 1_000
# With so many digits the best rate and the limit are set.
RATE_DIGITS = 4
# Below it a number squared is rounding beside the number.
TINY = 1e-8
# Beyond it the square of a number may be none, and what is beside it doesn't count.
HUGE = 1e150


class Zone(enum.Enum):
    """What a learning rate does; the value is its name."""

    CREEPING = "creeping"
    FAST = "fast"
    OVERSHOOTING = "overshooting, converging"
    DIVERGING = "diverging"


@dataclass(frozen=True)
class Zones:
    """Where one zone of learning rates ends and the next begins.

    Attributes
    ----------
    fast : float
        Below it a run creeps: a tenth of the best rate.
    best : float
        The rate with which the slowest direction needs the fewest steps.
    overshooting : float
        Above it each step lands on the other side of the steepest direction's valley.
    limit : float
        From it on a run diverges.
    """

    fast: float
    best: float
    overshooting: float
    limit: float

    def zone(self, learning_rate: float) -> Zone:
        """Return the zone a rate lies in."""
        if learning_rate >= self.limit:
            return Zone.DIVERGING
        if learning_rate > self.overshooting:
            return Zone.OVERSHOOTING
        return Zone.FAST if learning_rate >= self.fast else Zone.CREEPING


class Way(NamedTuple):
    """How far a parameter has gone.

    Attributes
    ----------
    name : {"w", "b"}
    gone, whole : float
        From the start to where it is, and to the optimum.
    """

    name: str
    gone: float
    whole: float


class Choice(NamedTuple):
    """A learning rate to begin with, and the published one that it may stand in for.

    Attributes
    ----------
    rate, published : float
    steps, published_steps : float
        After how many steps each of them gets there; infinite: never.
    diverges : bool
        Whether the published one does.
    """

    rate: float
    published: float
    steps: float = math.inf
    published_steps: float = math.inf
    diverges: bool = False


def first_rate(experiment: Experiment) -> Choice:
    """Return the rate to begin with, whatever that of the experiment is.

    It is the one published with the method, unless a run would diverge with it, or take so many
    steps that it isn't worth watching; then it is a safe one for these data.
    """
    published = experiment.method.published_rate
    if not has_limit(experiment):
        return Choice(published, published)
    safe = experiment.safe_learning_rate
    steps, published_steps = (
        steps_to_goal(replace(experiment, learning_rate=rate))[0] for rate in (safe, published)
    )
    diverges = published >= experiment.learning_rate_limit
    creeps = published_steps > PATIENCE * steps
    return Choice(safe if diverges or creeps else published, published,
                  steps, published_steps, diverges)  # fmt: skip


def on_standardised(experiment: Experiment) -> Experiment | None:
    """Return the experiment on standardised x, at a safe rate, if that spares a long valley.

    None where even x as it is can be walked, or standardising doesn't help.
    """
    if not experiment.with_bias or experiment.standardise or not has_limit(experiment):
        return None
    far = max(TOO_FAR, experiment.iterations)
    # Mostly the first answer is enough, and this is asked at every pixel of a drag.
    if steps_to_goal(experiment)[0] <= far:
        return None
    safe = replace(experiment, learning_rate=experiment.safe_learning_rate)
    if steps_to_goal(safe)[0] <= far:
        return None
    scaled = replace(experiment, standardise=True)
    scaled = replace(scaled, learning_rate=scaled.safe_learning_rate)
    return scaled if steps_to_goal(scaled)[0] < NEAR else None


def at_best_rate(experiment: Experiment) -> Experiment | None:
    """Return the experiment at the best rate, if its own has it creep and never arrive."""
    if steps_to_goal(experiment)[0] <= experiment.iterations:
        return None
    known = zones(experiment)
    if known is None or known.zone(experiment.learning_rate) is not Zone.CREEPING:
        return None
    return replace(experiment, learning_rate=rounded_down(known.best, RATE_DIGITS))


def rounded_down(rate: float, digits: int) -> float:
    """Return a rate of so many digits that isn't above another, which may be a limit.

    What is above it by no more than it was rounded counts as the same: a limit of 0.02 may have
    come out as 0.019999999999999997.
    """
    rounded = float(f"{rate:.{digits - 1}e}")
    if rounded > rate * (1 + ROUNDING):
        step = 10.0 ** (math.floor(math.log10(rate)) - digits + 1)
        rounded = float(f"{rounded - step:.{digits - 1}e}")
    return rounded


def zones(experiment: Experiment) -> Zones | None:
    """Return the zones of an experiment's learning rates; None where no limit is known.

    For plain descent the best rate is ``2 / (λmin + λmax)``: there the steepest and the shallowest
    direction shrink equally fast (Polyak, "Introduction to Optimization", 1987); with one
    direction ``1 / λ``, which arrives in a single step. Momentum's and Nesterov's are searched
    for: the factor of the slowest direction first falls and then grows with the rate.
    """
    curved = [axis.curvature for axis in experiment.scaled_bowl.axes if axis.curvature > 0]
    if not has_limit(experiment) or not curved:
        return None
    steepest, shallowest = max(curved), min(curved)
    method = experiment.method
    limit, overshooting = method.limit(steepest), _overshooting(method) / steepest
    if isinstance(method, GradientDescent):
        best = 2 / (shallowest + steepest)
    else:
        best = _searched_best(experiment, shallowest, steepest, limit)
    return Zones(min(CREEPING_SHARE * best, overshooting), best, overshooting, limit)


def has_limit(experiment: Experiment) -> bool:
    """Tell whether the steps follow a rule whose limit is known, on the whole data."""
    known = isinstance(experiment.method, GradientDescent | Momentum | Nesterov)
    return known and not experiment.in_batches


def factor(experiment: Experiment, curvature: float, learning_rate: float | None = None) -> float:
    """Return what each step makes of a distance along a direction, in the long run.

    Parameters
    ----------
    experiment : Experiment
        Its method is one with a known limit.
    curvature : float
        The eigenvalue λ of the direction.
    learning_rate : float, optional
        Another rate than that of the experiment.
    """
    method, rate = experiment.method, learning_rate or experiment.learning_rate
    left = 1 - rate * curvature
    match method:
        case Momentum():
            return _larger_root(left + method.momentum, method.momentum)
        case Nesterov():
            return _larger_root((1 + method.momentum) * left, method.momentum * left)
        case _:
            return abs(left)


def steps_to_goal(experiment: Experiment) -> tuple[float, Direction | None]:
    """Return after how many steps the slowest direction is a million times smaller, and which.

    Only directions count in which the start lies beside the optimum. Infinite: never.
    """
    return max(
        ((_steps(experiment, axis.curvature), axis) for axis in directions(experiment)),
        key=lambda known: known[0],
        default=(0.0, None),
    )


def directions(experiment: Experiment) -> list[Direction]:
    """Return the curved directions in which the start lies beside the optimum."""
    bowl, start = experiment.scaled_bowl, experiment.scale.scaled(experiment.start)
    shift = start.weight - bowl.optimum.weight, start.bias - bowl.optimum.bias
    least = ROUNDING * max(math.hypot(*shift), math.hypot(*bowl.optimum) * ROUNDING)
    return [
        axis for axis in bowl.axes
        if axis.curvature > 0 and abs(axis.distance(*shift)) > least
    ]  # fmt: skip


def is_growing(record: Record) -> bool:
    """Tell whether a run is farther from the minimum at its end than at its start."""
    return len(record) > 0 and record[-1].loss > (1 + ROUNDING) * record[0].loss


def goes_astray(outcome: Outcome, record: Record) -> bool:
    """Tell whether a run has left all bounds, or would if it were longer."""
    return outcome.ending is Ending.DIVERGED or is_growing(record)


def growth(experiment: Experiment, record: Record) -> tuple[int, float] | None:
    """Return from which iteration on the loss grew, and by which factor each step did.

    The factor is measured, over the last half of the growth: how much farther from the minimum
    each step ended than it began. None where it never grew for two rows.
    """
    losses, minimum = record.loss, experiment.scaled_bowl.minimum
    began = int(losses.argmin()) if len(losses) else 0
    last = len(losses) - 1
    middle = (began + last) // 2
    heights = losses[[middle, last]] - minimum if last > began else np.zeros(2)
    if not 0 < heights[0] < heights[1]:
        return None
    decades = math.log(float(heights[1])) - math.log(float(heights[0]))
    began, middle, last = record.iterations_of(np.array([began, middle, last])).tolist()
    return began, math.exp(decades / 2 / (last - middle))


def flat_but_far(experiment: Experiment, row: Row, record: Record) -> Way | None:
    """Return the parameter that is farthest from its optimum where the loss looks flat.

    None where the loss still falls, or all have arrived.
    """
    if row.iteration < FEWEST_FLAT or experiment.bowl.curvature == 0:
        return None
    first, recent = record[0], record.at(int((1 - RECENT) * row.iteration))
    fallen, lately = first.loss - row.loss, recent.loss - row.loss
    ways = _ways(experiment, row)
    if not ways or not 0 <= lately < FLAT * fallen:
        return None
    farthest = min(ways, key=lambda way: abs(way.gone / way.whole))
    return farthest if 0 <= farthest.gone / farthest.whole < ARRIVED else None


def _ways(experiment: Experiment, row: Row) -> list[Way]:
    """Return the way of each parameter that has one."""
    start, optimum = experiment.start, experiment.bowl.optimum
    if experiment.dataset.bowl.sd_x == 0 and experiment.with_bias:
        return []  # in a level valley many places are as good
    ways = (
        Way("w", row.weight - start.weight, optimum.weight - start.weight),
        Way("b", row.bias - start.bias, optimum.bias - start.bias),
    )
    return [way for way in ways if way.whole != 0]


def _overshooting(method: object) -> float:
    """Return from which ``rate λ`` on both factors of a direction are negative.

    There the discriminant of its quadratic turns positive again, or its last term negative.
    """
    return (1 + math.sqrt(method.momentum)) ** 2 if isinstance(method, Momentum) else 1.0


def _searched_best(
    experiment: Experiment, shallowest: float, steepest: float, limit: float
) -> float:
    """Return the rate with the smallest factor of the slowest direction, by ternary search."""

    def slowest(log_rate: float) -> float:
        rate = math.exp(log_rate)
        return max(factor(experiment, curvature, rate) for curvature in (shallowest, steepest))

    low, high = math.log(limit) - 40, math.log(limit)
    for _ in range(120):
        third = (high - low) / 3
        if slowest(low + third) > slowest(high - third):
            low += third
        else:
            high -= third
    return math.exp((low + high) / 2)


def _larger_root(total: float, product: float) -> float:
    """Return the larger magnitude of the roots of ``r² - total r + product``."""
    if abs(total) > HUGE:
        return abs(total)
    discriminant = total * total - 4 * product
    if discriminant < 0:
        return math.sqrt(product)
    return (abs(total) + math.sqrt(discriminant)) / 2


def _steps(experiment: Experiment, curvature: float) -> float:
    """Return after how many steps a direction is a million times smaller."""
    rate, kept = experiment.learning_rate * curvature, getattr(experiment.method, "momentum", 0.0)
    if 0 < rate < TINY * (1 - kept) ** 2:
        # Such a rate would be lost in 1 - rate; the logarithm of the factor tends to this.
        decay = rate / (1 - kept)
    else:
        shrunk = factor(experiment, curvature)
        decay = -math.log(shrunk) if shrunk > 0 else math.inf
    return max(1.0, -math.log(GOAL) / decay) if decay > 0 else math.inf
