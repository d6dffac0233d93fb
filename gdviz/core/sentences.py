"""What the numbers mean, in sentences for window and command line alike."""

from gdviz.core.descent import Ending, Experiment, Outcome
from gdviz.core.trajectory import Row


def slope_sentence(row: Row, next_weight: float) -> str:
    """Say what the slope means for the next step."""
    if row.gradient == 0:
        return "The slope is zero: the ground is level here, and no step changes the weight."
    if next_weight == row.weight:
        return "The slope is all but zero: the step is too small to change the weight any more."
    if row.gradient < 0:
        return "The slope is negative: the loss falls as w grows, so the next step goes right."
    return "The slope is positive: the loss grows with w, so the next step goes left."


def outcome_sentence(experiment: Experiment, outcome: Outcome) -> str:
    """Say why a run ended."""
    match outcome.ending:
        case Ending.REACHED:
            return f"Ran all {outcome.iteration:,} iterations."
        case Ending.CONVERGED:
            return (
                f"Stopped at iteration {outcome.iteration:,}: the slope is smaller than "
                f"{experiment.tolerance:g}."
            )
        case Ending.STOPPED:
            return f"You stopped the run at iteration {outcome.iteration:,}."
        case Ending.DIVERGED:
            return f"Diverged: the loss left all bounds at iteration {outcome.iteration:,}."


def divergence_sentence(experiment: Experiment, outcome: Outcome) -> str:
    """Say where a run diverged and which learning rate works."""
    quadratic = experiment.quadratic
    return (
        f"The run diverged: at iteration {outcome.iteration:,} the loss left all bounds, because "
        f"every step overshot the minimum and landed farther away. Learning rates below "
        f"{quadratic.learning_rate_limit:.3g} work here; try {quadratic.safe_learning_rate:g}."
    )


def caption(experiment: Experiment, row: Row, length: int) -> str:
    """Return the line under a picture: which data, settings and iteration of how many."""
    return (
        f"{experiment.dataset.source} · learning rate {experiment.learning_rate:g} · "
        f"iteration {row.iteration:,} of {length:,} · "
        f"w = {row.weight:.6g} · loss = {row.loss:.6g}"
    )
