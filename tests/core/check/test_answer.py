"""An answer says what came out, to a beginner and to a program."""

import json

import pytest

from gdviz.core.check.answer import answer, answered, found_out
from gdviz.core.check.diagnosis import Cause, Diagnosis, Difference, Explanation, Given
from gdviz.core.check.logs.reading import read_sheet
from gdviz.core.descent.methods import METHODS

LOG = read_sheet("i 0 w 0.00\ni 1 w 0.50\ni 2 w 0.90").log()
HALF = Cause("gradient without the 2", "The slope is half.", "w_slope = a\nb_slope = b", "2 * a")
SUM = Cause("summed loss", "The loss is a sum.", "np.sum(e)", "np.mean(e)")
DIFFERENCE = Difference(2, 3, 2, "weight", "0.90", "0.75")
RIGHT = Diagnosis(True, LOG, 10, None, (), Given())


def wrong(*explanations, difference=DIFFERENCE):
    found = tuple(Explanation(causes, 0.1, None) for causes in explanations)
    return Diagnosis(False, LOG, 2, difference, found, Given(learning_rate=0.1))


@pytest.mark.parametrize(
    ("digits", "sentence"),
    [
        (10, "Your 3 lines are right to all ten decimals."),
        (16, "Your 3 lines are right to all 16 decimals."),
        (1, "Your 3 lines are right to the decimal."),
        (0, "Your 3 lines are right."),
    ],
)
def test_agreement_is_said_with_its_digits(digits, sentence):
    assert answer(Diagnosis(True, LOG, digits, None, (), Given())) == sentence


def test_a_single_line_is_right_too():
    log = read_sheet("w=0.5").log()
    assert (
        answer(Diagnosis(True, log, 1, None, (), Given())) == "Your line is right to the decimal."
    )


def test_the_answer_names_line_numbers_cause_and_both_lines():
    assert answer(wrong([HALF])).splitlines() == [
        "Line 3 is the first that isn't right, at iteration 2.",
        "  i 2 w 0.90",
        "It says w = 0.90. It should say w = 0.75.",
        "The 2 lines before it are right.",
        "",
        "The slope is half.",
        "  Yours does:",
        "      w_slope = a",
        "      b_slope = b",
        "  It should be:",
        "      2 * a",
        "",
        "As your numbers show, your loop has a learning rate of 0.1.",
    ]


def test_all_that_explain_as_well_are_named():
    text = answer(wrong([HALF], [SUM, HALF]))
    assert "Two explanations give every digit you printed" in text
    first, second = text.split("\n1.\n")[1].split("\n2.\n")
    assert HALF.sentence in first
    assert SUM.sentence not in first
    assert HALF.sentence in second
    assert SUM.sentence in second


def test_where_nothing_explains_it_says_how_far_lines_agree():
    text = answer(wrong())
    assert "The 2 lines before it are right." in text
    assert "None of the usual mistakes" in text
    assert "As your numbers show" not in text
    assert answered(wrong())["settings"] == {}
    begin = Difference(0, 1, 0, "loss", "3", "4")
    assert "before it" not in answer(wrong(difference=begin))


def test_settings_that_show_are_said():
    given = Given(0.001, True, METHODS["adam"](), 1.0, -2.0, 5)
    assert found_out(given) == (
        "As your numbers show, your loop has a learning rate of 0.001, the method Adam, batches of "
        "5, a start at w = 1, b = -2 and a bias."
    )
    usual = Given(0.5, False, METHODS["gradient-descent"](), 0.0, 0.0)
    assert found_out(usual) == (
        "As your numbers show, your loop has a learning rate of 0.5 and no bias."
    )
    assert found_out(Given()) == ""


def test_json_has_the_documented_keys():
    told = json.loads(json.dumps(answered(wrong([HALF], [SUM, HALF]))))
    assert told == {
        "agrees": False, "first_difference": 2,
        "causes": [["gradient without the 2"], ["summed loss", "gradient without the 2"]],
        "expected": "0.75", "found": "0.90", "line": 3, "quantity": "weight", "rows": 3,
        "decimals": 2, "settings": {"learning_rate": 0.1},
    }  # fmt: skip
    told = answered(RIGHT)
    assert told["agrees"] is True
    assert told["causes"] == []
    assert told["first_difference"] is told["expected"] is told["found"] is None


def test_a_method_is_called_as_the_command_line_does():
    told = answered(Diagnosis(True, LOG, 2, None, (), Given(method=METHODS["adam"]())))
    assert told["settings"] == {"method": "adam"}
