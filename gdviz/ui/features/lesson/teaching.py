"""Teaching: a lesson beside the plots: sets chapters up, notices what was done, gives back."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QToolButton

from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import DataFileError, read_table
from gdviz.resources import resource
from gdviz.ui.features.lesson.condition_values import Facts
from gdviz.ui.features.lesson.emphasis import Stage
from gdviz.ui.features.lesson.lesson_view import WIDTH, LessonView
from gdviz.ui.shell.docks import RIGHT, add_dock
from gdviz.ui.theme import Theme

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Chapter, Lesson, Setup
    from gdviz.ui.shell.window import MainWindow

LESSON_FILTER = "Chapters of a lesson (*.md);;All files (*)"


@dataclass(frozen=True)
class Place:
    """What the window showed before a lesson.

    Attributes
    ----------
    switches : dict of str
        Which pictures were shown.
    """

    experiment: Experiment
    position: int
    switches: dict[str, bool]


class Teaching(QObject):
    """Takes a learner through the chapters of a lesson.

    Attributes
    ----------
    view : LessonView
    dock : QDockWidget
        The lesson is on while it is open.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._lesson: Lesson | None = None
        self._number = 0
        self._before: Place | None = None
        self._awaited: int | None = None  # the iteration to show once it is there
        self._watching = self._is_done = False
        self._stage = Stage(window, window.presenter.action)
        self.view = LessonView()
        self.dock = add_dock(window, RIGHT, "Lesson", self.view, "F1", "&Lesson")
        more = window.findChild(QToolButton, "more_settings")
        self._switches: dict[str, Any] = {
            **window.views, "logarithmic": window.logarithmic, "more_settings": more,
        }  # fmt: skip
        self._facts = Facts(window.session, {**window.views, "logarithmic": window.logarithmic})
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.view.set_theme(theme)
        self._stage.set_theme(theme)

    def open(self, path: str | Path) -> bool:
        """Open a chapter or a folder of them; if it is broken, say why.

        Returns
        -------
        bool
            Whether the lesson was opened.
        """
        lesson = self._read(path)
        if lesson is None:
            return False
        self.dock.close()
        self._lesson = lesson
        self.dock.show()
        return True

    def open_own(self) -> None:
        """Open the lesson that comes with gdviz."""
        self.open(resource("assets", "lessons"))

    def choose_file(self) -> None:
        """Ask for a chapter and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open a lesson's chapter", "", LESSON_FILTER
        )
        if name:
            self.open(name)

    def choose_folder(self) -> None:
        """Ask for a folder of chapters and open it."""
        name = QFileDialog.getExistingDirectory(self._window, "Open a lesson's folder")
        if name:
            self.open(name)

    def close(self) -> None:
        """Leave the lesson, so that the window keeps the user's own settings."""
        self.dock.close()

    def _connect(self) -> None:
        session = self._window.session
        self.dock.visibilityChanged.connect(self._on_dock_shown)
        self.view.chapter_requested.connect(self._show_chapter)
        self.view.leave_requested.connect(self.dock.close)
        self.view.answered.connect(self._on_answered)
        for signal in (session.moved, session.experiment_changed, session.playing_changed):
            signal.connect(self._check)
        session.kept_changed.connect(self._check)
        session.ended.connect(self._on_ended)
        self._window.presenter.action.toggled.connect(self._take_width)
        for view in (*self._window.views.values(), self._window.logarithmic):
            view.toggled.connect(self._check)

    def _on_dock_shown(self) -> None:
        """Begin or leave; a window that is put aside hides the dock, but doesn't leave."""
        shown = not self.dock.isHidden()
        if shown and self._before is None:
            self._begin()
        elif not shown and self._before is not None:
            self._leave()

    def _read(self, path: str | Path) -> "Lesson | None":
        """Read a lesson; if it is broken, say why."""
        # Only now: a start must not wait for what reads lessons.
        from gdviz.core.lessons.reading import LessonError, read_lesson

        try:
            return read_lesson(path)
        except LessonError as error:
            self._window.say(str(error))
            return None

    def _begin(self) -> None:
        if self._lesson is None:
            self._lesson = self._read(resource("assets", "lessons"))
        if self._lesson is None:
            self.dock.close()
            return
        self._before = self._place()
        self._take_width()
        names = [self._id(chapter) for chapter in self._lesson.chapters]
        last = self._window.preferences.text("lesson_chapter", names[0], names)
        self._number = names.index(last)
        self._show_titles()
        self._show_chapter(self._number)

    def _take_width(self) -> None:
        """Take as much of the window's width as the type needs."""
        width = round(WIDTH * self._window.presenter.scale)
        self._window.resizeDocks([self.dock], [width], Qt.Orientation.Horizontal)

    def _leave(self) -> None:
        """Give back what was there before."""
        before, self._before = self._before, None
        assert before is not None
        self._watching, self._awaited = False, None
        self._facts.end()
        self._stage.clear()
        session = self._window.session
        if session.experiment.dataset is before.experiment.dataset:
            session.change(before.experiment)
        else:
            session.restart(before.experiment, "leave the lesson")
        for name, on in before.switches.items():
            self._switches[name].setChecked(on)
        self._go_to(before.position)

    def _place(self) -> Place:
        switches = {name: switch.isChecked() for name, switch in self._switches.items()}
        session = self._window.session
        return Place(session.experiment, session.iteration, switches)

    def _show_chapter(self, number: int) -> None:
        """Show a chapter and set the program up for it."""
        assert self._lesson is not None
        chapter = self._lesson.chapters[number]
        self._number, self._watching, self._is_done = number, False, False
        self._window.preferences.set("lesson_chapter", self._id(chapter))
        self._stage.clear()
        self.view.show_chapter(chapter, number)
        self._set_up(chapter.setup)
        self._stage.set(chapter)
        position = chapter.setup.position
        self._go_to(self._window.session.length if position is None else position)

    def _set_up(self, setup: "Setup") -> None:
        window, session = self._window, self._window.session
        session.pause()
        self._open_table(setup.file)
        window.set_settings(**setup.settings)
        for name, switch in self._switches.items():
            switch.setChecked(setup.logarithmic if name == "logarithmic" else name in setup.show)

    def _open_table(self, name: str) -> None:
        """Open a chapter's table, unless it is what is shown."""
        assert self._lesson is not None
        beside, shown = self._lesson.folder / name, self._window.session.experiment.dataset
        path = beside if beside.exists() else resource("data", name)
        try:
            wanted = read_table(path).dataset()[0]
        except DataFileError as error:
            self._window.say(str(error))
            return
        if not _same(wanted, shown):
            self._window.open_file(path)

    def _go_to(self, position: int) -> None:
        """Show an iteration, as soon as there is one of that number."""
        session = self._window.session
        session.seek(position)
        self._awaited = position if position and session.training else None
        if self._awaited is None:
            self._start_watching()

    def _on_ended(self) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            self._window.session.seek(awaited)
            self._start_watching()
        self._check()

    def _start_watching(self) -> None:
        if self._before is None or self._lesson is None:
            return
        self._facts.begin()
        self._watching = True
        chapter = self._lesson.chapters[self._number]
        if self._id(chapter) in self._window.preferences.texts("lesson_done"):
            self._is_done = True
            self.view.set_done(True)

    def _on_answered(self, answer: str | float) -> None:
        assert self._lesson is not None
        question = self._lesson.chapters[self._number].question
        if question is not None:
            right = question.is_right(answer)
            self._facts.answer(right)
            self.view.set_verdict("" if right else question.wrong)
            self._check()

    def _check(self) -> None:
        """Notice that the task is done; nothing is looked up once it is, or without a lesson."""
        if not self._watching or self._is_done or self._lesson is None:
            return
        if self._window.session.record.last is None:
            return
        chapter = self._lesson.chapters[self._number]
        if chapter.done.holds(self._facts):
            self._is_done = True
            done = self._window.preferences.texts("lesson_done")
            self._window.preferences.set("lesson_done", [*done, self._id(chapter)])
            self.view.set_done(True)
            self._show_titles()

    def _show_titles(self) -> None:
        assert self._lesson is not None
        chapters, done = self._lesson.chapters, self._window.preferences.texts("lesson_done")
        self.view.set_titles(
            [chapter.title for chapter in chapters],
            [self._id(chapter) in done for chapter in chapters],
        )

    def _id(self, chapter: "Chapter") -> str:
        """Return what a chapter is remembered by."""
        assert self._lesson is not None
        return f"{self._lesson.folder.name}/{chapter.name}"


def _same(one: Dataset, other: Dataset) -> bool:
    """Tell whether two datasets hold the same rows from the same place."""
    columns = one.source == other.source and one.x_name == other.x_name
    return columns and bool(np.array_equal(one.x, other.x) and np.array_equal(one.y, other.y))
