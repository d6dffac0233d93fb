"""Context menu: what can be done with a picture or a table, where the mouse or the focus is.

It holds the widget's actions, and the shortcuts of its own that say what they do.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget

Fill = Callable[[QMenu, QPoint], None]
# Only some desktops make of it what they make of the menu key.
MENU_KEY = "Shift+F10"


def give_menu(widget: QWidget, fill: Fill | None = None) -> None:
    """Have a widget open a menu of what can be done with it.

    Parameters
    ----------
    fill : callable, optional
        Adds what can be done at a place of the widget.
    """
    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    widget.customContextMenuRequested.connect(lambda place: _open(widget, fill, place))


def open_by_key(window: QWidget) -> None:
    """Have the key that stands in for the menu key open the menu of what has the focus."""
    shortcut = QShortcut(QKeySequence(MENU_KEY), window)
    shortcut.setWhatsThis("Open the menu of what has the focus")
    shortcut.activated.connect(_open_at_focus)


def _open(widget: QWidget, fill: Fill | None, place: QPoint) -> None:
    menu = QMenu(widget)
    menu.setObjectName(f"{widget.objectName()}_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if fill is not None:
        fill(menu, place)
    menu.addActions(widget.actions())
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    for shortcut in widget.findChildren(QShortcut, options=direct):
        if shortcut.whatsThis():
            key = shortcut.key().toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{shortcut.whatsThis()}\t{key}", shortcut.activated.emit)
    inside = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    menu.popup(inside.mapToGlobal(place))


def _open_at_focus() -> None:
    widget = QApplication.focusWidget()
    if widget is None:
        return
    cursor = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    place = QRect(cursor.toRect() if hasattr(cursor, "toRect") else cursor).center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))
