"""Film: frames become an animated GIF, WebP or PNG, each holds only what is new in it; or a video.

The three formats want the same: rectangles of numbers of colours, each laid over what was there.
They are written here from one stream of those, for Pillow's own writers compare whole frames once
more, and need a multiple of the time.
"""

import html
import io
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.core.files import named
from gdviz.ui.features.export.palette import CLEAR, COLOURS, Indices, Palette, Pixels
from gdviz.ui.features.export.video import INSTALL, VIDEO_KINDS, can_encode, video
from gdviz.ui.widgets.saving import SavingError, checked_kind

ANIMATION_KINDS = (".gif", ".webp", ".apng")
FILM_KINDS = *ANIMATION_KINDS, *VIDEO_KINDS
# The palette is made of so many frames, which come before all others.
SAMPLES = 5
GIF_BITS = 6
# Of more, what stays is rather repeated: holes in it would take more room.
MOST_CHANGED = 0.5
# How a WebP says something of itself.
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>'
    '<rdf:li xml:lang="x-default">{}</rdf:li>'
    "</rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
)
assert COLOURS == 1 << GIF_BITS


class Change(NamedTuple):
    """What is new in a frame: a rectangle, and which of its pixels."""

    left: int
    top: int
    indices: Indices
    changed: NDArray[np.bool_]
    start_s: float
    end_s: float

    def part(self, coded: Callable[[Indices], bytes]) -> "Part":
        """Return it coded. What stays is left clear, unless there is so little that it's a hole."""
        indices = self.indices
        if self.changed.mean() < MOST_CHANGED:
            indices = np.where(self.changed, indices, np.uint8(CLEAR))
        height, width = indices.shape
        return Part(self.left, self.top, (width, height), coded(indices), self.start_s, self.end_s)


class Part(NamedTuple):
    """A change as a file holds it: its pixels are coded as the format has them."""

    left: int
    top: int
    size: tuple[int, int]
    pixels: bytes
    start_s: float
    end_s: float

    def ticks(self, per_s: int) -> int:
        """Return how long it stands; all together they last as long as the film."""
        return round(self.end_s * per_s) - round(self.start_s * per_s)


def checked_film(path: Path) -> str:
    """Return the kind of a film that is to be written.

    Raises
    ------
    SavingError
        If its name tells none, or what encodes this kind isn't there.
    """
    kind = checked_kind(path, FILM_KINDS)
    if kind in VIDEO_KINDS and not can_encode():
        raise SavingError(f"{named(path)} needs PyAV: {INSTALL}.")
    return kind


def film(kind: str, images: Iterable[Pixels], ends: list[float], loop: bool, comment: str) -> bytes:
    """Return the bytes of a film.

    Parameters
    ----------
    kind : str
        One of `FILM_KINDS`.
    images : iterable of ndarray of shape (height, width)
        First `SAMPLES` frames from anywhere in the film, then all.
    ends : list of float
        When each frame ends, in seconds.
    loop : bool
        Whether it begins again when it is over; a video leaves that to what plays it.
    comment : str
        What the file says of itself.
    """
    if kind in VIDEO_KINDS:
        return video(kind, islice(images, SAMPLES, None), ends, comment)
    rest = iter(images)
    palette = Palette(list(islice(rest, SAMPLES)))
    coded: Callable[[Indices], bytes]
    match kind:
        case ".gif":
            coded, write = _lzw, _gif
        case ".webp":
            coded, write = partial(_vp8l, palette), _webp
        case _:
            coded, write = _deflated, _apng
    # One after another, as they come: who paints them needn't wait, nor keep them.
    parts = [change.part(coded) for change in _changes(rest, palette, ends)]
    return b"".join(write(parts, palette, loop, comment))


def _changes(images: Iterator[Pixels], palette: Palette, ends: list[float]) -> Iterator[Change]:
    """Yield what is new in each frame; one that brings nothing new makes the last one longer."""
    before = next(images)
    shown = palette.indices(before)
    waiting = Change(0, 0, shown.copy(), np.ones(shown.shape, bool), 0.0, ends[0])
    for end_s, pixels in zip(ends[1:], images, strict=True):
        rows, columns = _box(pixels != before)
        part = palette.indices(pixels[rows, columns])
        changed = part != shown[rows, columns]
        shown[rows, columns], before = part, pixels
        if changed.any():
            yield waiting
            waiting = Change(columns.start, rows.start, part, changed, waiting.end_s, end_s)
        else:
            waiting = waiting._replace(end_s=end_s)
    yield waiting


def _box(different: NDArray[np.bool_]) -> tuple[slice, slice]:
    """Return the rows and columns that hold all differences; a WebP needs even corners."""
    bounds = []
    for axis in (1, 0):
        places = np.flatnonzero(different.any(axis=axis))
        first, last = (places[0], places[-1]) if len(places) else (0, -1)
        bounds.append(slice(int(first) // 2 * 2, int(last) + 1))
    return bounds[0], bounds[1]


def _gif(parts: list[Part], palette: Palette, loop: bool, comment: str) -> Iterator[bytes]:
    yield b"GIF89a" + struct.pack("<HHBBB", *parts[0].size, 0xF0 | GIF_BITS - 1, 0, 0)
    yield palette.table.ljust(3 * COLOURS, b"\0")
    if loop:
        yield b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    yield b"!\xfe" + _blocks(comment.encode())
    for part in parts:
        # Flags: leave it when its time is over; there is a clear colour.
        yield b"!\xf9\x04" + struct.pack("<BHBB", 0b101, part.ticks(100), CLEAR, 0)
        yield b"," + struct.pack("<HHHHB", part.left, part.top, *part.size, 0)
        yield bytes([GIF_BITS]) + part.pixels
    yield b";"


def _lzw(indices: Indices) -> bytes:
    """Return a picture as a GIF has it: in blocks, and an empty one at the end."""
    from PIL import Image  # not above: a window that films nothing opens sooner

    return Image.fromarray(indices).tobytes("gif", "L", GIF_BITS, 0) + b"\0"


def _blocks(content: bytes) -> bytes:
    """Return bytes as GIF has them: in blocks that tell their length."""
    blocks = [content[place : place + 255] for place in range(0, len(content), 255)]
    return b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"


def _apng(parts: list[Part], palette: Palette, loop: bool, comment: str) -> Iterator[bytes]:
    yield b"\x89PNG\r\n\x1a\n"
    yield _png_chunk(b"IHDR", struct.pack(">IIBBBBB", *parts[0].size, 8, 3, 0, 0, 0))
    yield _png_chunk(b"PLTE", palette.table)
    yield _png_chunk(b"tRNS", b"\0")
    yield _png_chunk(b"iTXt", b"Comment\0\0\0\0\0" + comment.encode())
    yield _png_chunk(b"acTL", struct.pack(">II", len(parts), 0 if loop else 1))
    number = 0
    for part in parts:
        # Times in milliseconds; at last: leave it when its time is over, lay it over what is there.
        place = *part.size, part.left, part.top, part.ticks(1000), 1000, 0, 1
        yield _png_chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, *place))
        if number == 0:
            yield _png_chunk(b"IDAT", part.pixels)
        else:
            yield _png_chunk(b"fdAT", struct.pack(">I", number + 1) + part.pixels)
        number += 2 if number else 1
    yield _png_chunk(b"IEND", b"")


def _deflated(indices: Indices) -> bytes:
    """Return rows as PNG has them, each after a 0: its numbers are as they are."""
    return zlib.compress(np.pad(indices, ((0, 0), (1, 0))).tobytes(), 9)


def _png_chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def _webp(parts: list[Part], palette: Palette, loop: bool, comment: str) -> Iterator[bytes]:
    del palette  # each picture has its own
    width, height = parts[0].size
    chunks = [
        # Flags: it moves, has clear pixels, and says something of itself.
        _riff_chunk(b"VP8X", b"\x16\0\0\0" + _three(width - 1) + _three(height - 1)),
        _riff_chunk(b"ANIM", struct.pack("<IH", 0xFFFFFFFF, 0 if loop else 1)),
    ]
    for part in parts:
        corner = part.left // 2, part.top // 2
        box = *corner, part.size[0] - 1, part.size[1] - 1, part.ticks(1000)
        chunks.append(_riff_chunk(b"ANMF", b"".join(map(_three, box)) + b"\0" + part.pixels))
    chunks.append(_riff_chunk(b"XMP ", XMP.format(html.escape(comment)).encode()))
    content = b"WEBP" + b"".join(chunks)
    yield _riff_chunk(b"RIFF", content)


def _vp8l(palette: Palette, indices: Indices) -> bytes:
    """Return a picture as a WebP has it, without what is around it."""
    from PIL import Image

    colours = np.column_stack([palette.colours, np.full(len(palette.colours), 255, np.uint8)])
    colours[CLEAR] = 0
    file = io.BytesIO()
    Image.fromarray(colours[indices]).save(file, "WEBP", lossless=True, method=2, quality=20)
    return file.getvalue()[12:]


def _riff_chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")
