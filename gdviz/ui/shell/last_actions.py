"""LastActions: what was done last, for a report: commands and settings, and no values."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QMenu

from gdviz.core.descent.descent import Experiment
from gdviz.ui.running.undo import Undo

MOST = 20
# Names that undo may call a step by; of any other text, which may name a file or a run, the first
# word will do.
SETTINGS = {name.replace("_", " ") for name in Experiment.__dataclass_fields__}


class LastActions(QObject):
    """Knows commands by what they were called when the window was new.

    Nothing of the user's is in such a name. Of a command that came later, such as a recent file,
    it knows the menu.
    """

    def __init__(self, window: QMainWindow, undo: Undo) -> None:
        super().__init__(window)
        self._actions: deque[str] = deque(maxlen=MOST)
        self._undo, self._index = undo, 0
        for menu in _menus(window.menuBar().actions()):
            title = menu.title().replace("&", "")
            names = {action: f"{title}: {action.text()}" for action in menu.actions()}
            menu.triggered.connect(partial(self._on_triggered, menu, title, names))
        for button in window.findChildren(QAbstractButton):
            if button.objectName():
                button.clicked.connect(partial(self._note, f"press {button.objectName()}"))
        undo.group.indexChanged.connect(self._on_step)

    def __iter__(self) -> Iterator[str]:
        """Yield what was done, the last thing last."""
        return iter(self._actions)

    def _on_triggered(
        self, menu: QMenu, title: str, names: Mapping[QAction, str], action: QAction
    ) -> None:
        # The menus around it tell it as well.
        if action in menu.actions():
            self._note(names.get(action, title).replace("&", ""))

    def _on_step(self, index: int) -> None:
        """Note a step to undo, but not that it was undone."""
        if index >= self._index:
            text = self._undo.group.undoText()
            known = SETTINGS.issuperset(text.split(" and "))
            self._note(f"change: {text if known else text.partition(' ')[0]}")
        self._index = index

    def _note(self, text: str, *_: object) -> None:
        if not self._actions or self._actions[-1] != text:
            self._actions.append(text)


def _menus(actions: Iterable[QAction]) -> Iterator[QMenu]:
    """Yield the menus that open from some commands, and those within."""
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield menu
            yield from _menus(menu.actions())
