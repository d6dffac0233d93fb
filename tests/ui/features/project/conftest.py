"""What tests of projects share: windows that close unasked, and answers to what is asked."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from support import forget_changes, wait_until_trained

from gdviz.ui.shell.window import MainWindow


@pytest.fixture
def new_window(qtbot):
    """Return what opens a window; none asks about changes at the end."""
    windows = []

    def new_window():
        window = MainWindow()
        qtbot.addWidget(window, before_close_func=forget_changes)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        wait_until_trained(qtbot, window)
        windows.append(window)
        return window

    return new_window


@pytest.fixture
def save_as(monkeypatch):
    """Answer the next dialogs that ask for a file to save with a name."""

    def save_as(path):
        answer = (str(path), "")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)

    return save_as


@pytest.fixture
def answer(qtbot):
    """Answer the next question with a button of this text, and remember what was asked."""
    asked, timers = [], []

    def answer(text):
        timer = QTimer(interval=5)

        def look():
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox):
                timer.stop()
                asked.append(box.text())
                buttons = [b for b in box.findChildren(QPushButton) if not b.isHidden()]
                button = next(b for b in buttons if b.text().replace("&", "") == text)
                qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

        timer.timeout.connect(look)
        timer.start()
        timers.append(timer)
        return asked

    yield answer
    assert not any(timer.isActive() for timer in timers), "nothing was asked"
