"""Forecasts: how a run will go before it runs, and what went on once it did."""

import math
from typing import NamedTuple

from gdviz.core.descent.descent import Ending, Experiment, Outcome
from gdviz.core.descent.methods import StepSearch
from gdviz.core.descent.rates import (
    GOAL,
    Choice,
    at_best_rate,
    directions,
    factor,
    flat_but_far,
    growth,
    has_limit,
    on_standardised,
    steps_to_goal,
)
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.words.numbers import MINUS, count_text, number_text, short_number
from gdviz.core.words.sentences import no_row_sentence, slope_sentence

# How many units of a number's last digit a step may have to be but a flicker of it.
LAST_DIGITS = 2


class Offer(NamedTuple):
    """What would help a run that takes too long: the experiment as it would be, in few words."""

    experiment: Experiment
    text: str
    tip: str


def forecast(experiment: Experiment) -> str:
    """Say, before anything runs, whether it will converge and how long that takes."""
    if experiment.bowl.curvature == 0:
        return "The ground is level: any rate will do, for no step changes anything."
    if not has_limit(experiment):
        return _unknown(experiment)
    ways = directions(experiment)
    if not ways:
        return "The start is the minimum: no step changes anything."
    worst = max(factor(experiment, axis.curvature) for axis in ways)
    if worst > 1:
        return f"Diverges: each step ends {_times(worst)} as far from the minimum."
    steps = steps_to_goal(experiment)[0]
    if steps == math.inf:
        return "Never converges: the steps jump to and fro, as far out as before."
    what = "the slow direction" if len(ways) > 1 else "the distance"
    return (
        f"Converges: about {_rounded(steps)} until {what} is a million times smaller. "
        f"{_share_of_way(experiment.iterations, steps)}"
    )


def choice_sentence(choice: Choice) -> str:
    """Say why a rate was taken in place of the published one; nothing if it wasn't."""
    if choice.rate == choice.published:
        return ""
    published, rate = short_number(choice.published), short_number(choice.rate)
    if choice.diverges:
        return f"A rate of {published} would diverge on these data: {rate} was taken."
    return (
        f"A rate of {published} would take about {_rounded(choice.published_steps)} on these data: "
        f"{rate} was taken, which takes about {_count(choice.steps)}."
    )


def standardise_offer(scaled: Experiment | None, standardise: str = "Standardise x") -> str:
    """Say what `on_standardised` makes of a valley too long to walk; nothing if it isn't."""
    if scaled is None:
        return ""
    return f"{standardise}: {math.ceil(steps_to_goal(scaled)[0])} iterations"


def offer(experiment: Experiment) -> Offer | None:
    """Return what helps a slow run most: no rate helps in a valley too long for all of them."""
    scaled = on_standardised(experiment)
    if scaled is not None:
        tip = f"Descend on (x {MINUS} mean) / sd, at a rate that works there"
        return Offer(scaled, standardise_offer(scaled), tip)
    faster = at_best_rate(experiment)
    if faster is not None:
        now, then = (steps_to_goal(each)[0] for each in (experiment, faster))
        rate = short_number(faster.learning_rate)
        tip = f"With {rate} it takes about {_rounded(then)} rather than {_count(now)}"
        return Offer(faster, "Use the best rate", tip)
    return None


def account(experiment: Experiment, outcome: Outcome, record: Record) -> str:
    """Give a short account of a run that went astray: what happened, why, and what works."""
    if record.last is None:
        return no_row_sentence(experiment, outcome)
    if outcome.ending is Ending.DIVERGED:
        happened = f"The run diverged: at iteration {outcome.iteration:,} the loss left all bounds."
    else:
        first, last = (number_text(row.loss, 4) for row in (record[0], record[-1]))
        happened = (
            f"The run diverges: from {first} at the start the loss has grown to {last} at "
            f"iteration {record.newest:,}."
        )
    measured = growth(experiment, record)
    grew = ""
    if measured is not None:
        began, by = measured
        since = f"From iteration {began:,} on" if began else "From the start"
        grew = f" {since}, each step was {_times(by)} as long as the last."
    limit, rate = experiment.learning_rate_limit, short_number(experiment.safe_learning_rate)
    below = f"Learning rates below {number_text(limit, 3)} work here; try"
    works = below if limit < math.inf else "Try"
    why = "Every step overshoots the minimum and lands farther away."
    return f"{happened}{grew} {why} {works} {rate}."


def meaning(experiment: Experiment, row: Row, record: Record) -> str:
    """Say what matters most at a step: the end of precision, a plateau, or what the slope means."""
    return precision(row) or plateau(experiment, row, record) or slope_sentence(experiment, row)


def plateau(experiment: Experiment, row: Row, record: Record) -> str:
    """Say which parameter is still far from the optimum where the loss looks flat; else nothing."""
    way = flat_but_far(experiment, row, record)
    if way is None:
        return ""
    decimals = 2 if 0.1 <= abs(way.whole) < 1e4 else None
    gone, whole = (number_text(abs(far), 3, decimals=decimals) for far in (way.gone, way.whole))
    return f"The loss looks flat, but {way.name} has gone only {gone} of its {whole}."


def precision(row: Row) -> str:
    """Say that the steps have left the computer's precision, if they have; else nothing."""
    places = ((row.weight, row.weight_step), (row.bias, row.bias_step))
    if row.weight_step == row.bias_step == 0 or not all(map(math.isfinite, row[:8])):
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


def _share_of_way(count: int, steps: float) -> str:
    """Say how far so many iterations go, if so many steps go all the way."""
    if steps <= count:
        return f"Your {count_text(count)} are enough."
    share = 1 - math.exp(math.log(GOAL) * count / steps)
    percent = "under 1" if share < 0.01 else "over 99" if share > 0.99 else f"{100 * share:.0f}"
    return f"Your {count_text(count)} go {percent} % of the way."


def _times(times: float) -> str:
    """Return a factor above 1 for reading, to three digits; more where it is hardly above."""
    digits = 6 if times < 1.01 else 3
    text = number_text(float(f"{times:.{digits}g}"), digits, grouped=True)
    return f"{'just over ' * (text == '1')}{text} times"


def _rounded(steps: float) -> str:
    """Return a number of iterations with two digits."""
    count = _count(steps)
    return f"{count} iteration{'s' * (count != '1')}"


def _count(steps: float) -> str:
    """Return a number of steps with two digits."""
    return count_text(float(f"{math.ceil(steps):.2g}") if steps < 1e300 else steps)
