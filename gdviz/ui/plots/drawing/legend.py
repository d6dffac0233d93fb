"""Legend: a plot's title and the meaning of its marks, in a row above it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QGraphicsSceneResizeEvent,
    QGraphicsWidget,
    QStyleOptionGraphicsItem,
    QWidget,
)

from gdviz.ui.plots.drawing.shapes import SAMPLE_WIDTH, draw_sample
from gdviz.ui.theme import PLOT_FONT_PX, Theme, plot_font

ROW_HEIGHT = 21.0
GAP = 11.0
# The plot's buttons cover the right end of the first row: as a rule there is one.
BUTTON_WIDTH = 30.0


@dataclass(frozen=True)
class Entry:
    """One mark: how it is drawn (see `draw_sample`), the name of its colour, its label."""

    sample: str
    colour: str
    label: str


class Legend(QGraphicsWidget):
    """A title and entries, laid out from left to right and wrapped to the plot's width."""

    def __init__(self, title: str, entries: tuple[Entry, ...]) -> None:
        super().__init__()
        self._title = title
        self._entries = entries
        self._theme: Theme | None = None
        self._font = plot_font()
        self._bold = plot_font()
        self._bold.setBold(True)
        self._row = ROW_HEIGHT
        self._buttons_px = BUTTON_WIDTH
        self._take_height(self._row)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        if theme.font_px != self._font.pixelSize():
            for font in (self._font, self._bold):
                font.setPixelSize(theme.font_px)
            self._row = ROW_HEIGHT * theme.font_px / PLOT_FONT_PX
            self._take_room()
        self.update()

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show other marks."""
        if entries != self._entries:
            self._entries = entries
            self._take_room()
            self.update()

    def set_room_for_buttons(self, width_px: float) -> None:
        """Keep away from the right end of the first row."""
        if width_px != self._buttons_px:
            self._buttons_px = width_px
            self._take_room()
            self.update()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:
        """Take as many rows as the width asks for."""
        super().resizeEvent(event)
        self._take_room()

    def _take_room(self) -> None:
        rows = 1 + round(max((top for _, top in self._places()), default=0) / self._row)
        self._take_height(rows * self._row)

    def _take_height(self, height: float) -> None:
        self.setMinimumHeight(height)
        self.setMaximumHeight(height)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw title, samples and labels."""
        del option, widget
        if self._theme is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.text))
        painter.setFont(self._bold)
        title_box = QRectF(0, 0, self.size().width(), self._row)
        painter.drawText(title_box, Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setFont(self._font)
        for entry, (x, y) in zip(self._entries, self._places(), strict=True):
            self._paint_entry(painter, entry, QPointF(x, y + self._row / 2), self._theme)

    def _paint_entry(self, painter: QPainter, entry: Entry, left: QPointF, theme: Theme) -> None:
        pen = QPen(QColor(theme.colour(entry.colour)), 2.4)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_sample(painter, entry.sample, left)
        painter.setPen(QColor(theme.text))
        box = QRectF(left.x() + SAMPLE_WIDTH, left.y() - self._row / 2, 400, self._row)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, entry.label)

    def _places(self) -> list[tuple[float, float]]:
        """Return the top left corner of each entry."""
        metrics = QFontMetricsF(self._font)
        x = QFontMetricsF(self._bold).horizontalAdvance(self._title) + GAP
        y, places = 0.0, []
        for entry in self._entries:
            width = SAMPLE_WIDTH + metrics.horizontalAdvance(entry.label)
            room = self.size().width() - (self._buttons_px if y == 0 else 0)
            if x + width > room and x > 0:
                x, y = 0.0, y + self._row
            places.append((x, y))
            x += width + GAP
        return places
