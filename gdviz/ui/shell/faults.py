"""Faults: exceptions that nobody expected are told, and the window stays usable.

Qt calls slots, and what they raise would only be printed, where nobody looks. What a worker has
caught, so that its own window may say it, is logged.
"""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gdviz.ui.shell.last_actions import LastActions
from gdviz.ui.shell.report import Fault, fault_of, report

if TYPE_CHECKING:
    from gdviz.ui.shell.fault_dialog import FaultDialog

LOGGER = logging.getLogger("gdviz")
# What large data and extreme settings lead to is nobody's mistake.
EXPECTED = MemoryError, OverflowError


class Faults(QObject):
    """Opens a dialog at each new fault, in whatever thread; a known one is only counted.

    A picture that can't be painted fails once for every frame.
    """

    _happened = Signal(object)

    def __init__(self, window: QWidget, actions: LastActions) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._counts: dict[Fault, int] = {}
        self._dialog: FaultDialog | None = None
        # Never at once: it may be in the midst of painting, or in another thread.
        self._happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Be told of what is raised from now on."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_raised
        threading.excepthook = self._on_raised_in_thread
        self._log = _Log(self._on_logged)
        LOGGER.addHandler(self._log)

    def remove(self) -> None:
        """Leave it to Python again; say in the terminal what there is no window for any more."""
        sys.excepthook, threading.excepthook = self._before
        LOGGER.removeHandler(self._log)
        QCoreApplication.sendPostedEvents(self)

    def _on_raised(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        del kind
        self._happened.emit(fault_of(error.with_traceback(trace)))
        # Python keeps the last one, and with it all that was at hand there.
        sys.last_type = sys.last_value = sys.last_traceback = None

    def _on_raised_in_thread(self, raised: threading.ExceptHookArgs) -> None:
        if raised.exc_value is not None:
            self._happened.emit(fault_of(raised.exc_value, "In a thread:"))

    def _on_logged(self, error: BaseException) -> None:
        if not isinstance(error, EXPECTED):
            self._happened.emit(fault_of(error))

    def _on_happened(self, fault: Fault) -> None:
        is_new = fault not in self._counts
        self._counts[fault] = self._counts.get(fault, 0) + 1
        sentence = f"gdviz made a mistake: {fault.kind} in {fault.place}."
        if not self._window.isVisible():
            print(f"gdviz: {sentence}", file=sys.stderr)
            return
        dialog = self._dialog if self._dialog is not None and isValid(self._dialog) else None
        if dialog is None and not is_new:
            return
        if dialog is None:
            from gdviz.ui.shell.fault_dialog import FaultDialog

            dialog = self._dialog = FaultDialog(QApplication.activeModalWidget() or self._window)
        number = sum(self._counts.values())
        seen = f" That is the last of {number}." if number > 1 else ""
        dialog.tell(sentence + seen, report(self._counts.items(), self._actions))
        dialog.show()


class _Log(logging.Handler):
    """Hands on the exceptions that are logged, in whatever thread."""

    def __init__(self, tell: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self._tell(record.exc_info[1])
