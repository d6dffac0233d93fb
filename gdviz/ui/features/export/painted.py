"""Painted: a PNG in pieces, painted between turns of the event loop and encoded beside them."""

from collections.abc import Iterator
from queue import Queue

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gdviz.ui.features.export.pictures import png


class Painted(QObject):
    """The pieces of a PNG, as a thread of its own takes them; see `Pieces`.

    Parameters
    ----------
    strips : iterator of QImage
        The image, so often as this says, each time with another strip of it painted.
    about : str
        What the file tells of its run.
    """

    _wanted = Signal()

    def __init__(self, strips: Iterator[QImage], length: int, about: str) -> None:
        super().__init__()
        self._strips, self._length, self._about = strips, length, about
        self._image = QImage()
        self._results: Queue[Exception | None] = Queue()
        self._wanted.connect(self._paint)

    def __len__(self) -> int:
        return self._length + 1

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(self._length):
            self._wanted.emit()
            fault = self._results.get()
            if fault is not None:
                raise fault
            yield b""
        yield bytes(png(self._image, self._about).data())

    def _paint(self) -> None:
        """Paint a strip, in the thread of this object: no other may."""
        try:
            self._image = next(self._strips)
            self._results.put(None)
        except Exception as error:  # Whatever it is, who waits for the file is told.
            self._results.put(error)
