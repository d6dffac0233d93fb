"""What is watched while a stranger is at the window: it must not break, clip, lie, fall silent."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from room import clipped

from stranger.truth import doubts, look


def unreadable() -> list[str]:
    """Return which texts aren't seen as a whole, in all windows of our own."""
    found = []
    for top in QApplication.topLevelWidgets():
        if top.isVisible() and top.isWindow() and not _is_qts(top):
            # In a field that is typed into the text moves along.
            field = top.focusWidget()
            typed = [f"{w.objectName()}: " for w in (field, field and field.parentWidget()) if w]
            found += [line for line in clipped(top) if not line.startswith(tuple(typed))]
    return found


def at_rest(window: QWidget) -> bool:
    """Return whether nothing moves: a picture on the screen is that of what is looked at."""
    session = window.session
    held = QGuiApplication.mouseButtons() is not Qt.MouseButton.NoButton
    moves = session.playback.playing or session.runs.busy
    return not (moves or held or QApplication.activePopupWidget())


def picture_of(window: QWidget) -> QImage:
    """Return the window as it is on the screen."""
    image = window.screen().grabWindow(window.winId()).toImage()
    return image.convertToFormat(QImage.Format.Format_RGB32)


def glance_at(window: QWidget) -> list[str]:
    """Return what looks wrong at a glance; a closer look has to tell."""
    return doubts(window, picture_of(window))


def look_at(window: QWidget) -> list[str]:
    """Return what the pictures show wrong."""
    try:
        look(window)
    except AssertionError as error:
        return [f"a picture is wrong: {error}"]
    return []


def _is_qts(top: QWidget) -> bool:
    """Return whether a window isn't of our making."""
    return isinstance(top, QFileDialog) or isinstance(top.parent(), QFileDialog)
