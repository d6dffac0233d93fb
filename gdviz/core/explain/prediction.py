"""Prediction: where a learner thinks the next step lands, and how near that was."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from gdviz.core.words.numbers import number_text

# A guess is close if it misses by no more than this share of the step.
CLOSE = 0.2


class Verdict(NamedTuple):
    """How near a guess was.

    Attributes
    ----------
    missed : float
        The distance from the guess to where the step landed, in units of the parameters.
    step : float
        How long the step was, in the same units.
    """

    missed: float
    step: float
    close: bool


class Tally(NamedTuple):
    """How many guesses there were, and how many of them were close."""

    guesses: int = 0
    close: int = 0

    def after(self, verdict: Verdict) -> "Tally":
        """Return the tally with one guess more."""
        return Tally(self.guesses + 1, self.close + verdict.close)


def judged(
    guess: Sequence[float], here: Sequence[float], step: Sequence[float], grain: float
) -> Verdict:
    """Judge a guess.

    Parameters
    ----------
    guess, here, step : sequence of float
        Of each parameter that is looked at: the guess, the place before the step, and the step.
    grain : float
        What the learner could not have told apart on the screen, in units of the parameters.
    """
    landing = [place + move for place, move in zip(here, step, strict=True)]
    missed, length = math.dist(guess, landing), math.hypot(*step)
    return Verdict(missed, length, missed <= max(CLOSE * length, grain))


def verdict_sentence(verdict: Verdict, tally: Tally) -> str:
    """Say how near a guess was, and how many were close so far."""
    opening = "Close" if verdict.close else "Not yet"
    missed, step = (number_text(value, 2) for value in (verdict.missed, verdict.step))
    score = f"{tally.close} of {tally.guesses} close" if tally.guesses > 1 else ""
    sentence = f"{opening}: you were {missed} off; the step was {step} long."
    return f"{sentence}  {score}".rstrip()
