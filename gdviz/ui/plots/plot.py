"""Plot: what every picture has: axes, a legend, a view that stays put, and a way out."""

import math

import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsItem, QToolButton, QWidget

from gdviz.ui.plots.legend import Entry, Legend
from gdviz.ui.theme import LIGHT, PLOT_FONT_PX, Theme, icon, plot_font

Range = tuple[float, float]


class Plot(pg.PlotWidget):
    """A plot with gdviz's axes, legend, fixed view and export button.

    Parameters
    ----------
    name : str
        The object name; other programs rely on it.
    title, description : str
        What the picture is called, and what it shows and does, for tooltip and screen reader.
    entries : tuple of Entry
        What its marks mean.
    left_axis : AxisItem, optional
        Another axis than the usual one.

    Attributes
    ----------
    theme : Theme

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
        left_axis: pg.AxisItem | None = None,
    ) -> None:
        super().__init__(parent, axisItems={"left": left_axis} if left_axis else None)
        self.title = title
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(description)
        self.setToolTip(description)
        self.legend = Legend(title, entries)
        self._labels = ("", "")
        self._home: tuple[Range, Range] | None = None
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAcceptDrops(False)
        self._prepare_item()
        self._export_button = self._corner_button("Export", f"Export the {title.lower()}…")
        self._export_button.clicked.connect(self.export_requested)

    def sizeHint(self) -> QSize:
        """Return a size that lets a window of 1024 by 640 hold all the plots."""
        return QSize(320, 200)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme
        self.setBackground(theme.plot)
        self.legend.set_theme(theme)
        self._export_button.setIcon(icon("export", theme.muted))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(QColor(theme.grid))
            axis.setTextPen(QColor(theme.muted))
        self.set_labels(*self._labels)

    def set_labels(self, bottom: str, left: str) -> None:
        """Name the axes."""
        self._labels = (bottom, left)
        style = {"color": self.theme.text, "font-size": f"{PLOT_FONT_PX}px"}
        self.setLabel("bottom", _escaped(bottom), **style)
        self.setLabel("left", _escaped(left), **style)

    def set_home(self, x_range: Range, y_range: Range) -> None:
        """Show a part of the plane, and remember it as the one to come back to."""
        if (x_range, y_range) != self._home:
            self._home = (x_range, y_range)
            self.reset_view()

    def reset_view(self) -> None:
        """Undo zoom and shift."""
        if self._home is not None:
            self.setRange(xRange=self._home[0], yRange=self._home[1], padding=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button in its corner."""
        super().resizeEvent(event)
        if hasattr(self, "_export_button"):
            self._export_button.move(self.width() - self._export_button.width() - 6, 4)

    def _prepare_item(self) -> None:
        item = self.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.layout.removeItem(item.titleLabel)
        item.layout.addItem(self.legend, 0, 0, 1, 2)
        item.layout.setContentsMargins(6, 6, 12, 4)
        item.disableAutoRange()
        item.showGrid(x=True, y=True, alpha=0.22)
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setStyle(tickFont=plot_font(), maxTickLevel=0, tickLength=4)
            axis.enableAutoSIPrefix(False)
            keep_painted(axis)
        item.getAxis("left").setWidth(68)

    def _corner_button(self, name: str, tooltip: str) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(f"{name} {self.title.lower()}")
        button.setToolTip(tooltip)
        button.setAutoRaise(True)
        button.setIconSize(QSize(18, 18))
        button.resize(26, 26)
        return button


def keep_painted(item: QGraphicsItem) -> None:
    """Paint an item that seldom changes once, not in every frame."""
    item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)


def pen(colour: str, width: float = 2.0, dashes: list[float] | None = None) -> QPen:
    """Return a pen of `width` pixels, whatever the zoom."""
    result = QPen(QColor(colour), width)
    result.setCosmetic(True)
    if dashes:
        result.setDashPattern(dashes)
    return result


def nice_range(low: float, high: float) -> Range:
    """Round a range to about five steps of 1, 2 or 5 times a power of ten."""
    exponent = math.floor(math.log10((high - low) / 5))
    mantissa = (high - low) / 5 / 10.0**exponent
    step = min((1, 2, 5, 10), key=lambda nice: abs(math.log(nice / mantissa))) * 10.0**exponent
    return round(low / step) * step, round(high / step) * step


def _escaped(text: str) -> str:
    """Return a column's name as rich text shows it."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
