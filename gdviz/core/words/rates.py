"""Learning rates: which creep, which are fast, which diverge, and how long a run will take.

On a paraboloid plain gradient descent multiplies the distance to the optimum along a direction of
curvature λ by ``1 - rate λ`` with every step; momentum and Nesterov's method by the larger root of
a quadratic (Goh, "Why Momentum Really Works", Distill 2017). All that is said here follows from
that factor.
"""

import enum
import math
from dataclasses import dataclass

import numpy as np

from gdviz.core.descent.bowl import Axis
from gdviz.core.descent.descent import Ending, Experiment, Outcome
from gdviz.core.descent.methods import GradientDescent, Momentum, Nesterov, StepSearch
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.words.sentences import short_number, slope_sentence

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
# Beyond it the square of a number may be none, and what is beside it doesn't count.
HUGE = 1e150
# How many units of a number's last digit a step may have to be but a flicker of it.
LAST_DIGITS = 2


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


def zones(experiment: Experiment) -> Zones | None:
    """Return the zones of an experiment's learning rates; None where no limit is known.

    For plain descent the best rate is ``2 / (λmin + λmax)``: there the steepest and the shallowest
    direction shrink equally fast (Polyak, "Introduction to Optimization", 1987); with one
    direction ``1 / λ``, which arrives in a single step. Momentum's and Nesterov's are searched
    for: the factor of the slowest direction first falls and then grows with the rate.
    """
    curved = [axis.curvature for axis in experiment.bowl.axes if axis.curvature > 0]
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


def steps_to_goal(experiment: Experiment) -> tuple[float, Axis | None]:
    """Return after how many steps the slowest direction is a million times smaller, and which.

    Only directions count in which the start lies beside the optimum. Infinite: never.
    """
    directions = _directions(experiment)
    if not directions:
        return 0.0, None
    steps = [_steps(experiment, axis.curvature) for axis in directions]
    slowest = max(range(len(steps)), key=steps.__getitem__)
    return steps[slowest], directions[slowest]


def forecast(experiment: Experiment) -> str:
    """Say, before anything runs, whether it will converge and how long that takes."""
    if experiment.bowl.curvature == 0:
        return "The ground is level: any rate will do, for no step changes anything."
    if not has_limit(experiment):
        return _unknown(experiment)
    directions = _directions(experiment)
    if not directions:
        return "The start is the minimum: no step changes anything."
    worst = max(factor(experiment, axis.curvature) for axis in directions)
    if worst > 1:
        return f"Diverges: each step ends {_times(worst)} as far from the minimum."
    steps = steps_to_goal(experiment)[0]
    if steps == math.inf:
        return "Never converges: the steps jump to and fro, as far out as before."
    what = "the slow direction" if len(directions) > 1 else "the distance"
    return (
        f"Converges: about {_rounded(steps)} until {what} is a million times smaller. "
        f"{_share_of_way(experiment, worst, steps)}"
    )


def is_growing(record: Record) -> bool:
    """Tell whether a run is farther from the minimum at its end than at its start."""
    return record[-1].loss > record[0].loss


def growth(experiment: Experiment, record: Record) -> tuple[int, float] | None:
    """Return from which iteration on the loss grew, and by which factor each step did.

    The factor is measured, over the last half of the growth: how much farther from the minimum
    each step ended than it began. None where it never grew for two rows.
    """
    losses = record.loss
    began = int(losses.argmin()) if len(losses) else 0
    last = len(losses) - 1
    middle = (began + last) // 2
    heights = losses[[middle, last]] - experiment.bowl.minimum if last > began else np.zeros(2)
    if not 0 < heights[0] < heights[1]:
        return None
    decades = math.log(float(heights[1])) - math.log(float(heights[0]))
    return began * record.stride, math.exp(decades / 2 / ((last - middle) * record.stride))


def account(experiment: Experiment, outcome: Outcome, record: Record) -> str:
    """Give a short account of a run that went astray: what happened, why, and what works."""
    if outcome.ending is Ending.DIVERGED:
        happened = f"The run diverged: at iteration {outcome.iteration:,} the loss left all bounds."
    else:
        happened = (
            f"The run diverges: from {record[0].loss:.4g} at the start the loss has grown to "
            f"{record[-1].loss:.4g} at iteration {record.newest:,}."
        )
    measured = growth(experiment, record)
    grew = ""
    if measured is not None:
        began, by = measured
        since = f"From iteration {began:,} on" if began else "From the start"
        grew = f" {since}, each step was {_times(by)} as long as the last."
    limit, rate = experiment.learning_rate_limit, short_number(experiment.safe_learning_rate)
    works = f"Learning rates below {limit:.3g} work here; try" if limit < math.inf else "Try"
    why = "Every step overshoots the minimum and lands farther away."
    return f"{happened}{grew} {why} {works} {rate}."


def meaning(experiment: Experiment, row: Row, record: Record) -> str:
    """Say what matters most at a step: the end of precision, a plateau, or what the slope means."""
    return precision(row) or plateau(experiment, row, record) or slope_sentence(experiment, row)


def plateau(experiment: Experiment, row: Row, record: Record) -> str:
    """Say which parameter is still far from the optimum where the loss looks flat; else nothing."""
    if row.iteration < FEWEST_FLAT or experiment.bowl.curvature == 0:
        return ""
    first, recent = record[0], record.at(int((1 - RECENT) * row.iteration))
    fallen, lately = first.loss - row.loss, recent.loss - row.loss
    if not 0 <= lately < FLAT * fallen:
        return ""
    gone, way, name = min(_ways(experiment, row), key=lambda way: abs(way[0] / way[1]))
    if not 0 <= gone / way < ARRIVED:
        return ""
    return (
        f"The loss looks flat, but {name} has gone only {abs(gone):{_digits(way)}} of its "
        f"{abs(way):{_digits(way)}}."
    )


def precision(row: Row) -> str:
    """Say that the steps have left the computer's precision, if they have; else nothing."""
    places = ((row.weight, row.weight_step), (row.bias, row.bias_step))
    if row.weight_step == row.bias_step == 0 or not all(map(math.isfinite, row)):
        return ""
    if all(place + step == place for place, step in places):
        return (
            "Steps are too small for the computer to tell apart: nothing moves any more. That is "
            "the end of precision, no proof of having arrived."
        )
    if all(abs(step) <= LAST_DIGITS * math.ulp(place) for place, step in places):
        return (
            "Steps change only the last digit the computer keeps. That is the end of precision, "
            "no proof of having arrived."
        )
    return ""


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


def _directions(experiment: Experiment) -> list[Axis]:
    """Return the curved directions in which the start lies beside the optimum."""
    bowl, start = experiment.bowl, experiment.scale.scaled(experiment.start)
    shift = start.weight - bowl.optimum.weight, start.bias - bowl.optimum.bias
    least = ROUNDING * max(math.hypot(*shift), math.hypot(*bowl.optimum) * ROUNDING)
    return [
        axis for axis in bowl.axes
        if axis.curvature > 0 and abs(axis.distance(*shift)) > least
    ]  # fmt: skip


def _steps(experiment: Experiment, curvature: float) -> float:
    """Return after how many steps a direction is a million times smaller."""
    rate = experiment.learning_rate * curvature
    plain = isinstance(experiment.method, GradientDescent)
    shrunk = factor(experiment, curvature)
    if shrunk >= 1 and not (plain and 0 < rate < 1):
        return math.inf
    if shrunk == 0:
        return 1.0
    # Near 0 a rate is lost in 1 - rate, but not in its logarithm.
    decay = -math.log1p(-rate) if plain and rate < 1 else -math.log(shrunk)
    return max(1.0, -math.log(GOAL) / decay)


def _unknown(experiment: Experiment) -> str:
    """Say why there is no forecast."""
    default = short_number(experiment.method.published_rate)
    if isinstance(experiment.method, StepSearch):
        return f"The rate is the length of each step here: no limit. Often used: {default}."
    if experiment.in_batches:
        return "Each step looks at other rows, so there is no exact limit and no forecast."
    return (
        f"{experiment.method.label} fits the length of each step to the slopes: no limit is known. "
        f"Published default: {default}."
    )


def _share_of_way(experiment: Experiment, slowest: float, steps: float) -> str:
    """Say how far the iterations that are chosen go."""
    count = experiment.iterations
    if steps <= count:
        return f"Your {_count(count)} are enough."
    share = 1 - math.exp(math.log(GOAL) * count / steps) if slowest > 0 else 1.0
    percent = "under 1" if share < 0.01 else "over 99" if share > 0.99 else f"{share:.0%}"
    return f"Your {_count(count)} go {percent.removesuffix('%')} % of the way."


def _ways(experiment: Experiment, row: Row) -> list[tuple[float, float, str]]:
    """Return how far each parameter has gone, of how far, and its name."""
    start, bowl = experiment.start, experiment.bowl
    optimum = experiment.dataset.bowl.optimum if experiment.with_bias else bowl.optimum
    ways = [
        (row.weight - start.weight, optimum.weight - start.weight, "w"),
        (row.bias - start.bias, optimum.bias - start.bias, "b"),
    ]
    if experiment.dataset.bowl.sd_x == 0 and experiment.with_bias:
        return [(1.0, 1.0, "w")]  # in a level valley many places are as good
    return [way for way in ways if way[1] != 0] or [(1.0, 1.0, "w")]


def _times(times: float) -> str:
    """Return a factor for reading."""
    if times < 1.01:
        return f"{times:.6g} times"
    return f"{times:,.3g} times" if times < 1e5 else f"{times:.1e} times"


def _rounded(steps: float) -> str:
    """Return a number of iterations with two digits."""
    rounded = float(f"{math.ceil(steps):.2g}") if steps < 1e300 else steps
    return f"{_count(rounded)} iteration{'s' * (rounded != 1)}"


def _count(number: float) -> str:
    """Return a number for reading, from a million on in words."""
    if number >= 1e12:
        return f"{number:.1e}"
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if number >= size:
            return f"{number / size:.3g} {word}"
    return f"{number:,.0f}"


def _digits(size: float) -> str:
    """Return the format that gives a number of this size about three digits."""
    return ".2f" if 0.1 <= abs(size) < 1e4 else ".3g"
