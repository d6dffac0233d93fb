"""Pictures of views: one painter path to PNG, SVG and PDF."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QHashSeed,
    QIODevice,
    QMarginsF,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    QUuid,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QImageWriter,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem

from gdviz.core.format import CM_PER_INCH, DPI, POINTS_PER_INCH
from gdviz.ui.plots.drawing.sheet import keep_painted
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.theme import Theme, plot_font
from gdviz.ui.widgets.beside import beside_window
from gdviz.ui.widgets.saving import checked_kind, whole_file

METRES_PER_INCH = 0.01 * CM_PER_INCH
CAPTION_MARGIN = 7
# Words that begin above an image are painted a row off, as Qt rounds: each strip begins so much
# higher than what is taken of it.
ABOVE = 64
PICTURE_KINDS = (".png", ".svg", ".pdf")
# Under this name a PNG holds what it tells of its run, and a PDF as a file with this one's suffix.
ABOUT = "gdviz"
# When it was made is nothing of a run's: without it the same run gives the same bytes.
DATES = re.compile(rb"/(?:Creation|Mod)Date \([^)]*\)|xmp:\w+Date=\"[^\"]*\"")

View = Plot | Surface | Figure


def export_picture(
    view: View, path: Path, *, scale: float = 1, caption: str = "", about: str = "",
    pixels: QSize | None = None, strip: int | None = None,
) -> None:  # fmt: skip
    """Write what a view shows to a PNG, SVG or PDF file.

    Parameters
    ----------
    path : Path
        The target; its suffix decides the kind.
    scale, pixels, strip
        As in `picture`. SVG and PDF are sharp at any size.
    about : str
        What the file tells of its run, unseen: see `provenance`.

    Raises
    ------
    SavingError
        If the kind is unknown or the file can't be written.
    """
    kind = checked_kind(path, PICTURE_KINDS)
    with whole_file(path) as device:
        if kind == ".png":
            image = picture(view, scale, caption, pixels, strip)
            device.write(beside_window(lambda: png(image, about)))
        else:
            device.write(shapes(kind, view, caption, about))


def picture(
    view: View, scale: float = 1, caption: str = "", pixels: QSize | None = None,
    strip: int | None = None,
) -> QImage:  # fmt: skip
    """Return what a view shows as an image.

    Parameters
    ----------
    scale : float
        Pixels of the image for each pixel of the view.
    pixels : QSize, optional
        How large the image is, if not just as the view: one of whole pixels needn't be.
    strip : int, optional
        In which strips it is painted: see `in_strips`; by default as one.
    """
    size = _size(view, caption) * scale if pixels is None else pixels
    *_, image = in_strips(view, scale, caption, size, strip or ceil(size.height() / scale))
    assert image is not None  # the last strip is done
    return image


def in_strips(
    view: View, scale: float, caption: str, pixels: QSize, height: int
) -> Iterator[QImage | None]:
    """Yield an image of so many pixels whenever another strip of it is painted.

    Before that yield None, each time a part of what takes long has been prepared.

    Parameters
    ----------
    height : int
        Of a strip, in pixels of the view.
    """
    image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    # Where they are painted by themselves, nothing touches all of the image at once: it may be
    # some hundred megabytes.
    strip = QImage(pixels.width(), ceil((height + ABOVE) * scale), image.format())
    width, rows = ceil(pixels.width() / scale), ceil(pixels.height() / scale)
    for part in _shown(view):
        if isinstance(part, Surface):
            yield from part.preparing(scale)
    for top in range(0, rows, height):
        above = min(top, ABOVE)
        strip.setDevicePixelRatio(scale)
        _paint_on(strip, view, caption, QRect(0, top - above, width, height + above))
        strip.setDevicePixelRatio(1)
        with _painting(image) as painter:
            painter.drawImage(0, round(top * scale), strip, 0, round(above * scale))
        if top + height >= rows:
            # Only now: what is painted would be larger.
            image.setDevicePixelRatio(scale)
            for set_dots in (image.setDotsPerMeterX, image.setDotsPerMeterY):
                set_dots(round(scale * DPI / METRES_PER_INCH))
        yield image


def caption_height(theme: Theme, width: int, caption: str) -> int:
    """Return how high a caption is that is folded to a width."""
    if not caption:
        return 0
    room, fold = QRect(0, 0, width - 2 * CAPTION_MARGIN, 10_000), Qt.TextFlag.TextWordWrap
    text = QFontMetrics(plot_font(theme)).boundingRect(room, fold, caption)
    return text.height() + 2 * CAPTION_MARGIN


def png(image: QImage, about: str = "") -> QByteArray:
    """Return an image as the bytes of a PNG."""
    device = _buffer()
    writer = QImageWriter(device, QByteArray(b"png"))
    if about:
        writer.setText(ABOUT, about)
    writer.write(image)
    return device.data()


def shapes(kind: str, view: View, caption: str, about: str) -> QByteArray:
    """Return what a view shows as the bytes of an SVG or a PDF."""
    return (svg if kind == ".svg" else _pdf)(view, caption, about)


def svg(view: View, caption: str = "", about: str = "") -> QByteArray:
    """Return what a view shows as the bytes of an SVG."""
    size, device = _size(view, caption), _buffer()
    # In this version it can't clip. In 1.1 it can, but forgets where a clip ends: legends vanish.
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.SvgTiny12)
    generator.setOutputDevice(device)
    generator.setResolution(DPI)
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(0, 0), size))
    generator.setTitle(caption or "gdviz")
    generator.setDescription(about)
    _paint_on(generator, view, caption)
    return device.data()


@contextmanager
def _in_one_order() -> Iterator[None]:
    """Have Qt's hashes keep their order: a PDF holds its fonts in it."""
    QHashSeed.setDeterministicGlobalSeed()
    try:
        yield
    finally:
        QHashSeed.resetRandomGlobalSeed()


@_in_one_order()
def _pdf(view: View, caption: str, about: str) -> QByteArray:
    size, device = _size(view, caption), _buffer()
    writer = QPdfWriter(device)
    writer.setResolution(DPI)
    points = QSizeF(size) * POINTS_PER_INCH / DPI
    writer.setPageSize(
        QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    )
    writer.setPageMargins(QMarginsF())
    writer.setTitle(caption or "gdviz")
    writer.setDocumentId(QUuid.createUuidV5(QUuid(), f"{caption} {about}".encode()))
    if about:
        writer.addFileAttachment(f"{ABOUT}.json", about.encode(), "application/json")
    _paint_on(writer, view, caption)
    # Blank, not shorter: a PDF tells by its bytes where its parts are.
    return QByteArray(DATES.sub(lambda date: b" " * len(date[0]), device.data().data()))


def _buffer() -> QBuffer:
    device = QBuffer()
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    return device


def _size(view: View, caption: str) -> QSize:
    return view.size() + QSize(0, caption_height(view.theme, view.width(), caption))


@contextmanager
def _painting(device: QPaintDevice) -> Iterator[QPainter]:
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()


def _paint_on(device: QPaintDevice, view: View, caption: str, strip: QRect | None = None) -> None:
    """Paint a view, or of it what is seen in a strip."""
    with _painting(device) as painter:
        if strip is not None:
            painter.translate(0, -strip.top())
            painter.setClipRect(strip)
            # An image can be higher than what is on it: captions of a film take more rows or fewer.
            painter.fillRect(strip, QColor(view.theme.plot))
        _paint(painter, view, caption)


def _paint(painter: QPainter, view: View, caption: str) -> None:
    """Paint a view, and a caption under it: the one path that every kind of picture takes."""
    size = _size(view, caption)
    # A page of a PDF can be half a point larger.
    paper = QRect(QPoint(0, 0), size).adjusted(0, 0, 1, 1)
    painter.fillRect(paper, QColor(view.theme.plot))
    for part in _shown(view):
        corner = part.mapTo(view, QPoint(0, 0)) if part is not view else QPoint(0, 0)
        target = QRect(corner, part.size())
        if painter.hasClipping() and not painter.clipBoundingRect().intersects(QRectF(target)):
            continue
        if isinstance(part, Surface):
            _paint_surface(painter, part, target)
        else:
            _paint_plot(painter, part, QRectF(target))
    if caption:
        painter.setPen(QColor(view.theme.text))
        painter.setFont(plot_font(view.theme))
        box = QRect(0, view.height(), size.width(), size.height() - view.height())
        box.adjust(CAPTION_MARGIN, 0, -CAPTION_MARGIN, 0)
        # From the left: in a film most of it stays where it is.
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, left | Qt.TextFlag.TextWordWrap, caption)


def _shown(view: View) -> Sequence[Plot | Surface]:
    return view.shown if isinstance(view, Figure) else (view,)


def _paint_plot(painter: QPainter, plot: Plot, target: QRectF) -> None:
    """Paint one plot's scene: shapes, not the pixels that are kept for the screen."""
    kept = [
        item for item in plot.scene().items()
        if item.cacheMode() is not QGraphicsItem.CacheMode.NoCache
    ]  # fmt: skip
    for item in kept:
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
    try:
        with plot.legend.whole(), plot.left.whole(), plot.bottom.whole():
            plot.render(painter, target, plot.rect())
    finally:
        for item in kept:
            keep_painted(item)


def _paint_surface(painter: QPainter, surface: Surface, target: QRect) -> None:
    """Paint the surface, and nothing of it beyond its edges, where one may have zoomed in."""
    painter.save()
    painter.setClipRect(target, Qt.ClipOperation.IntersectClip)
    painter.translate(target.topLeft())
    surface.paint_on(painter)
    painter.restore()
