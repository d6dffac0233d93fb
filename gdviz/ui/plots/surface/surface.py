"""Surface: the loss bowl in three dimensions, with the hiker and the two slices underfoot."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyleOptionGraphicsItem,
    QWidget,
)

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.words.glossary import explained
from gdviz.core.words.numbers import number_text
from gdviz.core.words.sentences import line_text
from gdviz.ui.accessible import Described
from gdviz.ui.plots.drawing.legend import Entry, Legend
from gdviz.ui.plots.drawing.looks import entry_of
from gdviz.ui.plots.drawing.sheet import Mark
from gdviz.ui.plots.surface.height_switch import HeightSwitch
from gdviz.ui.plots.surface.panorama import Panorama, View
from gdviz.ui.plots.surface.scenery import Backdrop, Layout, Scenery, laid_out, paper_for
from gdviz.ui.plots.surface.surface_marks import SurfaceMarks
from gdviz.ui.plots.surface.surface_touch import SurfaceTouch
from gdviz.ui.plots.touch.corner import Corner
from gdviz.ui.plots.touch.readout import Reading, Readout
from gdviz.ui.theme import LIGHT, Theme, plot_font

TITLE = "Surface"
DESCRIPTION = (
    "The loss of every weight and bias as a landscape in three dimensions, with the path and the "
    "two slices through the place of the hiker. Drag the hiker: start there. Drag beside it or "
    "arrow keys: turn, wheel or + and -: zoom, Ctrl+0: back."
)
IN_THE_FOG = "Nobody sees the whole landscape from within the fog."
ENTRIES = (
    Entry("big dot", "hiker", "hiker"),
    Entry("dot", "trail", "steps"),
    Entry("line", "curve", "slices"),
    Entry("cross", "optimum", "minimum", "minimum"),
)
# How far the legend stays from the edges.
LEGEND_TOP = 6
# How far below the legend a note stands.
NOTE_TOP = 4


class Surface(Described, QWidget):
    """The bowl over weight and bias, the path so far, the hiker, and the slices underfoot.

    Attributes
    ----------
    title : str
    theme : Theme
    kept : sequence of Run
    view : SurfaceTouch
        From where it is seen.

    Signals
    -------
    export_requested()
        The button in the corner was pressed.
    start_requested(float, float), hiker_taken(), held(bool)
        As those of a `HikerPlot`.
    """

    export_requested = Signal()
    start_requested = Signal(float, float)
    hiker_taken = Signal()
    held = Signal(bool)
    theme = LIGHT
    own_keys: ClassVar[Mapping[str, str]] = {
        "Left, Right, Up, Down": "Turn the surface",
        "+, =, -": "Zoom",
    }

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TITLE
        self.setObjectName("surface")
        self.setAccessibleName(TITLE)
        self.describe(DESCRIPTION)
        # Of its axes it speaks there, too.
        self.setToolTip(explained(DESCRIPTION, DESCRIPTION))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.kept: Sequence[Run] = ()
        self._experiment: Experiment | None = None
        self._record: Record | None = None
        self._row: Row | None = None
        self._position = 0.0
        self._fog = False
        self._layout: Layout | None = None
        self._stale, self._held_still = True, False
        self._scenery: Scenery | None = None
        self._marks = SurfaceMarks(self.update)
        self.legend = Legend(TITLE, ENTRIES, self)
        self._backdrop = Backdrop(self)
        self._backdrop.refined.connect(self.update)
        self._connect_touch()
        self._add_controls()
        self.set_theme(self.theme)

    def sizeHint(self) -> QSize:
        """Return a size that lets a window of 1024 by 640 hold all the plots."""
        return QSize(320, 200)

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks that explanations speak of, by name: see `symbol_links`."""
        return self._marks.named

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme
        self.legend.set_theme(theme)
        self._marks.set_theme(theme)
        self._corner.set_theme(theme)
        self.readout.set_theme(theme)
        self._switch.set_theme(theme)
        self.update()

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the loss of other data or settings; the path comes with `set_record`."""
        self._experiment = experiment
        self._record = self._row = None
        self.update()

    def set_fog(self, fog: bool) -> None:
        """Hide the bowl, or show it again."""
        self._fog = fog
        self._marks.clear()
        self.update()

    def set_kept(self, kept: Sequence[Run]) -> None:
        """Draw the paths of other runs, too."""
        self.kept = kept
        self._marks.set_kept(kept)
        entries = tuple(entry for entry in ENTRIES if entry.part not in self._marks.unseen)
        self.legend.set_entries(entries, tuple(entry_of(run) for run in kept))
        self._lay_out_again()

    def set_unseen(self, names: Collection[str]) -> None:
        """Hide parts, and show all others."""
        self._marks.unseen = frozenset(names)
        self.set_kept(self.kept)

    def set_record(self, record: Record) -> None:
        """Fit the view to the whole path."""
        self._record = record
        self._lay_out_again()

    @property
    def logarithmic(self) -> bool:
        """Whether it shows as height the logarithm of the loss."""
        return self._switch.isChecked()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Show as height the loss, or the logarithm of what it is above the minimum."""
        self._switch.setChecked(logarithmic)

    def show_row(self, row: Row) -> None:
        """Stand at one iteration."""
        self._row = row
        self.update()

    def show_kept(self, position: float) -> None:
        """Mark where the other runs are at an iteration, or on the way to the next."""
        if self.kept and position != self._position:
            self.update()
        self._position = position

    def hold_still(self, held: bool) -> None:
        """Keep the box while something is dragged, here or elsewhere; then fit it again."""
        self._held_still = held
        self._lay_out_again()

    def viewport(self) -> QWidget:
        """Return the widget that the mouse moves over: itself."""
        return self

    def pixel_at(self, position: QPointF) -> QPointF:
        """Return where a place on the widget is among the pixels of the marks: there."""
        return position

    def start_at(self, pixel: QPointF) -> Point | None:
        """Return the start that a pixel means, if any; with the weight only the bias stays.

        Where one pixel means several, it is the one nearest to where the hiker is: behind a wall it
        stays behind.
        """
        if self._scenery is None or self._experiment is None or self._row is None:
            return None
        panorama = self._scenery.panorama
        if not self._experiment.with_bias:
            found = panorama.nearest_along_weight(pixel, self._experiment.start.bias)
            return found and panorama.rounded(found)._replace(bias=found.bias)
        found = panorama.nearest_struck(pixel, Point(self._row.weight, self._row.bias))
        return found and panorama.rounded(found)

    def frame(self) -> QRect:
        """Return where the picture is, below the legend."""
        # Qt may not have told the legend yet of the size that it is fitted to.
        self.legend.resize(self.width() - 2 * LEGEND_TOP, self.legend.size().height())
        return self.rect().adjusted(0, round(self.legend.size().height()) + LEGEND_TOP, 0, 0)

    def reading_at(self, pixel: QPointF) -> Reading | None:
        """Say the loss of the ground under the mouse; in the fog nobody knows it."""
        if self._scenery is None or self._experiment is None or self._fog:
            return None
        ground = self._scenery.panorama.seen_at(pixel)
        if ground is None:
            return None
        loss = number_text(self._experiment.dataset.bowl.loss(*ground), 4)
        text = f"w = {number_text(ground.weight, 3)}   b = {number_text(ground.bias, 3)}"
        at = pixel.toTuple()
        return Reading(f"{text}   loss = {loss}", at, dot=at, crossed=False)

    def paint_on(self, painter: QPainter) -> None:
        """Paint the picture as it is exported, without what answers to the mouse.

        On paper in shapes; on pixels those of what stays are kept, for films: of them nothing is on
        the screen, which has pixels of its own.
        """
        device, is_alone = painter.device(), not self.isVisible()
        with self.legend.whole():
            scenery = self._seen()
            if scenery is not None and is_alone and isinstance(device, QImage):
                still = self._backdrop.fine_picture(scenery, device.devicePixelRatio())
                painter.drawPixmap(0, 0, still)
            elif scenery is not None:
                scenery.paint(paper_for(painter, QRectF(self.rect())))
            self._paint_marks(painter, scenery)

    def preparing(self, scale: float) -> Iterator[None]:
        """Paint in small steps what takes long of an image of so many pixels for each here."""
        # In a picture of few pixels there may be none for the surface.
        if not (self.isVisible() or self.size().isEmpty()):
            with self.legend.whole():
                scenery = self._seen()
            if scenery is not None:
                yield from self._backdrop.refining(scenery, scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what stays, if it has changed, and what moves."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.plot))
        scenery = self._seen()
        if scenery is not None:
            painter.drawPixmap(0, 0, self._backdrop.picture(scenery, self.devicePixelRatioF()))
        self._paint_marks(painter, scenery)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep buttons and switch in their corners."""
        super().resizeEvent(event)
        self._corner.place()
        self._switch.place()
        self.legend.resize(self.width() - 2 * LEGEND_TOP, self.legend.size().height())
        self.update()

    def _lay_out_again(self) -> None:
        """Fit the box to all paths when next seen; its picture may well stay the same."""
        self._stale = True
        self.update()

    def _seen(self) -> Scenery | None:
        """Return what stays while the hiker moves, if there is anything to see."""
        if self._experiment is None or self._record is None or self._fog:
            return None
        if self._stale or self._layout is None:
            self._layout = laid_out(
                self._experiment, self._record, self.kept, self.logarithmic,
                self._layout, self._held_still,
            )  # fmt: skip
            self._stale = False
        view = View(
            self.view.camera, self.theme, self.size(), self.frame().top(), self._switch.reserved
        )
        last = self._scenery
        if last is None or not last.shows(self._layout, view):
            if last is not None and last.panorama.shows(self._layout.lines, view):
                panorama = last.panorama
            else:
                panorama = Panorama(self._layout.lines, view)
            self._scenery = Scenery(self._layout, panorama)
        return self._scenery

    def _paint_marks(self, painter: QPainter, scenery: Scenery | None) -> None:
        """Paint all that moves, and the legend last, so that nothing reaches into it."""
        paper = paper_for(painter, QRectF(self.rect()))
        if self._fog:
            room = self.rect().adjusted(24, 24, -24, -24)
            _write(painter, self.theme, IN_THE_FOG, self.theme.muted, room)
        elif scenery is not None and self._experiment is not None:
            scenery.paint_others_until(paper, self._position)
            self._marks.paint_others(paper, scenery.panorama, self._position)
            row = self._row
            if row is not None and not self._marks.paint(paper, scenery, row, self._experiment):
                text = f"outside: {line_text(row.weight, row.bias, 3)}"
                # As many lines as it takes, from the legend down.
                top = self.frame().top()
                room = self.rect().adjusted(LEGEND_TOP, top + NOTE_TOP, -LEGEND_TOP, 0)
                colour = self.theme.text_of("hiker")
                _write(painter, self.theme, text, colour, room, Qt.AlignmentFlag.AlignTop)
        painter.fillRect(QRect(0, 0, self.width(), self.frame().top()), QColor(self.theme.plot))
        painter.translate(LEGEND_TOP, LEGEND_TOP)
        self.legend.paint(painter, QStyleOptionGraphicsItem())
        painter.translate(-LEGEND_TOP, -LEGEND_TOP)

    def _connect_touch(self) -> None:
        self.view = SurfaceTouch(self, self._marks.hiker, self.start_at)
        self.view.turned.connect(self.update)
        self.view.start_requested.connect(self.start_requested)
        self.view.hiker_taken.connect(self.hiker_taken)
        self.view.held.connect(self.hold_still)
        self.view.held.connect(self.held)

    def _add_controls(self) -> None:
        self.readout = Readout(self)
        self._corner = Corner(self, TITLE, self.legend)
        self._corner.export_requested.connect(self.export_requested)
        self._corner.reset_requested.connect(self.view.go_home)
        self.view.turned.connect(self.readout.hover.forget)
        self.view.moved.connect(self._corner.offer_reset)
        self._switch = HeightSwitch(self)
        self._switch.toggled.connect(self._lay_out_again)


def _write(
    painter: QPainter,
    theme: Theme,
    text: str,
    colour: str,
    box: QRect,
    height: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> None:
    painter.setFont(plot_font(theme))
    painter.setPen(QColor(colour))
    across = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(box, height | across, text)
