"""What is so in the window whatever was done: what it shows agrees with what goes on in it."""

import threading
from collections.abc import Iterator

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QMainWindow
from support import child, command

from gdviz.core.descent.settings import values
from gdviz.core.words.sentences import outcome_sentence
from gdviz.ui.features.play.transport import Transport


def broken(window: QMainWindow) -> list[str]:
    """Return what isn't as it should be."""
    return [
        *_settings(window), *_playback(window), *_undo(window), *_runs(window), *_data(window),
        *_threads(window),
    ]  # fmt: skip


def left_behind(window: QMainWindow) -> list[str]:
    """Return what is still there after a window was closed."""
    left = [f"a thread is left: {thread}" for thread in _running(window)]
    left += [f"a thread is left: {thread.name}" for thread in threading.enumerate()[1:]]
    tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    return left + [f"still open: {top.objectName() or top}" for top in tops]


def _settings(window: QMainWindow) -> Iterator[str]:
    """Look whether the panel shows the experiment's settings."""
    experiment = window.session.runs.experiment
    shown = values(window.tuning.panel.experiment(experiment.dataset))
    for name, value in values(experiment).items():
        if shown.get(name) != value:
            yield f"the panel shows {name} {shown.get(name)!r}, it is {value!r}"


def _playback(window: QMainWindow) -> Iterator[str]:
    """Look whether playback stays within the record, and whether the bar says where it is."""
    runs, playback = window.session.runs, window.session.playback
    if runs.record.last is None:
        if not (runs.training or runs.record.newest <= 0):
            yield "the record is empty"
        return
    row, iteration = playback.row, playback.iteration
    if not 0 <= row.iteration <= runs.record.newest:
        yield f"row {row.iteration} of {runs.record.newest} is looked at"
    if not 0 <= playback.position <= runs.length:
        yield f"playback is at {playback.position} of {runs.length}"
    bar = child(window, "transport")
    assert isinstance(bar, Transport)
    slider = child(window, "position")
    shown, length = slider.value(), slider.maximum()
    # While a run grows, the bar is a frame behind.
    if not runs.busy and (shown, length) != (iteration, runs.length):
        yield f"the bar shows {shown} of {length}, it is {iteration} of {runs.length}"
    playing = child(window, "play").text() == "Pause"
    if playing is not playback.playing:
        yield f"the button says playing is {playing}"


def _undo(window: QMainWindow) -> Iterator[str]:
    """Look whether the menu says what undo would do."""
    stack = window.session.undo.stack
    for word, can, text in (
        ("Undo", stack.canUndo(), stack.undoText()), ("Redo", stack.canRedo(), stack.redoText()),
    ):  # fmt: skip
        action, wanted = command(window, word), f"&{word} {text}".strip()
        if (action.text(), action.isEnabled()) != (wanted, can):
            yield f"the menu says {action.text()!r}, it would be {wanted!r}"


def _runs(window: QMainWindow) -> Iterator[str]:
    """Look whether panel and table say how the runs ended."""
    runs, dock = window.session.runs, window.comparing.runs_dock
    if runs.outcome is not None:
        sentence, shown = outcome_sentence(runs.experiment, runs.outcome), child(window, "outcome")
        if shown.text() != sentence:
            yield f"the panel says {shown.text()!r}, it is {sentence!r}"
    if child(window, "stop").isVisibleTo(window.tuning.panel) and not runs.training:
        yield "what has ended can be stopped"
    rows = child(window, "runs_table").model().rowCount() if dock.isVisible() else None
    if rows not in (None, 1 + len(runs.kept)):
        yield f"{rows} runs are listed, there are {1 + len(runs.kept)}"


def _data(window: QMainWindow) -> Iterator[str]:
    """Look whether the window says whose data they are, where no lesson shows others."""
    if not window.teaching.dock.is_closed:
        return
    source, title = window.session.runs.experiment.dataset.source, window.windowTitle()
    # A project is called by its file, with a mark while that isn't as the window is.
    if title != f"{source} — gdviz" and not title.endswith(".gdviz[*] — gdviz"):
        yield f"the title is {title!r}, the data are {source!r}"


def _threads(window: QMainWindow) -> Iterator[str]:
    """Look whether nothing computes that nobody waits for."""
    runs = window.session.runs
    known = [runs.current, *runs.kept]
    most = sum(run.outcome is None for run in known)
    trainers = [t for t in _running(window) if type(t).__name__ == "Trainer"]
    if len(trainers) > most:
        yield f"{len(trainers)} threads train {most} runs"


def _running(window: QMainWindow) -> list[QThread]:
    return [thread for thread in window.findChildren(QThread) if thread.isRunning()]
