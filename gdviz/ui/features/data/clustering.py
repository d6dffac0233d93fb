"""Clustering: tables that a cluster sums up, opened by a dialog."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gdviz.ui.features import Feature, Menus
from gdviz.ui.features.data.opening import Opening
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.preferences import Preferences

if TYPE_CHECKING:
    from gdviz.ui.features.data.cluster_dialog import ClusterDialog

LONGEST_ADDRESS = 300


class Clustering(Feature):
    """Asks for files and a scheduler, and has them opened; the address is remembered."""

    def __init__(self, opening: Opening, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._opening, self._preferences, self._window = opening, preferences, window
        self._dialog: ClusterDialog | None = None

    def menus(self) -> Menus:
        """Return its command."""
        return {"&File": [("Open on a &cluster…", None, self.ask)]}

    def ask(self) -> None:
        """Show the dialog."""
        if self._dialog is None:
            from gdviz.ui.features.data.cluster_dialog import ClusterDialog

            known = (self._preferences.texts("scheduler") or [""])[0]
            self._dialog = ClusterDialog(known[:LONGEST_ADDRESS], self._window)
            self._dialog.requested.connect(self._open)
        self._dialog.open()

    def may_close(self) -> bool:
        """Close the dialog with the window: nothing is lost."""
        if self._dialog is not None:
            self._dialog.reject()
        return True

    def _open(self, files: str, scheduler: str) -> None:
        self._preferences.set("scheduler", [scheduler])
        self._opening.show(RawTable(Path(files), summarised=True, scheduler=scheduler))
