"""Legend: a plot's title and the meaning of its marks, in one line above it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QGraphicsLayout,
    QGraphicsSceneResizeEvent,
    QGraphicsWidget,
    QMenu,
    QPushButton,
    QStyleOptionGraphicsItem,
    QWidget,
)

from gdviz.core.words.glossary import explained
from gdviz.ui.plain import in_menu, plain
from gdviz.ui.plots.drawing.shapes import SAMPLE_WIDTH, draw_sample, sample_icon
from gdviz.ui.theme import LIGHT, PLOT_FONT_PX, Theme, plot_font

ROW_HEIGHT = 21.0
GAP = 11.0
# How far a legend is from the edges of its picture.
MARGIN = 6
# The plot's buttons cover the right end of the line: as a rule there is one.
BUTTON_WIDTH = 30.0


@dataclass(frozen=True)
class Entry:
    """One mark: how it is drawn (see `draw_sample`), the name of its colour, its label.

    Attributes
    ----------
    part : str
        The name by which it is hidden: see `Figure.set_unseen`.
    """

    sample: str
    colour: str
    label: str
    part: str = ""


class Legend(QGraphicsWidget):
    """A title and entries in a line; what has no room there is behind a small button.

    Parameters
    ----------
    title : str
    entries : tuple of Entry
    picture : QWidget
        What the legend belongs to: the button is laid upon it.

    Attributes
    ----------
    written : list of tuple of Entry and QPointF
        The entries that have room, and their top left corners.
    """

    def __init__(self, title: str, entries: tuple[Entry, ...], picture: QWidget) -> None:
        super().__init__()
        self._title, self._picture = title, picture
        self._entries, self._runs = entries, tuple[Entry, ...]()
        self._theme = LIGHT
        self._buttons_px = BUTTON_WIDTH
        self._whole = self._silent = False
        self.written: list[tuple[Entry, QPointF]] = []
        self._more = QPushButton(picture)
        self._more.setObjectName(f"{picture.objectName()}_more")
        self._more.setFlat(True)
        self._more.hide()
        self._more.clicked.connect(self._show_more)
        self._set_font()
        self._lay_out()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        if plot_font(theme) != self._font:
            self._set_font()
            self._lay_out()
        self.update()

    def set_entries(self, entries: tuple[Entry, ...], runs: tuple[Entry, ...] = ()) -> None:
        """Show other marks, and runs, which are the last to go behind the button."""
        if (entries, runs) != (self._entries, self._runs):
            self._entries, self._runs = entries, runs
            self._lay_out()

    def set_room_for_buttons(self, width_px: float) -> None:
        """Keep away from the right end of the line."""
        if width_px != self._buttons_px:
            self._buttons_px = width_px
            self._lay_out()

    def set_silent(self, silent: bool) -> None:
        """Say nothing, and take no room for it, or do again."""
        if silent is not self._silent:
            self._silent = silent
            self._lay_out()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Write all entries for a while, in as many lines as they need: paper has no buttons."""
        before = self._whole
        self.set_whole(True)
        try:
            yield
        finally:
            self.set_whole(before)

    def set_whole(self, whole: bool) -> None:
        """Write all entries, in as many lines as they need, or only what one line has room for."""
        if whole is self._whole:
            return
        self._whole = whole
        self._lay_out()
        layout = self.parentLayoutItem()
        if isinstance(layout, QGraphicsLayout):
            layout.activate()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All marks that have a meaning, in their order."""
        return self._entries + self._runs

    @property
    def folded(self) -> tuple[Entry, ...]:
        """The entries behind the button."""
        written = [entry for entry, _ in self.written]
        return tuple(entry for entry in self.entries if entry not in written)

    def label_at(self, place: QPointF) -> tuple[str, QRectF]:
        """Return what is written at a place, and its box; nothing where a run is named."""
        boxes = [(self._title, QRectF(0, 0, self._begin - GAP, self._row))] + [
            (entry.label, QRectF(corner.x(), corner.y(), self._width(entry) - GAP, self._row))
            for entry, corner in self.written if entry in self._entries
        ]  # fmt: skip
        return next((found for found in boxes if found[1].contains(place)), ("", QRectF()))

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:
        """Fit the entries to another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.newSize().width():
            self._lay_out()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw title, samples and labels."""
        del option, widget
        if self._silent:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.text))
        painter.setFont(self._bold)
        title = QFontMetricsF(self._bold).elidedText(
            self._title, Qt.TextElideMode.ElideRight, self._room
        )
        box = QRectF(0, 0, self.size().width(), self._row)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(self._font)
        for entry, corner in self.written:
            self._paint_entry(painter, entry, corner + QPointF(0, self._row / 2))

    def _paint_entry(self, painter: QPainter, entry: Entry, left: QPointF) -> None:
        pen = QPen(QColor(self._theme.colour(entry.colour)), 2.4 * self._theme.breadth)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.save()
        painter.translate(left)
        painter.scale(self._theme.scale, self._theme.scale)
        draw_sample(painter, entry.sample, QPointF())
        painter.restore()
        painter.setPen(QColor(self._theme.text))
        label, row = left.x() + self._sample_width, self._row
        box = QRectF(label, left.y() - row / 2, self.size().width(), row)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, entry.label)

    @property
    def _room(self) -> float:
        """How long the line may be."""
        return float(self.size().width()) - self._buttons_px

    def _set_font(self) -> None:
        self._font, self._bold = plot_font(self._theme), plot_font(self._theme)
        self._bold.setBold(True)
        self._row = ROW_HEIGHT * self._theme.font_px / PLOT_FONT_PX
        self._more.setFont(self._font)

    def _lay_out(self) -> None:
        """Give the entries that have room their places, and put the others behind the button."""
        self.written = self._wrapped() if self._whole else self._in_line()
        lowest = max((corner.y() for _, corner in self.written), default=0.0)
        height = 0.0 if self._silent else lowest + self._row
        self.setMinimumHeight(height)
        self.setMaximumHeight(height)
        if not self._whole:
            self._place_button()
        self.update()

    def _in_line(self) -> list[tuple[Entry, QPointF]]:
        first, entries = self._begin, self.entries
        widths = {entry: self._width(entry) for entry in entries}
        room = self._room - first
        if sum(widths.values()) - GAP > room:
            # The runs are what one compares; what the other marks mean one soon knows.
            room -= self._button_width(len(entries))
            kept: list[Entry] = []
            for entry in self._runs + self._entries:
                room -= widths[entry]
                if room < 0:
                    break
                kept.append(entry)
            entries = tuple(entry for entry in entries if entry in kept)
        written, x = [], first
        for entry in entries:
            written.append((entry, QPointF(x, 0.0)))
            x += widths[entry]
        return written

    def _wrapped(self) -> list[tuple[Entry, QPointF]]:
        x, y, written = self._begin, 0.0, []
        for entry in self.entries:
            width = self._width(entry)
            if x + width - GAP > self.size().width() and x > 0:
                x, y = 0.0, y + self._row
            written.append((entry, QPointF(x, y)))
            x += width
        return written

    @property
    def _begin(self) -> float:
        """Where the first entry stands: behind the title."""
        return QFontMetricsF(self._bold).horizontalAdvance(self._title) + GAP

    def _width(self, entry: Entry) -> float:
        """Return how much of the line an entry takes, with the gap behind it."""
        return self._sample_width + QFontMetricsF(self._font).horizontalAdvance(entry.label) + GAP

    @property
    def _sample_width(self) -> float:
        return SAMPLE_WIDTH * self._theme.scale

    def _button_width(self, count: int) -> float:
        return QFontMetricsF(self._font).horizontalAdvance(f"+{count} …") + GAP

    def _place_button(self) -> None:
        """Stand behind the last entry, if any has no room."""
        folded = self.folded
        width = round(self._button_width(len(folded)))
        # Rather none than half a button.
        self._more.setVisible(bool(folded) and width <= self.size().width())
        if not folded:
            return
        labels = ", ".join(entry.label for entry in folded)
        self._more.setText(f"+{len(folded)} …")
        own = ", ".join(entry.label for entry in folded if entry in self._entries)
        self._more.setToolTip(explained(own, plain(f"What else is drawn: {labels}")))
        self._more.setAccessibleName(f"{len(folded)} more marks of the {self._title.lower()}")
        last = max((corner.x() + self._width(entry) for entry, corner in self.written),
                   default=self._begin)  # fmt: skip
        x = min(last - GAP / 2, self._room - width)
        self._more.setGeometry(MARGIN + round(max(x, 0)), MARGIN, width, round(self._row))

    def _show_more(self) -> None:
        """List what has no room."""
        menu = QMenu(self._picture)
        menu.setObjectName(f"{self._more.objectName()}_menu")
        menu.setAccessibleName(self._more.accessibleName())
        for entry in self.folded:
            icon = sample_icon(entry.sample, self._theme.colour(entry.colour))
            menu.addAction(icon, in_menu(entry.label))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))
