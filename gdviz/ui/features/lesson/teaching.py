"""Teaching: a lesson beside the plots: sets chapters up, notices what was done, gives back."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from gdviz.resources import resource
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.lesson.condition_values import Facts
from gdviz.ui.features.lesson.emphasis import Stage
from gdviz.ui.features.lesson.lesson_view import WIDTH, LessonView
from gdviz.ui.features.lesson.links import Links
from gdviz.ui.features.lesson.workplace import Place, Switch, Workplace
from gdviz.ui.preferences import Preferences
from gdviz.ui.running.session import Session
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.banner import Banner
from gdviz.ui.widgets.dock import RIGHT, Dock
from gdviz.ui.widgets.saving import own_folder

if TYPE_CHECKING:
    from gdviz.core.lessons.chapter import Chapter, Lesson

# How long after the start a lesson is read that nobody has asked for yet.
PREPARE_MS = 1000
INVITATION = "New here? The lesson starts with F1."
LESSON_FILTER = "Chapters of a lesson (*.md);;All files (*)"


class Teaching(Feature):
    """Takes a learner through the chapters of a lesson, which is on while its dock is open.

    Parameters
    ----------
    window : QWidget
        What chapters light up lies in it.
    features : sequence of Feature
        What is given back after the lesson as it was.
    switches : mapping of str to Switch
        What can be shown, by the names that chapters call it.
    show_file, set_settings : callable
        Open a table, and set fields of the experiment, or say why not.
    """

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        notice: Banner,
        window: QWidget,
        *,
        features: Sequence[Feature],
        switches: Mapping[str, Switch],
        large_type: QAction,
        show_file: Callable[[Path], bool],
        set_settings: Callable[..., None],
    ) -> None:
        super().__init__(window)
        self._session, self._preferences = session, preferences
        self._notice, self._window = notice, window
        self._workplace = Workplace(
            session, features, switches, show_file, set_settings, notice.say
        )
        self._links = Links(window, notice.say)
        self._lesson: Lesson | None = None
        self._number = 0
        self._before: Place | None = None
        self._awaited: int | None = None  # the iteration to show once it is there
        self._watching = self._is_done = False
        self._scale = 1.0
        self._stage = Stage(window, large_type)
        self.dock = Dock("Lesson", RIGHT, "F1", LessonView, "&Lesson", alone=True)
        self.view = self.dock.content
        self.docks = (self.dock,)
        self._facts = Facts(session, switches)
        self._connect(switches)
        # Neither the start waits for it nor who presses F1.
        QTimer.singleShot(PREPARE_MS, self, self._prepare)

    def menus(self) -> Menus:
        """Return its commands."""
        return {"&Help": [
            self.dock.toggleViewAction(),
            ("&Open a lesson…", None, self.choose_file),
            ("Open a &folder of lessons…", None, self.choose_folder),
            ("&gdviz's own lesson", None, self.open_own),
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
        self._lesson = lesson
        self.dock.open()
        return True

    def open_own(self) -> None:
        """Open the lesson that comes with gdviz."""
        self.open(resource("assets", "lessons"))

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

    def close(self) -> None:
        """Leave the lesson, so that the window keeps the user's own settings."""
        if self._before is not None:
            self._leave()
        self.dock.close()

    def _connect(self, switches: Mapping[str, Switch]) -> None:
        runs, playback = self._session.runs, self._session.playback
        self.dock.visibilityChanged.connect(self._on_dock_shown)
        self.view.chapter_requested.connect(self._show_chapter)
        self.view.leave_requested.connect(self.dock.close)
        self.view.answered.connect(self._on_answered)
        self.view.link_followed.connect(self._on_link_followed)
        self.view.refused.connect(self._notice.say)
        for signal in (
            playback.moved, playback.playing_changed, runs.experiment_changed, runs.kept_changed,
            *(switch.toggled for switch in switches.values()),
        ):  # fmt: skip
            signal.connect(self._check)
        runs.ended.connect(self._on_ended)
        self._session.undo.released.connect(self._on_dock_shown)

    def _on_dock_shown(self) -> None:
        """Begin, or leave a lesson that was closed.

        While something is dragged the lesson waits: what is dragged belongs to what is there.
        """
        if self._session.undo.held:
            return
        if self._before is None and not self.dock.isHidden():
            self._begin()
        elif self._before is not None and self.dock.is_closed:
            self._leave()

    def _read(self, path: str | Path) -> "Lesson | None":
        """Read a lesson; if it is broken, say why."""
        # Only now: a start must not wait for what reads lessons.
        from gdviz.core.lessons.reading import read_lesson
        from gdviz.core.lessons.source import LessonError

        try:
            return read_lesson(path)
        except LessonError as error:
            self._notice.say(str(error))
            return None

    def _prepare(self) -> None:
        if self._lesson is None:
            self._lesson = self._read(resource("assets", "lessons"))

    def _begin(self) -> None:
        self._prepare()
        if self._lesson is None:
            self.dock.close()
            return
        self._before = self._workplace.clear()
        if self._notice.text == INVITATION:
            self._notice.hide()
        self._take_width()
        ids = list(map(self._id, self._lesson.chapters))
        self._number = ids.index(self._preferences.text("lesson_chapter", ids[0], ids))
        self._show_titles()
        self._show_chapter(self._number)

    def _take_width(self) -> None:
        """Take as much of the window's width as the type needs."""
        self.dock.take(round(WIDTH * self._scale))

    def _leave(self) -> None:
        """Give back what was there before."""
        before, self._before = self._before, None
        assert before is not None
        self._watching, self._awaited = False, None
        self._facts.end()
        self._stage.clear()
        self._workplace.give_back(before)
        self._go_to(before.position)

    def _show_chapter(self, number: int) -> None:
        """Show a chapter and set the program up for it."""
        assert self._lesson is not None
        chapter = self._lesson.chapters[number]
        self._number, self._watching, self._is_done = number, False, False
        self._preferences.set("lesson_chapter", self._id(chapter))
        self._stage.clear()
        self.view.show_chapter(chapter, number, self._lesson.folder)
        self._workplace.set_up(chapter.setup, self._lesson.folder)
        self._stage.set(chapter)
        position = chapter.setup.position
        self._go_to(self._session.runs.length if position is None else position)

    def _go_to(self, position: int) -> None:
        """Show an iteration, as soon as there is one of that number."""
        self._session.playback.seek(position)
        self._awaited = position if position and self._session.runs.training else None
        if self._awaited is None:
            self._start_watching()

    def _on_ended(self) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            self._session.playback.seek(awaited)
            self._start_watching()
        self._check()

    def _start_watching(self) -> None:
        if self._before is None or self._lesson is None:
            return
        self._facts.begin()
        self._watching = True
        if self._id(self._lesson.chapters[self._number]) in self._preferences.texts("lesson_done"):
            self._is_done = True
            self.view.set_done(True)

    def _on_answered(self, answer: str | float) -> None:
        assert self._lesson is not None
        question = self._lesson.chapters[self._number].question
        if question is not None:
            right = question.is_right(answer)
            self._facts.answer(right)
            self.view.set_verdict("" if right else question.wrong, right)
            self._check()

    def _on_link_followed(self, link: QUrl) -> None:
        assert self._lesson is not None
        number = self._links.follow(link, self._lesson)
        if number is not None:
            self._show_chapter(number)

    def _check(self) -> None:
        """Notice that the task is done; nothing is looked up once it is, or without a lesson."""
        if not self._watching or self._is_done or self._lesson is None:
            return
        if self._session.runs.record.last is None:
            return
        chapter = self._lesson.chapters[self._number]
        if chapter.done.holds(self._facts):
            self._is_done = True
            done = self._preferences.texts("lesson_done")
            self._preferences.set("lesson_done", [*done, self._id(chapter)])
            self.view.set_done(True)
            self._show_titles()

    def _show_titles(self) -> None:
        assert self._lesson is not None
        chapters, done = self._lesson.chapters, self._preferences.texts("lesson_done")
        self.view.set_titles(
            [chapter.title for chapter in chapters],
            [self._id(chapter) in done for chapter in chapters],
        )

    def _id(self, chapter: "Chapter") -> str:
        """Return what a chapter is remembered by."""
        assert self._lesson is not None
        return f"{self._lesson.folder.name}/{chapter.name}"
