"""Preferences: what the window remembers from one start to the next.

A settings file may come from another version, another machine or a text editor: whatever can't
be used counts as not set.
"""

import dataclasses
import math
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import MOST_ITERATIONS, Experiment
from gdviz.core.descent.methods import METHODS
from gdviz.core.tables.dataset import Dataset

MOST_RECENT = 8
START = ("start_weight", "start_bias")


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

    def texts(self, key: str) -> list[str]:
        """Return a stored list of texts; empty if there is none."""
        stored = self._settings.value(key, [])
        texts = stored if isinstance(stored, list) else [stored]
        return [text for text in texts if isinstance(text, str)]

    def set(self, key: str, value: object) -> None:
        """Remember a value."""
        self._settings.setValue(key, value)

    def experiment(self, dataset: Dataset) -> Experiment:
        """Return the settings of the last time on some data; what can't be used is the default."""
        kind = METHODS[self.text("method", "gradient-descent", METHODS)]
        method = kind(**{
            known.name: self.number(
                known.name, getattr(kind, known.name),
                known.metadata["low"], known.metadata["high"] - 1e-16,
            )
            for known in dataclasses.fields(kind)
        })  # fmt: skip
        batch_size = int(self.number("batch_size", 0, 0, 2**31 - 1)) or None
        with_bias = self.flag("with_bias")
        return Experiment(
            dataset,
            int(self.number("iterations", 100, 1, MOST_ITERATIONS)),
            self.number("learning_rate", 0.001, 1e-300, 1e300),
            self.number("tolerance", 0, 0, 1e300) or None,
            with_bias=with_bias,
            start=Point(*(self.number(key, 0, -1e140, 1e140) for key in START)),
            method=method,
            batch_size=batch_size if method.takes_batches else None,
            seed=int(self.number("seed", 0, 0, 2**31 - 1)),
            standardise=self.flag("standardise") and with_bias,
        )

    def set_experiment(self, experiment: Experiment) -> None:
        """Remember all settings of an experiment."""
        method = experiment.method
        names = {kind: name for name, kind in METHODS.items()}
        values = dataclasses.asdict(method) | {
            "method": names[type(method)],
            "iterations": experiment.iterations,
            "learning_rate": experiment.learning_rate,
            "tolerance": experiment.tolerance or 0.0,
            "with_bias": experiment.with_bias,
            "batch_size": experiment.batch_size or 0,
            "seed": experiment.seed,
            "standardise": experiment.standardise,
        } | dict(zip(START, experiment.start, strict=True))  # fmt: skip
        for key, value in values.items():
            self.set(key, value)

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
