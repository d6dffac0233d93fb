"""A learner's way through a chapter: predictions, the reveal, the act, and what is said to them."""

import pytest
from chapters import WHOLE, with_fields
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.core.lessons.chapter import Setup
from gdviz.core.lessons.reading import parse_chapter
from gdviz.core.lessons.sitting import Sitting

FACTS = {"weight": 3.0, "loss": 80.0, "stepped": 0}


@pytest.fixture
def sitting():
    return Sitting(parse_chapter(WHOLE))


def answered(sitting, *given, **facts):
    """Answer several times; return all that came of it."""
    return [sitting.answer(one, {**FACTS, **facts}.__getitem__) for one in given]


def test_predictions_come_first_and_each_gets_its_own_reply(sitting):
    assert sitting.asked.text.text == "Which way?"
    left, few = answered(sitting, "Left", 3)
    assert left.reply == "There the ground rises."
    assert left.change == Setup(play=True)
    assert few.reply == "3 is few."
    assert sitting.predicted == ["Left", 3]
    assert sitting.asked.text.text == "Next?"


def test_the_reveal_comes_with_the_last_prediction(sitting):
    first, last = answered(sitting, "Right", 10)
    assert first.change.residuals is None
    assert sitting.is_revealed
    assert last.change == sitting.chapter.reveal


def test_a_wrong_answer_gets_a_reply_with_its_own_value_and_is_asked_again(sitting):
    *_, negative, far, right = answered(sitting, "Right", 10, -1, 2.6, 2.5)
    assert negative.reply == "Not that way."
    assert (far.reply, far.right, far.change) == ("2.6? Multiply.", False, Setup())
    assert (right.reply, right.right) == ("Yes, 2.5.", True)
    assert sitting.asked.text.text == "Which?"
    wrong, last = answered(sitting, "a", "b")
    assert wrong.reply.startswith("Not quite.")
    assert last.change == Setup(blank=())
    assert sitting.asked is None


def test_nothing_is_done_before_the_predictions_and_it_stays_done(sitting):
    facts = {**FACTS, "weight": 10.0}.__getitem__
    assert not sitting.check(facts)
    assert not sitting.solved
    answered(sitting, "Right", 10)
    assert not sitting.check(facts)  # the questions are left
    assert sitting.solved == {0}
    answered(sitting, 2, "b")
    assert sitting.check(facts)
    assert sitting.check({**FACTS, "weight": 3.0}.__getitem__)
    # Further challenges can be solved afterwards.
    assert sitting.check({**FACTS, "weight": 0.5}.__getitem__)
    assert sitting.solved == {0, 1}


def test_the_first_hint_that_holds_is_given(sitting):
    assert sitting.hint(FACTS.__getitem__) == "w = 3 is too far."
    assert sitting.hint({"weight": 1.0}.__getitem__) == ""


def test_without_predictions_all_is_revealed_from_the_start():
    sitting = Sitting(parse_chapter(with_fields('praise = "{stepped} of {given}"')))
    assert sitting.is_revealed
    assert sitting.asked is None
    assert sitting.said(sitting.chapter.praise, FACTS.__getitem__) == "0 of 0"
    assert sitting.check({"stepped": 1}.__getitem__)


@settings(derandomize=True, deadline=None)
@given(
    st.lists(st.one_of(
        st.sampled_from(["Left", "Right", "a", "b", "?", 2.0, 2.5, 10.0]),
        st.floats(allow_nan=False, allow_infinity=False),
    )),
    st.lists(st.floats(-1, 12), min_size=40),
)  # fmt: skip
def test_whatever_is_answered_it_only_goes_on(answers, weights):
    sitting = Sitting(parse_chapter(WHOLE))
    order = [*sitting.chapter.predictions, *sitting.chapter.questions, None]
    place, done, solved = 0, False, set()
    for given_, weight in zip(answers, weights, strict=False):
        asked = sitting.asked
        if asked is None:
            break
        facts = {**FACTS, "weight": weight}.__getitem__
        came = sitting.answer(given_, facts)
        was_prediction = order.index(asked) < len(sitting.chapter.predictions)
        expected = place + (was_prediction or came.right)
        place = order.index(sitting.asked)
        assert place == expected
        assert came.reply or came.right  # the window says “Yes” itself
        is_done = sitting.check(facts)
        assert is_done >= done
        assert sitting.solved >= solved
        assert sitting.is_revealed or not is_done
        done, solved = is_done, set(sitting.solved)
    assert sitting.is_revealed == (place >= len(sitting.chapter.predictions))
