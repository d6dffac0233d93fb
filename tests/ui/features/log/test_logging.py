"""The log of a run, as the lesson prints it."""

import time

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from support import child, text

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Trajectory
from gdviz.core.words.log import Log
from gdviz.ui.features.log.log_view import LogView


def test_the_log_shows_the_lines_of_the_lesson_and_follows(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    log = child(window, "log")
    qtbot.waitUntil(log.isVisible)
    assert log.accessibleName() == "Log"
    assert log.toolTip()
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


def test_a_million_lines_take_no_longer_than_a_hundred(qtbot, pizza):
    view, trajectory = LogView(), Trajectory()
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    block = np.zeros((2**15, 7))
    for _ in range(6):
        trajectory.append(block)
        log = Log(trajectory.record, Experiment(pizza, 10**7), None)
        began = time.thread_time()
        view.show_log(log, trajectory.record.newest)
        QApplication.processEvents()
        assert time.thread_time() - began < 0.05
    assert view.currentIndex().data() == "Iteration 196607 => Loss: 0.0000000000"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().count("\n") == len(log) - 1)
    assert QGuiApplication.clipboard().text().endswith(f"\n{log[len(log) - 1]}")
    # Who copies again, and goes, leaves no thread behind.
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    view.stop()
