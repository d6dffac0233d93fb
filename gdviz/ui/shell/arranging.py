"""Arranging: the commands for what stands beside the pictures."""

from PySide6.QtCore import QObject

from gdviz.ui.features import Feature, Menus
from gdviz.ui.plots.figure import Figure
from gdviz.ui.shell.workspace import Workspace


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
