"""Pictures, films and tables of a run, without a window."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QSize

from gdviz.core.descent.run import Run
from gdviz.core.descent.timing import Timing
from gdviz.core.page.page import page
from gdviz.core.tables.writing import TRAJECTORIES
from gdviz.core.words.provenance import provenance
from gdviz.ui.features.export.film import FILM_KINDS, SAMPLES, checked_film, film
from gdviz.ui.features.export.frames import Stage
from gdviz.ui.features.export.pictures import PICTURE_KINDS, export_picture
from gdviz.ui.theme import THEMES
from gdviz.ui.widgets.saving import checked_kind, save_text, whole_file

FILM_SIZE = (800, 450)


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
    scale : float
        Pixels of a PNG for each pixel of the view.
    theme : {"light", "dark"}
    size : tuple of int, optional
        Width and height of a picture or a film, in pixels.
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

    def staged(size: tuple[int, int] | None) -> closing[Stage]:
        return closing(Stage(run, kept, view, THEMES[theme], QSize(*size) if size else None))

    for target, kind in zip(targets, kinds, strict=True):
        if kind in TRAJECTORIES:
            save_text(TRAJECTORIES[kind](run.experiment, run.record), target)
        elif kind == ".html":
            save_text([page(run, kept, iteration)], target)
        elif kind in FILM_KINDS:
            timing = timing or Timing(0, run.record.newest)
            with whole_file(target) as device, staged(size or FILM_SIZE) as stage:
                frames = stage.frames(timing, SAMPLES)
                device.write(film(kind, frames, timing.ends, loop, provenance(run.experiment)))
        else:
            about = provenance(run.experiment, run.at(iteration).iteration)
            with staged(size) as stage:
                stage.stand(iteration)
                export_picture(
                    stage.shown, target, scale=scale, caption=stage.caption, about=about,
                    pixels=stage.size and stage.size * scale,
                )  # fmt: skip
