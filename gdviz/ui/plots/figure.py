"""Figure: the pictures together, always at the same iteration."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import Record, Row
from gdviz.ui.accessible import Role
from gdviz.ui.plots.data_fit import DataFit
from gdviz.ui.plots.landscape import Landscape
from gdviz.ui.plots.loss_curve import LossCurve
from gdviz.ui.plots.loss_history import LossHistory
from gdviz.ui.plots.picture_row import (
    AGAIN,
    LEAST_HISTORY_LINES,
    LEAST_LINES,
    PictureRow,
    least_size,
)
from gdviz.ui.plots.splitter import Splitter
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.theme import Theme

# A live record is laid out anew only when it has grown by this factor, and then not all of it:
# a frame must not take longer the longer the run. The finished record is laid out whole.
GROWTH = 1.3
LIVE_ROWS = 4_000

NOTHING = "There is nothing to draw: this run has no iteration."
# What can be hidden in all pictures of the loss: the arrow, the slope, the cross.
MARKS = ("next_step", "tangent", "minimum")
# From where pictures are seen.
Sights = dict[str, Any]
View = LossCurve | Landscape | Surface | DataFit | LossHistory


class Figure(QWidget):
    """The pictures together, always at the same iteration.

    The loss curve and what else is shown of the loss stand above, the loss history below; the data
    take the place that is left beside one of them. Where there is no room for two rows, all are in
    one; and where a row is too narrow, its pictures are behind tabs.

    Attributes
    ----------
    chosen : set of str
        Which pictures of the loss there are, some of them perhaps behind tabs.
    away : set of QWidget
        The pictures that are taken away for a while.
    kept : sequence of Run
        The runs that are drawn beside the current one.
    standing : tuple or None
        What was last shown: what `show_row` takes.
    fog : bool
    """

    accessible_role = Role.Grouping

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figure")
        self.setAccessibleName("Pictures")
        self.loss_curve = LossCurve(self)
        self.landscape = Landscape(self)
        self.surface = Surface(self)
        self._of_loss = self.loss_curve, self.landscape, self.surface
        self.data_fit = DataFit(self)
        self.loss_history = LossHistory(self)
        self.chosen = {"loss_curve"}
        self.away: set[QWidget] = set()
        self.kept: Sequence[Run] = ()
        self._laid_out: dict[View, Record] = {}
        self._sights: Sights = {}
        self.standing: tuple[Record, Row, float, bool] | None = None
        self._in_one_row = self._is_fixed = self.fog = False
        # A point that is dragged bends the loss: in axes that move one wouldn't see it.
        self.data_fit.editing.drag_began.connect(partial(self.hold_still, True))
        self.data_fit.editing.drag_ended.connect(partial(self.hold_still, False))
        self.theme = theme
        for view in self.views:
            view.set_theme(theme)
        self._arrange()

    @property
    def views(self) -> tuple[View, ...]:
        """All pictures, shown or not, in reading order."""
        return self.loss_curve, self.landscape, self.surface, self.data_fit, self.loss_history

    @property
    def shown(self) -> tuple[View, ...]:
        """The pictures that are to be seen: not those behind other tabs."""
        seen = [*self._upper.shown, *self._lower.shown]
        return tuple(view for view in self.views if view in seen)

    @property
    def splitters(self) -> tuple[Splitter, ...]:
        """What stands between the rows, and between the pictures of each."""
        return self._rows, self._upper.splitter, self._lower.splitter

    def show_view(self, name: str, shown: bool) -> None:
        """Show or hide a picture of the loss: loss_curve, landscape or surface."""
        if (name in self.chosen) is not shown:
            self.chosen ^= {name}
            self._lay_out_views()
            self._fit_rows()
            if shown:
                self.turn_to(next(view for view in self.views if view.objectName() == name))

    def take_away(self, views: Collection[QWidget]) -> None:
        """Take these pictures away for a while, and put all others back."""
        away = self.away
        self.away = {view for view in self.views if view in views}
        if self.away != away:
            self._lay_out_views()
            self._show_standing()

    def arrange_as(self, other: "Figure") -> None:
        """Have the pictures that are to be seen of another figure, whatever the room is."""
        self._is_fixed, self._in_one_row = True, other._in_one_row
        seen = [view.objectName() for view in other.shown]
        self.chosen = set(other.chosen)
        self.away = {view for view in self.views if view.objectName() not in seen}
        for row in (self._upper, self._lower):
            row.has_tabs = False
            row.set_least_height(0)
        self._lay_out_views()

    def turn_to(self, view: QWidget) -> None:
        """Bring a picture before those in whose way it is."""
        for row in (self._upper, self._lower):
            row.turn_to(view)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        if theme is not self.theme:
            self.theme = theme
            for part in (*self.views, self._upper, self._lower):
                part.set_theme(theme)
            self._fit_rows()

    def set_experiment(self, experiment: Experiment) -> None:
        """Show other data or settings."""
        self._laid_out.clear()
        self.standing = None
        self._sights = {}
        for view in self.views:
            view.set_experiment(experiment)

    def set_kept(self, kept: Sequence[Run]) -> None:
        """Draw other runs beside the current one; pictures that nobody sees wait until they are."""
        self.kept = kept
        self._take_kept()

    def show_row(self, record: Record, row: Row, position: float, finished: bool) -> None:
        """Draw one iteration of a record, or what is on the way to the next.

        Parameters
        ----------
        position : float
            Where the runs stand that are kept: they may go on when the current one has ended.
        finished : bool
            Whether the record is complete; then its last row ends the time axis.
        """
        self.standing = record, row, position, finished
        self._take_kept()
        if finished:
            self._lay_out_finished(record)
        else:
            self._lay_out_live(record)
        for view in self.shown:
            view.show_row(row)
            view.show_kept(position)
            view.readout.refresh()

    def set_empty(self, empty: bool) -> None:
        """Show, of a run that has no row, nothing but a sentence that says so."""
        if self._nothing.isHidden() is empty:
            self._nothing.setVisible(empty)
            self._rows.setHidden(empty)

    def hold_still(self, held: bool) -> None:
        """Keep what the pictures show while a start is dragged; afterwards fit them to the run."""
        for view in self.views:
            view.hold_still(held)
        if not held and self.standing is not None:
            self._laid_out.clear()
            self.show_row(*self.standing)

    def set_fog(self, fog: bool) -> None:
        """Hide the loss except where the hiker has stood, or show it again."""
        self.fog = fog
        for view in self._of_loss:
            view.set_fog(fog)
            view.readout.refresh()

    def set_unseen(self, names: Collection[str]) -> None:
        """Hide marks of `MARKS` in the pictures of the loss, and show all others."""
        for view in self._of_loss:
            view.set_unseen(names)

    def reset_views(self) -> None:
        """Undo zoom and shift in every picture."""
        for view in self.views:
            view.view.go_home()

    def reset_layout(self) -> None:
        """Give the pictures the sizes that they have at first."""
        self._lay_out_views()
        self._show_standing()

    @property
    def sights(self) -> Sights:
        """From where those pictures are seen that aren't seen as at first."""
        sights = {view.objectName(): view.view.sight for view in self.views}
        return {name: sight for name, sight in sights.items() if sight is not None}

    def take_sights(self, sights: Sights) -> None:
        """See pictures of this run as they were seen before, each as soon as it is laid out."""
        self._sights = dict(sights)
        for view in self._laid_out:
            self._take_sight(view)

    def _take_sight(self, view: View) -> None:
        sight = self._sights.pop(view.objectName(), None)
        if sight is not None:
            view.view.take_sight(sight)

    def _take_kept(self) -> None:
        for view in self.shown:
            if view.kept is not self.kept:
                view.set_kept(self.kept)

    def _lay_out_finished(self, record: Record) -> None:
        """Fit every picture to the whole record, once."""
        self.loss_history.set_length(record.newest)
        for view in self.shown:
            if self._laid_out.get(view) is not record:
                self._laid_out[view] = record
                view.set_record(record)
                self._take_sight(view)

    def _lay_out_live(self, record: Record) -> None:
        """Fit the pictures to a record that grows: the new ones at once, then one in a frame."""
        new = [view for view in self.shown if view not in self._laid_out]
        grown = [
            view for view in self.shown
            if view not in new and record.newest > GROWTH * self._laid_out[view].newest
        ]  # fmt: skip
        oldest = sorted(grown, key=lambda view: self._laid_out[view].newest)
        for view in new or oldest[:1]:
            self._laid_out[view] = record.thinned(LIVE_ROWS)
            view.set_record(self._laid_out[view])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the rows fitted to another size, but only when it has been given.

        Among the pictures that a splitter is just laying out none may come or go.
        """
        super().resizeEvent(event)
        QApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def event(self, event: QEvent) -> bool:
        """Put all pictures in one row where there is no room for two."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit_rows()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """Return the room of one picture: there needn't be two rows."""
        width, height = least_size(self.theme)
        return QSize(round(width), round(height) + self._upper.tabs_height)

    def _fit_rows(self) -> None:
        if self._is_fixed:
            return
        least = least_size(self.theme)[1]
        # Where there are several above, the data are below.
        lines = LEAST_HISTORY_LINES if len(self.chosen) == 1 else LEAST_LINES
        below = least_size(self.theme, lines)[1]
        tabs = sum(row.tabs_height for row in (self._upper, self._lower) if row.in_tabs)
        low = self.height() < tabs + (least + below) * (AGAIN if self._in_one_row else 1.0)
        if low is not self._in_one_row:
            self._in_one_row = low
            self._lay_out_views()
            self._show_standing()
        self._upper.set_least_height(0 if low else least)
        self._lower.set_least_height(0 if low else below)

    def _show_standing(self) -> None:
        """Draw the pictures that came to be seen as the others are."""
        if self.standing is not None:
            self.show_row(*self.standing)

    def _arrange(self) -> None:
        self._upper, self._lower = PictureRow(self), PictureRow(self)
        self._rows = Splitter(Qt.Orientation.Vertical)
        self._rows.setChildrenCollapsible(False)
        self._rows.setHandleWidth(5)
        for row in (self._upper, self._lower):
            self._rows.addWidget(row)
            row.set_theme(self.theme)
            row.turned.connect(self._show_standing)
        layout = QVBoxLayout(self)
        # Two rows go where there is room for one only.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._rows)
        self._nothing = QLabel(NOTHING)
        self._nothing.setObjectName("nothing")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        layout.addWidget(self._nothing)
        self._lay_out_views()

    def _lay_out_views(self) -> None:
        """Give the pictures their places: with two or more above, the data go below."""
        upper: list[View] = [view for view in self.views if view.objectName() in self.chosen]
        lower: list[View] = [self.loss_history]
        if len(upper) > 1:
            lower.insert(0, self.data_fit)
        else:
            upper.append(self.data_fit)
        if self._in_one_row:
            upper, lower = upper + lower, []
        for view in self.views:
            if view not in upper + lower or view in self.away:
                view.hide()
        for row, views in ((self._upper, upper), (self._lower, lower)):
            row.set_pictures([view for view in views if view not in self.away])
        self._rows.setSizes([1000, 1000] if len(lower) > 1 else [1000, 400])
        self._rows.setStretchFactor(0, 5)
        self._rows.setStretchFactor(1, 5 if len(lower) > 1 else 2)
