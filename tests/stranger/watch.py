"""What is watched while a stranger is at the window: it must not break, clip, lie, fall silent."""

import os
import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from room import clipped

from stranger.truth import doubts, look

# 100 ms, and a tenth of that for what measuring is off by; where other work goes on beside the
# checks, only what is far beyond that tells something.
SILENCE_S = 0.15 if "CI" in os.environ else 0.11
# Of waiting for something else, a lock or a disk, the clock of a thread knows nothing.
BLOCKED_S = 10.0


class Silence:
    """Measures how long the event loop is away, without what a test does in it.

    A turn of the loop counts by the processor time of its thread: beside other work on the machine
    any thread may stand still for 100 ms. Beside it a processor is slower, too, for it shares
    caches and more: a turn that seems too long is measured by the pace of a small piece of work.

    Attributes
    ----------
    longest_s : float
        The longest turn, at the machine's own pace.
    """

    def __init__(self) -> None:
        self.longest_s = 0.0
        self._pace_s = min(_work_s() for _ in range(20))
        self.begin()

    def begin(self) -> None:
        """Give the loop its turn."""
        self._used, self._wall = time.thread_time(), time.perf_counter()

    def end(self) -> str:
        """Return what is wrong with the turn that has just ended."""
        used, wall = time.thread_time() - self._used, time.perf_counter() - self._wall
        if used > SILENCE_S:
            paces = sorted(_work_s() for _ in range(9))
            self._pace_s = min(self._pace_s, paces[0])
            used *= self._pace_s / paces[4]
        self.longest_s = max(self.longest_s, used)
        if used > SILENCE_S or wall > BLOCKED_S:
            return f"the event loop was silent for {1e3 * used:.0f} ms ({wall:.1f} s by the wall)"
        return ""


def _work_s() -> float:
    began = time.thread_time()
    sum(range(20_000))
    return time.thread_time() - began


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
