"""The application: one window, and Qt told what this program is.

The window is imported only when the collector is off: that takes a quarter less time.
"""

import gc
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gdviz.core import __version__
from gdviz.core.tables.table import Table
from gdviz.ui.running.collecting import collect_by_hand
from gdviz.ui.shell.loading import leave_sources_unread, load_pyqtgraph

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gdviz.core.big.messages import Asked
    from gdviz.ui.shell.window import MainWindow


def run(
    table: Table | None,
    settings: Mapping[str, Any],
    lesson: Path | None = None,
    project: Path | None = None,
    big: "Asked | None" = None,
) -> int:
    """Open the window, with a lesson, a project or a table that is summed up in it.

    Returns
    -------
    int
        The exit status, when it is closed.
    """
    from PySide6.QtCore import QTimer

    from gdviz.ui.shell.interrupting import Interrupting

    interrupting = Interrupting()
    app, window = open_window(table, settings)
    interrupting.watch(window)
    from gdviz.ui.shell.faults import Faults
    from gdviz.ui.shell.last_actions import LastActions

    faults = Faults(window, LastActions(window, window.session.undo))
    faults.install()
    if lesson is not None:
        window.teaching.open(lesson)
    if project is not None:
        window.projects.open(project)
    window.projects.keep_copies()
    if big is not None:
        # Once the event loop runs: who closes the window meanwhile ends the program.
        QTimer.singleShot(0, window, partial(_sum_up, window, big))
    if lesson is None and project is None and big is None:
        window.teaching.invite()
    status = app.exec()
    interrupting.stop()
    window.end()
    faults.remove()
    del window
    return status or interrupting.status


def _sum_up(window: "MainWindow", big: "Asked") -> None:
    """Have a table summed up, perhaps on a cluster, and shown."""
    from gdviz.ui.features.data.raw_table import RawTable
    from gdviz.ui.features.data.remembered import Manner

    wish = Manner(big.choices, str(big.x or ""), str(big.y or ""))
    raw = RawTable(Path(big.names[0]), summarised=True, scheduler=big.scheduler)
    window.opening.show(raw, wish if wish != Manner() else None)


def open_window(
    table: Table | None, settings: Mapping[str, Any]
) -> "tuple[QApplication, MainWindow]":
    """Open the window, with a table in place of pizza.txt, and settings of those remembered."""
    collect_by_hand()
    from PySide6.QtWidgets import QApplication

    leave_sources_unread()
    load_pyqtgraph()
    from gdviz.ui.shell.window import MainWindow

    app = QApplication(sys.argv[:1])
    app.setApplicationName("gdviz")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("gdviz")
    app.setStyle("Fusion")
    window = MainWindow(table, settings)
    window.show()
    # What is there now stays: no collection has to look at it again.
    gc.freeze()
    return app, window
