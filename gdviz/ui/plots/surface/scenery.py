"""Scenery: what stays on the surface while the hiker moves, and its picture on the screen."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPixmap

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import Record
from gdviz.core.geometry.relief import CELLS, Points, relief_of
from gdviz.core.geometry.relief_lines import ReliefLines
from gdviz.core.geometry.thinning import first_visits
from gdviz.ui.plots.drawing.looks import look_of
from gdviz.ui.plots.drawing.marks import stroke_pen
from gdviz.ui.plots.drawing.sheet import Paper
from gdviz.ui.plots.drawing.trail import count_until
from gdviz.ui.plots.surface.panorama import Panorama, Trace, View, draw_veiled

# Of a path so many places are joined by lines, and so many have a dot.
PATH_POINTS, KEPT_POINTS, DOTS = 400, 150, 120
# How long a picture stands before it is worth to be painted finely.
REST_MS = 150
# How long it is painted in one turn of the event loop.
SLICE_S = 0.01


class Layout(NamedTuple):
    """What lies where in the box, whatever the place to look from.

    Attributes
    ----------
    lines : ReliefLines
        Of the relief.
    iterations : ndarray of shape (n,)
    path : ndarray of shape (n, 3)
        Where the current run is at these iterations.
    dots : ndarray of shape (m,)
        At which of these places there is a dot.
    kept : sequence of Run
    others : list of pairs of ndarray, of shape (m,) and (m, 3)
        At which iterations these are where.
    """

    lines: ReliefLines
    iterations: NDArray[np.int64]
    path: Points
    dots: NDArray[np.int64]
    kept: Sequence[Run]
    others: list[tuple[NDArray[np.int64], Points]]


def laid_out(
    experiment: Experiment,
    record: Record,
    kept: Sequence[Run],
    logarithmic: bool,
    last: Layout | None,
    hold_still: bool,
) -> Layout:
    """Fit the box to all paths; of the last layout stays what hasn't changed.

    Parameters
    ----------
    hold_still : bool
        Whether the box stays although the paths would ask for another one.
    """
    relief = relief_of(
        experiment.dataset.bowl, [record, *(run.record for run in kept)], logarithmic
    )
    if last is not None and (hold_still or relief.equals(last.lines.relief)):
        lines = last.lines
    else:
        lines = ReliefLines(relief)
    relief = lines.relief
    iterations, path = relief.path(record, PATH_POINTS)
    dots = first_visits(path.T[:2], ((-1.0, 1.0), (-1.0, 1.0)), CELLS, DOTS)
    if last is not None and last.lines is lines and last.kept is kept:
        others = last.others
    else:
        others = [relief.path(run.record, KEPT_POINTS) for run in kept]
    return Layout(lines, iterations, path, dots, kept, others)


class Scenery:
    """A layout as it is seen from one place.

    Attributes
    ----------
    layout : Layout
    panorama : Panorama
    path : Trace
        Of the current run, all of it.
    """

    def __init__(self, layout: Layout, panorama: Panorama) -> None:
        self.layout, self.panorama = layout, panorama
        others = [places for _, places in layout.others]
        self.path, *self._others = panorama.traces(layout.path, *others)

    def path_until(self, iteration: int) -> tuple[Trace, Trace]:
        """Return the path before and at an iteration, and the dots on it."""
        count = count_until(self.layout.iterations, iteration)
        dots = self.layout.dots[: int(np.searchsorted(self.layout.dots, count))]
        return self.path.at(np.arange(count)), self.path.at(dots)

    def paint_others_until(self, paper: Paper, position: float) -> None:
        """Paint the paths of the runs that are kept before and at a position."""
        theme, others = self.panorama.view.theme, self.layout.others
        for run, (iterations, _), trace in zip(self.layout.kept, others, self._others, strict=True):
            look, count = look_of(run), count_until(iterations, position)
            if count:
                pen = stroke_pen(theme, look.colour, 1.5, look.dashes)
                draw_veiled(paper, trace.at(np.arange(count)), pen)

    def shows(self, layout: Layout | None, view: View) -> bool:
        """Tell whether it is this layout that is seen, and from there."""
        return layout is self.layout and view == self.panorama.view

    def looks_like(self, other: "Scenery | None") -> bool:
        """Tell whether another one looks the same, but for the paths."""
        return other is not None and self.panorama is other.panorama

    def paint(self, paper: Paper, *, coarse: bool = False) -> None:
        """Paint the relief."""
        for _ in self.painting(paper, coarse=coarse):
            pass

    def painting(self, paper: Paper, *, coarse: bool = False) -> Iterator[None]:
        """Paint it in small steps, between which a painter of smooth edges may begin again."""
        return self.panorama.painting(paper, coarse=coarse)


class Backdrop(QObject):
    """The picture of a scenery, painted once for many frames.

    A new one is painted coarsely, so that it turns fluently, and finely when it has stood a while:
    in slices, for that takes longer than the window may be silent.

    Signals
    -------
    refined()
        The picture is a finer one now.
    """

    refined = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._scenery: Scenery | None = None
        self._scale, self._is_fine = 0.0, False
        self._picture = QPixmap()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._on_rest)
        self._finer, self._painter = QPixmap(), QPainter()
        self._steps: Iterator[None] = iter(())
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._refine)

    def picture(self, scenery: Scenery, scale: float) -> QPixmap:
        """Return the picture, with so many pixels for each on the screen."""
        if not self._holds(scenery, scale):
            self._paint(scenery, scale, coarse=True)
            self._rest.start()
        return self._picture

    def fine_picture(self, scenery: Scenery, scale: float) -> QPixmap:
        """Return the finer one at once."""
        if not (self._is_fine and self._holds(scenery, scale)):
            self._paint(scenery, scale, coarse=False)
        return self._picture

    def refining(self, scenery: Scenery, scale: float) -> Iterator[None]:
        """Paint the finer one in slices, between which the window may go on."""
        if not (self._is_fine and self._holds(scenery, scale)):
            self._scenery, self._scale, self._is_fine = scenery, scale, False
            self._begin_to_refine()
            while not self._refine():
                yield

    def _holds(self, scenery: Scenery, scale: float) -> bool:
        return scale == self._scale and scenery.looks_like(self._scenery)

    def _on_rest(self) -> None:
        self._begin_to_refine()
        self._slices.start()

    def _begin_to_refine(self) -> None:
        scenery = self._scenery
        assert scenery is not None
        self._finer = self._blank(scenery.panorama.view)
        with self._painting(self._finer) as painter:
            self._steps = scenery.painting(paper_for(painter, _box(scenery)))

    def _refine(self) -> bool:
        """Paint a slice of the finer picture; the coarse one stands until it is done."""
        began = time.perf_counter()
        with self._painting(self._finer):
            for _ in self._steps:
                if time.perf_counter() > began + SLICE_S:
                    return False
        self._slices.stop()
        self._picture, self._is_fine = self._finer, True
        self.refined.emit()
        return True

    def _paint(self, scenery: Scenery, scale: float, *, coarse: bool) -> None:
        self._slices.stop()
        self._scenery, self._scale, self._is_fine = scenery, scale, not coarse
        self._picture = self._blank(scenery.panorama.view)
        with self._painting(self._picture) as painter:
            scenery.paint(paper_for(painter, _box(scenery)), coarse=coarse)

    def _blank(self, view: View) -> QPixmap:
        picture = QPixmap(view.size * self._scale)
        picture.setDevicePixelRatio(self._scale)
        picture.fill(QColor(view.theme.plot))
        return picture

    @contextmanager
    def _painting(self, picture: QPixmap) -> Iterator[QPainter]:
        """Paint on a picture; nobody may end while there is a painter at work."""
        self._painter.begin(picture)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            yield self._painter
        finally:
            self._painter.end()


def _box(scenery: Scenery) -> QRectF:
    return QRectF(0, 0, *scenery.panorama.view.size.toTuple())


def paper_for(painter: QPainter, box: QRectF) -> Paper:
    """Return what marks are drawn on whose points are pixels already."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    clips = painter.paintEngine().type() is not QPaintEngine.Type.SVG
    return Paper(painter, box, np.ones(2), np.zeros(2), clips)
