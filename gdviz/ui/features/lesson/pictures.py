"""Pictures: those of a chapter, out of its folder, and no larger than can be shown at once."""

import struct
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QImageReader

from gdviz.core.files import FileError, content, quoted
from gdviz.core.lessons.beside import beside

MOST_BYTES = 2_000_000
MOST_PIXELS = 4_000_000
MOST_PICTURES, MOST_PIXELS_IN_ALL = 20, 8_000_000
MOST_SCANS = 50
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
# Of the rest a few bytes can stand for as many as one likes.
PARTS_OF_PNG = b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"
START_OF_SCAN = b"\xff\xda"
PLACEHOLDER_PX = 24


class PictureError(Exception):
    """A picture that isn't shown; the text says why."""


class Pictures:
    """The pictures of one chapter, read when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, QImage] = {}
        self._placeholder = placeholder()
        self._refused: dict[str, str] = {}
        self._pixels = 0

    def picture(self, url: QUrl) -> QImage:
        """Return a picture; a grey square in place of one that can't be shown.

        It is never null: then Qt would look for the file itself, wherever it is.
        """
        name = url.toString()
        if name not in self._known:
            try:
                self._known[name] = self._read(url)
            except (FileError, PictureError) as error:
                self._known[name] = self._placeholder
                self._refused[name] = str(error)
        return self._known[name]

    def refusal(self, url: QUrl) -> str:
        """Return why a picture isn't shown; empty if it is."""
        self.picture(url)
        return self._refused.get(url.toString(), "")

    def _read(self, url: QUrl) -> QImage:
        name = url.path(QUrl.ComponentFormattingOption.FullyDecoded)
        shown = quoted(url.toString())
        if not url.isRelative() or url.authority() or not name:
            raise PictureError(f"{shown} isn't shown: a picture is a file in the lesson's folder.")
        if len(self._known) >= MOST_PICTURES:
            raise PictureError(f"{shown} isn't shown: a chapter has {MOST_PICTURES} at most.")
        path = beside(name, self._folder)
        return self._decoded(path, content(path, MOST_BYTES))

    def _decoded(self, path: Path, read: bytes) -> QImage:
        if read.startswith(PNG):
            kind, read = b"png", bare_png(read)
        elif read.startswith(JPEG) and read.count(START_OF_SCAN) <= MOST_SCANS:
            kind = b"jpeg"
        else:
            raise FileError(path, "isn't shown: it is no picture in PNG or JPEG. Save it as one.")
        buffer = QBuffer()
        buffer.setData(QByteArray(read))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer, QByteArray(kind))
        reader.setAutoDetectImageFormat(False)
        reader.setAutoTransform(True)
        self._take_room(path, reader.size())
        picture = reader.read()
        if picture.isNull():
            raise FileError(path, "isn't shown: it is damaged. Save it anew.")
        return picture

    def _take_room(self, path: Path, size: QSize) -> None:
        pixels = size.width() * size.height()
        if not 0 < pixels <= MOST_PIXELS:
            most = f"{MOST_PIXELS:,} pixels"
            raise FileError(path, f"isn't shown: a picture has at most {most}. Save a smaller one.")
        if self._pixels + pixels > MOST_PIXELS_IN_ALL:
            most = f"{MOST_PIXELS_IN_ALL:,} pixels"
            raise FileError(path, f"isn't shown: all pictures of a chapter have at most {most}.")
        self._pixels += pixels


def placeholder() -> QImage:
    """Return what stands for a picture that isn't shown."""
    image = QImage(PLACEHOLDER_PX, PLACEHOLDER_PX, QImage.Format.Format_RGB32)
    image.fill(QColor(Qt.GlobalColor.gray))
    return image


def bare_png(read: bytes) -> bytes:
    """Return a PNG without its comments, colour profiles and the like."""
    return PNG + b"".join(part for kind, part in _parts(read) if kind in PARTS_OF_PNG)


def _parts(read: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG)
    while place + 12 <= len(read):
        length, kind = struct.unpack_from(">I4s", read, place)
        yield kind, read[place : place + 12 + length]
        place += 12 + length
