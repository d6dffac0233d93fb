"""What every test shares: settings of its own, and a window that is gone afterwards."""

import os
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pyqtgraph as pg
import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible, QCursor
from PySide6.QtWidgets import QApplication
from support import MEMORY, PIZZA, forget_changes, wait_until_trained

from gdviz.core.tables.calendar import Calendar, days_of
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import read_table
from gdviz.ui.running import training
from gdviz.ui.running.collecting import collect_by_hand, collect_what_is_due
from gdviz.ui.shell.window import MainWindow

# As the application does when it starts, before there is a thread or a widget.
collect_by_hand()

# No test fails because the machine is busy with something else.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def pizza() -> Dataset:
    return read_table(PIZZA).dataset()[0]


@pytest.fixture(scope="session")
def dated() -> Dataset:
    """Four days of 2024, of which the last is in February."""
    calendar = Calendar.since("date", days_of(2024))
    return Dataset([0, 1, 2, 31], [10, 12, 13, 22], "date", "sales", "sales.csv", calendar)


@pytest.fixture(scope="session")
def settings_folders():
    """Folders for settings."""
    with TemporaryDirectory(dir=MEMORY) as folder:
        yield (Path(folder, str(number)) for number in count())


@pytest.fixture(autouse=True)
def own_settings(settings_folders, monkeypatch):
    """No test sees the settings of the user, or of another test."""
    folder = next(settings_folders)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def mouse_is_elsewhere():
    """No test begins with the mouse where it is to go: it wouldn't move."""
    if QApplication.instance() is not None:
        QCursor.setPos(0, 0)


@pytest.fixture
def quick_mouse():
    """Every move of the mouse counts, however soon it follows."""
    limit = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", -1)
    yield
    pg.setConfigOption("mouseRateLimit", limit)


# How often a run may look at the clock before its head start is over.
LOOKS = 12


@pytest.fixture(autouse=True)
def head_start_is_counted(monkeypatch):
    """A run begins with so many blocks, however busy the machine is."""
    ticks = count(0.0, training.HEAD_START_S / LOOKS)
    monkeypatch.setattr(training, "time", SimpleNamespace(perf_counter=lambda: next(ticks)))


@pytest.fixture(autouse=True)
def no_widget_is_left(request):
    """A test that leaves a top-level widget behind fails."""
    yield
    if QApplication.instance() is None:
        return
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    collect_what_is_due()
    left = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert not left, f"left open by {request.node.name}: {left}"


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard():
    """Leave nothing of Python's there: without a screen Qt destroys it when Python has ended."""
    yield
    if (app := QApplication.instance()) is not None:
        app.clipboard().clear()


@pytest.fixture
def listening(qapp):
    """A screen reader listens."""
    assert qapp is not None
    QAccessible.setActive(True)
    yield QAccessible.isActive()
    QAccessible.setActive(False)


@pytest.fixture
def window(qtbot):
    """The window with pizza.txt, trained and at its start."""
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=forget_changes)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    wait_until_trained(qtbot, window)
    return window
