"""Chapters are read; what is broken in one is named with its line."""

import os
import re

import pytest
from chapters import LEAST, WHOLE, line_of, refused, with_fields
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdviz.core.lessons.chapter import FIRST, LETS_SEE, NOT_QUITE, Setup
from gdviz.core.lessons.fields import FIELDS
from gdviz.core.lessons.reading import parse_chapter, read_lesson
from gdviz.core.lessons.source import LessonError

SETTINGS = settings(derandomize=True, deadline=None)


def assert_chapter_or_sentence(text):
    sentence = None
    try:
        parse_chapter(text, "mine.md")
    except LessonError as error:
        sentence = str(error)
    assert sentence is None or re.match(r"mine\.md, line \d+: .", sentence)


def test_a_chapter_is_read():
    chapter = parse_chapter(WHOLE, "mine.md")
    assert (chapter.name, chapter.title, chapter.task.text) == ("mine", "A title", "Do it.")
    assert (chapter.words, chapter.more_words) == ("Some *words*.", "More.")
    lines = WHOLE.split("\n")
    assert lines[chapter.first_line - 1] == chapter.words
    assert lines[chapter.first_line_of_more - 1] == chapter.more_words
    assert chapter.large_type
    assert chapter.keep.text == "Steep ground, long step."
    assert [challenge.done.text for challenge in chapter.challenges] == ["weight > 9", "weight < 1"]
    assert chapter.hints[0].to.text == "weight > 2"


def test_it_begins_as_it_says_and_else_as_gdviz_does():
    setup = parse_chapter(WHOLE).setup
    assert setup.settings == {**FIRST.settings, "iterations": 20, "learning_rate": 0.01}
    assert setup.kept == ({"name": "plain", "learning_rate": 0.001},)
    named = setup.position, setup.show, setup.light
    assert named == ("end", ("loss_curve", "fog"), ("play",))
    assert parse_chapter(LEAST).setup == FIRST


def test_a_change_leaves_all_else_as_it_is():
    chapter = parse_chapter(WHOLE)
    first, second = chapter.predictions
    assert first.setup == Setup(hide=("tolerance",))
    assert first.reveal == Setup(play=True)
    assert second.setup == second.reveal == Setup()
    assert chapter.reveal == Setup(show=("loss_curve",), residuals="squares", point_at=3)
    assert [question.setup.blank for question in chapter.questions] == [("next_weight",), None]
    assert chapter.questions[1].reveal == Setup(blank=())


def test_a_section_of_which_there_can_be_several_can_be_one():
    one = '[prediction]\ntext = "?"\n[question]\ntext = "?"\nanswer = 1\n'
    one += '[challenge]\ntext = "!"\ndone = "ended"\n[setup.kept]\nseed = 3'
    chapter = parse_chapter(with_fields(one))
    several = chapter.predictions, chapter.questions, chapter.challenges, chapter.setup.kept
    assert [len(each) for each in several] == [1, 1, 1, 1]


def test_a_prediction_is_never_called_wrong():
    asked = parse_chapter(with_fields('[prediction]\ntext = "?"\nanswer = 2')).predictions[0]
    assert asked.right == asked.wrong == LETS_SEE
    asked = parse_chapter(with_fields('[question]\ntext = "?"\nanswer = 2')).questions[0]
    assert asked.wrong == NOT_QUITE


def test_numbers_are_of_the_kind_that_the_settings_have():
    given = parse_chapter(with_fields("[setup]\nlearning_rate = 1\nseed = 3")).setup.settings
    assert type(given["learning_rate"]) is float
    assert type(given["seed"]) is int


def test_what_is_named_twice_counts_once():
    assert parse_chapter(with_fields('light = ["play", "play"]')).setup.light == ("play",)


@pytest.mark.parametrize(
    ("before", "after", "hint"),
    [
        ('"A title"', "A title", "title ="),
        ("light =", "lihgt =", "Did you mean light?"),
        ("iterations = 20", "iteration = 20", "Did you mean iterations?"),
        ("iterations = 20", "iterations = 0", "from 1"),
        ("iterations = 20", "iterations = 1_000_001", "from 1 to 1,000,000"),
        ("iterations = 20", 'iterations = "20"', "a whole number"),
        ("iterations = 20", "iterations = true", "a whole number"),
        ("learning_rate = 0.01", "learning_rate = -1", "above 0"),
        ("learning_rate = 0.01", 'method = "adma"', "Did you mean adam?"),
        ("learning_rate = 0.01", "beta1 = 0.5", "Gradient descent has no beta1"),
        ("learning_rate = 0.001", "learning_rate = 0", "above 0"),
        ("learning_rate = 0.001", 'show = ["fog"]', "no field “show”"),
        ('"answered_right and', '"answered_rigth and', "Did you mean answered_right?"),
        ('"weight > 9"', '"weight"', "yes or no"),
        ('"weight > 9"', '"weight > "', "loss < 100 and iteration >= 10"),
        ('"weight > 2"', '"wieght > 2"', "Did you mean weight?"),
        ('"w = {weight} is', '"w = {wieght} is', "Did you mean weight?"),
        ('"w = {weight} is too far."', "3", "a text"),
        ('"The loss fell to {loss}."', '"The loss fell to {loss."', "without its partner"),
        ('"w = {weight}!"', '"w = {}!"', "is no number"),
        ('["play"]', '["plya"]', "Did you mean play?"),
        ('["play"]', '"play"', "a list of texts"),
        ('position = "end"', 'position = "last"', "“end”"),
        ('position = "end"', "position = 1_000_001", "0 to 1,000,000"),
        ('"fog"', '"frog"', "Did you mean fog?"),
        ('"slow, then faster"', '"fast"', "speed knows no “fast”"),
        ('"squares"', '"sqares"', "Did you mean squares?"),
        ("point_at = 3", "point_at = -1", "counted from 1"),
        ("play = true", "play = 1", "true or false"),
        ('answer = "b"', 'answer = "c"', "one of the answers"),
        ("answer = 2", 'answer = "2"', "it is a number"),
        ("within = 0.5", "within = -1", "from 0"),
        ('"Left" = ', '"Letf" = ', "Did you mean Left?"),
        ('"given < 10" =', '"given <" =', "is no condition"),
        ("given >= 10", "give >= 10", "Did you mean given?"),
        ("reveal.blank = []", 'reveal.blank = ["wieght"]', "Did you mean weight?"),
        ("[question.setup]", "[question.setpu]", "Did you mean setup?"),
        ("[setup]", "[set up]", "can't be read"),
        ("[setup]", "[setpu]", "Did you mean setup?"),
        ("More.", "+++", "at most three lines"),
    ],
)  # fmt: skip
def test_what_is_broken_is_named_with_its_line(before, after, hint):
    message = refused(WHOLE.replace(before, after, 1))
    assert message.startswith(f"mine.md, line {line_of(WHOLE, before)}: ")
    assert hint in message


@pytest.mark.parametrize(
    ("before", "after", "where", "hint"),
    [
        ('task = "Do it."\n', "", "+++", "task is missing"),
        ("learning_rate = 0.01", "standardise = true", "[setup]", "needs the bias"),
        ("play = true", 'method = "step-search"\nbatch_size = 3', "batch", "looks at all rows"),
        ("answer = 2\n", "", "[[question]]", "answer is missing"),
        ('"Left" = "There the ground rises."', "", "[prediction.replies]", "none to “Left”"),
        ("Some *words*.", "", "+++\n\n+++", "below the second +++"),
        ("+++\ntitle", "title", "title", "+++"),
        ('answered_right"', 'answered_right or solved > 0"', "done", "no [[challenge]]"),
    ],
)
def test_what_is_missing_is_named_with_the_line_of_what_it_belongs_to(before, after, where, hint):
    whole = with_fields('[question]\ntext = "?"\nanswer = 2') if "solved" in after else WHOLE
    text = whole.replace("stepped >= 1", "answered_right").replace(before, after, 1)
    message = refused(text)
    assert message.startswith(f"mine.md, line {line_of(text, where)}: ")
    assert hint in message


@pytest.mark.parametrize("done", ["answered", "stepped > 1 or answered_right", "solved == 2"])
def test_what_can_never_be_done_is_refused(done):
    message = refused(LEAST.replace("stepped >= 1", done))
    assert message.startswith("mine.md, line 4: it waits until “")


ASKED = "[question]\ntext = '?'\n"


@pytest.mark.parametrize(
    ("fields", "line", "hint"),
    [
        ("seed = 2147483648", 6, "from 0 to 2,147,483,647"),
        ("batch_size = 2147483648", 6, "from 1 to 2,147,483,647, or 0"),
        ("learning_rate = 1e400", 6, "above 0 and at most 1e+300"),
        ("learning_rate = nan", 6, "above 0"),
        ("tolerance = inf", 6, "at most 1e+300, or 0"),
        ("start_weight = 1e400", 6, "from -1e+140 to 1e+140"),
        ("start_bias = " + "9" * 400, 6, "from -1e+140 to 1e+140"),
        ("position = " + "9" * 400, 6, "from 0 to 1,000,000"),
        ("point_at = 100_001", 6, "from 1 to 100,000"),
        ("method = 'adam'\nbeta1 = 1", 7, "beta1 must be from 0 to"),
        ('file = "a\\u0007"', 6, "can't be shown"),
        (ASKED + "answer = " + "9" * 400, 8, "answer must be from -1e+300 to 1e+300"),
        (ASKED + "answer = nan", 8, "answer must be from"),
        (ASKED + "answer = 1\nwithin = 1e400", 9, "within must be from 0"),
    ],
)
def test_what_is_out_of_its_range_is_named_with_its_line(fields, line, hint):
    message = refused(with_fields(f"[setup]\n{fields}"))
    assert message.startswith(f"mine.md, line {line}: ")
    assert hint in message


def test_each_change_is_tried_on_what_is_there_by_then():
    """Neither is wrong by itself."""
    text = with_fields(
        '[reveal]\nmethod = "step-search"\n[prediction]\ntext = "?"\nreveal.batch_size = 3'
    )
    assert "line 5: Step search looks at all rows" in refused(text)
    parse_chapter(text.replace("[reveal]", "[reveal]\nbatch_size = 0"))


@pytest.mark.parametrize("text", ["+++\na = [[[[[\n+++\nx", "+++\na = " + "9" * 1990 + "\n+++\nx"])
def test_toml_that_goes_too_deep_or_too_far_is_refused(text):
    assert_chapter_or_sentence(text)


@SETTINGS
@given(st.text())
@example("+++\n" + "a." * 900 + "a = 1\n+++\nx")
@example("+++\na = " + "[" * 1900 + "\n+++\nx")
def test_any_text_is_a_chapter_or_a_sentence(text):
    for whole in (text, f"+++\n{text}\n+++\nwords", f"{LEAST[:4]}{text}\n{LEAST[4:]}"):
        assert_chapter_or_sentence(whole)


VALUES = (
    "0", "-1", "1e400", "nan", "inf", "9" * 400, "true", "'x'", "''", "[]", "[1]", "['play']",
    "{}", "1979-05-27", "['a', 'a']", "'end'", "'adam'", "[{}]", "{x = 'y'}", "[[]]", "{x = {}}",
)  # fmt: skip


@pytest.mark.parametrize(
    "field", [(section, key) for section in FIELDS for key in FIELDS[section]], ids=".".join
)
def test_any_value_of_any_field_is_taken_or_named(field):
    section, key = field
    header = {"": "", "kept": "[setup.kept]"}.get(section, f"[{section}]")
    for value in VALUES:
        lines = LEAST.split("\n")
        if not section:
            lines = [line for line in lines if not line.startswith(f"{key} =")]
        place = len(lines) - 3 if section else 1
        lines[place:place] = [header, f"{key} = {value}"]
        assert_chapter_or_sentence("\n".join(lines))


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
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode())
    assert read_lesson(tmp_path / "a.md").chapters[0].title == "A title"


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    for name in ("02.md", "10.md", "01.md", "README.md", "notes.txt"):
        (tmp_path / name).write_text(LEAST)
    assert [chapter.name for chapter in read_lesson(tmp_path).chapters] == ["01", "02", "10"]
