"""What is remembered of a lesson: by chapter, and only as far as it can still be meant."""

import math

import pytest
from own_chapters import ASKED, PREDICTED, chapter, write

from gdviz.core.lessons.reading import read_lesson
from gdviz.ui.features.lesson.progress import KNOWN, CameOut, Progress
from gdviz.ui.preferences import Preferences

pytestmark = pytest.mark.usefixtures("qapp")
CHALLENGE = '[[challenge]]\ntext = "?"\ndone = "stepped > {n}"\n'
CAME_OUT = CameOut("You predicted 3.", "The loss fell to 9.", "")


@pytest.fixture
def lesson(tmp_path):
    challenges = "".join(CHALLENGE.replace("{n}", str(n)) for n in range(3))
    return read_lesson(write(tmp_path / "mine", PREDICTED, ASKED, chapter(more=challenges)))


@pytest.fixture
def known(lesson):
    """Progress of which everything is remembered."""
    progress = Progress(Preferences(), lesson)
    progress.current = 2
    progress.note_predicted(0, ["Left"])
    progress.note_predicted(0, ["Left", 3.5])
    progress.note_done(0, CAME_OUT)
    progress.note_solved(2, {2, 0})
    return progress


def test_all_comes_back_at_the_next_start(known, lesson):
    known._preferences.save()
    progress = Progress(Preferences(), lesson)
    assert progress.current == 2
    assert progress.done == [True, False, False]
    assert progress.predicted(0) == ["Left", 3.5]
    assert progress.came_out(0) == CAME_OUT
    assert progress.solved(2) == {0, 2}
    assert progress.predicted(1) == []
    assert progress.came_out(1) is None


def test_predictions_that_are_made_anew_stand_for_the_old_ones_one_by_one(known):
    known.note_predicted(0, ["Right"])
    assert known.predicted(0) == ["Right", 3.5]


def test_what_was_said_counts_no_more_once_the_chapter_was_rewritten(known, tmp_path):
    rewritten = PREDICTED.replace("Take a step", "Take one step")
    lesson = read_lesson(write(tmp_path / "mine", rewritten, ASKED, ASKED))
    progress = Progress(known._preferences, lesson)
    assert progress.came_out(0) is None
    assert progress.predicted(0) == ["Left", 3.5]
    assert progress.solved(2) == set()


def test_forgetting_leaves_other_lessons_alone(known, tmp_path):
    other = Progress(known._preferences, read_lesson(write(tmp_path / "other", PREDICTED)))
    other.note_predicted(0, ["Right", 1.0])
    other.note_done(0, CAME_OUT)
    known.forget()
    assert known.current == 0
    assert known.done == [False, False, False]
    assert known.predicted(0) == []
    assert known.came_out(0) is None
    assert known.solved(2) == set()
    assert other.done == [True]
    assert other.predicted(0) == ["Right", 1.0]


@pytest.mark.parametrize(
    "predicted",
    [
        [], ["Left"], ["Left", 1, 2], ["Up", 1], [1, 1], [["Left"], 1], ["Left", "1"],
        ["Left", True], ["Left", math.nan], ["Left", 10**400], ["Left", None], {"0": "Left"}, "L",
    ],
)  # fmt: skip
def test_what_is_no_prediction_of_the_chapter_is_none(lesson, predicted):
    preferences = Preferences()
    preferences.set(KNOWN, [{"chapter": "mine/01", "predicted": predicted}])
    assert Progress(preferences, lesson).predicted(0) == []


@pytest.mark.parametrize("said", [None, [], ["a", "b"], ["a", "b", 3], "abc", {"praise": "a"}])
def test_what_was_never_said_is_not_shown(known, said):
    known._note(0, said=said)
    assert known.came_out(0) is None
