"""Sweep: the same run with many learning rates, and what became of each."""

import math
from collections.abc import Generator, Iterable
from dataclasses import fields, replace
from typing import Any, NamedTuple

import numpy as np

from gdviz.core.descent.descent import Experiment, Outcome, descend, run
from gdviz.core.descent.goals import goal_loss, has_diverged
from gdviz.core.descent.methods import GradientDescent

# Small enough for a slice of time with any method; who runs a sweep sends what fits after that.
FIRST_ROWS = 256
# From a thousandth of the stability limit to beyond it; or, without a limit, around the rate
# that the method's authors propose.
BELOW_LIMIT, ABOVE_LIMIT = 1e-3, 2.0
BELOW_PUBLISHED, ABOVE_PUBLISHED = 1e-2, 1e3
# Where a step is about as long as the rate, so many times the way to the optimum.
ABOVE_WAY = 2.0
# How many rates to try.
RATES = 60
# Of how much of the start's height may be left at the goal the least that some rate reaches is
# proposed. To know it, each 6th rate is tried, for no more steps than take a moment.
SHARES = 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.9
EVERY, MOMENT = 6, 100
# To draw batches from more rows takes longer than that; then it is as if there were none.
MOST_SHUFFLED = 2_000


class Trial(NamedTuple):
    """What became of one learning rate.

    Attributes
    ----------
    iterations : int or None
        How many it took to reach the goal; None: it never did.
    loss : float
        The last one that is a number; inf if there is none.
    diverged : bool
        Whether the loss left all bounds, or ended above where it began.
    """

    rate: float
    iterations: int | None
    loss: float
    outcome: Outcome
    diverged: bool


def rates(low: float, high: float, count: int) -> list[float]:
    """Return `count` learning rates from `low` to `high`, each about the same multiple of the last.

    Those between the ends are rounded to as few digits as tell them apart.
    """
    if count < 2 or low == high:
        return [low]
    # Of larger steps fewer digits tell the rates apart than there are anyway.
    growth = math.expm1(min((math.log(high) - math.log(low)) / (count - 1), 1.0))
    digits = max(3, 2 - math.floor(math.log10(abs(growth))))
    between = np.geomspace(low, high, count)[1:-1]
    return [low, *(float(f"{rate:.{digits}g}") for rate in between), high]


def proposed_rates(experiment: Experiment) -> tuple[float, float]:
    """Return the lowest and the highest rate worth trying, in two digits."""
    limit, published = experiment.learning_rate_limit, experiment.method.published_rate
    if np.isfinite(limit):
        low, high = BELOW_LIMIT * limit, ABOVE_LIMIT * limit
    else:
        optimum, start = experiment.scaled_bowl.optimum, experiment.scale.scaled(experiment.start)
        way = max(abs(optimum.weight - start.weight), abs(optimum.bias - start.bias))
        low, high = BELOW_PUBLISHED * published, max(ABOVE_PUBLISHED * published, ABOVE_WAY * way)
    return float(f"{low:.1e}"), float(f"{high:.1e}")


def proposed_goal(experiment: Experiment) -> float:
    """Return a loss worth reaching that some of the proposed rates reach."""
    if len(experiment.dataset) > MOST_SHUFFLED:
        experiment = _variant(experiment, batch_size=None)
    goals = [goal_loss(experiment, share) for share in SHARES]
    lowest = math.inf
    # The largest first: most often one of them is enough.
    for rate in rates(*proposed_rates(experiment), RATES)[::-EVERY]:
        if lowest > goals[0] and rate < experiment.learning_rate_limit:
            lowest = min(lowest, _lowest(_variant(experiment, learning_rate=rate)))
    return next((goal for goal in goals if lowest <= goal), goal_loss(experiment, 1.0))


def _lowest(experiment: Experiment) -> float:
    """Return a loss that a run reaches; the least one if it is quick to know."""
    steps, method = experiment.iterations, experiment.method
    known_ahead = experiment.tolerance is None and not experiment.in_batches
    if known_ahead and isinstance(method, GradientDescent):
        start = experiment.scale.scaled(experiment.start)
        row = method.rows(experiment.scaled_bowl, start, experiment.learning_rate, steps, 1)
        return float(row[0, 2])
    trajectory, outcome = run(_variant(experiment, iterations=min(steps, MOMENT)))
    losses = trajectory.record.loss
    if not len(losses) or has_diverged(experiment, outcome, float(losses[-1])):
        return math.inf
    return float(losses.min())


def _variant(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401
    """Return an experiment with other settings, on the same ground."""
    variant = replace(experiment, **changes)
    # Summing it up again would go through all the rows.
    vars(variant)["bowl"] = experiment.bowl
    return variant


def fastest(trials: Iterable[Trial]) -> Trial | None:
    """Return the trial that reached the goal first; of several, the one of the lowest rate."""
    reached = [t for t in trials if t.iterations is not None and not t.diverged]
    return min(reached, key=lambda t: t.iterations or 0, default=None)


def differ_in_rate_only(one: Experiment, other: Experiment) -> bool:
    """Tell whether a sweep of one experiment is a sweep of the other as well."""
    return all(
        getattr(one, known.name) == getattr(other, known.name)
        for known in fields(Experiment)
        if known.name != "learning_rate"
    )


def sweep(
    experiment: Experiment,
    learning_rates: Iterable[float],
    goal: float,
    trials: list[Trial],
) -> Generator[int, int | None, None]:
    """Run an experiment with each of the rates, and append what became of it to `trials`.

    It yields how many rows were computed: a moment to rest. Who wants another number of rows in the
    next block sends it.
    """
    for rate in learning_rates:
        trials.append((yield from sweep_one(experiment, rate, goal)))


def sweep_one(
    experiment: Experiment, rate: float, goal: float
) -> Generator[int, int | None, Trial]:
    """Run an experiment with one rate, and return what became of it; see `sweep`.

    Nothing is kept of its path, so a run of any length takes no more memory than a block.
    """
    blocks, rows = descend(_variant(experiment, learning_rate=rate), FIRST_ROWS), None
    first, iterations, loss = 0, None, float("inf")
    while True:
        try:
            losses = blocks.send(rows)[:, 2]
        except StopIteration as end:
            outcome: Outcome = end.value
            break
        below = losses <= goal
        if iterations is None and below.any():
            iterations = first + int(below.argmax())
        if len(losses):
            loss = float(losses[-1])
        first += len(losses)
        rows = yield len(losses)
    return Trial(rate, iterations, loss, outcome, has_diverged(experiment, outcome, loss))
