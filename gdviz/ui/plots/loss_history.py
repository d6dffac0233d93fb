"""LossHistory: the loss by iteration, which is also the timeline: click or drag to go there."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.rates import is_growing
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.geometry.ranges import Range, nice_step
from gdviz.core.geometry.thinning import envelope, smooth_curve
from gdviz.core.words.numbers import number_text
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.looks import look_of
from gdviz.ui.plots.drawing.marks import Curve, Curves, Dots
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.sheet import Mark, Opening, Sheet
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.touch.readout import Reading

# Points that lie on the line between their neighbours, to this share of the height, show nothing;
# a broad pen takes a millisecond for them.
TOLERANCE = 1 / 2000
# Losses this many times above the start are off the linear picture: a run that far out diverged.
MAX_RISE = 64.0
# The ways to show a loss, and what the axis is called then.
SCALES = {"linear": "loss", "logarithmic": "loss", "above_minimum": "loss \N{MINUS SIGN} minimum"}
# No axis of logarithms goes further: one that was to would count as shifted.
LEAST_POWER, LARGEST_POWER = -307.6, 308.2
BY_ITSELF = "logarithmic, for the run diverges"
# How many decades a logarithmic axis shows at least.
FEWEST_DECADES = 0.1
# Room above and below the curve, and below loss 0, as shares of the height.
ROOM, BELOW = 0.05, 0.08

ENTRIES = (
    Entry("big dot", "hiker", "hiker"),
    Entry("line", "trail", "so far"),
    Entry("line", "grid", "still to come"),
)


class LossHistory(Plot):
    """The curve of the whole run, its part so far, and a line at the current iteration.

    Attributes
    ----------
    chosen : str
        The scale that was asked for, one of `SCALES`.

    Signals
    -------
    scale_changed()
        Another scale is shown, as a run diverges or no longer does.
    """

    iteration_requested = Signal(int)
    scale_changed = Signal()

    name, title, entries = "loss_history", "Loss by iteration", ENTRIES
    description = "How the loss falls from iteration to iteration. Click or drag to go there."
    kept_line_px, kept_marker_px = 2.0, 11.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view.setMouseEnabled(x=False, y=False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.bottom.set_text("iteration")
        self.left.set_text("loss")
        self.chosen = "linear"
        self._diverges, self._chosen_for_this_run = False, ""
        self._experiment: Experiment  # comes before any record
        self._floor = float(np.finfo(float).tiny)
        self._length = 1
        self._position = 0.0
        self._whole, self._kept_whole = Curve("grid", 1.8), Curves()
        # The same curves in other colours, seen as far as the runs have come: no frame draws them.
        self._past = Curve("trail", 3.0)
        self._so_far = Opening()
        Sheet(self._kept_lines, self._past, kept_painted=True).setParentItem(self._so_far)
        self._now = Curve("hiker", 2.0)
        self._dot = Dots(13, colour="hiker")
        # A short run that diverges beside longer ones goes up where the words stand.
        self._by_itself = Note("muted", covers=False)
        self.still.add(self._kept_whole, self._whole)
        self.add(self._so_far)
        self.write(self._by_itself)
        self.moving.add(self._now, self._dot)

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks that explanations speak of."""
        return {"loss": self._dot}

    @property
    def scale(self) -> str:
        """What is shown: as chosen, but a run that diverges has a picture on logarithms only."""
        if self._chosen_for_this_run:
            return self._chosen_for_this_run
        return "logarithmic" if self._diverges and self.chosen == "linear" else self.chosen

    def set_scale(self, scale: str) -> None:
        """Show losses on another scale; while the run diverges, until one doesn't."""
        if scale == self.scale:
            return
        if self._diverges:
            self._chosen_for_this_run = scale
        else:
            self.chosen = scale
        self._show_scale()

    def choose(self, scale: str) -> None:
        """Take a scale for the chosen one, whatever was chosen for a run that diverges."""
        self.chosen, self._chosen_for_this_run = scale, ""
        self._show_scale()
        self.scale_changed.emit()

    def _show_scale(self) -> None:
        self._take_scale()
        if self._record is not None and self._row is not None:
            self.set_record(self._record)
            self.show_row(self._row)
            self.show_kept(self._position)

    def set_experiment(self, experiment: Experiment) -> None:
        """Give the axis the length of the run to come."""
        self._experiment = experiment
        self._record = self._row = None
        self._length = experiment.iterations

    def set_kept(self, kept: Sequence[Run]) -> None:
        """Draw other runs, too, and name them."""
        self._kept_whole.set_strokes([("grid", 1.2, look_of(run).dashes) for run in kept])
        super().set_kept(kept)

    def set_record(self, record: Record) -> None:
        """Draw the curve of what has been recorded."""
        self._record = record
        self._look_whether_it_diverges(record)
        self._floor = self._lowest_that_counts()
        iterations, losses = envelope(record)
        heights = self._heights(losses, self._experiment)
        kept = [(run, *envelope(run.record)) for run in self.kept]
        lines = [np.column_stack((i, self._heights(y, run.experiment))) for run, i, y in kept]
        for curves in (self._kept_whole, self._kept_lines):
            curves.set_lines(lines)
        self.set_home(*self._ranges(
            np.concatenate([losses, *(y for *_, y in kept)]),
            np.concatenate([heights, *(line[:, 1] for line in lines)]),
        ))  # fmt: skip
        bottom, top = self.view.home[1]
        points = smooth_curve(iterations, heights, (top - bottom) * TOLERANCE)
        for curve in (self._whole, self._past):
            curve.set_points(*points)
        self._say_why()

    def set_length(self, length: int) -> None:
        """Give the axis the length of a run that ended early."""
        self._length = length

    def show_row(self, row: Row) -> None:
        """Stand at one iteration, or on the way to the next."""
        self._row = row
        self._dot.set_points(*np.transpose([self.place_of(row)]))

    def show_kept(self, position: float) -> None:
        """Stand at a position of all runs: a line, and a marker on each curve."""
        self._position = position
        self._now.set_points([position] * 2, self._shown_heights)
        self._so_far.set_box((self.view.home[0][0], position), self._shown_heights)
        super().show_kept(position)

    def place_of(self, row: Row) -> tuple[float, float]:
        """Return position and height."""
        assert self._record is not None
        return self._on_curve(row, self._record, self._experiment)

    def place_in(self, run: Run, position: float) -> tuple[float, float]:
        """Return position and height of a run, which stays on its curve."""
        return self._on_curve(run.at(position), run.record, run.experiment)

    def _on_curve(self, row: Row, record: Record, experiment: Experiment) -> tuple[float, float]:
        """Return where a row is marked: on the way to the next, on the line that joins the two."""
        before, after = record.at(row.iteration), record.at(row.iteration + 1)
        if not row.walked or after.iteration - before.iteration != 1:
            return row.position, float(self._heights(np.array([row.loss]), experiment)[0])
        low, high = self._heights(np.array([before.loss, after.loss]), experiment).tolist()
        return row.position, low + row.walked * (high - low)

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

    def _look_whether_it_diverges(self, record: Record) -> None:
        """Choose the scale of a run that diverges, and go back after it."""
        diverges, before = is_growing(record), self.scale
        if diverges != self._diverges:
            self._diverges, self._chosen_for_this_run = diverges, ""
            self._take_scale()
            if self.scale != before:
                self.scale_changed.emit()

    def _take_scale(self) -> None:
        self.left.setLogMode(False, self.scale != "linear")
        self.left.set_text(SCALES[self.scale])

    def _say_why(self) -> None:
        """Say that the scale is none that anybody chose."""
        by_itself = self.scale != self.chosen and not self._chosen_for_this_run
        self._by_itself.say(BY_ITSELF if by_itself else "")
        (left, _), (_, top) = self.view.viewRange()
        self._by_itself.setPos(left, top)

    def _heights(self, losses: NDArray[np.float64], experiment: Experiment) -> NDArray[np.float64]:
        """Return where losses of an experiment stand on the axis."""
        if self.scale == "linear":
            return np.minimum(losses, 2 * self._ceiling())
        if self.scale == "above_minimum":
            losses = losses - experiment.bowl.minimum
        return np.log10(np.maximum(losses, self._floor))

    def _ceiling(self) -> float:
        """Return the highest loss of the linear picture."""
        assert self._record is not None
        return MAX_RISE * self._record[0].loss

    def _lowest_that_counts(self) -> float:
        """Return the least that a logarithm is taken of: what is below is made by rounding."""
        assert self._record is not None
        precision = np.finfo(float)
        least = max(precision.eps**2 * self._record[0].loss, precision.tiny)
        if self.scale != "above_minimum":
            return float(least)
        runs = self._experiment, *(run.experiment for run in self.kept)
        return float(max(least, *(np.spacing(each.bowl.minimum) for each in runs)))

    def _ranges(
        self, losses: NDArray[np.float64], heights: NDArray[np.float64]
    ) -> tuple[Range, Range]:
        """Return what to show of all runs: in round steps, so that it seldom changes."""
        assert self._record is not None
        linear, highest = self.scale == "linear", self._ceiling()
        if not linear:
            # What kept runs do that diverged would leave no room for the others.
            highest = max(highest, float(self._record.loss.max()), self._record[-1].loss)
        shown = heights[losses <= highest]
        low, high = float(shown.min()), float(shown.max())
        if linear:
            low = 0.0
        else:
            lacking = max(FEWEST_DECADES - (high - low), 0.0)
            low, high = low - lacking / 2, high + lacking / 2
        room = ROOM * (high - low) or 1.0
        step = nice_step((high - low) / 10 or 1.0)
        top = math.ceil((high + room) / step) * step
        bottom = -BELOW * top if linear else math.floor((low - room) / step) * step
        if not linear:
            bottom, top = max(bottom, LEAST_POWER), min(top, LARGEST_POWER)
        return (-0.01 * self._end, 1.01 * self._end or 1.0), (bottom, top)

    @property
    def _shown_heights(self) -> Range:
        """The heights at both edges of the view, which may be held."""
        low, high = self.view.viewRange()[1]
        return float(low), float(high)

    @property
    def _end(self) -> int:
        """The last iteration of all runs."""
        return max(self._length, *(run.record.newest for run in self.kept), 0)

    def _on_range_changed(self) -> None:
        """Reach from edge to edge."""
        super()._on_range_changed()
        if self._row is not None:
            self._say_why()
            self.show_row(self._row)
            self.show_kept(self._position)
