"""Landscape: the loss over weight and bias, seen from above, and the path down."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.geometry.clipping import chord, part_inside
from gdviz.core.geometry.ranges import Box, natural_excess, view_range
from gdviz.core.geometry.thinning import apart, corners, first_visits, near
from gdviz.core.words.numbers import number_text
from gdviz.core.words.sentences import line_text
from gdviz.ui.plots.drawing.contour_map import ContourMap, cells_of
from gdviz.ui.plots.drawing.directions import Directions
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.marks import Arrow, Curve, Dots
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.sheet import Mark
from gdviz.ui.plots.drawing.trail import CORNER_PX, Path, Trail
from gdviz.ui.plots.touch.readout import Reading, pointed_at
from gdviz.ui.plots.touch.starts import HikerPlot

# Into how many cells a side of the view is cut, of which each shows the path once, or is seen once
# in the fog.
PATH_CELLS, MOST_LINES, MOST_KEPT_LINES = 120, 300, 150
FOG_CELLS, MOST_OPENINGS = 56, 110
# How far a dot is from others and from the path that went there before: what lies on itself would
# be a blob.
DOTS_APART_PX = 9.0

ENTRIES = (
    Entry("big dot", "hiker", "hiker"),
    Entry("dot", "trail", "steps"),
    Entry("arrow", "hiker", "next step", "next_step"),
    Entry("cross", "optimum", "minimum", "minimum"),
)


class Landscape(HikerPlot):
    """Contours, the path, the hiker and its next step, the start and the optimum.

    With the weight only, the bias is a level line on which the hiker walks.
    """

    name, title, entries = "landscape", "Landscape", ENTRIES
    way_px = 1.8
    description = (
        "The loss of every weight and bias, from above: each line has one loss. Drag the ring, or "
        "double-click: start there. Wheel: zoom, drag: shift, Ctrl+0: back."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bottom.set_text("weight w")
        self.left.set_text("bias b")
        self._experiment: Experiment  # comes before any record
        self._fog = False
        self._map = ContourMap()
        self._fixed = Curve("curve", 1.5)
        self._valley = Curve("optimum", 2.0, [4, 3], pairs=True)
        self._directions = Directions()
        self._path = Curve("trail", self.way_px, casing=True)
        self._dots = Dots(7, colour="trail", outline="casing")
        self._trails = Trail(self._path), Trail(self._dots), Trail()
        self._arrow = Arrow()
        self._optimum = Dots(13, "cross", "optimum")
        self._best = Dots(10, "cross", "optimum")
        self.parts = {
            "next_step": [self._arrow], "minimum": [self._optimum, self._best, self._valley],
        }  # fmt: skip
        self._outside = Note("hiker")
        self._clear_path()
        self.still.add(self._map, self._fixed, self._directions.lines, self._valley)
        self.add_paths(self._path, self._dots)
        self.write(*self._directions.notes, self._outside)
        self.moving.add(self._arrow, self._hiker, self._best, self._optimum, self._flag)

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks that explanations speak of."""
        return {"place": self._hiker, "step": self._arrow}

    @property
    def directions_shown(self) -> bool:
        """Whether the directions of the valley are shown."""
        return self._directions.lines.visible

    def set_directions(self, shown: bool) -> None:
        """Show the directions in which the loss curves on its own, or hide them."""
        self._directions.set_visible(shown)
        if shown and len(self._points):
            self._directions.lay_out(self._experiment, self._trails[1].points, self._seen)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the loss of other data or settings; the path comes with `set_record`."""
        self._experiment = experiment
        self._record = self._row = None
        self._clear_path()

    def set_record(self, record: Record) -> None:
        """Fit the view to the whole path and lay out its dots."""
        self._record = record
        self._points = record.rows[:, :2]
        bowl, reached = self._experiment.dataset.bowl, self._experiment.bowl
        records = [record, *(run.record for run in self.kept)]
        natural = natural_excess(reached, bowl.minimum)
        paths = [near(path, reached.minimum, natural)[:, :2] for path in records if len(path.rows)]
        self.start_ring.set_points(*record.rows[:1, :2].T)
        self._stale = True
        self.set_home(*view_range(bowl, np.concatenate((*paths, [reached.optimum]))))
        # Another range has laid it out already.
        if self._stale:
            self._lay_out()

    def set_fog(self, fog: bool) -> None:
        """Hide the ground except where the hiker has stood, or show it again."""
        self._fog = fog
        self._map.set_openings(self._trails[2].seen if fog else None)
        if len(self._points):
            self._show_ground()

    def show_row(self, row: Row) -> None:
        """Stand at one iteration."""
        self._row = row
        self._show_path_until(row.iteration)
        self.show_way(row)
        place = self.place_of(row)
        inside = place is not None
        self._hiker.set_visible(inside)
        self._arrow.set_visible(inside and not self.guessing)
        self._outside.say("")
        if place is None:
            self._point_outside(row)
            return
        here, step = np.array(place), np.array([row.weight_step, row.bias_step])
        self._hiker.set_points([row.weight], [row.bias])
        part = (
            part_inside(here, step, self.view.home, 0.0, 1.0) if np.isfinite(step).all() else None
        )
        self._arrow.set_points(*np.array([here, here + step * part[1] if part else here]).T)

    def kept_path(self, record: Record) -> Path:
        """Return the corners of the path of a kept run, for the part of the plane that is seen."""
        places = record.rows[:, :2]
        picked = self._picked(places, PATH_CELLS, MOST_KEPT_LINES)
        picked = picked[corners(places[picked] * self._px_per_unit, CORNER_PX)]
        return record.iterations_of(picked), places[picked]

    def place_of(self, row: Row) -> tuple[float, float] | None:
        """Return weight and bias, if they are in the view."""
        (left, right), (bottom, top) = self.view.home
        inside = left <= row.weight <= right and bottom <= row.bias <= top
        return (row.weight, row.bias) if inside else None

    def start_at(self, place: QPointF) -> tuple[Point, QPointF]:
        """Return the line that a place means; with the weight only the bias stays."""
        fixed = (self._taken or self._experiment.start).bias
        bias = place.y() if self._experiment.with_bias else fixed
        return Point(place.x(), bias), QPointF(place.x(), bias)

    def reading_at(self, pixel: QPointF) -> Reading | None:
        """Say the loss of the line under the mouse; in the fog nobody knows it."""
        if self._record is None or self._fog:
            return None
        weight, bias, w, b = pointed_at(self, pixel)
        loss = self._experiment.dataset.bowl.loss(weight, bias)
        return Reading(f"w = {w}   b = {b}   loss = {number_text(loss, 5)}", pixel.toTuple())

    def _lay_out(self) -> None:
        """Place all that doesn't move while playing, for the part of the plane that is seen."""
        self._stale = False
        lines = self._picked(self._points, PATH_CELLS, MOST_LINES)
        # Of what the lines join, which is quicker to look through than all.
        dots = lines[apart(self._points[lines] * self._px_per_unit, DOTS_APART_PX)]
        stood = lines[self._picked(self._points[lines], FOG_CELLS, MOST_OPENINGS)]
        for trail, picked in zip(self._trails, (lines, dots, stood), strict=True):
            if self._record is not None:
                trail.set_path(self._record.iterations_of(picked), self._points[picked])
        self.lay_out_kept()
        self._show_ground()

    def _picked(self, path: NDArray[np.float64], cells: int, most: int) -> NDArray[np.int64]:
        """Return which places of a path to show: of all of it a few, of what is seen more."""
        whole = first_visits(path.T, self.view.home, cells, most)
        if self._seen == self.view.home:
            return whole
        return np.union1d(whole, first_visits(path.T, self._seen, cells, most))

    @property
    def _seen(self) -> Box:
        """The weights and biases that the view shows."""
        (left, right), (bottom, top) = self.view.viewRange()
        return (float(left), float(right)), (float(bottom), float(top))

    def _clear_path(self) -> None:
        for trail in self._trails:
            trail.clear()
        self._points, self._stale = np.empty((0, 2)), False
        self._iteration = 0

    def _show_path_until(self, iteration: int) -> None:
        """Draw the steps before and at an iteration."""
        self._iteration = iteration
        moved = [trail.show_until(iteration) for trail in self._trails]
        if self._fog and any(moved):
            self._map.set_openings(self._trails[2].seen)

    def _on_range_changed(self) -> None:
        """Give contours and path as many points as they need at the new scale."""
        super()._on_range_changed()
        if len(self._points):
            self._lay_out()
            self._show_path_until(self._iteration)

    def _show_ground(self) -> None:
        """Show what is there before any step."""
        experiment, bowl = self._experiment, self._experiment.dataset.bowl
        level = bowl.axes[1].steepness == 0
        self._optimum.set_points([bowl.optimum.weight], [bowl.optimum.bias])
        self._optimum.set_visible(not (level or self._fog))
        self._valley.set_visible(level and not self._fog)
        valley = np.array(bowl.axes[1][:2])
        self._valley.set_points(*chord(np.array(bowl.optimum), valley, self._seen).T)
        self._fixed.set_visible(not experiment.with_bias)
        seen = not (experiment.with_bias or self._fog)
        self._best.set_visible(seen and experiment.bowl.curvature > 0)
        along = np.array([1.0, 0.0])
        self._fixed.set_points(*chord(np.array(experiment.bowl.optimum), along, self._seen).T)
        self._best.set_points([experiment.bowl.optimum.weight], [experiment.bowl.optimum.bias])
        self.set_directions(self._directions.lines.visible)
        marks = [cells_of(self._trails[2].points, self._seen), *self._directions.note_places()]
        self._map.set_bowl(bowl, self._seen, self._px_per_unit, np.concatenate(marks))

    @property
    def _px_per_unit(self) -> tuple[float, float]:
        size, (x, y) = self.view.boundingRect(), np.ptp(self._seen, axis=1).tolist()
        return size.width() / x, size.height() / y

    def _point_outside(self, row: Row) -> None:
        """Say where the hiker is when that is too far away to show."""
        (left, right), (bottom, top) = self.view.home
        self._outside.say(line_text(row.weight, row.bias, 3))
        x, y = min(max(row.weight, left), right), min(max(row.bias, bottom), top)
        self._outside.setAnchor(((x - left) / (right - left), (top - y) / (top - bottom)))
        self._outside.setPos(x, y)
