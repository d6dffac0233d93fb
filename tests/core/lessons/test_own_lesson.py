"""The lesson that comes with gdviz: short chapters that ask first, and reply to every answer."""

import re

import pytest

from gdviz.core.lessons.reading import read_lesson
from gdviz.resources import resource

CHAPTERS = read_lesson(resource("assets", "lessons")).chapters

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


def shown(text):
    """Return a text without what stands in braces."""
    return re.sub(r"\{[^}]*\}", "", text)


def test_there_are_about_a_dozen():
    assert 10 <= len(CHAPTERS) <= 16


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


@every_chapter
def test_there_is_no_markdown_but_in_its_words(chapter):
    assert not [saying.text for saying in sayings(chapter) if {*"*_`"} & {*shown(saying.text)}]
