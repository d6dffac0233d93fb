"""PictureRow: pictures side by side, as many as can be read; the others are behind tabs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from gdviz.core.words.glossary import explained
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.splitter import Splitter
from gdviz.ui.plots.surface.surface import Surface
from gdviz.ui.theme import Theme, plot_font

# The least size of a picture that can be read: so many digits wide, about 300 pixels in usual
# type, and so many lines high. Along the iterations less is to be seen.
LEAST_DIGITS, LEAST_LINES, LEAST_HISTORY_LINES = 36, 12, 9
# How much more room there must be until tabs go again: at one width nothing flickers.
AGAIN = 1.08

Picture = Plot | Surface


class PictureRow(QWidget):
    """Pictures side by side with splitters between them, or some of them below the tabs of all.

    Attributes
    ----------
    splitter : Splitter
        What stands between the pictures.
    has_tabs : bool
        Whether some of them may be behind tabs.

    Signals
    -------
    turned()
        Other pictures are to be seen: another tab was chosen, or tabs came or went.
    """

    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: list[Picture] = []
        self._chosen: Picture | None = None
        self._least_width = 0.0
        self._fitting = 1
        self.has_tabs = True
        self._tabs = QTabBar(self)
        self._tabs.setObjectName("picture_tabs")
        self._tabs.setAccessibleName("Pictures")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self._tabs.hide()
        self._tabs.currentChanged.connect(self._on_tab_chosen)
        self.splitter = Splitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs)
        layout.addWidget(self.splitter, 1)

    @property
    def shown(self) -> list[Picture]:
        """The pictures that are to be seen: the current one, and what stands beside it."""
        current, most = self._current, len(self._pictures) - self._fitting
        first = 0 if current is None else min(self._pictures.index(current), max(most, 0))
        return self._pictures[first : first + self._fitting]

    @property
    def in_tabs(self) -> bool:
        """Whether there are pictures that are not to be seen."""
        return self._fitting < len(self._pictures)

    @property
    def tabs_height(self) -> int:
        """How much of its height the tabs take, or would take."""
        return self._tabs.sizeHint().height()

    @property
    def _current(self) -> Picture | None:
        """The picture before the others: that which was chosen, or else the first."""
        found = self._chosen in self._pictures
        return self._chosen if found else next(iter(self._pictures), None)

    def set_theme(self, theme: Theme) -> None:
        """Take the size of a theme's type."""
        self._least_width = least_size(theme)[0]
        self._fit()

    def set_pictures(self, pictures: Sequence[Picture]) -> None:
        """Hold these pictures, equally wide, and no others."""
        if not self.in_tabs:
            # More of them needn't have room to spare.
            self._fitting = len(pictures)
        self._pictures = list(pictures)
        for place, picture in enumerate(self._pictures):
            self.splitter.insertWidget(place, picture)
        self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        for place, picture in enumerate(self._pictures):
            self._tabs.addTab(picture.title)
            self._tabs.setTabToolTip(place, explained(picture.title, picture.title))
        self._tabs.blockSignals(False)
        self.setVisible(bool(self._pictures))
        self._fitting = self._count_fitting()
        self._show()
        self._share_equally()

    def set_least_height(self, pixels: float) -> None:
        """Be so high at least, beside the tabs."""
        self.splitter.setMinimumHeight(round(pixels))

    def turn_to(self, picture: QWidget) -> None:
        """Bring a picture before the others, if it is one of these."""
        found = next((one for one in self._pictures if one is picture), None)
        if found is not None and found is not self._current:
            self._chosen = found
            self._show()
            if self.in_tabs:
                self.turned.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the pictures behind tabs, or side by side again."""
        super().resizeEvent(event)
        # Where a dock has gone, all is again as it was before it came.
        leaps = event.size().width() > AGAIN * event.oldSize().width()
        self._fit(1.0 if leaps else AGAIN)
        self._keep_readable()

    def _fit(self, again: float = AGAIN) -> None:
        fitting = self._count_fitting(again)
        if fitting != self._fitting:
            self._fitting = fitting
            self._show()
            self.turned.emit()

    def _count_fitting(self, again: float = AGAIN) -> int:
        """Return how many pictures can be read side by side."""
        count = len(self._pictures)
        # Before it has been laid out it has no width of its own.
        is_laid_out = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        if count < 2 or not (self.has_tabs and is_laid_out):
            return max(count, 1)

        def takes(number: int) -> float:
            """Return how wide so many are; more than now only where there is room to spare."""
            return number * self._least_width * (again if self._fitting < number else 1.0)

        return next((n for n in range(count, 1, -1) if takes(n) <= self.width()), 1)

    def _show(self) -> None:
        shown = self.shown
        # First those that go: the row never needs room for more than it will have.
        for picture in self._pictures:
            if picture not in shown:
                picture.hide()
        others = any(picture.isHidden() for picture in shown)
        for picture in shown:
            picture.show()
        self._keep_readable()
        if others:
            self._share_equally()
        self._tabs.setVisible(self.in_tabs)
        current = self._current
        if current is not None:
            self._tabs.blockSignals(True)
            self._tabs.setCurrentIndex(self._pictures.index(current))
            self._tabs.blockSignals(False)

    def _keep_readable(self) -> None:
        """Let nobody drag a picture to a size at which it can't be read: words would hide it."""
        handles = (self._fitting - 1) * self.splitter.handleWidth()
        room = max(self.width() - handles, 0) // self._fitting
        least = min(round(self._least_width), room) if self.has_tabs else 0
        for picture in self._pictures:
            picture.setMinimumWidth(least)

    def _share_equally(self) -> None:
        self.splitter.setSizes([1000] * self.splitter.count())

    def _on_tab_chosen(self, index: int) -> None:
        self.turn_to(self._pictures[index])


def least_size(theme: Theme, lines: int = LEAST_LINES) -> tuple[float, float]:
    """Return how wide and high a picture must be to be read."""
    metrics = QFontMetricsF(plot_font(theme))
    return metrics.horizontalAdvance("0" * LEAST_DIGITS), lines * metrics.height()
