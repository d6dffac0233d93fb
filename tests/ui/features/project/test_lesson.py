"""A project holds the learner's own work, and how far a lesson was taken; the two don't mix."""

import json

import pytest
from on_desk import forget, notice, saved
from own_chapters import ASKED, PREDICTED, chapter, write
from PySide6.QtCore import Qt
from support import child, choose, text, wait_until_trained

from gdviz.core.descent.settings import values
from gdviz.core.lessons.reading import read_lesson
from gdviz.core.projects.project import Study, Taken
from gdviz.ui.features.lesson.progress import CameOut, Progress
from gdviz.ui.preferences import Preferences

F1 = Qt.Key.Key_F1
CHALLENGE = '[[challenge]]\ntext = "?"\ndone = "stepped > {n}"\n'


def go_to(qtbot, window, number):
    """Choose a chapter of the lesson that is open."""
    window.teaching.view.chapter_requested.emit(number)
    wait_until_trained(qtbot, window)


def leave(qtbot, window):
    """Close the lesson."""
    choose(window, "Lesson")
    wait_until_trained(qtbot, window)
    assert not window.teaching.dock.isVisible()


def lesson_of(path):
    return json.loads(path.read_bytes()).get("lesson")


def own_numbers(window):
    runs = window.session.runs
    return runs.record.rows.tolist(), window.session.playback.iteration


def test_what_a_chapter_shows_is_no_part_of_the_project(window, qtbot, tmp_path, answer):
    path = tmp_path / "mine.gdviz"
    window.tuning.set_settings(iterations=40)
    wait_until_trained(qtbot, window)
    window.session.playback.seek(7)
    own = json.loads(saved(window, path))
    assert "lesson" not in own
    window.tuning.set_settings(iterations=50)
    wait_until_trained(qtbot, window)
    qtbot.keyClick(window, F1)
    go_to(qtbot, window, 10)
    assert window.session.runs.experiment.iterations != 50
    assert (window.windowTitle(), window.isWindowModified()) == ("mine.gdviz[*] — gdviz", True)
    asked = answer("Cancel")
    assert not window.close()
    assert asked == ["mine.gdviz has changed. Save it?"]
    told = json.loads(saved(window, path))
    assert not window.isWindowModified()
    assert told["settings"] == {**own["settings"], "iterations": 50}
    assert told["rows"] == own["rows"]
    assert told["lesson"] == {"open": True, "chapter": "11-the-bias-comes-back", "chapters": []}
    leave(qtbot, window)
    assert not window.isWindowModified()
    choose(window, "Undo")
    assert window.isWindowModified()


def test_it_opens_with_the_lesson_where_it_was_and_the_own_work_below_it(
    new_window, qtbot, tmp_path
):
    window, path = new_window(), tmp_path / "mine.gdviz"
    window.tuning.set_settings(iterations=40, learning_rate=0.0005)
    wait_until_trained(qtbot, window)
    window.session.playback.seek(7)
    own = own_numbers(window)
    qtbot.keyClick(window, F1)
    go_to(qtbot, window, 10)
    told, chapter = saved(window, path), window.session.runs.experiment
    window.close()
    again = new_window()
    assert again.projects.open(path)
    qtbot.waitUntil(again.teaching.dock.isVisible)
    wait_until_trained(qtbot, again)
    assert text(again, "lesson_progress").startswith("11 of ")
    assert values(again.session.runs.experiment) == values(chapter)
    assert not again.isWindowModified()
    assert saved(again, path) == told
    leave(qtbot, again)
    assert own_numbers(again) == own


def test_another_project_that_is_opened_within_a_lesson_ends_it(window, qtbot, tmp_path):
    path = tmp_path / "mine.gdviz"
    window.tuning.set_settings(iterations=40)
    wait_until_trained(qtbot, window)
    window.session.playback.seek(7)
    told = saved(window, path)
    forget(window)
    window.session.playback.to_start()
    qtbot.keyClick(window, F1)
    go_to(qtbot, window, 3)
    assert window.projects.open(path)
    wait_until_trained(qtbot, window)
    assert not window.teaching.dock.isVisible()
    assert window.session.playback.iteration == 7
    assert saved(window, path) == told


# A lesson of one's own


@pytest.fixture
def course(tmp_path):
    challenges = "".join(CHALLENGE.replace("{n}", str(n)) for n in range(3))
    return write(tmp_path / "course", PREDICTED, ASKED, chapter(more=challenges))


def progress_of(course, preferences=None):
    return Progress(preferences or Preferences(), read_lesson(course))


SAID = CameOut("", "Well done.", "")


def test_a_lesson_beside_the_project_comes_back_with_what_was_done(
    new_window, qtbot, tmp_path, course
):
    window, path = new_window(), tmp_path / "in" / "mine.gdviz"
    path.parent.mkdir()
    assert window.teaching.open(course)
    wait_until_trained(qtbot, window)
    saved(window, path)
    progress = progress_of(course, window.preferences)
    progress.note_predicted(0, ["Left", 3.0])
    progress.note_done(0, SAID)
    window.teaching.changed.emit()
    assert window.isWindowModified()
    progress.note_solved(2, {2})
    saved(window, path)
    name = [read.name for read in read_lesson(course).chapters]
    assert lesson_of(path) == {
        "path": "../course", "open": True, "chapter": name[0],
        "chapters": [
            {"name": name[0], "done": True, "predicted": ["Left", 3], "solved": []},
            {"name": name[2], "done": False, "predicted": [], "solved": [2]},
        ],
    }  # fmt: skip
    window.close()
    again = new_window()
    progress = progress_of(course, again.preferences)
    progress.forget()
    progress.note_done(1, SAID)
    assert again.projects.open(path)
    wait_until_trained(qtbot, again)
    said = "Done in the project, and so done here from now on: 1 chapter of the lesson."
    assert notice(again) == said
    assert progress.done == [True, True, False]
    assert (progress.predicted(0), progress.solved(2)) == (["Left", 3.0], {2})
    assert not again.isWindowModified()


def test_what_is_known_here_stays(course):
    progress = progress_of(course)
    name = [read.name for read in read_lesson(course).chapters]
    progress.note_predicted(0, ["Right", 9.0])
    progress.note_solved(2, {0})
    progress.note_done(1, SAID)
    taken = (
        Taken(name[0], True, ("Left", 3.0)), Taken(name[1], True), Taken(name[2], False, (), (1,)),
    )  # fmt: skip
    assert progress.add(Study("", True, name[2], taken)) == 1
    assert progress.done == [True, True, False]
    assert progress.came_out(1) == SAID
    assert (progress.predicted(0), progress.solved(2)) == (["Right", 9.0], {0, 1})
    assert progress.current == 2


@pytest.mark.parametrize("taken", [
    {"name": "../../elsewhere", "done": True}, {"predicted": ("Up", 3.0)}, {"predicted": ("Left",)},
    {"predicted": ("Left", "a" * 4_000)}, {"solved": (0, 7, 999)},
])  # fmt: skip
def test_what_the_lesson_doesnt_ask_isnt_remembered(course, taken):
    progress = progress_of(course)
    name = read_lesson(course).chapters[0].name
    before = progress.study("", False)
    told = Taken(**{"name": name, "done": False, **taken})
    progress.add(Study("", False, "no chapter", (told,)))
    assert progress.study("", False) == before
    assert not progress._preferences.objects("lesson_known")


def test_a_lesson_that_is_gone_is_said_and_the_rest_is_shown(window, qtbot, tmp_path, course):
    path = tmp_path / "mine.gdviz"
    window.tuning.set_settings(iterations=40)
    assert window.teaching.open(course)
    wait_until_trained(qtbot, window)
    saved(window, path)
    window.teaching.close()
    window.tuning.set_settings(iterations=60)
    forget(window)
    course.rename(tmp_path / "elsewhere")
    assert window.projects.open(path)
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment.iterations == 40
    assert notice(window).startswith("Its lesson can't be gone on with. course")
    assert not window.teaching.dock.isVisible()
    assert child(window, "figure").isVisible()


@pytest.mark.parametrize("make", [
    lambda path: path.symlink_to(path), lambda path: path.symlink_to("/dev/zero"),
    lambda path: path.write_bytes(b"\0" * 10**6),
])  # fmt: skip
def test_what_stands_in_a_lessons_place_is_a_sentence(window, qtbot, tmp_path, course, make):
    path = tmp_path / "mine.gdviz"
    window.teaching.open(course)
    wait_until_trained(qtbot, window)
    saved(window, path)
    forget(window)
    course.rename(tmp_path / "elsewhere")
    make(tmp_path / "course")
    assert window.projects.open(path)
    wait_until_trained(qtbot, window)
    assert notice(window).startswith("Its lesson can't be gone on with. course")
