"""Conditions and amounts mean what they say; other texts are refused with a reason."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.lessons.conditions import FACTS, Amount, Condition, ConditionError

SETTINGS = settings(derandomize=True, deadline=None)


def holds(text, **facts):
    return Condition(text).holds(facts.__getitem__)


def test_conditions_mean_what_they_say():
    assert holds("loss < 100", loss=99.0)
    assert not holds("loss < 100", loss=100.0)
    assert holds("1 < weight < 2 and not playing", weight=1.5, playing=False)
    assert holds("abs(slope) < 10 or diverged", slope=-9.0, diverged=False)
    assert holds("weight - learning_rate * slope == 8 / 10 + 0", weight=0, learning_rate=0.001,
                 slope=-800)  # fmt: skip
    assert holds('method == "adam"', method="adam")
    assert holds('method != "adam"', method="momentum")
    assert holds("-weight > +1", weight=-2)
    assert not holds("1 / weight > 0", weight=0)
    assert holds("not 1 > 2 > 1 / weight", weight=0)


def test_a_condition_knows_what_it_asks_about():
    condition = Condition("loss < 100 and not (playing or abs(loss) > 2)")
    assert condition.facts == {"loss", "playing"}


@pytest.mark.parametrize(
    "text",
    ["", "loss", "loss <", "los < 1", "__import__('os')", "loss.real < 1", "loss < 'x'",
     "loss and 1", "abs(loss, 1) < 1", "loss in (1, 2)", "method == 'x'", "lambda: 1",
     "loss ** 9 < 1", "[loss]", "loss < 1e999", "9" * 290 + " * " + "9" * 9, "not loss",
     "diverged < 1", "(" * 200, "-" * 299,
     "loss := 1", "\0", "x" * 301, "f'{loss}' == method", "loss is 1", "b'' == method"],
)  # fmt: skip
def test_other_texts_are_refused_with_a_reason(text):
    with pytest.raises(ConditionError, match=r".{20}"):
        Condition(text)


def test_an_amount_is_a_number():
    assert Amount("20 * weight + 1").value({"weight": 2}.__getitem__) == 41
    assert math.isnan(Amount("1 / weight").value({"weight": 0}.__getitem__))
    for text in ("", "loss < 1", "method", "playing", "20 *", "'x'", "x" * 301):
        with pytest.raises(ConditionError, match=r".{20}"):
            Amount(text)


WORDS = st.sampled_from([
    *FACTS, "and", "or", "not", "<", ">=", "==", "+", "/", "-", "(", ")", "abs(", "0", "1e308",
    "True", "'adam'", "if", "lambda", ":", ".", ",",
])  # fmt: skip
EXAMPLES = {"number": 3.0, "yes or no": True, "text": "adam"}


@SETTINGS
@given(st.one_of(st.text(), st.lists(WORDS, max_size=12).map(" ".join)))
def test_any_text_is_a_condition_or_a_sentence(text):
    result = None
    try:
        result = Condition(text).holds(lambda name: EXAMPLES[FACTS[name][0]])
    except ConditionError as error:
        result = str(error)
    assert isinstance(result, bool) or len(result) > 20
