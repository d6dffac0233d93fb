"""Pictures, films and tables of a run, without a window."""

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize

from gdviz.core.descent.run import Run
from gdviz.core.descent.timing import Timing
from gdviz.core.format import PLAIN, Format
from gdviz.core.page.page import page
from gdviz.core.tables.writing import TRAJECTORIES, trajectory_file
from gdviz.core.words.provenance import provenance
from gdviz.ui.features.export.film import FILM_KINDS, SAMPLES, checked_film, film
from gdviz.ui.features.export.frames import Stage
from gdviz.ui.features.export.pictures import PICTURE_KINDS
from gdviz.ui.theme import LIGHT, printed
from gdviz.ui.widgets.saving import checked_kind, save_text, whole_file

FILM_SIZE = (800, 450)


def export(
    run: Run,
    iteration: int,
    targets: Sequence[Path],
    *,
    kept: Sequence[Run] = (),
    view: str = "figure",
    form: Format = PLAIN,
    scale: float = 1,
    timing: Timing | None = None,
    loop: bool = True,
) -> None:
    """Write a run to each target, as the kind its suffix names.

    Parameters
    ----------
    iteration : int
        What a picture shows; a film is one of all that its timing says, a table holds all.
    view : str
        The object name of a plot, or ``figure``.
    form : Format
        How pictures and films are written.
    scale : float
        How many times as large as that says a PNG is.
    loop : bool
        Whether a film begins again when it is over.

    Raises
    ------
    SavingError
        If a kind is unknown, or needs what isn't there, before anything is written, or a file can't
        be written.
    """
    known = *PICTURE_KINDS, *FILM_KINDS, *TRAJECTORIES, ".html"
    kinds = [checked_kind(target, known) for target in targets]
    for target, kind in zip(targets, kinds, strict=True):
        if kind in FILM_KINDS:
            checked_film(target)

    for target, kind in zip(targets, kinds, strict=True):
        if kind in TRAJECTORIES:
            about = partial(provenance, run.experiment)
            save_text(trajectory_file(kind, run.experiment, run.record, about), target)
        elif kind == ".html":
            save_text([page(run, kept, iteration)], target)
        elif kind in FILM_KINDS:
            timing = timing or Timing(0, run.record.newest)
            size, theme = QSize(*form.pixels or FILM_SIZE), printed(LIGHT, form)
            stage = Stage(
                run, kept, view, theme, size, silent=not form.legend, captioned=form.caption
            )
            with whole_file(target) as device, closing(stage):
                frames = stage.frames(timing, SAMPLES)
                device.write(film(kind, frames, timing.ends, loop, provenance(run.experiment)))
        else:
            shown = provenance(run.experiment, run.at(iteration).iteration)
            with closing(Stage(run, kept, view, LIGHT)) as stage:
                stage.stand(iteration)
                draft = stage.draft()
                draft.take(form, scale)
                draft.write(target, shown)
                draft.close()
