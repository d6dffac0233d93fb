"""Autosave: a copy of what isn't saved, for the case that the program ends where it shouldn't."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer

from gdviz.core.projects.project import SUFFIX
from gdviz.ui.widgets.saving import save_text
from gdviz.ui.widgets.writer import Pieces, Writer

EVERY_MS = 30_000
# As many windows at a time have a copy.
PLACES = 8


class Autosave(QObject):
    """Writes the copy beside the window, at most every 30 seconds, and only after a change.

    Each window has a place of its own, which is locked for as long as its process lives.

    Parameters
    ----------
    unsaved : callable
        Returns what would be lost, to be compared; None if that is nothing.
    text : callable
        Returns what the copy at a path is to hold; None if there can't be one.
    """

    def __init__(
        self,
        folder: Path,
        unsaved: Callable[[], object],
        text: Callable[[Path], Pieces | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._folder, self._unsaved, self._text = folder, unsaved, text
        self._path: Path | None = None
        self._lock: QLockFile | None = None
        self._writer: Writer | None = None
        self._copied: object = None
        self._timer = QTimer(self, singleShot=True, interval=EVERY_MS)
        self._timer.timeout.connect(self.write)

    def begin(self) -> Path | None:
        """Take a place; return the copy that is there of a process that ended, if any is.

        It is there for as long as this process lives: nobody is asked about it twice.
        """
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for number in range(PLACES):
                lock = QLockFile(str(self._folder / f"{number}.lock"))
                lock.setStaleLockTime(0)  # it is old only when its process is gone
                if lock.tryLock(0):
                    self._lock, self._path = lock, self._folder / f"{number}{SUFFIX}"
                    return self._left(self._path)
        return None

    def note(self) -> None:
        """Have the copy written soon: something has changed."""
        if self._path is not None and not self._timer.isActive():
            self._timer.start()

    def write(self) -> None:
        """Write the copy, if anything would be lost that isn't in it."""
        unsaved = self._unsaved()
        if unsaved is None or self._path is None:
            self.forget()
        elif unsaved != self._copied:
            self._end_writing()
            text = self._text(self._path)
            if text is not None:
                self._copied = unsaved
                # Where the disk is full the copy before stays, and the next one may find room.
                self._writer = Writer(text, partial(save_text, path=self._path))
                self._writer.start()

    def forget(self) -> None:
        """Keep no copy: there is nothing to lose."""
        self._timer.stop()
        self._end_writing()
        self._copied = None
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Leave no copy: the window closes as it should."""
        self.forget()
        if self._lock is not None:
            self._lock.unlock()
        self._path = self._lock = None

    def _left(self, path: Path) -> Path | None:
        """Put aside what was left, for this time and no other."""
        aside = path.with_name(f"left-{path.name}")
        aside.unlink(missing_ok=True)
        return path.replace(aside) if path.exists() else None

    def _end_writing(self) -> None:
        if self._writer is not None:
            self._writer.requestInterruption()
            self._writer.wait()
            self._writer = None
