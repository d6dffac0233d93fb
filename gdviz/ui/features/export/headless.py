"""Pictures and tables of a run, without a window."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gdviz.core.descent.run import Run
from gdviz.core.page.page import page
from gdviz.core.tables.writing import TRAJECTORIES
from gdviz.core.words.provenance import provenance
from gdviz.core.words.sentences import caption
from gdviz.ui.features.export.pictures import PICTURE_KINDS, View, export_picture
from gdviz.ui.plots.figure import Figure
from gdviz.ui.theme import THEMES
from gdviz.ui.widgets.saving import checked_kind, save_text

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
    size: tuple[int, int] | None = None,
) -> None:
    """Write one iteration of a run to each target, as the kind its suffix names.

    Parameters
    ----------
    iteration : int
        What to show; a table holds all iterations.
    view : str
        The object name of a plot, or ``figure``.
    scale : float
        Pixels of a PNG for each pixel of the view.
    theme : {"light", "dark"}
    size : tuple of int, optional
        Width and height of the figure, in pixels.

    Raises
    ------
    SavingError
        If a kind is unknown, before anything is written, or a file can't be written.
    """
    kinds = [checked_kind(target, (*PICTURE_KINDS, *TRAJECTORIES, ".html")) for target in targets]
    figure = Figure(THEMES[theme])
    figure.resize(*(size or SIZE))
    figure.set_experiment(run.experiment)
    figure.set_kept(kept)
    row = run.record.at(iteration)
    if view in ("landscape", "surface"):
        figure.show_view(view, True)
    elif view == "figure" and run.experiment.with_bias:
        figure.show_view("landscape", True)
    figure.show_row(run.record, row, iteration, finished=run.outcome is not None)
    # Lay everything out, as showing it would; the legends then take their rows.
    figure.grab()
    QApplication.processEvents()
    shown: View = next((plot for plot in figure.views if plot.objectName() == view), figure)
    text = caption(run.experiment, row, run.record.newest) if shown is figure else ""
    about = provenance(run.experiment, row.iteration)
    for target, kind in zip(targets, kinds, strict=True):
        if kind in TRAJECTORIES:
            save_text(TRAJECTORIES[kind](run.experiment, run.record), target)
        elif kind == ".html":
            save_text([page(run, kept, iteration)], target)
        else:
            export_picture(shown, target, scale=scale, caption=text, about=about)
