"""Writer: the thread that writes a long text, and the dialog that shows how far it is."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtWidgets import QDialogButtonBox, QProgressBar, QWidget

from gdviz.ui.widgets.folding_dialog import FoldingDialog
from gdviz.ui.widgets.parts import folding_text, in_column, named

# Python runs one thread at a time: with a rest after each slice the window stays quick. They are
# longer than a worker's, for somebody waits for it, and looks at a dialog.
SLICE_S, REST_S = 0.0005, 0.0001
REFRESH_MS = 50
LEAST_LETTERS = 48


class Pieces(Protocol):
    """The pieces of a file, text or not, made while they are taken, and how many there are."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[str | bytes]: ...


class Writer(QThread):
    """Writes a file in pieces, until it is whole or an interruption is requested.

    Attributes
    ----------
    written : int
        How many pieces have been taken.
    saved, cancelled : bool
        How it ended, unless there was an `error`.
    """

    def __init__(self, pieces: Pieces, write: Callable[[Iterable[bytes]], None]) -> None:
        super().__init__()
        self._pieces, self._write = pieces, write
        self.length, self.written = len(pieces), 0
        self.saved = self.cancelled = False
        self.error: Exception | None = None

    def run(self) -> None:
        """Write; Qt calls this in the new thread."""
        try:
            self._write(self._paced())
            self.saved = True
        except _CancelledError:
            self.cancelled = True
        except Exception as error:  # Whatever it is, the window says it and stays usable.
            self.error = error

    def _paced(self) -> Iterator[bytes]:
        """Yield what was made of the file in a slice of time, and rest."""
        made, began = list[bytes](), time.perf_counter()
        for piece in self._pieces:
            made.append(piece.encode() if isinstance(piece, str) else piece)
            self.written += 1
            if time.perf_counter() - began > SLICE_S:
                yield b"".join(made)
                time.sleep(REST_S)
                if self.isInterruptionRequested():
                    raise _CancelledError
                made, began = [], time.perf_counter()
        yield b"".join(made)


class WriterDialog(FoldingDialog):
    """Shows how far a writer is, and lets it be cancelled; it closes when the writer has ended.

    Attributes
    ----------
    closes : bool
        Whether the window is to close when the file is saved.
    """

    def __init__(self, writer: Writer, name: str, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("writing")
        self.setWindowTitle("Saving")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.closes = False
        self._writer, self._name = writer, name
        self._text = folding_text("writing_text")
        metrics = self.fontMetrics()
        self._text.setMinimumWidth(LEAST_LETTERS * metrics.averageCharWidth())
        self._bar = named(QProgressBar(), "writing_progress", "How much is written")
        self._bar.setRange(0, writer.length)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.rejected.connect(self.reject)
        in_column(self._text, self._bar, self._buttons, of=self)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        writer.finished.connect(self.accept)

    def watch(self) -> None:
        """Stay open until the writer has ended."""
        self._say(f"Saving {self._name}…")
        self._refresh()
        self._timer.start()
        if not self._writer.isFinished():
            self.exec()
        self._writer.wait()
        self.deleteLater()

    def close_then(self) -> None:
        """Tell that the window waits for this, and closes then."""
        self.closes = True
        self._say(f"Saving {self._name}… The window closes when it is saved.")

    def reject(self) -> None:
        """Have the writer cancelled; the dialog stays until it has ended."""
        self.closes = False
        self._writer.requestInterruption()
        self._buttons.setEnabled(False)
        self._say("Cancelling…")

    def _refresh(self) -> None:
        self._bar.setValue(self._writer.written)

    def _say(self, text: str) -> None:
        self._text.setText(text)
        self.adjustSize()


class _CancelledError(Exception):
    """Who waits for the text would rather not have it."""
