"""Preferences: what the window remembers from one start to the next.

A settings file may come from another version, another machine or a text editor: whatever can't
be used counts as not set. Its lines are ``key=value`` with a value as in JSON. Qt's own reader is
not for it: that takes any of its types out of a file, warns of those it doesn't know, and a length
that is written there can end the program.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QByteArray,
    QIODevice,
    QObject,
    QSaveFile,
    QStandardPaths,
    QTimer,
    Signal,
)

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import (
    SETTINGS,
    Setting,
    Value,
    experiment_of,
    hyperparameters,
    values,
)
from gdviz.core.tables.dataset import Dataset

MOST_RECENT = 8
# No settings file of ours is larger.
MOST_BYTES = 2**20
SECTION = "[General]"


class Preferences(QObject):
    """Typed access to the settings file; what is set is written soon, or by `save`.

    Signals
    -------
    failed(str)
        Nothing can be remembered, and why; said once.
    """

    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folders = QStandardPaths.StandardLocation.GenericConfigLocation
        # The first is the user's own.
        self.path = Path(QStandardPaths.standardLocations(folders)[0], "gdviz", "gdviz.conf")
        self._stored = _read(self.path)
        # None stands for what is to be forgotten.
        self._changed: dict[str, object] = {}
        self._has_failed = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.save)

    def text(self, key: str, default: str, allowed: Iterable[str]) -> str:
        """Return one of the allowed texts, or the default."""
        value = self._get(key)
        return value if isinstance(value, str) and value in allowed else default

    def flag(self, key: str) -> bool:
        """Return whether something is on."""
        return self._get(key) is True

    def bytes(self, key: str) -> QByteArray:
        """Return a stored state, bit for bit; empty if there is none."""
        value = str(self._get(key)).encode(errors="replace")
        state = QByteArray.fromBase64(value.partition(b":")[2])
        return state if value == _sealed(state).encode() else QByteArray()

    def texts(self, key: str) -> list[str]:
        """Return a stored list of texts; empty if there is none."""
        stored = self._get(key)
        texts = stored if isinstance(stored, list) else []
        return [text for text in texts if isinstance(text, str) and _is_clean(text)]

    def objects(self, key: str) -> list[dict[str, object]]:
        """Return a stored list of what has fields, whatever these are; empty if there is none."""
        stored = self._get(key)
        objects = stored if isinstance(stored, list) else []
        return [each for each in objects if isinstance(each, dict)]

    def set(self, key: str, value: object) -> None:
        """Remember a value."""
        self._changed[key] = _sealed(value) if isinstance(value, QByteArray) else value
        self._soon.start()

    def save(self) -> None:
        """Write what has been set; if that fails, say so, and try again the next time."""
        self._soon.stop()
        # Another window may have been closed since.
        stored = _read(self.path)
        wanted = {key: v for key, v in {**stored, **self._changed}.items() if v is not None}
        fault = _write(self.path, wanted) if wanted != stored else ""
        if not fault:
            self._stored, self._changed = wanted, {}
        elif not self._has_failed:
            self._has_failed = True
            self.failed.emit(
                "What you choose can't be remembered for the next start: "
                f"{self.path} can't be written ({fault.rstrip('.')})."
            )

    def experiment(self, dataset: Dataset, chosen: Mapping[str, Any] | None = None) -> Experiment:
        """Return the settings of the last time on some data; what can't be used is the default.

        Fields that are `chosen` now stand in for those of the last time.
        """
        stored = {name: self._value(setting) for name, setting in SETTINGS.items()}
        own = hyperparameters(METHODS[str(stored["method"])])
        stored |= {row.name: self._value(row) for row in own}
        return experiment_of(dataset, stored, chosen)

    @property
    def has_rate(self) -> bool:
        """Whether a learning rate is remembered."""
        return self._get("learning_rate") is not None

    def _get(self, key: str) -> object:
        return self._changed.get(key, self._stored.get(key))

    def _value(self, setting: Setting) -> Value:
        stored = self._get(setting.name)
        if setting.kind is str:
            return self.text(setting.name, str(setting.default), METHODS)
        if setting.kind is bool:
            return stored if isinstance(stored, bool) else setting.default
        if (
            isinstance(stored, bool)
            or not isinstance(stored, int | float)
            or not setting.allows(stored)
        ):
            return setting.default
        value: Value = setting.kind(stored)
        return value if value == stored else setting.default

    def set_experiment(self, experiment: Experiment, with_rate: bool = True) -> None:
        """Remember all settings of an experiment, or all but its learning rate."""
        for name, value in values(experiment).items():
            self.set(name, value)
        if not with_rate:
            self.set("learning_rate", None)

    @property
    def recent_files(self) -> list[Path]:
        """The files opened last, the newest first."""
        return [Path(name) for name in self.texts("recent_files") if name][:MOST_RECENT]

    def remember_file(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        path = path.absolute()
        others = [known for known in self.recent_files if known != path]
        self.set("recent_files", [str(known) for known in [path, *others][:MOST_RECENT]])


def _read(path: Path) -> dict[str, object]:
    """Return what a settings file has that may be of use."""
    found: dict[str, object] = {}
    with suppress(OSError):
        # What isn't a file could be read for ever.
        if path.is_file() and path.stat().st_size <= MOST_BYTES:
            section = SECTION
            for line in path.read_bytes().decode(errors="replace").split("\n"):
                key, equals, value = map(str.strip, line.partition("="))
                if line.startswith("["):
                    section = line.strip()
                elif equals and section == SECTION:
                    found[key] = _meant(value)
    return found


def _meant(value: str) -> object:
    """Return a value as it was set; what isn't in JSON is a text."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _write(path: Path, settings: Mapping[str, object]) -> str:
    """Write a settings file whole or not at all; return what went wrong, if anything did."""
    lines = [f"{key}={json.dumps(value)}" for key, value in sorted(settings.items())]
    content = "\n".join([SECTION, *lines, ""]).encode()
    try:
        if path.exists() and not path.is_file():
            return "it is not a file"
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return error.strerror or str(error)
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return file.errorString()
    if file.write(content) != len(content):
        file.cancelWriting()
    return "" if file.commit() else file.errorString() or "the disk is full"


def _sealed(state: QByteArray) -> str:
    """Return a state as a text with a checksum: Qt takes what it is given for its own."""
    return f"{zlib.crc32(state.data()):08x}:{state.toBase64().toStdString()}"


def _is_clean(text: str) -> bool:
    """Tell whether a text can be the name of a file, and be shown."""
    with suppress(UnicodeEncodeError):
        return b"\0" not in text.encode()
    return False
