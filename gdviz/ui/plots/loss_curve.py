"""LossCurve: the loss along one parameter, and the hiker who walks it feeling only the slope."""

from collections.abc import Collection

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
from gdviz.core.geometry.tangents import tangent
from gdviz.core.geometry.thinning import apart, corners
from gdviz.core.words.numbers import number_text
from gdviz.core.words.outside import outside_text
from gdviz.ui.plots.drawing.curve_aids import CurveAids, Sight
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.marks import Arrow, Curve, Dots
from gdviz.ui.plots.drawing.notes import Note, lower_end
from gdviz.ui.plots.drawing.sheet import Mark, Sheet
from gdviz.ui.plots.drawing.trail import CORNER_PX, Path, Trail
from gdviz.ui.plots.touch.readout import Reading, pointed_at
from gdviz.ui.plots.touch.starts import HikerPlot

# How far a hiker feels the curve in the fog, as a share of what is shown.
PIECE = 0.018
# Of a curve that stays, and of one that each frame draws anew.
CURVE_POINTS, MOVING_POINTS = 401, 61
# Into how many columns the view is cut, of which each shows a path once, and that of a kept run.
TRAIL_POINTS, KEPT_POINTS = 160, 120
# How far a dot is from others and from the path that went there before.
DOTS_APART_PX = 10.0
FAR_PX = 1e9
AXES = {"weight": "weight w", "bias": "bias b"}

ENTRIES = (
    Entry("big dot", "hiker", "hiker"),
    Entry("dot", "trail", "steps", "trail"),
    Entry("dashes", "slope", "slope", "tangent"),
    Entry("arrow", "hiker", "next step", "next_step"),
    Entry("cross", "optimum", "minimum", "minimum"),
)


class LossCurve(HikerPlot):
    """The parabola, its minimum, and the hiker with trail, slope and step.

    With a bias it is the slice through the bowl at the current bias, and moves with it; or, along
    the bias, the slice at the current weight.
    """

    name, title = "loss_curve", "Loss curve"
    entries: tuple[Entry, ...] = ENTRIES
    description = (
        "The loss of every weight. The hiker stands at the current weight, feels the slope and "
        "steps downhill. Drag the hiker or the ring: start there. Wheel: zoom, drag: shift, "
        "Ctrl+0: back."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left.set_text("loss")
        self.along = "weight"
        self.bottom.set_text(AXES[self.along])
        self._experiment: Experiment  # comes before any record
        self._values: Range = (0.0, 1.0)
        self._highest = 1.0
        self._slice: Quadratic | None = None
        # Where its loss is drawn.
        self.along_curve = np.empty(0)
        self._curve = Curve("curve", 2.5)
        self._fog = False
        self._pieces = Curve("curve", 2.5, pairs=True)
        self._optimum = Dots(12, "cross", "optimum")
        self._chords, self._dots = Curve("trail", self.way_px), Dots(8, colour="trail")
        self._trails = Trail(self._chords), Trail(self._dots)
        self._tangent = Curve("slope", 2.5, [4, 2.5])
        self._arrow = Arrow()
        self._outside = Note("hiker")
        self.aids = aids = CurveAids(self._end_of_words)
        bend, kept = aids.curvature, (self._kept_lines, self._kept_trails.ends)
        self.headings = [bend.note]
        self.parts = {
            "next_step": [self._arrow, bend.drop, bend.landing],
            "tangent": [self._tangent],
            "minimum": [self._optimum],
            "trail": [self._chords, self._dots, self._way, *kept, aids.past_steps],
            "triangle": [aids.triangle],
            "curve": [self._curve, self._pieces],
            "whole curve": [bend.ghost, bend.drop, bend.landing],
        }
        self._wished_away: Collection[str] = ()
        self._ground = Sheet(bend.ghost, self._curve, self._pieces)
        self.add(self._ground)
        self.add_paths(self._chords, self._dots)
        self.write(bend.note, self._outside)
        self.moving.add(
            self._tangent, aids.triangle, aids.past_steps, aids.guesses, bend.drop, self._arrow,
            bend.landing, self._hiker, self._optimum, self._flag,
        )  # fmt: skip

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks that explanations speak of."""
        return {
            "hiker": self._hiker, "step": self._arrow, f"slope along {self.along}": self._tangent,
        }  # fmt: skip

    def set_along(self, parameter: str) -> None:
        """Choose the parameter: ``weight`` or ``bias``."""
        if parameter == self.along:
            return
        self.along = parameter
        self.bottom.set_text(AXES[parameter])
        self._take_aids()
        if self._record is not None and self._row is not None:
            self.set_record(self._record)
            self.show_row(self._row)

    def set_fog(self, fog: bool) -> None:
        """Hide the curve except where the hiker has stood, or show it again."""
        self._fog = fog
        self._pieces.set_visible(fog)
        for mark in (self._curve, self._optimum):
            mark.set_visible(not fog)
        self.set_unseen(self._wished_away)

    def set_aid(self, name: str, shown: bool) -> None:
        """Draw one of `AIDS` into it, or don't."""
        self.aids.set_shown(name, shown)
        self._take_aids()
        self._place_note_label()
        self.set_unseen(self._wished_away)

    def take_aids(self, others: CurveAids) -> None:
        """Show the aids of another picture, with what they remember."""
        self.aids.take_after(others)
        self._take_aids()

    def forget_guesses(self) -> None:
        """Show no more of those that were collected before."""
        if not self.aids.guesses.collecting:
            self.aids.guesses.forget()
            self._take_aids()

    def set_unseen(self, names: Collection[str]) -> None:
        """Hide parts, and show all others that may be seen.

        In the fog nobody sees how the curve goes on, and while guesses are collected there is none.
        """
        self._wished_away = names
        all_of_it = self.parts if self.aids.guesses.collecting else ()
        super().set_unseen({*names, *(["whole curve"] * self._fog), *all_of_it})
        if self._row is not None:
            self.show_row(self._row)

    @property
    def parameters(self) -> tuple[int, ...]:  # type: ignore[override]
        """The parameter that is shown."""
        return (0,) if self.along == "weight" else (1,)

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
        self._take_aids()

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
        if not self.held_still:
            self._values, (lowest, self._highest) = self.aids.curvature.with_before(view)
            # A little more, so that the numbers at both ends of the axis find room.
            low, high = self._values
            room = 0.02 * (high - low)
            self.set_home((low - room, high + room), (lowest, self._highest))
        count = MOVING_POINTS if self._experiment.with_bias else CURVE_POINTS
        self.along_curve = np.linspace(*self._values, count)
        self._lay_out_trail()
        self.start_ring.set_points([self._section.values(record)[0]], [record.loss[0]])
        self.lay_out_kept()
        self._slice = None

    def show_row(self, row: Row) -> None:
        """Stand at one iteration."""
        assert self._record is not None
        self._row = row
        place = self.place_of(row)
        inside = place is not None
        seen = row
        if not inside and self._experiment.with_bias:
            # Far outside of the picture is no curve to see.
            seen = self._section.last_inside(
                self._record, row.iteration, self._values, self._highest
            )
        self._show_slice(seen)
        for trail in self._trails:
            trail.show_until(row.iteration)
        if self._fog:
            self._show_pieces(row)
        self.show_way(row)
        (low, high), (value, slope, step) = self._values, self._section.motion(row)
        reached = min(max(value + step, low), high)
        for mark in (self._hiker, self._tangent):
            mark.set_visible(inside)
        self._arrow.set_visible(inside and not self.guessing)
        self._outside.say("")
        if inside:
            self._hiker.set_points([value], [row.loss])
            self._tangent.set_points(*tangent((value, row.loss), slope, self.view.home).T)
            self._arrow.set_points([value, reached], [row.loss, row.loss])
        else:
            self._point_outside(row, seen)
        if self.aids.shown:
            self.aids.show(Sight(
                self._section, self._section.at(seen), self._record, row, place,
                reached if self._arrow.visible and reached == value + step else None, self._highest,
            ))  # fmt: skip

    def kept_path(self, record: Record) -> Path:
        """Return the corners of the path of a kept run, at the scale of the view."""
        iterations, places = self._section.path(record, self._values, KEPT_POINTS)
        kept = corners(self._in_pixels(places), CORNER_PX)
        return iterations[kept], places[kept]

    def place_of(self, row: Row) -> tuple[float, float] | None:
        """Return value and loss, if both are among those shown."""
        value, (low, high) = self._section.motion(row)[0], self._values
        return (value, row.loss) if low <= value <= high and row.loss <= self._highest else None

    def start_at(self, place: QPointF) -> tuple[Point, QPointF]:
        """Return the start at a place's value; the ring stays on the curve."""
        base = self._taken or self._experiment.start
        start = base._replace(**{self.along: place.x()})
        height = self._slice.loss(place.x()) if self._slice else place.y()
        return start, QPointF(place.x(), height)

    def reading_at(self, pixel: QPointF) -> Reading | None:
        """Say the loss of the value under the mouse, where it is no secret."""
        if self._slice is None or self._fog or self.aids.guesses.collecting:
            return None
        value, _, text, _ = pointed_at(self, pixel)
        loss = float(self._slice.loss(value))
        place = self.moving.pixel_of(value, loss)
        return Reading(
            f"{self.along[0]} = {text}   loss = {number_text(loss, 5)}", place, dot=place
        )

    @property
    def _section(self) -> Section:
        return Section(self._experiment, self.along)

    def _lay_out_trail(self) -> None:
        """Place chords and dots; of dots that would lie on others only the first."""
        assert self._record is not None
        iterations, places = self._section.path(self._record, self._values, TRAIL_POINTS)
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
        (left, right), (_, top) = self.view.viewRange()
        self.aids.curvature.note.setPos((left + right) / 2, top)
        if self._record is not None and self._row is not None:
            self._lay_out_trail()
            self.lay_out_kept()
            for trail in self._trails:
                trail.show_until(self._row.iteration)

    def _show_slice(self, row: Row) -> None:
        """Draw the curve, unless it is there already: without a bias it never moves."""
        parabola = self._section.at(row)
        if parabola == self._slice:
            return
        self._slice = parabola
        (_, _), (bottom, top) = self.view.home
        # Far above the view, where a divergent run may lift it, only its being there counts.
        values, highest = self.along_curve, top + 9 * (top - bottom)
        self._curve.set_points(values, np.minimum(parabola.loss(values), highest))
        self.aids.curvature.show_before(self._section, row, values, highest)
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
        ends = PIECE * (self._values[1] - self._values[0]) * np.linspace(-1, 1, 7)
        values = np.add.outer(stood, np.repeat(ends, 2)[1:-1]).ravel()
        self._pieces.set_points(values, self._slice.loss(values))

    def _take_aids(self) -> None:
        """Have the aids speak of the experiment, and the legend of them."""
        self.aids.take(self._section, (self._values, self.view.home[1]))
        self.entries = (*ENTRIES, *self.aids.entries)
        self._show_legend()

    def _end_of_words(self) -> float:
        """Return how far down words at the top reach, in pixels."""
        end = lower_end((*self.headings, self._outside))
        return end if self._note.isHidden() else max(end, float(self._note.geometry().bottom()))

    def _point_outside(self, row: Row, seen: Row) -> None:
        """Say where the hiker is when that is too far away to show, and what is shown instead."""
        (left, right), (_, top) = self._values, self.view.home[1]
        biased = self._experiment.with_bias
        self._outside.say(outside_text(row, seen, self.along, self._values, with_bias=biased))
        # Between the walls there is room, below what else stands there.
        taken, own = (
            note.textItem.boundingRect().height() * note.isVisible()
            for note in (self.aids.curvature.note, self._outside)
        )
        self._outside.setAnchor((0.5, -taken / own))
        self._outside.setPos((left + right) / 2, top)
