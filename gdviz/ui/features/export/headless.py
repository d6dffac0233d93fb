"""Pictures and tables of a run, without a window."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.trajectory import Record
from gdviz.core.words.sentences import caption
from gdviz.ui.features.export.pictures import (
    TABLE_KINDS,
    View,
    checked_kind,
    export_picture,
    export_trajectory,
)
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.kept_run import KeptRun
from gdviz.ui.theme import THEMES

SIZE = (1200, 800)


def export(
    experiment: Experiment,
    record: Record,
    iteration: int,
    targets: Sequence[Path],
    *,
    kept: Sequence[KeptRun] = (),
    view: str = "figure",
    scale: float = 1,
    theme: str = "light",
) -> None:
    """Write one iteration of a run to each target, as the kind its suffix names.

    Parameters
    ----------
    experiment, record
        The run.
    iteration : int
        What to show; a table holds all iterations.
    targets : sequence of Path
    kept : sequence of KeptRun
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
    figure.set_experiment(experiment)
    figure.set_kept(kept)
    row = record.at(iteration)
    if view in ("landscape", "surface"):
        figure.show_view(view, True)
    elif view == "figure" and experiment.with_bias:
        figure.show_view("landscape", True)
    figure.show_row(record, row, iteration, finished=True)
    # Lay everything out, as showing it would; the legends then take their rows.
    figure.grab()
    QApplication.processEvents()
    shown: View = next((plot for plot in figure.views if plot.objectName() == view), figure)
    text = caption(experiment, row, record.newest) if shown is figure else ""
    for target, kind in zip(targets, kinds, strict=True):
        if kind in TABLE_KINDS:
            export_trajectory(record, target, experiment)
        else:
            export_picture(shown, target, scale=scale, caption=text)
