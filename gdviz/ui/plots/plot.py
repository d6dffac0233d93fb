"""Plot: what every picture has: axes, a legend, a view that stays put, and a way out."""

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGraphicsGridLayout,
    QGraphicsItem,
    QGraphicsWidget,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gdviz.ui.plots.drawing.axis import Axis, Grid
from gdviz.ui.plots.drawing.legend import Entry, Legend
from gdviz.ui.plots.drawing.sheet import Mark, Sheet, keep_painted
from gdviz.ui.plots.kept_run import KeptRun
from gdviz.ui.theme import LIGHT, Theme, icon

Range = tuple[float, float]

# A plot that is lower than this has no room for a legend of several rows.
LEGEND_HEIGHT = 210


class Plot(pg.GraphicsView):
    """A legend, a left and a bottom axis, and a view of the plane that keeps its range.

    It is put together from pyqtgraph's parts rather than a PlotWidget, which brings two more axes
    and menus that gdviz doesn't use, at half the time of a start.

    Parameters
    ----------
    name : str
        The object name; other programs rely on it.
    title, description : str
        What the picture is called, and what it shows and does, for tooltip and screen reader.
    entries : tuple of Entry
        What its marks mean.

    Attributes
    ----------
    view : ViewBox
        The plane with its items.
    left, bottom : Axis
    still, moving : Sheet
        The lowest marks, which seldom change, and the topmost, which change with every iteration.
    theme : Theme
    kept : sequence of KeptRun
        The runs that stay while the current one moves.
    held_still : bool
        Whether the range stays although another part of the plane is to be shown.

    Signals
    -------
    export_requested()
        The button in the corner was pressed.
    """

    export_requested = Signal()
    theme = LIGHT

    def __init__(
        self,
        name: str,
        title: str,
        description: str,
        entries: tuple[Entry, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(description)
        self.setToolTip(description)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAcceptDrops(False)
        self.view = pg.ViewBox(enableMenu=False)
        self.view.disableAutoRange()
        self.left, self.bottom = Axis("left"), Axis("bottom")
        self._grid = Grid(self.left, self.bottom)
        self.still = Sheet(self._grid, kept_painted=True)
        self.moving = Sheet()
        self.legend = Legend(title, entries)
        self._entries = entries
        self.kept: Sequence[KeptRun] = ()
        self._home: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))
        self.held_still = False
        self._export_button = self._corner_button("Export", f"Export the {title.lower()}…")
        self._export_button.clicked.connect(self.export_requested)
        self._arrange()

    def sizeHint(self) -> QSize:
        """Return a size that lets a window of 1024 by 640 hold all the plots."""
        return QSize(320, 200)

    def add(self, *items: QGraphicsItem) -> None:
        """Show items in the plane between what is still and what moves, the last on top."""
        for item in items:
            # The range never follows the items, so it needn't know their bounds.
            self.view.addItem(item, ignoreBounds=True)

    def write(self, *texts: pg.TextItem) -> None:
        """Show texts above all else."""
        for text in texts:
            text.setZValue(2)
        self.add(*texts)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme
        self.setBackground(theme.plot)
        self._export_button.setIcon(icon("export", theme.muted))
        for part in (self.legend, self.left, self.bottom, self._grid):
            part.set_theme(theme)

    def set_kept(self, kept: Sequence[KeptRun]) -> None:
        """Name the runs that are kept; plots that draw them add to this."""
        self.kept = kept
        self._show_legend()

    def show_kept(self, iteration: int) -> None:
        """Mark where the runs that are kept are at an iteration, if the plot draws them."""

    def set_home(self, x_range: Range, y_range: Range) -> None:
        """Show a part of the plane, and remember it as the one to come back to."""
        if (x_range, y_range) != self._home:
            self._home = (x_range, y_range)
            if not self.held_still:
                self.reset_view()

    def hold_still(self, held: bool) -> None:
        """Keep the range while something is dragged; afterwards show all again."""
        self.held_still = held
        if not held and self.view.viewRange() != [list(ends) for ends in self._home]:
            self.reset_view()

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks that explanations speak of, by name: see `symbol_links`."""
        return {}

    def pixel_at(self, position: QPointF) -> NDArray[np.float64] | None:
        """Return a place of the viewport in the pixels of the marks, unless it is beside them."""
        scene = self.mapToScene(position.toPoint())
        inside = self.view.sceneBoundingRect().contains(scene)
        return np.array(scene.toTuple()) if inside else None

    def reset_view(self) -> None:
        """Undo zoom and shift."""
        self.view.setRange(xRange=self._home[0], yRange=self._home[1], padding=0)
        # At once; left to the next painting, it would be painted twice.
        self.view.updateMatrix()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button in its corner."""
        super().resizeEvent(event)
        # pyqtgraph resizes its view before it has been built.
        if hasattr(self, "_export_button"):
            self._export_button.move(self.width() - self._export_button.width() - 6, 4)
            self._show_legend()

    def _show_legend(self) -> None:
        """Say what the marks mean; where that takes the room of the picture, name the runs only."""
        runs = tuple(run.entry for run in self.kept)
        fits = not runs or self.height() >= LEGEND_HEIGHT
        self.legend.set_entries((self._entries if fits else ()) + runs)

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

    def _on_range_changed(self) -> None:
        x, y = self.view.viewRange()
        self._grid.set_range(tuple(x), tuple(y))

    def _corner_button(self, name: str, tooltip: str) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(f"{name} {self.title.lower()}")
        button.setToolTip(tooltip)
        button.setAutoRaise(True)
        button.setIconSize(QSize(18, 18))
        button.resize(26, 26)
        return button


def nice_range(low: float, high: float) -> Range:
    """Round a range to about five steps of 1, 2 or 5 times a power of ten."""
    step = _nice_step(low, high)
    return round(low / step) * step, round(high / step) * step


def wider_range(low: float, high: float) -> Range:
    """Widen a range to whole steps of this kind, so that nearby ranges become the same."""
    step = _nice_step(low, high)
    return math.floor(low / step) * step, math.ceil(high / step) * step


def _nice_step(low: float, high: float) -> float:
    exponent = math.floor(math.log10((high - low) / 5))
    mantissa = (high - low) / 5 / 10.0**exponent
    return min((1, 2, 5, 10), key=lambda nice: abs(math.log(nice / mantissa))) * 10.0**exponent
