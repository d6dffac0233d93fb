"""Frames: a figure of its own that nobody sees, which stands anywhere in a run and is painted."""

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.run import Run
from gdviz.core.descent.timing import Timing
from gdviz.core.words.sentences import caption, settings_text
from gdviz.ui.features.export.palette import Pixels
from gdviz.ui.features.export.pictures import CAPTION_HEIGHT, View, picture
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
    """

    usual_size = QSize(1200, 800)

    def __init__(
        self, run: Run, kept: Sequence[Run], view: str, theme: Theme,
        size: QSize | None = None, like: Figure | None = None,
    ) -> None:  # fmt: skip
        self._run, self.caption = run, ""
        self._figure = figure = Figure(theme)
        figure.resize(self.usual_size if size is None else size)
        figure.set_experiment(run.experiment)
        figure.set_kept(kept)
        if like is not None:
            figure.look_like(like)
        elif view == "figure" and run.experiment.with_bias:
            figure.show_view("landscape", True)
        if view in ("landscape", "surface"):
            figure.show_view(view, True)
        plot = next((plot for plot in figure.views if plot.objectName() == view), None)
        self._is_whole = plot is None
        self.shown: View = figure if plot is None or size is not None else plot
        if plot is not None and size is not None:
            for other in figure.views:
                figure.set_away(other, other is not plot)
        elif size is not None:
            figure.resize(size - QSize(0, CAPTION_HEIGHT))
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
        if self._is_whole:
            self.caption = caption(run.experiment, row, run.record.newest)

    def image(self, position: float) -> QImage:
        """Return a picture of an iteration, or of what is on the way to the next."""
        self.stand(position)
        return picture(self.shown, caption=self.caption)

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
        """Lay everything out, as showing it would; the legends then take their rows for good."""
        self._figure.grab()
        # Nothing else is to happen meanwhile.
        QApplication.sendPostedEvents()
        for plot in self._figure.views:
            if isinstance(plot, Plot):
                plot.legend.set_whole(True)


def comment_on(experiment: Experiment) -> str:
    """Return what a film says of itself: the data and their hash, and the settings."""
    import hashlib  # loaded when there is a film: a start does without

    data = experiment.dataset
    digest = hashlib.sha256(data.x.tobytes() + data.y.tobytes()).hexdigest()
    source, settings = data.shown.source, settings_text(experiment)
    return f"gdviz · {source} · {settings} · {experiment.iterations} iterations · sha256 {digest}"
