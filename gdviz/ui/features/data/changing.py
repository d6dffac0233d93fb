"""Changing: carries out every wish to change the data, and saves them under another name."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMessageBox, QWidget

from gdviz.core.tables.calendar import Calendar
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.editing import CHANGED, added, moved, recounted, removed
from gdviz.core.tables.names import shown_name
from gdviz.core.tables.writing import Text, dataset_text
from gdviz.core.words.rows import at_hand
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.data.sources import Sources
from gdviz.ui.features.data.telling import Telling
from gdviz.ui.plots.touch.points import DataEditing
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.banner import Banner
from gdviz.ui.widgets.message import message
from gdviz.ui.widgets.saving import Saver, SavingError, own_folder

if TYPE_CHECKING:
    from gdviz.ui.features.data.generate_dialog import GenerateDialog

DATA_FILTERS = {
    "Text table (*.txt)": ".txt",
    "CSV table (*.csv)": ".csv",
    "Table with tabs (*.tsv)": ".tsv",
}


class Changing(Feature):
    """The commands that change the data of the session."""

    def __init__(
        self,
        session: Session,
        editing: DataEditing,
        sources: Sources,
        notice: Banner,
        telling: Telling,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session, self._editing = session, editing
        self._sources, self._notice, self._telling = sources, notice, telling
        # The drag, or the choice of generated data, that is under way.
        self._gesture: object | None = None
        self._generating: GenerateDialog | None = None
        self._saver = Saver(notice, window)
        editing.point_moved.connect(self._on_point_moved)
        editing.point_added.connect(self._on_point_added)
        editing.points_removed.connect(self._on_points_removed)
        editing.counting_requested.connect(self._on_counting_requested)
        editing.drag_began.connect(self._begin_gesture)
        editing.drag_ended.connect(self._end_gesture)
        self._dataset = session.runs.experiment.dataset
        session.runs.experiment_changed.connect(self._on_experiment_changed)

    def menus(self) -> Menus:
        """Return its commands."""
        standard = QKeySequence.StandardKey
        return {
            "&File": [
                ("&Generate data…", standard.New, self.generate),
                ("&Save data as…", standard.Save, self.save_as),
            ],
            "&Edit": [
                ("&Add a point", None, self.add_point),
                ("&Delete the chosen point", None, self.remove_point),
            ],
        }

    def add_point(self) -> None:
        """Add a point in the middle of the data plot."""
        self._editing.add_in_the_middle()

    def remove_point(self) -> None:
        """Remove the chosen point, or say how to choose one."""
        if self._editing.chosen is None:
            self._notice.say("Click a point of the data first; then it can be deleted.")
        else:
            self._editing.remove_chosen()

    def generate(self) -> None:
        """Show generated data, and let the user choose among them; Cancel takes them back."""
        if self._generating is None:
            # Only now: what makes data takes its time to import.
            from gdviz.ui.features.data.generate_dialog import GenerateDialog

            self._generating = GenerateDialog(self._window)
            self._generating.changed.connect(self._on_recipe_changed)
            self._generating.accepted.connect(self._end_gesture)
            self._generating.rejected.connect(self._on_generating_cancelled)
        self._session.playback.pause()
        self._begin_gesture()
        self._on_recipe_changed()
        self._generating.open()

    def save_as(self) -> bool:
        """Write the data to a file, never the one that was opened; tell whether they are saved."""
        return self._save(self._session.runs.experiment.dataset)

    def _save(self, dataset: Dataset) -> bool:
        table = self._sources.of(dataset).table
        opened = table.path if table is not None and table.path.is_file() else None
        stem = Path(dataset.source.removesuffix(CHANGED)).stem
        kind = "-changed" if dataset.whole is None else "-sample"
        name = re.sub(r"[^\w.-]+", "-", stem).strip("-") + kind

        def text(target: Path) -> Text:
            if opened is not None and target.exists() and target.samefile(opened):
                raise SavingError(
                    f"{target.name} is the file that was opened, and gdviz never changes that. "
                    "Choose another name."
                )
            return dataset_text(dataset, target.suffix.lower())

        folder = own_folder(opened)
        what = "Save the data as" if dataset.whole is None else f"Save {at_hand(dataset)} as"
        saved = self._saver.save_text(what, name, DATA_FILTERS, text, folder)
        if saved:
            self._sources.mark_saved(dataset)
        return saved

    def may_close(self) -> bool:
        """Return whether the window may close; ask where data changed by hand would be lost."""
        if not self._saver.may_close():
            return False
        if self._generating is not None and self._generating.isVisible():
            self._generating.reject()  # what wasn't chosen isn't kept
        unsaved = self._sources.unsaved(self._session.runs.experiment.dataset)
        return all(map(self._is_saved_or_given_up, unsaved))

    def _is_saved_or_given_up(self, dataset: Dataset) -> bool:
        """Ask what is to become of data that would be lost."""
        kinds = QMessageBox.StandardButton
        left = dataset is not self._session.runs.experiment.dataset
        of = f" of {shown_name(dataset.source.removesuffix(CHANGED))}" if left else ""
        question = f"You have changed the data{of}. Save them under a new name?"
        box = message(self._window, "unsaved_data", "Unsaved data", question)
        box.setInformativeText("If you don't, your changes are lost.")
        box.setStandardButtons(kinds.Save | kinds.Discard | kinds.Cancel)
        box.setDefaultButton(kinds.Save)
        answer = box.exec()
        box.deleteLater()
        return self._save(dataset) if answer == kinds.Save else answer == kinds.Discard

    def _on_experiment_changed(self) -> None:
        before, self._dataset = self._dataset, self._session.runs.experiment.dataset
        if before is not self._dataset:
            self._sources.leave(before, self._dataset)

    def _begin_gesture(self) -> None:
        self._gesture = object()
        self._session.undo.hold()

    def _end_gesture(self) -> None:
        self._gesture = None
        self._session.runs.settle()
        self._session.undo.release()

    def _on_point_moved(self, index: int, x: float, y: float) -> None:
        self._edit(lambda dataset: moved(dataset, index, x, y), "move a point")

    def _on_point_added(self, x: float, y: float) -> None:
        self._edit(lambda dataset: added(dataset, x, y), "add a point")

    def _on_points_removed(self, indices: list[int]) -> None:
        self._edit(lambda dataset: removed(dataset, indices), "delete a point")

    def _on_counting_requested(self, calendar: Calendar) -> None:
        before = self._session.runs.experiment.dataset
        dataset = recounted(before, calendar)
        if dataset is not before:
            self._sources.remember(dataset, self._sources.of(before))
            self._session.undo.change(self._session.on_new(dataset), "count x otherwise")

    def _edit(self, edit: Callable[[Dataset], Dataset], text: str) -> None:
        """Change the data by hand, or say why that can't be."""
        experiment = self._session.runs.experiment
        try:
            changed = replace(experiment, dataset=edit(experiment.dataset))
        except ValueError as error:
            self._notice.say(str(error))
            return
        self._sources.derive(changed.dataset, experiment.dataset)
        self._session.undo.change(changed, text, self._gesture)

    def _on_recipe_changed(self) -> None:
        assert self._generating is not None
        changed = self._session.on_new(self._generating.dataset)
        self._session.undo.change(changed, "generate data", self._gesture)
        self._telling.tell()

    def _on_generating_cancelled(self) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            self._session.undo.take_back(gesture)
        self._session.undo.release()
