"""How long a frame takes, of few and many rows and iterations, against matplotlib and a floor.

A frame is everything between two ticks of the clock: the playhead moves, every plot and readout
is updated and painted. matplotlib draws the same points on its Qt canvas, blitted; the floor is
one bare widget that paints the same pixels and points. Goals: at most twice the floor, and 99th
percentile at most 8.3 ms. The first frames after a change are left out, as are the peers' first.
"""

import itertools
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from benchmarks.measuring import Row, percentiles, table
from benchmarks.scenes import Floor, floor_frames, matplotlib_frames, pictures_of
from benchmarks.turning import pump, turn
from gdviz.core.descent.descent import Ending, Experiment, Outcome
from gdviz.core.descent.run import MOST_KEPT
from gdviz.core.descent.trajectory import Record
from gdviz.core.descent.trajectory import Row as Last
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.running.runs import Kept, State
from gdviz.ui.shell.app import open_window
from gdviz.ui.shell.window import MainWindow

ROWS, FEW_ROWS = (30, 10**4, 10**6, 10**7), (30, 10**6)
ITERATIONS, FEW_ITERATIONS = (10**2, 10**6, 10**9), (10**9,)
KINDS = "weight only", "landscape", "six kept runs"
# Frames at 60 Hz, and of those that needn't wait for the clock.
SECONDS, FEW_SECONDS, FRAME_S, PEER_FRAMES = 4.0, 0.8, 1 / 60, 60
WARM_UP_S = 0.2
# Longer runs are not trained but known: gradient descent on a quadratic has a closed form.
TRAINED, KEPT_ROWS = 10**6, 2**17
GOAL = "floor × 2, p99 8.3 ms"  # noqa: RUF001


def rows(quick: bool = False) -> Iterator[Row]:
    """Yield what was measured, in each case against both."""
    app, window = open_window(None, {})
    window.resize(1280, 800)
    window.playing.transport.set_speed("all in 5 seconds")
    pump(app, 2)  # a second after the start the lesson is read
    counts, lengths = (FEW_ROWS, FEW_ITERATIONS) if quick else (ROWS, ITERATIONS)
    for count in counts:
        data = dataset(count)
        for iterations, kind in itertools.product(lengths, KINDS):
            show(app, window, data, iterations, kind)
            what = f"frame: {count:,} rows, {iterations:,} iterations, {kind}"
            yield from case(app, window, what, FEW_SECONDS if quick else SECONDS)
    window.close()


def case(app: QApplication, window: MainWindow, what: str, seconds: float) -> Iterator[Row]:
    """Play what a window shows, and have both peers draw the same."""
    runs, figure = window.session.runs, window.figure
    ours = gdviz_frames(app, window, seconds)
    p50 = np.median(ours)
    pictures = pictures_of(figure, [runs.current, *runs.kept])
    shares = np.linspace(0, 1, PEER_FRAMES).tolist()
    floor = floor_frames(app, Floor(figure.grab(), pictures), shares)
    yield Row(what, percentiles(ours), "floor", percentiles(floor), p50 / np.median(floor), GOAL)
    theirs = matplotlib_frames(app, figure, pictures, runs.current, shares)
    ratio = p50 / np.median(theirs)
    yield Row(what, percentiles(ours), "matplotlib, blitted", percentiles(theirs), ratio)


def dataset(count: int) -> Dataset:
    """Return so many rows, the same ones every time."""
    random = np.random.default_rng(0)
    x = random.normal(13, 6, count)
    return Dataset(x, 1.1 * x + 13 + random.normal(0, 5, count))


def show(app: QApplication, window: MainWindow, data: Dataset, iterations: int, kind: str) -> None:
    """Show a run on some data that lasts as long as it goes on, and wait until it is recorded."""
    experiment = Experiment(data, iterations, with_bias=kind != "weight only")
    rate = 1 / experiment.bowl.curvature
    if iterations > 100:
        rate = min(rate, 5 / iterations * (10 if experiment.with_bias else 1 / 100))
    experiments = [
        replace(experiment, learning_rate=rate * share)
        for share in np.linspace(1, 0.3, 1 + MOST_KEPT * (kind == "six kept runs")).tolist()
    ]
    current, *others = experiments
    runs = window.session.runs
    if iterations > TRAINED:
        for each in experiments:
            # Nobody else knows runs that weren't trained.
            runs._trainings._known[each] = known(each)
    kept = {n: Kept(each, f"run {n}") for n, each in enumerate(others)}
    window.session.playback.to_start()
    runs.bring_back(State(current, kept))
    while runs.busy:
        pump(app, 0.02)
    pump(app, 0.2)


def known(experiment: Experiment) -> tuple[Record, Outcome]:
    """Return the thinned record of a run, as it would be after training.

    ``d_t = (I - rate H)^t d_0`` for the shift d from the optimum, in the Hessian's eigenvectors.
    """
    bowl, data = experiment.bowl, experiment.dataset
    cross = data.x.mean() if experiment.with_bias else 0.0
    hessian = 2 * np.array([[np.mean(data.x**2), cross], [cross, 1.0]])
    steepness, directions = np.linalg.eigh(hessian)
    stride = 2 ** int(np.ceil(np.log2(experiment.iterations / KEPT_ROWS)))
    steps = np.append(np.arange(0, experiment.iterations, stride), experiment.iterations)
    decay = (1 - experiment.learning_rate * steepness) ** steps[:, None]
    shift = (decay * (-np.array(bowl.optimum) @ directions)) @ directions.T
    weight, bias = (shift + bowl.optimum).T
    if not experiment.with_bias:
        bias = np.zeros_like(bias)
        weight = bowl.optimum.weight * (1 - (1 - experiment.learning_rate * hessian[0, 0]) ** steps)
    slopes = np.broadcast_arrays(*bowl.gradient(weight, bias), weight)[:2]
    moves = [-experiment.learning_rate * slope for slope in slopes]
    table_of = np.column_stack((weight, bias, bowl.loss(weight, bias), *slopes, *moves))
    kept = np.asfortranarray(table_of[:-1])
    kept.flags.writeable = False
    last = Last(experiment.iterations, *table_of[-1].tolist())
    return Record(kept, stride, last), Outcome(Ending.REACHED, experiment.iterations)


def gdviz_frames(app: QApplication, window: MainWindow, seconds: float) -> np.ndarray:
    """Return milliseconds of each frame in which something moved, the clock ticking at 60 Hz."""
    playback = window.session.playback
    timer = playback.findChild(QTimer)
    playback.play_from_start()
    frames, moves = [], QSignalSpy(playback.moved)
    pump(app, WARM_UP_S)
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        timer.stop()
        moved, began = moves.count(), time.perf_counter()
        playback.tick()
        turn(app)
        took = time.perf_counter() - began
        if moves.count() > moved:
            frames.append(took)
        time.sleep(max(0.0, FRAME_S - took))
    playback.pause()
    return 1000 * np.array(frames)


if __name__ == "__main__":
    print(table(rows()))
