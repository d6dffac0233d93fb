"""Own keys: what a widget of gdviz's own does with keys, written down where it does it.

Such a widget has an attribute ``own_keys``: names of keys, with commas between them, and what they
do. The window leaves these keys to it while it has the focus, and its help lists them.
"""

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def own_keys(widget: QWidget) -> frozenset[str]:
    """Return the names of the keys that a widget does something of its own with."""
    keys: Mapping[str, str] = getattr(widget, "own_keys", {})
    return frozenset[str]().union(*map(_names, keys))


def name_of(event: QKeyEvent) -> str:
    """Return the name of a key that was pressed, wherever on the keyboard."""
    key = QKeyCombination(event.modifiers() & COMMANDS, Qt.Key(event.key()))
    return QKeySequence(key).toString()


@cache
def _names(names: str) -> frozenset[str]:
    return frozenset(QKeySequence(name).toString() for name in names.split(", "))
