"""Frames: a figure of its own that nobody sees, which stands anywhere in a run and is painted."""

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.run import Run
from gdviz.core.descent.timing import Timing
from gdviz.core.words.sentences import caption
from gdviz.ui.features.export.draft import Draft
from gdviz.ui.features.export.palette import Pixels
from gdviz.ui.features.export.pictures import View, caption_height, picture
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.plot import Plot
from gdviz.ui.plots.twin import OF_LOSS, look_like, twin_of
from gdviz.ui.theme import Theme


class Stage:
    """A figure that stands where it is told, whatever the window shows.

    Parameters
    ----------
    view : str
        The object name of a plot, or ``figure``.
    size : QSize, optional
        Of a picture with its caption, in which a single plot is alone; without, a plot is as
        large as it is among the others of a usual figure.
    like : Figure, optional
        What is to be shown as it is there.
    silent : bool
        Whether there are no titles and legends.
    captioned : bool
        Whether a caption is below; without a size only the whole figure has one.

    Attributes
    ----------
    shown : Plot or Surface or Figure
        What is painted.
    size : QSize or None
        Of every frame; None: as it comes.
    """

    usual_size = QSize(1200, 800)

    def __init__(
        self, run: Run, kept: Sequence[Run], view: str, theme: Theme,
        size: QSize | None = None, like: Figure | None = None, *,
        silent: bool = False, captioned: bool = True,
    ) -> None:  # fmt: skip
        self._run, self.caption, self.size = run, "", size
        self._figure = figure = Figure(theme)
        figure.resize(self.usual_size if size is None else size)
        figure.set_experiment(run.experiment)
        figure.set_kept(kept)
        if like is not None:
            for name in OF_LOSS:
                figure.show_view(name, name in like.chosen)
            look_like(figure, like)
            figure.loss_curve.set_aid("guesses", False)  # nobody guesses in a film
        elif view == "figure" and run.experiment.with_bias:
            figure.show_view("landscape", True)
        if view in ("landscape", "surface"):
            figure.show_view(view, True)
        for part in figure.views:
            part.legend.set_silent(silent)
        plot = next((plot for plot in figure.views if plot.objectName() == view), None)
        self._is_whole = plot is None
        self.shown: View = figure if plot is None or size is not None else plot
        self._is_captioned = captioned and (self._is_whole or size is not None)
        if plot is not None and size is not None:
            figure.take_away([other for other in figure.views if other is not plot])
        if size is not None and captioned:
            # As much as the last caption takes: of all it has the most digits.
            last = caption(run.experiment, run.record.at(run.record.newest), run.record.newest)
            figure.resize(size - QSize(0, caption_height(theme, size.width(), last)))
        self.stand(0)
        self._lay_out()

    def close(self) -> None:
        """Take it down; nothing else would, and it takes some megabytes."""
        self._figure.deleteLater()

    def stand(self, position: float) -> None:
        """Show an iteration, or what is on the way to the next."""
        run = self._run
        row = run.at(position)
        finished = run.outcome is not None
        self._figure.show_row(run.record, row, position, finished=finished)
        if self._is_captioned:
            self.caption = caption(run.experiment, row, run.record.newest)

    def draft(self) -> Draft:
        """Return what is shown as a picture that can have any size and looks."""
        name = "" if self._is_whole else self.shown.objectName()
        twin = twin_of(self._figure, self._run.experiment, name)
        return Draft(twin, self.shown, self.caption)

    def image(self, position: float) -> QImage:
        """Return a picture of an iteration, or of what is on the way to the next."""
        self.stand(position)
        return picture(self.shown, caption=self.caption, pixels=self.size)

    def places(self, timing: Timing) -> list[float]:
        """Return where each frame of a film stands."""
        return timing.positions(self._run.record.stride)

    def frames(self, timing: Timing, samples: int) -> Iterator[Pixels]:
        """Yield some frames from all over a film, then all of it."""
        places = self.places(timing)
        some = np.linspace(0, len(places) - 1, samples).astype(int)
        for place in [*(places[index] for index in some), *places]:
            image = self.image(place)
            pixels = np.frombuffer(image.constBits(), np.uint32)
            yield pixels.reshape(image.height(), image.width()).copy()

    def _lay_out(self) -> None:
        """Lay everything out, as showing it would; what has words then takes its rows for good."""
        self._figure.grab()
        # Nothing else is to happen meanwhile.
        QApplication.sendPostedEvents()
        for plot in self._figure.views:
            if isinstance(plot, Plot):
                for part in (plot.legend, plot.left, plot.bottom):
                    part.set_whole(True)
