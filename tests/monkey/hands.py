"""The hands of the monkey: what it can do, each by the name of what is on the screen.

An action is a tuple: the name of a function here, and plain values. It depends on nothing else, so
a list of them can be done again, shortened, and written down. What it needs may be gone by then,
disabled, or behind a dialog: then nothing is done.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QWheelEvent,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QFileDialog,
    QMainWindow,
    QMessageBox,
    QRadioButton,
    QWidget,
)
from shiboken6 import isValid
from stranger.choosing import commands, hiker_of, name_of, seen_of

Action = tuple[Any, ...]
Place = tuple[float, float]
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
# So long the window has for itself after each action, and for a run that is short.
REST_S, PATIENCE_S = 0.004, 0.05
# So soon a dialog gets an answer without which an action isn't over.
ANSWER_MS = 40
# So soon a log is read that was pasted.
READING_S = 0.3


class Hands:
    """Does things to a window.

    Parameters
    ----------
    folder : Path
        Where all files are, those that are opened and those that are written.
    """

    def __init__(self, window: QMainWindow, folder: Path) -> None:
        self.window, self._folder = window, folder
        # What is answered when a file is asked for, or anything else.
        self._file, self._keys = "", iter(())

    def do(self, action: Action) -> None:
        """Do something, and leave the window time for it."""
        name, *values = action
        self._file, self._keys = "", iter(())
        with self._answering():
            DOINGS[name](self, *values)
        runs, began = self.window.session.runs, time.monotonic()
        spin(REST_S)
        while runs.busy and time.monotonic() < began + PATIENCE_S:
            spin(REST_S)

    # With the mouse

    def press(self, name: str) -> None:
        """Click a button, or anything."""
        widget = self._find(name)
        if widget is not None:
            box = seen_of(widget)
            left = isinstance(widget, QCheckBox | QRadioButton)
            place = QPoint(box.left() + 8, box.center().y()) if left else box.center()
            self._click(widget, place)

    def click(self, name: str, place: Place, times: int = 1) -> None:
        """Click a place of a picture or a table, given in parts of its size."""
        widget = self._find(name)
        for _ in range(times if widget else 0):
            self._click(widget, _at(widget, place))

    def drag(self, name: str, start: Place | str, *places: Place | str) -> None:
        """Drag from place to place; ``"hiker"`` is where that is, other words are keys."""
        widget = self._find(name)
        if widget is None:
            return
        here = hiker_of(widget) if start == "hiker" else widget.mapToGlobal(_at(widget, start))
        if here is None:
            return
        self._mouse(QTest.mouseMove, here)
        self._mouse(QTest.mousePress, here)
        for place in places:
            if isinstance(place, str):
                self.key(place)
            else:
                here = widget.mapToGlobal(_at(widget, place))
                self._mouse(QTest.mouseMove, here)
            QApplication.processEvents()
        self._mouse(QTest.mouseRelease, here)

    def hover(self, name: str, *places: Place) -> None:
        """Look at places of a picture."""
        widget = self._find(name)
        for place in places if widget else ():
            self._mouse(QTest.mouseMove, widget.mapToGlobal(_at(widget, place)))
            QApplication.processEvents()

    def wheel(self, name: str, place: Place, notches: int, held: str = "") -> None:
        """Turn the wheel over anything."""
        widget = self._find(name)
        if widget is None:
            return
        inside = _inside(widget)
        here = QPointF(_at(widget, place))
        keys = Qt.KeyboardModifier.ControlModifier if held == "Ctrl" else NO_KEY
        for _ in range(abs(notches)):
            turn = QPoint(0, 120 if notches > 0 else -120)
            QApplication.sendEvent(inside, QWheelEvent(
                here, QPointF(inside.mapToGlobal(here.toPoint())), QPoint(), turn,
                Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
            ))  # fmt: skip

    def context(self, name: str, place: Place, *keys: str) -> None:
        """Open the menu of a thing, and go on in it."""
        widget = self._find(name)
        if widget is None:
            return
        inside, here = _inside(widget), _at(widget, place)
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, here, inside.mapToGlobal(here))
        QApplication.sendEvent(inside, event)
        for key in keys:
            if QApplication.activePopupWidget():
                self.key(key)

    # With the keyboard

    def key(self, keys: str) -> None:
        """Press a key, such as ``Ctrl+Z``."""
        window = _front(self.window)
        if window is not None and QApplication.activeWindow() is None:
            # Without a window manager nobody does that when a dialog has gone.
            window.requestActivate()
            QApplication.processEvents()
            window = _front(self.window)  # a menu may have gone, too
        # Where a window was deleted Qt may have made another, which PySide takes for the old one.
        if window is not None and isValid(window):
            combination = QKeySequence(keys)[0]
            QTest.keyClick(window, combination.key(), combination.keyboardModifiers())

    def type_into(self, name: str, text: str, end: str = "Return") -> None:
        """Write into a box instead of what is in it, and finish or not."""
        widget = self._find(name)
        if widget is None:
            return
        self.press(name)
        if not (widget.hasFocus() or widget.isAncestorOf(QApplication.focusWidget())):
            return
        self.key("Ctrl+A")
        QTest.keyClicks(QApplication.focusWidget(), text)
        if end:
            self.key(end)

    def pick(self, name: str, index: int) -> None:
        """Choose from a box of choices, by its number."""
        box = self._find(name)
        if box is not None:
            box.setFocus()
            for key in ("Home", *("Down",) * index):
                self.key(key)

    # With the menus

    def choose(self, text: str, file: str = "", *keys: str) -> None:
        """Choose a command; if it asks for a file, name one; press keys in what else it asks."""
        action = self._command(text)
        if action is not None:
            self._file, self._keys = file, iter(keys)
            action.trigger()

    def undo(self, back: int, forth: int) -> None:
        """Take back, and do again."""
        for key in ("Ctrl+Z",) * back + ("Ctrl+Shift+Z",) * forth:
            self.key(key)
            QApplication.processEvents()

    # From elsewhere

    def wait(self, seconds: float) -> None:
        """Do nothing, so long."""
        spin(seconds)

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        if not self.window.isFullScreen():
            self.window.resize(width, height)

    def paste(self, text: str) -> None:
        """Paste what was copied elsewhere."""
        QGuiApplication.clipboard().setText(text)
        self.key("Ctrl+V")

    def check(self, log: str, seconds: float) -> None:
        """Paste a log, have it checked once it is read, and wait for the answer so long."""
        self.paste(log)
        spin(READING_S)
        self.press("check_check")
        spin(seconds)

    def drop(self, file: str) -> None:
        """Drop a file onto the window."""
        if QApplication.activeModalWidget() is None:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(self._folder / file))])
            QApplication.sendEvent(self.window, QDropEvent(
                QPointF(9, 9), Qt.DropAction.CopyAction, data, LEFT, NO_KEY
            ))  # fmt: skip

    # How

    def _find(self, name: str) -> QWidget | None:
        """Return what can be used under a name."""
        for widget in self.window.findChildren(QWidget):
            if name_of(widget) == name and _is_in_reach(widget):
                return widget
        return None

    def _command(self, text: str) -> QAction | None:
        """Return a command that can be chosen; its text is that of the menus, without &."""
        if _on_top():
            return None
        for _, action in commands(self.window):
            if action.text().replace("&", "") == text:
                return action
        return None

    def _click(self, widget: QWidget, place: QPoint) -> None:
        self._mouse(QTest.mouseClick, _inside(widget).mapToGlobal(place))

    def _mouse(self, how: Callable[..., None], place: QPoint) -> None:
        """Use the mouse at a place of the screen, in the window that is there."""
        window = _front(self.window, place)
        if window is None:
            return
        here = window.mapFromGlobal(place)
        if not QRect(QPoint(), window.size()).contains(here):
            return
        if how is QTest.mouseMove:
            how(window, here)
        else:
            how(window, LEFT, NO_KEY, here)

    @property
    def _path(self) -> str:
        return str(self._folder / self._file) if self._file else ""

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Answer what is asked meanwhile: dialogs for files are the system's, others get keys."""
        asked = {name: getattr(QFileDialog, name) for name in FILE_DIALOGS}
        for name, give in FILE_DIALOGS.items():
            setattr(QFileDialog, name, staticmethod(lambda *_, give=give: give(self._path)))
        before = _on_top()

        def answer_next() -> None:
            # The loop of events turns only where something waits for an answer.
            top = _on_top()
            key = "" if top in (None, before) else next(self._keys, "Escape")
            if key and isinstance(top, QMessageBox):
                # It takes no keys without a window system.
                kind = QMessageBox.StandardButton
                top.done(kind.Yes if key == "Return" else kind.No)
            elif key:
                self.key(key)

        timer = QTimer()
        timer.timeout.connect(answer_next)
        timer.start(ANSWER_MS)
        try:
            yield
        finally:
            timer.stop()
            for name, ask in asked.items():
                setattr(QFileDialog, name, staticmethod(ask))


FILE_DIALOGS: dict[str, Callable[[str], Any]] = {
    "getOpenFileName": lambda path: (path, ""),
    "getSaveFileName": lambda path: (path, ""),
    "getExistingDirectory": lambda path: path,
}
DOINGS: dict[str, Callable[..., None]] = {
    doing.__name__: doing for doing in (
        Hands.press, Hands.click, Hands.drag, Hands.hover, Hands.wheel, Hands.context, Hands.key,
        Hands.type_into, Hands.pick, Hands.choose, Hands.undo, Hands.wait, Hands.resize,
        Hands.paste, Hands.check, Hands.drop,
    )
}  # fmt: skip


def spin(seconds: float) -> None:
    """Let the loop of events turn for so long."""
    loop, timer = _pause()
    timer.start(round(1e3 * seconds))
    loop.exec()


@cache
def _pause() -> tuple[QEventLoop, QTimer]:
    """Return a loop and what ends it, made once: each time would take memory for good."""
    loop, timer = QEventLoop(), QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    return loop, timer


def in_reach(window: QMainWindow, kind: type | tuple[type, ...] = QWidget) -> list[QWidget]:
    """Return what can be used now, of a kind."""
    return [
        w for w in window.findChildren(QWidget) if isinstance(w, kind) and _is_in_reach(w)
    ]  # fmt: skip


def _is_in_reach(widget: QWidget) -> bool:
    modal, box = QApplication.activeModalWidget(), None
    if widget.isVisible() and widget.isEnabled() and not (modal and widget.window() is not modal):
        box = seen_of(widget)
    return box is not None and not box.isEmpty()


def _inside(widget: QWidget) -> QWidget:
    return widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget


def _at(widget: QWidget, place: Place) -> QPoint:
    """Return a place within a widget, given in parts of its size."""
    inside, (across, down) = _inside(widget), place
    return QPoint(int(across * inside.width()), int(down * inside.height()))


def _on_top() -> QWidget | None:
    """Return what is to be dealt with before the window."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget()


def _front(window: QMainWindow, place: QPoint | None = None) -> QWindow | None:
    """Return the window that has the keyboard, or the one at a place of the screen."""
    top = _on_top()
    if top is None and place is not None:
        at = QApplication.topLevelAt(place)
        top = at if at is not None and at.isVisible() else None
    return (top or QApplication.activeWindow() or window).windowHandle()
