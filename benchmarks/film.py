"""How long a film takes and how large it is, against matplotlib's `PillowWriter`.

Both write 100 frames of pizza.txt's descent at 800 by 450 as a GIF: the loss curve with the hiker
and the steps so far, the data with the line, the loss by iteration, and a caption. Goals: at least
10 times as fast, and no larger a file.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import matplotlib
import numpy as np
from PySide6.QtWidgets import QApplication

from benchmarks.measuring import Row, table
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.core.descent.timing import Timing
from gdviz.core.tables.reading import read_table
from gdviz.core.words.sentences import caption
from gdviz.resources import resource
from gdviz.ui.features.export.film import FILM_KINDS
from gdviz.ui.features.export.headless import FILM_SIZE, export

FPS, FRAMES, FEW_FRAMES, DPI = 25, 100, 20, 100


def gdviz_film(descent: Run, target: Path, frames: int) -> tuple[float, int]:
    """Return seconds and bytes of a film by gdviz."""
    timing = Timing(0, frames, fps=FPS, seconds=frames / FPS, early=False)
    began = time.perf_counter()
    export(descent, 0, [target], timing=timing)
    return time.perf_counter() - began, target.stat().st_size


def matplotlib_film(descent: Run, target: Path, frames: int) -> tuple[float, int]:
    """Return seconds and bytes of a film by matplotlib."""
    matplotlib.use("Agg")
    from matplotlib import pyplot
    from matplotlib.animation import FuncAnimation, PillowWriter

    experiment, record = descent.experiment, descent.record
    quadratic, data = experiment.dataset.quadratic, experiment.dataset
    began = time.perf_counter()
    figure = pyplot.figure(figsize=(FILM_SIZE[0] / DPI, FILM_SIZE[1] / DPI), dpi=DPI)
    grid = figure.add_gridspec(2, 2, height_ratios=(5, 2))
    curve, fit = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[0, 1])
    history = figure.add_subplot(grid[1, :])
    weights = np.linspace(-1, 4, 401)
    curve.plot(weights, quadratic.loss(weights), "k", label="loss")
    curve.plot([quadratic.optimum], [quadratic.minimum], "gx", label="minimum")
    fit.plot(data.x, data.y, "o", label="data")
    history.plot(record.loss, color="grey", label="still to come")
    (steps,) = curve.plot([], [], "o--", markersize=5, label="steps")
    (hiker,) = curve.plot([], [], "o", markersize=12, label="hiker")
    (line,) = fit.plot([], [], linewidth=3, label="the line now")
    (past,) = history.plot([], [], label="so far")
    (now,) = history.plot([], [], "o", markersize=10)
    for axes in (curve, fit, history):
        axes.grid()
        axes.legend()
    words = figure.text(0.5, 0.01, "", ha="center")

    def draw(iteration: int) -> None:
        weight, loss = record.weight[: iteration + 1], record.loss[: iteration + 1]
        steps.set_data(weight, loss)
        hiker.set_data(weight[-1:], loss[-1:])
        line.set_data([0, 30], [0, 30 * weight[-1]])
        past.set_data(np.arange(iteration + 1), loss)
        now.set_data([iteration], loss[-1:])
        words.set_text(caption(experiment, record.at(iteration), record.newest))

    FuncAnimation(figure, draw, frames=frames).save(target, writer=PillowWriter(fps=FPS))
    return time.perf_counter() - began, target.stat().st_size


def rows(quick: bool = False) -> Iterator[Row]:
    """Yield seconds and sizes of films of each kind; quickly, of a short GIF only."""
    frames = FEW_FRAMES if quick else FRAMES
    app = QApplication([])
    experiment = Experiment(read_table(resource("data", "pizza.txt")).dataset()[0])
    trajectory, outcome = run(experiment)
    descent = Run(experiment, trajectory.record, outcome)
    with tempfile.TemporaryDirectory() as folder:
        theirs_s, their_size = matplotlib_film(descent, Path(folder, "theirs.gif"), frames)
        told = "matplotlib, .gif", f"{theirs_s:.2f} s, {their_size / 1000:.0f} kB"
        for kind in FILM_KINDS[:1] if quick else FILM_KINDS:
            took_s, size = gdviz_film(descent, Path(folder, f"film{kind}"), frames)
            ours = f"{took_s:.2f} s, {size / 1000:.0f} kB"
            goal = "0.1, and no larger" if kind == ".gif" else ""
            yield Row(f"film: {frames} frames, {kind}", ours, *told, took_s / theirs_s, goal)
    app.shutdown()


if __name__ == "__main__":
    print(table(rows()))
