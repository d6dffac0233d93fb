"""How long a frame takes while playing with a trainer at full load, against matplotlib.

A frame is everything between two ticks of the clock: the playhead moves, every plot and readout
is updated and painted. The peer redraws the same figure, three axes of the same size with the
same curves, as matplotlib does it (Agg, full redraw). Goals: 99th percentile at most 8.3 ms, and
at least 5 times as fast as matplotlib.
"""

import os
import tempfile
import time
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()

import matplotlib
import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.methods import Adam, GradientDescent, Momentum, Nesterov
from gdviz.ui.shell.app import open_window
from gdviz.ui.shell.window import MainWindow

SECONDS = 8.0
FRAME_S = 1 / 60


def pump(app: QApplication, seconds: float) -> None:
    """Let the window live for a while."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.002)


def gdviz_frames(app: QApplication, window: MainWindow) -> np.ndarray:
    """Return milliseconds of each frame, the clock ticking at 60 Hz by hand."""
    session = window.session
    timer = session.findChild(QTimer)
    frames = []
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        timer.stop()
        began = time.perf_counter()
        session.playback.tick()
        app.processEvents()
        frames.append(time.perf_counter() - began)
        time.sleep(max(0.0, FRAME_S - frames[-1]))
    return 1000 * np.array(frames)


def matplotlib_frames(window: MainWindow, count: int) -> np.ndarray:
    """Return milliseconds of each full redraw of the same figure."""
    matplotlib.use("Agg")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    experiment, record = window.session.runs.experiment, window.session.runs.record
    quadratic, data = experiment.dataset.quadratic, experiment.dataset
    size = window.figure.size()
    figure = Figure(figsize=(size.width() / 96, size.height() / 96), dpi=96)
    canvas = FigureCanvasAgg(figure)
    grid = figure.add_gridspec(2, 2, height_ratios=(5, 2))
    curve, fit = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[0, 1])
    history = figure.add_subplot(grid[1, :])
    weights = np.linspace(-1, 4, 401)
    curve.plot(weights, quadratic.loss(weights), "k")
    curve.plot([quadratic.optimum], [quadratic.minimum], "gx")
    fit.plot(data.x, data.y, "o")
    shown = record.thinned(2000)
    iterations = np.arange(len(shown.rows)) * shown.stride
    history.plot(iterations, shown.loss)
    (trail,) = curve.plot([], [], "o--")
    (line,) = fit.plot([], [])
    (past,) = history.plot([], [])
    frames = []
    for index in np.linspace(0, len(shown.rows) - 1, count).astype(int):
        began = time.perf_counter()
        trail.set_data(shown.weight[: index + 1][:600], shown.loss[: index + 1][:600])
        line.set_data([0, 30], [0, 30 * shown.weight[index]])
        past.set_data(iterations[: index + 1], shown.loss[: index + 1])
        canvas.draw()
        frames.append(time.perf_counter() - began)
    return 1000 * np.array(frames)


def print_frames(app: QApplication, window: MainWindow, what: str) -> float:
    """Play from the start, print the percentiles of the frames and return the median."""
    window.session.playback.play_from_start()
    before = window.session.runs.record.newest
    ours = gdviz_frames(app, window)
    rate = (window.session.runs.record.newest - before) / SECONDS
    load = f"trainer at {rate / 1e6:.1f} million steps/s" if rate else "recorded"
    p50, p99 = np.percentile(ours, [50, 99])
    print(f"gdviz, {what}, {load}: p50 {p50:.1f} ms, p99 {p99:.1f} ms (goal: p99 at most 8.3)")
    return float(p50)


def print_turning(app: QApplication, window: MainWindow) -> None:
    """Open the surface, turn it once around, and print how long each takes."""
    surface = window.figure.surface
    took = []
    for _ in range(5):
        began = time.perf_counter()
        window.viewing.switches["surface"].setChecked(True)
        app.processEvents()
        took.append(1000 * (time.perf_counter() - began))
        pump(app, 0.5)
        window.viewing.switches["surface"].setChecked(False)
        pump(app, 0.2)
    print(f"gdviz, surface opens in {np.median(took):.1f} ms (goal: at most 50)")
    window.viewing.switches["surface"].setChecked(True)
    app.processEvents()
    frames = []
    for _ in range(120):
        began = time.perf_counter()
        QTest.keyClick(surface, Qt.Key.Key_Left)
        app.processEvents()
        frames.append(1000 * (time.perf_counter() - began))
    p50, p95 = np.percentile(frames, [50, 95])
    print(f"gdviz, surface turning: p50 {p50:.1f} ms, p95 {p95:.1f} ms (goal: p95 at most 16.7)")
    pump(app, 0.5)


def train(app: QApplication, window: MainWindow, **settings: Any) -> None:
    """Change settings and wait until the run is recorded."""
    window.tuning.set_settings(**settings)
    while window.session.runs.training:
        pump(app, 0.05)


def main() -> None:
    """Print percentiles and ratios."""
    app, window = open_window(None, {})
    window.resize(1280, 800)
    pump(app, 0.5)
    window.playing.transport.set_speed("3 per second")
    print_frames(app, window, "weight only, walking")
    window.playing.transport.set_speed("all in 5 seconds")
    train(app, window, iterations=5_000, learning_rate=1e-6)
    print_frames(app, window, "weight only")
    theirs = float(np.percentile(matplotlib_frames(window, 60), 50))
    print(f"matplotlib, full redraw of the same: p50 {theirs:.1f} ms")
    window.tuning.set_settings(iterations=1_000_000_000, learning_rate=1e-9)
    pump(app, 0.3)
    p50 = print_frames(app, window, "weight only")
    print(f"gdviz at full load is {theirs / p50:.1f} times as fast (goal: at least 5)")
    train(app, window, iterations=20_000, learning_rate=0.001, with_bias=True)
    for kind in (Momentum, Nesterov, Adam):
        window.session.runs.keep()
        train(app, window, method=kind())
    what = "landscape and a race of three kept runs, 20,000 iterations"
    print_frames(app, window, what)
    window.playing.transport.set_speed("3 per second")
    print_frames(app, window, f"{what}, walking")
    window.playing.transport.set_speed("all in 5 seconds")
    for kept in list(window.session.runs.kept):
        window.session.runs.remove(kept.number)
    print_turning(app, window)
    window.viewing.switches["surface"].setChecked(False)
    train(app, window, iterations=1_000_000, learning_rate=1e-5, method=GradientDescent())
    print_frames(app, window, "landscape with a path of 1,000,000 iterations")
    window.viewing.switches["surface"].setChecked(True)
    pump(app, 0.5)
    print_frames(app, window, "surface and landscape with this path")
    window.close()


if __name__ == "__main__":
    main()
