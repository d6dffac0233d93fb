"""LettingGo: a drag ends before the button is let go, when something else is to be done."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

# They are held while something is dragged, and do nothing of their own.
_HELD_KEYS = {
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
}  # fmt: skip


class LettingGo(QObject):
    """Lets go of what is dragged in a picture when a key is pressed, or the focus goes elsewhere.

    A key is a command: what was dragged stays where it is, and then the command is carried out. The
    focus goes where a menu or a dialog opens, and to that goes the button's release as well.

    Parameters
    ----------
    let_go : callable
        Each does nothing where nothing is held.
    """

    def __init__(self, picture: QWidget, *let_go: Callable[[], None]) -> None:
        super().__init__(picture)
        self._let_go = let_go
        picture.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let go in time, and leave the event to the picture."""
        del watched
        if _ends_drag(event):
            for let_go in self._let_go:
                let_go()
        return False


def _ends_drag(event: QEvent) -> bool:
    if isinstance(event, QKeyEvent):
        # A key that may be a command's comes as the former first.
        is_pressed = event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        return is_pressed and event.key() not in _HELD_KEYS
    return event.type() is QEvent.Type.FocusOut
