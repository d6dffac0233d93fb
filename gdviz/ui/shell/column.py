"""Column: what stands at the right of the pictures, above each other or behind each other."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStyle, QWidget

from gdviz.ui.settings.panel import SettingsPanel
from gdviz.ui.widgets.dock import RIGHT, Dock, least_width

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
# How much of the width a dock takes when it first opens: two pictures have the rest.
MOST_AT_FIRST = 0.27
# How much of it a lesson takes in large type, with the panel below it.
MOST_OF_LESSON = 1 / 3
# Docks stand above each other only where each has room for so many lines.
FEWEST_LINES = 15
# What comes and goes by itself while a run is under way.
PASSING = "stop"


class Column(QObject):
    """Shares the room at the right; in large type the panel stands there, below a lesson.

    Signals
    -------
    panel_changed()
        The panel needs other room, or none.
    """

    panel_changed = Signal()

    def __init__(self, window: QMainWindow, panel: QDockWidget) -> None:
        super().__init__(window)
        self._window, self._panel = window, panel
        self._known: set[QDockWidget] = set()
        self._is_used: bool | None = None
        self._lesson: Dock[Any] | None = None
        # A chapter shows all before it hides what is its own.
        self._changing = QTimer(self, singleShot=True, interval=0)
        self._changing.timeout.connect(self.panel_changed)
        self._asked: tuple[int, ...] = ()

    @property
    def has_panel(self) -> bool:
        """Whether the panel stands here, to be seen or not."""
        return self._lesson is not None

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

    def know(self, docks: Iterable[QDockWidget]) -> None:
        """Leave docks the width that they have."""
        self._known.update(docks)

    def begin(self, dock: Dock[Any]) -> None:
        """Give a dock its first width: at once, lest pictures go and come."""
        if dock not in self._known and not self.has_panel and is_at(self._window, dock, RIGHT):
            most = max(round(MOST_AT_FIRST * self._window.width()), least_width(dock.content))
            dock.take(min(dock.content.sizeHint().width(), most))
        self._known.add(dock)

    def take_panel(self, lesson: Dock[Any] | None) -> None:
        """Have the panel below a lesson as long as something in it can be used, or give it back."""
        self._lesson = lesson
        area = RIGHT if self.has_panel else LEFT
        if not is_at(self._window, self._panel, area):
            self._window.addDockWidget(area, self._panel)
            self.look_again()
        self._content.set_low(self.has_panel)
        is_used = any(
            takes_keys(part) and part.isVisibleTo(self._content)
            for part in self._content.findChildren(QWidget)
        )
        if self.has_panel and is_used is not self._is_used:
            self._is_used = is_used
            self._panel.setVisible(is_used)
        self.share_height()

    def look_again(self) -> None:
        """Show or hide the panel, whatever was done to it by hand."""
        self._is_used = None

    def share_height(self) -> None:
        """Give the panel what it asks for, as far as all but the lesson's words is whole."""
        lesson, panel = self._lesson, self._panel
        if lesson is None or not (lesson.isVisible() and panel.isVisible()):
            return
        now = lesson.height(), panel.height()
        # Qt gives a pixel less than it is asked for.
        wanted = min(panel.sizeHint().height() + 1, sum(now) - lesson.needed_height)
        wanted = max(wanted, panel.minimumSizeHint().height())
        # Once is enough, where it can't be had.
        if wanted != panel.height() and (*now, wanted) != self._asked:
            self._asked = *now, wanted
            heights = [sum(now) - wanted, wanted]
            self._window.resizeDocks([lesson, panel], heights, Qt.Orientation.Vertical)

    def stack(self, beside: Sequence[QDockWidget], room: int, newest: QDockWidget | None) -> None:
        """Put docks that stand above each other behind each other, or the other way round."""
        alone = [dock for dock in beside if isinstance(dock, Dock) and dock.alone]
        others = [dock for dock in beside if dock not in alone]
        if not alone or not others:
            return
        if self.has_panel and self._panel.isVisible():
            room -= self._panel.height()
        is_low = room < 2 * FEWEST_LINES * self._window.fontMetrics().lineSpacing()
        for dock in alone:
            is_behind = others[0] in self._window.tabifiedDockWidgets(dock)
            if is_low and not is_behind:
                seen = [other for other in others if other.isVisible()]
                self._window.tabifyDockWidget(others[0], dock)
                (newest if newest is not None and newest in beside else seen[0]).raise_()
            elif is_behind and not is_low:
                self._window.addDockWidget(RIGHT, dock)
            needed = dock.needed_height
            if dock.isVisible() and dock.height() < needed:
                self._window.resizeDocks([dock], [needed], Qt.Orientation.Vertical)


def is_at(window: QMainWindow, dock: QDockWidget, area: Qt.DockWidgetArea) -> bool:
    """Tell whether a dock has its place in an area, to be seen or not."""
    return not dock.isFloating() and window.dockWidgetArea(dock) == area


def edge_of(window: QMainWindow) -> int:
    """Return how broad the edge is that docks are dragged by."""
    return window.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent)


def takes_keys(part: QWidget) -> bool:
    """Tell whether a part of the panel can be used."""
    return part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.objectName() != PASSING
