"""Full screen: all type grows with the height, the panel folds away, and all comes back."""

import pytest
from on_screen import start
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from room import clipped
from support import child, choose, text, type_into, wait_until_trained

from gdviz.ui.theme import PLOT_FONT_PX


def settle():
    for _ in range(10):
        QApplication.processEvents()


@pytest.mark.parametrize("docks", [(), ("Sweep", "Ledger")], ids=["plain", "after tabs"])
def test_f11_enlarges_all_type_and_escape_gives_it_back(window, qtbot, docks):
    for dock in docks + docks:
        choose(window, dock)
    settle()
    sizes = {w: w.font().pointSizeF() for w in window.findChildren(QLabel)}
    room = child(window, "where").height()
    places = {view: view.geometry() for view in window.figure.shown}
    qtbot.keyClick(window, Qt.Key.Key_F11)
    settle()
    assert window.isFullScreen()
    scale = window.figure.theme.scale
    assert scale > 1.4
    for label, size in sizes.items():
        if label not in window.playing.strip.findChildren(QLabel):
            assert label.font().pointSizeF() == pytest.approx(scale * size), label.text()
    assert QToolTip.font().pointSizeF() == window.font().pointSizeF()
    assert window.figure.theme.font_px > 1.4 * PLOT_FONT_PX
    assert not child(window, "panel").isVisible()
    assert child(window, "where").height() > 1.3 * room
    assert child(window, "loss_curve_export").width() == pytest.approx(26 * scale, abs=1)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    settle()
    assert not window.isFullScreen()
    assert {w: w.font().pointSizeF() for w in sizes} == pytest.approx(sizes)
    assert QToolTip.font().pointSizeF() == window.font().pointSizeF()
    assert child(window, "panel").isVisible()
    assert window.figure.theme.font_px == PLOT_FONT_PX
    assert {view: view.geometry() for view in window.figure.shown} == places


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("is_open", [False, True])
def test_a_dialog_that_was_opened_before_is_read_as_a_whole(window, is_open):
    choose(window, "Open on a cluster…")
    dialog = child(window, "cluster_dialog")
    settle()
    if not is_open:
        dialog.reject()
    choose(window, "Full screen")
    settle()
    dialog.open()
    settle()
    assert clipped(dialog) == []
    dialog.reject()


def test_marks_grow_with_the_type(window):
    hiker, curve = window.figure.loss_curve._hiker, window.figure.loss_curve._curve
    before = hiker._size, curve._pen.widthF()
    choose(window, "Full screen")
    settle()
    scale = window.figure.theme.scale
    assert (hiker._size, curve._pen.widthF()) == pytest.approx([scale * size for size in before])
    choose(window, "Full screen")
    assert (hiker._size, curve._pen.widthF()) == before


def test_the_panel_can_be_brought_back_in_full_screen(window, qtbot):
    choose(window, "Full screen")
    settle()
    assert not child(window, "panel").isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    settle()
    assert child(window, "panel").isVisible()
    choose(window, "Full screen")
    settle()
    assert child(window, "panel").isVisible()


def test_what_a_lesson_needs_stays_and_the_lesson_goes_on(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    settle()
    choose(window, "Full screen")
    settle()
    assert child(window, "start_weight").isVisible()
    choose(window, "Full screen")
    settle()
    assert child(window, "lesson_dock").isVisible()
    assert window.teaching._before is not None


def test_a_lesson_that_begins_in_full_screen_brings_the_panel(window, qtbot):
    choose(window, "Full screen")
    settle()
    large = window.figure.theme.scale
    qtbot.keyClick(window, Qt.Key.Key_F1)
    settle()
    assert child(window, "start_weight").isVisible()
    assert window.figure.theme.scale < large
    choose(window, "Full screen")
    settle()
    assert child(window, "lesson_dock").isVisible()


PANEL = {
    "method", "iterations", "learning_rate", "rate_dial", "forecast", "tolerance", "with_bias",
    "more_settings", "start_weight", "start_bias", "batches", "standardise", "outcome", "keep",
}  # fmt: skip
# What chapters leave of the panel.
CHAPTERS = {
    "nothing": set(), "start": {"start_weight"}, "rate": {"learning_rate", "rate_dial", "outcome"},
    "everything": PANEL,
}  # fmt: skip
CHAPTER = """+++
title = "A chapter that needs {needs}, and has a long title"
task = "This is what is to be done: a sentence that takes two lines, or three of them."
done = "stepped >= 1"
hide = {hide}
[setup]
show = ["loss_curve", "more_settings"]
+++
{words}
"""


@pytest.fixture
def show(window, qtbot):
    """Show a chapter, by what it needs."""

    def show(needs):
        child(window, "lesson_chapter").activated.emit(list(CHAPTERS).index(needs))
        wait_until_trained(qtbot, window)
        settle()

    return show


@pytest.fixture
def in_class(window, tmp_path):
    """Begin a lesson of many chapters in large type, in a window of a size."""
    for number in range(60):
        needs = list(CHAPTERS)[number % len(CHAPTERS)]
        hide = sorted(PANEL - CHAPTERS[needs])
        text = CHAPTER.format(needs=needs, hide=hide, words="Words of it. " * 30)
        (tmp_path / f"{number:02}.md").write_text(text)

    def begin(width, height):
        window.teaching.open(tmp_path)
        choose(window, "Full screen")
        window.showNormal()
        window.resize(width, height)
        settle()

    return begin


def assert_pictures_lead(window):
    """See that pictures have two thirds, and that all of the column is there."""
    assert window.figure.width() >= 2 / 3 * window.width()
    assert not clipped(window)
    lesson, panel = child(window, "lesson_dock"), child(window, "panel")
    assert lesson.height() >= lesson.needed_height
    if panel.isVisible():
        place = panel.mapTo(window, panel.rect().topLeft())
        assert place.x() > window.figure.width()
        assert place.y() > lesson.mapTo(window, lesson.rect().bottomLeft()).y()


@pytest.mark.parametrize("size", [(1024, 640), (1366, 768), (1920, 1080), (2560, 1440)])
def test_beside_a_lesson_two_pictures_have_two_thirds_in_every_chapter(
    window, in_class, show, size
):
    in_class(*size)
    scale = window.figure.theme.scale
    for needs in ("rate", "nothing", "start", "nothing", "everything", "rate"):
        show(needs)
        assert_pictures_lead(window)
        assert child(window, "panel").isVisible() is (needs != "nothing"), needs
        assert window.figure.theme.scale == scale
        assert len(window.figure.shown) == 3


def test_a_run_that_goes_on_brings_no_panel_that_nothing_is_needed_of(
    window, qtbot, in_class, show
):
    in_class(1366, 768)
    show("nothing")
    window.tuning.set_settings(iterations=10**9, learning_rate=1e-9)
    panel = child(window, "panel")
    # Its buttons to pause and to stop come and go with the run.
    qtbot.waitUntil(lambda: child(window, "pause").isVisibleTo(panel))
    settle()
    assert not panel.isVisible()
    window.session.runs.stop()
    qtbot.waitUntil(lambda: not child(window, "pause").isVisibleTo(panel))
    settle()
    assert not panel.isVisible()


def test_what_a_chapter_needs_is_below_its_words(window, qtbot, in_class, show):
    in_class(1366, 768)
    show("start")
    type_into(qtbot, window, "start_weight", "1.8")
    assert text(window, "weight") == "1.8000"
    show("rate")
    for name in CHAPTERS["rate"]:
        part = child(window, name)
        assert part.visibleRegion().boundingRect() == part.rect(), name
    assert not child(window, "settings").verticalScrollBar().isVisible()


# What is chosen, one after another; at the end all is as it was at first, and before that the
# lesson stands beside the pictures, or doesn't.
COURSES = {
    "Lesson,Full screen,Full screen,Lesson": True,
    "Full screen,Lesson,Full screen,Lesson": True,
    "Lesson,Full screen,Explain,Explain,Full screen,Lesson": True,
    "Lesson,Full screen,Runs,Runs,Full screen,Lesson": True,
    "Lesson,Full screen,Pictures alone,Pictures alone,Full screen,Lesson": True,
    "Lesson,Full screen,Settings panel,Settings panel,Full screen,Lesson": True,
    "Lesson,Full screen,Lesson,Full screen": False,
    "Full screen,Lesson,Lesson,Full screen": False,
}


@pytest.mark.parametrize("course", COURSES)
def test_all_has_its_place_again_after_a_lesson_in_full_screen(course):
    usual = "Lesson,Lesson"
    found = start(1920, 1080, usual, *COURSES)

    def places(state, step):
        return [found[state][step][part] for part in ("docks", "pictures")]

    if COURSES[course]:
        assert places(course, -2) == places(usual, 0)
    assert places(course, -1) == places(usual, 1)


@pytest.mark.parametrize("first", ["Lesson", "Full screen"])
def test_a_panel_that_was_hidden_is_hidden_after_lesson_and_full_screen(window, first):
    choose(window, "Settings panel")
    settle()
    second = "Full screen" if first == "Lesson" else "Lesson"
    for leaving in ((first, second), (second, first)):
        for command in (first, second):
            choose(window, command)
            settle()
        assert child(window, "start_weight").isVisible()
        for command in leaving:
            choose(window, command)
            settle()
        assert not child(window, "panel").isVisible(), leaving


def test_the_panel_is_folded_away_when_a_lesson_ends_in_full_screen(window):
    for command in ("Full screen", "Lesson", "Lesson"):
        choose(window, command)
        settle()
    assert not child(window, "panel").isVisible()
    choose(window, "Full screen")
    settle()
    assert child(window, "panel").isVisible()
    assert child(window, "file_name").isVisible()


def test_the_layout_can_be_reset_beside_a_lesson_in_full_screen(window, in_class, show):
    in_class(1366, 768)
    choose(window, "Reset layout")
    settle()
    assert_pictures_lead(window)
    show("rate")
    assert_pictures_lead(window)


@pytest.mark.parametrize("dock", ["Explain", "Runs", "Sweep", "Show as Python", "Check my work"])
def test_docks_leave_pictures_their_room_beside_a_lesson_in_full_screen(
    window, in_class, show, dock
):
    in_class(1366, 768)
    show("rate")
    choose(window, dock)
    settle()
    assert window.figure.width() >= 2 / 3 * window.width()
    assert not clipped(window)
    choose(window, dock)
    settle()
    assert_pictures_lead(window)
