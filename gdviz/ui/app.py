"""The application: one window, and Qt told what this program is."""

import sys

from PySide6.QtWidgets import QApplication

from gdviz import __version__
from gdviz.core.files import Table
from gdviz.ui.window import MainWindow


def run(table: Table | None, iterations: int | None, learning_rate: float | None) -> int:
    """Open the window and return when it is closed.

    Parameters
    ----------
    table : Table or None
        What to show; None: pizza.txt.
    iterations, learning_rate : optional
        Settings to start with, in place of the remembered ones.

    Returns
    -------
    int
        The exit status.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("gdviz")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("gdviz")
    app.setStyle("Fusion")
    window = MainWindow(table)
    window.set_settings(iterations, learning_rate)
    window.show()
    return app.exec()
