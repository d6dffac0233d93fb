"""Undo: every change of settings and data, and which of them are one step."""

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.running.runs import Runs

# After so long a rest the next change of a setting is a step of its own.
REST_MS = 1000
# Undo is without end, but for huge data: beyond this all that was before is forgotten.
MOST_UNDO_BYTES = 2**30
_BYTES_OF_A_ROW = 16


class Undo(QObject):
    """Changes the current experiment, so that it can be undone.

    Changes of the same setting in one gesture, or in quick succession, are one step to undo.
    """

    released = Signal()

    def __init__(self, runs: Runs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self.stack = QUndoStack(self)
        self.held = self._dragged = False
        # Which gesture the last change belongs to, and how long ago it was.
        self._gesture: object = object()
        self._since_change = QElapsedTimer()

    def change(self, experiment: Experiment, text: str = "", gesture: object | None = None) -> None:
        """Replace settings or data of the current run.

        Parameters
        ----------
        text : str
            What undo calls it; by default the names of the settings.
        gesture : object, optional
            Which gesture the change belongs to, such as the drag of a point; `Runs.settle` ends it.
        """
        before = self._runs.experiment
        changed = changed_settings(before, experiment)
        if not changed:
            return
        self._make_room(experiment.dataset)
        # What is done to data is a step of its own, however quickly it follows, unless it is held.
        of_its_own = "dataset" in changed and not self.held
        if gesture is not None or of_its_own or not self._goes_on:
            self._gesture = gesture or object()
        self._dragged = gesture is not None
        self.stack.push(Change(self._show, before, experiment, text, self._gesture))
        self._dragged = False
        self._since_change.start()

    def hold(self) -> None:
        """Begin a gesture: until `release`, changes of one setting are one step to undo."""
        self.held = True
        self._since_change.invalidate()

    def release(self) -> None:
        """End the gesture; the next change is a step of its own."""
        self.held = False
        self._since_change.invalidate()
        self.released.emit()

    def take_back(self, gesture: object) -> None:
        """Undo the changes of a gesture, if they are the last ones, and forget them."""
        last = self.stack.command(self.stack.index() - 1)
        if isinstance(last, Change) and last.gesture is gesture:
            last.take_back()
            self.stack.undo()

    @property
    def _goes_on(self) -> bool:
        """Whether a change goes on with the last one: held, or without a rest between them."""
        if not self._since_change.isValid():
            return False
        return self.held or self._since_change.elapsed() < REST_MS

    def _show(self, experiment: Experiment) -> None:
        # After undo or redo the next change is a step of its own.
        self._since_change.invalidate()
        self._runs.replace(experiment, self._dragged)

    def _make_room(self, dataset: Dataset) -> None:
        """Forget what could be undone, if the data it holds on to grow too large."""
        if len(dataset) * _BYTES_OF_A_ROW * 1_000 < MOST_UNDO_BYTES:
            return
        commands = (self.stack.command(index) for index in range(self.stack.count()))
        held = {dataset, *(c.dataset for c in commands if isinstance(c, Change))}
        if sum(map(len, held)) * _BYTES_OF_A_ROW > MOST_UNDO_BYTES:
            self.stack.clear()


class Change(QUndoCommand):
    """A change of settings or data; one gesture is one change, however much it went through."""

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
        of_data = "dataset" in self._changed and "dataset" in other._changed
        if other.gesture is not self.gesture or not (of_data or other._changed == self._changed):
            return False
        self._after = other._after
        self._changed = changed_settings(self._before, self._after)
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
