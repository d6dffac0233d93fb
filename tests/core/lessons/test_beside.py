"""What a chapter names lies in its folder, or in gdviz's own; no link leads out of it."""

import re

import pytest

from gdviz.core.files import FileError
from gdviz.core.lessons.beside import beside
from gdviz.core.lessons.reading import read_lesson
from gdviz.core.lessons.source import LessonError
from gdviz.resources import resource

CHAPTER = """+++
title = "Mine"
task = "Take a step."
done = "stepped >= 1"
[setup]
file = "{file}"
+++
A word.
"""


@pytest.fixture
def folder(tmp_path):
    """A lesson's folder, and beside it what isn't the lesson's."""
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n2,3\n")
    (tmp_path / "lesson" / "tables").mkdir(parents=True)
    (tmp_path / "lesson" / "tables" / "t.csv").write_text("a,b\n1,2\n2,3\n")
    return tmp_path / "lesson"


OUTSIDE = "/etc/passwd", "../secret.csv", "tables/../../secret.csv", "link.csv", "links/secret.csv"


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_lies_outside_is_refused_with_its_line(name, folder):
    (folder / "link.csv").symlink_to("../secret.csv")
    (folder / "links").symlink_to(folder.parent)
    path = folder / "mine.md"
    path.write_text(CHAPTER.format(file=name))
    with pytest.raises(LessonError) as error:
        read_lesson(path)
    assert re.match(
        r"mine\.md, line 6: (passwd|link\.csv|secret\.csv) lies outside", str(error.value)
    )


def test_a_table_of_the_lesson_comes_before_one_of_gdviz(folder):
    own = resource("data")
    assert beside("tables/t.csv", folder, own) == folder / "tables" / "t.csv"
    assert beside("pizza.txt", folder, own) == own / "pizza.txt"
    (folder / "pizza.txt").symlink_to("tables/t.csv")
    assert beside("pizza.txt", folder, own) == folder / "tables" / "t.csv"
    assert beside("none.csv", folder, own) == folder / "none.csv"


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", "loop/t.csv"])
def test_a_name_that_is_none_gets_a_sentence(name, folder):
    (folder / "loop").symlink_to("loop")
    with pytest.raises(FileError, match="can't be found"):
        beside(name, folder)
