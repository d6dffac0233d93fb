"""A start on a screen of any size, as a program of its own: Qt learns its screens only once."""

import json
import os
import tempfile
from functools import cache
from itertools import combinations
from pathlib import Path

import forked

# How often the event loop goes round until all is laid out.
ROUNDS = 12


@cache
def start(width, height, *states, **environment):
    """Return what was measured on a screen of so many pixels, by the names of its states.

    A state can be commands, with commas between them: after each of them all is measured.
    """
    with tempfile.TemporaryDirectory() as folder:
        screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1,
                  "logicalDpi": 96, "logicalBaseDpi": 96}  # fmt: skip
        screens = Path(folder, "screens.json")
        screens.write_text(json.dumps({"screens": [screen]}))
        done = forked.run(
            "import sys, on_screen; on_screen.main(sys.argv[1:])", *states,
            env={
                **os.environ, **environment, "XDG_CONFIG_HOME": folder,
                "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
            },
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    # Of dialogs it always says so.
    assert not done.stderr.replace("This plugin does not support propagateSizeHints()\n", "")
    return json.loads(done.stdout)


def main(states):
    """Start gdviz, go through states and write down what is seen."""
    from PySide6.QtWidgets import QApplication
    from support import child, choose

    from gdviz.ui.shell.app import open_window

    app, window = open_window(None, {})

    def settle():
        while window.session.runs.training:
            app.processEvents()
        for _ in range(ROUNDS):
            app.processEvents()
        return measured(window)

    found = {"first": settle()}
    window.tuning.set_settings(with_bias=True)
    found["bias"] = settle()
    if "docks" in states:
        names = ("Explain", "Log", "Ledger", "Runs", "Sweep", "Lesson")
        for docks in [(name,) for name in names] + list(combinations(names, 2)) + [names]:
            for name in docks:
                choose(window, name)
            found["+".join(docks)] = settle()
            for name in docks:
                choose(window, name)
    if "f11" in states:
        choose(window, "Full screen")
        found["f11"] = settle()
        choose(window, "Full screen")
        found["after"] = settle()
    if "lesson" in states:
        choose(window, "Lesson")
        found["lesson"] = settle()
        choose(window, "Lesson")
    for state in states:
        if "," in state:
            found[state] = []
            for command in state.split(","):
                choose(window, command)
                found[state].append(settle())
    if "dialogs" in states:
        for name, ask in (("shortcuts", window.show_shortcuts), ("about", window.show_about)):
            ask()
            settle()
            dialog = child(window, name)
            found[name] = window.screen().availableGeometry().contains(dialog.frameGeometry())
            dialog.close()
    window.close()
    QApplication.sendPostedEvents(None, 0)
    print(json.dumps(found))


def measured(window):
    """Return the window's place, what is cut off in it, its pictures and its smallest type."""
    from room import clipped

    from gdviz.ui.plots.picture_row import least_size

    screen, figure = window.screen(), window.figure
    return {
        "fits": screen.availableGeometry().contains(window.frameGeometry()),
        "size": window.size().toTuple(),
        "clipped": clipped(window),
        "whole": [name for name in ("play", "keep", "speed", "position") if is_whole(window, name)],
        "pictures": [picture.size().toTuple() for picture in figure.shown],
        "least": least_size(figure.theme),
        "smallest": smallest_type(window),
        "panel": window.tuning.panel.isVisible(),
        "docks": {
            dock.objectName(): dock.geometry().getRect()
            for dock in window.workspace.opened if dock.isVisible()
        },
        "places": {
            part.objectName(): part.geometry().getRect()
            for part in (window, window.tuning.panel, *figure.views)
        },
    }  # fmt: skip


def is_whole(window, name):
    """Tell whether all of a control is seen."""
    from support import child

    widget = child(window, name)
    seen = widget.visibleRegion().boundingRect() == widget.rect()
    place = widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))
    return seen and window.rect().contains(place)


def smallest_type(window):
    """Return the size of the smallest text that is seen, in pixels, and what has it."""
    from PySide6.QtWidgets import QMenuBar, QTabBar, QWidget
    from room import MEASURED, _words

    from gdviz.ui.plots.plot import Plot

    sizes = {
        widget.fontInfo().pixelSize(): widget.objectName() or type(widget).__name__
        for widget in window.findChildren(QWidget)
        if isinstance(widget, MEASURED | QTabBar | QMenuBar) and widget.isVisible()
        and (isinstance(widget, QTabBar | QMenuBar) or _words(widget))
    }  # fmt: skip
    for plot in window.findChildren(Plot):
        if plot.isVisible():
            for axis in (plot.left, plot.bottom):
                sizes[axis.style["tickFont"].pixelSize()] = "ticks"
            sizes[plot.legend._font.pixelSize()] = "legend"
    contours = window.figure.landscape._map
    if window.figure.landscape.isVisible():
        sizes[contours._font.pixelSize()] = "contours"
    return min(sizes), sizes[min(sizes)]
