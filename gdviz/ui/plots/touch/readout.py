"""Readout: what a picture says of the place under the mouse, and the crosshair that leads there."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from gdviz.core.words.numbers import number_in_steps, text_in_steps
from gdviz.ui.plots.touch.hover import Hover
from gdviz.ui.theme import LIGHT, Theme

if TYPE_CHECKING:
    from gdviz.ui.plots.plot import Plot
    from gdviz.ui.plots.surface.surface import Surface

# How far the text stays from the edges of the picture, and from the mouse.
EDGE, CLEARANCE = 6, QMargins(12, 12, 12, 12)
# What stands between the parts of a text, of which each gets a line where there is no room.
BETWEEN = "   "
DOT_PX, DASHES = 4.5, [4.0, 3.0]


class Reading(NamedTuple):
    """What is under the mouse.

    Attributes
    ----------
    text : str
    place : tuple of float
        Where it is, in pixels of the view: there the lines of the crosshair meet.
    dot : tuple of float or None
        A place that the text speaks of, too, in pixels.
    crossed : bool
        Whether there are lines, that is axes to which they lead.
    """

    text: str
    place: tuple[float, float]
    dot: tuple[float, float] | None = None
    crossed: bool = True


class Readout(QWidget):
    """A sheet of glass over a picture, with a crosshair and a line of text in a corner.

    It is no part of the scene: what is exported or kept painted knows nothing of it. The picture
    tells what is under the mouse by its `reading_at`, and where to draw by `frame`.
    """

    def __init__(self, picture: "Plot | Surface") -> None:
        super().__init__(picture)
        self._picture = picture
        self._reading: Reading | None = None
        self._theme = LIGHT
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._label.setObjectName(f"{picture.objectName()}_hover")
        self.hover = Hover[Reading | None](picture, picture.reading_at, None)
        self.hover.changed.connect(self._show)
        self.hover.set_listening(True)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._label.setStyleSheet(
            f"background: {theme.plot}; color: {theme.text}; padding: 2px 6px;"
            f"border: 1px solid {theme.grid};"
        )

    def refresh(self) -> None:
        """Say it of the picture as it is now; without a mouse over it that costs nothing."""
        if self._reading is not None:
            self.hover.look_again()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the crosshair."""
        del event
        if self._reading is None:
            return
        painter = QPainter(self)
        frame = QRectF(self._picture.frame())
        painter.setClipRect(frame)
        if self._reading.crossed:
            pen = QPen(QColor(self._theme.muted), 1)
            pen.setDashPattern(DASHES)
            painter.setPen(pen)
            x, y = self._reading.place
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
        if self._reading.dot is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.plot), 1.5))
            painter.setBrush(QColor(self._theme.text))
            painter.drawEllipse(QPointF(*self._reading.dot), DOT_PX, DOT_PX)

    def _show(self, reading: Reading | None) -> None:
        self._reading = reading
        self.setVisible(reading is not None)
        if reading is None:
            return
        self.setGeometry(self._picture.rect())
        frame = self._picture.frame().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        for text in (reading.text, reading.text.replace(BETWEEN, "\n")):
            self._label.setText(text)
            self._label.adjustSize()
            if self._label.width() <= frame.width():
                break
        self._label.move(self._corner(frame, QPoint(*map(round, reading.place))))
        self._label.setVisible(self.rect().contains(self._label.geometry()))
        self.update()

    def _corner(self, frame: QRect, mouse: QPoint) -> QPoint:
        """Return where the text stands: at the bottom right, or where the mouse isn't."""
        box = self._label.rect()
        rights = max(frame.right() - box.width() + 1, 0), frame.left()
        # Where the axes leave too little room, it stands upon them.
        bottoms = max(frame.bottom() - box.height() + 1, 0), frame.top()
        corners = [QPoint(x, y) for y in bottoms for x in rights]
        away = [
            corner for corner in corners
            if not box.translated(corner).marginsAdded(CLEARANCE).contains(mouse)
        ]  # fmt: skip
        return (away or corners)[0]


class Pointed(NamedTuple):
    """A place in data units, with as many digits as the mouse can mean, and its text."""

    x: float
    y: float
    x_text: str
    y_text: str


def pointed_at(plot: "Plot", pixel: QPointF) -> Pointed:
    """Return the place under a pixel of a plot's view."""
    place = plot.view.mapSceneToView(pixel)
    values, steps = (place.x(), place.y()), plot.view.viewPixelSize()
    x, y = map(number_in_steps, values, steps)
    return Pointed(x, y, *map(text_in_steps, (x, y), steps))
