"""What is said of how much the loss bends, and of the limit that this sets."""

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import GradientDescent
from gdviz.core.descent.rates import zones
from gdviz.core.words.numbers import number_text
from gdviz.core.words.rates import best_and_limit

DIGITS = 4


def curvature_text(experiment: Experiment) -> str:
    """Say how much the loss bends where it bends most, and up to which rate descent converges.

    Only for plain descent that is 2 by the curvature.
    """
    number = number_text(experiment.scaled_bowl.curvature, DIGITS)
    largest = "largest curvature" if experiment.with_bias else "curvature"
    text = f"{largest}{' on z' * experiment.standardise} {number}"
    known = zones(experiment) if isinstance(experiment.method, GradientDescent) else None
    if known is None:
        return text
    return f"{text}\n→ limit 2 ÷ {number} = {best_and_limit(known)[1]}"
