"""The lesson that comes with gdviz: short chapters that ask first, and explain every term."""

import re

import pytest

from gdviz.core.lessons.reading import read_lesson
from gdviz.resources import resource

CHAPTERS = read_lesson(resource("assets", "lessons")).chapters
TERMS = (
    "weight", "prediction", "error", "loss", "loss curve", "minimum", "hiker", "descent", "slope",
    "tangent", "derivative", "gradient", "learning rate", "iteration", "loss history", "converges",
    "tolerance", "limit", "diverges", "curvature", "bias", "contour", "z", "momentum", "adam",
)  # fmt: skip

every_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)


def sayings(chapter):
    """Yield all that is said in a chapter beside its words."""
    yield from (chapter.task, chapter.praise, chapter.keep)
    yield from (hint.say for hint in chapter.hints)
    for question in (*chapter.predictions, *chapter.questions):
        yield from (question.text, question.right, question.wrong)
        yield from (reply.say for reply in question.replies)
    for challenge in chapter.challenges:
        yield from (challenge.text, challenge.praise)


def page(chapter):
    """Return all words of a chapter, without what stands in braces."""
    answers = (
        answer for asked in (*chapter.predictions, *chapter.questions) for answer in asked.answers
    )
    said = (re.sub(r"\{[^}]*\}", "", saying.text) for saying in sayings(chapter))
    return "\n".join((chapter.title, chapter.words, chapter.more_words, *answers, *said)).lower()


def test_there_are_about_a_dozen():
    assert 10 <= len(CHAPTERS) <= 15


@every_chapter
def test_it_is_short_enough_to_be_read_standing(chapter):
    assert 10 <= len(chapter.words.split()) <= 60
    assert len(chapter.more_words.split()) <= 75


@every_chapter
def test_it_asks_first_replies_to_each_answer_and_leaves_a_sentence(chapter):
    assert chapter.predictions
    assert chapter.keep.text
    for prediction in chapter.predictions:
        assert {*prediction.answers} <= {reply.to for reply in prediction.replies}


@pytest.mark.parametrize("term", TERMS)
def test_no_term_is_used_before_it_is_explained(term):
    """It is in bold where it is explained, and in no chapter before."""
    explained = next(
        number for number, chapter in enumerate(CHAPTERS)
        if f"**{term}**" in f"{chapter.words}\n{chapter.more_words}".lower()
    )  # fmt: skip
    early = [
        chapter.name for chapter in CHAPTERS[:explained]
        if re.search(rf"\b{term}s?\b", page(chapter))
    ]  # fmt: skip
    assert not early
