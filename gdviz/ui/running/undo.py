"""Change: what undo takes back and redo does again."""

import dataclasses
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.dataset import Dataset


class Change(QUndoCommand):
    """A change of settings or data; one gesture is one change, however much it went through.

    Parameters
    ----------
    show : callable
        Takes an experiment, and makes it the current one.
    before, after : Experiment
    text : str
        What it is called; empty: the names of the settings.
    gesture : object
        Changes of the same gesture and the same settings are one.
    """

    def __init__(
        self,
        show: Callable[[Experiment], None],
        before: Experiment,
        after: Experiment,
        text: str,
        gesture: object,
    ) -> None:
        self._changed = changed_settings(before, after)
        super().__init__(text or " and ".join(name.replace("_", " ") for name in self._changed))
        self._show, self._before, self._after = show, before, after
        self.gesture = gesture
        self._taken_back = False

    @property
    def dataset(self) -> Dataset:
        """The data that the change led to."""
        return self._after.dataset

    def id(self) -> int:
        """Return the same for all, so that Qt asks each whether it takes the next one in."""
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in the change that follows, if it goes on with this one."""
        assert isinstance(other, Change)
        if other.gesture is not self.gesture or other._changed != self._changed:
            return False
        self._after = other._after
        # Back where it began there is nothing to undo.
        self.setObsolete(not changed_settings(self._before, self._after))
        return True

    def take_back(self) -> None:
        """Be forgotten with the next undo."""
        self._taken_back = True

    def undo(self) -> None:
        """Run the experiment before."""
        # Only now: Qt doesn't undo what was obsolete before.
        self.setObsolete(self._taken_back)
        self._show(self._before)

    def redo(self) -> None:
        """Run the experiment after; Qt calls this for the first time as well."""
        self._show(self._after)


def changed_settings(before: Experiment, after: Experiment) -> list[str]:
    """Return the names of the settings in which two experiments differ."""
    names = [known.name for known in dataclasses.fields(Experiment)]
    return [name for name in names if getattr(before, name) != getattr(after, name)]
