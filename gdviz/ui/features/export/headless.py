"""Pictures and tables of a run, without a window."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gdviz.core.descent.run import Run
from gdviz.core.words.sentences import caption
from gdviz.ui.features.export.pictures import (
    TABLE_KINDS,
    View,
    checked_kind,
    export_picture,
    export_trajectory,
)
from gdviz.ui.plots.figure import Figure
from gdviz.ui.theme import THEMES

SIZE = (1200, 800)


def export(
    run: Run,
    iteration: int,
    targets: Sequence[Path],
    *,
    kept: Sequence[Run] = (),
    view: str = "figure",
    scale: float = 1,
    theme: str = "light",
) -> None:
    """Write one iteration of a run to each target, as the kind its suffix names.

    Parameters
    ----------
    run : Run
    iteration : int
        What to show; a table holds all iterations.
    targets : sequence of Path
    kept : sequence of Run
        Other runs to draw.
    view : str
        The object name of a plot, or ``figure``.
    scale : float
        Pixels of a PNG for each pixel of the view.
    theme : {"light", "dark"}

    Raises
    ------
    ExportError
        If a kind is unknown, before anything is written, or a file can't be written.
    """
    kinds = [checked_kind(target) for target in targets]
    figure = Figure(THEMES[theme])
    figure.resize(*SIZE)
    figure.set_experiment(run.experiment)
    figure.set_kept(kept)
    row = run.record.at(iteration)
    if view == "landscape" or (view == "figure" and run.experiment.with_bias):
        figure.show_view("landscape", True)
    figure.show_row(run.record, row, iteration, finished=run.outcome is not None)
    # Lay everything out, as showing it would; the legends then take their rows.
    figure.grab()
    QApplication.processEvents()
    shown: View = next((plot for plot in figure.views if plot.objectName() == view), figure)
    text = caption(run.experiment, row, run.record.newest) if shown is figure else ""
    for target, kind in zip(targets, kinds, strict=True):
        if kind in TABLE_KINDS:
            export_trajectory(run.record, target, run.experiment)
        else:
            export_picture(shown, target, scale=scale, caption=text)
