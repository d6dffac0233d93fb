"""Sentences say what happened."""

import pytest

from gdviz.core.descent.descent import Ending, Outcome
from gdviz.core.descent.sweep import Trial
from gdviz.core.words.sentences import trial_sentence


@pytest.mark.parametrize(
    ("iterations", "diverged", "expected"),
    [
        (1, False, "Rate 0.002 reaches the goal in 1 iteration; its final loss is 22.5."),
        (1234, False, "Rate 0.002 reaches the goal in 1,234 iterations; its final loss is 22.5."),
        (None, False, "Rate 0.002 does not reach the goal; its final loss is 22.5."),
        (None, True, "Rate 0.002 diverges."),
    ],
)
def test_a_sentence_says_what_became_of_a_rate(iterations, diverged, expected):
    trial = Trial(0.002, iterations, 22.5, Outcome(Ending.REACHED, 100), diverged)
    assert trial_sentence(trial) == expected
