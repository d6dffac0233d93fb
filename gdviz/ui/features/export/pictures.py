"""Pictures of views: one painter path to PNG, SVG and PDF."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
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

from gdviz.ui.plots.drawing.sheet import keep_painted
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.theme import Theme, plot_font
from gdviz.ui.widgets.beside import beside_window
from gdviz.ui.widgets.saving import checked_kind, whole_file

DPI = 96
CAPTION_HEIGHT, CAPTION_MARGIN = 30, 6
PICTURE_KINDS = (".png", ".svg", ".pdf")
# Under this name a PNG holds what it tells of its run, and a PDF as a file with this one's suffix.
ABOUT = "gdviz"
# When it was made is nothing of a run's: without it the same run gives the same bytes.
DATES = re.compile(rb"/(?:Creation|Mod)Date \([^)]*\)|xmp:\w+Date=\"[^\"]*\"")

View = Plot | Surface | Figure


def export_picture(
    view: View, path: Path, *, scale: float = 1, theme: Theme | None = None, caption: str = "",
    about: str = "",
) -> None:  # fmt: skip
    """Write what a view shows to a PNG, SVG or PDF file.

    Parameters
    ----------
    path : Path
        The target; its suffix decides the kind.
    scale : float
        Pixels of a PNG for each pixel of the view. SVG and PDF are sharp at any size.
    theme : Theme, optional
        Draw in these colours instead of those on the screen.
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
            image = picture(view, scale, theme, caption)
            device.write(beside_window(lambda: png(image, about)))
            return
        make = svg if kind == ".svg" else _pdf
        with _themed(view, theme):
            device.write(make(view, caption, about))


def picture(view: View, scale: float = 1, theme: Theme | None = None, caption: str = "") -> QImage:
    """Return what a view shows as an image."""
    with _themed(view, theme):
        return _image(view, scale, caption)


@contextmanager
def _themed(view: View, theme: Theme | None) -> Iterator[None]:
    """Show a view in other colours for as long as it takes to paint it."""
    shown = view.theme
    if theme is None or theme is shown:
        yield
        return
    view.set_theme(theme)
    try:
        yield
    finally:
        view.set_theme(shown)


def png(image: QImage, about: str = "") -> QByteArray:
    """Return an image as the bytes of a PNG."""
    device = _buffer()
    writer = QImageWriter(device, QByteArray(b"png"))
    if about:
        writer.setText(ABOUT, about)
    writer.write(image)
    return device.data()


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


def _pdf(view: View, caption: str, about: str) -> QByteArray:
    size, device = _size(view, caption), _buffer()
    writer = QPdfWriter(device)
    writer.setResolution(DPI)
    points = QSizeF(size) * 72 / DPI
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


def _image(view: View, scale: float, caption: str) -> QImage:
    image = QImage(_size(view, caption) * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    _paint_on(image, view, caption)
    return image


def _size(view: View, caption: str) -> QSize:
    return view.size() + QSize(0, CAPTION_HEIGHT if caption else 0)


def _paint_on(device: QPaintDevice, view: View, caption: str) -> None:
    painter = QPainter(device)
    try:
        _paint(painter, view, caption)
    finally:
        painter.end()


def _paint(painter: QPainter, view: View, caption: str) -> None:
    """Paint a view, and a caption under it: the one path that every kind of picture takes."""
    size = _size(view, caption)
    # A page of a PDF can be half a point larger.
    paper = QRect(QPoint(0, 0), size).adjusted(0, 0, 1, 1)
    painter.fillRect(paper, QColor(view.theme.plot))
    shown = view.shown if isinstance(view, Figure) else (view,)
    for part in shown:
        corner = part.mapTo(view, QPoint(0, 0)) if part is not view else QPoint(0, 0)
        target = QRect(corner, part.size())
        if isinstance(part, Surface):
            _paint_surface(painter, part, target)
        else:
            _paint_plot(painter, part, QRectF(target))
    if caption:
        _paint_caption(painter, view, caption)


def _paint_caption(painter: QPainter, view: View, caption: str) -> None:
    """Write the caption from the left, where in a film most of it stays; if need be, smaller."""
    margin, font = CAPTION_MARGIN, plot_font()
    box = QRect(margin, view.height(), view.width() - 2 * margin, CAPTION_HEIGHT)
    needed = QFontMetrics(font).horizontalAdvance(caption)
    if needed > box.width():
        font.setPixelSize(max(1, font.pixelSize() * box.width() // needed))
    painter.setPen(QColor(view.theme.text))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, caption)


def _paint_plot(painter: QPainter, plot: Plot, target: QRectF) -> None:
    """Paint one plot's scene: shapes, not the pixels that are kept for a screen of another kind."""
    device = painter.device()
    serve = isinstance(device, QImage) and device.devicePixelRatio() == plot.devicePixelRatio()
    kept = [
        item for item in plot.scene().items()
        if not serve and item.cacheMode() is not QGraphicsItem.CacheMode.NoCache
    ]  # fmt: skip
    for item in kept:
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
    try:
        with plot.legend.whole():
            plot.render(painter, target, plot.rect())
    finally:
        for item in kept:
            keep_painted(item)


def _paint_surface(painter: QPainter, surface: Surface, target: QRect) -> None:
    """Paint the surface, and nothing of it beyond its edges, where one may have zoomed in."""
    painter.save()
    painter.setClipRect(target)
    painter.translate(target.topLeft())
    surface.paint_on(painter)
    painter.restore()
