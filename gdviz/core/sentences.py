"""What the numbers mean, in sentences for window and command line alike."""

from gdviz.core.descent import Ending, Experiment, Outcome
from gdviz.core.trajectory import Record, Row


def short_number(value: float) -> str:
    """Return the shortest text that means exactly this number, such as ``0.001`` or ``1e-5``."""
    mantissa, _, exponent = repr(value).partition("e")
    return mantissa.removesuffix(".0") + (f"e{int(exponent)}" if exponent else "")


def slope_sentence(row: Row, step: float) -> str:
    """Say what the slope means for the next step."""
    if row.gradient == 0:
        return "The slope is zero: the ground is level here, and no step changes the weight."
    if row.weight + step == row.weight:
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
    return (
        f"The run diverged: at iteration {outcome.iteration:,} the loss left all bounds. "
        f"{_why_and_what_works(experiment)}"
    )


def is_growing(record: Record) -> bool:
    """Tell whether a run is farther from the minimum at its end than at its start."""
    return record[-1].loss > record[0].loss


def growth_sentence(experiment: Experiment, record: Record) -> str:
    """Say how far a run has gone astray that has not left the numbers yet."""
    first, last = record[0], record[-1]
    return (
        f"The run diverges: from {first.loss:.4g} at the start the loss has grown to "
        f"{last.loss:.4g} at iteration {last.iteration:,}. {_why_and_what_works(experiment)}"
    )


def _why_and_what_works(experiment: Experiment) -> str:
    quadratic = experiment.quadratic
    limit, rate = f"{quadratic.learning_rate_limit:.3g}", short_number(quadratic.safe_learning_rate)
    return (
        "Every step overshoots the minimum and lands farther away. "
        f"Learning rates below {limit} work here; try {rate}."
    )


def caption(experiment: Experiment, row: Row, length: int) -> str:
    """Return the line under a picture: which data, settings and iteration of how many."""
    return (
        f"{experiment.dataset.source} · learning rate {experiment.learning_rate:g} · "
        f"iteration {row.iteration:,} of {length:,} · "
        f"w = {row.weight:.6g} · loss = {row.loss:.6g}"
    )
