"""LossCurve: the loss along one parameter, and the hiker who walks it feeling only the slope."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsItem, QWidget

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.quadratic import Quadratic
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.geometry.ranges import Range, curve_view
from gdviz.core.geometry.section import Section
from gdviz.core.geometry.thinning import apart, corners, first_visits
from gdviz.core.words.numbers import number_text
from gdviz.core.words.sentences import line_text
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.marks import Arrow, Curve, Dots
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.sheet import Mark, Sheet
from gdviz.ui.plots.drawing.trail import CORNER_PX, Path, Trail
from gdviz.ui.plots.touch.readout import Reading, pointed_at
from gdviz.ui.plots.touch.starts import HikerPlot

# How far a hiker feels the curve in the fog, as a share of what is shown.
PIECE = 0.018
# Of a curve that stays, and of one that each frame draws anew.
CURVE_POINTS, MOVING_POINTS = 401, 61
TANGENT_LENGTH = 0.16
# Into how many columns the view is cut, of which each shows a path once, and that of a kept run.
TRAIL_POINTS, KEPT_POINTS = 160, 120
# How far a dot is from others and from the path that went there before.
DOTS_APART_PX = 10.0
FAR_PX = 1e9
AXES = {"weight": "weight w", "bias": "bias b"}

ENTRIES = (
    Entry("big dot", "hiker", "hiker"),
    Entry("dot", "trail", "steps"),
    Entry("dashes", "slope", "slope"),
    Entry("arrow", "hiker", "next step"),
    Entry("cross", "optimum", "minimum"),
)


class LossCurve(HikerPlot):
    """The parabola, its minimum, and the hiker with trail, slope and step.

    With a bias it is the slice through the bowl at the current bias, and moves with it; or, along
    the bias, the slice at the current weight.
    """

    name, title, entries = "loss_curve", "Loss curve", ENTRIES
    description = (
        "The loss of every weight. The hiker stands at the current weight, feels the slope and "
        "steps downhill. Drag the hiker or the ring: start there. Wheel: zoom, drag: shift, "
        "Ctrl+0: back."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left.set_text("loss")
        self._along = "weight"
        self.bottom.set_text(AXES[self._along])
        self._experiment: Experiment  # comes before any record
        self._values: Range = (0.0, 1.0)
        self._highest = 1.0
        self._slice: Quadratic | None = None
        # Where its loss is drawn.
        self._along_curve = np.empty(0)
        self._curve = Curve("curve", 2.5)
        self._fog = False
        self._pieces = Curve("curve", 2.5, pairs=True)
        self._optimum = Dots(12, "cross", "optimum")
        self._chords, self._dots = Curve("trail", self.way_px), Dots(8, colour="trail")
        self._trails = Trail(self._chords), Trail(self._dots)
        self._tangent = Curve("slope", 2.5, [4, 2.5])
        self._arrow = Arrow()
        self._outside = Note("hiker")
        self._ground = Sheet(self._curve, self._pieces)
        self.add(self._ground)
        self.add_paths(self._chords, self._dots)
        self.write(self._outside)
        self.moving.add(self._tangent, self._arrow, self._hiker, self._optimum, self._flag)

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks that explanations speak of."""
        return {
            "hiker": self._hiker, "step": self._arrow, f"slope along {self._along}": self._tangent,
        }  # fmt: skip

    def set_along(self, parameter: str) -> None:
        """Choose the parameter: ``weight`` or ``bias``."""
        if parameter == self._along:
            return
        self._along = parameter
        self.bottom.set_text(AXES[parameter])
        if self._record is not None and self._row is not None:
            self.set_record(self._record)
            self.show_row(self._row)

    def set_fog(self, fog: bool) -> None:
        """Hide the curve except where the hiker has stood, or show it again."""
        self._fog = fog
        self._pieces.set_visible(fog)
        for mark in (self._curve, self._optimum):
            mark.set_visible(not fog)
        if self._row is not None:
            self.show_row(self._row)

    @property
    def parameters(self) -> tuple[int, ...]:  # type: ignore[override]
        """The parameter that is shown."""
        return (0,) if self._along == "weight" else (1,)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the loss of other data or settings; the path comes with `set_record`."""
        self._experiment = experiment
        self._record = self._row = self._slice = None
        for trail in self._trails:
            trail.clear()
        # Painted once, unless it moves with the bias.
        cached = QGraphicsItem.CacheMode.DeviceCoordinateCache
        still = QGraphicsItem.CacheMode.NoCache if experiment.with_bias else cached
        self._ground.setCacheMode(still)
        if not experiment.with_bias:
            self.set_along("weight")

    def set_record(self, record: Record) -> None:
        """Fit the view to the whole path and lay out its dots."""
        self._record = record
        paths = [record, *(run.record for run in self.kept)]
        seen = [self._section.near(path) for path in paths if len(path.rows)]
        values, optima, losses = seen[0] if len(seen) == 1 else np.concatenate(seen, axis=1)
        data, lowest = self._experiment.dataset.bowl, self._experiment.bowl.minimum
        view = curve_view(
            self._section.natural, data.minimum, lowest, values, optima, float(losses.max())
        )
        self._set_view(*view)
        count = MOVING_POINTS if self._experiment.with_bias else CURVE_POINTS
        self._along_curve = np.linspace(*self._values, count)
        self._lay_out_trail()
        self.start_ring.set_points([self._section.values(record)[0]], [record.loss[0]])
        self.lay_out_kept()
        self._slice = None

    def show_row(self, row: Row) -> None:
        """Stand at one iteration."""
        self._row = row
        inside = self.place_of(row) is not None
        last_inside = row if inside else self._last_inside(row)
        self._show_slice(self._section.at(last_inside))
        for trail in self._trails:
            trail.show_until(row.iteration)
        if self._fog:
            self._show_pieces(row)
        low, high = self._values
        self.show_way(row)
        value, gradient, step = self._section.motion(row)
        for mark in (self._hiker, self._tangent):
            mark.set_visible(inside)
        self._arrow.set_visible(inside and not self.guessing)
        self._outside.say("")
        if inside:
            self._hiker.set_points([value], [row.loss])
            self._tangent.set_points(*self._tangent_at(value, row.loss, gradient))
            reached = min(max(value + step, low), high)
            self._arrow.set_points([value, reached], [row.loss, row.loss])
        else:
            self._point_outside(row, last_inside)

    def kept_path(self, record: Record) -> Path:
        """Return the corners of the path of a kept run, at the scale of the view."""
        iterations, places = self._path(record, KEPT_POINTS)
        kept = corners(self._in_pixels(places), CORNER_PX)
        return iterations[kept], places[kept]

    def place_of(self, row: Row) -> tuple[float, float] | None:
        """Return value and loss, if both are among those shown."""
        value, (low, high) = self._section.motion(row)[0], self._values
        return (value, row.loss) if low <= value <= high and row.loss <= self._highest else None

    def start_at(self, place: QPointF) -> tuple[Point, QPointF]:
        """Return the start at a place's value; the ring stays on the curve."""
        base = self._taken or self._experiment.start
        start = base._replace(**{self._along: place.x()})
        height = self._slice.loss(place.x()) if self._slice else place.y()
        return start, QPointF(place.x(), height)

    def reading_at(self, pixel: QPointF) -> Reading | None:
        """Say the loss of the value under the mouse; in the fog nobody knows it."""
        if self._slice is None or self._fog:
            return None
        value, _, text, _ = pointed_at(self, pixel)
        loss = float(self._slice.loss(value))
        place = self.moving.pixel_of(value, loss)
        return Reading(
            f"{self._along[0]} = {text}   loss = {number_text(loss, 5)}", place, dot=place
        )

    @property
    def _section(self) -> Section:
        return Section(self._experiment, self._along)

    def _lay_out_trail(self) -> None:
        """Place chords and dots; of dots that would lie on others only the first."""
        assert self._record is not None
        iterations, places = self._path(self._record, TRAIL_POINTS)
        dots = apart(self._in_pixels(places), DOTS_APART_PX)
        chords, marked = self._trails
        chords.set_path(iterations, places)
        marked.set_path(iterations[dots], places[dots])

    def _in_pixels(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far places are from a corner, in pixels; what is far out, anywhere there."""
        size, (low, high) = self.view.boundingRect().size(), np.transpose(self.view.viewRange())
        per_unit = np.array(size.toTuple()) / (high - low)
        pixels: NDArray[np.float64] = np.clip((places - low) * per_unit, -FAR_PX, FAR_PX)
        return pixels

    def _on_range_changed(self) -> None:
        """Show as many dots as there is room for at the new scale."""
        super()._on_range_changed()
        if self._record is not None and self._row is not None:
            self._lay_out_trail()
            self.lay_out_kept()
            for trail in self._trails:
                trail.show_until(self._row.iteration)

    def _path(self, record: Record, most: int) -> Path:
        """Return so many steps of a run as can be told apart: iterations, and places."""
        values = self._section.values(record)
        first = first_visits([values], [self._values], most)
        return first * record.stride, np.column_stack((values[first], record.loss[first]))

    def _show_slice(self, parabola: Quadratic) -> None:
        """Draw the curve, unless it is there already: without a bias it never moves."""
        if parabola == self._slice:
            return
        self._slice = parabola
        (_, _), (bottom, top) = self.view.home
        # Far above the view, where a divergent run may lift it, only its being there counts.
        losses = np.minimum(parabola.loss(self._along_curve), top + 9 * (top - bottom))
        self._curve.set_points(self._along_curve, losses)
        low, high = self._values
        seen = parabola.steepness > 0 and low <= parabola.optimum <= high
        at = [(parabola.optimum, parabola.minimum)] if seen and parabola.minimum <= top else []
        self._optimum.set_points(*np.array(at).reshape(-1, 2).T)

    def _show_pieces(self, row: Row) -> None:
        """Show so much of the curve as the hiker has seen: a piece around each place it stood at.

        With a bias the curve moves, and what was seen before is of another one.
        """
        assert self._slice is not None
        moves = self._experiment.with_bias
        stood = self._section.motion(row)[:1] if moves else self._chords.points[:, 0]
        reach = PIECE * (self._values[1] - self._values[0])
        ends = np.linspace(-reach, reach, 7)
        values = np.asarray(stood)[:, np.newaxis] + np.repeat(ends, 2)[1:-1]
        self._pieces.set_points(values.ravel(), self._slice.loss(values.ravel()))

    def _set_view(self, values: Range, losses: Range) -> None:
        """Show values and losses, unless something is dragged."""
        if self.held_still:
            return
        # A little more, so that the numbers at both ends of the axis find room.
        room = 0.02 * (values[1] - values[0])
        self._values, self._highest = values, losses[1]
        self.set_home((values[0] - room, values[1] + room), losses)

    def _last_inside(self, row: Row) -> Row:
        """Return where the hiker last was in the picture; far outside of it is no curve to see."""
        record = self._record
        if record is None or not self._experiment.with_bias:
            return row
        come = slice(max(0, row.iteration) // record.stride + 1)
        values, losses = self._section.values(record)[come], record.loss[come]
        low, high = self._values
        inside = np.flatnonzero((low <= values) & (values <= high) & (losses <= self._highest))
        return record[int(inside[-1])] if len(inside) else record[0]

    def _tangent_at(
        self, value: float, loss: float, gradient: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return a piece of the tangent that looks equally long however steep it is."""
        (left, right), (bottom, top) = self.view.home
        width, height = right - left, top - bottom
        steepness = gradient * width / height
        half = TANGENT_LENGTH * width / math.hypot(1.0, steepness)
        offsets = np.array([-half, half])
        return value + offsets, loss + gradient * offsets

    def _point_outside(self, row: Row, last_inside: Row) -> None:
        """Say where the hiker is when that is too far away to show, and what is shown instead."""
        value, (left, right), top = self._section.motion(row)[0], self._values, self.view.home[1][1]
        biased = self._experiment.with_bias
        text = line_text(row.weight, row.bias if biased else None, 3)
        if value > right:
            text = f"{text}  →"
        elif value < left:
            text = f"←  {text}"
        else:
            text = f"↑  {text}, loss {number_text(row.loss, 3)}"
        if biased:
            # The slice through where the hiker is now is far outside, too.
            other, fixed = ("b", "bias") if self._along == "weight" else ("w", "weight")
            at = getattr(last_inside, fixed)
            text += f"\ncurve shown: at {other} = {number_text(at, 3)}"
        self._outside.say(text)
        # Between the walls there is room.
        self._outside.setAnchor((0.5, 0.0))
        self._outside.setPos((left + right) / 2, top)
