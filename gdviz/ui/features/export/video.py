"""Video: frames become a WebM or an MP4, by PyAV, which not everybody has.

Colours have half the resolution of light and dark (yuv420p), in which lines of one pixel and small
type stay sharp: all that plays video plays that, and Safari, QuickTime and PowerPoint play nothing
finer.
"""

import io
from collections.abc import Iterable, Iterator
from fractions import Fraction
from importlib.util import find_spec
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from gdviz.ui.features.export.palette import Pixels

# What encodes each kind, and how: sharp, and no frame waits for later ones, so that a film is done,
# or cancelled, as soon as its last frame is painted.
CODECS = {
    ".webm": ("libvpx-vp9", {
        "deadline": "realtime", "cpu-used": "5", "lag-in-frames": "0", "tune-content": "screen",
        "crf": "20", "b": "0",
    }),
    ".mp4": ("libx264", {"preset": "faster", "bf": "0", "crf": "16"}),
}  # fmt: skip
VIDEO_KINDS = tuple(CODECS)
INSTALL = "pip install 'gdviz[video]'"


def can_encode() -> bool:
    """Return whether PyAV is there; it isn't loaded for that."""
    return find_spec("av") is not None


def video(kind: str, images: Iterable[Pixels], ends: list[float], comment: str) -> bytes:
    """Return the bytes of a film, one of `VIDEO_KINDS`; the others are as in `film`.

    The last frame is there twice, once more at the very end: players hold it until then.
    """
    import av  # not above: few films need it
    from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

    numbered = _numbered(images, ends)
    _, first = start = next(numbered)
    codec, options = CODECS[kind]
    fps, file = round(1 / ends[0]), io.BytesIO()
    # Bit-exact: without a number by chance, the same film is the same bytes.
    with av.open(file, "w", kind[1:], {"fflags": "bitexact"}) as container:
        container.metadata["comment"] = comment
        stream = container.add_stream(
            codec, fps, options, width=first.shape[1], height=first.shape[0], pix_fmt="yuv420p",
            colorspace=Colorspace.ITU709, color_range=ColorRange.MPEG,
            color_primaries=ColorPrimaries.BT709, color_trc=ColorTrc.BT709, thread_count=1,
        )  # fmt: skip
        assert isinstance(stream, av.VideoStream)
        for number, pixels in chain([start], numbered):
            frame = av.VideoFrame.from_ndarray(pixels, "bgra").reformat(
                format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
            )
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def _numbered(
    images: Iterable[Pixels], ends: list[float]
) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Yield which frame of the film each is, and its bytes, of even sides; at last the end."""
    for number, pixels in enumerate(images):
        height, width = pixels.shape
        even = np.pad(pixels, ((0, height % 2), (0, width % 2)), "edge")
        shown = even.view(np.uint8).reshape(*even.shape, 4)
        yield number, shown
    last = round(ends[-1] / ends[0]) - 1
    if last > number:
        yield last, shown
