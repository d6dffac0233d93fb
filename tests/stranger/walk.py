"""The walk: an event of a stranger, then a look whether all is well, and so on."""

import time
from collections import deque
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from complaints import Complaints
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget
from silence import TURN_MS, Silence

from stranger.acts import act
from stranger.events import Events
from stranger.hand import Hand
from stranger.watch import at_rest, glance_at, look_at, unreadable

# So many turns of the loop after an event what follows from it has happened and been painted.
TURNS = 4
# So long a run may go on, so long an event may be on its way, and what is being laid out may last:
# that long by the clock, and so many turns, of which there are few on a busy machine.
PATIENCE_S, ARRIVAL_S, REST_S, REST_TURNS = 0.4, 10.0, 0.5, 60
LOOK_EVERY = 100
TOLD = 30


class Walk(QObject):
    """Lets a stranger do something, waits until it is done, looks, and goes on.

    It goes on from a timer, for dialogs and menus have event loops of their own. As there is no
    window manager, it also does what one does: the newest window gets the keyboard, one that wants
    the full screen gets it.

    Attributes
    ----------
    problems : list of str
        What went wrong; then the walk is over.
    """

    def __init__(
        self, window: QMainWindow, seed: int, folder: Path, only: Iterable[int] | None = None
    ) -> None:
        super().__init__()
        self._window, self._hand = window, Hand()
        self._seed, self._folder = seed, folder
        self._numbers = iter(only) if only is not None else count(1)
        self.problems: list[str] = []
        self.events = self.looks = self.glances = 0
        self.done: list[int] = []
        self.told: deque[str] = deque(maxlen=TOLD)
        self.silence, self._complaints = Silence(), Complaints()
        self._act: Events = iter(())
        self._timer, self._loop = QTimer(self), QEventLoop(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_turn)
        self._turns, self._since = 0, time.monotonic()
        self._busy = self._aside = self._looked = False
        self._wrong_since, self._wrong_turns = 0.0, 0
        self._waited_for: object = None
        self._size_before: tuple[int, int] | None = None
        window.installEventFilter(self)

    def go(self, events: int) -> None:
        """Go until so many events are done, or something is wrong."""
        self._last = self.events + events
        self.silence.begin()
        with self._complaints.listening():
            self._send_mark()
            self._timer.start(TURN_MS)
            self._loop.exec()
        self._window.removeEventFilter(self)
        self._hand.close()

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay: whoever quits sees nothing more."""
        if event.type() is QEvent.Type.Close:
            event.ignore()
            return True
        return False

    def _on_turn(self) -> None:
        silent = self.silence.end()
        if not self._busy:
            self._busy = True
            try:
                self._go_on(silent)
            finally:
                self._busy = False
        self.silence.begin()

    def _go_on(self, silent: str) -> None:
        # Qt's own dialog lists whatever lies beside the file; users see that of their system.
        if silent and not isinstance(QApplication.activeModalWidget(), QFileDialog):
            self._fail([silent])
        elif not self._hand.arrived:
            if time.monotonic() - self._since > ARRIVAL_S:
                self._fail(["the event never arrived"])
        elif self._settled():
            # What wants the full screen has it only when a window manager has given it.
            if self._managed():
                return
            if problems := self._wrong():
                self._fail_if_they_stay(problems)
                return
            self._wrong_since, self._wrong_turns = 0.0, 0
            if not self._looked_closely():
                self._do_next()

    def _settled(self) -> bool:
        """Return whether the last event has had its effect."""
        self._turns += 1
        if self._turns < TURNS:
            return False
        runs = self._window.session.runs
        if runs.busy and runs.experiment is not self._waited_for:
            if time.monotonic() - self._since < PATIENCE_S:
                return False
            # It goes on for long, beside what is done next.
            self._waited_for = runs.experiment
        return True

    def _fail_if_they_stay(self, problems: list[str]) -> None:
        """Let what is still being laid out come to rest: nobody reads a text in that time."""
        now = time.monotonic()
        self._wrong_since, self._wrong_turns = self._wrong_since or now, self._wrong_turns + 1
        rested = now > self._wrong_since + REST_S and self._wrong_turns > REST_TURNS
        if self._complaints.heard or rested:
            self._fail(problems)

    def _wrong(self) -> list[str]:
        """Return what the last event has brought about that it shouldn't have."""
        if self._complaints.heard:
            return self._complaints.heard
        return [f"clipped: {line}" for line in unreadable()]

    def _looked_closely(self) -> bool:
        """Look at the pictures, and go nearer now and then, or in doubt; return whether it did."""
        if not at_rest(self._window):
            return False
        doubted = bool(glance_at(self._window))
        self.glances += 1
        if not doubted and self.events < (self.looks + 1) * LOOK_EVERY:
            return False
        if not self._aside:
            # A picture speaks of what is under the mouse.
            self._aside = True
            self._hand.move(self._window.width() - 3, 3)
            self._send_mark()
        elif not self._looked:
            self._looked = True
            self.looks = max(self.looks, self.events // LOOK_EVERY)
            if problems := look_at(self._window):
                self._fail(problems)
        else:
            return False
        return True

    def _managed(self) -> bool:
        """Do what a window manager does; return whether there was something to do."""
        window = self._window
        if window.isFullScreen() is (self._size_before is None):
            screen = window.screen().size().toTuple()
            size = screen if window.isFullScreen() else self._size_before
            self._size_before = window.size().toTuple() if window.isFullScreen() else None
            self._hand.resize(window.winId(), *size)
        elif (
            self._front() is not QApplication.activeWindow()
            and not QApplication.activePopupWidget()
        ):
            self._hand.focus(self._front().winId())
        else:
            return False
        self._send_mark()
        return True

    def _front(self) -> QWidget:
        return QApplication.activeModalWidget() or self._window

    def _do_next(self) -> None:
        if self.events >= self._last:
            self._end()
            return
        QApplication.setDoubleClickInterval(0)
        while True:
            event = next(self._act, None)
            if event is not None:
                break
            number = next(self._numbers, None)
            if number is None:
                self._end()
                return
            self.done.append(number)
            self._act = act(self._window, self._seed, number, self._folder)
        self._aside = self._looked = False
        text, do = event
        self.events += 1
        self.told.append(f"{self.events:5} act {self.done[-1]:4}  {text}")
        do(self._hand)
        self._send_mark()

    def _send_mark(self) -> None:
        self._turns, self._since = 0, time.monotonic()
        self._hand.mark(self._window.winId())

    def _fail(self, problems: list[str]) -> None:
        self.problems += problems
        self._end()

    def _end(self) -> None:
        """Leave all event loops, those of what is open first."""
        self._timer.stop()
        self._loop.quit()
        while popup := QApplication.activePopupWidget():
            popup.close()
        while dialog := QApplication.activeModalWidget():
            dialog.reject()
