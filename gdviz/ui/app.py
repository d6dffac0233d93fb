"""The application: one window, and Qt told what this program is."""

import sys

from PySide6.QtWidgets import QApplication

from gdviz import __version__
from gdviz.core.files import Table
from gdviz.ui.window import MainWindow


def run(table: Table | None, iterations: int | None, learning_rate: float | None) -> int:
    """Open the window and return the exit status when it is closed."""
    app, window = open_window(table, iterations, learning_rate)
    status = app.exec()
    del window
    return status


def open_window(
    table: Table | None, iterations: int | None, learning_rate: float | None
) -> tuple[QApplication, MainWindow]:
    """Open the window.

    Parameters
    ----------
    table : Table or None
        What to show; None: pizza.txt.
    iterations, learning_rate : optional
        Settings to start with, in place of the remembered ones.

    Returns
    -------
    app : QApplication
    window : MainWindow
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("gdviz")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("gdviz")
    app.setStyle("Fusion")
    window = MainWindow(table)
    if iterations is not None or learning_rate is not None:
        window.set_settings(iterations, learning_rate)
    window.show()
    return app, window
