"""Message: a box that says or asks something, with names from outside as they are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def message(window: QWidget, name: str, title: str, text: str) -> QMessageBox:
    """Return a box over a window, without its buttons; what it says is plain text."""
    box = QMessageBox(window)
    box.setObjectName(name)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    return box
