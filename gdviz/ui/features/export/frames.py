"""Frames: a figure of its own that nobody sees, which stands anywhere in a run and is painted."""

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.run import Run
from gdviz.core.descent.timing import Timing
from gdviz.core.words.sentences import caption
from gdviz.ui.features.export.palette import Pixels
from gdviz.ui.features.export.pictures import View, caption_height, picture
from gdviz.ui.plots.figure import Figure
from gdviz.ui.plots.plot import Plot
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
        size: QSize | None = None, like: Figure | None = None,
    ) -> None:  # fmt: skip
        self._run = run
        self._figure = figure = Figure(theme)
        figure.resize(self.usual_size if size is None else size)
        figure.set_experiment(run.experiment)
        figure.set_kept(kept)
        if like is not None:
            figure.look_like(like)
        if view in ("landscape", "surface"):
            figure.show_view(view, True)
        elif view == "figure" and like is None and run.experiment.with_bias:
            figure.show_view("landscape", True)
        self.shown: View = figure
        plot = next((plot for plot in figure.views if plot.objectName() == view), None)
        if plot is None:
            if size is not None:
                # As much as the last caption takes: of all it has the most digits.
                last = caption(run.experiment, run.record.at(run.record.newest), run.record.newest)
                below = caption_height(theme, size.width(), last)
                figure.resize(size - QSize(0, below))
        elif size is None:
            self.shown = plot
        else:
            for other in figure.views:
                figure.set_away(other, other is not plot)
        self.caption, self.size = "", size
        self._is_whole = plot is None
        self.stand(0)
        # Lay everything out, as showing it would; the legends then take their rows. Nothing else
        # is to happen meanwhile.
        figure.grab()
        QApplication.sendPostedEvents()
        for each in figure.views:
            if isinstance(each, Plot):
                for part in (each.legend, each.left, each.bottom):
                    part.set_whole(True)

    def close(self) -> None:
        """Take it down; nothing else would, and it takes some megabytes."""
        self._figure.deleteLater()

    def stand(self, position: float) -> None:
        """Show an iteration, or what is on the way to the next."""
        run = self._run
        row = run.at(position)
        finished = run.outcome is not None
        self._figure.show_row(run.record, row, position, finished=finished)
        if self._is_whole:
            self.caption = caption(run.experiment, row, run.record.newest)

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
