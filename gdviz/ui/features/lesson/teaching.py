"""Teaching: a lesson beside the plots: sets chapters up, notices what was done, gives back."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gdviz.core.projects.project import Study
from gdviz.resources import resource
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.lesson.condition_values import Facts
from gdviz.ui.features.lesson.emphasis import Stage
from gdviz.ui.features.lesson.links import Links
from gdviz.ui.features.lesson.progress import Progress
from gdviz.ui.features.lesson.scene import Scene
from gdviz.ui.features.lesson.workplace import Place, Workplace
from gdviz.ui.preferences import Preferences
from gdviz.ui.running.session import Session
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.banner import Banner
from gdviz.ui.widgets.dock import RIGHT, Dock
from gdviz.ui.widgets.message import message
from gdviz.ui.widgets.saving import own_folder

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Lesson
    from gdviz.ui.features.lesson.lesson_view import LessonView
    from gdviz.ui.features.lesson.tutor import Tutor

# How long after the start a lesson is read that nobody has asked for yet; its view comes later.
PREPARE_MS = 1000
WIDTH = 340
INVITATION = "New here? The lesson starts with F1."
START_AGAIN = (
    "Forget which chapters are done, what was predicted, and which challenges are solved, and "
    "begin with the first chapter? Nothing else is lost."
)
LESSON_FILTER = "Chapters of a lesson (*.md);;All files (*)"


class Teaching(Feature):
    """Takes a learner through the chapters of a lesson, which is on while its dock is open.

    Parameters
    ----------
    window : QWidget
        What chapters light up lies in it.

    Signals
    -------
    changed()
        The lesson was taken further, or back to its beginning.
    said(str)
        What a screen reader is to say.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        notice: Banner,
        window: QWidget,
        *,
        workplace: Workplace,
        facts: Facts,
        large_type: QAction,
    ) -> None:
        super().__init__(window)
        self._session, self._preferences = session, preferences
        self._notice, self._window = notice, window
        self._workplace, self._facts = workplace, facts
        self._links = Links(window, notice.say)
        self._lesson: Lesson | None = None
        self._path = _own_lesson()
        # Whether it was open since the start, or came with a project.
        self._is_taken = False
        self._before: Place | None = None
        self._scale = 1.0
        self._stage = Stage(window, large_type)
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._looking.timeout.connect(self._on_dock_shown)
        self._scene = Scene(session, workplace, self._stage, self)
        self.dock = Dock("Lesson", RIGHT, "F1", self._make_view, "&Lesson", alone=True)
        self.dock.visibilityChanged.connect(self._on_dock_shown)
        self.docks = (self.dock,)
        session.undo.released.connect(self._on_dock_shown)
        # Neither the start waits for it nor who presses F1.
        QTimer.singleShot(PREPARE_MS, self, self._prepare)
        QTimer.singleShot(2 * PREPARE_MS, self, self._prepare_view)

    def menus(self) -> Menus:
        """Return its commands."""
        return {"&Help": [
            self.dock.toggleViewAction(),
            ("&Open a lesson…", None, self.choose_file),
            ("Open a &folder of lessons…", None, self.choose_folder),
            ("&gdviz's own lesson", None, self.open_own),
            ("Start the lesson &again…", None, self.start_again),
        ]}  # fmt: skip

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._stage.set_theme(theme)
        if theme.scale != self._scale:
            self._scale = theme.scale
            self._take_width()

    def open(self, path: str | Path) -> bool:
        """Open a chapter or a folder of them and return True; if it is broken, say why."""
        lesson = self._read(path)
        if lesson is None:
            return False
        self.close()
        self._lesson, self._path = lesson, Path(path)
        self.dock.open()
        return True

    @property
    def study(self) -> Study | None:
        """How far the lesson was taken that was open in this window; None if none was."""
        if self._lesson is None or not self._is_taken:
            return None
        path = "" if self._path == _own_lesson() else str(self._path.absolute())
        study = self._progress.study(path, self._before is not None)
        return study if study.is_open or study.taken else None

    def take_up(self, study: Study | None) -> tuple[bool, str]:
        """Go on with the lesson of a project, if it has one, when it is opened the next time.

        Return whether it is to be opened, and what is to be known.
        """
        self._is_taken = study is not None
        if study is None:
            return False, ""
        path = Path(study.path) if study.path else _own_lesson()
        lesson, fault = _read(path)
        if lesson is None:
            self._is_taken = False
            return False, f"Its lesson can't be gone on with. {fault}"
        self._lesson, self._path = lesson, path
        added = self._progress.add(study)
        chapters = "1 chapter" if added == 1 else f"{added} chapters"
        said = f"Done in the project, and so done here from now on: {chapters} of the lesson."
        return study.is_open, said if added else ""

    def open_own(self) -> None:
        """Open the lesson that comes with gdviz."""
        self.open(_own_lesson())

    def invite(self) -> None:
        """Tell a newcomer of the lesson, once, where nothing else is to be told."""
        if self._notice.isHidden() and not self._preferences.flag("invited"):
            self._preferences.set("invited", True)
            self._notice.say(INVITATION, actions=[("Start the lesson", self.open_own)])

    def choose_file(self) -> None:
        """Ask for a chapter and open it."""
        title, folder = "Open a lesson's chapter", str(own_folder())
        name, _ = QFileDialog.getOpenFileName(self._window, title, folder, LESSON_FILTER)
        if name:
            self.open(name)

    def choose_folder(self) -> None:
        """Ask for a folder of chapters and open it."""
        title, folder = "Open a lesson's folder", str(own_folder())
        name = QFileDialog.getExistingDirectory(self._window, title, folder)
        if name:
            self.open(name)

    def start_again(self) -> None:
        """Ask whether to forget how far the lesson was taken, and begin it anew."""
        self._prepare()
        if self._lesson is None:
            return
        box = message(self._window, "start_again", "Start the lesson again", START_AGAIN)
        starting = box.addButton("&Start again", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        starting.clicked.connect(self._start_again)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def close(self) -> None:
        """Leave the lesson, so that the window keeps the user's own settings."""
        was_on = self._before is not None
        # First: a dock that is there when it comes to the front begins a lesson.
        self.dock.close()
        if self._before is not None:
            self._leave()
        if was_on:
            self._scene.stop()  # who goes on knows where

    @property
    def view(self) -> "LessonView":
        """What the dock holds."""
        return self.dock.content

    def _make_view(self) -> "LessonView":
        from gdviz.ui.features.lesson.lesson_view import LessonView

        view = LessonView()
        view.chapter_requested.connect(self._show_chapter)
        view.leave_requested.connect(self.dock.close)
        view.link_followed.connect(self._on_link_followed)
        view.refused.connect(self._notice.say)
        view.said.connect(self.said)
        view.task.restart_requested.connect(self.start_again)
        return view

    @cached_property
    def _tutor(self) -> "Tutor":
        from gdviz.ui.features.lesson.tutor import Tutor

        tutor = Tutor(self._session, self.view, self._scene, self._facts, self)
        tutor.chapter_done.connect(self._on_chapter_done)
        tutor.progressed.connect(self.changed)
        return tutor

    def _on_dock_shown(self) -> None:
        """Begin, or leave a lesson that was closed.

        While something is dragged the lesson waits: what is dragged belongs to what is there. As
        parts of the window come and go, docks may, too: that is looked at when it is done.
        """
        if self._session.undo.held:
            return
        if self._stage.is_changing:
            self._looking.start()
        elif self._before is None and not self.dock.isHidden():
            self._begin()
        elif self._before is not None and self.dock.is_closed:
            self._leave()

    def _read(self, path: str | Path) -> "Lesson | None":
        """Read a lesson; if it is broken, say why."""
        lesson, fault = _read(path)
        if lesson is None:
            self._notice.say(fault)
        return lesson

    def _prepare(self) -> None:
        if self._lesson is None:
            self._lesson = self._read(_own_lesson())

    def _prepare_view(self) -> None:
        _ = self._tutor  # made with what it teaches in

    def _begin(self) -> None:
        self._prepare()
        if self._lesson is None:
            self.dock.close()
            return
        self._before, self._is_taken = self._workplace.clear(), True
        if self._notice.text == INVITATION:
            self._notice.hide()
        self._take_width()
        self._show_titles()
        self._show_chapter(self._progress.current)

    def _take_width(self) -> None:
        """Take as much of the window's width as the type needs."""
        self.dock.take(round(WIDTH * self._scale))

    def _leave(self) -> None:
        """Give back what was there before."""
        before, self._before = self._before, None
        assert before is not None
        self._tutor.end()
        with self._stage.changing():
            self._stage.clear()
            self._workplace.give_back(before)
        self._scene.go_to(before.position)

    def _show_chapter(self, number: int) -> None:
        """Show a chapter and set the program up for it."""
        assert self._lesson is not None
        chapter, progress = self._lesson.chapters[number], self._progress
        progress.current = number
        self._tutor.end()
        self._stage.clear()
        self.view.show_chapter(chapter, number, self._lesson.folder)
        if chapter.large_type:
            self._stage.enlarge()
        self._tutor.begin(chapter, number, self._lesson.folder, progress)

    def _start_again(self) -> None:
        self._progress.forget()
        self.changed.emit()
        if self._before is None:
            self.dock.open()
            return
        self._show_titles()
        self._show_chapter(0)

    def _on_chapter_done(self) -> None:
        self._show_titles()
        self.changed.emit()
        if self._progress.current == len(self._progress.done) - 1:
            self.view.task.offer_restart()

    def _on_link_followed(self, link: QUrl) -> None:
        assert self._lesson is not None
        number = self._links.follow(link, self._lesson)
        if number is not None:
            self._show_chapter(number)

    def _show_titles(self) -> None:
        assert self._lesson is not None
        self.view.set_titles([c.title for c in self._lesson.chapters], self._progress.done)

    @property
    def _progress(self) -> Progress:
        assert self._lesson is not None
        return Progress(self._preferences, self._lesson)


def _own_lesson() -> Path:
    """Return the folder of the lesson that comes with gdviz."""
    return resource("assets", "lessons")


def _read(path: str | Path) -> "tuple[Lesson | None, str]":
    """Return a lesson; if it is broken, why."""
    # Only now: a start must not wait for what reads lessons.
    from gdviz.core.lessons.reading import read_lesson
    from gdviz.core.lessons.source import LessonError

    try:
        return read_lesson(path), ""
    except LessonError as error:
        return None, str(error)
