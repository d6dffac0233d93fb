"""A chapter holds no more than can be shown at once; beyond it stands a sentence with the line."""

import pytest

from gdviz.core.lessons.reading import parse_chapter
from gdviz.core.lessons.source import LessonError

HEAD = """+++
title = "Mine"
task = "Take a step."
done = "stepped >= 1"
+++
First.

"""
LINE = HEAD.count("\n") + 1


def refused(words):
    with pytest.raises(LessonError) as error:
        parse_chapter(HEAD + words, "mine.md")
    return str(error.value)


@pytest.mark.parametrize(
    ("words", "line", "hint"),
    [
        ("x" * 2_001, LINE, "a line has at most 2,000 letters"),
        ("A paragraph\n" * 400, LINE, "at most 4,000 letters"),
        ("a\n\n" * 1_500, LINE - 2 + 2_000, "at most 2,000 lines"),
        ("a\n\n" + "*a" * 500, LINE + 2, "* _ ~"),
        (("*a* " * 150 + "\n\n") * 20, None, "* _ ~"),
        ("- a\n" * 999 + "- b\n- c", LINE + 1_000, "1,000 items"),
        ("> 1. a\n> 2. b\n\n" * 501, None, "1,000 items"),
        ("- " * 600 + "a\n\n" + "- " * 600 + "a", LINE + 2, "1,000 items"),
        ("a | b\n--|--\n" + "1 | 2\n" * 200, LINE, "400 cells"),
        ("|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "a\n" * 5, LINE, "400 cells"),
        ("> a | b\n> :-|-:\n> c | d\n\n" * 80, None, "400 cells"),
        ("a\n\n\x07", LINE + 2, "can't be shown"),
        ("- a\n" * 999 + "- b\n+++\n- c", LINE + 1_001, "1,000 items"),
        ("+++\n\n" + "A paragraph\n" * 400, LINE + 2, "at most 4,000 letters"),
    ],
)
def test_too_much_is_named_with_its_line(words, line, hint):
    message = refused(words)
    assert message.startswith(f"mine.md, line {line or ''}")
    assert hint in message


def test_a_file_has_an_end():
    assert "at most 64,000 letters" in refused("words and words\n" * 5_000)
    head = "# a comment that goes on and on and on\n" * 600
    with pytest.raises(LessonError, match="a set-up has at most 20,000 letters"):
        parse_chapter(HEAD.replace("+++\nFirst", f"{head}+++\nFirst"), "mine.md")


def test_a_long_chapter_of_many_things_is_no_trouble():
    paragraph = "Some *words* of **no** great length, with `code` and [a link](02-next.md). " * 10
    table = "x | y | error\n--|--|--\n" + "1 | 2 | 3\n" * 30
    items = "- one thing\n- another\n  1. and more\n" * 20
    code = "```\n" + "for i in x:\n" * 100 + "```\n"
    words = "\n\n".join([paragraph, table, items, "> A quote.", code] * 3)
    assert parse_chapter(HEAD + words).words.count("A quote") == 3
