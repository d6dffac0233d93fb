"""Docks: what is opened beside or below the pictures."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

RIGHT, BELOW = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea


def add_dock(
    window: QMainWindow,
    area: Qt.DockWidgetArea,
    title: str,
    content: QWidget,
    key: str,
    command: str = "",
) -> QDockWidget:
    """Add a dock that is closed at first, with a key and a command that open it.

    Parameters
    ----------
    window : QMainWindow
    area : Qt.DockWidgetArea
        `RIGHT` or `BELOW`.
    title : str
    content : QWidget
    key : str
        The shortcut.
    command : str, optional
        What menus call it; by default its title.
    """
    dock = QDockWidget(title, window)
    dock.setObjectName(f"{title.lower()}_dock")
    dock.setWidget(content)
    opening = dock.toggleViewAction()
    opening.setShortcut(key)
    opening.setText(command or title)
    # What is asked for comes before what shares its place.
    opening.triggered.connect(dock.raise_)
    dock.hide()
    window.addDockWidget(area, dock)
    return dock
