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
    strips : iterator of QImage or None
        The image, each time with another strip of it painted; None where none is done yet.
    length : int
        How many strips there are.
    about : str
        What the file tells of its run.
    """

    _wanted = Signal()

    def __init__(self, strips: Iterator[QImage | None], length: int, about: str) -> None:
        super().__init__()
        self._strips, self._length, self._about = strips, length, about
        self._results: Queue[Exception | QImage | None] = Queue()
        self._wanted.connect(self._paint)

    def __len__(self) -> int:
        return self._length + 1

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(self._length):
            image = self._next_strip()
            yield b""
        yield bytes(png(image, self._about).data())

    def _next_strip(self) -> QImage:
        while True:
            self._wanted.emit()
            result = self._results.get()
            if isinstance(result, Exception):
                raise result
            if result is not None:
                return result

    def _paint(self) -> None:
        """Paint a strip, or prepare one, in the thread of this object: no other may."""
        try:
            self._results.put(next(self._strips))
        except Exception as error:  # Whatever it is, who waits for the file is told.
            self._results.put(error)
