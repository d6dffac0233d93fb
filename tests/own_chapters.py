"""Chapters of the tests' own, and how they are gone through."""

from PySide6.QtCore import QPoint, Qt
from support import child, text, wait_until_trained

# Each number is another one in the end than at first, and so is the picture.
PREDICTED = """+++
title = "Predicted"
task = "Take a step."
done = "stepped >= 1"
praise = "The loss fell to {loss}."
keep = "Steep ground, long step."

[setup]
iterations = 20
learning_rate = 0.0005
show = ["loss_curve", "fog"]

[[prediction]]
text = "The slope is {slope}. Which way?"
answers = ["Left", "Right", "Nowhere"]
answer = "Right"
[prediction.replies]
"Left" = "There the ground rises."
"Right" = "Against the slope."
"Nowhere" = "Only where it is level."
[prediction.reveal]
learning_rate = 0.001

[[prediction]]
text = "How many steps?"
[prediction.replies]
"given < 10" = "{given} is few."
"given >= 10" = "{given} is many."

[reveal]
show = ["loss_curve", "landscape"]
+++
First words.
+++
More words.
"""
ASKED = """+++
title = "Asked"
task = "Answer."
done = "answered_right"
praise = "All is right."

[setup]
iterations = 20

[[question]]
text = "Rate {learning_rate}: the next weight?"
answer = 0.8068
within = 0.001
right = "{given}, yes."
wrong = "{given}? Multiply."
[question.replies]
"given < 0" = "{given} is on the other side."
[question.setup]
position = 0
[question.reveal]
position = 1

[[question]]
text = "At {weight:3} now. Which way?"
answers = ["On", "Back"]
answer = "On"
wrong = "The slope says otherwise."
+++
Words.
"""


def write(folder, *chapters):
    """Write chapters into a folder; return it."""
    folder.mkdir(exist_ok=True)
    for number, chapter in enumerate(chapters, 1):
        (folder / f"{number:02}.md").write_text(chapter, encoding="utf-8")
    return folder


def chapter(done="stepped >= 1", more=""):
    """Return a chapter without questions, unless there is more."""
    return f'+++\ntitle = "Mine"\ntask = "Do it."\ndone = "{done}"\n{more}\n+++\nA word.\n'


def choose_answer(qtbot, window, place):
    """Click one of the answers to choose from."""
    button = child(window, f"lesson_answer_{place}")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))
    wait_until_trained(qtbot, window)


def type_answer(qtbot, window, typed):
    """Type a number, and press Return."""
    number = child(window, "lesson_number")
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, typed)
    qtbot.keyClick(number, Qt.Key.Key_Return)
    wait_until_trained(qtbot, window)


def said(window, name):
    """Return what a part of the lesson says; empty if it isn't seen."""
    return text(window, f"lesson_{name}") if child(window, f"lesson_{name}").isVisible() else ""
