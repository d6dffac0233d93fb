"""What answers the dialogs of exports."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from support import child


@pytest.fixture
def save_as(monkeypatch):
    """Answer the next file dialogs with a name and a filter; return the suggestions they had."""
    suggestions = []

    def save_as(path, chosen=""):
        def answer(_parent, _title, suggestion, *_):
            suggestions.append(suggestion)
            return str(path), chosen

        monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
        return suggestions

    return save_as


@pytest.fixture
def fill_in(qtbot):
    """Do something with the next export dialog, then accept it, or not."""
    timer = QTimer()

    def fill_in(choose=lambda _: None, button="export_accept"):
        def answer():
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                return
            timer.stop()
            timer.timeout.disconnect(answer)
            try:
                choose(dialog)
            finally:
                if button:
                    qtbot.mouseClick(child(dialog, button), Qt.MouseButton.LeftButton)
                else:
                    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

        timer.timeout.connect(answer)
        timer.start()

    yield fill_in
    assert not timer.isActive(), "the dialog never came"
