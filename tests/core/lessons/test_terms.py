"""The shipped lesson explains each term where it first uses it, and calls the hiker the hiker."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import pytest

from gdviz.core.lessons.chapter import Chapter, Question, Reply
from gdviz.core.lessons.conditions import Condition
from gdviz.core.lessons.reading import read_lesson
from gdviz.core.lessons.sayings import Saying
from gdviz.core.words.glossary import TERMS, terms_in
from gdviz.resources import resource

CHAPTERS = read_lesson(resource("assets", "lessons")).chapters
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PLACE = re.compile(r"\{[^}]*\}")
# What no learner reads, or what is no prose.
UNREAD = {"name", "done", "setup", "reveal", "_amounts"}
# The hiker has one name; a dot is a row of the data.
OTHER_HIKERS = re.compile(r"\brings?\b|\blarge dot\b|\bthe dot on the curve\b", re.IGNORECASE)


def texts(part):
    """Yield all that a chapter says, but for the numbers in it."""
    if isinstance(part, str):
        yield PLACE.sub("", part)
    elif isinstance(part, tuple | list | Mapping):
        for one in part.values() if isinstance(part, Mapping) else part:
            yield from texts(one)
    elif is_dataclass(part) and not isinstance(part, Condition):
        for field in fields(part):
            if field.name not in UNREAD:
                yield from texts(getattr(part, field.name))


def unexplained(chapters):
    """Return a line for each term that isn't explained, in bold, where a chapter first uses it.

    In its words that is the first time; all else in it is read with these.
    """
    faults = []
    for term in TERMS:
        first = next((one for one in chapters if term in used(one)), None)
        if first is not None and not begins_bold(f"{first.words}\n{first.more_words}", term):
            faults.append(f"{first.name}: “{term}” is used, but not in bold where it is first")
    return faults


def used(chapter):
    """Return the terms that stand anywhere in a chapter."""
    return {found.term for text in texts(chapter) for found in terms_in(as_read(text)[0])}


def begins_bold(words, term):
    """Tell whether a term is in bold where some words first use it."""
    text, bold = as_read(words)
    first = next((found for found in terms_in(text) if found.term == term), None)
    return first is not None and any(
        start <= first.start and first.end <= end for start, end in bold
    )


def as_read(words):
    """Return words without the marks of bold, and from where to where they are bold."""
    bold, removed = [], 0
    for found in BOLD.finditer(words):
        start = found.start() - removed
        bold.append((start, start + len(found[1])))
        removed += 4
    return BOLD.sub(r"\1", words), bold


def chapter(words, name="a", task="Go on.", **more):
    """Return a chapter that says this."""
    return Chapter(name, "A", words, Saying(task), Condition("loss < 1"), **more)


ASKED = Question(Saying("Which {loss}?"), replies=(Reply("a", Saying("The slope.")),))


@pytest.mark.parametrize(
    ("chapters", "faulty"),
    [
        ([], []),
        ([chapter("The **loss** is this. The loss is that.")], []),
        ([chapter("The loss is a **loss**.")], ["a: “loss”"]),
        ([chapter("The loss.")], ["a: “loss”"]),
        ([chapter("A word.", task="See the loss."), chapter("A **loss**", "b")], ["a: “loss”"]),
        ([chapter("The **loss**."), chapter("The loss.", "b")], []),
        ([chapter("A word.", predictions=(ASKED,))], ["a: “slope”"]),
        ([chapter("A **slope**.", predictions=(ASKED,))], []),
        ([chapter("A word.", more_words="A **slope**.", predictions=(ASKED,))], []),
        ([chapter("A word.", hints=ASKED.replies)], ["a: “slope”"]),
        ([chapter("It is the **loss curve**.")], []),
        ([chapter("It is the **learning\nrate**. A rate.")], []),
        ([chapter("A **run** goes on; the line runs through.")], []),
        ([chapter("Now **gradient descent**."), chapter("A gradient.", "b")], ["b: “gradient”"]),
        ([chapter("**Slope** and *loss*")], ["a: “loss”"]),
    ],
)
def test_the_check_finds_what_isnt_explained(chapters, faulty):
    found = unexplained(chapters)
    assert len(found) == len(faulty)
    assert all(line.startswith(begin) for line, begin in zip(found, faulty, strict=True))


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("The ring on the curve", True), ("Drag the large\ndot", False), ("the large dot", True),
     ("The dots of the data; a string, rang", False), ("the dot on the curve", True)],
)  # fmt: skip
def test_the_check_finds_other_names_of_the_hiker(text, is_found):
    assert bool(OTHER_HIKERS.search(text)) is is_found


def test_the_lesson_explains_each_term_where_it_is_first_used():
    assert not unexplained(CHAPTERS), "\n".join(unexplained(CHAPTERS))


@pytest.mark.parametrize("one", CHAPTERS, ids=lambda one: one.name)
def test_the_hiker_has_one_name(one):
    found = [OTHER_HIKERS.search(" ".join(text.split())) for text in texts(one)]
    assert not [match[0] for match in found if match]
