"""What a frame shows, as any painter can draw it: by matplotlib, or by one bare widget.

Both draw the same still picture below and the same points above it as gdviz: the path so far in
the loss curve and the landscape, the line, the losses so far, for each of the runs.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.turning import turn
from gdviz.core.descent.run import Run
from gdviz.ui.plots.drawing.marks import draw_line
from gdviz.ui.plots.figure import Figure

PATH_POINTS, HISTORY_POINTS, SCATTERED, PIXELS = 600, 2_000, 20_000, 256
COLOURS = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"
# Of the current run, and of those that are kept.
WIDTHS = 2, *[1] * 6
Points = NDArray[np.float64]


@dataclass(frozen=True)
class Picture:
    """One of the pictures: where it stands, what it covers, and the lines that grow in it.

    Attributes
    ----------
    name : str
    box : QRect
        In the figure.
    x, y : tuple of float
        The range that it shows.
    lines : sequence of ndarray of shape (n_points, 2)
        One for each run; of the data, the two ends of each line, one after the other.
    """

    name: str
    box: QRect
    x: tuple[float, float]
    y: tuple[float, float]
    lines: Sequence[Points]

    def at(self, share: float) -> list[Points]:
        """Return what is drawn of each line when a share of the run is over."""
        counts = [max(1, round(share * len(line))) for line in self.lines]
        if self.name == "data_fit":
            ends = [(count - 1) // 2 * 2 for count in counts]
            return [line[end : end + 2] for line, end in zip(self.lines, ends, strict=True)]
        return [line[:count] for line, count in zip(self.lines, counts, strict=True)]

    def pixels(self, points: Points) -> Points:
        """Return points in data units as pixels of the figure."""
        (left, right), (bottom, top) = self.x, self.y
        share = (points - (left, bottom)) / (right - left, top - bottom)
        box = self.box
        return np.column_stack(
            (box.x() + share[:, 0] * box.width(), box.bottom() - share[:, 1] * box.height())
        )


def pictures_of(figure: Figure, runs: Sequence[Run]) -> list[Picture]:
    """Return what a figure shows of some runs."""
    pictures = []
    for view in figure.shown:
        name, box = view.objectName(), view.geometry()
        box.moveTopLeft(view.mapTo(figure, view.rect().topLeft()))
        x, y = map(tuple, view.view.viewRange())
        lines = [_line(name, run, x, bool(view.left.logMode)) for run in runs]
        pictures.append(Picture(name, box, x, y, lines))
    return pictures


def _line(name: str, run: Run, x: tuple[float, float], logarithmic: bool) -> Points:
    """Return the points that a run is drawn by in a picture."""
    record = run.record.thinned(HISTORY_POINTS if name == "loss_history" else PATH_POINTS)
    if name == "loss_history":
        loss = np.log10(record.loss) if logarithmic else record.loss
        return np.column_stack((np.arange(len(record.rows)) * record.stride, loss))
    if name == "data_fit":
        ends = record.bias[:, None] + np.outer(record.weight, x)
        return np.column_stack((np.tile(x, len(ends)), ends.ravel()))
    other = record.bias if name == "landscape" else record.loss
    return np.column_stack((record.weight, other))


class Floor(QWidget):
    """The least that such frames cost: a still pixmap, and the lines above it."""

    def __init__(self, still: QPixmap, pictures: Sequence[Picture]) -> None:
        super().__init__()
        self.setFixedSize(still.size())
        self._still, self._pictures = still, pictures
        self.share = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for picture in self._pictures:
            drawn = picture.at(self.share)
            for colour, width, points in zip(COLOURS, WIDTHS, drawn, strict=False):
                painter.setPen(QPen(QColor(colour), width))
                corners = picture.pixels(points)
                draw_line(painter, corners)
                painter.drawEllipse(QPointF(*corners[-1]), 6, 6)


def floor_frames(app: QApplication, floor: Floor, shares: Sequence[float]) -> list[float]:
    """Return milliseconds of each frame of the bare widget."""
    floor.show()
    turn(app)
    frames = []
    for share in shares:
        began = time.perf_counter()
        floor.share = share
        floor.update()
        turn(app)
        frames.append(1000 * (time.perf_counter() - began))
    floor.close()
    return frames


def matplotlib_frames(
    app: QApplication, figure: Figure, pictures: Sequence[Picture], run: Run,
    shares: Sequence[float],
) -> list[float]:  # fmt: skip
    """Return milliseconds of each frame of matplotlib's Qt canvas, blitted as its guide advises."""
    import matplotlib

    matplotlib.use("QtAgg")
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    from matplotlib.figure import Figure as TheirFigure

    canvas = FigureCanvasQTAgg(TheirFigure(dpi=100))
    canvas.resize(figure.size())
    canvas.show()
    turn(app)
    artists = []
    for picture in pictures:
        box, width, height = picture.box, figure.width(), figure.height()
        place = box.x() / width, 1 - (box.bottom() + 1) / height
        axes = canvas.figure.add_axes((*place, box.width() / width, box.height() / height))
        axes.set(xlim=picture.x, ylim=picture.y)
        axes.grid()
        _draw_still(axes, picture, run)
        for colour, width, _ in zip(COLOURS, WIDTHS, picture.lines, strict=False):
            style = {"color": colour, "linewidth": width, "animated": True}
            (line,), (end,) = axes.plot([], [], **style), axes.plot([], [], "o", **style)
            artists.append((axes, line, end))
    canvas.draw()
    still = canvas.copy_from_bbox(canvas.figure.bbox)
    frames = []
    for share in shares:
        began = time.perf_counter()
        drawn = [points for picture in pictures for points in picture.at(share)]
        canvas.restore_region(still)
        for (axes, line, end), points in zip(artists, drawn, strict=True):
            line.set_data(*points.T)
            end.set_data(*points[-1:].T)
            axes.draw_artist(line)
            axes.draw_artist(end)
        canvas.blit(canvas.figure.bbox)
        turn(app)
        frames.append(1000 * (time.perf_counter() - began))
    canvas.close()
    return frames


def _draw_still(axes, picture: Picture, run: Run) -> None:
    """Draw what stays."""
    data, bowl = run.experiment.dataset, run.experiment.bowl
    weights = np.linspace(*picture.x, 401)
    if picture.name == "loss_curve":
        axes.plot(weights, bowl.loss(weights, np.full(401, run.record.bias[-1])), "k")
    elif picture.name == "landscape":
        across, up = np.meshgrid(weights[::4], np.linspace(*picture.y, 101))
        axes.contour(across, up, bowl.loss(across, up), 12)
    elif picture.name == "data_fit" and len(data) <= SCATTERED:
        axes.plot(data.x, data.y, "o")
    elif picture.name == "data_fit":
        counts, *_ = np.histogram2d(data.x, data.y, PIXELS, (picture.x, picture.y))
        axes.imshow(counts.T, origin="lower", extent=(*picture.x, *picture.y), aspect="auto")
