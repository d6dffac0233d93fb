"""Arranging: the commands for what stands beside the pictures."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QTabBar

from gdviz.core.projects.project import Docks
from gdviz.ui.features import Feature, Menus
from gdviz.ui.plots.figure import Figure
from gdviz.ui.shell.workspace import Workspace
from gdviz.ui.widgets.dock import Dock

LESSON, APART = "lesson", "apart"
PLACES = Qt.DockWidgetArea
AREAS = {
    "left": PLACES.LeftDockWidgetArea, "right": PLACES.RightDockWidgetArea,
    "above": PLACES.TopDockWidgetArea, "below": PLACES.BottomDockWidgetArea,
}  # fmt: skip


class Arranging(Feature):
    """Hides and shows panel and docks, and puts them where they were at first."""

    def __init__(self, workspace: Workspace, figure: Figure, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._figure = workspace, figure
        self.panel_switch = workspace.panel_switch
        self.panel_switch.setText("Se&ttings panel")
        self.panel_switch.setShortcut("F8")

    def menus(self) -> Menus:
        """Return its commands."""
        return {"&View": [
            None,
            self.panel_switch,
            ("Pictures alone, or what was beside them", "F9", self._workspace.switch_beside),
            ("Reset &layout", None, self.reset),
        ]}  # fmt: skip

    def reset(self) -> None:
        """Put everything where it was at the first start."""
        self._workspace.reset()
        self._figure.reset_layout()

    @property
    def beside(self) -> Docks:
        """What is open beside the pictures, and where, as a project holds it."""
        places: dict[str, list[tuple[str, ...]]] = {}
        in_front, sizes = [], {}
        for group in self._groups():
            front = _front(group)
            area = self._area(front)
            places.setdefault(area, []).append(tuple(map(_name, group)))
            if len(group) > 1:
                in_front.append(_name(front))
            if area != APART and _name(front) != LESSON:  # which takes what its type needs
                sizes[_name(front)] = front.width() if _is_beside(area) else front.height()
        told = {area: tuple(groups) for area, groups in places.items()}
        return Docks(self._workspace.has_panel, told, tuple(in_front), sizes)

    def arrange(self, docks: Docks) -> None:
        """Have those docks open, each in its place, and no others; a lesson opens by itself."""
        workspace, known = self._workspace, self._by_name()
        workspace.has_panel = docks.settings
        opened = {name for groups in docks.places.values() for group in groups for name in group}
        for name in known.keys() - opened:
            known[name].hide()
        for area, groups in docks.places.items():
            for group in groups:
                self._put(area, [known[name] for name in group])
        for name in opened - {LESSON}:
            known[name].show()
        for name in docks.in_front:
            known[name].raise_()
        self._resize(docks, known)

    def state(self) -> bool:
        """Return whether the panel is there."""
        return self._workspace.has_panel

    def bring_back(self, state: bool) -> None:
        """Hide the panel again, which lessons show."""
        self._workspace.has_panel = state

    def close(self) -> None:
        """Bring back what was put away: a lesson is to be left, and the next start shows it."""
        if not self._workspace.opened:
            self._workspace.switch_beside()

    def _by_name(self) -> dict[str, Dock[Any]]:
        return {_name(dock): dock for dock in self._workspace.findChildren(Dock)}

    def _groups(self) -> Iterator[list[Dock[Any]]]:
        """Yield what is open, in the order of places; what is behind others with these."""
        left = [dock for dock in self._by_name().values() if not dock.isHidden()]
        groups = []
        while left:
            behind = self._workspace.tabifiedDockWidgets(left[0])
            groups.append([dock for dock in left if dock is left[0] or dock in behind])
            left = [dock for dock in left if dock not in groups[-1]]
        for group in sorted(groups, key=lambda group: (_front(group).y(), _front(group).x())):
            yield self._in_order(group)

    def _in_order(self, group: list[Dock[Any]]) -> list[Dock[Any]]:
        """Return docks in the order of their tabs: only these tell it, and Qt keeps old ones."""
        titles = [dock.windowTitle() for dock in group]
        bars = self._workspace.findChildren(QTabBar)
        orders = [[bar.tabText(place) for place in range(bar.count())] for bar in bars]
        known = [order for order in orders if sorted(order) == sorted(titles)]
        return [group[titles.index(title)] for title in [titles, *known][-1]]

    def _area(self, dock: Dock[Any]) -> str:
        if dock.isFloating():
            return APART
        place = self._workspace.dockWidgetArea(dock)
        return next((area for area, known in AREAS.items() if known == place), APART)

    def _put(self, area: str, group: list[Dock[Any]]) -> None:
        """Put docks in a place, behind each other."""
        workspace, (first, *others) = self._workspace, group
        for dock in group:
            dock.setFloating(area == APART)
        if area == APART:
            return
        workspace.removeDockWidget(first)
        workspace.addDockWidget(AREAS[area], first)
        for one, other in zip(group, others, strict=False):
            workspace.removeDockWidget(other)
            workspace.addDockWidget(AREAS[area], other)
            workspace.tabifyDockWidget(one, other)

    def _resize(self, docks: Docks, known: dict[str, Dock[Any]]) -> None:
        for name, size in docks.sizes.items():
            dock = known[name]
            if not dock.isHidden():
                way = (
                    Qt.Orientation.Horizontal
                    if _is_beside(self._area(dock))
                    else Qt.Orientation.Vertical
                )
                self._workspace.resizeDocks([dock], [size], way)


def _name(dock: Dock[Any]) -> str:
    return dock.objectName().removesuffix("_dock")


def _front(group: list[Dock[Any]]) -> Dock[Any]:
    return next((dock for dock in group if dock.is_in_front), group[0])


def _is_beside(area: str) -> bool:
    return area in ("left", "right")
