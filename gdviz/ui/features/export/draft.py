"""Draft: a picture as it will be written, drawn by itself while the window stays as it is."""

from math import ceil
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gdviz.core.format import Format
from gdviz.ui.features.export.painted import Painted
from gdviz.ui.features.export.pictures import (
    PICTURE_KINDS,
    View,
    caption_height,
    export_picture,
    in_strips,
    picture,
    shapes,
)
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.splitter import Splitter
from gdviz.ui.theme import Theme, printed
from gdviz.ui.widgets.saving import checked_kind
from gdviz.ui.widgets.writer import Pieces

# The rows of a figure have their heights only when it has its own, and what is in them then.
ROUNDS = 2
# So many pixels are painted between two turns of the event loop, about: it takes some 50 ms.
STRIP_PIXELS, WHOLE = 2**21, 8


class Draft:
    """A picture in the size and the looks of a format.

    Parameters
    ----------
    view : View
        A view of its own.
    shown : View
        The one of the window.
    caption : str
        What can stand below.
    """

    def __init__(self, view: View, shown: View, caption: str) -> None:
        self._view, self._shown_size, self._shown_theme = view, shown.size(), shown.theme
        self._shares = [splitter.sizes() for splitter in _splitters(shown)]
        self._possible_caption = self._caption = caption
        self._scale, self._pixels = 1.0, QSize()

    def take(self, chosen: Format, scale: float = 1) -> None:
        """Take another format, in which a PNG is so many times as large."""
        theme = printed(self._shown_theme, chosen)
        self._caption = self._possible_caption if chosen.caption else ""
        self._scale = chosen.scale
        size = self._shown_size
        below = caption_height(theme, size.width(), self._caption)
        self._pixels = (size + QSize(0, below)) * self._scale
        if chosen.pixels is not None:
            self._pixels = QSize(*chosen.pixels)
            size = (self._pixels / self._scale).expandedTo(QSize(1, 1))
            below = caption_height(theme, size.width(), self._caption)
            size.setHeight(max(size.height() - below, 1))
        self._scale, self._pixels = self._scale * scale, self._pixels * scale
        self._lay_out(size, theme, silent=not chosen.legend)

    @property
    def pixels(self) -> QSize:
        """How large it is as a PNG."""
        return self._pixels

    def image(self, width: int) -> QImage:
        """Return the picture, as it will be written, so many pixels wide."""
        share = width / self._pixels.width()
        return picture(self._view, self._scale * share, self._caption, self._pixels * share)

    def write(self, path: Path, about: str) -> None:
        """Write the picture, at once; may raise a `SavingError`."""
        export_picture(
            self._view, path, scale=self._scale, caption=self._caption, about=about,
            pixels=self._pixels, strip=self._strip,
        )  # fmt: skip

    def pieces(self, path: Path, about: str) -> Pieces:
        """Return the file in pieces, while none of which the window has to wait for long.

        May raise a `SavingError`.
        """
        kind = checked_kind(path, PICTURE_KINDS)
        if kind == ".png":
            looks = self._view, self._scale, self._caption, self._pixels, self._strip
            return Painted(in_strips(*looks), self._n_strips, about)
        return [bytes(shapes(kind, self._view, self._caption, about).data())]

    @property
    def _strip(self) -> int:
        """How high a strip is, in pixels of the view, as many as are whole ones of any PNG."""
        height = STRIP_PIXELS / self._pixels.width() / self._scale
        return max(round(height / WHOLE), 1) * WHOLE

    @property
    def _n_strips(self) -> int:
        return ceil(self._pixels.height() / self._scale / self._strip)

    def close(self) -> None:
        """Draw nothing any more."""
        self._view.deleteLater()

    def _lay_out(self, size: QSize, theme: Theme, *, silent: bool) -> None:
        """Lay out the view as it would be if it were shown."""
        view = self._view
        parts = view.views if isinstance(view, Figure) else (view,)
        view.set_theme(theme)
        for part in parts:
            part.legend.set_silent(silent)
        view.resize(size)
        for _ in range(ROUNDS):
            # Qt tells what isn't shown of its size only when it is painted; one pixel is enough.
            view.grab(QRect(0, 0, 1, 1))
            for splitter, sizes in zip(_splitters(view), self._shares, strict=True):
                splitter.refresh()  # it has not seen who came and went
                splitter.setSizes(sizes)
            for part in (view, *parts):
                QApplication.sendPostedEvents(part, QEvent.Type.LayoutRequest)


def _splitters(view: View) -> tuple[Splitter, ...]:
    return view.splitters if isinstance(view, Figure) else ()
