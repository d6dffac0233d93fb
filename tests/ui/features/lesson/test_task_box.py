"""Whatever a chapter asks and says has room: small and large windows, large type."""

import pytest
from own_chapters import chapter, choose_answer, said, type_answer, write
from PySide6.QtWidgets import QWidget
from room import clipped
from support import child, press, wait_until_trained

LONG = "that goes on for rather longer than a line of the lesson has room for"
CHAPTER = chapter("answered_right and stepped >= 1", f"""
praise = "Done, in a sentence {LONG}."
keep = "A sentence to keep {LONG}."
[setup]
iterations = 20
[[prediction]]
text = "A question {LONG}?"
answers = ["One answer {LONG}", "Another & one", "{"W" * 60}"]
wrong = "Another reply {LONG}."
[prediction.replies]
"Another & one" = "A reply {LONG}."
[[question]]
text = "And how much, {LONG}?"
answer = 1
[hints]
"weight > 0" = "A hint {LONG}."
""")  # fmt: skip


def seen(widget):
    """Tell whether all of a widget is seen."""
    return widget.visibleRegion().boundingRect() == widget.rect()


@pytest.fixture(params=[(1366, 768), (1024, 640), "large"], ids=str)
def sized(request, window, qtbot, tmp_path):
    is_large = request.param == "large"
    window.presenter.action.setChecked(is_large)
    window.showNormal()
    window.resize(*(1366, 768) if is_large else request.param)
    window.teaching.open(write(tmp_path / "mine", CHAPTER))
    wait_until_trained(qtbot, window)
    return window


def assert_room(qtbot, window, *names):
    """See that nothing is cut off, and that these parts are seen without scrolling."""
    parts = [child(window, f"lesson_{name}") for name in names]
    qtbot.waitUntil(lambda: all(map(seen, parts)) and clipped(window) == [])
    if not window.presenter.action.isChecked():
        assert seen(child(window, "lesson_task"))
        assert seen(child(window, "lesson_next"))


def test_all_that_is_new_is_seen(sized, qtbot):
    assert_room(qtbot, sized, "chapter")
    choose_answer(qtbot, sized, 2)
    assert_room(qtbot, sized, "reply")
    type_answer(qtbot, sized, "3")
    assert_room(qtbot, sized, "verdict")
    press(qtbot, sized, "step_forward")
    assert_room(qtbot, sized, "hint")
    type_answer(qtbot, sized, "1")
    assert_room(qtbot, sized, "praise", "keep", "next")
    sized.teaching.view.chapter_requested.emit(0)
    assert_room(qtbot, sized, "chapter")
    press(qtbot, sized, "lesson_recall")
    assert_room(qtbot, sized, "reply")


def test_answers_fold_as_the_dock_is_made_narrower_and_wider(sized, qtbot):
    dock, answers = sized.teaching.dock, []
    for place in (1, 2, 3):
        answers.append(child(sized, f"lesson_answer_{place}"))
    assert [each.answer for each in answers][1] == "Another & one"
    for width in (260, 420, 300):
        dock.take(width)
        qtbot.waitUntil(lambda: clipped(sized) == [])
        for each in answers:
            assert each.height() == each.heightForWidth(each.width())
            assert "".join(each.text().split()) == "".join(each.answer.replace("&", "&&").split())


def test_only_what_has_something_to_say_is_there(window, qtbot, tmp_path):
    window.teaching.open(write(tmp_path / "mine", chapter()))
    wait_until_trained(qtbot, window)
    box = child(window, "lesson_task")
    names = {part.objectName() for part in box.findChildren(QWidget) if part.isVisible()}
    assert names == {"lesson_task_text"}
    press(qtbot, window, "step_forward")
    assert said(window, "praise")
    assert not said(window, "keep")


@pytest.mark.parametrize("large", [False, True])
def test_the_way_on_stands_out_until_the_next_chapter_begins(window, qtbot, tmp_path, large):
    window.teaching.open(write(tmp_path / "mine", chapter(), chapter(), chapter()))
    press(qtbot, window, "step_forward")
    back, forward = child(window, "lesson_back"), child(window, "lesson_next")
    assert forward.styleSheet()
    window.presenter.action.setChecked(large)
    press(qtbot, window, "lesson_next")
    qtbot.waitUntil(lambda: forward.fontInfo().pixelSize() == back.fontInfo().pixelSize())
    assert not forward.styleSheet()
    window.presenter.action.setChecked(False)
    qtbot.waitUntil(lambda: forward.fontInfo().pixelSize() == back.fontInfo().pixelSize())
