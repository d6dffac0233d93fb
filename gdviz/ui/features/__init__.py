"""What a person does, a folder for each; none imports another."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject

from gdviz.ui.theme import Theme, Themed
from gdviz.ui.widgets.commands import Entry
from gdviz.ui.widgets.dock import Dock

Menus = Mapping[str, Sequence[Entry]]


class Feature(QObject):
    """All that the window knows of a feature. What it needs is handed in when it is made.

    Attributes
    ----------
    docks : sequence of Dock
        What it opens beside or below the pictures.
    themed : sequence of Themed
        What else has colours.
    """

    docks: Sequence[Dock[Any]] = ()
    themed: Sequence[Themed] = ()

    def menus(self) -> Menus:
        """Return its commands, by the titles of the menus that they belong to."""
        return {"&View": [dock.toggleViewAction() for dock in self.docks]}

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for part in (*self.docks, *self.themed):
            part.set_theme(theme)

    def state(self) -> Any:  # noqa: ANN401
        """Return what a lesson gives back when it is left: which docks are open, and more."""
        return [not dock.isHidden() for dock in self.docks]

    def put_away(self) -> None:
        """Make room for a lesson, until `bring_back`."""

    def bring_back(self, state: Any) -> None:  # noqa: ANN401
        """Be again as it was."""
        for dock, opened in zip(self.docks, state, strict=True):
            dock.setVisible(opened)

    def may_close(self) -> bool:
        """Return whether the window may close; ask where something would be lost."""
        return True

    def close(self) -> None:
        """End what is under way, and remember what is to come back at the next start."""
