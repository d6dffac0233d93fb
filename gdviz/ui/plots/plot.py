"""Plot: what every picture has: axes, a legend, a view that stays put, and a way out."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsGridLayout,
    QGraphicsItem,
    QGraphicsWidget,
    QMenu,
    QSizePolicy,
    QToolTip,
    QWidget,
)

from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.geometry.ranges import Range
from gdviz.core.words.glossary import explained
from gdviz.ui.accessible import Described
from gdviz.ui.plots.drawing.axis import Axis, Grid
from gdviz.ui.plots.drawing.home_view import HomeView
from gdviz.ui.plots.drawing.legend import Entry, Legend
from gdviz.ui.plots.drawing.looks import entry_of, look_of
from gdviz.ui.plots.drawing.marks import Curves, Dots
from gdviz.ui.plots.drawing.notes import Note
from gdviz.ui.plots.drawing.sheet import Mark, Sheet, keep_painted
from gdviz.ui.plots.touch.corner import Corner
from gdviz.ui.plots.touch.readout import Reading, Readout
from gdviz.ui.theme import LIGHT, Theme


class Plot(Described, pg.GraphicsView):
    """A legend, a left and a bottom axis, and a view of the plane that keeps its range.

    It is put together from pyqtgraph's parts rather than a PlotWidget, which brings two more axes
    and menus that gdviz doesn't use, at half the time of a start.

    Attributes
    ----------
    name : str
        The object name; other programs rely on it.
    title, description : str
        What the picture is called, and what it shows and does, for tooltip and screen reader.
    kept_line_px, kept_marker_px : float
        How broad the lines and how large the marks of the runs are that are kept.
    view : HomeView
        What is seen of the plane.
    still, moving : Sheet
        The lowest marks, which seldom change, and the topmost, which change with every iteration.
    unseen : frozenset of str
        The parts that are hidden: their entries aren't in the legend.
    held_still : bool
        Whether the range stays although another part of the plane is to be shown.
    """

    export_requested = Signal()
    theme = LIGHT
    name, title, description = "plot", "Plot", ""
    entries: tuple[Entry, ...] = ()
    kept_line_px, kept_marker_px = 1.6, 13.0
    unseen: frozenset[str] = frozenset()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(self.name)
        self.setAccessibleName(self.title)
        self.describe(self.description)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAcceptDrops(False)
        # The picture takes the focus, not what it is painted on.
        self.viewport().setFocusProxy(None)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view = HomeView()
        self.left, self.bottom = self._make_axes()
        self._grid = Grid(self.left, self.bottom)
        self.still = Sheet(self._grid, kept_painted=True)
        self.moving = Sheet()
        self.legend = Legend(self.title, self.entries, self)
        self.kept: Sequence[Run] = ()
        self._kept_lines = Curves()
        self._kept_markers: list[tuple[Run, Dots]] = []
        self._record: Record | None = None
        self._row: Row | None = None
        self.held_still = self._has_new_size = False
        self.readout = Readout(self)
        self._corner = Corner(self, self.title, self.legend)
        self._corner.export_requested.connect(self.export_requested)
        self._corner.reset_requested.connect(self.view.go_home)
        self._arrange()

    def sizeHint(self) -> QSize:
        """Return a size that lets a window of 1024 by 640 hold all the plots."""
        return QSize(320, 200)

    def add(self, *items: QGraphicsItem) -> None:
        """Show items in the plane between what is still and what moves, the last on top."""
        for item in items:
            # The range never follows the items, so it needn't know their bounds.
            self.view.addItem(item, ignoreBounds=True)

    def write(self, *texts: Note) -> None:
        """Show texts above all that stands still: they never hide where the hiker is now."""
        for text in texts:
            text.setZValue(0.5)
        self.add(*texts)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme
        self.setBackground(theme.plot)
        self._corner.set_theme(theme)
        self.readout.set_theme(theme)
        for item in self.scene().items():
            if isinstance(item, Axis | Legend | Note | Sheet):
                item.set_theme(theme)

    def set_kept(self, kept: Sequence[Run]) -> None:
        """Draw other runs, too, and name them."""
        self.kept = kept
        self.moving.remove(*(marker for _, marker in self._kept_markers))
        looks, size = [look_of(run) for run in kept], self.kept_marker_px
        markers = [Dots(size, look.shape, look.colour) for look in looks]
        self._kept_markers = list(zip(kept, markers, strict=True))
        self.moving.add(*markers)
        width = self.kept_line_px
        self._kept_lines.set_strokes([(look.colour, width, look.dashes) for look in looks])
        self._show_legend()
        if self._record is not None:
            self.set_record(self._record)

    def set_record(self, record: Record) -> None:
        """Fit the view to a whole run, and to those that are kept."""
        raise NotImplementedError

    def show_row(self, row: Row) -> None:
        """Stand at one iteration."""
        raise NotImplementedError

    def show_kept(self, position: float) -> None:
        """Mark where the runs that are kept are at an iteration, or on the way to the next."""
        for run, marker in self._kept_markers:
            place = self.place_in(run, position)
            marker.set_visible(place is not None)
            if place is not None:
                marker.set_points(*np.transpose([place]))

    def place_of(self, row: Row) -> tuple[float, float] | None:
        """Return where a row is marked, if it is seen."""
        raise NotImplementedError

    def place_in(self, run: Run, position: float) -> tuple[float, float] | None:
        """Return where a run is marked, at an iteration or on the way to the next."""
        return self.place_of(run.at(position))

    def set_home(self, x_range: Range, y_range: Range) -> None:
        """Show a part of the plane, and remember it as the one to come back to, unless held."""
        if not self.held_still and (x_range, y_range) != self.view.home:
            self.view.home = (x_range, y_range)
            self.view.go_home()
            self._corner.offer_reset(False)

    def hold_still(self, held: bool) -> None:
        """Keep the range while something is dragged; the figure then fits all pictures again."""
        self.held_still = held

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks that explanations speak of, by name: see `symbol_links`."""
        return {}

    def pixel_at(self, position: QPointF) -> QPointF:
        """Return where a place on the widget is among the view's pixels."""
        return QPointF(self.mapToScene(position.toPoint()))

    def place_at(self, position: QPointF) -> QPointF:
        """Return where a place on the widget is, in data units."""
        return QPointF(self.view.mapSceneToView(self.pixel_at(position)))

    def frame(self) -> QRect:
        """Return where the picture is on the widget, inside its axes."""
        return QRect(self.mapFromScene(self.view.sceneBoundingRect()).boundingRect())

    def reading_at(self, pixel: QPointF) -> Reading | None:
        """Say what is at a place among the view's pixels, if there is anything to say."""
        raise NotImplementedError

    def fill_menu(self, menu: QMenu, place: QPoint) -> None:
        """Offer in a menu what can be done at a place of the widget, beside its actions."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another size once all are laid out: until then a window gives it several."""
        del event
        # pyqtgraph resizes its view before it has been built, and after it is gone.
        if hasattr(self, "_corner") and not (self.closed or self._has_new_size):
            self._has_new_size = True
            QApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def event(self, event: QEvent) -> bool:
        """Take the size that it was given; tell what the terms of its legend mean."""
        if event.type() is QEvent.Type.LayoutRequest and self._has_new_size:
            self.take_size()
        is_told = isinstance(event, QHelpEvent) and _tell_term(self, event)
        return is_told or bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint nothing of another size."""
        if self._has_new_size:
            self.take_size()
        super().paintEvent(event)

    def take_size(self) -> None:
        """Lay out everything for the size that the widget has now."""
        self._has_new_size = False
        super().resizeEvent(QResizeEvent(self.size(), self.size()))
        self._corner.place()

    def _show_legend(self) -> None:
        """Say what the marks mean, and name the runs."""
        entries = tuple(entry for entry in self.entries if entry.part not in self.unseen)
        self.legend.set_entries(entries, tuple(entry_of(run) for run in self.kept))

    def _arrange(self) -> None:
        centre = QGraphicsWidget()
        layout = QGraphicsGridLayout(centre)
        layout.setContentsMargins(6, 6, 12, 4)
        layout.setSpacing(0)
        layout.addItem(self.legend, 0, 0, 1, 2)
        layout.addItem(self.left, 1, 0)
        layout.addItem(self.view, 1, 1)
        layout.addItem(self.bottom, 2, 1)
        layout.setRowStretchFactor(1, 1)
        layout.setColumnStretchFactor(1, 1)
        keep_painted(self.legend)
        for axis in (self.left, self.bottom):
            axis.linkToView(self.view)
            keep_painted(axis)
        self.setCentralItem(centre)
        self.still.setZValue(-1)
        self.moving.setZValue(1)
        self.add(self.still, self.moving)
        self.view.sigRangeChanged.connect(self._on_range_changed)
        self.view.sigResized.connect(self._on_range_changed)

    def _make_axes(self) -> tuple[Axis, Axis]:
        return Axis("left"), Axis("bottom")

    def _on_range_changed(self) -> None:
        if not self.view.rect().isEmpty():
            # At once; left to the next painting, it would be painted twice. A view that has no
            # size yet maps all to one point.
            self.view.updateMatrix()
        x, y = self.view.viewRange()
        self._grid.set_range(tuple(x), tuple(y))
        if not self.held_still:  # else it comes back by itself
            self._corner.offer_reset(self.view.sight is not None)
        self.readout.refresh()


def _tell_term(plot: Plot, event: QHelpEvent) -> bool:
    """Tell what a term of the legend means, if the mouse is on one."""
    legend = plot.legend
    label, box = legend.label_at(legend.mapFromScene(plot.mapToScene(event.pos())))
    told = explained(label)
    if event.type() is QEvent.Type.ToolTip and told:
        place = plot.mapFromScene(legend.mapRectToScene(box)).boundingRect()
        QToolTip.showText(event.globalPos(), told, plot, place)
        return True
    return False
