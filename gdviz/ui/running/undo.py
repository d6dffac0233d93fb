"""Undo: every change of settings, data and kept runs, and which of them are one step."""

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

from gdviz.core.descent.descent import Experiment
from gdviz.core.files import escaped
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.sentences import run_name
from gdviz.ui.plain import in_menu
from gdviz.ui.running.runs import Runs, State

# After so long a rest the next change of a setting is a step of its own.
REST_MS = 1000
# Undo is without end, but for huge data: beyond this all that was before is forgotten.
MOST_UNDO_BYTES = 2**30
_BYTES_OF_A_ROW = 16
# A longer name of a run is cut in the menu.
LONGEST_NAME = 40


class Undo(QObject):
    """Changes the current experiment and the kept runs, so that it can be undone.

    Changes of the same setting in one gesture, or in quick succession, are one step to undo.

    Attributes
    ----------
    group : QUndoGroup
        Makes the commands for the menu; its active stack is `stack`.
    """

    released = Signal()

    def __init__(self, runs: Runs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self.group = QUndoGroup(self)
        self.group.setActiveStack(QUndoStack(self.group))
        self.held = False
        # Which gesture the last change belongs to, and how long ago it was.
        self._gesture: object = object()
        self._since_change = QElapsedTimer()

    @property
    def stack(self) -> QUndoStack:
        """The steps that can be undone now."""
        return self.group.activeStack()

    def begin_anew(self) -> QUndoStack:
        """Begin with nothing to undo; return the steps so far, for `go_back_to`."""
        before = self.stack
        self.group.setActiveStack(QUndoStack(self.group))
        self._since_change.invalidate()
        return before

    def go_back_to(self, stack: QUndoStack, state: State, text: str = "") -> None:
        """Bring back steps that were put aside, and what there was then.

        With a text this is itself a step to undo, which leads back to what there is now.
        """
        left = self.stack
        self.group.setActiveStack(stack)
        left.deleteLater()
        self.bring_back(state, text)

    def bring_back(self, state: State, text: str = "") -> None:
        """Show a current run and kept ones; only with a text is this a step to undo."""
        if text:
            self._push(partial(self._runs.bring_back, state), text)
        else:
            self._runs.bring_back(state)
        # The next change is a step of its own.
        self._since_change.invalidate()

    def change(self, experiment: Experiment, text: str = "", gesture: object | None = None) -> None:
        """Replace settings or data of the current run.

        Parameters
        ----------
        text : str
            What undo calls it; by default the names of the settings.
        gesture : object, optional
            Which gesture the change belongs to, such as the drag of a point; `Runs.settle` ends it.
        """
        changed = changed_settings(self._runs.experiment, experiment)
        if not changed:
            return
        self._make_room(experiment.dataset)
        # What is done to data is a step of its own, however quickly it follows, unless it is held.
        of_its_own = "dataset" in changed and not self.held
        if gesture is not None or of_its_own or not self._goes_on:
            self._gesture = gesture or object()
        text = text or " and ".join(name.replace("_", " ") for name in changed)
        dragged = gesture is not None
        self._push(partial(self._runs.replace, experiment, dragged), text, self._gesture)
        self._since_change.start()

    def keep(self) -> None:
        """Keep the current run, if that can be."""
        if self._runs.can_keep:
            self._push(self._runs.keep, f"keep {_quoted(run_name(self._runs.experiment))}")

    def keep_beside(self, experiment: Experiment, name: str) -> bool:
        """Keep another run than the current one, such as a log's; return whether there is room."""
        state, name = self._runs.state, escaped(name)
        kept = state.with_kept(experiment, name)
        if kept is not state:
            self.bring_back(kept, f"keep {_quoted(name)}")
        return kept is not state

    def remove(self, numbers: Sequence[int]) -> None:
        """Forget kept runs, in one step."""

        def remove() -> None:
            for number in numbers:
                self._runs.remove(number)

        if numbers:
            self._push(remove, f"remove {self._told(numbers)}")

    def rename(self, number: int, name: str) -> None:
        """Give a kept run another name."""
        if name != self._runs.state.kept[number].name:
            text = f"rename {self._told([number])}"
            self._push(partial(self._runs.rename, number, name), text)

    def show(self, numbers: Sequence[int], visible: bool) -> None:
        """Show kept runs in the plots, or hide them, in one step."""
        kept = self._runs.state.kept
        others = [number for number in numbers if kept[number].visible is not visible]

        def show() -> None:
            for number in others:
                self._runs.show(number, visible)

        if others:
            self._push(show, f"{'show' if visible else 'hide'} {self._told(others)}")

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
        if isinstance(last, Step) and last.gesture is gesture:
            last.take_back()
            self.stack.undo()

    @property
    def _goes_on(self) -> bool:
        """Whether a change goes on with the last one: held, or without a rest between them."""
        if not self._since_change.isValid():
            return False
        return self.held or self._since_change.elapsed() < REST_MS

    def _push(self, do: Callable[[], None], text: str, gesture: object | None = None) -> None:
        step = Step(self._runs, self.bring_back, text, gesture or object())
        # Before it is pushed: Qt goes on with a step that broke off in its hands, Python doesn't.
        do()
        stack, newest = self.stack, self._newest
        if newest is None or not newest.take_in(step):
            stack.push(step)
        elif newest.isObsolete():
            stack.undo()  # which only drops it

    @property
    def _newest(self) -> "Step | None":
        """The step that was done last, unless it was undone."""
        stack = self.stack
        step = stack.command(stack.count() - 1) if stack.canUndo() and not stack.canRedo() else None
        return step if isinstance(step, Step) else None

    def _told(self, numbers: Sequence[int]) -> str:
        """Return what a menu calls kept runs."""
        names = [self._runs.state.kept[number].name for number in numbers]
        return _quoted(names[0]) if len(names) == 1 else f"{len(names)} runs"

    def _make_room(self, dataset: Dataset) -> None:
        """Forget what could be undone, if the data it holds on to grow too large."""
        if len(dataset) * _BYTES_OF_A_ROW * 1_000 < MOST_UNDO_BYTES:
            return
        steps = map(self.stack.command, range(self.stack.count()))
        held = {dataset, self._runs.experiment.dataset}
        held |= {step.dataset for step in steps if isinstance(step, Step)}
        if sum(map(len, held)) * _BYTES_OF_A_ROW > MOST_UNDO_BYTES:
            self.stack.clear()


class Step(QUndoCommand):
    """Something that is being done; one gesture is one step, however much it went through."""

    def __init__(
        self,
        runs: Runs,
        bring_back: Callable[[State], None],
        text: str,
        gesture: object,
    ) -> None:
        # It becomes a command of a menu.
        super().__init__(in_menu(text))
        self._runs, self._bring_back = runs, bring_back
        self._before = runs.state
        self._after: State | None = None
        self.gesture = gesture
        self._taken_back = False

    @property
    def dataset(self) -> Dataset:
        """The data that it led away from."""
        return self._before.experiment.dataset

    def take_in(self, other: "Step") -> bool:
        """Take in a step that follows, if it goes on with this one.

        Not by Qt's `mergeWith`: for Python's part Qt's stack holds on to all that it drops there.
        """
        now = self._runs.experiment
        one = changed_settings(self._before.experiment, other._before.experiment)
        next_one = changed_settings(other._before.experiment, now)
        of_data = "dataset" in one and "dataset" in next_one
        if other.gesture is not self.gesture or not (of_data or one == next_one):
            return False
        # Back where it began there is nothing to undo.
        self.setObsolete(not changed_settings(self._before.experiment, now))
        return True

    def take_back(self) -> None:
        """Be forgotten with the next undo."""
        self._taken_back = True

    def undo(self) -> None:
        """Bring back what there was before."""
        # Only now: Qt doesn't undo what was obsolete before.
        self.setObsolete(self._taken_back)
        # What has come of it: at the end of a drag kept runs may have been run on other data.
        self._after = self._runs.state
        self._bring_back(self._before)

    def redo(self) -> None:
        """Do it again; Qt calls this for the first time as well, when it has been done."""
        if self._after is not None:
            self._bring_back(self._after)


def changed_settings(before: Experiment, after: Experiment) -> list[str]:
    """Return the names of the settings in which two experiments differ."""
    names = [known.name for known in dataclasses.fields(Experiment)]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _quoted(name: str) -> str:
    """Return a run's name as a menu has it."""
    short = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    return f"“{short}”"
