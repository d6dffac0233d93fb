"""What a chapter says holds numbers of the moment, written as the rest of the window does."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.lessons.conditions import ConditionError
from gdviz.core.lessons.sayings import Saying
from gdviz.core.words.numbers import MINUS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The loss fell to {loss}.", "The loss fell to 105.7."),
        ("{weight}, {slope}", f"0.5, {MINUS}369.2"),
        ("{loss:2}, {slope:9}, {loss:1}", f"106, {MINUS}369.1875, 106"),
        ("{20 * weight} and { abs(slope) / 2 :3}", "10 and 185"),
        ("{0 - weight}, {weight - 0.5}", f"{MINUS}0.5, 0"),
        ("{1 / (weight - 0.5)} of {final_loss} or {0 - final_loss}", f"? of ∞ or {MINUS}∞"),
        ("{best_loss}", "?"),
        ("{1e300 * 1e300}, {2 / 3e9}", f"∞, 6.667e{MINUS}10"),
        ("{{loss}} is {{{loss}}}", "{loss} is {105.7}"),
        ("nothing at all", "nothing at all"),
        ("", ""),
    ],
)
def test_it_is_said_with_the_numbers_of_now(text, said):
    facts = {"loss": 105.6875, "weight": 0.5, "slope": -369.1875, "final_loss": math.inf,
             "best_loss": math.nan}  # fmt: skip
    assert Saying(text).said(facts.__getitem__) == said


@pytest.mark.parametrize(
    "text",
    ["{}", "{ }", "{", "}", "{loss", "loss}", "{{loss}", "{loss}}", "{los}", "{loss < 1}",
     "{playing}", "{method}", "{loss:}", "{loss:0}", "{loss:12}", "{loss:.2f}", "{loss!r}",
     "{loss.real}", "{a{loss}b}", "{{{}}}"],
)  # fmt: skip
def test_braces_without_a_number_are_refused_with_a_reason(text):
    with pytest.raises(ConditionError, match=r".{20}"):
        Saying(text)


@settings(derandomize=True, deadline=None)
@given(st.text(st.sampled_from("{}:2los s*")))
def test_any_text_is_said_or_refused(text):
    try:
        saying = Saying(text)
    except ConditionError:
        assert {*text} & {*"{}"}
    else:
        assert "loss" not in saying.said(lambda _: 1.0) or "{" not in text
