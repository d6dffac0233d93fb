"""DataFit: the rows as points, and the line as it stands at one iteration."""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.geometry.clipping import part_inside
from gdviz.core.geometry.ranges import Box, data_view, natural_excess, view_of_lines
from gdviz.core.geometry.thinning import MAX_REACH, MOST_POINTS, first_visits, near
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.inputs import DIGITS as POINT_DIGITS
from gdviz.core.words.inputs import input_text
from gdviz.core.words.numbers import number_text
from gdviz.core.words.row_errors import row_error
from gdviz.core.words.sentences import line_text
from gdviz.ui.plots.drawing.density import Density
from gdviz.ui.plots.drawing.equation import Equation
from gdviz.ui.plots.drawing.errors import Errors
from gdviz.ui.plots.drawing.legend import Entry
from gdviz.ui.plots.drawing.marks import Curve, Dots
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.sheet import Mark, Sheet
from gdviz.ui.plots.drawing.trail import Trail
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.touch.counting import fill_counting
from gdviz.ui.plots.touch.hover import PickedRows
from gdviz.ui.plots.touch.letting_go import LettingGo
from gdviz.ui.plots.touch.lines import LineDragging
from gdviz.ui.plots.touch.points import DataEditing
from gdviz.ui.plots.touch.readout import Reading, pointed_at
from gdviz.ui.theme import Theme

# Earlier lines that differ by less than a 24th of the slopes shown would only make a blot.
EARLIER_LINES = 24
# So many times farther out than its start the lines of a divergent run are followed: less than its
# path, or there would be nothing to see of the rows.
DIVERGENT_REACH = 3.0

ENTRIES = (
    Entry("dot", "data", "data"),
    Entry("line", "hiker", "the line now"),
    Entry("dashes", "trail", "earlier"),
)
DESCRIPTION = (
    "The rows of the data, and the current line. Drag the line: start there. Wheel: zoom, "
    "drag: shift, Ctrl+0: back."
)
EDITING = (
    "Drag a point to move it, double-click to add one, Delete: remove the chosen one. "
    "Page Down: choose the next point, Ctrl+arrows: move it."
)
TOO_MANY = f"Above {MOST_POINTS:,} rows single points can't be seen or changed here."


class DataFit(Plot):
    """The scatter (or density) of the data, the current line and some earlier ones."""

    name, title, description = "data_fit", "Data", DESCRIPTION
    entries: tuple[Entry, ...] = ENTRIES
    kept_line_px = 2.5
    own_keys: ClassVar[Mapping[str, str]] = {
        "PgDown, PgUp": "Choose the next point, or the one before",
        "Ctrl+Left, Ctrl+Right, Ctrl+Up, Ctrl+Down": "Move the chosen point",
        "Ins": "Add a point in the middle",
        "Del, Backspace": "Remove the chosen point",
    }

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points = Dots(8, colour="data")
        self.editing = DataEditing(self, self._points)
        self._density = Density()
        self._earlier = Curve("trail", 1.2, [3, 3], pairs=True)
        self._trail = Trail(self._earlier)
        self._line = Curve("hiker", 3.5)
        self.line_dragging = LineDragging(self, self._line)
        LettingGo(self, self.editing.let_go, self.line_dragging.let_go)
        self.viewport().setMouseTracking(True)
        self._dataset: Dataset | None = None
        self._experiment: Experiment  # comes before any record
        self._held = False
        self._view: Box = ((0.0, 1.0), (0.0, 1.0))
        self._natural = self._view
        self._outside = Note("hiker", covers=False)
        self.equation = Equation()
        self.errors = Errors(self._points, self._line, (self._outside, self.equation))
        self.residuals = self.errors.residuals
        earlier = Sheet(self._earlier, kept_painted=True)
        points = Sheet(self._points, kept_painted=True)
        pointed = self.errors.pointed
        self.add(self._density, earlier, self.errors.sheet, points)
        self.write(self._outside, self.equation, self.errors.mean.note, pointed.note)
        self.moving.add(self._line, pointed.ring, self.editing.rings)
        self.picked_rows = PickedRows(self, self._points)
        self.moving.add(self._kept_lines)

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks that explanations speak of."""
        return {"points": self._points, "line": self._line, "errors": self.residuals}

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._density.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the rows of an experiment."""
        self._experiment = experiment
        self.line_dragging.set_experiment(experiment)
        self._trail.clear()
        if experiment.dataset is self._dataset and not self._held:
            return
        dataset = experiment.dataset
        # While a point is dragged the axes stay, or it would run away from the mouse.
        self._held = self.editing.dragging
        if not self._held:
            self._natural = data_view(
                dataset.x_range, dataset.y_range, with_zero=dataset.calendar is None
            )
            self._show_view(self._natural)
        self.bottom.set_text(dataset.shown.x, of_data=True)
        self.bottom.set_calendar(dataset.calendar)
        self.left.set_text(dataset.shown.y, of_data=True)
        self._show_rows(dataset)
        # Until here the mouse reads the rows that were there, for it is among their points.
        self._dataset = dataset
        self._place_notes()
        self.picked_rows.set_dataset(dataset)
        self.errors.set_dataset(dataset)
        self.set_residuals(self.residuals.kind)

    def _show_view(self, view: Box) -> None:
        self._view = view
        self.set_home(*view)
        # Where there are fewer rows.
        bowl = self._experiment.dataset.bowl
        _, (bottom, top) = view
        (weight, bias), mean_x = bowl.optimum, bowl.mean_x
        low = weight * mean_x + bias < (bottom + top) / 2
        self._outside.setAnchor((0.0, 0.0 if low else 1.0))
        self._place_notes()

    def _hold_lines(self, record: Record) -> None:
        """Make room for the line at the start, for the best one and for those on the way there."""
        reached, bowl = self._experiment.bowl, self._experiment.dataset.bowl
        natural, lines = natural_excess(reached, bowl.minimum), [np.array([reached.optimum])]
        for path in (record, *(run.record for run in self.kept)):
            if len(path.rows):
                reach = MAX_REACH if path.loss[-1] <= path.loss[0] else DIVERGENT_REACH
                lines.append(near(path, reached.minimum, natural, reach)[:, :2])
        view = view_of_lines(self._natural, np.concatenate(lines))
        if view != self._view and not (self._held or self.held_still):
            self._show_view(view)
            if self._density.isVisible():
                self._density.show_rows(self._experiment.dataset, view)

    def _show_rows(self, dataset: Dataset) -> None:
        dense = dataset.n_rows > MOST_POINTS
        self._points.set_visible(not dense)
        self._density.setVisible(dense)
        if dense:
            self._density.show_rows(dataset, self._view)
        else:
            self._points.set_points(dataset.x, dataset.y)
        self.editing.set_enabled(not dense)
        self.describe(f"{DESCRIPTION} {TOO_MANY if dense else EDITING}")

    def reading_at(self, pixel: QPointF) -> Reading | None:
        """Say the row and the error of a point, or the place under the mouse and the line there."""
        if self._dataset is None or self._row is None:
            return None
        weight, bias = self._row.weight, self._row.bias
        index = self.picked_rows.row_at(pixel)
        if index is not None:
            x, y = float(self._dataset.x[index]), float(self._dataset.y[index])
            x_text, y_text = input_text(self._dataset, x), number_text(y, POINT_DIGITS)
            said = row_error(weight, bias, x, y)
            text = (
                f"row {index + 1:,}   x = {x_text}   y = {y_text}   predicted = {said.predicted}   "
                f"error = {said.error}   squared = {said.squared}"
            )
            return Reading(text, self.moving.pixel_of(x, y))
        x, y, _, y_text = pointed_at(self, pixel)
        x_text = input_text(self._dataset, x, self.view.viewPixelSize()[0])
        line = weight * x + bias
        text = f"x = {x_text}   y = {y_text}   line = {number_text(line, 4)}"
        return Reading(text, pixel.toTuple(), dot=self.moving.pixel_of(x, line))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a point or else of the line, if one is pressed."""
        if not (self.editing.press(event) or self.line_dragging.press(event)):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let what is held follow the mouse."""
        if self.editing.move(event) or self.editing.over_point:
            return
        if not self.line_dragging.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        if not (self.editing.release(event) or self.line_dragging.release(event)):
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add a point there."""
        if not self.editing.double_click(event):
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, move or remove a point."""
        if not self.editing.press_key(event):
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the point under the mouse."""
        self.editing.leave()
        super().leaveEvent(event)

    def fill_menu(self, menu: QMenu, place: QPoint) -> None:
        """Offer to add a point there or delete the one that is there, and to count otherwise."""
        self.editing.fill_menu(menu, place)
        fill_counting(menu, self._dataset, self.editing.counting_requested.emit)

    def set_residuals(self, kind: str) -> None:
        """Draw the residuals as ``sticks`` or ``squares``, or ``none``."""
        self.errors.set_kind(kind)
        self.entries = (*ENTRIES[:1], *self.residuals.entries, *ENTRIES[1:])
        self._show_legend()

    def point_at(self, row: int) -> None:
        """Point at the dot of a row, counted from 1, and say how far the line is from it; 0: none.

        Where there are fewer rows, it waits for data that have more.
        """
        self.errors.point_at(row)

    def set_equation(self, shown: bool) -> None:
        """Say the equation of the line and how well it fits, or don't."""
        self.equation.wanted = shown
        self._place_notes()
        if self._row is not None:
            self.show_row(self._row)
            self._place_notes()  # others make room for what it says now

    def set_record(self, record: Record) -> None:
        """Choose the earlier lines that can be told apart, and make room for what counts."""
        self._hold_lines(record)
        steepest = self._steepest
        first = first_visits([record.weight], [(-steepest, steepest)], EARLIER_LINES)
        segments = [self._segment(*line) for line in record.rows[first, :2].tolist()]
        iterations = np.repeat(record.iterations_of(first), [len(ends) for ends in segments])
        self._trail.set_path(iterations, np.concatenate([np.empty((0, 2)), *segments]))

    def show_row(self, row: Row) -> None:
        """Draw the line of one iteration, and those before it."""
        self._row = row
        self.line_dragging.show_row(row)
        # One that swings on has left its place.
        self._trail.show_until(row.iteration if row.walked else row.iteration - 1)
        segment = self._segment(row.weight, row.bias)
        self._line.set_points(*segment.T)
        self._line.set_visible(bool(len(segment)))
        self._outside.say("" if len(segment) else _where(row, self._view))
        assert self._dataset is not None
        note = self._outside.anchor.y() == 1 if self._outside.isVisible() else None
        self.equation.show_line(self._dataset.bowl, row, note)
        self.errors.show_row(row)

    def show_kept(self, position: float) -> None:
        """Draw the lines of the other runs at an iteration, or on the way to the next."""
        rows = [run.at(position) for run in self.kept]
        self._kept_lines.set_lines([self._segment(row.weight, row.bias) for row in rows])

    def _on_range_changed(self) -> None:
        """Keep words in their corners."""
        super()._on_range_changed()
        self._place_notes()

    def _place_notes(self) -> None:
        (left, right), (bottom, top) = self.view.viewRange()
        self._outside.setPos(left, bottom if self._outside.anchor.y() else top)
        if self.equation.wanted and self._dataset is not None:
            box = (left, right), (bottom, top)
            self.equation.stand_free(self._dataset.x, self._dataset.y, box)
        self.errors.stand_free()

    def _segment(self, weight: float, bias: float) -> NDArray[np.float64]:
        """Return the two ends, of shape (2, 2), of the piece of a line that the view shows, if any.

        A divergent line is all but upright; only its clipped ends are safe to draw.
        """
        ends = part_inside(np.array([0.0, bias]), np.array([1.0, weight]), self._view)
        x = np.array(ends or [])
        return np.column_stack((x, np.clip(weight * x + bias, *self._view[1])))

    @property
    def _steepest(self) -> float:
        """The slope of lines much steeper than the view's diagonals: they all look upright."""
        (left, right), (bottom, top) = self._view
        return 4 * max(abs(bottom), abs(top)) / max(abs(left), abs(right))


def _where(row: Row, box: Box) -> str:
    """Say on which side of a picture a line is, and which."""
    (left, right), (_, top) = box
    above = row.weight * (left + right) / 2 + row.bias > top
    line = line_text(row.weight, row.bias or None, 3)
    return f"{'↑' if above else '↓'} the line is outside: {line}"
