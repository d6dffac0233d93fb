"""SweepPlot: what became of each learning rate; click one to run it."""

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gdviz.core.comparison import start_loss
from gdviz.core.descent import Experiment
from gdviz.core.sentences import short_number
from gdviz.core.sweep import Trial, trial_sentence
from gdviz.ui.plots.axis import LABEL_PX, Axis
from gdviz.ui.plots.legend import Entry
from gdviz.ui.plots.marks import Curve, Dots
from gdviz.ui.plots.plot import Plot, Range
from gdviz.ui.theme import Theme, plot_font

ITERATIONS, LOSS = "iterations", "loss"
# How near a click must be to a point.
NEAR_PX = 14.0
# Beyond so many powers of ten below the start a loss is nothing but rounding.
MOST_DECADES = 20.0
# Less of an axis than this may hold not even two of the numbers 1, 2, 5, 10, ….
LEAST_DECADES = 0.7
# A minimum lower than this, seen from the start, is not worth the room down to it.
SHALLOW = 1e-6
# How many pixels a label needs along its axis; along the bottom they stand side by side.
LEFT_LABEL_PX, BOTTOM_LABEL_PX = 19, 72


class SweepAxis(Axis):
    """A logarithmic axis, numbered as the boxes and the sentences write numbers."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self._label_px = LEFT_LABEL_PX if side == "left" else BOTTOM_LABEL_PX
        self.setLogMode(True)

    def logTickValues(
        self, low: float, high: float, size: float, std_ticks: object
    ) -> list[tuple[None, list[float]]]:
        """Return where the ticks stand: exponents of ten."""
        return super().logTickValues(low, high, size * LABEL_PX / self._label_px, std_ticks)

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the numbers the ticks stand for."""
        del scale, spacing
        return [tick_text(float(f"{10.0**value:.3g}")) for value in values]


def tick_text(number: float) -> str:
    """Return a number for an axis, such as ``5e-6``, ``0.001`` or ``20,000``."""
    return f"{number:,.0f}" if 1 <= number < 1e6 else short_number(number)


def entries(goal: float) -> tuple[Entry, ...]:
    """Return what the marks mean."""
    return (
        Entry("dot", "curve", f"reaches loss {goal:.6g}"),
        Entry("ring", "curve", "does not"),
        Entry("cross", "muted", "diverges"),
        Entry("dashes", "muted", "stability limit"),
        Entry("line", "hiker", "current rate"),
    )


class SweepPlot(Plot):
    """A point for every rate on logarithmic axes, the stability limit and the current rate.

    Rates that diverge are marked at the top edge; in the picture of iterations, those that don't
    reach the goal stand at the length of the longest run.

    Signals
    -------
    rate_requested(float)
        The user clicked the point of this rate.
    """

    rate_requested = Signal(float)
    axis = SweepAxis

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "sweep_plot",
            "Sweep",
            "What becomes of each learning rate. Click a point to run its rate.",
            entries(0.0),
            parent,
        )
        self.view.setMouseEnabled(x=False, y=False)
        self.bottom.set_text("learning rate")
        self._experiment: Experiment | None = None
        self._trials: Sequence[Trial] = ()
        self._rates: Range = (1e-3, 1.0)
        self._measure = ITERATIONS
        self._line = Curve(pairs=True)
        self._reached = Dots(8)
        self._rims, self._holes = Dots(9), Dots(5)
        self._diverged = Dots(10, "cross")
        self._limit, self._current = Curve(), Curve()
        self._limit_text = pg.TextItem(anchor=(0.0, 0.0), angle=90)
        self._limit_text.setFont(plot_font())
        self.still.add(self._limit, self._current, self._line)
        self.still.add(self._diverged, self._rims, self._holes, self._reached)
        self.write(self._limit_text)

    @property
    def trials(self) -> Sequence[Trial]:
        """The trials that are shown."""
        return self._trials

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._line.set_pen(theme.curve, 1.5)
        self._reached.set_colours(theme.curve, theme.plot)
        self._rims.set_colours(theme.curve, theme.plot)
        self._holes.set_colours(theme.plot, theme.plot)
        self._diverged.set_colours(theme.muted, theme.plot)
        self._limit.set_pen(theme.muted, 2.0, [4, 2.5])
        self._limit_text.setColor(theme.muted)
        self._current.set_pen(theme.hiker, 2.0)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show limit and rate of other settings; the trials stay until others are set."""
        self._experiment = experiment
        self._draw()

    def set_sweep(self, low: float, high: float, goal: float) -> None:
        """Make room for the rates from `low` to `high`, of which none has been tried."""
        self._rates = low, high
        self._entries = entries(goal)
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
        if not self._trials:
            return None
        places = self._reached.in_pixels(self._places(self._trials))
        scene = self.mapToScene(place.toPoint())
        apart = np.hypot(*(places - np.array([scene.x(), scene.y()])).T)
        index = int(apart.argmin())
        return self._trials[index] if apart[index] <= NEAR_PX else None

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

    def _draw_rates(self, experiment: Experiment) -> None:
        """Draw the upright lines at the limit and at the current rate."""
        limit, bottom_and_top = experiment.learning_rate_limit, self._home[1]
        limited = math.isfinite(limit)
        for line, rate in ((self._limit, limit), (self._current, experiment.learning_rate)):
            x = [math.log10(rate)] * 2 if math.isfinite(rate) else []
            line.set_points(x, bottom_and_top[: len(x)])
        self._limit_text.setVisible(limited)
        if limited:
            self._limit_text.setText(f"limit {limit:.3g}")
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
        return low - room, high + room

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
