"""Commands: what a menu holds, written down as a list; each with a letter of its own."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

Key = QKeySequence.StandardKey | str | None
# A text, its shortcut, and what it does; an action or a menu of its own; or a line between.
Entry = tuple[str, Key, Callable[[], object]] | QAction | QMenu | None


def fill(menu: QMenu, entries: Iterable[Entry]) -> None:
    """Add commands at the end of a menu, and see that no two have the same letter."""
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        elif isinstance(entry, QMenu):
            menu.addMenu(entry)
        elif isinstance(entry, QAction):
            menu.addAction(entry)
        else:
            menu.addAction(_action(menu, *entry))
    give_letters(menu)


def give_letters(menu: QMenu) -> None:
    """Move the mark of a letter that another command has to a letter that none has.

    A command keeps the letter that it begins with before another that only has it.
    """
    actions = [action for action in menu.actions() if letter_of(action.text())]
    taken: set[str] = set()
    for action in sorted(actions, key=lambda action: not action.text().startswith("&")):
        if letter_of(action.text()) in taken:
            action.setText(_with_other_letter(action.text(), taken))
        taken.add(letter_of(action.text()))


def letter_of(text: str) -> str:
    """Return the letter that chooses a command, in lower case; empty if there is none."""
    _, mark, rest = text.replace("&&", "").partition("&")
    return rest[0].lower() if mark and rest else ""


def _with_other_letter(text: str, taken: set[str]) -> str:
    plain = text.replace("&", "")
    for place, letter in enumerate(plain):
        if letter.isalpha() and letter.lower() not in taken:
            return f"{plain[:place]}&{plain[place:]}"
    return plain


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
