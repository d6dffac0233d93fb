"""Interrupting: Ctrl+C in the terminal closes the window.

While Qt waits for events no Python runs, so a signal would wait, too; and what it raises would be
lost in whatever Qt has called. Python writes the signal's number into a socket instead, which Qt
waits for like for any other event: nothing has to wake up now and then to look.
"""

import signal
import socket

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

# What a shell expects of a program that Ctrl+C has ended.
STATUS = 130


class Interrupting:
    """Closes a window as by its own button: what isn't saved is asked about.

    Ctrl+C once more, while that is asked, ends the program without an answer.

    Attributes
    ----------
    status : int
        130 if it was used and the window is closed, else 0.
    """

    def __init__(self) -> None:
        self.status = 0
        self._window: QWidget | None = None
        self._inbox, self._outbox = socket.socketpair()
        for end in (self._inbox, self._outbox):
            end.setblocking(False)
        self._handler = signal.signal(signal.SIGINT, lambda *_: None)
        self._before = signal.set_wakeup_fd(self._outbox.fileno(), warn_on_full_buffer=False)

    def watch(self, window: QWidget) -> None:
        """Close this window; a signal that has come before counts."""
        self._window = window
        self._notifier = QSocketNotifier(self._inbox.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_signal)

    def stop(self) -> None:
        """Leave signals to Python again."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        signal.signal(signal.SIGINT, self._handler)
        self._inbox.close()
        self._outbox.close()

    def _on_signal(self) -> None:
        if signal.SIGINT in self._inbox.recv(4096):
            self._close()

    def _close(self) -> None:
        assert self._window is not None
        asked_before, self.status = self.status == STATUS, STATUS
        if asked_before:
            QApplication.exit(STATUS)
            return
        while (dialog := QApplication.activeModalWidget()) is not None and dialog.close():
            pass  # what isn't finished isn't wanted
        if not self._window.close():
            self.status = 0
