"""What Python and Qt complain of while nobody catches it."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

# The offscreen platform says this of windows, menus and more.
OF_NO_CONCERN = "This plugin does not support "


class Complaints:
    """Collects what Python and Qt complain of."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear them instead of whoever heard them before."""
        hook, sys.excepthook = sys.excepthook, self._hear_exception
        handler = qInstallMessageHandler(self._hear_message)
        try:
            yield
        finally:
            sys.excepthook = hook
            qInstallMessageHandler(handler)

    def _hear_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self.heard.append("".join(traceback.format_exception(kind, error, trace)))

    def _hear_message(self, kind: QtMsgType, _context: object, text: str) -> None:
        told = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if not (told or text.startswith(OF_NO_CONCERN)):
            self.heard.append(f"Qt: {text}")
