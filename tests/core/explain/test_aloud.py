# ruff: noqa: RUF001  (signs as the explanations show them)
"""Formulas are read as a person reads them to another."""

import pytest

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import METHODS
from gdviz.core.explain.aloud import aloud, signs_aloud
from gdviz.core.explain.explanation import Explainer


def lines(pizza, name="gradient-descent", **settings):
    """Return all formulas of the fourth step, and the same with their numbers."""
    method = METHODS[name]()
    experiment = Experiment(pizza, 9, method.published_rate, method=method, **settings)
    record = run(experiment)[0].record
    sections = Explainer(experiment).explain(record, record[3])
    both = [pieces for section in sections for line in section.lines for pieces in line]
    return [aloud(pieces) for pieces in both]


def test_the_step_is_a_sentence(pizza):
    assert lines(pizza)[-2:] == [
        "w new equals w minus eta g w",
        "w new equals 1.5157 minus 0.001 times minus 143.52 equals 1.6592",
    ]


def test_sums_fractions_and_powers_are_said(pizza):
    said = lines(pizza)
    assert "L w equals 1 over n times the sum over i from 1 to n of e i squared" in said
    loss = "L equals 1 over 30 times open, minus 13.296, squared plus minus 12.969, squared plus"
    assert any(one.startswith(loss) for one in said)
    assert "y hat i equals w x i" in said
    adam = lines(pizza, "adam")
    assert "m hat w equals m w over open, 1 minus beta 1 to the t, close" in adam


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("standardise", [False, True])
def test_no_sign_is_left_for_the_screen_reader_to_guess(pizza, name, standardise):
    for said in lines(pizza, name, with_bias=True, standardise=standardise):
        assert set(said) <= set("abcdefghijklmnopqrstuvwxyzLBWXYZ0123456789., :"), said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("−1.25e−7", "minus 1.25 times 10 to the minus 7"),
        ("3.5×10⁻⁹", "3.5 times 10 to the minus 9"),
        ("w = 1.6592 − 0.0010 × −80.71 = 1.7400",
         "w equals 1.6592 minus 0.0010 times minus 80.71 equals 1.7400"),
        ("?", "unknown"),
        ("−∞", "minus infinity"),
    ],
)  # fmt: skip
def test_numbers_are_said_with_their_signs(text, said):
    assert signs_aloud(text) == said
