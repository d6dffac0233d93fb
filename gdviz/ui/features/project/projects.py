"""Projects: saves what there is under a name, opens it again, and says whether it has changed."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from gdviz.core.files import Stamp, is_newer, named, shortened, stamp
from gdviz.core.projects.project import (
    MOST_COPIED,
    MOST_ROWS,
    SUFFIX,
    Data,
    Origin,
    Project,
    ProjectError,
    Study,
)
from gdviz.core.tables.editing import CHANGED
from gdviz.core.tables.writing import Text
from gdviz.core.words.provenance import digest
from gdviz.core.words.rows import rows_text
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.project.autosave import Autosave
from gdviz.ui.features.project.data_files import DataFiles, Found, Tables, seen_from
from gdviz.ui.features.project.desk import Desk, Lesson, Pictures, Surroundings
from gdviz.ui.features.project.questions import asked_to_save, may_replace
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.banner import Banner
from gdviz.ui.widgets.beside import beside_window
from gdviz.ui.widgets.saving import Saver, SavingError, own_folder

SUMMARISED = (
    "These {rows} were only summarised, which a project can't hold. Export the pictures or the "
    "trajectory instead, or open a part of the rows."
)
PROJECT_FILTERS = {f"Project of gdviz (*{SUFFIX})": SUFFIX}


class Projects(Feature):
    """The commands for projects, and the window's title.

    A project is the learner's own work, and how far a lesson was taken: while one is on, what its
    chapter shows is no part of it.

    Parameters
    ----------
    lesson : callable
        Returns what knows of it.

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
        surroundings: Surroundings,
        playing: Feature,
        lesson: Callable[[], Lesson],
        tables: Tables,
        notice: Banner,
        folder: Path,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = Desk(session, pictures, surroundings, playing, self)
        self._lesson = lesson
        self._tables, self._notice, self._window = tables, notice, window
        self._saver = Saver(notice, window)
        self.files = DataFiles(tables, window)
        self.path: Path | None = None
        # Its file as it was when it was saved or opened: another window may save it, too.
        self._stamp: Stamp = None
        self._is_restored = False
        # What there was when it was saved last, or at the start.
        self._saved: object = None
        self._autosave = Autosave(folder, self._unsaved, self._copy, self)
        if (file := tables.sources.file_of(self._desk.dataset)) is not None:
            self.files.note(file[0])
        runs = session.runs
        for changed in (runs.experiment_changed, runs.kept_changed, pictures.changed):
            changed.connect(self.look)
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
        return is_project and self._content != self._saved

    def keep_copies(self) -> None:
        """Keep a copy for the case of a crash from now on; offer one that was left, if any was."""
        left = self._autosave.begin()
        if self.path is None:
            self._saved = self._content
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
        return self._be_at(path, self._content if found.is_as_saved else None)

    def go_back_to(self, path: Path, told: Any) -> None:  # noqa: ANN401
        """Show the run that an export tells of, if these are its rows; else say why not."""
        from gdviz.core.projects.reading import checked_settings  # only now: see `_show`

        name, dataset = named(path), self._desk.seen
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
        if self.path is not None and not is_newer(self.path, copy):
            self._stamp = stamp(self.path)
        self.look()
        return True

    def save(self) -> bool:
        """Save under the name that it has, or ask for one; return whether it was saved."""
        if self.path is None:
            return self.save_as()
        content, path = self._content, self.path
        if stamp(path) not in (None, self._stamp) and not may_replace(self._window, path):
            return False
        try:
            text = self._text(path)
        except SavingError as error:
            self._notice.say(str(error))
            return False
        return self._saver.save_text_to(path, text) and self._be_at(path, content)

    def save_as(self) -> bool:
        """Ask for a name and save under it; return whether it was saved."""
        content, targets = self._content, list[Path]()

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

    def put_away(self) -> None:
        """Hold on to what there is: a lesson takes its place on the screen, but not in the file."""
        self._desk.put_away()

    def bring_back(self, state: Any) -> None:  # noqa: ANN401
        """Look again at what is there."""
        super().bring_back(state)
        self._desk.bring_back()
        self.look()

    def look(self) -> None:
        """See whether there is anything to save."""
        self._autosave.note()
        self._show_title()

    def may_close(self) -> bool:
        """Return whether the window may close; ask where changes of a project would be lost."""
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
            state = self._desk.state(project, found.dataset)
        except ProjectError as error:
            self._notice.say(str(error))
            return None
        except ValueError as error:
            self._notice.say(f"{named(path)}: {error}")
            return None
        self._notice.hide()
        lesson, study = self._lesson(), project.study
        lesson.close()
        opens, said = lesson.take_up(study and replace(study, path=_path_of(study, path)))
        self._desk.put_back(project, state, text, lesson.dock.open if opens else None)
        self._tables.tell()
        if remarks := " ".join(filter(None, (found.remark, said))):
            self._notice.say(remarks)
        return project, found

    def _be_at(self, path: Path, content: object) -> bool:
        """Take a file for the project, which holds this."""
        self.path, self._saved, self._stamp = path, content, stamp(path)
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
        if dataset.whole is not None:
            raise ProjectError(SUMMARISED.format(rows=rows_text(dataset)))
        if origin is None and len(dataset) > MOST_ROWS:
            raise ProjectError(
                f"These {len(dataset):,} rows are too many for a project, and in no file just as "
                "they are. Save the data first, open that file, and save the project then."
            )
        return self._taken(origin, target)

    def _taken(self, origin: Origin | None, target: Path) -> Project:
        dataset = self._desk.dataset
        data = Data(dataset.x_name, dataset.y_name, dataset.source, dataset.calendar, origin)
        project = self._desk.taken(data, origin is None or len(dataset) <= MOST_COPIED)
        study = self._lesson().study
        if study is not None and study.path:
            seen = seen_from(target.absolute().parent, Path(study.path))
            study = replace(study, path=seen) if seen else None
        return replace(project, study=study)

    def _may_leave(self) -> bool:
        """Ask what is to become of changes, if there are any."""
        if not self.has_changed:
            return True
        saves = asked_to_save(self._window, self._name)
        if saves is False:
            self._tables.sources.mark_saved(self._desk.dataset)  # not asked for once more
        return self.save() if saves else saves is not None

    @property
    def _name(self) -> str:
        """What the window is called: the project, or else the data."""
        return self._desk.dataset.shown.source if self.path is None else named(self.path)

    @property
    def _content(self) -> object:
        """What makes a project another one."""
        study = self._lesson().study
        return self._desk.content, study.taken if study is not None else ()

    def _unsaved(self) -> object:
        """Return what would be lost, or None."""
        content = self._content
        return None if content == self._saved else content

    def _copy(self, target: Path) -> Text | None:
        """Return what a copy there is to hold."""
        from gdviz.core.projects.writing import project_text

        dataset = self._desk.dataset
        origin = self.files.origin(dataset, target, look=False)
        if dataset.whole is not None or (origin is None and len(dataset) > MOST_ROWS):
            return None
        where = "" if self.path is None else str(self.path.absolute())
        return project_text(replace(self._taken(origin, target), copy_of=where))

    def _show_title(self) -> None:
        """Name the project, or the data, and say whether there is anything to save."""
        name = self._name
        if self.path is not None or self._is_restored:
            name = f"{name.replace('[*]', '[*][*]')}[*]"
        self._window.setWindowTitle(f"{name} — gdviz")
        self._window.setWindowModified(self.has_changed)


def _path_of(study: Study, project: Path) -> str:
    """Return where a lesson lies that a project tells of; nothing if it is gdviz's own."""
    return str(project.absolute().parent / study.path) if study.path else ""
