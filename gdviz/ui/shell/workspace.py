"""Workspace: the pictures, the panel at their left, and the docks beside and below them."""

import math
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gdviz.ui.plots.splitter import paint_grips
from gdviz.ui.settings.panel import SettingsPanel
from gdviz.ui.shell.column import LEFT, MOST_OF_LESSON, Column, edge_of, is_at
from gdviz.ui.widgets.dock import BELOW, RIGHT, Dock, least_width

# What states of other versions hold has other places.
VERSION = 2
# How much of the height a dock below the pictures takes at most when it opens.
MOST_BELOW = 0.4
# Pictures keep the width of one that can be read, but no more than this share where docks stand;
# in large type they do with less of the former, too.
LEAST_SHARE, SQUEEZED = 0.3, 2 / 3


class Workspace(QMainWindow):
    """All that lies between the menus and the step: a window without a frame, within the window.

    Docks open in it, so never between the transport and the edge of the screen.

    Signals
    -------
    changed()
        The panel or a dock was opened or closed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setObjectName("workspace")
        self.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
        self._panel = QDockWidget("Settings", self)
        self._column = Column(self, self._panel)
        self._docks: list[Dock[Any]] = []
        self._away: list[QDockWidget] = []
        self._raised: list[QDockWidget] = []
        self._newest: QDockWidget | None = None
        self._folded: tuple[list[QDockWidget], QByteArray, int | None] = [], QByteArray(), 0
        self._is_folded = self._comes_back = False
        self._at_first = QByteArray()
        # How wide the panel is to be where there is room: 0 is as wide as it asks for, and None is
        # as wide as it comes with the state of an earlier time.
        self._wanted: int | None = 0
        self._held: int | None = None
        self._asked: tuple[list[int], list[int]] = [], []
        # Docks give way only when they have been laid out.
        self._changing = QTimer(self, singleShot=True, interval=0)
        self._changing.timeout.connect(self._on_changed)
        self._column.panel_changed.connect(self._place_panel)

    @property
    def panel_switch(self) -> QAction:
        """Shows and hides the panel."""
        return self._panel.toggleViewAction()

    @property
    def has_panel(self) -> bool:
        """Whether the panel is there, or comes back when type is no longer large."""
        return self._comes_back if self._is_folded else not self._panel.isHidden()

    @has_panel.setter
    def has_panel(self, there: bool) -> None:
        self._comes_back = there
        if not self._is_folded:
            self._panel.setVisible(there)

    @property
    def needed_width(self) -> int:
        """How much room panel, picture and docks need beside each other; nothing if it is alone.

        A dock in a window of its own may need more, on the same screen.
        """
        if not self.opened:
            return 0
        floating = [dock for dock in self._docks if dock.isVisible() and dock.isFloating()]
        alone = [dock.needed_width for dock in (*self._seen(BELOW), *floating)]
        picture = self._pictures.minimumSizeHint().width()
        if self._column.has_panel:
            # Two pictures are seen beside a lesson.
            row = round(max(self._needed_beside, picture) / MOST_OF_LESSON)
        else:
            row = self._needed_beside + round(SQUEEZED * picture)
        return max([row, *alone])

    @property
    def _needed_beside(self) -> int:
        """How much room panel and docks need at the sides of the pictures."""
        panel = least_width(self._panel) + edge_of(self) if self._panel.isVisible() else 0
        docks = [dock.needed_width + edge_of(self) for dock in self._seen(RIGHT)]
        column = max(docks, default=0)
        return max(panel, column) if self._column.has_panel else panel + column

    @property
    def opened(self) -> list[QDockWidget]:
        """The panel and the docks that are open, those behind others too."""
        return [dock for dock in (self._panel, *self._docks) if not dock.isHidden()]

    def add(self, dock: Dock[Any]) -> None:
        """Give a dock its place: behind the others there, unless it stands alone."""
        beside = [other for other in self._docks if other.area == dock.area]
        self._docks.append(dock)
        self._column.add(dock)
        self.addDockWidget(dock.area, dock)
        if beside and not dock.alone:
            self.tabifyDockWidget(beside[0], dock)
        dock.visibilityChanged.connect(self._on_dock_shown)
        dock.topLevelChanged.connect(self._changing.start)

    def fill(self, panel: SettingsPanel, pictures: QWidget) -> None:
        """Put the panel and the pictures into their places."""
        self._panel.setObjectName("settings_dock")
        self._panel.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        # It is always there: a title would only take its room.
        self._panel.setTitleBarWidget(QWidget())
        self._panel.setWidget(panel)
        self._column.watch(panel)
        self._panel.visibilityChanged.connect(self._on_dock_shown)
        self.addDockWidget(LEFT, self._panel)
        self._pictures = pictures
        self.setCentralWidget(pictures)
        self._at_first = self.state()

    def state(self) -> QByteArray:
        """Return where everything is."""
        return self.saveState(VERSION)

    def restore(self, state: QByteArray) -> None:
        """Put everything where it was; a state of another version changes nothing."""
        if self.restoreState(state, VERSION):
            self._column.know(self.opened)
            self._wanted = None

    def reset(self) -> None:
        """Put everything where it was at the first start; what is open stays open."""
        opened = {self._panel, *self.opened}
        _show(dict.fromkeys(self._docks, False))
        self.restore(self._at_first)
        _show(dict.fromkeys(opened, True))
        self._wanted = 0
        self._away = []
        self._give_way()

    def switch_beside(self) -> None:
        """Leave the pictures alone in their place, or bring back what was beside them."""
        if opened := self.opened:
            self._away = [*opened, *(dock for dock in self._away if dock not in opened)]
            self._raised = [dock for dock in opened if dock.isVisible()]
            _show(dict.fromkeys(opened, False))
        else:
            _show(dict.fromkeys(self._away or [self._panel], True))
            for dock in self._raised:
                dock.raise_()
            self._away = []

    def fold(self) -> None:
        """Fold the panel away for large type, or put it below a lesson; `unfold` gives it back."""
        self._folded = self.opened, self.state(), self._wanted
        self._is_folded, self._comes_back = True, not self._panel.isHidden()
        self._place_panel()
        if not self._column.has_panel:
            self._panel.hide()

    def unfold(self) -> None:
        """Put everything where it was, except what was opened or closed meanwhile."""
        opened, state, wanted = self._folded
        self._is_folded = False
        if self._column.has_panel:
            self._panel.setVisible(self._comes_back)
        self._place_panel()
        now = {*self.opened, self._panel} if self._comes_back else set(self.opened)
        if now == set(opened):
            self.restore(state)
        _show(dict.fromkeys(now, True))
        self._wanted = wanted
        self._changing.start()

    def event(self, event: QEvent) -> bool:
        """Notice that something needs other room, or was given it by hand."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._widen()
            self._share_width()
            self._column.share_height()
        elif event.type() is QEvent.Type.MouseButtonPress:
            # Perhaps an edge is dragged.
            self._held = self._panel.width()
            self._hold_docks(True)
        taken = super().event(event)
        if event.type() is QEvent.Type.MouseButtonRelease:
            self._changing.start()
        return taken

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put docks behind each other where there is no room for them above each other."""
        super().resizeEvent(event)
        self._give_way()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the grips of splitters on the edges of docks: Fusion's dots are hardly seen."""
        super().paintEvent(event)
        edge, edges = edge_of(self), []
        if self._column.panel_is_left:
            place = self._panel.geometry()
            edges.append(QRect(place.right() + 1, place.top(), edge, place.height()))
        beside, below = (
            [dock.geometry() for dock in self._seen(area) if dock.geometry().right() > 0]
            for area in (RIGHT, BELOW)
        )
        if self._column.has_panel and self._panel.isVisible():
            beside.append(self._panel.geometry())
        if beside:
            first, *others = sorted(beside, key=QRect.top)
            whole = first.united(others[-1] if others else first)
            edges.append(QRect(whole.left() - edge, whole.top(), edge, whole.height()))
            edges += [QRect(p.left(), p.top() - edge, p.width(), edge) for p in others]
        edges += [QRect(p.left(), p.top() - edge, p.width(), edge) for p in below]
        paint_grips(self, edges)

    def _on_dock_shown(self, shown: bool) -> None:
        dock = self.sender()
        if shown and isinstance(dock, Dock):
            self._newest = dock
            if dock.alone:
                # What a lesson speaks of is to be seen.
                self.has_panel = True
                self._column.look_again()
            else:
                self._column.begin(dock)
        # Nothing is painted that will be laid out once more.
        self.setUpdatesEnabled(False)
        self._changing.start()

    def _place_panel(self) -> None:
        self._column.place_panel(self._is_folded)

    def _on_changed(self) -> None:
        width = self._panel.width()
        if self._column.panel_is_left and (self._wanted is None or self._held not in (None, width)):
            self._wanted = width
        self._give_way()
        self.setUpdatesEnabled(True)
        self.changed.emit()

    def _give_way(self) -> None:
        """Leave the pictures the larger part, and each dock room to be read."""
        self._held = None
        self._hold_docks(False)
        self._place_panel()
        self._share_width()
        self._widen()
        below = [dock for dock in self._seen(BELOW) if dock.height() > MOST_BELOW * self.height()]
        if below:
            heights = [round(MOST_BELOW * self.height())] * len(below)
            self.resizeDocks(below, heights, Qt.Orientation.Vertical)
        height = max((dock.height() for dock in self._seen(BELOW)), default=0)
        self._column.stack(self._docks, self.height() - height, self._newest)

    def _widen(self) -> None:
        """Let what is below the pictures reach under what is beside them where it needs that room.

        Without the panel in it what is at the right is high enough, too.
        """
        needed = max((dock.needed_width for dock in self._seen(BELOW)), default=0)
        panel = self._panel.width() + edge_of(self) if self._column.panel_is_left else 0
        column = round(MOST_OF_LESSON * self.width())
        is_right = self._column.has_panel and needed <= self.width() - column
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, LEFT if needed <= self.width() - panel else BELOW),
            (Qt.Corner.BottomRightCorner, RIGHT if is_right else BELOW),
        ):
            if area != self.corner(corner):
                self.setCorner(corner, area)

    def _hold_docks(self, held: bool) -> None:
        """Let no edge that is dragged make docks too narrow to be read; free them afterwards."""
        for dock in self._docks:
            # One behind another is far away, and has no width of its own.
            dock.hold_width(held and dock.isVisible() and dock.geometry().right() > 0)

    def _share_width(self) -> None:
        """Give docks what they need, and the panel its width as far as they leave it.

        No dock's edge can be dragged over the pictures until nobody can read one.
        """
        usual = self._pictures.minimumSizeHint().width()
        room = max(self.width() - self._needed_beside, round(SQUEEZED * usual))
        self._pictures.setMinimumWidth(min(usual, room, round(LEAST_SHARE * self.width())))
        if self._wanted is None or self._held is not None:
            return
        docks: list[QDockWidget] = [*self._seen(RIGHT)]
        # They share a column, some of them behind others, far away.
        seen = [dock.width() for dock in docks if dock.geometry().right() > 0]
        beside = max([*seen, *(dock.needed_width for dock in self._seen(RIGHT))], default=0)
        if self._column.has_panel:
            most = math.floor(MOST_OF_LESSON * self.width()) - edge_of(self)
            most = max(self._needed_beside - edge_of(self), most)
            beside = min(beside, most)
            self._column.hold_width(most)
        wished = [beside] * len(docks)
        if self._column.panel_is_left:
            taken = self._pictures.minimumWidth() + beside + 2 * edge_of(self)
            wanted = self._wanted or self._panel.sizeHint().width()
            docks.append(self._panel)
            wished.append(max(min(wanted, self.width() - taken), least_width(self._panel)))
        now = [self.width(), *(dock.width() for dock in docks)]
        # Once is enough, where it can't be had.
        if wished != now[1:] and (now, wished) != self._asked:
            self._asked = now, wished
            self.resizeDocks(docks, wished, Qt.Orientation.Horizontal)

    def _seen(self, area: Qt.DockWidgetArea) -> list[Dock[Any]]:
        """Return the docks of an area that are to be seen."""
        return [dock for dock in self._docks if dock.isVisible() and is_at(self, dock, area)]


def _show(shown: dict[QDockWidget, bool]) -> None:
    """Show and hide docks, which is not to open and close them: no lesson ends by it."""
    for dock, is_shown in shown.items():
        dock.blockSignals(not is_shown)
        dock.setVisible(is_shown)
        dock.blockSignals(False)
