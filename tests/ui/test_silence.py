"""Nothing that is done in the window keeps the event loop away, however many rows there are.

``SILENCE_ROWS=10000000`` in the environment adds a size.
"""

import os
from functools import cache, partial

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QFileDialog
from silence import BLOCKED_S, SILENCE_S, Listener
from support import child, command, wait_until_trained

from gdviz.core.descent.methods import Adam
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.faults import Faults
from gdviz.core.tables.notations.numerals import NumberNotation
from gdviz.core.tables.table import Table
from gdviz.ui.features.data.sources import Source

SIZES = [1, 30, 10**5, 10**6, *map(int, os.environ.get("SILENCE_ROWS", "").split())]
# Once, for other data are summed up and drawn. What has more rows takes longer to be read.
OPENING_S, MOST_OPENED = 0.275, 10**6
DOCKS = "Explain", "Ledger", "Runs", "Sweep", "Python", "Log", "Check"
LONG = 10**6
LONGEST = 10**9
# So many turns of the loop belong to what was done.
TURNS = 20


@cache
def data(rows):
    rng = np.random.default_rng(rows)
    x = rng.normal(3, 2, rows).round(2) + 0.001
    return Dataset(x, (2 * x + 1 + rng.normal(0, 0.5, rows)).round(2))


@cache
def file_of(folder, rows):
    """Return a file with the data: what reads it is measured elsewhere."""
    path, dataset = folder / f"{rows}.csv", data(rows)
    lines = map("{!r},{!r}".format, dataset.x.tolist(), dataset.y.tolist())
    path.write_text("\n".join(["x,y", *lines]) + "\n")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("silence")


def change(window, **settings):
    return partial(window.tuning.set_settings, **settings)


def opening(window, title):
    """Return what opens or closes a dock."""
    docks = window.findChildren(QDockWidget)
    return next(dock for dock in docks if dock.windowTitle() == title).toggleViewAction().trigger


# What is done: each yields acts, and the loop is listened to from one to the next.


def docks(window):
    for name in DOCKS:
        yield f"open {name}", opening(window, name)
        yield "another rate", change(window, learning_rate=0.02)
        yield "a step", partial(window.session.playback.step, 1)
        yield f"close {name}", opening(window, name)
        yield "the same rate", command(window, "Undo").trigger


def all_docks(window):
    for name in DOCKS:
        yield f"open {name}", opening(window, name)
    yield "the bias", change(window, with_bias=True)
    yield "another rate", change(window, learning_rate=0.02)
    yield "undo", command(window, "Undo").trigger
    yield "redo", command(window, "Redo").trigger
    yield "to the end", window.session.playback.to_end


def long_log(window):
    yield "the Log", opening(window, "Log")
    for iterations in (10**5, LONG):
        yield f"{iterations}", change(window, iterations=iterations, learning_rate=1e-5)
        yield "to the end", window.session.playback.to_end
        yield "to the start", window.session.playback.to_start
        yield "undo", command(window, "Undo").trigger
        yield "redo", command(window, "Redo").trigger
        yield "close", opening(window, "Log")
        yield "open", opening(window, "Log")
    log = child(window, "log")
    yield "select", partial(QTest.keyClick, log, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    yield "copy", partial(QTest.keyClick, log, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    while QGuiApplication.clipboard().text().count("\n") < log.model().rowCount() - 1:
        yield "copy on", lambda: None
    QGuiApplication.clipboard().clear()


def long_run_played(window):
    yield "many iterations", change(window, iterations=LONG, learning_rate=1e-5)
    for name in ("Ledger", "Explain", "Runs"):
        yield name, opening(window, name)
    yield "play", window.session.playback.toggle
    for _ in range(10):
        yield "play on", lambda: None
    yield "pause", window.session.playback.toggle


def kept_runs(window):
    for rate in (0.01, 0.02, 0.03):
        yield "keep", command(window, "Keep this run").trigger
        yield "another rate", change(window, learning_rate=rate)
    yield "the bias", change(window, with_bias=True)
    for _ in range(4):
        yield "undo", command(window, "Undo").trigger


def sweep(window):
    yield "open", opening(window, "Sweep")
    yield (
        "sweep",
        partial(QTest.mouseClick, child(window, "sweep_start"), Qt.MouseButton.LeftButton),
    )
    yield "sweep on", lambda: None


def python(window):
    yield "open", opening(window, "Python")
    yield "the bias", change(window, with_bias=True)


def save(window):
    yield "save", window.changing.save_as
    yield "export", window.exporter.export_trajectory


def save_a_long_run(window):
    yield "iterate", change(window, iterations=10**5, learning_rate=1e-5)
    yield "export", window.exporter.export_trajectory


def standardise(window):
    yield "standardise", change(window, with_bias=True, standardise=True)
    yield "explain", opening(window, "Explain")
    yield "the ledger", opening(window, "Ledger")
    yield "a step", partial(window.session.playback.step, 1)
    yield "undo", command(window, "Undo").trigger
    yield "redo", command(window, "Redo").trigger


def batches(window):
    rows = len(window.session.runs.experiment.dataset)
    yield "half", change(window, batch_size=max(rows // 2, 1))
    yield "another rate", change(window, learning_rate=0.02)
    yield "undo", command(window, "Undo").trigger
    yield "Adam", change(window, method=Adam())
    yield "small ones", change(window, batch_size=max(rows // 100, 1))
    for name in ("Explain", "Ledger"):
        yield name, opening(window, name)
        yield "a step", partial(window.session.playback.step, 1)


def longest_runs_kept(window):
    yield "10⁹ iterations", change(window, iterations=LONGEST, learning_rate=1e-9)
    for rate in (2e-9, 3e-9, 4e-9, 5e-9, 6e-9, 7e-9):
        yield "keep", command(window, "Keep this run").trigger
        yield "another rate", change(window, learning_rate=rate)
    yield "undo", command(window, "Undo").trigger


STATES = (
    docks, all_docks, long_log, long_run_played, kept_runs, sweep, python, save, save_a_long_run,
    standardise, batches, longest_runs_kept,
)  # fmt: skip
# How a run goes has nothing to do with the rows.
FEW_ONLY = {long_log, long_run_played, longest_runs_kept, save_a_long_run}


def cases():
    for state in STATES:
        for rows in SIZES:
            if state in FEW_ONLY and rows != 30:
                continue
            yield pytest.param(state, rows, id=f"{state.__name__}-{rows}")


@pytest.mark.parametrize(("state", "rows"), [*cases()])
def test_the_window_is_never_silent(window, qtbot, folder, monkeypatch, state, rows):
    target = str(folder / "saved.csv")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (target, ""))
    session, listener, silent = window.session, Listener(), []
    dataset, path = data(rows), folder / "none.csv"
    if state is python:
        path = file_of(folder, rows)
    values = np.column_stack([dataset.x, dataset.y])
    table = Table(path, ("x", "y"), values, (0, 1), Faults([NumberNotation()] * 2, ("x", "y")))
    window.opening.sources.remember(dataset, Source(table))

    def rested():
        known = not window.coding.dock.is_made or "Trying" not in code_reason(window)
        return known and not (session.runs.busy and session.runs.experiment.iterations < LONGEST)

    def measure(name, act, limit_s=SILENCE_S):
        longest_s = listener.longest_s(act, rested, TURNS)
        if longest_s > limit_s:
            silent.append(f"{name}: {1e3 * longest_s:.0f} ms")

    opening_s = OPENING_S if rows <= MOST_OPENED else BLOCKED_S
    measure("open", lambda: session.restart(session.on_new(dataset)), opening_s)
    for name, act in state(window):
        measure(name, act)
    window.session.runs.stop()
    wait_until_trained(qtbot, window)
    assert silent == []


def test_a_long_file_is_read_beside_the_window(window, folder):
    runs, path = window.session.runs, file_of(folder, 10**6)
    longest_s = Listener().longest_s(
        lambda: window.opening.open_file(path),
        lambda: len(runs.experiment.dataset) == 10**6 and not runs.busy,
        TURNS,
    )
    assert longest_s <= OPENING_S


def code_reason(window):
    return child(window, "code_reason").text()
