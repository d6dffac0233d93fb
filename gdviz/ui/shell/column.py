"""Column: what stands at the right of the pictures, above each other or behind each other."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStyle, QWidget

from gdviz.ui.settings.panel import SettingsPanel
from gdviz.ui.widgets.dock import RIGHT, Dock, least_width

# That of any widget.
WIDEST = 2**24 - 1
LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
# How much of the width a dock takes when it first opens: two pictures have the rest.
MOST_AT_FIRST = 0.27
# How much of it a lesson takes in large type, with the panel below it.
MOST_OF_LESSON = 1 / 3
# How much of its height the panel takes at most.
MOST_OF_HEIGHT = 0.4
# Docks stand above each other only where each has room for so many lines.
FEWEST_LINES = 15
# What comes and goes by itself while a run is under way.
PASSING = "pause", "stop"


class Column(QObject):
    """Shares the room at the right; in large type the panel stands there, below a lesson.

    Signals
    -------
    panel_changed()
        Other parts of the panel can be used, or none.

    Attributes
    ----------
    has_panel : bool
        Whether the panel stands here, to be seen or not.
    """

    panel_changed = Signal()

    def __init__(self, window: QMainWindow, panel: QDockWidget) -> None:
        super().__init__(window)
        self._window, self._panel = window, panel
        self._lesson: Dock[Any] | None = None
        self._known: set[QDockWidget] = set()
        self._is_used: bool | None = None
        self._asked: tuple[int, ...] = ()
        self.has_panel = False
        # A chapter shows all before it hides what is its own.
        self._changing = QTimer(self, singleShot=True, interval=0)
        self._changing.timeout.connect(self.panel_changed)

    @property
    def panel_is_left(self) -> bool:
        """Whether the panel is seen at its usual place."""
        return self._panel.isVisible() and not self.has_panel

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that other parts of the panel can be used, even while it is hidden."""
        kinds = QEvent.Type.ShowToParent, QEvent.Type.HideToParent
        if self.has_panel and event.type() in kinds:
            self._changing.start()
        return super().eventFilter(watched, event)

    def watch(self, content: SettingsPanel) -> None:
        """Notice what becomes of the content of the panel."""
        self._content = content
        for part in content.findChildren(QWidget):
            if takes_keys(part):
                part.installEventFilter(self)

    def add(self, dock: Dock[Any]) -> None:
        """Know a dock; the one that stands alone is a lesson's."""
        if dock.alone:
            self._lesson = dock

    def know(self, docks: Iterable[QDockWidget]) -> None:
        """Leave docks the width that they have."""
        self._known.update(docks)

    def begin(self, dock: Dock[Any]) -> None:
        """Give a dock its first width: at once, lest pictures go and come."""
        if dock not in self._known and not self.has_panel and is_at(self._window, dock, RIGHT):
            most = max(round(MOST_AT_FIRST * self._window.width()), least_width(dock.content))
            dock.take(min(dock.content.sizeHint().width(), most))
        self._known.add(dock)

    def place_panel(self, is_large: bool) -> None:
        """In large type have the panel below a lesson, as far as something in it can be used."""
        had, self.has_panel = self.has_panel, is_large and self._holds(self._lesson)
        if had and is_large and not self.has_panel:
            self._panel.hide()
        area = RIGHT if self.has_panel else LEFT
        if not is_at(self._window, self._panel, area):
            self._window.addDockWidget(area, self._panel)
            self.look_again()
        self._content.set_low(self.has_panel)
        if not self.has_panel:
            self.hold_width(WIDEST)
        is_used = any(
            takes_keys(part) and part.isVisibleTo(self._content)
            for part in self._content.findChildren(QWidget)
        )
        if self.has_panel and is_used is not self._is_used:
            self._is_used = is_used
            self._panel.setVisible(is_used)
        self.share_height()

    def hold_width(self, most: int) -> None:
        """Let nobody make the lesson wider: pictures that lose a little go and don't come back."""
        if self._lesson is not None:
            self._lesson.setMaximumWidth(most)

    def look_again(self) -> None:
        """Show or hide the panel, whatever was done to it by hand."""
        self._is_used = None

    def share_height(self) -> None:
        """Leave a lesson room for all but most of its words, and give it what the panel spares."""
        lesson, panel = self._lesson, self._panel
        if lesson is None or not (lesson.isVisible() and self._holds(lesson)):
            return
        now, wanted = (lesson.height(), panel.height()), lesson.needed_height
        docks: list[QDockWidget] = [lesson]
        heights = [max(wanted, lesson.height())]
        if self.has_panel and panel.isVisible():
            room = sum(now)
            # Qt gives a pixel less than it is asked for.
            hint = panel.sizeHint().height() + 1
            asked = min(hint, round(MOST_OF_HEIGHT * room), room - wanted)
            asked = max(asked, panel.minimumSizeHint().height())
            docks, heights = [lesson, panel], [room - asked, asked]
        # Once is enough, where it can't be had.
        if heights[0] != lesson.height() and (*now, *heights) != self._asked:
            self._asked = *now, *heights
            self._window.resizeDocks(docks, heights, Qt.Orientation.Vertical)

    def stack(self, docks: Sequence[Dock[Any]], room: int, newest: QDockWidget | None) -> None:
        """Put the lesson behind other docks where it is low, and above them again elsewhere.

        One that needs all of the height has the lesson behind it everywhere.
        """
        lesson, others = self._lesson, [dock for dock in docks if self._holds(dock)]
        if lesson not in others or len(others) == 1:
            return
        others.remove(lesson)
        if self.has_panel and self._panel.isVisible():
            room -= self._panel.height()
        is_low = room < 2 * FEWEST_LINES * self._window.fontMetrics().lineSpacing()
        is_low |= any(other.tall for other in others)
        is_behind = others[0] in self._window.tabifiedDockWidgets(lesson)
        if is_low and not is_behind:
            seen = [other for other in others if other.isVisible()]
            self._window.tabifyDockWidget(others[0], lesson)
            (newest if newest is not None and self._holds(newest) else seen[0]).raise_()
        elif is_behind and not is_low:
            self._window.addDockWidget(RIGHT, lesson)

    def _holds(self, dock: QDockWidget | None) -> bool:
        """Tell whether a dock is open here, perhaps behind others."""
        return dock is not None and not dock.isHidden() and is_at(self._window, dock, RIGHT)


def is_at(window: QMainWindow, dock: QDockWidget, area: Qt.DockWidgetArea) -> bool:
    """Tell whether a dock has its place in an area, to be seen or not."""
    return not dock.isFloating() and window.dockWidgetArea(dock) == area


def edge_of(window: QMainWindow) -> int:
    """Return how broad the edge is that docks are dragged by."""
    return window.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent)


def takes_keys(part: QWidget) -> bool:
    """Tell whether a part of the panel can be used."""
    return part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.objectName() not in PASSING
