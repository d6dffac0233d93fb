"""Preferences: what the window remembers from one start to the next.

A settings file may come from another version, another machine or a text editor: whatever can't
be used counts as not set.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

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


class Preferences:
    """Typed access to QSettings."""

    def __init__(self) -> None:
        self._settings = QSettings("gdviz", "gdviz")

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

    def texts(self, key: str) -> list[str]:
        """Return a stored list of texts; empty if there is none."""
        stored = self._settings.value(key, [])
        texts = stored if isinstance(stored, list) else [stored]
        return [text for text in texts if isinstance(text, str)]

    def set(self, key: str, value: object) -> None:
        """Remember a value."""
        self._settings.setValue(key, value)

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
        return self._settings.contains("learning_rate")

    def _value(self, setting: Setting) -> Value:
        stored = str(self._settings.value(setting.name, setting.default))
        if setting.kind is str:
            return stored if stored in METHODS else setting.default
        if setting.kind is bool:
            return stored.lower() == "true"
        try:
            value = setting.kind(float(stored))
        except (ValueError, OverflowError):
            return setting.default
        return value if setting.allows(value) else setting.default

    def set_experiment(self, experiment: Experiment, with_rate: bool = True) -> None:
        """Remember all settings of an experiment, or all but its learning rate."""
        for name, value in values(experiment).items():
            self.set(name, value)
        if not with_rate:
            self._settings.remove("learning_rate")

    @property
    def recent_files(self) -> list[Path]:
        """The files opened last, the newest first."""
        return [Path(name) for name in self.texts("recent_files") if name][:MOST_RECENT]

    def remember_file(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        path = path.absolute()
        others = [known for known in self.recent_files if known != path]
        self.set("recent_files", [str(known) for known in [path, *others][:MOST_RECENT]])
