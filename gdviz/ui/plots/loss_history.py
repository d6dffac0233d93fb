"""LossHistory: the loss by iteration, which is also the timeline: click or drag to go there."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.geometry.ranges import Range
from gdviz.core.geometry.thinning import envelope, smooth_curve
from gdviz.core.words.numbers import number_text
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.marks import Curve, Dots
from gdviz.ui.plots.drawing.sheet import Mark, Opening, Sheet
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.touch.readout import Reading

# Points that lie on the line between their neighbours, to this share of the height, show nothing;
# a broad pen takes a millisecond for them.
TOLERANCE = 1 / 2000
# Losses this many times above the start are off the linear picture: a run that far out diverged.
MAX_RISE = 64.0

ENTRIES = (
    Entry("big dot", "hiker", "hiker"),
    Entry("line", "trail", "so far"),
    Entry("line", "grid", "still to come"),
)


class LossHistory(Plot):
    """The curve of the whole run, its part so far, and a line at the current iteration."""

    iteration_requested = Signal(int)

    name, title, entries = "loss_history", "Loss by iteration", ENTRIES
    description = "How the loss falls from iteration to iteration. Click or drag to go there."
    kept_line_px, kept_marker_px = 2.0, 11.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view.setMouseEnabled(x=False, y=False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.bottom.set_text("iteration")
        self.left.set_text("loss")
        self._logarithmic = False
        self._length = 1
        self._iteration = 0
        self._whole = Curve("grid", 1.8)
        # The same curve in another colour, seen as far as the hiker has come: no frame draws it.
        self._past = Curve("trail", 3.0)
        self._so_far = Opening()
        Sheet(self._past, kept_painted=True).setParentItem(self._so_far)
        self._now = Curve("hiker", 2.0)
        self._dot = Dots(13, colour="hiker")
        self.still.add(self._whole, self._kept_lines)
        self.add(self._so_far)
        self.moving.add(self._now, self._dot)

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks that explanations speak of."""
        return {"loss": self._dot}

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Choose between a logarithmic and a linear axis of losses."""
        self._logarithmic = logarithmic
        self.left.setLogMode(False, logarithmic)
        if self._record is not None and self._row is not None:
            self.set_record(self._record)
            self.show_row(self._row)
            self.show_kept(self._iteration)

    def set_experiment(self, experiment: Experiment) -> None:
        """Give the axis the length of the run to come."""
        self._length = experiment.iterations

    def set_record(self, record: Record) -> None:
        """Draw the curve of what has been recorded."""
        self._record = record
        iterations, losses = envelope(record)
        heights = self._height(losses)
        kept = [envelope(run.record) for run in self.kept]
        self._kept_lines.set_lines([np.column_stack((i, self._height(y))) for i, y in kept])
        self.set_home(*self._ranges(np.concatenate([losses, *(y for _, y in kept)])))
        bottom, top = self._home[1]
        points = smooth_curve(iterations, heights, (top - bottom) * TOLERANCE)
        for curve in (self._whole, self._past):
            curve.set_points(*points)

    def set_length(self, length: int) -> None:
        """Give the axis the length of a run that ended early."""
        self._length = length

    def show_row(self, row: Row) -> None:
        """Stand at one iteration."""
        self._row = row
        (left, _), heights = self._home
        self._so_far.set_box((left, row.iteration), heights)
        self._dot.set_points(*np.transpose([self.place_of(row)]))

    def show_kept(self, iteration: int) -> None:
        """Stand at an iteration of all runs: a line, and a marker on each curve."""
        self._iteration = iteration
        self._now.set_points([iteration] * 2, self._home[1])
        super().show_kept(iteration)

    def place_of(self, row: Row) -> tuple[float, float]:
        """Return iteration and height."""
        return row.iteration, float(self._height(np.array([row.loss]))[0])

    def reading_at(self, pixel: QPointF) -> Reading | None:
        """Say the loss of the iteration under the mouse."""
        if self._record is None or self._record.last is None:
            return None
        iteration = round(min(max(self.view.mapSceneToView(pixel).x(), 0), self._record.newest))
        row = self._record.at(iteration)
        place = self.moving.pixel_of(*self.place_of(row))
        text = f"iteration {row.iteration:,}   loss = {number_text(row.loss)}"
        return Reading(text, place, dot=place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the iteration under the mouse."""
        self._request(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow a drag."""
        self._request(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag; the last move was followed already."""
        event.accept()

    def _request(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        event.accept()
        x = self.place_at(event.position()).x()
        self.iteration_requested.emit(round(min(max(x, 0), self._end)))

    def _height(self, losses: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where losses stand on the axis."""
        if not self._logarithmic:
            return np.minimum(losses, 2 * self._ceiling())
        return np.log10(np.maximum(losses, np.finfo(float).tiny))

    def _ceiling(self) -> float:
        """Return the highest loss of the linear picture."""
        assert self._record is not None
        return MAX_RISE * self._record[0].loss

    def _ranges(self, losses: NDArray[np.float64]) -> tuple[Range, Range]:
        shown = losses if self._logarithmic else losses[losses <= self._ceiling()]
        heights = self._height(shown)
        low, high = float(heights.min()), float(heights.max())
        if not self._logarithmic:
            low = 0.0
        room = 0.08 * (high - low) or 1.0
        return (-0.01 * self._end, 1.01 * self._end or 1.0), (low - room, high + room)

    @property
    def _end(self) -> int:
        """The last iteration of all runs."""
        return max(self._length, *(run.record.newest for run in self.kept), 0)
