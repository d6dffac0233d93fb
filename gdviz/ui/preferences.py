"""Preferences: what the window remembers from one start to the next.

A settings file may come from another version, another machine or a text editor: whatever can't
be used counts as not set.
"""

import math
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

MOST_RECENT = 8


class Preferences:
    """Typed access to QSettings."""

    def __init__(self) -> None:
        self._settings = QSettings("gdviz", "gdviz")

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """Return a number between `low` and `high`, or the default."""
        try:
            value = float(str(self._settings.value(key, default)))
        except ValueError:
            return default
        return value if math.isfinite(value) and low <= value <= high else default

    def text(self, key: str, default: str, allowed: Iterable[str]) -> str:
        """Return one of the allowed texts, or the default."""
        value = str(self._settings.value(key, default))
        return value if value in allowed else default

    def flag(self, key: str) -> bool:
        """Return whether something is on."""
        return str(self._settings.value(key, "false")).lower() == "true"

    def bytes(self, key: str) -> QByteArray:
        """Return a stored state; empty if there is none."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set(self, key: str, value: object) -> None:
        """Remember a value."""
        self._settings.setValue(key, value)

    @property
    def recent_files(self) -> list[Path]:
        """The files opened last, the newest first."""
        stored = self._settings.value("recent_files", [])
        names = [stored] if isinstance(stored, str) else stored
        if not isinstance(names, list):
            return []
        return [Path(name) for name in names if isinstance(name, str) and name][:MOST_RECENT]

    def remember_file(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        path = path.absolute()
        others = [known for known in self.recent_files if known != path]
        self.set("recent_files", [str(known) for known in [path, *others][:MOST_RECENT]])
