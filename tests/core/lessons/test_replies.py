"""The replies of the shipped chapters: each answer gets its own, and none is out of reach."""

import re
from itertools import pairwise

import pytest

from gdviz.core.lessons.conditions import Condition
from gdviz.core.lessons.reading import read_lesson
from gdviz.resources import resource

QUESTIONS = [
    pytest.param(question, id=f"{chapter.name}-{number}")
    for chapter in read_lesson(resource("assets", "lessons")).chapters
    for number, question in enumerate((*chapter.predictions, *chapter.questions))
]
NUMBER = re.compile(r"-? ?\d+\.?\d*")


def tried(question):
    """Return all answers to choose from, or numbers at, below and above those of conditions."""
    if question.answers:
        return question.answers
    conditions = " ".join(reply.to.text for reply in question.replies)
    named = {0.0, *(float(number.replace(" ", "")) for number in NUMBER.findall(conditions))}
    # What is added to an answer is compared with its opposite.
    signed = sorted(named | {-number for number in named})
    between = [(low + high) / 2 for low, high in pairwise(signed)]
    return [*signed, *between, *(1.5 * number for number in signed), 0.97 * signed[-1]]


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_reply_is_out_of_reach(question):
    reached = set()
    for given in tried(question):
        fact = {"given": given}.__getitem__
        suiting = [
            place for place, reply in enumerate(question.replies) if reply.suits(given, fact)
        ]
        reached.update(suiting[:1])
    assert reached == set(range(len(question.replies)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_wrong_idea_has_its_own_reply(question):
    said = [reply.say.text for reply in question.replies]
    assert len(set(said)) == len(said)
    if question.answers:
        replied = {reply.to for reply in question.replies}
        assert {*question.answers} - {question.answer} <= replied


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_right_answer_is_called_wrong(question):
    if question.answer is None or question.answers:
        return
    for given in (
        question.answer,
        question.answer + question.within,
        question.answer - question.within,
    ):
        fact = {"given": given}.__getitem__
        assert not any(
            isinstance(reply.to, Condition) and reply.suits(given, fact)
            for reply in question.replies
        )
