"""A walk: a window is opened, the monkey does what it does, and all is looked at after each."""

import gc
import os
import random
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyqtgraph as pg
from complaints import Complaints
from PySide6.QtCore import QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox
from support import PIZZA, furnished

from gdviz.core.tables.reading import read_table
from gdviz.ui.running.collecting import collect_by_hand, collect_what_is_due
from gdviz.ui.shell.window import MainWindow
from monkey.hands import Action, Hands, spin
from monkey.invariants import broken, left_behind
from monkey.whims import whim

# Of so many rows are the data that are open at first.
ROWS = (1, 30, 100_000)

Tell = Callable[[Action], None]


class WrongError(AssertionError):
    """What is wrong after an action; the text says it."""


def walk(rows: int, seed: int, count: int, tell: Tell) -> None:
    """Do so many things by chance; each is told before it is done.

    Raises
    ------
    WrongError
        If something is wrong afterwards.
    """
    chance = random.Random(f"{seed} {rows}")

    def whims(window: QMainWindow, folder: Path) -> Iterator[Action]:
        for _ in range(count):
            action = whim(window, chance, folder)
            tell(action)
            yield action

    _go(rows, whims)


def replay(rows: int, actions: Iterable[Action]) -> None:
    """Do again what was done to such data.

    Raises
    ------
    WrongError
        If something is wrong afterwards.
    """
    _go(rows, lambda *_: iter(actions))


def _go(rows: int, whims: Callable[[QMainWindow, Path], Iterator[Action]]) -> None:
    complaints = Complaints()
    with furnished() as folder, opened(folder, rows) as window:
        with complaints.listening():
            hands = Hands(window, folder)
            _check(window, complaints)
            for action in whims(window, folder):
                try:
                    hands.do(action)
                except Exception:
                    complaints.heard.append(traceback.format_exc())
                _check(window, complaints)
                collect_what_is_due()
            _close(window)
        problems = [*complaints.heard, *left_behind(window)]
        if problems:
            raise WrongError("\n".join(problems))


@contextmanager
def application() -> Iterator[QApplication]:
    """Begin as the program does, with a home and settings of its own."""
    collect_by_hand()
    app = QApplication(["gdviz"])
    app.setStyle("Fusion")
    gc.freeze()
    with TemporaryDirectory() as home:
        os.environ["HOME"] = home
        for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, home)
        yield app
    app.clipboard().clear()  # see `empty_clipboard` in conftest


@contextmanager
def opened(folder: Path, rows: int) -> Iterator[QMainWindow]:
    """Open a window with so many rows of data."""
    pg.setConfigOption("mouseRateLimit", -1)
    window = MainWindow(read_table(_table(folder, rows)))
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    spin(0.05)
    try:
        yield window
    finally:
        _close(window)
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _table(folder: Path, rows: int) -> Path:
    if rows == 30:
        return folder / PIZZA.name
    path = folder / f"rows-{rows}.txt"
    numbers = np.random.default_rng(rows)
    x = numbers.integers(1, 40, rows)
    np.savetxt(path, np.column_stack((x, x + 13 + numbers.normal(0, 4, rows).round(2))), fmt="%g")
    return path


def _check(window: QMainWindow, complaints: Complaints) -> None:
    problems = complaints.heard or broken(window)
    if problems:
        raise WrongError("\n".join(problems))


def _close(window: QMainWindow) -> None:
    """Close the window with all that is open, as somebody does who needs nothing of it."""
    while popup := QApplication.activePopupWidget():
        popup.close()
    while dialog := QApplication.activeModalWidget():
        dialog.reject()
    window.teaching.dock.close()
    answering = QTimer(interval=10)
    answering.timeout.connect(_discard)
    answering.start()
    window.close()
    answering.stop()
    spin(0.01)


def _discard() -> None:
    """Answer, wherever it is asked, that nothing is to be saved."""
    if isinstance(box := QApplication.activeModalWidget(), QMessageBox):
        box.button(QMessageBox.StandardButton.Discard).click()
