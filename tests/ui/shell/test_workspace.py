"""Panel and docks around the pictures: hidden and brought back, reset, and remembered."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QMainWindow
from room import clipped
from support import child, choose, wait_until_trained

from gdviz.ui.preferences import Preferences
from gdviz.ui.shell.window import MainWindow


def settle():
    for _ in range(10):
        QApplication.processEvents()


def opened(window):
    names = ("panel", "explain_dock", "runs_dock", "lesson_dock")
    return [name for name in names if child(window, name).isVisible()]


def in_window(window, name):
    widget = child(window, name)
    return widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))


def drag(qtbot, window, dock, by, look=lambda: None):
    """Drag the edge of a dock that lies toward the pictures; look at each step on the way."""
    workspace, place = window.workspace, child(window, dock).geometry()
    is_left = place.center().x() < workspace.width() / 2
    start = QPoint(place.right() + 2 if is_left else place.left() - 2, 100)
    qtbot.mouseMove(workspace, start)
    qtbot.mousePress(workspace, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(workspace, start + QPoint(by * step // 5, 0))
        settle()
        look()
    qtbot.mouseRelease(workspace, Qt.MouseButton.LeftButton, pos=start + QPoint(by, 0))
    settle()


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800)])
def test_docks_open_above_the_transport_and_below_takes_less_than_half(window, size):
    window.resize(*size)
    for dock in ("Explain", "Runs"):
        choose(window, dock)
    settle()
    bar = in_window(window, "transport")
    for dock in ("explain_dock", "runs_dock"):
        assert in_window(window, dock).bottom() < in_window(window, "readout").top()
    assert bar.bottom() == window.height() - 1
    assert bar.width() == window.width()
    assert child(window, "runs_dock").height() <= 0.45 * child(window, "workspace").height()


def test_one_key_leaves_the_pictures_alone_and_brings_back_the_same(window, qtbot):
    choose(window, "Explain")
    settle()
    before, width = opened(window), child(window, "explain_dock").width()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    settle()
    assert opened(window) == []
    assert window.figure.width() == window.width()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    settle()
    assert opened(window) == before
    assert child(window, "explain_dock").width() == pytest.approx(width, abs=2)


def test_a_lesson_that_is_put_away_goes_on(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    place = window.teaching._before
    qtbot.keyClick(window, Qt.Key.Key_F9)
    settle()
    assert opened(window) == []
    assert window.teaching._before is place
    qtbot.keyClick(window, Qt.Key.Key_F9)
    settle()
    assert opened(window) == ["panel", "lesson_dock"]
    assert window.teaching._before is place


def test_a_window_that_closes_meanwhile_leaves_the_lesson(window, qtbot):
    window.tuning.set_settings(iterations=77)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    again.show()
    wait_until_trained(qtbot, again)
    assert child(again, "iterations").value() == 77
    assert opened(again) == ["panel"]
    again.close()


def test_another_lesson_begins_although_the_first_is_put_away(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    settle()
    window.teaching.open_own()
    settle()
    assert opened(window) == ["panel", "lesson_dock"]
    choose(window, "Lesson")
    assert window.teaching._before is None


def test_the_width_of_the_panel_comes_back_until_the_layout_is_reset(window, qtbot):
    dock = child(window, "settings_dock")
    usual = dock.width()
    drag(qtbot, window, "settings_dock", 80)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    again.resize(1280, 800)
    again.show()
    settle()
    assert child(again, "settings_dock").width() == usual + 80
    choose(again, "Reset layout")
    settle()
    assert child(again, "settings_dock").width() == usual
    again.close()


def test_reset_brings_back_the_panel_and_keeps_open_docks_in_their_places(window):
    choose(window, "Explain")
    dock, workspace = child(window, "explain_dock"), window.workspace
    workspace.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, dock)
    choose(window, "Settings panel")
    settle()
    assert opened(window) == ["explain_dock"]
    choose(window, "Reset layout")
    settle()
    assert opened(window) == ["panel", "explain_dock"]
    assert workspace.dockWidgetArea(dock) == dock.area


def remember(key, state):
    preferences = Preferences()
    preferences.set(key, state)
    preferences.save()


def test_the_state_of_an_earlier_version_does_no_harm(qtbot):
    remember("state", QMainWindow().saveState())
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    wait_until_trained(qtbot, window)
    assert opened(window) == ["panel"]
    assert window.figure.width() > 800
    window.close()


def test_a_window_of_a_larger_screen_is_fitted_into_this_one(qtbot):
    stored = QMainWindow()
    stored.setGeometry(3000, 2000, 2400, 1500)
    remember("geometry", stored.saveGeometry())
    stored.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    wait_until_trained(qtbot, window)
    assert window.screen().availableGeometry().contains(window.frameGeometry())
    window.close()


def test_lesson_and_explanation_are_behind_each_other_where_the_window_is_low(window):
    for size, behind in (((1280, 1000), False), ((1024, 480), True), ((1280, 1000), False)):
        window.resize(*size)
        for dock in ("lesson_dock", "explain_dock"):
            child(window, dock).show()
        settle()
        lesson, explain = child(window, "lesson_dock"), child(window, "explain_dock")
        assert (explain in window.workspace.tabifiedDockWidgets(lesson)) is behind, size
    choose(window, "Lesson")


@pytest.mark.parametrize("docks", [("Explain", "Lesson"), ("Lesson", "Explain")])
def test_a_lesson_has_room_for_its_task_and_some_words_above_other_docks(window, docks):
    window.resize(1280, 800)
    for dock in docks:
        choose(window, dock)
        settle()
    lesson, words = child(window, "lesson_dock"), child(window, "lesson_words")
    assert lesson.height() >= lesson.needed_height
    assert words.height() >= 4 * words.fontMetrics().lineSpacing()


@pytest.mark.parametrize("by", [None, 45])
def test_the_panel_has_its_width_again_after_docks_a_lesson_and_full_screen(window, qtbot, by):
    window.resize(1024, 640)
    settle()
    if by is not None:
        drag(qtbot, window, "settings_dock", by)
    places = [view.geometry() for view in window.figure.shown]
    width = child(window, "panel").width()
    for names in (("Explain",), ("Runs", "Lesson"), ("Explain", "Log", "Lesson")):
        for order in (names, reversed(names)):
            for name in order:
                choose(window, name)
                settle()
        assert child(window, "panel").width() == width, names
        assert [view.geometry() for view in window.figure.shown] == places, names
    for around, within in (("Lesson", None), (None, "Lesson")):
        for name in (around, "Full screen", within, "Full screen", around or within):
            if name is not None:
                choose(window, name)
                window.resize(1024, 640)
                settle()
        assert child(window, "panel").isVisible()
        assert child(window, "panel").width() == width


def test_no_dock_can_be_dragged_over_the_last_picture(window, qtbot):
    window.resize(1024, 640)
    choose(window, "Explain")
    settle()
    least = window.figure.minimumSizeHint().width()
    drag(qtbot, window, "explain_dock", -700)
    assert window.figure.width() >= least
    window.notices.notice.say("This is what went wrong, and in which line it did. " * 3)
    settle()
    assert not clipped(window)
    drag(qtbot, window, "settings_dock", 700)
    assert window.figure.width() >= least
    assert not clipped(window)
    choose(window, "Explain")
    choose(window, "Show as Python")
    settle()
    assert not clipped(window)


@pytest.mark.parametrize(("dragged", "by"), [("settings_dock", 700), ("python_dock", 300)])
def test_no_dock_is_too_narrow_while_an_edge_is_dragged(window, qtbot, dragged, by):
    window.resize(1174, 578)
    for dock in ("Show as Python", "Lesson"):
        choose(window, dock)
    settle()
    looks = []
    drag(qtbot, window, dragged, by, lambda: looks.append(clipped(window)))
    assert looks == [[]] * 5
    # Afterwards a window may be as narrow as before.
    least = window.minimumSizeHint()
    choose(window, "Show as Python")
    choose(window, "Show as Python")
    settle()
    assert window.minimumSizeHint() == least


@pytest.mark.parametrize("key", [Qt.Key.Key_F8, Qt.Key.Key_F9], ids=["F8", "F9"])
def test_a_lesson_gives_back_that_the_panel_was_hidden(window, qtbot, key):
    qtbot.keyClick(window, key)
    settle()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    settle()
    assert opened(window) == ["panel", "lesson_dock"]
    qtbot.keyClick(window, Qt.Key.Key_F1)
    settle()
    assert opened(window) == []
    qtbot.keyClick(window, key)
    settle()
    assert opened(window) == ["panel"]


def test_each_edge_of_a_dock_has_a_grip(window):
    window.resize(1280, 800)
    for dock in ("Explain", "Runs"):
        choose(window, dock)
    settle()
    workspace, grip = window.workspace, QColor(window.appearance.theme.grid)
    image = workspace.grab().toImage()
    panel, beside, below = (
        child(window, name).geometry() for name in ("settings_dock", "explain_dock", "runs_dock")
    )
    for x, y in (
        (panel.right() + 3, panel.center().y()), (beside.left() - 3, beside.center().y()),
        (below.center().x(), below.top() - 3),
    ):  # fmt: skip
        assert image.pixelColor(x, y) == grip


def test_docks_beside_the_pictures_keep_the_width_they_need(window):
    window.resize(1280, 800)
    for dock in ("Lesson", "Explain", "Show as Python"):
        choose(window, dock)
    settle()
    for width in (880, 1280, 1000, 1366):
        window.resize(width, 800)
        settle()
        assert clipped(window) == []


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(("width", "scale"), [(300, 1.0), (None, 1.25)])
def test_a_dock_in_a_window_of_its_own_is_never_too_narrow(window, width, scale):
    choose(window, "Sweep")
    dock = child(window, "sweep_dock")
    dock.setFloating(True)
    settle()
    dock.resize(width or dock.needed_width, 300)
    font = dock.font()
    font.setPointSizeF(scale * font.pointSizeF())
    dock.setFont(font)
    settle()
    assert clipped(dock) == []
