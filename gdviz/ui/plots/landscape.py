"""Landscape: the loss over weight and bias, seen from above, and the path down."""

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from gdviz.core.bowl import Bowl, Point
from gdviz.core.descent import Experiment
from gdviz.core.sentences import half_life_text
from gdviz.core.trajectory import Record, Row
from gdviz.ui.plots.contour_map import ContourMap, cells_of
from gdviz.ui.plots.legend import Entry
from gdviz.ui.plots.marks import Arrow, Curve, Dots, clipped
from gdviz.ui.plots.plot import Range, wider_range
from gdviz.ui.plots.sheet import Mark, Sheet
from gdviz.ui.plots.startable import StartablePlot
from gdviz.ui.plots.trail import first_cells
from gdviz.ui.theme import Theme

# A divergent path is followed until it is this many times farther out than its start.
MAX_REACH = 8.0
# How far to see beyond the path, as a share of it.
MARGIN = 0.2
# Into how many cells a side of the view is cut, of which each shows the path, or a dot, once.
PATH_CELLS, MOST_LINES = 120, 300
DOT_CELLS, MOST_DOTS = 56, 110

ENTRIES = (
    Entry("big dot", "hiker", "hiker"),
    Entry("dot", "trail", "steps"),
    Entry("arrow", "hiker", "next step"),
    Entry("cross", "optimum", "minimum"),
)


class Landscape(StartablePlot):
    """Contours, the path, the hiker and its next step, the start and the optimum.

    With the weight only, the bias is a level line on which the hiker walks.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "landscape",
            "Landscape",
            "The loss of every weight and bias, from above: each line has one loss. Drag the "
            "ring, or double-click: start there. Wheel: zoom, drag: shift, Ctrl+0: back.",
            ENTRIES,
            parent,
        )
        self.bottom.set_text("weight w")
        self.left.set_text("bias b")
        self._experiment: Experiment | None = None
        self._fog = False
        self._map = ContourMap()
        self._fixed = Curve()
        self._valley = Curve(pairs=True)
        self._directions = Curve(pairs=True)
        self._notes = [pg.TextItem(anchor=(0.5, 0.5)) for _ in range(2)]
        self._path, self._dots = Curve(), Dots(7)
        self._arrow = Arrow()
        self._optimum, self._best = Dots(13, "cross"), Dots(10, "cross")
        self._outside = pg.TextItem(anchor=(0.5, 0.0))
        self._clear_path()
        self.still.add(self._map, self._fixed, self._directions, self._valley, self._kept_paths)
        self.add(Sheet(self._path, self._dots, self.start_ring, kept_painted=True))
        self.write(*self._notes, self._outside)
        self.moving.add(self._arrow, self._hiker, self._best, self._optimum, self._flag)
        self.set_directions(False)
        self._hover = QLabel(self)
        self._hover.setObjectName("landscape_hover")
        self._hover.hide()
        self.viewport().setMouseTracking(True)

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks that explanations speak of."""
        return {"place": self._hiker, "step": self._arrow}

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._map.set_theme(theme)
        self._fixed.set_pen(theme.curve, 1.5)
        self._valley.set_pen(theme.optimum, 2.0, [4, 3])
        self._directions.set_pen(theme.slope, 1.5, [6, 3])
        self._path.set_pen(theme.trail, 1.6)
        self._dots.set_colours(theme.trail, theme.plot)
        self._arrow.set_colour(theme.hiker)
        self._hiker.set_colours(theme.hiker, theme.plot)
        for cross in (self._optimum, self._best):
            cross.set_colours(theme.optimum, theme.plot)
        for note, colour in (
            *((n, theme.slope) for n in self._notes),
            (self._outside, theme.hiker),
        ):
            note.setColor(colour)
            note.fill = pg.mkBrush(theme.plot)
        self._hover.setStyleSheet(
            f"background: {theme.plot}; color: {theme.text}; padding: 2px 6px;"
        )

    def set_directions(self, shown: bool) -> None:
        """Show the directions in which the loss curves on its own, or hide them."""
        self._directions.set_visible(shown)
        if shown and len(self._points):
            assert self._experiment is not None
            self._show_directions(self._experiment)
        for note in self._notes:
            note.setVisible(shown and bool(note.toPlainText()))

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the loss of other data or settings; the path comes with `set_record`."""
        self._experiment = experiment
        self._record = None
        self._clear_path()

    def set_record(self, record: Record) -> None:
        """Fit the view to the whole path and lay out its dots."""
        assert self._experiment is not None
        self._record = record
        self._stride, self._points = record.stride, record.rows[:, :2]
        bowl = self._experiment.dataset.bowl
        paths = [near(bowl, path) for path in (record, *(run.record for run in self.kept))]
        optima = np.array([bowl.optimum, self._experiment.bowl.optimum])
        self.start_ring.set_points(*record.rows[:1, :2].T)
        self._stale = True
        self.set_home(*view_range(bowl, np.concatenate((*paths, optima))))
        # Another range has laid it out already.
        if self._stale:
            self._lay_out()

    def set_fog(self, fog: bool) -> None:
        """Hide the ground except where the hiker has stood, or show it again."""
        self._fog = fog
        self._map.set_openings(self._points[:0] if fog else None)
        self._hover.hide()
        if len(self._points):
            self._shown = (-1, -1)
            self._show_ground()
            self._show_path_until(self._iteration)

    def show_row(self, row: Row) -> None:
        """Stand at one iteration."""
        self._row = row
        self._show_path_until(row.iteration)
        (left, right), (bottom, top) = self._home
        box = QRectF(left, bottom, right - left, top - bottom)
        inside = left <= row.weight <= right and bottom <= row.bias <= top
        self._hiker.set_visible(inside)
        self._arrow.set_visible(inside and not self.guessing)
        self._outside.setVisible(not inside)
        if not inside:
            self._point_outside(row)
            return
        here, step = np.array([row.weight, row.bias]), np.array([row.weight_step, row.bias_step])
        self._hiker.set_points([row.weight], [row.bias])
        reached = clipped(here, here + step, box) if np.isfinite(step).all() else None
        ends = np.array([here, here if reached is None else reached[1]])
        self._arrow.set_points(*ends.T)

    def show_kept(self, iteration: int) -> None:
        """Mark where the other runs are at an iteration."""
        (left, right), (bottom, top) = self._home
        for run, marker in self._others:
            row = run.record.at(iteration)
            marker.set_visible(left <= row.weight <= right and bottom <= row.bias <= top)
            if marker.visible:
                marker.set_points([row.weight], [row.bias])

    def start_at(self, place: QPointF) -> tuple[Point, QPointF]:
        """Return the line that a place means; with the weight only the bias stays."""
        assert self._experiment is not None
        fixed = (self._taken or self._experiment.start).bias
        bias = place.y() if self._experiment.with_bias else fixed
        return Point(place.x(), bias), QPointF(place.x(), bias)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the mouse."""
        super().mouseMoveEvent(event)
        scene = self.mapToScene(event.position().toPoint())
        outside = not self.view.sceneBoundingRect().contains(scene)
        if self._experiment is None or self._fog or outside:
            self._hover.hide()
            return
        place = self.place_of(event)
        loss = self._experiment.dataset.bowl.loss(place.x(), place.y())
        self._hover.setText(f"w = {place.x():.4g}   b = {place.y():.4g}   loss = {loss:.5g}")
        self._hover.adjustSize()
        corner = self.mapFromScene(self.view.sceneBoundingRect().bottomRight())
        self._hover.move(
            corner.x() - self._hover.width() - 4, corner.y() - self._hover.height() - 4
        )
        self._hover.show()

    def reset_view(self) -> None:
        """Undo zoom and shift; other ground is under the mouse then."""
        super().reset_view()
        self._hover.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say nothing of what was under the mouse before."""
        super().resizeEvent(event)
        # pyqtgraph resizes its view before it has been built, and after it is gone.
        if hasattr(self, "_hover") and not self.closed:
            self._hover.hide()

    def leaveEvent(self, event: QEvent) -> None:
        """Say nothing any more."""
        super().leaveEvent(event)
        self._hover.hide()

    def _lay_out(self) -> None:
        """Place all that doesn't move while playing, for the part of the plane that is seen."""
        self._stale = False
        self._lines = self._picked(self._points, PATH_CELLS, MOST_LINES)
        # Of what the lines join, which is quicker to look through than all.
        dots = self._picked(self._points[self._lines], DOT_CELLS, MOST_DOTS)
        self._marks = self._lines[dots]
        self._shown = (-1, -1)
        paths = [run.record.rows[:, :2] for run in self.kept]
        self._kept_paths.set_lines(
            [path[self._picked(path, PATH_CELLS, MOST_LINES)] for path in paths]
        )
        self._show_ground()

    def _picked(self, path: NDArray[np.float64], cells: int, most: int) -> NDArray[np.int64]:
        """Return which places of a path to show: of all of it a few, of what is seen more."""
        whole = first_cells(path, self._home, cells, most)
        if self._seen == self._home:
            return whole
        return np.union1d(whole, first_cells(path, self._seen, cells, most))

    @property
    def _seen(self) -> tuple[Range, Range]:
        """The weights and biases that the view shows."""
        (left, right), (bottom, top) = self.view.viewRange()
        return (float(left), float(right)), (float(bottom), float(top))

    def _clear_path(self) -> None:
        self._lines = self._marks = np.empty(0, dtype=np.int64)
        self._points, self._stride, self._stale = np.empty((0, 2)), 1, False
        self._shown, self._iteration = (-1, -1), 0

    def _show_path_until(self, iteration: int) -> None:
        """Draw the steps before and at an iteration."""
        self._iteration = iteration
        index = iteration // self._stride
        lines, marks = (
            np.searchsorted(self._lines, index, "right"),
            np.searchsorted(self._marks, index, "right"),
        )
        shown = int(lines), int(marks)
        if shown != self._shown:
            self._shown = shown
            self._path.set_points(*self._points[self._lines[: shown[0]]].T)
            self._dots.set_points(*self._points[self._marks[: shown[1]]].T)
            if self._fog:
                self._map.set_openings(self._dots.points)

    def _on_range_changed(self) -> None:
        """Give contours and path as many points as they need at the new scale."""
        super()._on_range_changed()
        if len(self._points):
            self._lay_out()
            self._show_path_until(self._iteration)

    def _show_ground(self) -> None:
        """Show what is there before any step."""
        assert self._experiment is not None
        experiment, bowl = self._experiment, self._experiment.dataset.bowl
        level = bowl.axes[1].steepness == 0
        self._optimum.set_points([bowl.optimum.weight], [bowl.optimum.bias])
        self._optimum.set_visible(not (level or self._fog))
        self._valley.set_visible(level and not self._fog)
        valley = np.array([bowl.axes[1][:2]])
        self._valley.set_points(*self._across(np.array(bowl.optimum), valley).T)
        self._fixed.set_visible(not experiment.with_bias)
        seen = not (experiment.with_bias or self._fog)
        self._best.set_visible(seen and experiment.bowl.curvature > 0)
        along = np.array([[1.0, 0.0]])
        self._fixed.set_points(*self._across(np.array(experiment.bowl.optimum), along).T)
        self._best.set_points([experiment.bowl.optimum.weight], [experiment.bowl.optimum.bias])
        self.set_directions(self._directions.visible)
        marks = [cells_of(self._points[self._marks], self._seen), *self._note_places()]
        self._map.set_bowl(bowl, self._seen, self._px_per_unit, np.concatenate(marks))

    @property
    def _px_per_unit(self) -> tuple[float, float]:
        (left, right), (bottom, top) = self._seen
        size = self.view.boundingRect()
        return size.width() / (right - left), size.height() / (top - bottom)

    def _show_directions(self, experiment: Experiment) -> None:
        """Draw the axes that descent has, and how fast it is along each."""
        axes = [axis for axis in experiment.bowl.axes if axis.steepness > 0]
        scale = experiment.scale
        weights = np.array([axis.weight for axis in axes]) / scale.sd
        biases = np.array([axis.bias for axis in axes]) - weights * scale.mean
        ground = experiment.dataset.bowl if experiment.with_bias else experiment.bowl
        optimum = np.array(ground.optimum)
        for note in self._notes:
            note.setText("")
        ends = []
        for note, axis, direction in zip(
            self._notes, axes, np.column_stack((weights, biases)), strict=False
        ):
            line = self._across(optimum, direction[np.newaxis])
            ends.append(line)
            if len(line):
                note.setText(half_life_text(axis, experiment))
                self._place_note(note, optimum, line)
        self._directions.set_points(*np.concatenate([np.empty((0, 2)), *ends]).T)

    def _place_note(
        self, note: pg.TextItem, optimum: NDArray[np.float64], line: NDArray[np.float64]
    ) -> None:
        """Put a note beside a line, on the side of the optimum to which the path doesn't come."""
        (left, right), (bottom, top) = self._seen
        scale = np.array(self._px_per_unit)
        middle = np.clip(optimum, (left, bottom), (right, top))
        away = (line - middle) * scale @ ((optimum - self._points[0]) * scale)
        far = line[int(away.argmax())] if away.any() else line[1]
        size = note.boundingRect()
        lengths = np.hypot(*((line - middle) * scale).T)
        if np.hypot(*((far - middle) * scale)) < size.width() / 2:
            far = line[int(lengths.argmax())]
        run, rise = np.abs((line[1] - line[0]) * scale)
        place = middle + 0.6 * (far - middle)
        # Above a line that is rather level, else to the right of it; and never beyond the edge.
        note.setAnchor((0.5, 1.2) if run > rise else (-0.08, 0.5))
        width = size.width() / scale[0]
        if run > rise:
            place[0] = np.clip(place[0], left + 0.55 * width, right - 0.55 * width)
        else:
            place[0] = min(place[0], right - 1.15 * width)
        note.setPos(*place)

    def _note_places(self) -> list[NDArray[np.float64]]:
        """Return where notes are, for labels to keep away: three places along each."""
        if not self._directions.visible:
            return []
        boxes = [
            note.mapRectToParent(note.boundingRect()) for note in self._notes if note.isVisible()
        ]
        return [
            np.array(
                [
                    (box.left() + share * box.width(), box.center().y())
                    for share in (0.15, 0.5, 0.85)
                ]
            )
            for box in boxes
        ]

    def _across(
        self, centre: NDArray[np.float64], directions: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return both ends of lines through a place, from edge to edge of the view."""
        (left, right), (bottom, top) = self._seen
        box = QRectF(left, bottom, right - left, top - bottom)
        size = np.array([right - left, top - bottom])
        far = 2 + np.abs((centre - np.array([left, bottom])) / size).sum()
        ends: list[tuple[float, float]] = []
        for direction in directions:
            reach = 2 * far * direction / (np.abs(direction / size).max() or 1.0)
            ends += clipped(centre - reach, centre + reach, box) or ()
        return np.array(ends).reshape(-1, 2)

    def _point_outside(self, row: Row) -> None:
        """Say where the hiker is when that is too far away to show."""
        (left, right), (bottom, top) = self._home
        self._outside.setText(f"w = {row.weight:.3g}, b = {row.bias:.3g}")
        x, y = min(max(row.weight, left), right), min(max(row.bias, bottom), top)
        self._outside.setAnchor(((x - left) / (right - left), (top - y) / (top - bottom)))
        self._outside.setPos(x, y)


def near(bowl: Bowl, record: Record) -> NDArray[np.float64]:
    """Return the weights and biases, of shape (n, 2), of the part of a path worth showing."""
    if not len(record.rows):
        return np.empty((0, 2))
    reach = MAX_REACH**2 * (record[0].loss - bowl.minimum)
    near = record.loss - bowl.minimum <= reach
    rows = record.rows[:, :2] if near.all() else record.rows[near, :2]
    return rows if len(rows) else record.rows[:1, :2]


def view_range(bowl: Bowl, places: NDArray[np.float64]) -> tuple[Range, Range]:
    """Return the weights and biases to show: all places, and some room."""
    depth = math.sqrt(bowl.minimum) or 1.0
    steepness = math.hypot(bowl.sd_x, bowl.mean_x), bowl.unit
    ranges = []
    for values, steep in zip(places.T, steepness, strict=True):
        low, high = float(values.min()), float(values.max())
        size = max(abs(low), abs(high))
        # A span that is nothing, or that rounding makes of nothing, says nothing of the scale.
        span = high - low if high - low > 1e-9 * size else (depth / steep if steep else 0) or 1.0
        span = max(span, 1e-9 * size)
        # In round steps: it stays, and what is painted in it, while a rate is dragged.
        ranges.append(wider_range(low - MARGIN * span, high + MARGIN * span))
    return ranges[0], ranges[1]
