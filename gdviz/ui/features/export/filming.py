"""Filming: a film is made while the window goes on: painted in slices, encoded in a thread."""

from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from gdviz.core.descent.timing import Timing
from gdviz.ui.features.export.film import SAMPLES
from gdviz.ui.features.export.frames import Stage
from gdviz.ui.features.export.palette import Pixels
from gdviz.ui.widgets.saving import SavingError, whole_file

# Between two frames the window has its turn; and no more than a few wait to be encoded.
REST_MS, MOST_WAITING = 4, 4


class Filming(QObject):
    """Paints frames one by one, here where alone that can be done, and has them encoded.

    Parameters
    ----------
    stage : Stage
        What is filmed; it is taken down when that is over.
    encoded : callable
        Makes a file's bytes of frames.

    Attributes
    ----------
    length : int
        How many frames are painted in all.

    Signals
    -------
    painted(int)
        So many frames are painted.
    ended(str)
        The file is whole, if the text is empty; else the text says why there is none.
    """

    painted = Signal(int)
    ended = Signal(str)

    def __init__(
        self, stage: Stage, timing: Timing, encoded: Callable[[Iterator[Pixels]], bytes],
        target: Path, parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._stage, self._frames = stage, stage.frames(timing, SAMPLES)
        self.length, self._count = SAMPLES + timing.frames, 0
        self._thread = _Encoder(encoded, target)
        self._thread.finished.connect(self._on_finished)
        self._timer = QTimer(self, interval=REST_MS)
        self._timer.timeout.connect(self._paint)

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        self._timer.start()

    def cancel(self) -> None:
        """End without a file; `ended` follows."""
        self._timer.stop()
        self._thread.cancel()

    def close(self) -> None:
        """End at once, without a file; `ended` has followed by then."""
        self._thread.finished.disconnect(self._on_finished)
        self.cancel()
        self._thread.wait()
        self._on_finished()

    def _paint(self) -> None:
        """Paint a frame, if there is another and there is room for it."""
        waiting = self._thread.waiting
        if waiting.full():
            return
        frame = next(self._frames, None)
        waiting.put(frame)
        if frame is None:
            self._timer.stop()
        else:
            self._count += 1
            self.painted.emit(self._count)

    def _on_finished(self) -> None:
        self._timer.stop()
        self._stage.close()
        self.ended.emit(self._thread.fault)


class _Encoder(QThread):
    """Encodes frames as they come; None is the end of them."""

    def __init__(self, encoded: Callable[[Iterator[Pixels]], bytes], target: Path) -> None:
        super().__init__()
        self._encoded, self._target = encoded, target
        self.waiting: Queue[Pixels | None] = Queue(MOST_WAITING + 1)
        self.fault = ""

    def cancel(self) -> None:
        """Take no more frames, and leave no file."""
        self.requestInterruption()
        if not self.waiting.full():
            self.waiting.put(None)  # it may wait for one

    def run(self) -> None:
        """Encode; Qt calls this in the new thread."""
        try:
            with whole_file(self._target) as device:
                device.write(self._encoded(self._taken()))
                self._give_up_if_asked()
        except SavingError as error:
            self.fault = str(error)
        except Exception as error:  # Whatever it is, the window says it and stays usable.
            self.fault = f"{self._target.name} could not be saved: {error!r}."

    def _taken(self) -> Iterator[Pixels]:
        while (frame := self.waiting.get()) is not None:
            self._give_up_if_asked()
            yield frame
        self._give_up_if_asked()

    def _give_up_if_asked(self) -> None:
        if self.isInterruptionRequested():
            name = self._target.name
            raise SavingError(f"Cancelled: nothing was saved, {name} is as it was.")
