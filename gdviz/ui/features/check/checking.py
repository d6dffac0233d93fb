"""Checking: the dock that says where a learner's own loop goes wrong, and shows it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from gdviz.core.check.logs.log_file import LOG_SUFFIXES, log_text
from gdviz.core.descent.descent import Experiment
from gdviz.core.files import named
from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.check.beside import NO_ROOM, Beside
from gdviz.ui.features.check.tasks import Tasks, go_on
from gdviz.ui.features.check.used import as_used, differing, known, last_iteration
from gdviz.ui.running.session import Session
from gdviz.ui.widgets.dock import RIGHT, Dock
from gdviz.ui.widgets.saving import own_folder

if TYPE_CHECKING:
    from gdviz.core.check.logs.reading import Sheet
    from gdviz.core.check.verdict import Diagnosis, Given
    from gdviz.ui.features.check.check_view import CheckView

LOG_FILTER = f"Logs ({' '.join(f'*{suffix}' for suffix in LOG_SUFFIXES)});;All files (*)"
# Typing is read once it rests.
REST_MS = 150
# To read more would hold up the window again and again.
MOST_LETTERS = 5_000_000
TOO_LONG = "This text is longer than 5 MB. Print less: every 100th line is enough."
SHOWN = "In every picture, “yours” is your run, beside the right one."
YOUR_LOG = "your log"
OTHER_SETTINGS = "The window shows another run. Yours had: {told}."
SUMMARISED = (
    "To go through a loop takes all rows, and these were only summarised. Open a part of them."
)
OTHER_DATA = "The data are others now: check again."


class Pasted(Protocol):
    """A text, or a file."""

    @property
    def path(self) -> Path:
        """Where it lies, if there is no text."""

    @property
    def text(self) -> str | None:
        """What was pasted."""


class Checking(Feature):
    """Reads, checks and shows a log.

    Signals
    -------
    said(str)
        What came out.
    checked(str)
        There is another result: ``agrees`` or ``differs``.
    """

    said = Signal(str)
    checked = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._beside = Beside(session)
        self._sheet: Sheet | None = None
        # Whether the log was dropped on the window, say, rather than typed into the box.
        self._is_brought = False
        self._diagnosis: Diagnosis | None = None
        self._given: Given | None = None
        self._dataset = session.runs.experiment.dataset
        self._name, self._number = YOUR_LOG, 0
        self._tasks = Tasks(self)
        self._reading = QTimer(self, singleShot=True, interval=REST_MS)
        self._reading.timeout.connect(self._read)
        self.dock = Dock("Check", RIGHT, "Ctrl+M", self._make_view, "Check my &work", tall=True)
        self.docks = (self.dock,)
        session.runs.experiment_changed.connect(self._follow)

    def menus(self) -> Menus:
        """Return its commands."""
        return {"&Help": [self.dock.toggleViewAction()]}

    def open(self, found: Pasted) -> None:
        """Open the dock with what was pasted or dropped."""
        if found.text is None:
            self.open_file(found.path)
        else:
            self.open_text(found.text)

    def open_text(self, text: str, name: str = YOUR_LOG) -> None:
        """Open the dock with a log that was pasted or dropped."""
        self.dock.open()
        self.dock.content.show_log()
        self.dock.content.log.set_text(text)
        self._name, self._is_brought = name, True

    def open_file(self, path: Path) -> None:
        """Open the dock with the log in a file."""
        self.dock.open()
        self.dock.content.show_log()
        self._tasks.do(partial(log_text, path), partial(self.open_text, name=named(path)))

    def close(self) -> None:
        """End what is under way."""
        self._reading.stop()
        self._tasks.drop()

    def _make_view(self) -> "CheckView":
        from gdviz.ui.features.check.check_view import CheckView

        view = CheckView()
        view.said.connect(self.said)
        view.log.text_changed.connect(self._on_text)
        view.log.file_requested.connect(self._choose_file)
        view.log.file_dropped.connect(self.open_file)
        view.log.roles_changed.connect(partial(view.log.say, ""))
        view.log.check_requested.connect(self._check)
        view.log.cancel_requested.connect(self._tasks.drop)
        self._tasks.slow.connect(view.log.set_busy)
        self._tasks.failed.connect(view.say)
        view.answer.chosen.connect(self._on_chosen)
        view.answer.run_requested.connect(self._show_run)
        view.answer.part_requested.connect(self._go_where_they_part)
        view.answer.settings_requested.connect(self._use_settings)
        view.log.follow(self._session.runs.experiment)
        return view

    def _choose_file(self) -> None:
        title = "Open what your program printed"
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(own_folder()), LOG_FILTER)
        if name:
            self.open_file(Path(name))

    def _on_text(self) -> None:
        """Read what is in the box, once it rests."""
        self._tasks.drop()
        self._sheet, self._name, self._is_brought = None, YOUR_LOG, False
        self.dock.content.log.set_sheet(None)
        self._reading.start()

    def _read(self) -> None:
        from gdviz.core.check.logs.reading import read_sheet

        text = self.dock.content.log.text
        if len(text) > MOST_LETTERS:
            self.dock.content.say(TOO_LONG)
        elif text.strip():
            self._tasks.do(partial(read_sheet, text), self._show_sheet)

    def _show_sheet(self, sheet: "Sheet") -> None:
        self._sheet = sheet
        self.dock.content.log.set_sheet(sheet)
        if self._is_brought:
            self.dock.content.log.ready()

    def _check(self) -> None:
        """Compare the log with the right run."""
        from gdviz.core.check.diagnosis import diagnose

        sheet, page = self._sheet, self.dock.content.log
        if sheet is None:
            return
        page.say("")
        self._diagnosis = None
        if self._session.runs.experiment.dataset.whole is not None:
            page.say(SUMMARISED)
            return
        self._given, self._dataset = page.given, self._session.runs.experiment.dataset
        roles, given, dataset = page.roles, self._given, self._dataset
        self._tasks.do(lambda: diagnose(sheet.log(roles), dataset, given, go_on), self._show)

    def _show(self, diagnosis: "Diagnosis") -> None:
        """Show what came out, in the dock and in the pictures."""
        if self._session.runs.experiment.dataset is not self._dataset:
            self.dock.content.say(OTHER_DATA)
            return
        self._diagnosis, self._number = diagnosis, 0
        self.dock.content.show_answer(diagnosis)
        self._offer_settings()
        if diagnosis.agrees:
            self._beside.show(None)
            self.dock.content.answer.offer(run=diagnosis.log.weight is not None)
        else:
            self._show_run()
        self.checked.emit("agrees" if diagnosis.agrees else "differs")

    def _on_chosen(self, number: int) -> None:
        self._number = number
        self._show_run()

    def _show_run(self) -> None:
        """Show the learner's run beside the right one, where they part."""
        from gdviz.core.check.importing import run_of, run_of_walk
        from gdviz.core.check.logs.log import LogError

        diagnosis, answer = self._diagnosis, self.dock.content.answer
        if diagnosis is None:
            return
        data, bias, remark = self._dataset, self._session.runs.experiment.start.bias, ""
        try:
            if diagnosis.explanations:
                walk = diagnosis.explanations[self._number].walk
                run = run_of_walk(walk, data, self._name)
            else:
                run, remark = run_of(diagnosis.log, data, self._name, bias)
        except LogError as error:
            self._beside.show(None)
            reason = str(error)
            answer.say_of_pictures(f"{reason[0].upper()}{reason[1:]}")
            return
        place = self._beside.show(run)
        is_shown = place is not None
        answer.set_shown(self._number if is_shown else None)
        answer.say_of_pictures(f"{SHOWN} {remark}".strip() if is_shown else NO_ROOM, place)
        answer.offer(run=not is_shown, part=is_shown and not diagnosis.agrees)
        if is_shown:
            self._go_where_they_part()

    def _go_where_they_part(self) -> None:
        difference = self._diagnosis and self._diagnosis.difference
        if difference:
            self._session.playback.pause()
            self._session.playback.seek(self._beside.recorded_from(difference.iteration))

    def _used_experiment(self, diagnosis: "Diagnosis") -> Experiment:
        """Return the right run, with the settings that the learner's loop had."""
        given, found_out = self._given, diagnosis.found_out
        used = found_out if given is None else known(given, found_out)
        return as_used(self._session.runs.experiment, used, last_iteration(diagnosis.log))

    def _offer_settings(self) -> None:
        if (diagnosis := self._diagnosis) is not None:
            used = self._used_experiment(diagnosis)
            told = differing(self._session.runs.experiment, used)
            text = told and OTHER_SETTINGS.format(told=told)
            self.dock.content.answer.offer_settings(text)

    def _use_settings(self) -> None:
        if self._diagnosis is not None:
            self._session.undo.change(self._used_experiment(self._diagnosis), "use your settings")
            self._go_where_they_part()

    def _follow(self) -> None:
        """Offer other settings; an answer for other data is none any more."""
        if not self.dock.is_made:
            return
        experiment, view = self._session.runs.experiment, self.dock.content
        view.log.follow(experiment)
        if self._diagnosis is None:
            return
        if experiment.dataset is not self._dataset:
            self._diagnosis = None
            view.say(OTHER_DATA)
        else:
            self._offer_settings()
