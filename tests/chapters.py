"""Chapters for the tests: one with a bit of everything, and ways to change it."""

import pytest

from gdviz.core.lessons.reading import parse_chapter
from gdviz.core.lessons.source import LessonError

WHOLE = """+++
title = "A title"
task = "Do it."
done = "answered_right and solved >= 1"
praise = "The loss fell to {loss}."
keep = "Steep ground, long step."
light = ["play"]
large_type = true

[setup]
file = "pizza.txt"
iterations = 20
learning_rate = 0.01
position = "end"
show = ["loss_curve", "fog"]
speed = "slow, then faster"

[[setup.kept]]
name = "plain"
learning_rate = 0.001

[[prediction]]
text = "Which way?"
answers = ["Left", "Right"]
answer = "Right"
[prediction.replies]
"Left" = "There the ground rises."
"Right" = "Let's go."
[prediction.setup]
hide = ["tolerance"]
[prediction.reveal]
play = true

[[prediction]]
text = "How many?"
replies = { "given < 10" = "{given} is few.", "given >= 10" = "{given} is many." }

[reveal]
show = ["loss_curve"]
residuals = "squares"
point_at = 3

[[question]]
text = "Next?"
answer = 2
within = 0.5
right = "Yes, {given}."
wrong = "{given}? Multiply."
[question.replies]
"given < 0" = "Not that way."
[question.setup]
blank = ["next_weight"]

[[question]]
text = "Which?"
answers = ["a", "b"]
answer = "b"
reveal.blank = []

[hints]
"weight > 2" = "w = {weight} is too far."

[[challenge]]
text = "Far."
done = "weight > 9"
praise = "w = {weight}!"

[[challenge]]
text = "Near."
done = "weight < 1"
+++
Some *words*.
+++
More.
"""
# With no more than is needed.
LEAST = '+++\ntitle = "A title"\ntask = "Do it."\ndone = "stepped >= 1"\n+++\nWords.\n'


def with_fields(fields):
    """Return the least chapter with some lines in its set-up, of which the first is line 5."""
    return LEAST.replace("+++\nWords", f"{fields}\n+++\nWords")


def refused(text):
    """Return what is wrong with a chapter."""
    with pytest.raises(LessonError) as error:
        parse_chapter(text, "mine.md")
    return str(error.value)


def line_of(text, part):
    """Return on which line of a text something stands first."""
    return text[: text.index(part)].count("\n") + 1
