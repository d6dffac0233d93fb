"""Commands: what a menu holds, written down as a list."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

Key = QKeySequence.StandardKey | str | None
# A text, its shortcut, and what it does; an action or a menu of its own; or a line between.
Entry = tuple[str, Key, Callable[[], object]] | QAction | QMenu | None


def fill(menu: QMenu, entries: Iterable[Entry]) -> None:
    """Add commands at the end of a menu."""
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        elif isinstance(entry, QMenu):
            menu.addMenu(entry)
        elif isinstance(entry, QAction):
            menu.addAction(entry)
        else:
            menu.addAction(_action(menu, *entry))


def _action(menu: QMenu, text: str, key: Key, slot: Callable[[], object]) -> QAction:
    action = QAction(text, menu)
    if key is not None:
        action.setShortcut(QKeySequence(key))
    action.triggered.connect(partial(_without_check, slot))
    return action


def _without_check(slot: Callable[[], object], checked: bool = False) -> None:
    """Call a slot without the state that Qt sends along."""
    del checked
    slot()
