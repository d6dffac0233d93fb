"""Surface: the loss bowl in three dimensions, with the hiker and the two slices underfoot."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QSizePolicy,
    QStyleOptionGraphicsItem,
    QToolButton,
    QWidget,
)

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.run import Run
from gdviz.core.descent.trajectory import Record, Row
from gdviz.core.geometry.relief import Points, Relief, relief_of
from gdviz.ui.plots.drawing.legend import Entry, Legend
from gdviz.ui.plots.drawing.looks import entry_of, look_of
from gdviz.ui.plots.surface.camera import Camera
from gdviz.ui.plots.surface.opengl import open_scene
from gdviz.ui.plots.surface.panorama import Panorama, Trace
from gdviz.ui.theme import LIGHT, Theme, icon, palette, plot_font

if TYPE_CHECKING:
    from gdviz.ui.plots.surface.opengl_scene import Scene

TITLE = "Surface"
DESCRIPTION = (
    "The loss of every weight and bias as a landscape in three dimensions, with the path and the "
    "two slices through the place of the hiker. Drag or arrow keys: turn, wheel or + and -: zoom, "
    "Ctrl+0: back."
)
IN_THE_FOG = "Nobody sees the whole landscape from within the fog."
WITHOUT_OPENGL = (
    "The 3-D surface needs OpenGL, which this display doesn't offer. The landscape shows the same."
)
ENTRIES = (
    Entry("big dot", "hiker", "hiker"),
    Entry("dot", "trail", "steps"),
    Entry("line", "curve", "slices"),
    Entry("cross", "optimum", "minimum"),
)
PATH_POINTS, KEPT_POINTS = 1000, 250
# How far the legend stays from the edges.
LEGEND_TOP = 6
# How far a key turns and a pixel of a drag, and how much a key or a notch of the wheel zooms.
KEY_DEGREES, DRAG_DEGREES, ZOOM = 5.0, 0.5, 1.15
TURNS = {
    Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
ZOOMS = {Qt.Key.Key_Plus: ZOOM, Qt.Key.Key_Equal: ZOOM, Qt.Key.Key_Minus: 1 / ZOOM}
COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Path(NamedTuple):
    """Where a run goes in the box.

    Attributes
    ----------
    iterations : ndarray of shape (n,)
    points : ndarray of shape (n, 3)
    """

    iterations: NDArray[np.int64]
    points: Points

    def count(self, iteration: int) -> int:
        """Return how many points come before or at an iteration."""
        return int(np.searchsorted(self.iterations, iteration, side="right"))


class Layout(NamedTuple):
    """What lies where, whatever the place to look from.

    Attributes
    ----------
    relief : Relief
    path : Path
        Of the current run.
    others : list of Path
        Of the runs that are kept.
    """

    relief: Relief
    path: Path
    others: list[Path]

    @property
    def paths(self) -> list[Path]:
        """All paths, that of the current run first."""
        return [self.path, *self.others]


class Scenery(NamedTuple):
    """What stays while the hiker moves.

    Attributes
    ----------
    panorama : Panorama
    layout : Layout
    picture : QPixmap
        The panorama with the paths of the runs that are kept.
    path : Trace
        That of the current run, all of it.
    """

    panorama: Panorama
    layout: Layout
    picture: QPixmap
    path: Trace


class Surface(QWidget):
    """The bowl over weight and bias, the path so far, the hiker, and the slices underfoot.

    OpenGL draws the bowl once for each place to look from; a frame only adds what moves.

    Attributes
    ----------
    title : str
    theme : Theme
    kept : sequence of Run

    Signals
    -------
    export_requested()
        The button in the corner was pressed.
    """

    export_requested = Signal()
    theme = LIGHT

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TITLE
        self.setObjectName("surface")
        self.setAccessibleName(TITLE)
        self.setAccessibleDescription(DESCRIPTION)
        self.setToolTip(DESCRIPTION)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.kept: Sequence[Run] = ()
        self._experiment: Experiment | None = None
        self._record: Record | None = None
        self._row: Row | None = None
        self._iteration = 0
        self._fog = False
        self._layout: Layout | None = None
        self._scenery: Scenery | None = None
        self._camera = Camera()
        self._dragged_from: QPointF | None = None
        self._scene: Scene | None = None
        self._asked_for_scene = False
        self._panorama: Panorama | None = None
        self._legend = Legend(TITLE, ENTRIES)
        self._add_controls()
        self.set_theme(self.theme)

    def sizeHint(self) -> QSize:
        """Return a size that lets a window of 1024 by 640 hold all the plots."""
        return QSize(320, 200)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme
        self._legend.set_theme(theme)
        self._export_button.setIcon(icon("export", theme.muted))
        colours = palette(theme)
        # The style draws the outline of the box in a darker shade of this one.
        colours.setColor(QPalette.ColorRole.Window, QColor(theme.grid))
        self._switch.setPalette(colours)
        self.update()

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the loss of other data or settings; the path comes with `set_record`."""
        self._experiment = experiment
        self._record = self._row = None
        self._lay_out_again()

    def set_fog(self, fog: bool) -> None:
        """Hide the bowl, or show it again."""
        self._fog = fog
        self.update()

    def set_kept(self, kept: Sequence[Run]) -> None:
        """Draw the paths of other runs, too."""
        self.kept = kept
        self._legend.set_entries(ENTRIES + tuple(entry_of(run) for run in kept))
        self._lay_out_again()

    def set_record(self, record: Record) -> None:
        """Fit the view to the whole path."""
        self._record = record
        self._lay_out_again()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Show as height the loss, or the logarithm of what it is above the minimum."""
        self._switch.setChecked(logarithmic)

    def show_row(self, row: Row) -> None:
        """Stand at one iteration."""
        self._row = row
        self.update()

    def show_kept(self, iteration: int) -> None:
        """Mark where the other runs are at an iteration."""
        if self.kept and iteration != self._iteration:
            self.update()
        self._iteration = iteration

    def reset_view(self) -> None:
        """Undo turning and zoom."""
        self._look_from(Camera())

    def image(self, scale: float) -> QImage:
        """Return what is seen, with so many pixels for each on the screen."""
        image = QImage(self.size() * scale, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(scale)
        image.fill(QColor(self.theme.plot))
        painter = QPainter(image)
        self._draw(painter, scale)
        painter.end()
        return image

    def showEvent(self, event: QShowEvent) -> None:
        """Find out if there is OpenGL."""
        super().showEvent(event)
        self._open_scene()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what stays, if it has changed, and what moves."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.plot))
        self._draw(painter, self.devicePixelRatioF())
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep button and switch in their corners."""
        super().resizeEvent(event)
        self._legend.resize(self.width() - 12, self._legend.size().height())
        self._export_button.move(self.width() - self._export_button.width() - 6, 4)
        self._switch.move(10, self.height() - self._switch.height() - 6)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that turn and zoom from the window's shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._camera_after(event) is None:
                return False
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn or zoom."""
        camera = self._camera_after(event)
        if camera is None:
            super().keyPressEvent(event)
        else:
            self._look_from(camera)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn what is held."""
        if self._dragged_from is None:
            return
        shift = (event.position() - self._dragged_from) * DRAG_DEGREES
        self._dragged_from = event.position()
        self._look_from(self._camera.turned(-shift.x(), shift.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged_from = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        self._look_from(self._camera.zoomed(ZOOM ** (event.angleDelta().y() / 120)))
        event.accept()

    def _camera_after(self, event: QKeyEvent) -> Camera | None:
        """Return where a key leads to, if it does."""
        key = Qt.Key(event.key())
        if self._scene is None or event.modifiers() & COMMANDS:
            return None
        if key in TURNS:
            azimuth, elevation = TURNS[key]
            return self._camera.turned(azimuth * KEY_DEGREES, elevation * KEY_DEGREES)
        return self._camera.zoomed(ZOOMS[key]) if key in ZOOMS else None

    def _look_from(self, camera: Camera) -> None:
        self._camera = camera
        self.update()

    def _lay_out_again(self) -> None:
        """Fit the box to all paths when next seen; its picture may well stay the same."""
        self._layout = None
        self.update()

    def _laid_out(self) -> Layout | None:
        """Return where everything lies, if there is anything."""
        if self._layout is None and self._experiment is not None and self._record is not None:
            records = [self._record, *(run.record for run in self.kept)]
            bowl, logarithmic = self._experiment.dataset.bowl, self._switch.isChecked()
            relief = relief_of(bowl, records, logarithmic)
            path = Path(*relief.path(self._record, PATH_POINTS))
            others = [Path(*relief.path(run.record, KEPT_POINTS)) for run in self.kept]
            self._layout = Layout(relief, path, others)
        return self._layout

    def _panorama_of(self, scene: "Scene", relief: Relief, scale: float) -> Panorama:
        """Return the picture of a relief, the last one if that has not changed."""
        top = round(self._legend.size().height()) + LEGEND_TOP
        wanted = (self._camera, self.theme, self.size(), top, scale)
        last = self._panorama
        if last is None or last.view != wanted or not relief.equals(last.relief):
            self._panorama = last = Panorama(scene, relief, *wanted)
        return last

    def _scenery_of(self, panorama: Panorama, layout: Layout) -> Scenery:
        """Return what stays while the hiker moves, worked out once for many frames."""
        last = self._scenery
        if last is None or last.panorama is not panorama or last.layout is not layout:
            own, *others = panorama.traces(*(path.points for path in layout.paths))
            picture = panorama.backdrop.copy()
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for run, trace in zip(self.kept, others, strict=True):
                look = look_of(run)
                pen = QPen(QColor(self.theme.colour(look.colour)), 1.5)
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern(look.dashes)
                panorama.draw_line(painter, trace, pen)
            painter.end()
            self._scenery = last = Scenery(panorama, layout, picture, own)
        return last

    def _open_scene(self) -> None:
        """Ask once if there is OpenGL, and say so if there isn't."""
        if self._asked_for_scene:
            return
        self._asked_for_scene = True
        self._scene = open_scene()
        self._switch.setVisible(self._scene is not None)
        if self._scene is None:
            self.setAccessibleDescription(WITHOUT_OPENGL)
            self.setToolTip("")

    def _draw(self, painter: QPainter, scale: float) -> None:
        """Draw all there is: the legend last, so that nothing reaches into it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._open_scene()
        if self._fog:
            self._draw_sentence(painter, IN_THE_FOG)
            self._draw_legend(painter)
            return
        if self._scene is None:
            self._draw_sentence(painter, WITHOUT_OPENGL)
            return
        layout = self._laid_out()
        if layout is not None:
            panorama = self._panorama_of(self._scene, layout.relief, scale)
            scenery = self._scenery_of(panorama, layout)
            painter.drawPixmap(0, 0, scenery.picture)
            self._draw_others(painter, panorama)
            if self._row is not None:
                steps = scenery.path.first(layout.path.count(self._row.iteration))
                self._draw_hiker(painter, panorama, steps, self._row)
        self._draw_legend(painter)

    def _draw_sentence(self, painter: QPainter, text: str) -> None:
        painter.setFont(plot_font())
        painter.setPen(QColor(self.theme.muted))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, text)

    def _draw_others(self, painter: QPainter, panorama: Panorama) -> None:
        relief = panorama.relief
        for run in self.kept:
            row, look = run.record.at(self._iteration), look_of(run)
            if relief.holds(row.weight, row.bias):
                place = relief.place(row.weight, row.bias)
                colour = self.theme.colour(look.colour)
                panorama.draw_mark(painter, look.shape, place, 13, colour)

    def _draw_hiker(self, painter: QPainter, panorama: Panorama, steps: Trace, row: Row) -> None:
        relief = panorama.relief
        inside = relief.holds(row.weight, row.bias)
        if inside:
            place = relief.place(row.weight, row.bias)
            slices = relief.along_weight(row.bias), relief.along_bias(row.weight)
            *lines, here = panorama.traces(*slices, place)
            for line in lines:
                panorama.draw_line(painter, line, QPen(QColor(self.theme.curve), 1.8))
            steps = steps.then(here)
        panorama.draw_steps(painter, steps, QPen(QColor(self.theme.trail), 1.5))
        panorama.draw_dots(painter, steps, 5, self.theme.trail)
        if inside:
            panorama.draw_hiker(painter, place, 17, self.theme.hiker)
        else:
            self._say_outside(painter, row)
        self._draw_minimum(painter, panorama)

    def _draw_minimum(self, painter: QPainter, panorama: Panorama) -> None:
        """Mark the least loss within reach of the run; in a valley that is a line."""
        assert self._experiment is not None
        relief, bias = panorama.relief, self._experiment.start.bias
        bowl = relief.bowl
        if not self._experiment.with_bias:
            best = Point(bowl.best_weight(bias)[0], bias)
        elif bowl.sd_x > 0:
            best = bowl.optimum
        else:
            valley = QPen(QColor(self.theme.optimum), 2.5)
            panorama.draw_line(painter, panorama.trace(relief.valley()), valley)
            return
        panorama.draw_mark(painter, "cross", relief.place(*best), 12, self.theme.optimum)

    def _say_outside(self, painter: QPainter, row: Row) -> None:
        """Say where the hiker is when that is too far away to show."""
        text = f"outside: w = {row.weight:.3g}, b = {row.bias:.3g}"
        painter.setFont(plot_font())
        painter.setPen(QColor(self.theme.hiker))
        top = round(self._legend.size().height()) + LEGEND_TOP
        painter.drawText(QRect(0, top, self.width(), 20), Qt.AlignmentFlag.AlignCenter, text)

    def _draw_legend(self, painter: QPainter) -> None:
        size = self._legend.size()
        box = QRect(0, 0, self.width(), round(size.height()) + LEGEND_TOP)
        painter.fillRect(box, QColor(self.theme.plot))
        painter.translate(LEGEND_TOP, LEGEND_TOP)
        self._legend.paint(painter, QStyleOptionGraphicsItem())
        painter.translate(-LEGEND_TOP, -LEGEND_TOP)

    def _add_controls(self) -> None:
        self._export_button = QToolButton(self)
        self._export_button.setAccessibleName("Export surface")
        self._export_button.setToolTip("Export the surface…")
        self._export_button.setAutoRaise(True)
        self._export_button.setIconSize(QSize(18, 18))
        self._export_button.resize(26, 26)
        self._export_button.clicked.connect(self.export_requested)
        self._switch = QCheckBox("logarithmic", self)
        self._switch.setObjectName("surface_logarithmic")
        self._switch.setAccessibleName("Logarithmic height")
        self._switch.setToolTip("Show as height the logarithm of the loss above the minimum")
        self._switch.setFont(plot_font())
        self._switch.adjustSize()
        self._switch.toggled.connect(self._lay_out_again)
