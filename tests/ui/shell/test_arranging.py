"""What is open beside the pictures comes back with a project, where it was."""

import json
import random
from dataclasses import replace

import pytest
from on_desk import look
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget
from support import choose, wait_until_trained

from gdviz.core.projects.project import AREAS, DOCKS, Docks
from gdviz.ui.widgets.dock import Dock

RIGHT, LEFT = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.LeftDockWidgetArea


def switch(window, name):
    """Open or close something as the menus do."""
    window.findChild(QDockWidget, f"{name}_dock").toggleViewAction().trigger()


def docks_of(window):
    """Return what a project would hold of them."""
    QApplication.processEvents()
    return window.projects._desk._surroundings.beside


def in_other_places(window):
    """Open many, and put some elsewhere."""
    for name in ("explain", "python", "log", "runs", "sweep"):
        switch(window, name)
    workspace, log = window.workspace, window.logging.dock
    workspace.addDockWidget(LEFT, log)
    workspace.addDockWidget(RIGHT, window.comparing.sweep_dock)
    window.explaining.dock.raise_()
    switch(window, "settings")
    QApplication.processEvents()
    workspace.resizeDocks([window.explaining.dock], [660], Qt.Orientation.Horizontal)
    QApplication.processEvents()


def test_all_is_where_it_was(window, qtbot, tmp_path):
    in_other_places(window)
    docks, path = docks_of(window), tmp_path / "mine.gdviz"
    assert not docks.settings
    assert docks.places == {
        "left": (("log",),), "right": (("python", "explain"), ("sweep",)), "below": (("runs",),),
    }  # fmt: skip
    assert docks.in_front == ("explain",)
    assert docks.sizes["explain"] == window.explaining.dock.width()
    window.projects.path = path
    assert window.projects.save()
    picture = look(window)
    choose(window, "Reset layout")
    for name in ("explain", "python", "log", "settings", "ledger"):
        switch(window, name)
    assert docks_of(window) != docks
    assert window.projects.open(path)
    wait_until_trained(qtbot, window)
    assert docks_of(window) == docks
    assert look(window) == picture
    assert window.projects.save()
    assert json.loads(path.read_bytes())["views"]["docks"]["places"]["left"] == [["log"]]


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("docks", [
    Docks(),
    Docks(False),
    Docks(True, {"right": (("log", "explain"),)}, ("log",)),
    Docks(True, {"below": (("ledger", "runs"), ("python",))}, ("runs",)),
    Docks(True, {"above": (("runs",),), "left": (("log",),)}),
    Docks(True, {"apart": (("log",),), "right": (("explain",),)}),
])  # fmt: skip
def test_each_arrangement_can_be_had(window, docks):
    in_other_places(window)
    window.projects._desk._surroundings.arrange(docks)
    assert replace(docks_of(window), sizes={}) == docks
    window.projects._desk._surroundings.arrange(Docks())


def test_sizes_that_no_window_has_leave_the_pictures_room(window, qtbot):
    window.projects._desk._surroundings.arrange(
        Docks(True, {"right": (("log",),), "below": (("runs",),)}, (), {"log": 9999, "runs": 9999})
    )
    qtbot.waitUntil(lambda: window.figure.width() > 300)
    assert window.figure.height() > 150


def test_what_is_seen_within_a_lesson_isnt_what_is_open_outside(window, qtbot, tmp_path):
    switch(window, "log")
    docks = docks_of(window)
    switch(window, "lesson")
    wait_until_trained(qtbot, window)
    switch(window, "runs")
    window.projects.path = tmp_path / "mine.gdviz"
    assert window.projects.save()
    told = json.loads(window.projects.path.read_bytes())["views"]["docks"]["places"]
    assert sorted(told["right"]) == [["lesson"], ["log"]]
    assert "below" not in told
    assert docks.places == {"right": (("log",),)}


@pytest.mark.parametrize("name", [name for name in DOCKS if name != "lesson"])
def test_a_project_is_saved_with_any_of_the_docks_open(window, tmp_path, name):
    switch(window, name)
    window.projects.path = tmp_path / "mine.gdviz"
    assert window.projects.save()
    assert name in window.projects.path.read_text()


def test_a_project_knows_all_docks(window):
    docks = window.findChildren(Dock)
    assert {dock.objectName().removesuffix("_dock") for dock in docks} == set(DOCKS)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_any_arrangement_that_a_project_can_hold_does_no_harm(window):
    surroundings, chance = window.projects._desk._surroundings, random.Random(7)
    for _ in range(20):
        names = chance.sample(DOCKS, chance.randint(1, len(DOCKS)))
        places = {}
        while names:
            taken, names = names[:2], names[2:]
            places.setdefault(chance.choice(AREAS), []).append(tuple(taken))
        told = {area: tuple(groups) for area, groups in places.items()}
        surroundings.arrange(Docks(True, told, tuple(chance.sample(DOCKS, 3)), {"log": 1}))
        opened = {name for groups in docks_of(window).places.values() for g in groups for name in g}
        wanted = {name for groups in told.values() for group in groups for name in group}
        assert opened == wanted - {"lesson"}
    surroundings.arrange(Docks())
