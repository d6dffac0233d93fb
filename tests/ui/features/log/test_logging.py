"""The log of a run, as the lesson prints it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from support import child, text


def test_the_log_shows_the_lines_of_the_lesson_and_follows(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    log = child(window, "log")
    qtbot.waitUntil(log.isVisible)
    lines = [log.model().index(row, 0).data() for row in range(log.model().rowCount())]
    assert lines[0] == "Iteration    0 => Loss: 812.8666666667"
    assert lines[99] == "Iteration   99 => Loss: 69.1209628275"
    assert lines[100] == "w=1.8436928702"
    assert len(lines) == 101
    qtbot.keyClick(window, Qt.Key.Key_End)
    assert log.currentIndex().data() == "w=1.8436928702"
    log.scrollToTop()
    qtbot.mouseClick(
        log.viewport(),
        Qt.MouseButton.LeftButton,
        pos=log.visualRect(log.model().index(2, 0)).center(),
    )
    assert text(window, "where") == "iteration 2 of 100"
    qtbot.keyClick(log, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == lines[2]
