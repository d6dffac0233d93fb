"""SweepPlot: what became of each learning rate; click one to run it."""

import math
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.goals import start_loss
from gdviz.core.descent.sweep import Trial
from gdviz.core.geometry.ranges import Range
from gdviz.core.words import descriptions
from gdviz.core.words.numbers import number_text
from gdviz.core.words.sentences import trial_sentence
from gdviz.ui.plots.drawing.axis import Axis
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.marks import Curve, Dots
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.touch.reach import nearest
from gdviz.ui.plots.touch.readout import Reading

ITERATIONS, LOSS = "iterations", "loss"
# How near a click must be to a point.
REACH_PX = 14.0
# Beyond so many powers of ten below the start a loss is nothing but rounding.
MOST_DECADES = 20.0
# Ten to a power beyond this is no number.
LARGEST_DECADE = 308.25
# Less of an axis than this may hold not even two of the numbers 1, 2, 5, 10, ….
LEAST_DECADES = 0.7
# A minimum lower than this, seen from the start, is not worth the room down to it.
SHALLOW = 1e-6


def entries_for(goal: float) -> tuple[Entry, ...]:
    """Return what the marks mean."""
    return (
        Entry("dot", "curve", f"reaches loss {number_text(goal)}"),
        Entry("ring", "curve", "does not"),
        Entry("cross", "muted", "diverges"),
        Entry("dashes", "muted", "stability limit"),
        Entry("line", "hiker", "current rate"),
    )


class SweepPlot(Plot):
    """A point for every rate on logarithmic axes, the stability limit and the current rate.

    Rates that diverge are marked at the top edge; in the picture of iterations, those that don't
    reach the goal stand at the length of the longest run.
    """

    rate_requested = Signal(float)

    name, title, entries = "sweep_plot", "Sweep", entries_for(0.0)
    description = "What becomes of each learning rate. Click a point to run its rate."

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view.setMouseEnabled(x=False, y=False)
        self.bottom.set_text("learning rate")
        self.account = self._account
        self._experiment: Experiment | None = None
        self._trials: Sequence[Trial] = ()
        self._rates: Range = (1e-3, 1.0)
        self._measure = ITERATIONS
        self._line = Curve("curve", 1.5, pairs=True)
        self._reached = Dots(8, colour="curve")
        self._rims, self._holes = Dots(9, colour="curve"), Dots(5, colour="plot")
        self._diverged = Dots(10, "cross", "muted")
        self._limit, self._current = Curve("muted", 2.0, [4, 2.5]), Curve("hiker", 2.0)
        self._limit_text = Note("muted", covers=False)
        self._limit_text.setAngle(90)
        self.still.add(self._limit, self._current, self._line)
        self.still.add(self._diverged, self._rims, self._holes, self._reached)
        self.write(self._limit_text)

    @property
    def trials(self) -> Sequence[Trial]:
        """The trials that are shown."""
        return self._trials

    def twin(self) -> "SweepPlot":
        """Return a plot of its own that shows the same."""
        twin = SweepPlot()
        twin.entries, twin._rates, twin._measure = self.entries, self._rates, self._measure
        twin._trials, twin._experiment = self._trials, self._experiment
        twin._show_legend()
        twin._draw()
        return twin

    def set_experiment(self, experiment: Experiment) -> None:
        """Show limit and rate of other settings; the trials stay until others are set."""
        self._experiment = experiment
        self._draw()

    def set_sweep(self, low: float, high: float, goal: float) -> None:
        """Make room for the rates from `low` to `high`, of which none has been tried."""
        self._rates = low, high
        self.entries = entries_for(goal)
        self._show_legend()
        self.set_trials(())

    def set_trials(self, trials: Sequence[Trial]) -> None:
        """Show what became of the rates tried so far, in their order."""
        self._trials = trials
        self._draw()

    def set_measure(self, measure: str) -> None:
        """Choose the height of the points: `ITERATIONS` to the goal, or the final `LOSS`."""
        self._measure = measure
        self._draw()

    def nearest(self, place: QPointF) -> Trial | None:
        """Return the trial whose point is near a place on the widget."""
        return self._trial_at(self.pixel_at(place))

    def reading_at(self, pixel: QPointF) -> Reading | None:
        """Say what became of the rate under the mouse, or which rate that is."""
        if self._experiment is None:
            return None
        trial = self._trial_at(pixel)
        if trial is None:
            place = self.view.mapSceneToView(pixel)
            exponents = (min(value, LARGEST_DECADE) for value in place.toTuple())
            rate, height = (number_text(10.0**exponent, 3) for exponent in exponents)
            return Reading(f"rate = {rate}   {self._measure} = {height}", pixel.toTuple())
        rate = f"rate = {number_text(trial.rate)}"
        if trial.diverged:
            became = "diverges"
        elif self._measure == LOSS:
            became = f"loss = {number_text(trial.loss)}"
        elif trial.iterations is None:
            became = "does not reach the goal"
        else:
            became = f"iterations = {trial.iterations:,}"
        return Reading(f"{rate}   {became}", self.moving.pixel_of(*self._places([trial])[0]))

    def fill_menu(self, menu: QMenu, place: QPoint) -> None:
        """Offer the rate of the point that is there."""
        trial = self.nearest(QPointF(place))
        if trial is not None:
            text = f"Use the rate {number_text(trial.rate)}"
            menu.addAction(text, partial(self.rate_requested.emit, trial.rate))
            menu.addSeparator()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the rate under the mouse."""
        event.accept()
        trial = self.nearest(event.position())
        if trial is not None and event.button() is Qt.MouseButton.LeftButton:
            self.rate_requested.emit(trial.rate)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click; the press was followed already."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a click would find a point."""
        event.accept()
        near = self.nearest(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.ArrowCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say of a point what became of it."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            trial = self.nearest(QPointF(event.pos()))
            if trial is not None:
                QToolTip.showText(event.globalPos(), trial_sentence(trial), self)
                return True
        return bool(super().viewportEvent(event))

    def _account(self) -> str:
        return descriptions.sweep(self._experiment, self._trials) if self._experiment else ""

    def _make_axes(self) -> tuple[Axis, Axis]:
        axes = Axis("left"), Axis("bottom")
        for axis in axes:
            axis.setLogMode(True)
        return axes

    def _trial_at(self, pixel: QPointF) -> Trial | None:
        """Return the trial whose point is near a place among the view's pixels."""
        points = self._reached.in_pixels(self._places(self._trials))
        index = nearest(points, pixel, REACH_PX)
        return None if index is None else self._trials[index]

    def _draw(self) -> None:
        if self._experiment is None:
            return
        self.left.set_text("iterations" if self._measure == ITERATIONS else "final loss")
        self.set_home(self._rate_range(), self._height_range())
        going = [trial for trial in self._trials if not trial.diverged]
        reached = [trial for trial in going if trial.iterations is not None]
        missed = [trial for trial in going if trial.iterations is None]
        diverged = [trial for trial in self._trials if trial.diverged]
        for dots, trials in (
            (self._reached, reached), (self._rims, missed), (self._holes, missed),
            (self._diverged, diverged),
        ):  # fmt: skip
            dots.set_points(*self._places(trials).T)
        self._line.set_points(*self._places(self._joined()).T)
        self._draw_rates(self._experiment)
        self.readout.refresh()

    def _draw_rates(self, experiment: Experiment) -> None:
        """Draw the upright lines at the limit and at the current rate."""
        limit, bottom_and_top = experiment.learning_rate_limit, self.view.home[1]
        limited = math.isfinite(limit)
        for line, rate in ((self._limit, limit), (self._current, experiment.learning_rate)):
            x = [math.log10(rate)] * 2 if math.isfinite(rate) else []
            line.set_points(x, bottom_and_top[: len(x)])
        self._limit_text.setVisible(limited)
        if limited:
            self._limit_text.setText(f"limit {number_text(limit, 3)}")
            self._limit_text.setPos(math.log10(limit), bottom_and_top[0])

    def _joined(self) -> list[Trial]:
        """Return both ends of every piece of the line, which breaks where there is no number."""
        pairs = zip(self._trials, self._trials[1:], strict=False)
        return [end for pair in pairs if all(map(self._has_number, pair)) for end in pair]

    def _has_number(self, trial: Trial) -> bool:
        return not trial.diverged and (self._measure == LOSS or trial.iterations is not None)

    def _places(self, trials: Sequence[Trial]) -> NDArray[np.float64]:
        """Return where the points of some trials stand, of shape (n_trials, 2)."""
        heights = self._heights()
        places = [(math.log10(trial.rate), self._height(trial, heights)) for trial in trials]
        return np.array(places, dtype=np.float64).reshape(-1, 2)

    def _height(self, trial: Trial, heights: Range) -> float:
        low, high = heights
        if trial.diverged:
            return high + 0.7 * _room(heights)
        if self._measure == LOSS:
            return math.log10(trial.loss) if trial.loss > 10.0**low else low
        return high if trial.iterations is None else math.log10(max(trial.iterations, 1))

    def _rate_range(self) -> Range:
        low, high = map(math.log10, self._rates)
        room = 0.04 * (high - low) or 0.5
        return low - room, min(high + room, LARGEST_DECADE)

    def _height_range(self) -> Range:
        """Return the range of the axis, with room above for the rates that diverge."""
        heights = self._heights()
        return heights[0] - 0.5 * _room(heights), heights[1] + 1.4 * _room(heights)

    def _heights(self) -> Range:
        """Return the heights between which the numbers lie."""
        low, high = self._iterations() if self._measure == ITERATIONS else self._losses()
        missing = max(0.0, LEAST_DECADES - (high - low)) / 2
        return low - missing, high + missing

    def _iterations(self) -> Range:
        """Return the logarithms of the fewest iterations, and of all."""
        assert self._experiment is not None
        most = max(self._experiment.iterations, 1)
        reached = [t.iterations for t in self._trials if t.iterations is not None]
        fewest = max(min(reached, default=most), 1)
        # Whole decades, so that the axis seldom changes while a sweep goes on.
        return float(math.floor(math.log10(fewest))), math.log10(most)

    def _losses(self) -> Range:
        """Return the logarithms of the lowest loss worth the room, and of the highest."""
        assert self._experiment is not None
        start, minimum = start_loss(self._experiment) or 1.0, self._experiment.bowl.minimum
        losses = [trial.loss for trial in self._trials if not trial.diverged]
        high = math.log10(max(losses, default=0.0) or start)
        low = min(losses, default=minimum) if minimum < SHALLOW * start else minimum
        return max(math.log10(low) if low > 0 else -math.inf, high - MOST_DECADES), high


def _room(heights: Range) -> float:
    return 0.08 * (heights[1] - heights[0])
