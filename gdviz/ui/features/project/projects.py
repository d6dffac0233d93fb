"""Projects: saves what there is under a name, opens it again, and says whether it has changed."""

import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QMessageBox, QWidget

from gdviz.core.files import named, shortened
from gdviz.core.projects.project import (
    MOST_COPIED,
    MOST_ROWS,
    SUFFIX,
    Data,
    Origin,
    Project,
    ProjectError,
)
from gdviz.core.projects.reading import checked_settings
from gdviz.core.tables.editing import CHANGED
from gdviz.core.tables.writing import Text
from gdviz.core.words.provenance import digest
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.project.autosave import Autosave
from gdviz.ui.features.project.data_file import DataFiles, Found, Tables
from gdviz.ui.features.project.desk import Desk, Pictures
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.banner import Banner
from gdviz.ui.widgets.beside import beside_window
from gdviz.ui.widgets.message import message
from gdviz.ui.widgets.saving import Saver, SavingError, own_folder

# What is open, whether it was restored after a crash, and what was saved of it.
State = tuple[Path | None, bool, object]
PROJECT_FILTERS = {f"Project of gdviz (*{SUFFIX})": SUFFIX}


class Projects(Feature):
    """The commands for projects, and the window's title.

    Attributes
    ----------
    path : Path or None
        The project that is open; None before one was saved or opened.
    files : DataFiles
        Has to be told when a table is read.
    """

    def __init__(
        self,
        session: Session,
        pictures: Pictures,
        playing: Feature,
        tables: Tables,
        notice: Banner,
        folder: Path,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = Desk(session, pictures, playing, self)
        self._tables, self._notice, self._window = tables, notice, window
        self._saver = Saver(notice, window)
        self.files = DataFiles(tables, window)
        self.path: Path | None = None
        self._is_restored = False
        # The project that has changes, while a lesson is in its place.
        self._waiting = ""
        # What there was when it was saved last, or at the start.
        self._saved: object = None
        self._autosave = Autosave(folder, self._unsaved, self._copy, self)
        if (file := tables.sources.file_of(self._desk.dataset)) is not None:
            self.files.note(file[0])
        for changed in (session.runs.experiment_changed, session.runs.kept_changed):
            changed.connect(self._on_changed)
        pictures.changed.connect(self._on_changed)
        self._show_title()

    def menus(self) -> Menus:
        """Return its commands."""
        return {"&File": [
            None,
            ("Sa&ve project", "Ctrl+Shift+S", self.save),
            ("Save pro&ject as…", None, self.save_as),
            None,
        ]}  # fmt: skip

    @property
    def has_changed(self) -> bool:
        """Whether what there is isn't what the project has."""
        is_project = self.path is not None or self._is_restored
        return is_project and self._desk.content != self._saved

    def keep_copies(self) -> None:
        """Keep a copy for the case of a crash from now on; offer one that was left, if any was."""
        left = self._autosave.begin()
        if self.path is None:
            self._saved = self._desk.content
        if left is not None:
            self._notice.say(
                "gdviz ended before you closed it. What wasn't saved can be restored.",
                actions=[("Restore it", partial(self.restore, left))],
            )

    def open(self, path: Path) -> bool:
        """Open a project, or say why that can't be; return whether it was."""
        shown = self._show(path, f"open {named(path)}")
        if shown is None:
            return False
        _, found = shown
        return self._be_at(path, self._desk.content if found.is_as_saved else None)

    def go_back_to(self, path: Path, told: Any) -> None:  # noqa: ANN401
        """Show the run that an export tells of, if these are its rows; else say why not."""
        name, dataset = named(path), self._desk.dataset
        try:
            told = told if isinstance(told, dict) else {}
            settings = checked_settings(told.get("settings"), (name, "settings"))
            if beside_window(lambda: digest(dataset)) != told.get("sha256"):
                source = shortened(str(told.get("source")))
                self._notice.say(
                    f"{name} shows a run on other rows than these, those of “{source}”: "
                    "open that table, then drop it again."
                )
                return
            position = told.get("iteration")
            known = type(position) is int and position in range(int(settings["iterations"]) + 1)
            self._desk.go_back_to(settings, position if known else 0, f"go back to {name}")
        except (ValueError, ProjectError) as error:
            self._notice.say(f"{name} tells of no run that can be gone back to: {error}")

    def restore(self, copy: Path) -> bool:
        """Show what was copied before a crash, which is still to be saved; tell whether it is."""
        shown = self._show(copy, "restore what wasn't saved")
        if shown is None:
            return False
        project, _ = shown
        self._is_restored, self._saved = True, None
        self.path = Path(project.copy_of) if project.copy_of else None
        self._on_changed()
        return True

    def save(self) -> bool:
        """Save under the name that it has, or ask for one; return whether it was saved."""
        if self.path is None:
            return self.save_as()
        content, path = self._desk.content, self.path
        try:
            text = self._text(path)
        except SavingError as error:
            self._notice.say(str(error))
            return False
        return self._saver.save_text_to(path, text) and self._be_at(path, content)

    def save_as(self) -> bool:
        """Ask for a name and save under it; return whether it was saved."""
        content, targets = self._desk.content, list[Path]()

        def text(target: Path) -> Text:
            targets.append(target)
            return self._text(target)

        source = self._desk.dataset.source.removesuffix(CHANGED)
        name = re.sub(r"[^\w.-]+", "-", Path(source).stem).strip("-")
        if self.path is not None:
            name = self.path.stem
        folder = own_folder(self.path)
        if not self._saver.save_text("Save the project as", name, PROJECT_FILTERS, text, folder):
            return False
        return self._be_at(targets[-1], content)

    def state(self) -> State:
        """Return what the project is, and what was saved of it."""
        return self.path, self._is_restored, self._saved

    def put_away(self) -> None:
        """Have no project: what a lesson shows is none, and no copy is made of it."""
        self._autosave.rest()
        self._waiting = self._name if self.has_changed else ""
        self.path, self._is_restored, self._saved = None, False, None
        self._show_title()

    def bring_back(self, state: State) -> None:
        """Have the project again."""
        self._waiting = ""
        self.path, self._is_restored, self._saved = state
        self._autosave.go_on()
        self._on_changed()

    def may_close(self) -> bool:
        """Return whether the window may close; ask where changes of a project would be lost."""
        if self._waiting:
            self._notice.say(f"{self._waiting} has changes. Leave the lesson, and save them first.")
            return False
        return self._saver.may_close() and self._may_leave()

    def close(self) -> None:
        """Leave no copy."""
        self._autosave.close()

    def _show(self, path: Path, text: str) -> tuple[Project, Found] | None:
        """Show what a file holds, as one step to undo, or say why that can't be."""
        # Only now: to load what reads projects takes its time.
        from gdviz.core.projects.reading import read_project

        if not self._may_leave():
            return None
        try:
            project = self._tables.reader.read(named(path), partial(read_project, path))
            found = None if project is None else self.files.found(project, path)
            if project is None or found is None:
                return None
            self._desk.put_back(project, found.dataset, text)
        except ProjectError as error:
            self._notice.say(str(error))
            return None
        except ValueError as error:
            self._notice.say(f"{named(path)}: {error}")
            return None
        self._notice.hide()
        self._tables.tell()
        if found.remark:
            self._notice.say(found.remark)
        return project, found

    def _be_at(self, path: Path, content: object) -> bool:
        """Take a file for the project, which holds this."""
        self.path, self._saved = path, content
        self._autosave.write()  # which leaves none, for there is nothing to lose
        self._tables.sources.mark_saved(self._desk.dataset)
        self._tables.remember(path)
        self._show_title()
        return True

    def _text(self, target: Path) -> Text:
        """Return what the file is to hold; raise SavingError if it couldn't be read again."""
        from gdviz.core.projects.reading import parsed_project
        from gdviz.core.projects.writing import project_text

        try:
            project = self._project(target)
            # Of the rows one is enough: data can always be read again.
            least = replace(project, rows=project.rows and project.rows[:1])
            parsed_project("".join(project_text(least)).encode(errors="replace"), named(target))
        except ProjectError as error:
            raise SavingError(str(error)) from None
        return project_text(project)

    def _project(self, target: Path) -> Project:
        """Return what there is, with its rows unless they are many and in a file."""
        dataset = self._desk.dataset
        origin = self.files.origin(dataset, target)
        if origin is None and len(dataset) > MOST_ROWS:
            raise ProjectError(
                f"These {len(dataset):,} rows are too many for a project, and in no file just as "
                "they are. Save the data first, open that file, and save the project then."
            )
        return self._taken(origin)

    def _taken(self, origin: Origin | None) -> Project:
        dataset = self._desk.dataset
        data = Data(dataset.x_name, dataset.y_name, dataset.source, dataset.calendar, origin)
        return self._desk.taken(data, origin is None or len(dataset) <= MOST_COPIED)

    def _may_leave(self) -> bool:
        """Ask what is to become of changes, if there are any."""
        if not self.has_changed:
            return True
        kinds = QMessageBox.StandardButton
        question = f"{self._name} has changed. Save it?"
        box = message(self._window, "unsaved_project", "Unsaved project", question)
        box.setInformativeText("If you don't, your changes are lost.")
        box.setStandardButtons(kinds.Save | kinds.Discard | kinds.Cancel)
        box.setDefaultButton(kinds.Save)
        answer = box.exec()
        box.deleteLater()
        if answer == kinds.Discard:
            self._tables.sources.mark_saved(self._desk.dataset)  # not asked for once more
        return self.save() if answer == kinds.Save else answer == kinds.Discard

    @property
    def _name(self) -> str:
        """What the window is called: the project, or else the data."""
        return self._desk.dataset.shown.source if self.path is None else named(self.path)

    def _unsaved(self) -> object:
        """Return what would be lost, or None."""
        content = self._desk.content
        return None if content == self._saved else content

    def _copy(self, target: Path) -> Text | None:
        """Return what a copy there is to hold."""
        from gdviz.core.projects.writing import project_text

        dataset = self._desk.dataset
        origin = self.files.origin(dataset, target, look=False)
        if origin is None and len(dataset) > MOST_ROWS:
            return None
        where = "" if self.path is None else str(self.path.absolute())
        return project_text(replace(self._taken(origin), copy_of=where))

    def _on_changed(self) -> None:
        self._autosave.note()
        self._show_title()

    def _show_title(self) -> None:
        """Name the project, or the data, and say whether there is anything to save."""
        name = self._name
        if self.path is not None or self._is_restored:
            name = f"{name.replace('[*]', '[*][*]')}[*]"
        self._window.setWindowTitle(f"{name} — gdviz")
        self._window.setWindowModified(self.has_changed)
