"""Lessons: chapters are read, conditions mean what they say, and what is broken is named."""

import os
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdviz.core.lessons.chapter import PARTS, SHOWN
from gdviz.core.lessons.conditions import FACTS, Condition, ConditionError
from gdviz.core.lessons.fields import FIELDS
from gdviz.core.lessons.reading import parse_chapter, read_lesson
from gdviz.core.lessons.source import LessonError
from gdviz.resources import resource

LESSONS = resource("assets", "lessons")
GOOD = """+++
title = "A title"
task = "Do it."
done = "loss < 100"
light = ["play"]

[setup]
iterations = 20
learning_rate = 0.01
position = "end"
+++
Some *words*.
"""
SETTINGS = settings(derandomize=True, deadline=None)


def broken(text):
    with pytest.raises(LessonError) as error:
        parse_chapter(text, "mine.md")
    return str(error.value)


def assert_chapter_or_sentence(text):
    sentence = None
    try:
        parse_chapter(text, "mine.md")
    except LessonError as error:
        sentence = str(error)
    assert sentence is None or re.match(r"mine\.md, line \d+: .", sentence)


def test_a_chapter_is_read():
    chapter = parse_chapter(GOOD, "mine.md")
    assert (chapter.name, chapter.title, chapter.task) == ("mine", "A title", "Do it.")
    assert chapter.words == "Some *words*."
    assert chapter.light == ("play",)
    assert chapter.setup.position is None
    assert chapter.setup.settings["iterations"] == 20
    assert chapter.setup.settings["learning_rate"] == 0.01
    assert chapter.question is None


@pytest.mark.parametrize(
    ("before", "after", "line", "hint"),
    [
        ('title = "A title"', "title = A title", 2, "title ="),
        ("light =", "lihgt =", 5, "Did you mean light?"),
        ("iterations = 20", "iteration = 20", 8, "Did you mean iterations?"),
        ("iterations = 20", "iterations = 0", 8, "from 1"),
        ("iterations = 20", 'iterations = "20"', 8, "a whole number"),
        ("iterations = 20", "iterations = true", 8, "a whole number"),
        ("learning_rate = 0.01", "learning_rate = -1", 9, "above 0"),
        ("learning_rate = 0.01", 'method = "adma"', 9, "adam"),
        ("learning_rate = 0.01", "standardise = true", 7, "needs the bias"),
        ('"loss < 100"', '"los < 100"', 4, "Did you mean loss?"),
        ('"loss < 100"', '"loss"', 4, "yes or no"),
        ('"loss < 100"', '"loss < "', 4, "loss < 100 and iteration >= 10"),
        ('"loss < 100"', '"answered_right"', 4, "no [question]"),
        ('"play"', '"plya"', 5, "Did you mean play?"),
        ('task = "Do it."\n', "", 1, "task is missing"),
        ('position = "end"', 'position = "last"', 10, "end"),
        ('position = "end"', 'show = ["lanscape"]', 10, "Did you mean landscape?"),
        ("[setup]", "[set up]", 7, "can't be read"),
        ("[setup]", "[setpu]", 7, "Did you mean setup?"),
        ("Some *words*.", "", 11, "words"),
        ("+++\ntitle", "title", 1, "+++"),
    ],
)
def test_what_is_broken_is_named_with_its_line(before, after, line, hint):
    assert before in GOOD
    message = broken(GOOD.replace(before, after, 1))
    assert message.startswith(f"mine.md, line {line}:")
    assert hint in message


ASKED = "[question]\ntext = '?'\n"


@pytest.mark.parametrize(
    ("fields", "line", "hint"),
    [
        ("seed = 2147483648", 8, "from 0 to 2,147,483,647"),
        ("batch_size = 2147483648", 8, "from 1 to 2,147,483,647, or 0"),
        ("learning_rate = 1e400", 8, "above 0 and at most 1e+300"),
        ("learning_rate = nan", 8, "above 0"),
        ("tolerance = inf", 8, "at most 1e+300, or 0"),
        ("start_weight = 1e400", 8, "from -1e+140 to 1e+140"),
        ("start_bias = " + "9" * 400, 8, "from -1e+140 to 1e+140"),
        ("position = 1000000001", 8, "from 0 to 1,000,000,000"),
        ("position = " + "9" * 400, 8, "from 0 to 1,000,000,000"),
        ("method = 'step-search'\nbatch_size = 5", 9, "looks at all rows"),
        ('file = "a\\u0007"', 8, "can't be shown"),
        (ASKED + "answer = " + "9" * 400, 10, "answer must be from -1e+300 to 1e+300"),
        (ASKED + "answer = nan", 10, "answer must be from"),
        (ASKED + "answer = 1\nwithin = -1", 11, "within must be from 0"),
        (ASKED + "answer = 1\nwithin = 1e400", 11, "within must be from 0"),
        (ASKED + f"answer = 'a'\nanswers = {list('abcdefghijklm')}", 11, "at most 12"),
        (ASKED + f"answer = 1\nwrong = '{'x' * 1001}'", 11, "at most 1,000 letters"),
    ],
)  # fmt: skip
def test_what_is_out_of_its_range_is_named_with_its_line(fields, line, hint):
    settings = 'iterations = 20\nlearning_rate = 0.01\nposition = "end"'
    message = broken(GOOD.replace(settings, fields))
    assert message.startswith(f"mine.md, line {line}:")
    assert hint in message


def test_numbers_are_of_the_kind_that_the_settings_have():
    chapter = parse_chapter(GOOD.replace("0.01", "1").replace('position = "end"', "seed = 3"))
    assert isinstance(chapter.setup.settings["learning_rate"], float)
    assert isinstance(chapter.setup.settings["seed"], int)


def test_a_part_that_is_named_twice_is_lit_once():
    assert parse_chapter(GOOD.replace('["play"]', '["play", "play"]')).light == ("play",)


def test_the_words_know_where_they_begin():
    chapter = parse_chapter(GOOD.replace("Some", "\n\nSome"))
    assert chapter.words == "Some *words*."
    assert GOOD.replace("Some", "\n\nSome").split("\n")[chapter.first_line - 1] == chapter.words


def test_a_question_needs_an_answer_that_can_be_given():
    question = '[question]\ntext = "Which?"\nanswers = ["a", "b"]\nanswer = "c"\n+++\nSome'
    assert "line 14: the answer must be one" in broken(GOOD.replace("+++\nSome", question))
    chapter = parse_chapter(GOOD.replace("+++\nSome", question.replace('"c"', '"b"')))
    assert chapter.question.is_right("b")
    assert not chapter.question.is_right("a")


def test_a_number_is_right_within_what_is_allowed():
    question = '[question]\ntext = "How much?"\nanswer = 2\nwithin = 0.5\n+++\nSome'
    asked = parse_chapter(GOOD.replace("+++\nSome", question)).question
    assert [asked.is_right(number) for number in (1.4, 1.5, 2, 2.5, 2.6)] == [
        False, True, True, True, False,
    ]  # fmt: skip


@SETTINGS
@given(st.text())
@example("+++\na = [[[[[\n+++\nx")
@example("+++\n" + "a." * 5000 + "a = 1\n+++\nx")
@example("+++\na = " + "[" * 5000 + "\n+++\nx")
@example("+++\na = " + "9" * 5000 + "\n+++\nx")
def test_any_text_is_a_chapter_or_a_sentence(text):
    for whole in (text, f"+++\n{text}\n+++\nwords", f"{GOOD[:4]}{text}\n{GOOD[4:]}"):
        assert_chapter_or_sentence(whole)


@SETTINGS
@given(
    st.sampled_from([(section, key) for section in FIELDS for key in FIELDS[section]]),
    st.sampled_from(["0", "-1", "1e400", "nan", "inf", "9" * 400, "true", "'x'", "''", "[]", "[1]",
                     "['play']", "{}", "1979-05-27", "['a', 'a']", "'end'", "'adam'"]),
)  # fmt: skip
def test_any_value_of_any_field_is_taken_or_named(field, value):
    section, key = field
    lines = GOOD.replace("+++\nSome", "[question]\ntext = '?'\nanswer = 1\n+++\nSome").split("\n")
    lines = [line for line in lines if not line.startswith((f"{key} =", f"[{key}]"))]
    lines.insert(lines.index(f"[{section}]") + 1 if section else 1, f"{key} = {value}")
    assert_chapter_or_sentence("\n".join(lines))


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


def test_files_that_cannot_be_read_get_a_sentence(tmp_path):
    cases = {"latin.md": b"+++\n\xff\n+++\n", "huge.md": b"x" * 64_001}
    for name, content in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(LessonError, match=name):
            read_lesson(tmp_path / name)
    with pytest.raises(LessonError, match=r"latin\.md, line 2: this isn't UTF-8"):
        read_lesson(tmp_path / "latin.md")
    with pytest.raises(LessonError, match=r"none\.md doesn't exist"):
        read_lesson(tmp_path / "none.md")
    (tmp_path / "empty").mkdir()
    with pytest.raises(LessonError, match="there is no chapter"):
        read_lesson(tmp_path / "empty")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_a_device_or_an_endless_link_is_no_chapter(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    with pytest.raises(LessonError, match=r"pipe\.md is a named pipe"):
        read_lesson(tmp_path / "pipe.md")
    with pytest.raises(LessonError, match=r"loop\.md can't be read"):
        read_lesson(tmp_path / "loop.md")
    with pytest.raises(LessonError, match="zero is a device"):
        read_lesson("/dev/zero")
    with pytest.raises(LessonError, match="too long"):
        read_lesson("x" * 5000)


def test_a_file_from_windows_is_read(tmp_path):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_lesson(tmp_path / "a.md").chapters[0].title == "A title"


def test_the_own_lesson_has_about_a_dozen_short_chapters():
    chapters = read_lesson(LESSONS).chapters
    assert 10 <= len(chapters) <= 15
    for chapter in chapters:
        assert 60 <= len(chapter.words.split()) <= 170, chapter.name
        assert chapter.light, chapter.name


def test_no_term_is_used_before_it_is_explained():
    """Every term is in bold where it is explained, and nowhere before."""
    terms = ["weight", "prediction", "error", "loss", "loss curve", "minimum", "hiker", "descent",
             "slope", "tangent", "derivative", "gradient", "learning rate", "iteration",
             "loss history", "converges", "tolerance", "diverges", "bias", "contour", "valley",
             "momentum"]  # fmt: skip
    pages = [c.words.lower() + "\n" + c.task.lower() for c in read_lesson(LESSONS).chapters]
    for term in terms:
        first = next(i for i, page in enumerate(pages) if f"**{term}**" in page)
        early = [i for i, page in enumerate(pages[:first]) if re.search(rf"\b{term}\b", page)]
        # The valley of a landscape is an everyday word as well.
        assert not early or term == "valley", (term, early)


def guide():
    return (LESSONS / "README.md").read_text(encoding="utf-8")


def listed(heading):
    part = guide().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE)


def test_the_guide_lists_every_field_and_fact_and_no_other():
    assert listed("The chapter") == list(FIELDS[""])
    assert listed("The set-up") == list(FIELDS["setup"])
    assert listed("A question") == list(FIELDS["question"])
    assert listed("The facts") == list(FACTS)
    names = guide().split("\n## The parts of the window\n")[1].split("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", names)) == {*PARTS, *SHOWN, "light", "hide", "show"}


def test_the_guides_example_is_a_chapter():
    text = guide().split("````\n")[1]
    chapter = parse_chapter(text, "example.md")
    assert chapter.question is not None
    assert chapter.praise
