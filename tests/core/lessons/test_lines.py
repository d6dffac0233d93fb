"""Whatever way TOML is written, each place of it is found on its line."""

import pytest

from gdviz.core.lessons.lines import DEEPEST, lines_of

WRITTEN = '''
a = 1  # [b]
b.c = """
[x]
y = 1
"""

[ "odd] key" . 'd.e' ]
"f = g" = [  # [[h]]
  "]", '#',
  [1, 2],
]
i = { j = 1, "k l" = { m = 2 } }

[[question]]
[[question.setup.kept]]
name = '["""]'
[[question.setup.kept]]
name = "\\\\"
[question.reveal]
kept = [{ name = "x" }, { name = "y" }]
[[question]]
reveal.speed = "z"
[[question.setup.kept]]
'''
PLACES = {
    (): 1, ("a",): 2, ("b",): 3, ("b", "c"): 3, ("odd] key",): 8, ("odd] key", "d.e"): 8,
    ("odd] key", "d.e", "f = g"): 9, ("odd] key", "d.e", "i"): 13,
    ("odd] key", "d.e", "i", "k l", "m"): 13, ("question",): 15, ("question", 0): 15,
    ("question", 0, "setup"): 16, ("question", 0, "setup", "kept", 0, "name"): 17,
    ("question", 0, "setup", "kept", 1): 18, ("question", 0, "setup", "kept", 1, "name"): 19,
    ("question", 0, "reveal", "kept", 1, "name"): 21, ("question", 1): 22,
    ("question", 1, "reveal", "speed"): 23, ("question", 1, "setup", "kept", 0): 24,
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_each_place_has_its_line(place):
    assert lines_of(WRITTEN)[place] == PLACES[place]


def test_texts_that_look_like_fields_are_none():
    assert not {"x", "y", "h"} & {place[0] for place in lines_of(WRITTEN) if place}


def test_what_lies_very_deep_is_named_by_what_it_is_in():
    for deep in (
        "a." * 500 + "a = 1",
        "[" + "a." * 500 + "a]\nb = 1",
        "a = " + "[" * 90 + "]" * 90,
    ):
        assert max(map(len, lines_of(deep))) <= DEEPEST + 1
