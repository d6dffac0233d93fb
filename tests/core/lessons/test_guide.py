"""The guide for teachers tells all there is, and no more; its steps make a chapter that works."""

import re

import pytest
from chapters import with_fields

from gdviz.core.lessons.building import MOST_ANSWERS, MOST_REPLIES, MOST_SECTIONS
from gdviz.core.lessons.chapter import BLANKS, LETS_SEE, MARKS, NOT_QUITE, PARTS, RESIDUALS, SHOWN
from gdviz.core.lessons.checking import LONGEST_TEXT
from gdviz.core.lessons.conditions import FACTS, LONGEST
from gdviz.core.lessons.fields import FIELDS, NEEDED
from gdviz.core.lessons.markdown import (
    LONGEST_LINE,
    LONGEST_PARAGRAPH,
    MOST_CELLS,
    MOST_ITEMS,
    MOST_LINES,
    MOST_MARKS_IN_PARAGRAPH,
)
from gdviz.core.lessons.reading import MOST_CHAPTERS, MOST_LETTERS, parse_chapter
from gdviz.core.lessons.setups import MOST_ITERATIONS, MOST_KEPT
from gdviz.core.lessons.source import LARGEST_BYTES, LONGEST_SET_UP
from gdviz.core.lessons.tables import MOST_BYTES, MOST_ROWS, MOST_UNPACKED
from gdviz.resources import resource

GUIDE = resource("assets", "lessons", "README.md").read_text(encoding="utf-8")
ONE_LINE = " ".join(GUIDE.split())


def part(heading):
    """Return what stands below a heading."""
    return GUIDE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def listed(heading):
    """Return the rows of the table below a heading by their names."""
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", part(heading), re.MULTILINE)
    assert len(rows) == len(dict(rows))
    return dict(rows)


@pytest.mark.parametrize(
    ("heading", "fields", "section"),
    [
        ("The chapter", FIELDS[""], ""),
        ("The set-up", FIELDS["setup"], "setup"),
        ("What changes", FIELDS["reveal"].keys() - FIELDS["setup"].keys(), "reveal"),
        ("Predictions and questions", FIELDS["prediction"], "prediction"),
        ("Predictions and questions", FIELDS["question"], "question"),
        ("Challenges", FIELDS["challenge"], "challenge"),
    ],
)
def test_it_lists_every_field_and_no_other(heading, fields, section):
    rows = listed(heading)
    assert rows.keys() == {*fields}
    assert list(rows) == [name for name in FIELDS[section] if name in rows]
    needed = [name for name, holds in rows.items() if "**needed**" in holds]
    assert needed[0:1] == list(NEEDED.get(section, ()))[0:1]
    for name, holds in rows.items():
        kind = FIELDS[section][name][0].replace("one or more ", "").replace(" of texts", "")
        assert holds.startswith(kind.replace("texts", "a list of texts")), name


def test_it_lists_every_fact_with_its_kind():
    assert listed("The facts") == {name: kind for name, (kind, _) in FACTS.items()}


def test_it_names_every_part_of_the_window():
    names = re.findall(r"`(\w+)`", part("The parts of the window"))
    assert {*names} == {*PARTS, *MARKS, *SHOWN, "light", "hide", "show"}
    blanks = part("The set-up").split("`blank` writes")[1].split(".")[0]
    assert re.findall(r"`(\w+)`", blanks) == list(BLANKS)
    assert f"{RESIDUALS[0]}, {RESIDUALS[1]} or {RESIDUALS[2]}" in GUIDE


@pytest.mark.parametrize(
    "bound",
    [
        f"{LARGEST_BYTES // 1_000} kB and {MOST_LINES:,} lines",
        f"a line has {LONGEST_LINE:,} letters",
        f"a paragraph, list or table {LONGEST_PARAGRAPH:,}, with {MOST_MARKS_IN_PARAGRAPH}",
        f"{MOST_ITEMS:,} items, and all tables {MOST_CELLS} cells",
        f"The set-up has at most {LONGEST_SET_UP:,} letters, each text in it {LONGEST_TEXT:,}",
        f"a condition {LONGEST}",
        f"at most {MOST_SECTIONS} predictions, {MOST_SECTIONS} questions and {MOST_SECTIONS}",
        f"{MOST_ANSWERS} answers to one of them, {MOST_REPLIES} replies or hints, {MOST_KEPT} kept",
        f"runs and {MOST_ITERATIONS:,} iterations",
        f"at most {MOST_CHAPTERS} chapters and {MOST_LETTERS:,} letters",
        f"at most {MOST_BYTES // 10**6} MB ({MOST_UNPACKED // 10**6} MB, if it was packed) "
        f"and {MOST_ROWS:,} rows",
        f"“{LETS_SEE.text}”",
        f"“{NOT_QUITE.text}”",
    ],
)
def test_it_tells_every_bound_and_default(bound):
    assert bound in ONE_LINE


def whole_chapter():
    return GUIDE.split("\n````\n")[1] + "\n"


def test_its_chapter_is_one():
    chapter = parse_chapter(whole_chapter(), "my-chapter.md")
    (prediction,), (question,) = chapter.predictions, chapter.questions
    assert {reply.to for reply in prediction.replies} == {*prediction.answers}
    assert "fog" in chapter.setup.show
    assert "fog" not in chapter.reveal.show
    assert (question.setup.blank, question.reveal.blank) == (("next_weight",), ())
    assert question.is_right(3 - 0.001 * 506)
    assert chapter.keep.text


def test_its_steps_make_that_chapter():
    steps = re.findall(r"\n```\n(.*?)\n```\n", part("One in ten minutes"), re.DOTALL)
    whole = [line for line in whole_chapter().split("\n") if line]
    first, *others = steps
    parse_chapter(first, "my-chapter.md")
    # Only the task of the first step becomes another one.
    for line in "\n".join(others).split("\n"):
        assert not line or line in whole, line


@pytest.mark.parametrize(
    ("heading", "around"),
    [
        ("What changes", '[[prediction]]\ntext = "?"\n{}'),
        ("Runs that are kept", "{}"),
        ("Predictions and questions", '[[question]]\ntext = "?"\nanswer = 9\n{}'),
        ("Hints", "{}"),
    ],
)
def test_its_examples_are_right(heading, around):
    (example,) = re.findall(r"\n```\n(.*?)\n```\n", part(heading), re.DOTALL)
    parse_chapter(with_fields(around.format(example)), "my-chapter.md")
