"""LossCurve: the loss of every weight, and the hiker who walks down it feeling only the slope."""

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from gdviz.core.descent import Experiment
from gdviz.core.quadratic import Quadratic
from gdviz.core.trajectory import Record, Row
from gdviz.ui.plots.items import Arrow, Curve, Dots
from gdviz.ui.plots.legend import Entry
from gdviz.ui.plots.plot import Plot, Range, keep_painted, nice_range
from gdviz.ui.plots.trail import Trail
from gdviz.ui.theme import Theme

CURVE_POINTS = 401
# A divergent path is followed until it is this many times farther out than its start.
MAX_REACH = 8.0
# How far to see beyond the path, and above it.
MARGIN, HEADROOM = 1.35, 1.22
TANGENT_LENGTH = 0.16

ENTRIES = (
    Entry("big dot", "hiker", "hiker"),
    Entry("dot", "trail", "steps"),
    Entry("dashes", "slope", "slope"),
    Entry("arrow", "hiker", "next step"),
    Entry("cross", "optimum", "minimum"),
)


class LossCurve(Plot):
    """The parabola, its minimum, and at (weight, loss) the hiker with trail, slope and step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "loss_curve",
            "Loss curve",
            "The loss of every weight. The hiker stands at the current weight, feels the slope "
            "and steps downhill. Wheel: zoom, drag: shift, Ctrl+0: back.",
            ENTRIES,
            parent,
        )
        self.bottom.set_text("weight w")
        self.left.set_text("loss")
        self._experiment: Experiment | None = None
        self._weights: Range = (0.0, 1.0)
        self._curve = Curve()
        keep_painted(self._curve)
        self._optimum = Dots(12, cross=True)
        self._trail = Trail()
        self._tangent = Curve()
        self._arrow = Arrow()
        self._hiker = Dots(19)
        self._outside = pg.TextItem(anchor=(0.5, 0.0))
        self.add(
            self._curve, *self._trail.items, self._tangent, self._arrow, self._hiker, self._optimum
        )
        self.add(self._outside)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._curve.set_pen(theme.curve, 2.5)
        self._optimum.set_colours(theme.optimum, theme.plot)
        self._trail.set_theme(theme)
        self._tangent.set_pen(theme.slope, 2.5, [4, 2.5])
        self._arrow.set_colour(theme.hiker)
        self._hiker.set_colours(theme.hiker, theme.plot)
        self._outside.setColor(theme.hiker)
        self._outside.fill = pg.mkBrush(theme.plot)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the loss of other data or settings; the path comes with `set_record`."""
        self._experiment = experiment
        self._trail.clear()

    def set_record(self, record: Record) -> None:
        """Fit the view to the whole path and lay out its dots."""
        assert self._experiment is not None
        quadratic = self._experiment.quadratic
        near = record.rows[
            np.abs(record.weight - quadratic.optimum) <= _max_distance(record, quadratic)
        ]
        self._weights = weight_range(quadratic, near[:, 0])
        weights = np.linspace(*self._weights, CURVE_POINTS)
        self._curve.set_points(weights, quadratic.loss(weights))
        self._show_optimum(quadratic)
        # A little more, so that the numbers at both ends of the axis find room.
        room = 0.02 * (self._weights[1] - self._weights[0])
        wider = self._weights[0] - room, self._weights[1] + room
        self.set_home(wider, loss_range(quadratic, float(near[:, 1].max())))
        self._trail.set_record(record, self._weights)

    def show_row(self, row: Row) -> None:
        """Stand at one iteration."""
        assert self._experiment is not None
        quadratic, method = self._experiment.quadratic, self._experiment.method
        self._trail.show_until(row.iteration)
        low, high = self._weights
        inside = low <= row.weight <= high
        for item in (self._hiker, self._tangent, self._arrow):
            item.setVisible(inside)
        self._outside.setVisible(not inside)
        if inside:
            self._hiker.set_points([row.weight], [row.loss])
            self._tangent.set_points(*self._tangent_at(row))
            next_weight = row.weight + method.step(row.gradient)
            reached = min(max(next_weight, low), high)
            self._arrow.set_points([row.weight, reached], [row.loss, row.loss])
        else:
            self._point_outside(row, quadratic)

    def _show_optimum(self, quadratic: Quadratic) -> None:
        if quadratic.rms_x > 0:
            self._optimum.set_points([quadratic.optimum], [quadratic.minimum])
        else:
            self._optimum.set_points([], [])

    def _tangent_at(self, row: Row) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return a piece of the tangent that looks equally long however steep it is."""
        (left, right), (bottom, top) = self._home
        width, height = right - left, top - bottom
        steepness = row.gradient * width / height
        half = TANGENT_LENGTH * width / math.hypot(1.0, steepness)
        offsets = np.array([-half, half])
        return row.weight + offsets, row.loss + row.gradient * offsets

    def _point_outside(self, row: Row, quadratic: Quadratic) -> None:
        """Say where the hiker is when that is too far away to show."""
        left, right = self._weights
        top = self._home[1][1]
        to_the_right = row.weight > quadratic.optimum
        text = f"w = {row.weight:.3g}"
        self._outside.setText(f"{text}  →" if to_the_right else f"←  {text}")
        self._outside.setAnchor((1.0, 0.0) if to_the_right else (0.0, 0.0))
        self._outside.setPos(right if to_the_right else left, top)


def weight_range(quadratic: Quadratic, weights: NDArray[np.float64]) -> Range:
    """Return the weights to show: the path, the minimum between its walls, and some room.

    For pizza.txt from weight 0 these are the lesson's -1 to 4.
    """
    reach = float(np.abs(weights - quadratic.optimum).max(initial=0.0))
    if reach == 0:
        reach = _natural_width(quadratic)
    low, high = nice_range(quadratic.optimum - MARGIN * reach, quadratic.optimum + MARGIN * reach)
    return min(low, float(weights.min())), max(high, float(weights.max()))


def loss_range(quadratic: Quadratic, highest: float) -> Range:
    """Return the losses to show: from the ground, if that is near, to just above the path."""
    depth = highest - quadratic.minimum
    if depth <= 0:
        depth = quadratic.minimum or 1.0
    bottom = quadratic.minimum - 0.15 * depth
    return max(bottom, -0.02 * HEADROOM * depth), quadratic.minimum + HEADROOM * depth


def _natural_width(quadratic: Quadratic) -> float:
    """Return the distance from the optimum at which the loss has doubled."""
    if quadratic.rms_x > 0 and quadratic.minimum > 0:
        return math.sqrt(quadratic.minimum) / quadratic.rms_x
    return 1.0


def _max_distance(record: Record, quadratic: Quadratic) -> float:
    """Return how far from the optimum a path is still followed."""
    start = abs(record[0].weight - quadratic.optimum)
    return MAX_REACH * start
