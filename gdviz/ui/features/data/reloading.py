"""FileWatch: tells when the file that the data come from is another one, or gone."""

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from gdviz.core.files import Stamp, stamp

# An editor that replaces a file takes it away for a moment, and writes for another.
SETTLES_MS = 300


class State(Enum):
    """What became of a file since it was read."""

    SAME, CHANGED, GONE = range(3)


class FileWatch(QObject):
    """Looks at one file at a time, when the system tells of it and when it is asked to.

    Signals
    -------
    told(State)
        The file is in another state than was told last.
    """

    told = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._stamps: dict[Path, Stamp] = {}
        self._last = State.SAME
        self._soon = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._soon.timeout.connect(self.look)
        self._watcher = QFileSystemWatcher(self)
        # The folder, too: a file that is put in the place of another isn't the one watched.
        self._watcher.fileChanged.connect(self._soon.start)
        self._watcher.directoryChanged.connect(self._soon.start)

    def note(self, path: Path) -> None:
        """Note that a file is about to be read: what comes now is another one."""
        self._stamps[path] = stamp(path)
        if path == self._path:
            self._last = State.SAME

    def watch(self, path: Path | None) -> None:
        """Look at another file, or at none, from now on."""
        if path == self._path:
            return
        self._path, self._last = path, State.SAME
        if watched := self._watcher.files() + self._watcher.directories():
            self._watcher.removePaths(watched)
        if path is not None:
            self._watcher.addPath(str(path.parent))
            self.look()

    def look(self) -> None:
        """Look whether the file is as it was read, and tell if that isn't what was told last."""
        path = self._path
        if path is None or path not in self._stamps:
            return
        now = stamp(path)
        if now is not None and str(path) not in self._watcher.files():
            self._watcher.addPath(str(path))
        state = State.SAME if now == self._stamps[path] else State.CHANGED if now else State.GONE
        if state is not self._last:
            self._last = state
            self.told.emit(state)
