"""Rules of the methods in JavaScript."""

import pytest

from gdviz.core.descent.methods import METHODS, GradientDescent, Momentum, StepSearch
from gdviz.core.page.javascript import UntranslatableError, rule_source


def method_that(update):
    return type("Own", (GradientDescent,), {"update": update})


@pytest.mark.parametrize("kind", METHODS.values(), ids=METHODS)
@pytest.mark.parametrize("with_bias", [False, True])
def test_every_method_can_be_told(kind, with_bias):
    assert "yield step" in rule_source(kind, with_bias)


def test_a_rule_keeps_its_names_and_its_order():
    source = rule_source(Momentum, False)
    assert "{momentum}" in source
    assert "velocity = ((momentum * velocity) + slope);" in source
    assert "step = ((-learning_rate) * velocity);" in source


def test_a_search_takes_the_first_try_that_helps_and_ends_without_one():
    source = rule_source(StepSearch, True)
    assert "tries.filter((t) => (loss(X, Y, (w + t[0]), (b + t[1])) < here))" in source
    assert "if ((step === null)) { break; }" in source


@pytest.mark.parametrize(
    "update",
    [
        "step = slope ** 2",
        "step = np.exp(slope)",
        "step = open('a')",
        "import os",
        "step = 1 < slope < 2",
        "step = slope.real",
        "step = 'text'",
        "step: float = slope",
        "while True: step = 0",
    ],
)
def test_what_might_come_to_other_digits_is_refused(update):
    with pytest.raises(UntranslatableError):
        rule_source(method_that(update), False)
